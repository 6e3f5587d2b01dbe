/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a frame to a reading, on real pictures and on the demo. */
#include "tests/unit/pictures.h"
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "capture/source.h"
#include "model/reader.h"

#include <malloc.h>
#include <math.h>

#define SMOOTH_NS   CLOCK_NS_PER_S
#define DEMO_RATE   8 /* frames a second */
#define DEMO_FRAMES (20 * DEMO_RATE)

static struct reader *reader;
static struct frame *astronaut, *admiral;

static int open_reader(void **state)
{
	struct reader_opts opts = {.folder = pictures_weights(),
				   .max_faces = 4,
				   .smooth_ns = SMOOTH_NS};

	(void)state;
	return reader_open(&reader, &opts, NULL);
}

static int close_reader(void **state)
{
	(void)state;
	reader_close(reader);
	reader = NULL;
	return 0;
}

static int load_pictures(void **state)
{
	(void)state;
	astronaut = pictures_load(PICTURES_ASTRONAUT);
	admiral = pictures_load(PICTURES_ADMIRAL);
	return 0;
}

static int free_pictures(void **state)
{
	(void)state;
	frame_unref(astronaut);
	frame_unref(admiral);
	return 0;
}

static struct reading read_at(const struct frame *frame, int64_t at_ns,
			      bool still)
{
	struct frame timed = *frame;
	struct reading reading;

	timed.captured_ns = at_ns;
	timed.sequence = 42;
	assert_int_equal(reader_read(reader, &timed, still, &reading),
			 STATUS_OK);
	return reading;
}

static float sum_of(const float scores[EMOTION_COUNT])
{
	float sum = 0;

	for (int i = 0; i < EMOTION_COUNT; i++)
		sum += scores[i];
	return sum;
}

static enum emotion first_of(const float scores[EMOTION_COUNT])
{
	enum emotion best = EMOTION_ANGRY;

	for (int i = 1; i < EMOTION_COUNT; i++)
		if (scores[i] > scores[best])
			best = (enum emotion)i;
	return best;
}

static void reads_a_still_picture(void **state)
{
	struct reading r = read_at(astronaut, 0, true);
	const struct face *face = &r.faces[0];

	(void)state;
	assert_int_equal(r.frame_sequence, 42);
	assert_int_equal(r.frame_width, 512);
	assert_int_equal(r.frame_height, 512);
	assert_int_equal(r.face_count, 1);
	assert_int_equal(r.lead, 0);
	assert_int_equal(face->track, 1);
	assert_int_equal(first_of(face->raw), EMOTION_HAPPY);
	assert_memory_equal(face->raw, face->smooth, sizeof(face->raw));
	assert_true(fabsf(sum_of(face->raw) - 1) < 1e-4f);
	assert_true(r.took_ns > 0 && r.done_ns > 0);
	assert_true(face->score >= 0.65f);
}

/* No still picture leaves a trace in the next. */
static void still_pictures_stand_alone(void **state)
{
	struct reading first = read_at(admiral, 0, true);
	struct reading second;

	(void)state;
	read_at(astronaut, 5, true);
	second = read_at(admiral, 0, true);
	assert_int_equal(second.faces[0].track, 1);
	assert_memory_equal(&first.faces[0], &second.faces[0],
			    sizeof(first.faces[0]));
}

static void finds_none_in_the_plain(void **state)
{
	struct frame *plain = pictures_plain(640, 480, 51, true);
	struct reading r = read_at(plain, 0, true);

	(void)state;
	assert_int_equal(r.face_count, 0);
	assert_int_equal(r.lead, -1);
	assert_true(fabsf(r.brightness - 0.2f) < 1e-3f);
	assert_true(r.contrast < 1e-3f);
	frame_unref(plain);
}

static void measures_contrast(void **state)
{
	struct frame *frame = pictures_plain(640, 480, 0, false);
	struct reading r;

	(void)state;
	for (int y = 0; y < 480; y++)
		memset(frame->luma + (size_t)y * frame->stride, 255, 320);
	r = read_at(frame, 0, true);
	assert_true(fabsf(r.brightness - 0.5f) < 1e-3f);
	assert_true(fabsf(r.contrast - 0.5f) < 1e-3f);
	frame_unref(frame);
}

