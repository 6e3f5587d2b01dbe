/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pen: frames, bars and the like, drawn on areas. */
#ifndef MIEN_TUI_PEN_H
#define MIEN_TUI_PEN_H

#include "tui/canvas.h"

/* A border with a title at its left and, where it has room, a note at its
 * right (either may be NULL). */
void pen_frame(struct area area, const char *title, const char *note,
	       bool focus);

/* A line across the area's frame at a row of it, joined to both sides, with a
 * title in it (may be NULL). */
void pen_rule(struct area area, int row, const char *title, bool focus);

/* Words in lines, each in the middle; returns the rows used. */
int pen_wrap(struct area area, int row, enum style style, const char *text);

/* The same from a column on, with as much room on the right. */
int pen_lines(struct area area, int row, int col, enum style style,
	      const char *text);

/* value of 0..1 in cols cells; what is there at all shows as one cell. */
void pen_bar(struct area area, int row, int col, int cols, double value,
	     enum style style);

/* The same as a thin line with a head, for progress. */
void pen_progress(struct area area, int row, int col, int cols, double value);

/* One of eight heights for 0..1; a space for less than 0 (unknown). */
void pen_spark(struct area area, int row, int col, double value,
	       enum style style);

/* "1:23", "1:02:03"; "-:--" for less than 0. Returns out. */
const char *pen_time(char *out, size_t size, double seconds);

#endif
