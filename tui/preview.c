/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preview: area averages, a gentle contrast, and the hold rule. */
#include "tui/preview.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Auto contrast: so much of the picture may become black or white, and no
 * span smaller than MIN_SPAN is drawn out, or noise in the dark would be. */
#define CLIP_PER_CENT 1
#define MIN_SPAN      160
/* The limits follow only a larger change: each step redraws everything. */
#define LIMIT_HOLD 8
/* So many lines of 255 fit into 16 bits. */
#define LINES_AT_ONCE 256

static int bounded(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

void preview_clear(struct preview *p)
{
	p->fresh = true;
	p->picture.cols = p->picture.rows = 0;
}

bool preview_resize(struct preview *p, int cell_cols, int cell_rows, bool tall)
{
	int cols = bounded(cell_cols, 0, PREVIEW_MAX_COLS);
	int rows =
		bounded(tall ? cell_rows * 2 : cell_rows, 0, PREVIEW_MAX_ROWS);

	if (p->cols == cols && p->rows == rows && p->tall == tall)
		return false;
	p->cols = cols;
	p->rows = rows;
	p->tall = tall;
	preview_clear(p);
	return true;
}

/* The largest picture of the frame's shape. A cell is twice as high as wide:
 * half of it is square. */
static void place(struct preview *p, int width, int height)
{
	int high = p->tall ? 1 : 2; /* of a dot, its width being 1 */
	int64_t cols = p->cols;
	int64_t rows = (cols * height + (int64_t)width * high / 2) /
		       ((int64_t)width * high);
	int row0, col0;

	if (rows > p->rows) {
		rows = p->rows;
		cols = (rows * high * width + height / 2) / height;
	}
	cols = bounded((int)cols, 1, p->cols);
	rows = bounded((int)rows, 1, p->rows);
	col0 = (p->cols - (int)cols) / 2;
	row0 = (p->rows - (int)rows) / 2;
	/* a cell is either all picture or none */
	if (p->tall) {
		rows = rows > 1 ? rows & ~INT64_C(1) : 2;
		row0 &= ~1;
	}
	if (p->picture.cols != cols || p->picture.rows != rows)
		p->fresh = true;
	p->picture.col = col0;
	p->picture.row = row0;
	p->picture.cols = (int)cols;
	p->picture.rows = (int)rows;
}

/* Adds the lines from y0 to y1 of the frame, at most LINES_AT_ONCE of them. */
static void add_lines(const struct frame *frame, int y0, int y1,
		      uint16_t *restrict sums)
{
	memset(sums, 0, (size_t)frame->width * sizeof(*sums));
	for (int y = y0; y < y1; y++) {
		const uint8_t *restrict line =
			frame->luma + (size_t)y * frame->stride;

		for (int x = 0; x < frame->width; x++)
			sums[x] = (uint16_t)(sums[x] + line[x]);
	}
}

/* One row of dots, each the mean of its part of the frame, into out. */
static void average_row(struct preview *p, const struct frame *frame, int row,
			uint8_t *out)
{
	uint32_t sums[PREVIEW_MAX_COLS] = {0};
	int cols = p->picture.cols, rows = p->picture.rows;
	int y0 = row * frame->height / rows;
	int y1 = bounded((row + 1) * frame->height / rows, y0 + 1,
			 frame->height);

	for (int y = y0; y < y1; y += LINES_AT_ONCE) {
		add_lines(frame, y, bounded(y + LINES_AT_ONCE, y, y1),
			  p->lines);
		for (int c = 0, x = 0; c < cols; c++) {
			int end = (c + 1) * frame->width / cols;

			/* a frame narrower than the picture: the nearest */
			if (end == x)
				sums[c] += p->lines[bounded(end, 0,
							    frame->width - 1)];
			for (; x < end; x++)
				sums[c] += p->lines[x];
		}
	}
	for (int c = 0; c < cols; c++) {
		int wide =
			(c + 1) * frame->width / cols - c * frame->width / cols;
		uint32_t area = (uint32_t)((wide ? wide : 1) * (y1 - y0));

		out[c] = (uint8_t)((sums[c] + area / 2) / area);
	}
}

/* Moves the limits of contrast when the picture's own have clearly moved. */
static void adapt(struct preview *p, const uint32_t histogram[256])
{
	int total = p->picture.cols * p->picture.rows;
	int clip = total * CLIP_PER_CENT / 100, low = 0, high = 255, missing;
	uint32_t sum = 0;

	while (low < 255 && (sum += histogram[low]) <= (uint32_t)clip)
		low++;
	sum = 0;
	while (high > 0 && (sum += histogram[high]) <= (uint32_t)clip)
		high--;
	missing = MIN_SPAN - (high - low);
	if (missing > 0) {
		low = bounded(low - missing / 2, 0, 255 - MIN_SPAN);
		high = low + MIN_SPAN;
	}
	if (!p->fresh && abs(low - p->low) <= LIMIT_HOLD &&
	    abs(high - p->high) <= LIMIT_HOLD)
		return;
	p->low = low;
	p->high = high;
}

/* How far value lies beyond the ends of the step that is drawn for dot. */
static int beyond(const struct preview *p, int dot, int value)
{
	int steps = p->tall ? PREVIEW_GREYS : PREVIEW_STEPS;
	int step = dot * steps / 256;
	int low = (step * 256 + steps - 1) / steps;
	int high = ((step + 1) * 256 + steps - 1) / steps - 1;

	return value < low ? low - value : value > high ? value - high : 0;
}

static void hold(struct preview *p, uint8_t *dot, int value)
{
	int span = p->high - p->low;
	int most = p->tall ? PREVIEW_HOLD * 255 / span : 255 / PREVIEW_STEPS;

	value = bounded((value - p->low) * 255 / span, 0, 255);
	if (!p->fresh && beyond(p, *dot, value) <= most)
		return;
	p->changed += p->fresh || value != *dot;
	*dot = (uint8_t)value;
}

void preview_update(struct preview *p, const struct frame *frame, bool mirror)
{
	uint32_t histogram[256] = {0};

	if (p->cols < 1 || p->rows < 1 || frame->width < 1 || frame->height < 1)
		return;
	place(p, frame->width, frame->height);
	for (int r = 0; r < p->picture.rows; r++) {
		average_row(p, frame, r, p->means[r]);
		for (int c = 0; c < p->picture.cols; c++)
			histogram[p->means[r][c]]++;
	}
	adapt(p, histogram);
	for (int r = 0; r < p->picture.rows; r++)
		for (int c = 0; c < p->picture.cols; c++) {
			int from = mirror ? p->picture.cols - 1 - c : c;

			hold(p,
			     &p->dots[p->picture.row + r][p->picture.col + c],
			     p->means[r][from]);
		}
	p->fresh = false;
}

/* The dot's value, or -1 outside the picture. */
static int dot(const struct preview *p, int col, int row)
{
	int c = col - p->picture.col, r = row - p->picture.row;

	if (p->fresh || c < 0 || r < 0 || c >= p->picture.cols ||
	    r >= p->picture.rows)
		return -1;
	return p->dots[row][col];
}

int preview_grey(const struct preview *p, int col, int row)
{
	int value = dot(p, col, row);

	/* xterm's greys are 8, 18 ... 238 of 255; black and white beyond. */
	return value < 0 ? -1 : value * PREVIEW_GREYS / 256;
}

int preview_step(const struct preview *p, int col, int row)
{
	int value = dot(p, col, row);

	return value < 0 ? -1 : value * PREVIEW_STEPS / 256;
}

static struct preview_box box_of(const struct preview *p,
				 const struct reading *reading, int index,
				 bool mirror)
{
	const struct face *f = &reading->faces[index];
	float sx = (float)p->picture.cols / (float)reading->frame_width;
	float sy = (float)p->picture.rows / (float)reading->frame_height;
	int left = (int)lroundf(f->x * sx);
	int right = (int)lroundf((f->x + f->width) * sx);
	int top = (int)lroundf(f->y * sy);
	int bottom = (int)lroundf((f->y + f->height) * sy);
	int half = p->tall ? 2 : 1;

	left = bounded(left, 0, p->picture.cols - 1);
	right = bounded(right, left + 1, p->picture.cols);
	top = bounded(top, 0, p->picture.rows - 1);
	bottom = bounded(bottom, top + 1, p->picture.rows);
	if (mirror) {
		int was = left;

		left = p->picture.cols - right;
		right = p->picture.cols - was;
	}
	top = (p->picture.row + top) / half;
	bottom = (p->picture.row + bottom + half - 1) / half;
	return (struct preview_box){p->picture.col + left,  top,
				    right - left,           bottom - top,
				    index == reading->lead, index};
}

int preview_boxes(const struct preview *p, const struct reading *reading,
		  bool mirror, struct preview_box boxes[READING_MAX_FACES])
{
	int count = 0;

	if (p->fresh || reading->frame_width < 1 || reading->frame_height < 1)
		return 0;
	for (int i = 0; i < reading->face_count; i++)
		if (i != reading->lead)
			boxes[count++] = box_of(p, reading, i, mirror);
	if (reading->lead >= 0 && reading->lead < reading->face_count)
		boxes[count++] = box_of(p, reading, reading->lead, mirror);
	return count;
}
