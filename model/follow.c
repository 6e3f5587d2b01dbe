/* SPDX-License-Identifier: GPL-3.0-or-later */
/* follow: sums of differences, every second place first, then around it. */
#include "model/follow.h"

#include <math.h>
#include <stdlib.h>

#define WINDOW  (FOLLOW_SIDE + 2 * FOLLOW_REACH)
#define SAMPLES 4 /* a cell's mean is over so many pixels each way at most */

/* Less texture than this, in levels, is found everywhere. */
#define LEAST_TEXTURE 3.0f
/* A place whose mean difference is above this share of the texture is another:
 * a plain wall has all of it. */
#define MOST_DIFFERENCE 0.45f

static int clamp(int v, int max)
{
	return v < 0 ? 0 : v > max ? max : v;
}

/* Where the samples of n cells lie on an axis of length pixels. */
static void place(int *at, int n, int samples, float start, float cell,
		  int length)
{
	for (int i = 0; i < n * samples; i++)
		at[i] = clamp((int)floorf(start + ((float)i + 0.5f) * cell /
							  (float)samples),
			      length - 1);
}

/* n x n means of cells whose corner is x, y; the frame's edge goes on. */
static void sample(const struct frame *frame, float x, float y, float cell,
		   int n, uint8_t *out)
{
	int samples = clamp((int)cell - 1, SAMPLES - 1) + 1;
	int columns[WINDOW * SAMPLES], rows[WINDOW * SAMPLES];

	place(columns, n, samples, x, cell, frame->width);
	place(rows, n, samples, y, cell, frame->height);
	for (int row = 0; row < n; row++) {
		unsigned sums[WINDOW] = {0};

		for (int i = 0; i < samples; i++) {
			/* place set it: NOLINTNEXTLINE(clang-analyzer-*) */
			int y_at = rows[row * samples + i];
			const uint8_t *luma =
				frame->luma + (size_t)y_at * frame->stride;

			for (int k = 0; k < n * samples; k++)
				sums[k / samples] += luma[columns[k]];
		}
		for (int col = 0; col < n; col++)
			*out++ = (uint8_t)(sums[col] /
					   (unsigned)(samples * samples));
	}
}

void follow_keep(struct follow *follow, const struct frame *frame,
		 const struct detection *face)
{
	const uint8_t *patch = &follow->patch[0][0];
	const int count = FOLLOW_SIDE * FOLLOW_SIDE;
	int sum = 0, away = 0;

	follow->x = face->x;
	follow->y = face->y;
	follow->cell = fmaxf(face->width, face->height) / FOLLOW_SIDE;
	sample(frame, follow->x, follow->y, follow->cell, FOLLOW_SIDE,
	       &follow->patch[0][0]);
	for (int i = 0; i < count; i++)
		sum += patch[i];
	for (int i = 0; i < count; i++)
		away += abs(patch[i] - sum / count);
	follow->texture = (float)away / (float)count;
}

/* The sum of differences with the patch's corner at col, row. */
static int differ(const struct follow *follow, const uint8_t (*window)[WINDOW],
		  int col, int row)
{
	int sum = 0;

	for (int y = 0; y < FOLLOW_SIDE; y++) {
		const uint8_t *a = follow->patch[y], *b = &window[row + y][col];

		for (int x = 0; x < FOLLOW_SIDE; x++)
			sum += abs(a[x] - b[x]);
	}
	return sum;
}

/* The best place, of each second one and then of those beside it. */
static int search(const struct follow *follow, const uint8_t (*window)[WINDOW],
		  int best[2])
{
	int least = differ(follow, window, FOLLOW_REACH, FOLLOW_REACH);
	int middle[2];

	best[0] = best[1] = FOLLOW_REACH;
	for (int i = 0; i < (FOLLOW_REACH + 1) * (FOLLOW_REACH + 1); i++) {
		int col = i % (FOLLOW_REACH + 1) * 2;
		int row = i / (FOLLOW_REACH + 1) * 2;
		int d = differ(follow, window, col, row);

		if (d < least) {
			least = d;
			best[0] = col;
			best[1] = row;
		}
	}
	middle[0] = best[0];
	middle[1] = best[1];
	for (int i = 0; i < 9; i++) {
		int col = clamp(middle[0] + i % 3 - 1, 2 * FOLLOW_REACH);
		int row = clamp(middle[1] + i / 3 - 1, 2 * FOLLOW_REACH);
		int d = differ(follow, window, col, row);

		if (d < least) {
			least = d;
			best[0] = col;
			best[1] = row;
		}
	}
	return least;
}

/* Where between three neighbours the least lies: that of a parabola. */
static float between(int before, int at, int after)
{
	int bend = before - 2 * at + after;

	return bend > 0 ? (float)(before - after) / (float)(2 * bend) : 0;
}

bool follow_find(const struct follow *follow, const struct frame *frame,
		 const float guess[2], float moved[2])
{
	uint8_t window[WINDOW][WINDOW];
	float edge = FOLLOW_REACH * follow->cell, fine[2];
	int best[2], least;

	if (!(follow->cell > 0) || follow->texture < LEAST_TEXTURE)
		return false;
	sample(frame, follow->x + guess[0] - edge, follow->y + guess[1] - edge,
	       follow->cell, WINDOW, &window[0][0]);
	least = search(follow, (const uint8_t(*)[WINDOW])window, best);
	if ((float)least >
	    MOST_DIFFERENCE * follow->texture * FOLLOW_SIDE * FOLLOW_SIDE)
		return false;
	for (int i = 0; i < 2; i++) {
		int step[2] = {i == 0, i == 1};

		if (best[i] == 0 || best[i] == 2 * FOLLOW_REACH)
			return false; /* it may be farther away */
		fine[i] =
			between(differ(follow, (const uint8_t(*)[WINDOW])window,
				       best[0] - step[0], best[1] - step[1]),
				least,
				differ(follow, (const uint8_t(*)[WINDOW])window,
				       best[0] + step[0], best[1] + step[1]));
		moved[i] =
			guess[i] + ((float)(best[i] - FOLLOW_REACH) + fine[i]) *
					   follow->cell;
	}
	return true;
}