/* Black over the mouth: the same face, another answer. */
static struct frame *cover_mouth(const struct reading *where)
{
	struct frame *frame = pictures_mirror(astronaut);
	struct frame *out = pictures_mirror(frame);
	const struct face *face = &where->faces[0];

	frame_unref(frame);
	for (int y = 0; y < (int)(face->height * 0.3f); y++)
		memset(out->luma +
			       (size_t)((int)(face->y + face->height * 0.6f) +
					y) *
				       out->stride +
			       (int)face->x,
		       0, (size_t)face->width);
	return out;
}

static float lead_of(const float scores[EMOTION_COUNT])
{
	float first = scores[first_of(scores)], second = 0;

	for (int i = 0; i < EMOTION_COUNT; i++)
		if (i != (int)first_of(scores))
			second = fmaxf(second, scores[i]);
	return first - second;
}

/* The mean of all readings so far, each fading with time, and counted by the
 * detector's score times a tenth and its first emotion's lead. */
static void smooths_over_time(void **state)
{
	struct reading r = read_at(astronaut, 0, false);
	struct frame *covered = cover_mouth(&r);
	uint32_t track = r.faces[0].track;
	float first[EMOTION_COUNT], sums[EMOTION_COUNT], changed = 0;
	float fade = expf(-0.1f), weights;

	(void)state;
	assert_int_equal(r.face_count, 1);
	assert_memory_equal(r.faces[0].raw, r.faces[0].smooth, sizeof(first));
	memcpy(first, r.faces[0].raw, sizeof(first));
	weights = r.faces[0].score * (0.1f + lead_of(first));
	for (int i = 0; i < EMOTION_COUNT; i++)
		sums[i] = weights * first[i];
	for (int k = 1; k <= 15; k++) {
		const struct face *face = &r.faces[0];
		float sure;

		r = read_at(covered, k * SMOOTH_NS / 10, false);
		assert_int_equal(r.face_count, 1);
		assert_int_equal(face->track, track);
		sure = (1 - fade) * face->score * (0.1f + lead_of(face->raw));
		weights = weights * fade + sure;
		for (int i = 0; i < EMOTION_COUNT; i++) {
			changed =
				fmaxf(changed, fabsf(face->raw[i] - first[i]));
			sums[i] = sums[i] * fade + sure * face->raw[i];
			assert_true(fabsf(face->smooth[i] - sums[i] / weights) <
				    1e-3f);
		}
		assert_true(fabsf(sum_of(face->smooth) - 1) < 1e-3f);
	}
	assert_true(changed > 0.1f); /* or nothing was tested */
	frame_unref(covered);
}

/* A camera's readings are the person's, a picture's are anybody's; what the
 * network said stays beside them. */
static void reads_with_the_persons_correction(void **state)
{
	struct personal personal = {.corrections = 1};
	struct reading before = read_at(astronaut, 0, false), after;
	const struct face *was = &before.faces[0], *is = &after.faces[0];

	(void)state;
	assert_memory_equal(was->said.shown, was->raw, sizeof(was->raw));
	personal.bias[EMOTION_SAD] = 1;
	reader_set_personal(reader, &personal);
	after = read_at(astronaut, SMOOTH_NS / 10, false);
	assert_true(is->raw[EMOTION_SAD] > 1.5f * was->raw[EMOTION_SAD]);
	assert_true(is->smooth[EMOTION_SAD] > was->smooth[EMOTION_SAD]);
	assert_true(fabsf(is->said.shown[EMOTION_SAD] -
			  was->said.shown[EMOTION_SAD]) < 0.02f);
	assert_true(fabsf(sum_of(is->raw) - 1) < 1e-4f);
	after = read_at(astronaut, 0, true);
	assert_memory_equal(is->raw, is->said.shown, sizeof(is->raw));
}

/* Where frames come fast, a face that is followed waits for a frame in which
 * the detector has nothing to do; but never for more than three. */
