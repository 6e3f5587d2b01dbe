/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_overlay: help, search, log, what is typed and corrected, over the rest.
 */
#include "tui/views.h"

#include "base/text.h"
#include "tui/pen.h"

#include <stdio.h>

#define FEEL_ROWS 5
#define FEEL_COLS 64

#define CORRECT_ROWS (EMOTION_COUNT + 4)
#define CORRECT_COLS 34

static struct area overlay_area(struct canvas *canvas, int rows, int cols)
{
	struct area area = area_of(
		canvas, rect_middle(rows, cols, canvas->rows, canvas->cols));

	area_clear(area);
	return area;
}

/* ---- help --------------------------------------------------------------- */

/* Lines of help: single actions, and pairs and rows of keys put together.
 * help NULL: the table's own sentence. */
static const struct help_line {
	enum action first, last;
	const char *join, *help;
} help_lines[] = {
	{ACTION_PAUSE, 0, "", NULL},
	{ACTION_NEXT, 0, "", NULL},
	{ACTION_PREVIOUS, 0, "", NULL},
	{ACTION_SEEK_BACK, ACTION_SEEK_FORWARD, " ", "5 s back, on"},
	{ACTION_SEEK_FAR_BACK, ACTION_SEEK_FAR_FORWARD, " ", "30 s back, on"},
	{ACTION_VOLUME_DOWN, ACTION_VOLUME_UP, " ", "volume by 5%"},
	{ACTION_VOLUME_LITTLE_DOWN, ACTION_VOLUME_LITTLE_UP, " ",
	 "volume by 1%"},
	{ACTION_MUTE, 0, "", NULL},
	{ACTION_LIKE, 0, "", NULL},
	{ACTION_SEARCH, 0, "", NULL},
	{ACTION_MOOD_1, ACTION_MOOD_7, " to ", "mood of that bar"},
	{ACTION_AUTO, 0, "", NULL},
	{ACTION_POLICY, 0, "", NULL},
	{ACTION_FEEL, 0, "", NULL},
	{ACTION_CORRECT, 0, "", NULL},
	{ACTION_CAMERA, 0, "", NULL},
	{ACTION_PREVIEW, 0, "", NULL},
	{ACTION_FULL_SCREEN, 0, "", NULL},
	{ACTION_FOCUS_NEXT, ACTION_FOCUS_PREVIOUS, " ", "choose a panel"},
	{ACTION_LOG, 0, "", NULL},
	{ACTION_REDRAW, 0, "", NULL},
	{ACTION_HELP, 0, "", NULL},
	{ACTION_QUIT, 0, "", NULL},
	{ACTION_UP, ACTION_DOWN, " ", "up and down"},
	{ACTION_PAGE_UP, ACTION_PAGE_DOWN, " ", "by pages"},
	{ACTION_FIRST, ACTION_LAST, " ", "first, last"},
	{ACTION_NEXT_MATCH, ACTION_PREVIOUS_MATCH, " ", "next found, back"},
	{ACTION_ENTER, 0, "", NULL},
	{ACTION_REMOVE, 0, "", NULL},
	{ACTION_CLOSE, 0, "", NULL},
};

#define HELP_LINES    ((int)(sizeof(help_lines) / sizeof(*help_lines)))
#define HELP_KEY_COLS 24
#define HELP_COL_COLS 56

static void draw_help_line(struct area area, int row, const struct snapshot *s,
			   const struct help_line *line)
{
	char a[64], b[64] = "", both[160];
	int cols = area.rect.cols < HELP_COL_COLS ? 14 : HELP_KEY_COLS;

	keys_text(s->keys, line->first, a, sizeof(a));
	if (line->last)
		keys_text(s->keys, line->last, b, sizeof(b));
	snprintf(both, sizeof(both), "%s%s%s", a, line->join, b);
	if (text_width(both) > cols)
		cols = text_width(both);
	area_text(area, row, 1, STYLE_KEY, both);
	area_fit(area, row, cols + 2, area.rect.cols - cols - 3, STYLE_TEXT,
		 line->help ? line->help : keys_help(line->first));
}

/* A group with its heading; returns the rows it takes, drawn or not. */
static int draw_group(struct area area, int row, const struct snapshot *s,
		      enum key_group group)
{
	int rows = 1;

