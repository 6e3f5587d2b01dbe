/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps a face from being read is named: in numbers, and in readings. */
#include "tests/unit/pictures.h"
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "base/rng.h"
#include "model/mood.h"
#include "model/notice.h"
#include "model/reader.h"

#include <math.h>

static struct reader *reader;
static struct frame *astronaut;

static int open_all(void **state)
{
	struct reader_opts opts = {.folder = pictures_weights(),
				   .max_faces = 4,
				   .smooth_ns = CLOCK_NS_PER_S};

	(void)state;
	astronaut = pictures_load(PICTURES_ASTRONAUT);
	return reader_open(&reader, &opts, NULL);
}

static int close_all(void **state)
{
	(void)state;
	reader_close(reader);
	frame_unref(astronaut);
	return 0;
}

static struct reading read_at(const struct frame *frame, int64_t ms, bool still)
{
	struct frame timed = *frame;
	struct reading reading;

	timed.captured_ns = ms * CLOCK_NS_PER_MS;
	assert_int_equal(reader_read(reader, &timed, still, &reading),
			 STATUS_OK);
	return reading;
}

/* A copy that may be written to, grey. */
static struct frame *copy_of(const struct frame *frame)
{
	struct frame *out =
		pictures_plain(frame->width, frame->height, 0, false);

	for (int y = 0; y < frame->height; y++)
		memcpy(out->luma + (size_t)y * out->stride,
		       frame->luma + (size_t)y * frame->stride, frame->width);
	return out;
}

/* share of the light, and the noise of a sensor. */
static struct frame *dimmed(float share)
{
	struct frame *out = copy_of(astronaut);
	struct rng rng;

	rng_init(&rng, 1);
	for (int i = 0; i < out->height * out->stride; i++) {
		float noise =
			4 * ((float)rng_unit(&rng) + (float)rng_unit(&rng) - 1);

		out->luma[i] =
			(uint8_t)fmaxf((float)out->luma[i] * share + noise, 0);
	}
	return out;
}

static struct frame *moved(int pixels)
{
	struct frame *out = copy_of(astronaut);

	for (int y = 0; y < out->height; y++)
		for (int x = 0; x + pixels < out->width; x++) {
			int sum = 0;

			for (int i = 0; i < pixels; i++)
				sum += astronaut->luma[y * astronaut->stride +
						       x + i];
			out->luma[y * out->stride + x] =
				(uint8_t)(sum / pixels);
		}
	return out;
}

static void names_what_a_frame_lacks(void **state)
{
	(void)state;
	assert_int_equal(notice_frame(0.5f, 0.2f), 0);
	assert_int_equal(notice_frame(0.04f, 0.02f), NOTICE_DARK);
	assert_int_equal(notice_frame(0.02f, 0.001f),
			 NOTICE_COVERED | NOTICE_DARK);
	assert_int_equal(notice_frame(0.2f, 0.01f), NOTICE_COVERED);
	assert_int_equal(notice_frame(0.2f, 0.05f), 0);
}

static void has_words(void **state)
{
	(void)state;
	assert_string_equal(notice_text(0), "");
	assert_string_equal(notice_text(NOTICE_AWAY), "face turned away");
	assert_string_equal(notice_text(NOTICE_BLURRED | NOTICE_DARK),
			    "too dark to read");
	assert_string_equal(notice_text(NOTICE_COVERED | NOTICE_DARK),
			    "lens covered?");
}

static void bears_an_empty_crop(void **state)
{
	uint8_t crop[CROP_SIDE * CROP_SIDE] = {0};
	struct detection face = {.turn = 0};

	(void)state;
	assert_true(notice_sharpness(crop) == 0);
	assert_int_equal(notice_face(&face, crop), NOTICE_DARK);
}

static void says_nothing_of_good_pictures(void **state)
{
	static const char *const paths[] = {PICTURES_ASTRONAUT,
					    PICTURES_ADMIRAL};

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct frame *frame = pictures_load(paths[i / 2]);
		struct frame *turned = pictures_mirror(frame);
		struct reading r = read_at(i % 2 ? turned : frame, 0, true);

		assert_int_equal(r.face_count, 1);
		assert_int_equal(r.notices, 0);
		assert_int_equal(r.faces[0].notices, 0);
		frame_unref(frame);
		frame_unref(turned);
	}
}

static void tells_a_covered_lens_from_a_dark_room(void **state)
{
	struct frame *covered = pictures_plain(640, 480, 6, false);
	struct frame *dark = dimmed(0.05f);

	(void)state;
	assert_true(read_at(covered, 0, true).notices & NOTICE_COVERED);
	assert_int_equal(read_at(dark, 0, true).notices, NOTICE_DARK);
	frame_unref(covered);
	frame_unref(dark);
}

