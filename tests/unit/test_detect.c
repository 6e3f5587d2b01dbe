/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The converted network answers what the original did; faces are found where
 * they are, and none where none is.
 */
#include "tests/unit/pictures.h"
#include "tests/unit/unit.h"

#include "model/check.h"
#include "model/detect.h"
#include "model/engine.h"
#include "model/letterbox.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct detect *detect;

static int open_detect(void **state)
{
	(void)state;
	return detect_open(&detect, pictures_weights(), NULL);
}

static int close_detect(void **state)
{
	(void)state;
	detect_close(detect);
	return 0;
}

/* ---- the network ----------------------------------------------------------
 */

/* tests/data/face_input.ppm to the top left of the input, zero elsewhere. */
static void fill_input(const struct engine_planes *input)
{
	size_t length, plane = (size_t)input->width * input->height;
	int width, height, skip;
	char *bytes;

	assert_int_equal(check_read(pictures_data(), "face_input.ppm", 1 << 20,
				    &bytes, &length, NULL),
			 STATUS_OK);
	assert_int_equal(
		sscanf(bytes, "P6 %d %d 255%n", &width, &height, &skip), 2);
	assert_true((size_t)skip + 1 + (size_t)width * height * 3 == length);
	memset(input->data, 0, 3 * plane * sizeof(float));
	for (int i = 0; i < width * height * 3; i++) {
		size_t at = (size_t)(i / 3 / width) * input->width +
			    (size_t)(i / 3 % width);

		input->data[i % 3 * plane + at] =
			(float)(uint8_t)bytes[skip + 1 + i] / 127.5f - 1;
	}
	free(bytes);
}

static float value_of(const struct engine *engine, int stride, int index)
{
	int layer;

	assert_int_equal(engine_find(engine,
				     stride == 8 ? "stride8" : "stride16",
				     &layer),
			 STATUS_OK);
	return engine_output(engine, layer).data[index];
}

static void answers_what_the_original_did(void **state)
{
	struct engine *engine;
	struct engine_planes input;
	size_t length;
	char *bytes, *line, *rest;
	double worst = 0;
	int compared = 0;

	(void)state;
	assert_int_equal(engine_open(&engine, pictures_weights(), "face", NULL),
			 STATUS_OK);
	input = engine_input(engine);
	fill_input(&input);
	assert_int_equal(engine_run(engine), STATUS_OK);
	assert_int_equal(check_read(pictures_data(), "face_output.tsv", 1 << 20,
				    &bytes, &length, NULL),
			 STATUS_OK);
	for (line = strtok_r(bytes, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		int stride, index;
		double value;

		if (*line == '#')
			continue;
		assert_int_equal(
			sscanf(line, "%d %d %lf", &stride, &index, &value), 3);
		worst = fmax(worst,
			     fabs(value - value_of(engine, stride, index)));
		compared++;
	}
	free(bytes);
	engine_close(engine);
	assert_true(compared > 3000);
	assert_true(worst < 1e-3);
}

/* ---- its input ------------------------------------------------------------
 */

#define IN_WIDTH  32
#define IN_HEIGHT 24

static float in_data[3 * IN_WIDTH * IN_HEIGHT];
static const struct engine_planes in = {in_data, 3, IN_HEIGHT, IN_WIDTH};

static float in_at(int channel, int x, int y)
{
	return in_data[(channel * IN_HEIGHT + y) * IN_WIDTH + x];
}

static void fill(const struct frame *frame, int shrink, float scale[2])
{
	static struct letterbox box; /* one for all: sizes change */

	letterbox_fill(&box, frame, &in, (float)shrink, scale);
}

static void pads_right_and_below_with_zero(void **state)
{
	static const int sizes[][2] = {{64, 32}, {65, 33}, {640, 480},
				       {7, 3},   {1, 1},   {3, 1000}};
	float scale[2];

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct frame *frame =
			pictures_plain(sizes[i][0], sizes[i][1], 255, i % 2);
		int columns, rows;

		fill(frame, 1, scale);
		columns = (int)lroundf(scale[0] * (float)frame->width);
		rows = (int)lroundf(scale[1] * (float)frame->height);
		assert_true(columns == IN_WIDTH || rows == IN_HEIGHT);
		for (int k = 0; k < 3 * IN_WIDTH * IN_HEIGHT; k++) {
			int x = k % IN_WIDTH, y = k / IN_WIDTH % IN_HEIGHT;
			float expected = x < columns && y < rows ? 1 : 0;

			assert_true(fabsf(in_data[k] - expected) < 1e-4f);
		}
		frame_unref(frame);
	}
}

