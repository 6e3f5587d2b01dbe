/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout: from the size of the screen to where each panel stands. Pure. What
 * has no room is an empty rectangle (no columns): the preview goes first,
 * then the queue, then the timeline.
 */
#ifndef MIEN_TUI_LAYOUT_H
#define MIEN_TUI_LAYOUT_H

#include <stdbool.h>

struct rect {
	int row, col, rows, cols;
};

enum layout_kind {
	LAYOUT_LINE,    /* below 40x10: mood, track, time */
	LAYOUT_COMPACT, /* below 80x24: no preview */
	LAYOUT_NORMAL,  /* from 80x24 */
	LAYOUT_LARGE,   /* from 120x36 */
	LAYOUT_CAMERA   /* the preview on all of the screen */
};

#define LAYOUT_RULES 3

struct layout {
	enum layout_kind kind;
	int rows, cols;
	/* Frames, borders included. */
	struct rect camera, side, playing, queue_frame;
	/* Inside the side frame, or standing bare. */
	struct rect bars, mood, trail, events;
	/* In the side frame, or in queue_frame where that stands. */
	struct rect queue;
	/* Lines of their own at the foot. */
	struct rect timeline, privacy, message, hints;
	/* Rows (of the screen) of the rules that part the side frame. */
	int rules[LAYOUT_RULES], rule_count;
};

/* rows, cols >= 1. camera_only: the preview in full screen. */
struct layout layout_compute(int rows, int cols, bool camera_only);

bool rect_is_empty(struct rect r);

/* What is left of r without its border; empty when nothing is. */
struct rect rect_inside(struct rect r);

/* Columns by rows in the middle of a screen, made to fit it. */
struct rect rect_middle(int rows, int cols, int screen_rows, int screen_cols);

#endif