	area_text(area, row, 1, STYLE_TITLE, keys_group_name(group));
	for (int i = 0; i < HELP_LINES; i++)
		if (keys_group(help_lines[i].first) == group)
			draw_help_line(area, row + rows++, s, &help_lines[i]);
	return rows + 1;
}

/* The services' words, below all keys; returns the rows they take. */
static int draw_credits(struct area area, int row, const struct snapshot *s)
{
	int rows = 1;

	if (!s->credit_count)
		return 0;
	area_text(area, row, 1, STYLE_TITLE, "What the songs come from");
	for (int i = 0; i < s->credit_count; i++)
		rows += pen_lines(area, row + rows, 1, STYLE_TEXT,
				  s->credits[i]);
	return rows;
}

static struct area help_area(struct canvas *canvas, bool two)
{
	return area_of(canvas,
		       rect_middle(two ? 20 : HELP_LINES + 9, two ? 92 : 60,
				   canvas->rows, canvas->cols));
}

/* From row on, which may lie above the area; returns the row below all. */
static int draw_help_lines(struct area in, bool two, const struct snapshot *s,
			   int row)
{
	struct area whole = in, right = in;
	int top = row, left;

	if (two) {
		right = area_part(in, 0, in.rect.cols / 2, in.rect.rows,
				  in.rect.cols);
		in = area_part(in, 0, 0, in.rect.rows, in.rect.cols / 2);
	}
	row += draw_group(in, row, s, KEY_GROUP_MUSIC);
	row += draw_group(in, row, s, KEY_GROUP_MOOD);
	left = row;
	if (two)
		row = top;
	row += draw_group(right, row, s, KEY_GROUP_SCREEN);
	row += draw_group(right, row, s, KEY_GROUP_LIST);
	row = row > left ? row : left;
	return row + draw_credits(whole, row, s);
}

static bool help_is_wide(const struct canvas *canvas)
{
	return canvas->cols >= 76;
}

static void draw_help(struct canvas *canvas, const struct snapshot *s)
{
	bool two = help_is_wide(canvas);
	struct area area = help_area(canvas, two);

	area_clear(area);
	pen_frame(area, "Keys", "Esc closes, up and down scroll", true);
	draw_help_lines(area_inside(area), two, s, -s->ui.scroll);
}

int view_help_hidden(int rows, int cols, const struct snapshot *s)
{
	/* drawn high above the screen: only counted */
	const int above = 1 << 20;
	struct canvas canvas = {.rows = rows, .cols = cols};
	bool two = help_is_wide(&canvas);
	struct area in = area_inside(help_area(&canvas, two));
	int hidden = draw_help_lines(in, two, s, -above) + above - in.rect.rows;

	return hidden > 0 ? hidden : 0;
}

/* ---- search ------------------------------------------------------------- */

static struct area search_area(struct canvas *canvas)
{
	return area_of(canvas,
		       rect_middle(canvas->rows - 4, canvas->cols * 9 / 10,
				   canvas->rows, canvas->cols));
}

static void draw_found(struct area area, int row, const struct track *t,
		       bool chosen)
{
	enum style style = chosen ? STYLE_SELECTED : STYLE_TEXT;
	int room = area.rect.cols - 9, title = room * 3 / 5;
	char length[16];

	area_fit(area, row, 0, area.rect.cols, style, "");
	area_fit(area, row, 1, title, style, t->title);
	area_fit(area, row, title + 2, room - title - 2, style, t->artist);
	pen_time(length, sizeof(length), t->length_s > 0 ? t->length_s : -1);
	area_print_right(area, row, style, "%s ", length);
}

static void draw_search(struct canvas *canvas, const struct snapshot *s)
{
	struct area area = search_area(canvas), in = area_inside(area);
	int rows = in.rect.rows - 2, first;
	char note[48];

	area_clear(area);
	snprintf(note, sizeof(note), "%d%s found", s->found->count,
		 s->found->count == SNAPSHOT_FOUND ? "+" : "");
	pen_frame(area, "Search", note, true);
	area_text(in, 0, 1, STYLE_KEY, "/");
	area_text(in, 0, 3, STYLE_TEXT, s->ui.line.text);
	first = s->ui.chosen >= rows ? s->ui.chosen - rows + 1 : 0;
	for (int i = 0; i < rows && first + i < s->found->count; i++)
		draw_found(in, 1 + i, &s->found->tracks[first + i],
			   first + i == s->ui.chosen);
	if (!s->found->count)
		area_text(in, 2, 3, STYLE_DIM,
			  s->music.tracks ? "no song has these words"
					  : "the catalog is empty");
	area_fit(in, in.rect.rows - 1, 1, in.rect.cols - 2, STYLE_DIM,
		 s->ui.in_list ? "Enter plays · n N next found · / words · "
				 "Esc closes"
			       : "Enter plays · Down or Tab to the list · Esc "
				 "closes");
}