static void shows_half_the_size(void **state)
{
	struct frame *frame = pictures_plain(64, 48, 255, false);
	float scale[2];

	(void)state;
	fill(frame, 2, scale);
	assert_true(scale[0] == 0.25f && scale[1] == 0.25f);
	assert_true(fabsf(in_at(0, 15, 11) - 1) < 1e-4f);
	assert_true(in_at(0, 16, 11) == 0 && in_at(0, 15, 12) == 0);
	frame_unref(frame);
}

static void turns_yuv_into_rgb(void **state)
{
	struct frame *frame = pictures_plain(IN_WIDTH, IN_HEIGHT, 76, true);
	size_t chroma = (size_t)frame->chroma_stride * (IN_HEIGHT / 2);
	float scale[2];

	(void)state;
	memset(frame->u, 85, chroma); /* pure red, by JFIF */
	memset(frame->v, 255, chroma);
	fill(frame, 1, scale);
	assert_true(in_at(0, 5, 5) > 0.98f);
	assert_true(in_at(1, 5, 5) < -0.98f);
	assert_true(in_at(2, 5, 5) < -0.98f);
	frame_unref(frame);
}

/* A white stripe of 5 of 100 columns: areas are averaged, none is skipped. */
static void keeps_thin_lines_when_shrinking(void **state)
{
	struct frame *frame = pictures_plain(100, 75, 0, false);
	double sum = 0;
	float scale[2];

	(void)state;
	for (int y = 0; y < 75; y++)
		memset(frame->luma + (size_t)y * frame->stride + 41, 255, 5);
	fill(frame, 1, scale);
	for (int x = 0; x < IN_WIDTH; x++)
		sum += (in_at(0, x, 12) + 1) / 2;
	assert_true(fabs(sum / IN_WIDTH - 0.05) < 1e-4);
	frame_unref(frame);
}

static void enlarges_without_steps(void **state)
{
	struct frame *frame = pictures_plain(4, 3, 0, false);
	float scale[2];

	(void)state;
	for (int y = 0; y < 3; y++)
		for (int x = 0; x < 4; x++)
			frame->luma[y * frame->stride + x] = (uint8_t)(80 * x);
	fill(frame, 1, scale);
	for (int x = 1; x < IN_WIDTH; x++) {
		float step = in_at(0, x, 12) - in_at(0, x - 1, 12);

		assert_true(step > -1e-4f && step < 0.1f);
	}
	frame_unref(frame);
}

/* ---- faces ----------------------------------------------------------------
 */

static int find(const struct frame *frame, enum detect_range range,
		struct detection *best)
{
	struct detection found[DETECT_MAX];
	int count, sure = 0;

	assert_int_equal(detect_faces(detect, frame, range, found, &count),
			 STATUS_OK);
	for (int i = 0; i < count; i++)
		sure += found[i].score >= DETECT_START;
	if (count)
		*best = found[0];
	return sure;
}

static void check_face(const struct frame *frame, struct detection truth)
{
	for (int range = DETECT_FAR; range <= DETECT_NEAR; range++) {
		struct detection face;
		float middle;

		assert_int_equal(find(frame, range, &face), 1);
		middle = face.x + face.width / 2;
		assert_true(detect_overlap(&face, &truth) >= 0.5f);
		for (int i = 0; i < 2; i++) {
			assert_true(face.eyes[i][1] > face.y);
			assert_true(face.eyes[i][1] < face.y + face.height / 2);
		}
		assert_true(face.eyes[0][0] > face.x);
		assert_true(face.eyes[0][0] < middle);
		assert_true(face.eyes[1][0] > middle);
		assert_true(face.eyes[1][0] < face.x + face.width);
	}
}

/* Boxes by hand, corner to corner. */
static const struct detection astronaut = {
	.x = 181, .y = 54, .width = 93, .height = 124};
static const struct detection admiral = {
	.x = 177, .y = 127, .width = 180, .height = 210};

static void finds_the_portraits(void **state)
{
	struct frame *frame = pictures_load(PICTURES_ASTRONAUT);

	(void)state;
	check_face(frame, astronaut);
	frame_unref(frame);
	frame = pictures_load(PICTURES_ADMIRAL);
	check_face(frame, admiral);
	frame_unref(frame);
}

/* The viewer's left eye comes first, whichever eye of the person it is. */
static void finds_a_mirrored_face(void **state)
{
	struct frame *frame = pictures_load(PICTURES_ADMIRAL);
	struct frame *mirrored = pictures_mirror(frame);
	struct detection truth = admiral;

	(void)state;
	truth.x = (float)frame->width - admiral.x - admiral.width;
	check_face(mirrored, truth);
	frame_unref(mirrored);
	frame_unref(frame);
}

