/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview: shape, mirror, averages, contrast, the hold rule, boxes. */
#include "tests/unit/unit.h"

#include "base/rng.h"
#include "tui/preview.h"

#include <stdlib.h>

#define WIDTH  640
#define HEIGHT 480

static uint8_t luma[HEIGHT * WIDTH];
static struct preview preview;

static struct frame frame_of(int width, int height)
{
	return (struct frame){.luma = luma,
			      .width = width,
			      .height = height,
			      .stride = width};
}

/* The middle of the screen in three rows of cells of 38x15, say. */
static void start(int cols, int rows, bool tall)
{
	memset(&preview, 0, sizeof(preview));
	preview_resize(&preview, cols, rows, tall);
	preview_clear(&preview);
}

static void keeps_the_shape(void **state)
{
	struct frame f = frame_of(WIDTH, HEIGHT);

	(void)state;
	memset(luma, 128, sizeof(luma));
	start(64, 26, true);
	preview_update(&preview, &f, false);
	/* 4:3 in 64x52 dots: as wide as the panel */
	assert_int_equal(preview.picture.cols, 64);
	assert_int_equal(preview.picture.rows, 48);
	assert_int_equal(preview.picture.row, 2);
	start(64, 26, false);
	preview_update(&preview, &f, false);
	assert_int_equal(preview.picture.cols, 64);
	assert_int_equal(preview.picture.rows, 24);
	/* a panel too wide: as high as it is */
	start(120, 20, true);
	preview_update(&preview, &f, false);
	assert_int_equal(preview.picture.rows, 40);
	assert_int_equal(preview.picture.cols, 53);
	assert_int_equal(preview_grey(&preview, 0, 0), -1);
	assert_true(preview_grey(&preview, 60, 20) >= 0);
}

static void any_panel_and_any_frame(void **state)
{
	(void)state;
	for (int cols = 0; cols < 30; cols++)
		for (int rows = 0; rows < 20; rows++)
			for (int size = 1; size < 40; size += 3) {
				struct frame f = frame_of(size, 40 - size);

				start(cols, rows, (cols + rows) % 2);
				preview_update(&preview, &f, rows % 3 == 0);
				preview_update(&preview, &f, rows % 3 == 0);
			}
	/* larger than what is kept: cut */
	start(10000, 10000, true);
	assert_int_equal(preview.cols, PREVIEW_MAX_COLS);
	assert_int_equal(preview.rows, PREVIEW_MAX_ROWS);
}

static void averages_areas(void **state)
{
	struct frame f = frame_of(WIDTH, HEIGHT);

	(void)state;
	/* a fine checkerboard is an even grey */
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++)
			luma[y * WIDTH + x] = (x + y) % 2 ? 255 : 0;
	start(40, 15, true);
	preview_update(&preview, &f, false);
	for (int r = 0; r < preview.picture.rows; r++)
		for (int c = 0; c < preview.picture.cols; c++) {
			int grey = preview_grey(&preview,
						preview.picture.col + c,
						preview.picture.row + r);

			assert_in_range(grey, 10, 13);
		}
}

static void mirrors(void **state)
{
	struct frame f = frame_of(WIDTH, HEIGHT);
	int left, right;

	(void)state;
	for (int i = 0; i < WIDTH * HEIGHT; i++)
		luma[i] = i % WIDTH < WIDTH / 2 ? 20 : 220;
	start(40, 15, true);
	preview_update(&preview, &f, false);
	left = preview_grey(&preview, 2, 15);
	right = preview_grey(&preview, 37, 15);
	assert_true(left < 3 && right > 20);
	preview_clear(&preview);
	preview_update(&preview, &f, true);
	assert_int_equal(preview_grey(&preview, 2, 15), right);
	assert_int_equal(preview_grey(&preview, 37, 15), left);
}

static void contrast_is_gentle(void **state)
{
	struct frame f = frame_of(WIDTH, HEIGHT);

	(void)state;
	/* 80..110 of 255 is drawn out, but not to black and white */
	for (int i = 0; i < WIDTH * HEIGHT; i++)
		luma[i] = (uint8_t)(80 + (i % WIDTH) * 30 / WIDTH);
	start(40, 15, true);
	preview_update(&preview, &f, false);
	assert_in_range(preview.high - preview.low, 160, 255);
	assert_true(preview_grey(&preview, 1, 10) > 4);
	assert_true(preview_grey(&preview, 38, 10) < 19);
	/* a picture from black to white is left alone */
	for (int i = 0; i < WIDTH * HEIGHT; i++)
		luma[i] = (uint8_t)((i % WIDTH) * 255 / WIDTH);
	preview_clear(&preview);
	preview_update(&preview, &f, false);
	assert_in_range(preview.low, 0, 8);
	assert_in_range(preview.high, 246, 255);
}