/* ---- log and feeling ---------------------------------------------------- */

static void draw_log(struct canvas *canvas, const struct snapshot *s)
{
	struct area area = overlay_area(canvas, canvas->rows, canvas->cols);
	struct area in = area_inside(area);
	int last = s->log_count - s->ui.scroll;

	pen_frame(area, "Log", "Esc closes, up and down scroll", true);
	for (int i = 0; i < in.rect.rows; i++) {
		int line = last - in.rect.rows + i;

		if (last <= in.rect.rows)
			line = i;
		if (line < s->log_count)
			area_fit(in, i, 1, in.rect.cols - 2, STYLE_TEXT,
				 s->log_lines[line]);
	}
	if (!s->log_count)
		area_text(in, 0, 1, STYLE_DIM, "nothing was logged");
}

static struct area feel_area(struct canvas *canvas)
{
	return area_of(canvas, rect_middle(FEEL_ROWS, FEEL_COLS, canvas->rows,
					   canvas->cols));
}

static void draw_feel(struct canvas *canvas, const struct snapshot *s)
{
	struct area area = feel_area(canvas), in = area_inside(area);

	area_clear(area);
	pen_frame(area, "How do you feel?", "", true);
	area_text(in, 0, 1, STYLE_KEY, ">");
	area_text(in, 0, 3, STYLE_TEXT, s->ui.line.text);
	area_fit(in, in.rect.rows - 1, 1, in.rect.cols - 2, STYLE_DIM,
		 "Enter sets the mood · Esc closes");
}

/* ---- a correction ------------------------------------------------------- */

static void draw_answer(struct area area, int row, char key, const char *text,
			enum style style)
{
	area_print(area, row, 2, STYLE_KEY, "%c", key);
	area_text(area, row, 5, style, text);
}

static void draw_correct(struct canvas *canvas, const struct snapshot *s)
{
	struct area area = overlay_area(canvas, CORRECT_ROWS, CORRECT_COLS);
	struct area in = area_inside(area);
	enum emotion read = emotion_first(s->regarded.smooth);

	pen_frame(area, "This face is", "Esc closes", true);
	for (int e = 0; e < EMOTION_COUNT; e++) {
		draw_answer(in, e, (char)('1' + e),
			    emotion_name((enum emotion)e),
			    e == (int)read ? STYLE_STRONG : STYLE_TEXT);
		area_print_right(in, e, STYLE_DIM, "%3.0f%% ",
				 (double)s->regarded.smooth[e] * 100);
	}
	draw_answer(in, EMOTION_COUNT, '0', "right as it is", STYLE_TEXT);
	area_fit(in, EMOTION_COUNT + 1, 1, in.rect.cols - 2, STYLE_DIM,
		 "numbers are kept, no picture");
}

void view_overlay(struct canvas *canvas, const struct snapshot *s)
{
	switch (s->ui.overlay) {
	case OVERLAY_HELP: draw_help(canvas, s); break;
	case OVERLAY_SEARCH: draw_search(canvas, s); break;
	case OVERLAY_LOG: draw_log(canvas, s); break;
	case OVERLAY_FEEL: draw_feel(canvas, s); break;
	case OVERLAY_CORRECT: draw_correct(canvas, s); break;
	case OVERLAY_NONE: break;
	}
}

bool view_cursor(struct canvas *canvas, const struct snapshot *s, int *row,
		 int *col)
{
	struct rect r;

	if (s->ui.overlay == OVERLAY_SEARCH && !s->ui.in_list)
		r = search_area(canvas).rect;
	else if (s->ui.overlay == OVERLAY_FEEL)
		r = feel_area(canvas).rect;
	else
		return false;
	*row = r.row + 1;
	*col = r.col + 4 + text_width(s->ui.line.text);
	if (*col > r.col + r.cols - 2)
		*col = r.col + r.cols - 2;
	return !rect_is_empty(rect_inside(r));
}
