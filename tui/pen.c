/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pen: frames, bars, sparks, times. */
#include "tui/pen.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define HORIZONTAL   0x2500
#define VERTICAL     0x2502
#define TOP_LEFT     0x250c
#define TOP_RIGHT    0x2510
#define BOTTOM_LEFT  0x2514
#define BOTTOM_RIGHT 0x2518
#define LEFT_JOIN    0x251c
#define RIGHT_JOIN   0x2524
#define FULL         0x2588
#define LIGHT_SHADE  0x2591
#define SPARK_LOW    0x2581
#define HEAVY        0x2501
#define HEAVY_HEAD   0x2578

static void border(struct area area)
{
	int bottom = area.rect.rows - 1, right = area.rect.cols - 1;

	for (int col = 1; col < right; col++) {
		area_put(area, 0, col, STYLE_FRAME, HORIZONTAL);
		area_put(area, bottom, col, STYLE_FRAME, HORIZONTAL);
	}
	for (int row = 1; row < bottom; row++) {
		area_put(area, row, 0, STYLE_FRAME, VERTICAL);
		area_put(area, row, right, STYLE_FRAME, VERTICAL);
	}
	area_put(area, 0, 0, STYLE_FRAME, TOP_LEFT);
	area_put(area, 0, right, STYLE_FRAME, TOP_RIGHT);
	area_put(area, bottom, 0, STYLE_FRAME, BOTTOM_LEFT);
	area_put(area, bottom, right, STYLE_FRAME, BOTTOM_RIGHT);
}

/* Returns the columns used. */
static int title_text(struct area top, const char *title, bool focus)
{
	if (!title || top.rect.cols < 3)
		return 0;
	return area_print(top, 0, 0, focus ? STYLE_FOCUS : STYLE_TITLE, " %s ",
			  title);
}

void pen_frame(struct area area, const char *title, const char *note,
	       bool focus)
{
	struct area top = area_part(area, 0, 2, 1, area.rect.cols - 4);
	int used, room;

	if (area.rect.rows < 2 || area.rect.cols < 2)
		return;
	border(area);
	used = title_text(top, title, focus);
	room = top.rect.cols - used - 3;
	if (note && note[0] && room >= 8) {
		char fitted[256];
		int cols = text_width(note) < room ? text_width(note) : room;

		text_fit(fitted, sizeof(fitted), note, cols,
			 area.canvas->glyphs == GLYPHS_ASCII);
		area_print_right(top, 0, STYLE_DIM, " %s ", fitted);
	}
}

void pen_rule(struct area area, int row, const char *title, bool focus)
{
	int right = area.rect.cols - 1;

	area_put(area, row, 0, STYLE_FRAME, LEFT_JOIN);
	for (int col = 1; col < right; col++)
		area_put(area, row, col, STYLE_FRAME, HORIZONTAL);
	area_put(area, row, right, STYLE_FRAME, RIGHT_JOIN);
	title_text(area_part(area, row, 2, 1, area.rect.cols - 4), title,
		   focus);
}

/* Bytes of text that fill one line of cols, cut at a space where there is
 * one; *next is where the following line begins. */
static size_t line_length(const char *text, int cols, const char **next)
{
	const char *at = text, *cut = NULL;
	int used = 0, width;

	for (;;) {
		const char *from = at;
		uint32_t code = text_next(&at, &width);

		if (!code || code == ' ')
			cut = from;
		if (!code || used + width > cols) {
			if (!cut)
				cut = from > text ? from : at;
			break;
		}
		used += width;
	}
	*next = cut + strspn(cut, " ");
	return (size_t)(cut - text);
}

int pen_wrap(struct area area, int row, enum style style, const char *text)
{
	int used = 0;
	char line[512];

	while (*text && row + used < area.rect.rows && area.rect.cols > 0) {
		const char *next;
		size_t n = line_length(text, area.rect.cols, &next);

		snprintf(line, sizeof(line), "%.*s", (int)n, text);
		area_text(area, row + used,
			  (area.rect.cols - text_width(line)) / 2, style, line);
		used++;
		text = next;
	}
	return used;
}

int pen_lines(struct area area, int row, int col, enum style style,
	      const char *text)
{
	int used = 0, cols = area.rect.cols - 2 * col;
	char line[512];

	while (*text && row + used < area.rect.rows && cols > 0) {
		const char *next;
		size_t n = line_length(text, cols, &next);

		snprintf(line, sizeof(line), "%.*s", (int)n, text);
		area_text(area, row + used++, col, style, line);
		text = next;
	}
	return used;
}

static double within(double value)
{
	return value > 0 ? fmin(value, 1) : 0; /* NaN is 0, too */
}

void pen_bar(struct area area, int row, int col, int cols, double value,
	     enum style style)
{
	int full = (int)lround(within(value) * cols);

	if (!full && value >= 0.01)
		full = 1;
	for (int i = 0; i < cols; i++)
		area_put(area, row, col + i, i < full ? style : STYLE_REST,
			 i < full ? FULL : LIGHT_SHADE);
}

void pen_progress(struct area area, int row, int col, int cols, double value)
{
	int full = (int)(within(value) * cols);

	for (int i = 0; i < cols; i++)
		area_put(area, row, col + i,
			 i <= full ? STYLE_PROGRESS : STYLE_FRAME,
			 i < full    ? HEAVY
			 : i == full ? HEAVY_HEAD
				     : HORIZONTAL);
}

void pen_spark(struct area area, int row, int col, double value,
	       enum style style)
{
	uint32_t code = SPARK_LOW + (uint32_t)(within(value) * 7.99);

	area_put(area, row, col, style, value < 0 ? ' ' : code);
}

const char *pen_time(char *out, size_t size, double seconds)
{
	long s;

	if (!(seconds >= 0 && seconds < 1e7)) {
		snprintf(out, size, "-:--");
		return out;
	}
	s = (long)seconds;
	if (s >= 3600)
		snprintf(out, size, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60,
			 s % 60);
	else
		snprintf(out, size, "%ld:%02ld", s / 60, s % 60);
	return out;
}