static void a_still_picture_stays(void **state)
{
	struct frame f = frame_of(WIDTH, HEIGHT);
	struct rng rng;
	uint64_t before;

	(void)state;
	rng_init(&rng, 1);
	start(38, 15, true);
	for (int n = 0; n < 20; n++) {
		/* a face's greys with the noise of a poor sensor */
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			luma[i] = (uint8_t)(20 + i % WIDTH / 5 + i / WIDTH / 6 +
					    (int)rng_below(&rng, 25));
		if (n == 1)
			before = preview.changed;
		preview_update(&preview, &f, false);
	}
	assert_int_equal(preview.changed, before);
}

static void what_moves_is_drawn(void **state)
{
	struct frame f = frame_of(WIDTH, HEIGHT);
	uint64_t before;

	(void)state;
	for (int i = 0; i < WIDTH * HEIGHT; i++)
		luma[i] = (uint8_t)((i % WIDTH) * 255 / WIDTH);
	start(40, 15, true);
	preview_update(&preview, &f, false);
	before = preview.changed;
	for (int y = 0; y < HEIGHT / 2; y++)
		luma[y * WIDTH + 8] = luma[y * WIDTH + 9] = 200;
	preview_update(&preview, &f, false);
	assert_int_equal(preview.changed, before + 15);
	/* a slow drift is held back, and then drawn in one step */
	before = preview.changed;
	for (int step = 1; step <= 24; step++) {
		uint64_t was = preview.changed;

		for (int y = 0; y < HEIGHT; y++)
			for (int x = 320; x < 336; x++)
				luma[y * WIDTH + x] = (uint8_t)(130 + step);
		preview_update(&preview, &f, false);
		assert_true(preview.changed == was ||
			    preview.changed == was + 30);
	}
	assert_in_range(preview.changed - before, 30, 60);
}

/* Each dot is the step that its luma is in, or beside it: never farther. */
static void what_is_held_is_near(void **state)
{
	struct frame f = frame_of(WIDTH, HEIGHT);

	(void)state;
	for (int tall = 0; tall < 2; tall++) {
		int steps = tall ? PREVIEW_GREYS : PREVIEW_STEPS;

		start(38, 15, tall);
		for (int n = 0; n < 60; n++) {
			for (int i = 0; i < WIDTH * HEIGHT; i++)
				luma[i] = (uint8_t)((i % WIDTH * 3 +
						     n * 5 * (i / WIDTH)) /
						    8);
			preview_update(&preview, &f, false);
		}
		for (int i = 0; i < preview.rows * preview.cols; i++) {
			int row = i / preview.cols, col = i % preview.cols;
			int is = tall ? preview_grey(&preview, col, row)
				      : preview_step(&preview, col, row);
			int at = preview.means[row][col] - preview.low;

			at = at * 255 / (preview.high - preview.low);
			at = at < 0 ? 0 : at > 255 ? 255 : at;
			assert_true(abs(is - at * steps / 256) <= 1);
		}
	}
}

static void boxes_follow_the_mirror(void **state)
{
	struct frame f = frame_of(WIDTH, HEIGHT);
	struct reading r = {.frame_width = WIDTH,
			    .frame_height = HEIGHT,
			    .face_count = 2,
			    .lead = 0};
	struct preview_box b[READING_MAX_FACES];

	(void)state;
	r.faces[0] =
		(struct face){.x = 64, .y = 96, .width = 128, .height = 192};
	r.faces[1] = (struct face){
		.x = -50, .y = -50, .width = 2000, .height = 2000};
	start(64, 24, true);
	assert_int_equal(preview_boxes(&preview, &r, false, b), 0);
	preview_update(&preview, &f, false);
	assert_int_equal(preview_boxes(&preview, &r, false, b), 2);
	/* the lead comes last; a box never leaves the picture */
	assert_false(b[0].lead);
	assert_int_equal(b[0].col, 0);
	assert_int_equal(b[0].cols, 64);
	assert_int_equal(b[0].rows, 24);
	assert_true(b[1].lead);
	assert_int_equal(b[1].col, 6);
	assert_int_equal(b[1].cols, 13);
	assert_int_equal(b[1].row, 5);
	assert_int_equal(b[1].rows, 10);
	preview_boxes(&preview, &r, true, b);
	assert_int_equal(b[1].col, 64 - 6 - 13);
	/* readings of another size are scaled, nonsense is bounded */
	r.frame_width = WIDTH / 2;
	r.frame_height = HEIGHT / 2;
	r.faces[0] = (struct face){.x = 9e9f, .y = -9e9f, .width = -5};
	preview_boxes(&preview, &r, true, b);
	assert_true(b[1].col >= 0 && b[1].col + b[1].cols <= 64);
	assert_true(b[1].row >= 0 && b[1].row + b[1].rows <= 24);
	r.frame_width = 0;
	assert_int_equal(preview_boxes(&preview, &r, false, b), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_shape),
		cmocka_unit_test(any_panel_and_any_frame),
		cmocka_unit_test(averages_areas),
		cmocka_unit_test(mirrors),
		cmocka_unit_test(contrast_is_gentle),
		cmocka_unit_test(a_still_picture_stays),
		cmocka_unit_test(what_moves_is_drawn),
		cmocka_unit_test(what_is_held_is_near),
		cmocka_unit_test(boxes_follow_the_mirror),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
