/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glance: sums over cells, and over parts of several cells. */
#include "model/glance.h"

#include <math.h>
#include <string.h>

#define LUMA_ROWS 4 /* one row in so many is enough */
#define PARTS     8 /* the structure is that of 8x8 parts */

struct sums {
	uint32_t cells[GLANCE_ROWS][GLANCE_COLS], counts[GLANCE_ROWS];
	uint64_t squares;
};

static int column_of(const struct frame *frame, int cell)
{
	return cell * frame->width / GLANCE_COLS;
}

static void add_row(struct sums *sums, const struct frame *frame, int row)
{
	const uint8_t *luma = frame->luma + (size_t)row * frame->stride;
	int cell_row = row * GLANCE_ROWS / frame->height;

	for (int k = 0; k < GLANCE_COLS; k++) {
		int to = column_of(frame, k + 1);
		uint32_t sum = 0, squares = 0;

		for (int i = column_of(frame, k); i < to; i++) {
			sum += luma[i];
			squares += (uint32_t)luma[i] * luma[i];
		}
		sums->cells[cell_row][k] += sum;
		sums->squares += squares;
	}
	sums->counts[cell_row]++;
}

static float spread(double sum, double squares, double count)
{
	double mean = sum / count;

	return (float)(sqrt(fmax(squares / count - mean * mean, 0)) / 255);
}

/* How far the means of the frame's parts lie apart. */
static float structure_of(const struct sums *sums, const struct frame *frame)
{
	const int rows = GLANCE_ROWS / PARTS, cols = GLANCE_COLS / PARTS;
	double all = 0, squares = 0;
	int parts = 0;

	for (int part = 0; part < PARTS * PARTS; part++) {
		int top = part / PARTS * rows, left = part % PARTS * cols;
		double sum = 0, count = 0, mean;

		for (int row = top; row < top + rows; row++) {
			for (int col = left; col < left + cols; col++)
				sum += sums->cells[row][col];
			count += (double)sums->counts[row] *
				 (column_of(frame, left + cols) -
				  column_of(frame, left));
		}
		if (count <= 0)
			continue;
		mean = sum / count;
		all += mean;
		squares += mean * mean;
		parts++;
	}
	return spread(all, squares, parts);
}

void glance_take(struct glance *out, const struct frame *frame)
{
	struct sums sums;
	double sum = 0, count = 0;

	memset(&sums, 0, sizeof(sums));
	for (int row = 0; row < frame->height; row += LUMA_ROWS) {
		add_row(&sums, frame, row);
		count += frame->width;
	}
	for (int row = 0; row < GLANCE_ROWS; row++)
		for (int col = 0; col < GLANCE_COLS; col++) {
			uint32_t pixels = sums.counts[row] *
					  (uint32_t)(column_of(frame, col + 1) -
						     column_of(frame, col));

			sum += sums.cells[row][col];
			out->cells[row][col] =
				pixels ? (float)sums.cells[row][col] /
						 (float)pixels
				       : 0;
		}
	out->width = frame->width;
	out->height = frame->height;
	out->brightness = (float)(sum / count / 255);
	out->contrast = spread(sum, (double)sums.squares, count);
	out->structure = structure_of(&sums, frame);
}

bool glance_differs(const struct glance *a, const struct glance *b)
{
	float most = 0;

	if (a->width != b->width || a->height != b->height)
		return true;
	for (int row = 0; row < GLANCE_ROWS; row++)
		for (int col = 0; col < GLANCE_COLS; col++)
			most = fmaxf(most, fabsf(a->cells[row][col] -
						 b->cells[row][col]));
	return most > GLANCE_CHANGE;
}
