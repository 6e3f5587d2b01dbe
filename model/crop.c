/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crop: the square that stands to a face as FER2013's frame stands to its
 * faces, resampled. Knows nothing of networks.
 */
#include "model/crop.h"

#include <math.h>

/*
 * FER2013's framing, in widths of the detector's box: the square's side, and
 * how far its middle lies below the point halfway between the middle of the
 * box and that of the eyes, which wanders less than either. Medians over
 * Training rows, as "mien-eval scene --usage Training" prints them. Sides from
 * 1.04 to 1.22 read within half a point of each other.
 */
#define FRAMING_SIDE 1.12f
#define FRAMING_DOWN 0.01f

/* Samples a side for one pixel of the crop: a face of 1000 px is 20:1. */
#define SAMPLES_MAX 8

/* The square: its top left corner and the steps of one pixel of the crop. */
struct square {
	float x, y;
	float across[2], down[2];
};

static float tilt_of(const struct detection *face)
{
	float tilt = atan2f(face->eyes[1][1] - face->eyes[0][1],
			    face->eyes[1][0] - face->eyes[0][0]);

	return fabsf(tilt) <= CROP_MAX_TILT ? tilt : 0;
}

static struct square square_of(const struct detection *face)
{
	const float(*eyes)[2] = face->eyes;
	float tilt = tilt_of(face), c = cosf(tilt), s = sinf(tilt);
	float x =
		(face->x + face->width / 2) / 2 + (eyes[0][0] + eyes[1][0]) / 4;
	float y = (face->y + face->height / 2) / 2 +
		  (eyes[0][1] + eyes[1][1]) / 4;
	float side = face->width * FRAMING_SIDE, step = side / CROP_SIDE;
	float left = -side / 2, top = face->width * FRAMING_DOWN - side / 2;

	return (struct square){
		.x = x + left * c - top * s,
		.y = y + left * s + top * c,
		.across = {step * c, step * s},
		.down = {-step * s, step * c},
	};
}

static int clamp(int value, int limit)
{
	return value < 0 ? 0 : value < limit ? value : limit - 1;
}

/* As floorf, which is a call where the processor may be any x86-64. */
static int floor_of(float value)
{
	int whole = (int)value;

	return whole - ((float)whole > value);
}

/* Luma at a point (pixel centres lie at .5), bilinear. */
static float luma_at(const struct frame *frame, float x, float y)
{
	int left = floor_of(x - 0.5f), top = floor_of(y - 0.5f);
	float fx = x - 0.5f - (float)left, fy = y - 0.5f - (float)top;
	int x0 = clamp(left, frame->width);
	int x1 = clamp(left + 1, frame->width);
	const uint8_t *upper =
		frame->luma + (size_t)frame->stride * clamp(top, frame->height);
	const uint8_t *lower =
		frame->luma +
		(size_t)frame->stride * clamp(top + 1, frame->height);
	float a = (1 - fx) * upper[x0] + fx * upper[x1];
	float b = (1 - fx) * lower[x0] + fx * lower[x1];

	return (1 - fy) * a + fy * b;
}

/* The mean of n x n samples spread over pixel (column, row) of the crop. */
static float pixel_of(const struct frame *frame, const struct square *square,
		      int column, int row, int n)
{
	float sum = 0;

	for (int i = 0; i < n * n; i++) {
		float u = (float)column + ((float)(i % n) + 0.5f) / (float)n;
		float v = (float)row + ((float)(i / n) + 0.5f) / (float)n;

		sum += luma_at(frame,
			       square->x + u * square->across[0] +
				       v * square->down[0],
			       square->y + u * square->across[1] +
				       v * square->down[1]);
	}
	return sum / (float)(n * n);
}

void crop_face(const struct frame *frame, const struct detection *face,
	       uint8_t out[CROP_SIDE * CROP_SIDE])
{
	struct square square = square_of(face);
	int n = clamp((int)ceilf(hypotf(square.across[0], square.across[1])) -
			      1,
		      SAMPLES_MAX) +
		1;

	for (int i = 0; i < CROP_SIDE * CROP_SIDE; i++)
		out[i] = (uint8_t)lrintf(pixel_of(frame, &square, i % CROP_SIDE,
						  i / CROP_SIDE, n));
}
