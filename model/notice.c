/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notice: four limits. Knows nothing of time, nor of what is done about it. */
#include "model/notice.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#define HALF (CROP_SIDE / 2)

#define DARK_FRAME 0.08f /* mean luma */

/* A dark room is as uneven as a bright one, for its light; a hand is not. */
#define FLAT       0.03f
#define FLAT_SHARE 0.15f
#define FLAT_BLACK 0.003f

#define DARK_FACE 6.0f  /* levels of 255 that a crop's luma spreads over */
#define SOFT      0.20f /* notice_sharpness */
#define AWAY      0.9f  /* the nose is all but at an ear */

static const struct {
	enum notice bit;
	const char *text;
} texts[] = {
	{NOTICE_COVERED, "lens covered?"},
	{NOTICE_DARK, "too dark to read"},
	{NOTICE_AWAY, "face turned away"},
	{NOTICE_BLURRED, "too blurred to read"},
};

unsigned notice_frame(float brightness, float structure)
{
	unsigned notices = brightness < DARK_FRAME ? NOTICE_DARK : 0;

	if (structure < FLAT &&
	    structure < FLAT_SHARE * brightness + FLAT_BLACK)
		notices |= NOTICE_COVERED;
	return notices;
}

static float deviation(const float *values, int count)
{
	float sum = 0, squares = 0;

	for (int i = 0; i < count; i++) {
		sum += values[i];
		squares += values[i] * values[i];
	}
	sum /= (float)count;
	return sqrtf(fmaxf(squares / (float)count - sum * sum, 0));
}

/* Means of two by two pixels: noise fades, and a small face is as sharp. */
static void halve(const uint8_t *crop, float *out)
{
	for (int i = 0; i < HALF * HALF; i++) {
		const uint8_t *at =
			crop + i / HALF * 2 * CROP_SIDE + i % HALF * 2;

		out[i] = (float)(at[0] + at[1] + at[CROP_SIDE] +
				 at[CROP_SIDE + 1]) /
			 4;
	}
}

float notice_sharpness(const uint8_t crop[CROP_SIDE * CROP_SIDE])
{
	float half[HALF * HALF], sum = 0, spread;

	halve(crop, half);
	spread = deviation(half, HALF * HALF);
	for (int y = 1; y < HALF - 1; y++)
		for (int x = 1; x < HALF - 1; x++) {
			const float *at = half + y * HALF + x;
			float across = 2 * at[0] - at[-1] - at[1];

			sum += across * across;
		}
	return sqrtf(sum / ((HALF - 2) * (HALF - 2))) / (spread + 1);
}

static bool is_dark(const uint8_t *crop)
{
	float half[HALF * HALF];

	halve(crop, half);
	return deviation(half, HALF * HALF) < DARK_FACE;
}

unsigned notice_face(const struct detection *face,
		     const uint8_t crop[CROP_SIDE * CROP_SIDE])
{
	unsigned notices = 0;

	if (is_dark(crop))
		notices |= NOTICE_DARK;
	else if (notice_sharpness(crop) < SOFT)
		notices |= NOTICE_BLURRED;
	if (fabsf(face->turn) > AWAY)
		notices |= NOTICE_AWAY;
	return notices;
}

const char *notice_text(unsigned notices)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (notices & texts[i].bit)
			return texts[i].text;
	return "";
}