static void finds_a_grey_face(void **state)
{
	struct frame *frame = pictures_load(PICTURES_ASTRONAUT);
	struct frame grey = *frame;

	(void)state;
	grey.u = grey.v = NULL;
	check_face(&grey, astronaut);
	frame_unref(frame);
}

static void finds_none_where_none_is(void **state)
{
	static const char *const paths[] = {
		PICTURES_DARKNET "dog.jpg",     PICTURES_DARKNET "eagle.jpg",
		PICTURES_DARKNET "giraffe.jpg", PICTURES_DARKNET "horses.jpg",
		PICTURES_SKIMAGE "coffee.png",  PICTURES_SKIMAGE "rocket.jpg",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct frame *frame = pictures_load(paths[i]);
		struct detection best;

		assert_int_equal(find(frame, DETECT_FAR, &best), 0);
		assert_int_equal(find(frame, DETECT_NEAR, &best), 0);
		frame_unref(frame);
	}
}

/* ---- tiles ---------------------------------------------------------------
 */

#define SMALLER 5 /* times: the admiral's face is 36 px wide then */

/* The admiral far away, her picture's corner at x, y of a grey frame. */
static struct frame *far_away(int x, int y)
{
	struct frame *portrait = pictures_load(PICTURES_ADMIRAL);
	struct frame *out = pictures_plain(640, 480, 110, false);

	for (int i = 0; i < portrait->width / SMALLER; i++)
		for (int k = 0; k < portrait->height / SMALLER; k++) {
			int sum = 0;

			for (int p = 0; p < SMALLER * SMALLER; p++)
				sum += portrait->luma[(k * SMALLER +
						       p / SMALLER) *
							      portrait->stride +
						      i * SMALLER +
						      p % SMALLER];
			out->luma[(y + k) * out->stride + x + i] =
				(uint8_t)(sum / (SMALLER * SMALLER));
		}
	frame_unref(portrait);
	return out;
}

static struct detection truth_at(int x, int y)
{
	return (struct detection){.x = (float)x + admiral.x / SMALLER,
				  .y = (float)y + admiral.y / SMALLER,
				  .width = admiral.width / SMALLER,
				  .height = admiral.height / SMALLER};
}

static void finds_a_face_far_away_in_a_tile(void **state)
{
	static const int places[][2] = {
		{0, 0}, {550, 0}, {280, 190}, {550, 380}};

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		int x = places[i][0], y = places[i][1], count;
		struct frame *frame = far_away(x, y);
		struct detection truth = truth_at(x, y), found[DETECT_MAX];

		assert_int_equal(detect_tile(detect, frame, (float)x, (float)y,
					     found, &count),
				 STATUS_OK);
		assert_int_equal(count, 1);
		assert_true(found[0].score >= DETECT_START);
		assert_true(detect_overlap(&found[0], &truth) > 0.4f);
		assert_true(found[0].eyes[0][0] > truth.x);
		assert_true(found[0].eyes[1][0] < truth.x + truth.width);
		assert_true(found[0].eyes[0][1] > truth.y - 2);
		frame_unref(frame);
	}
}

/* Wherever it stands, one of the tiles that cover the frame shows it whole. */
static void tiles_cover_the_frame(void **state)
{
	(void)state;
	for (int x = 200; x <= 360; x += 40) {
		struct frame *frame = far_away(x, 190);
		struct detection found[DETECT_MAX], truth = truth_at(x, 190);
		int count, sure = 0;

		assert_int_equal(detect_still(detect, frame, found, &count),
				 STATUS_OK);
		for (int i = 0; i < count; i++)
			sure += found[i].score >= DETECT_START;
		assert_int_equal(sure, 1);
		assert_true(detect_overlap(&found[0], &truth) > 0.4f);
		frame_unref(frame);
	}
}

/* A face stays one at a second look, at whatever size it is seen; the flag
 * behind her, say, does not, whoever took it for one. */
static void looks_again(void **state)
{
	struct frame *frame = far_away(300, 190);
	struct frame *portrait = pictures_load(PICTURES_ASTRONAUT);
	struct detection truth = truth_at(300, 190), found[DETECT_MAX];
	struct detection face, flag = {.x = 20,
				       .y = 60,
				       .width = 80,
				       .height = 80,
				       .score = 0.95f};
	int count;

	(void)state;
	assert_int_equal(
		detect_faces(detect, portrait, DETECT_FAR, found, &count),
		STATUS_OK);
	face = found[0];
	face.score = 0.66f;
	assert_int_equal(detect_look(detect, portrait, &face), STATUS_OK);
	assert_true(face.score >= DETECT_START);
	assert_true(detect_overlap(&face, &found[0]) > 0.6f);
	truth.score = 0.66f;
	assert_int_equal(detect_look(detect, frame, &truth), STATUS_OK);
	assert_true(truth.score >= DETECT_START);
	assert_int_equal(detect_look(detect, portrait, &flag), STATUS_OK);
	assert_true(flag.score <= DETECT_KEEP);
	frame_unref(frame);
	frame_unref(portrait);
}