static void reads_a_face_where_there_is_time(void **state)
{
	struct frame *scene = pictures_plain(640, 480, 110, false);
	float last[EMOTION_COUNT] = {0};
	int times = 0, since = 0;

	(void)state;
	for (int i = 0; i < 45; i++) {
		int left = 64 + (int)(60 * sin(i * 0.2));
		struct reading r;

		for (int y = 0; y < 480; y++)
			memcpy(scene->luma + (size_t)y * scene->stride + left,
			       astronaut->luma + (size_t)y * astronaut->stride,
			       512);
		r = read_at(scene, (i + 1) * CLOCK_NS_PER_S / 15, false);
		assert_int_equal(r.face_count, 1);
		since++;
		if (memcmp(last, r.faces[0].raw, sizeof(last)) != 0) {
			memcpy(last, r.faces[0].raw, sizeof(last));
			times++;
			since = 0;
		}
		assert_true(since < 3);
	}
	assert_in_range(times, 15, 30);
	frame_unref(scene);
}

/* What a face showed stays for a blink, then it is gone. */
static void holds_a_face_for_a_blink(void **state)
{
	struct frame *plain = pictures_plain(512, 512, 90, true);
	struct reading a = read_at(astronaut, 0, false);
	struct reading b = read_at(plain, CLOCK_NS_PER_S / 15, false);
	struct reading c = read_at(plain, CLOCK_NS_PER_S, false);

	(void)state;
	assert_int_equal(b.face_count, 1);
	assert_memory_equal(&a.faces[0], &b.faces[0], sizeof(a.faces[0]));
	assert_int_equal(c.face_count, 0);
	assert_int_equal(c.lead, -1);
	frame_unref(plain);
}

/* A face that fills the frame is found, still or moving. */
static void sees_a_face_that_is_near(void **state)
{
	struct frame near = *astronaut;
	struct reading r;

	(void)state;
	near.luma += 30 * near.stride + 165; /* the face and little else */
	near.u = near.v = NULL;
	near.width = 130;
	near.height = 130;
	r = read_at(&near, 0, true);
	assert_int_equal(r.face_count, 1);
	for (int i = 0; i < 6; i++)
		r = read_at(&near, i * CLOCK_NS_PER_S / 15, false);
	assert_int_equal(r.face_count, 1);
}

/* The portrait a sixth as large: a face of 30 px, of 12 to the network. */
static struct frame *far_away(void)
{
	const int smaller = 6, x = 470, y = 300;
	struct frame *out = pictures_plain(640, 480, 110, false);

	for (int i = 0; i < admiral->width / smaller; i++)
		for (int k = 0; k < admiral->height / smaller; k++) {
			int sum = 0;

			for (int p = 0; p < smaller * smaller; p++)
				sum += admiral->luma[(k * smaller +
						      p / smaller) *
							     admiral->stride +
						     i * smaller + p % smaller];
			out->luma[(y + k) * out->stride + x + i] =
				(uint8_t)(sum / (smaller * smaller));
		}
	return out;
}

/* Tiles find it within eight frames, and from then on it is never lost. */
static void follows_a_face_far_away(void **state)
{
	struct frame *frame = far_away();
	uint32_t track = 0;

	(void)state;
	for (int i = 0; i < 30; i++) {
		struct reading r =
			read_at(frame, i * CLOCK_NS_PER_S / 5, false);

		assert_true(r.face_count <= 1);
		if (!track && r.face_count)
			track = r.faces[0].track;
		if (i > 12 || track) {
			assert_int_equal(r.face_count, 1);
			assert_int_equal(r.faces[0].track, track);
		}
	}
	frame_unref(frame);
}

/* Both portraits in one grey frame. */
static struct frame *both(void)
{
	struct frame *out = pictures_plain(1024, 600, 90, false);
	const struct frame *halves[] = {astronaut, admiral};

	for (int i = 0; i < 2; i++)
		for (int y = 0; y < halves[i]->height; y++)
			memcpy(out->luma + (size_t)y * out->stride + 512 * i,
			       halves[i]->luma + (size_t)y * halves[i]->stride,
			       512);
	return out;
}

static void reads_the_widest_faces(void **state)
{
	struct reader_opts opts = {.folder = pictures_weights(),
				   .max_faces = 1};
	struct frame *frame = both();
	struct reading two = read_at(frame, 0, true), one;
	struct reader *four = reader;

	(void)state;
	assert_int_equal(two.face_count, 2);
	assert_int_equal(two.lead, 0);
	assert_true(two.faces[0].x > 512 && two.faces[1].x < 512);
	assert_true(two.faces[0].track != two.faces[1].track);
	assert_int_equal(reader_open(&reader, &opts, NULL), STATUS_OK);
	one = read_at(frame, 0, true);
	assert_int_equal(one.face_count, 1);
	assert_true(one.faces[0].x > 512);
	reader_close(reader);
	reader = four;
	frame_unref(frame);
}