/* What stands in the way is named, and what was read before stays. */
static void keeps_what_it_knew(const struct frame *bad, unsigned notice)
{
	struct mood_opts opts = MOOD_OPTS_DEFAULT;
	struct mood_tracker mood;
	struct reading before, after;

	mood_init(&mood, &opts, 0);
	for (int i = 0; i < 20; i++)
		before = read_at(astronaut, i * 100, false);
	assert_int_equal(before.face_count, 1);
	mood_update(&mood, &before, 0);
	assert_true(mood.mood.margin > 0);
	for (int i = 20; i < 26; i++)
		after = read_at(bad, i * 100, false);
	assert_int_equal(after.face_count, 1);
	assert_true(after.faces[0].notices & notice);
	assert_memory_equal(before.faces[0].smooth, after.faces[0].smooth,
			    sizeof(before.faces[0].smooth));
	assert_memory_equal(before.faces[0].raw, after.faces[0].raw,
			    sizeof(before.faces[0].raw));
	assert_false(mood_update(&mood, &after, CLOCK_NS_PER_S));
	assert_true(mood.mood.margin == 0);
	after = read_at(astronaut, 2700, false);
	assert_int_equal(after.faces[0].notices, 0);
}

static void a_moving_face_is_not_guessed_at(void **state)
{
	struct frame *bad = moved(20);

	(void)state;
	keeps_what_it_knew(bad, NOTICE_BLURRED);
	frame_unref(bad);
}

static void a_dark_face_is_not_guessed_at(void **state)
{
	struct frame *bad = dimmed(0.06f);

	(void)state;
	keeps_what_it_knew(bad, NOTICE_DARK);
	frame_unref(bad);
}

/* Never read, it has no emotion more than another; still, it is guessed. */
static void a_face_never_read_says_nothing(void **state)
{
	struct frame *bad = dimmed(0.06f);
	struct reading r;
	float scores[EMOTION_COUNT];

	(void)state;
	for (int i = 0; i < 4; i++)
		r = read_at(bad, i * 100, false);
	assert_int_equal(r.face_count, 1);
	for (int i = 0; i < EMOTION_COUNT; i++)
		assert_true(fabsf(r.faces[0].smooth[i] * EMOTION_COUNT - 1) <
			    1e-5f);
	assert_false(mood_scores(&r, false, scores));
	assert_false(mood_scores(&r, true, scores));
	r = read_at(bad, 0, true);
	assert_true(r.faces[0].notices & NOTICE_DARK);
	assert_true(mood_of_reading(&r, false).margin > 0);
	frame_unref(bad);
}

/* A head is near enough a cylinder: its picture, turned by so many radians. */
static struct frame *turned_by(float yaw)
{
	const float middle = 227, radius = 70; /* of her head */
	struct frame *out = copy_of(astronaut);

	for (int y = 0; y < 260; y++)
		for (int x = (int)(middle - radius); x < (int)(middle + radius);
		     x++) {
			float at = asinf(((float)x - middle) / radius) + yaw;
			float from =
				middle +
				radius * sinf(fminf(fmaxf(at, -1.5f), 1.5f));

			out->luma[y * out->stride + x] =
				astronaut->luma[y * astronaut->stride +
						(int)from];
		}
	return out;
}

static void the_nose_tells_where_a_face_looks(void **state)
{
	struct detect *detect;
	float last = -9;

	(void)state;
	assert_int_equal(detect_open(&detect, pictures_weights(), NULL),
			 STATUS_OK);
	for (float yaw = 0.6f; yaw > -0.7f; yaw -= 0.3f) {
		struct frame *frame = turned_by(yaw);
		struct detection found[DETECT_MAX];
		int count;

		assert_int_equal(
			detect_faces(detect, frame, DETECT_FAR, found, &count),
			STATUS_OK);
		assert_true(count >= 1);
		assert_true(found[0].turn > last + 0.1f);
		last = found[0].turn;
		frame_unref(frame);
	}
	detect_close(detect);
}

static void a_face_in_profile_is_turned_away(void **state)
{
	uint8_t crop[CROP_SIDE * CROP_SIDE];
	struct detection face = {.turn = 0.5f};

	(void)state;
	for (int i = 0; i < CROP_SIDE * CROP_SIDE; i++)
		crop[i] = i / 4 % 2 ? 200 : 60;
	assert_int_equal(notice_face(&face, crop), 0);
	face.turn = 1.1f;
	assert_int_equal(notice_face(&face, crop), NOTICE_AWAY);
	face.turn = -1.1f;
	assert_int_equal(notice_face(&face, crop), NOTICE_AWAY);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, open_all, close_all)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_what_a_frame_lacks),
		cmocka_unit_test(has_words),
		cmocka_unit_test(bears_an_empty_crop),
		FRESH(says_nothing_of_good_pictures),
		FRESH(tells_a_covered_lens_from_a_dark_room),
		FRESH(a_moving_face_is_not_guessed_at),
		FRESH(a_dark_face_is_not_guessed_at),
		FRESH(a_face_never_read_says_nothing),
		FRESH(the_nose_tells_where_a_face_looks),
		cmocka_unit_test(a_face_in_profile_is_turned_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
