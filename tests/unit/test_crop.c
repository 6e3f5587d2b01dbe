/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The 48x48 picture of a face: levelled, framed and resampled right. */
#include "tests/unit/pictures.h"
#include "tests/unit/unit.h"

#include "model/crop.h"

#include <math.h>
#include <stdlib.h>

#define SIDE CROP_SIDE

static uint8_t out[SIDE * SIDE];

/*
 * As the detector sees a face: the eyes 0.43 widths apart, 0.22 above the
 * middle of the box (medians over FER2013), turned by tilt.
 */
static struct detection face_at(float x, float y, float width, float tilt)
{
	float along = 0.215f * width, above = 0.22f * width;
	float c = cosf(tilt), s = sinf(tilt);
	float eye_x = x + above * s, eye_y = y - above * c;

	return (struct detection){
		.x = x - width / 2,
		.y = y - width / 2,
		.width = width,
		.height = width,
		.score = 0.9f,
		.eyes = {{eye_x - along * c, eye_y - along * s},
			 {eye_x + along * c, eye_y + along * s}},
	};
}

static void draw_disc(struct frame *frame, const float at[2], float radius)
{
	for (int y = 0; y < frame->height; y++)
		for (int x = 0; x < frame->width; x++)
			if (hypotf((float)x + 0.5f - at[0],
				   (float)y + 0.5f - at[1]) < radius)
				frame->luma[(size_t)y * frame->stride + x] = 0;
}

/* A light frame with two dark eyes. */
static struct frame *draw_face(const struct detection *face)
{
	struct frame *frame = pictures_plain(640, 480, 200, false);

	for (int i = 0; i < 2; i++)
		draw_disc(frame, face->eyes[i], face->width * 0.06f);
	return frame;
}

/* Centre of the dark in the left or right half of the crop. */
static void dark_centre(int half, double centre[2])
{
	double sum = 0, x_sum = 0, y_sum = 0;

	for (int i = 0; i < SIDE * SIDE; i++) {
		int x = i % SIDE, y = i / SIDE;
		double dark = 200 - out[i];

		if ((x >= SIDE / 2) != half)
			continue;
		sum += dark;
		x_sum += dark * (x + 0.5);
		y_sum += dark * (y + 0.5);
	}
	assert_true(sum > 0);
	centre[0] = x_sum / sum;
	centre[1] = y_sum / sum;
}

static void levels_the_eyes(void **state)
{
	static const float tilts[] = {0, 0.1f, -0.3f, 0.5f, -0.75f};
	static const float widths[] = {30, 60, 140, 300};

	(void)state;
	for (size_t i = 0; i < 5 * 4; i++) {
		struct detection face =
			face_at(320, 240, widths[i % 4], tilts[i / 4]);
		struct frame *frame = draw_face(&face);
		double left[2], right[2];

		crop_face(frame, &face, out);
		dark_centre(0, left);
		dark_centre(1, right);
		assert_true(fabs(left[1] - right[1]) < 0.8);
		/* FER2013's own medians: 17.8 apart, 24 and 19 in the middle */
		assert_true(fabs(right[0] - left[0] - 17.8) < 2);
		assert_true(fabs((right[0] + left[0]) / 2 - 24) < 1);
		assert_true(fabs((right[1] + left[1]) / 2 - 19) < 1.5);
		frame_unref(frame);
	}
}

static void leaves_an_absurd_tilt(void **state)
{
	struct frame *frame = pictures_plain(640, 480, 10, false);
	struct detection face = face_at(320, 240, 96, (float)M_PI_2);

	(void)state;
	for (int y = 0; y < 240; y++)
		memset(frame->luma + (size_t)y * frame->stride, 200, 640);
	crop_face(frame, &face, out);
	for (int i = 1; i < SIDE; i++) /* rows stay rows */
		assert_int_equal(out[20 * SIDE + i], out[20 * SIDE]);
	frame_unref(frame);
}

static void averages_when_shrinking(void **state)
{
	struct frame *frame = pictures_plain(640, 480, 0, false);
	struct detection face = face_at(320, 240, 400, 0);

	(void)state;
	for (int y = 0; y < 480; y++)
		for (int x = 0; x < 640; x++)
			frame->luma[(size_t)y * frame->stride + x] =
				(x + y) % 2 ? 255 : 0;
	crop_face(frame, &face, out);
	for (int i = 0; i < SIDE * SIDE; i++)
		assert_in_range(out[i], 108, 148);
	frame_unref(frame);
}

static void repeats_the_edge(void **state)
{
	static const float places[][2] = {
		{0, 0}, {640, 480}, {-1000, 5000}, {1e9f, -1e9f}};
	struct frame *frame = pictures_plain(640, 480, 77, false);

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct detection face =
			face_at(places[i][0], places[i][1], 200, 0.2f);

		memset(out, 0, sizeof(out));
		crop_face(frame, &face, out);
		for (int k = 0; k < SIDE * SIDE; k++)
			assert_int_equal(out[k], 77);
	}
	frame_unref(frame);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_the_eyes),
		cmocka_unit_test(leaves_an_absurd_tilt),
		cmocka_unit_test(averages_when_shrinking),
		cmocka_unit_test(repeats_the_edge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
