/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout: four shapes of one dashboard. */
#include "tui/layout.h"

#include "model/emotion.h"

#define MIN_COLS       40
#define MIN_ROWS       10
#define NORMAL_COLS    80
#define NORMAL_ROWS    24
#define LARGE_COLS     120
#define LARGE_ROWS     36
#define MOOD_ROWS      2
#define MOOD_ROWS_TALL 4
#define PRIVACY_COLS   38 /* "camera on · nothing stored or sent", a gap */
#define SPLIT_COLS     56 /* a compact side frame with two columns */

static int at_most(int value, int most)
{
	return value < most ? value : most;
}

static int at_least(int value, int least)
{
	return value > least ? value : least;
}

bool rect_is_empty(struct rect r)
{
	return r.rows <= 0 || r.cols <= 0;
}

struct rect rect_inside(struct rect r)
{
	struct rect in = {r.row + 1, r.col + 1, r.rows - 2, r.cols - 2};

	return rect_is_empty(in) ? (struct rect){0} : in;
}

struct rect rect_middle(int rows, int cols, int screen_rows, int screen_cols)
{
	rows = at_most(rows, screen_rows);
	cols = at_most(cols, screen_cols);
	return (struct rect){(screen_rows - rows) / 2, (screen_cols - cols) / 2,
			     rows, cols};
}

/* Takes rows off the top of *from; nothing when there are not so many. */
static struct rect take_top(struct rect *from, int rows)
{
	struct rect top = *from;

	if (rows <= 0 || rows > from->rows)
		return (struct rect){0};
	top.rows = rows;
	from->row += rows;
	from->rows -= rows;
	return top;
}

static struct rect take_bottom(struct rect *from, int rows)
{
	struct rect bottom = *from;

	if (rows <= 0 || rows > from->rows)
		return (struct rect){0};
	bottom.row = from->row + from->rows - rows;
	bottom.rows = rows;
	from->rows -= rows;
	return bottom;
}

static struct rect take_left(struct rect *from, int cols)
{
	struct rect left = *from;

	if (cols <= 0 || cols > from->cols)
		return (struct rect){0};
	left.cols = cols;
	from->col += cols;
	from->cols -= cols;
	return left;
}

static void rule(struct layout *l, struct rect *from)
{
	struct rect line = take_top(from, 1);

	if (!rect_is_empty(line) && l->rule_count < LAYOUT_RULES)
		l->rules[l->rule_count++] = line.row;
}

/* The footer of the full shapes: message and hints; with room, a timeline. */
static void lay_foot(struct layout *l, struct rect *all)
{
	struct rect line;

	l->hints = take_bottom(all, 1);
	l->message = take_bottom(all, 1);
	line = take_bottom(all, 1);
	l->timeline = take_left(&line, line.cols - PRIVACY_COLS);
	l->privacy = line;
}

/* Columns that a 4:3 picture fills in so many rows of cells twice as high as
 * wide, with its border. */
static int camera_cols(int rows, int cols)
{
	int wanted = (rows - 2) * 2 * 4 / 3 + 2;

	return at_most(at_least(wanted, 40), cols - 40) > cols * 6 / 10
		       ? cols * 6 / 10
		       : at_most(at_least(wanted, 40), cols - 40);
}

/* Under the bars of a normal screen: mood, queue, and events if any room. */
static void lay_side(struct layout *l)
{
	struct rect in = rect_inside(l->side);

	l->bars = take_top(&in, EMOTION_COUNT);
	rule(l, &in);
	l->mood = take_top(&in, in.rows >= 12 ? MOOD_ROWS_TALL : MOOD_ROWS);
	rule(l, &in);
	if (in.rows < 11) {
		l->queue = in;
		return;
	}
	l->queue = take_top(&in, at_most(in.rows / 2, 10));
	rule(l, &in);
	l->events = in;
}