/* Half a face at the edge of a tile is left to another tile. */
static void leaves_out_what_a_tile_cuts(void **state)
{
	int at = (int)(640 * DETECT_TILE) - 45; /* its middle on the edge */
	struct frame *frame = far_away(at, 60);
	struct detection found[DETECT_MAX], truth = truth_at(at, 60);
	int count;

	(void)state;
	assert_int_equal(detect_tile(detect, frame, 0, 0, found, &count),
			 STATUS_OK);
	for (int i = 0; i < count; i++)
		assert_true(detect_overlap(&found[i], &truth) == 0);
	assert_int_equal(detect_tile(detect, frame, 640, 0, found, &count),
			 STATUS_OK);
	assert_int_equal(count, 1);
	frame_unref(frame);
}

static void joins_without_repeating(void **state)
{
	struct detection found[DETECT_MAX] = {
		{.x = 10, .y = 10, .width = 20, .height = 20, .score = 0.55f},
		{.x = 90, .y = 10, .width = 20, .height = 20, .score = 0.7f}};
	const struct detection more[] = {
		{.x = 12, .y = 10, .width = 20, .height = 20, .score = 0.9f},
		{.x = 92, .y = 10, .width = 20, .height = 20, .score = 0.9f},
		{.x = 50, .y = 50, .width = 20, .height = 20, .score = 0.6f}};
	struct detection many[DETECT_MAX];

	(void)state;
	assert_int_equal(detect_join(found, 2, more, 3), 3);
	assert_true(found[0].x == 12 && found[0].score == 0.9f);
	assert_true(found[1].x == 90 && found[1].score == 0.9f);
	assert_true(found[2].x == 50);
	for (int i = 0; i < DETECT_MAX; i++)
		many[i] = (struct detection){
			.x = (float)(100 * i + 500), .width = 9, .height = 9};
	assert_int_equal(detect_join(found, 3, many, DETECT_MAX), DETECT_MAX);
}

static void bears_odd_frames(void **state)
{
	static const int sizes[][2] = {
		{1, 1}, {2, 1}, {1, 500}, {1920, 1}, {1920, 1920}};
	struct detection best, found[DETECT_MAX];
	int count;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct frame *frame =
			pictures_plain(sizes[i][0], sizes[i][1], 128, i % 2);

		assert_int_equal(find(frame, DETECT_FAR, &best), 0);
		assert_int_equal(find(frame, DETECT_NEAR, &best), 0);
		assert_int_equal(detect_still(detect, frame, found, &count),
				 STATUS_OK);
		assert_int_equal(count, 0);
		frame_unref(frame);
	}
}

/* A look that ends at a face that was found begins no other. */
static void knows_what_is_there(void **state)
{
	const struct detection found[2] = {
		{.x = 10, .y = 10, .width = 40, .height = 40, .score = 0.9f},
		{.x = 200, .y = 10, .width = 40, .height = 40, .score = 0.55f},
	};
	struct detection face = found[0];

	(void)state;
	face.x += 10;
	assert_true(detect_has(found, 2, &face));
	assert_false(detect_has(found, 0, &face));
	face.x += 30; /* beside it */
	assert_false(detect_has(found, 2, &face));
	face = found[1]; /* there, but not surely */
	assert_false(detect_has(found, 2, &face));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_what_the_original_did),
		cmocka_unit_test(pads_right_and_below_with_zero),
		cmocka_unit_test(shows_half_the_size),
		cmocka_unit_test(turns_yuv_into_rgb),
		cmocka_unit_test(keeps_thin_lines_when_shrinking),
		cmocka_unit_test(enlarges_without_steps),
		cmocka_unit_test(finds_the_portraits),
		cmocka_unit_test(finds_a_mirrored_face),
		cmocka_unit_test(finds_a_grey_face),
		cmocka_unit_test(finds_none_where_none_is),
		cmocka_unit_test(finds_a_face_far_away_in_a_tile),
		cmocka_unit_test(looks_again),
		cmocka_unit_test(tiles_cover_the_frame),
		cmocka_unit_test(leaves_out_what_a_tile_cuts),
		cmocka_unit_test(joins_without_repeating),
		cmocka_unit_test(knows_what_is_there),
		cmocka_unit_test(bears_odd_frames),
	};

	return cmocka_run_group_tests(tests, open_detect, close_detect);
}
