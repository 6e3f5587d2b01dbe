/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * letterbox: the frame's three planes are scaled one by one, a row at a time,
 * and only the few pixels that remain become RGB. Knows nothing of faces.
 */
#include "model/letterbox.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Averages areas: value i covers [i, i + 1) * ratio of the source. */
static void shrink_axis(struct letterbox_axis *axis, double ratio, int limit)
{
	axis->norm = (float)(1 / ratio);
	for (int i = 0; i < axis->count; i++) {
		double from = i * ratio, to = from + ratio;
		int first = (int)from, last = (int)ceil(to) - 1;

		first = first < limit ? first : limit - 1;
		last = last < limit ? last : limit - 1;
		axis->at[i].first = first;
		axis->at[i].last = last;
		axis->at[i].head = (float)(first + 1 - from);
		axis->at[i].tail = (float)(to - last);
		if (first == last) {
			axis->at[i].head = (float)ratio;
			axis->at[i].tail = 0;
		}
	}
}

/* Bilinear, from the two values beside the middle of value i. */
static void enlarge_axis(struct letterbox_axis *axis, double ratio, int limit)
{
	axis->norm = 1;
	for (int i = 0; i < axis->count; i++) {
		double middle = (i + 0.5) * ratio - 0.5;
		int first;

		middle = fmin(fmax(middle, 0), limit - 1);
		first = (int)middle;
		axis->at[i].first = first;
		axis->at[i].last = first + 1 < limit ? first + 1 : first;
		axis->at[i].tail = (float)(middle - first);
		axis->at[i].head = 1 - axis->at[i].tail;
	}
}

/* extent: how much of the limit values the count values cover. */
static void make_axis(struct letterbox_axis *axis, double extent, int limit,
		      int count)
{
	axis->count = count;
	if (extent > count)
		shrink_axis(axis, extent / count, limit);
	else
		enlarge_axis(axis, extent / count, limit);
}

static void make_maps(struct letterbox *box, const struct frame *frame,
		      int fit_width, int fit_height)
{
	int width = frame->width, height = frame->height;
	double ratio =
		fmin((double)fit_width / width, (double)fit_height / height);
	int columns = (int)fmax(1, round(width * ratio));
	int rows = (int)fmax(1, round(height * ratio));

	make_axis(&box->luma_x, width, width, columns);
	make_axis(&box->luma_y, height, height, rows);
	make_axis(&box->chroma_x, width / 2.0, (width + 1) / 2, columns);
	make_axis(&box->chroma_y, height / 2.0, (height + 1) / 2, rows);
	box->frame_width = width;
	box->frame_height = height;
	box->fit_width = fit_width;
	box->fit_height = fit_height;
}

/* Row number row of the scaled plane into out: down first, then across. */
static void scale_row(const uint8_t *plane, int stride, int width,
		      const struct letterbox_axis *x,
		      const struct letterbox_axis *y, int row,
		      float *restrict sums, float *restrict out)
{
	int first = y->at[row].first, last = y->at[row].last;

	for (int line = first; line <= last; line++) {
		const uint8_t *restrict src = plane + (size_t)line * stride;
		float weight = line == first  ? y->at[row].head
			       : line == last ? y->at[row].tail
					      : 1;

		if (line == first)
			for (int i = 0; i < width; i++)
				sums[i] = weight * src[i];
		else
			for (int i = 0; i < width; i++)
				sums[i] += weight * src[i];
	}
	for (int i = 0; i < x->count; i++) {
		int from = x->at[i].first, to = x->at[i].last;
		float sum =
			x->at[i].head * sums[from] + x->at[i].tail * sums[to];

		for (int k = from + 1; k < to; k++)
			sum += sums[k];
		out[i] = sum * x->norm * y->norm;
	}
}

static float to_input(float value)
{
	/* not fminf and fmaxf: those are calls, and rows of them no vectors */
	value = value > 0 ? value : 0;
	return (value < 255 ? value : 255) / 127.5f - 1;
}

/* JFIF's YCbCr to RGB. */
static void write_color(float (*rows)[LETTERBOX_MAX], int count, float *r,
			float *g, float *b)
{
	for (int i = 0; i < count; i++) {
		float y = rows[0][i], u = rows[1][i] - 128,
		      v = rows[2][i] - 128;

		r[i] = to_input(y + 1.402f * v);
		g[i] = to_input(y - 0.344136f * u - 0.714136f * v);
		b[i] = to_input(y + 1.772f * u);
	}
}

static void write_grey(const float *row, int count, float *r, float *g,
		       float *b)
{
	for (int i = 0; i < count; i++)
		r[i] = g[i] = b[i] = to_input(row[i]);
}

static void write_row(struct letterbox *box, const struct frame *frame, int row,
		      float *r, float *g, float *b)
{
	int chroma_width = (frame->width + 1) / 2;

	scale_row(frame->luma, frame->stride, frame->width, &box->luma_x,
		  &box->luma_y, row, box->sums, box->rows[0]);
	if (!frame->u || !frame->v) {
		write_grey(box->rows[0], box->luma_x.count, r, g, b);
		return;
	}
	scale_row(frame->u, frame->chroma_stride, chroma_width, &box->chroma_x,
		  &box->chroma_y, row, box->sums, box->rows[1]);
	scale_row(frame->v, frame->chroma_stride, chroma_width, &box->chroma_x,
		  &box->chroma_y, row, box->sums, box->rows[2]);
	write_color(box->rows, box->luma_x.count, r, g, b);
}

void letterbox_fill(struct letterbox *box, const struct frame *frame,
		    const struct engine_planes *input, float shrink,
		    float scale[2])
{
	int width = input->width, height = input->height;
	int fit_width = (int)((float)width / shrink);
	int fit_height = (int)((float)height / shrink);
	size_t plane = (size_t)width * height;

	assert(input->channels == 3 && width <= LETTERBOX_MAX &&
	       height <= LETTERBOX_MAX);
	if (box->frame_width != frame->width ||
	    box->frame_height != frame->height || box->fit_width != fit_width ||
	    box->fit_height != fit_height)
		make_maps(box, frame, fit_width, fit_height);
	memset(input->data, 0, 3 * plane * sizeof(float));
	for (int row = 0; row < box->luma_y.count; row++) {
		float *r = input->data + (size_t)row * width;

		write_row(box, frame, row, r, r + plane, r + 2 * plane);
	}
	scale[0] = (float)box->luma_x.count / (float)frame->width;
	scale[1] = (float)box->luma_y.count / (float)frame->height;
}