static void lay_normal(struct layout *l, struct rect all)
{
	lay_foot(l, &all);
	l->playing = take_bottom(&all, 4);
	l->camera = take_left(&all, camera_cols(all.rows, all.cols));
	l->side = all;
	lay_side(l);
}

static void lay_large(struct layout *l, struct rect all)
{
	struct rect below, in, line;

	l->hints = take_bottom(&all, 1);
	line = take_bottom(&all, 1);
	l->message = take_left(&line, line.cols - PRIVACY_COLS);
	l->privacy = line;
	below = take_bottom(&all, at_least(all.rows / 4, 10));
	l->camera = take_left(&all, camera_cols(all.rows, all.cols));
	l->side = all;
	l->playing = take_left(&below, l->camera.cols);
	l->queue_frame = below;
	l->queue = rect_inside(below);
	in = rect_inside(l->side);
	l->bars = take_top(&in, EMOTION_COUNT);
	rule(l, &in);
	l->mood = take_top(&in, MOOD_ROWS_TALL);
	rule(l, &in);
	l->trail = take_top(&in, 2);
	rule(l, &in);
	l->events = in;
}

/* Bars, mood and, with room, the queue of a screen without a preview. */
static void lay_compact_side(struct layout *l)
{
	struct rect in = rect_inside(l->side);

	if (in.cols >= SPLIT_COLS - 2) {
		l->bars = take_left(&in, in.cols / 2);
		if (in.rows >= 4)
			l->mood = take_top(&in, at_most(in.rows, 3));
		else
			l->mood = in, in.rows = 0;
		l->queue = in.rows >= 2 ? in : (struct rect){0};
		return;
	}
	l->mood = take_top(&in, MOOD_ROWS);
	l->bars = take_top(&in, at_most(in.rows, EMOTION_COUNT));
	if (in.rows >= 3) {
		rule(l, &in);
		l->queue = in;
	}
}

static void lay_compact(struct layout *l, struct rect all)
{
	bool roomy = all.rows >= 14;
	struct rect line;

	l->hints = take_bottom(&all, 1);
	l->message = take_bottom(&all, 1);
	if (roomy) {
		line = take_bottom(&all, 1);
		l->timeline =
			line.cols >= SPLIT_COLS
				? take_left(&line, line.cols - PRIVACY_COLS)
				: line;
		if (line.cols == PRIVACY_COLS)
			l->privacy = line;
	}
	l->playing = take_bottom(&all, roomy ? 4 : 2);
	/* High and narrow, as a phone: the preview has room after all. */
	if (all.rows >= 34)
		l->camera = take_top(
			&all, at_most(all.rows - 18, all.cols * 3 / 8 + 2));
	l->side = all;
	lay_compact_side(l);
}

static void lay_line(struct layout *l, struct rect all)
{
	l->mood = take_top(&all, 1);
	l->message = take_top(&all, 1);
	l->hints = take_bottom(&all, 1);
	if (all.rows >= 2)
		l->queue = all;
}

struct layout layout_compute(int rows, int cols, bool camera_only)
{
	struct layout l = {.rows = rows, .cols = cols};
	struct rect all = {0, 0, rows, cols};

	if (cols < MIN_COLS || rows < MIN_ROWS) {
		l.kind = LAYOUT_LINE;
		lay_line(&l, all);
	} else if (camera_only) {
		l.kind = LAYOUT_CAMERA;
		l.hints = take_bottom(&all, 1);
		l.message = take_bottom(&all, 1);
		l.camera = all;
	} else if (cols < NORMAL_COLS || rows < NORMAL_ROWS) {
		l.kind = LAYOUT_COMPACT;
		lay_compact(&l, all);
	} else if (cols < LARGE_COLS || rows < LARGE_ROWS) {
		l.kind = LAYOUT_NORMAL;
		lay_normal(&l, all);
	} else {
		l.kind = LAYOUT_LARGE;
		lay_large(&l, all);
	}
	return l;
}
