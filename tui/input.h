/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * input: what a key does to where the person is (focus, layers, typed lines),
 * and which wishes are left for the dashboard to carry out. Pure.
 */
#ifndef MIEN_TUI_INPUT_H
#define MIEN_TUI_INPUT_H

#include "tui/layout.h"
#include "tui/snapshot.h"

enum wish_kind {
	WISH_NONE,
	WISH_ACTION,     /* an action that is none of the screen's own */
	WISH_SEARCH,     /* the words changed: look again */
	WISH_PLAY_FOUND, /* play found[index] */
	WISH_PLAY_QUEUED,
	WISH_REMOVE_QUEUED,
	WISH_FEEL,   /* text is what was typed */
	WISH_REGARD, /* the face of now is the one to correct */
	WISH_CORRECT /* it is emotion number index from 1, 0: right as it is */
};

struct wish {
	enum wish_kind kind;
	enum action action;
	int index;
	char text[sizeof(((struct line *)0)->text)];
};

/* Of the screen as it stands: what can be moved over. */
struct input_view {
	const struct keys *keys;
	const struct layout *layout;
	int queued, found, events, log_lines;
	int help_lines; /* that may stand on top of the help */
	bool face;      /* there is one whose reading can be corrected */
	int page;       /* rows of a list, for page up and down */
};

struct wish input_key(struct ui *ui, const struct input_view *view,
		      key_code code);

/* After anything changed: the choice and the scroll stay within what is
 * there, and a panel that is not shown has no focus. */
void input_settle(struct ui *ui, const struct input_view *view);

/* A character to the end of a line; the last one taken away; the last word. */
void line_add(struct line *line, key_code code);
void line_erase(struct line *line);
void line_erase_word(struct line *line);

#endif