static void classifies_a_crop(void **state)
{
	uint8_t pixels[48 * 48];
	float fer[EMOTION_COUNT], crowd[8], sum = 0;

	(void)state;
	for (int i = 0; i < 48 * 48; i++)
		pixels[i] = (uint8_t)(i * 7);
	assert_int_equal(reader_classify(reader, pixels, fer, NULL), STATUS_OK);
	assert_int_equal(reader_classify(reader, pixels, fer, crowd),
			 STATUS_OK);
	for (int i = 0; i < 8; i++)
		sum += crowd[i];
	assert_true(fabsf(sum - 1) < 1e-4f);
	assert_true(fabsf(sum_of(fer) - 1) < 1e-4f);
}

static void allocates_nothing(void **state)
{
	struct mallinfo2 before, after;

	(void)state;
	read_at(astronaut, 0, false);
	before = mallinfo2();
	for (int i = 1; i < 4; i++) {
		read_at(astronaut, i, false);
		read_at(admiral, i, true);
	}
	after = mallinfo2();
	assert_int_equal(before.uordblks, after.uordblks);
}

static void says_what_is_missing(void **state)
{
	struct reader_opts opts = {.folder = "/nowhere", .max_faces = 1};
	struct reader *none = NULL;
	struct fault fault;
	char sentence[512];

	(void)state;
	assert_int_equal(reader_open(&none, &opts, &fault), STATUS_NOT_FOUND);
	assert_null(none);
	fault_sentence(&fault, sentence, sizeof(sentence));
	assert_non_null(strstr(sentence, "/nowhere"));
}

/* 20 s of the demo: a face, nobody, the other face. */
static void follows_the_demo(void **state)
{
	struct source_opts opts = {.spec = "demo",
				   .width = 640,
				   .height = 480,
				   .rate = DEMO_RATE,
				   .seed = 1,
				   .stop_fd = -1};
	struct source *source;
	struct frame_pool *pool;
	int seen = 0, happy = 0, changes = 0;
	uint32_t last = 0, most = 0;

	(void)state;
	assert_int_equal(source_open(&source, &opts, NULL), STATUS_OK);
	assert_int_equal(frame_pool_new(&pool, 2, 640, 480), STATUS_OK);
	for (int i = 0; i < DEMO_FRAMES; i++) {
		struct frame *frame = NULL;
		struct reading r;

		assert_int_equal(source->ops->read(source, pool, &frame, NULL),
				 STATUS_OK);
		r = read_at(frame, i * CLOCK_NS_PER_S / DEMO_RATE, false);
		frame_unref(frame);
		assert_in_range(r.face_count, 0, 1);
		if (!r.face_count)
			continue;
		seen++;
		changes += r.faces[0].track != last;
		last = r.faces[0].track;
		most = last > most ? last : most;
		happy += first_of(r.faces[0].smooth) == EMOTION_HAPPY;
	}
	frame_pool_free(pool);
	source_close(source);
	assert_in_range(seen, DEMO_FRAMES / 3, DEMO_FRAMES * 9 / 10);
	assert_true(happy > seen / 3);
	assert_in_range(changes, 2, 3);
	assert_in_range(most, 2, 3);
}

#define FRESH(test) \
	cmocka_unit_test_setup_teardown(test, open_reader, close_reader)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(reads_a_still_picture),
		FRESH(still_pictures_stand_alone),
		FRESH(finds_none_in_the_plain),
		FRESH(measures_contrast),
		FRESH(smooths_over_time),
		FRESH(reads_with_the_persons_correction),
		FRESH(reads_a_face_where_there_is_time),
		FRESH(holds_a_face_for_a_blink),
		FRESH(sees_a_face_that_is_near),
		FRESH(follows_a_face_far_away),
		FRESH(reads_the_widest_faces),
		FRESH(classifies_a_crop),
		FRESH(allocates_nothing),
		FRESH(says_what_is_missing),
		FRESH(follows_the_demo),
	};

	return cmocka_run_group_tests(tests, load_pictures, free_pictures);
}
