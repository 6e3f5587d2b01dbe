/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input: layers first, then the focused list, then the rest. */
#include "tui/input.h"

#include <stdio.h>
#include <string.h>

#define CTRL_U 21
#define CTRL_W 23

static int bounded(int value, int least, int most)
{
	if (value > most)
		value = most;
	return value < least ? least : value;
}

/* ---- lines -------------------------------------------------------------- */

void line_add(struct line *line, key_code code)
{
	char name[8];
	size_t used = strlen(line->text), n;

	if (code < ' ' || code == 127 || code >= KEY_CODE_SPECIAL ||
	    (code > 127 && code < 160))
		return;
	if (code == ' ')
		snprintf(name, sizeof(name), " ");
	else
		keys_code_name(code, name, sizeof(name));
	n = strlen(name);
	if (used + n + 1 <= sizeof(line->text))
		memcpy(line->text + used, name, n + 1);
}

void line_erase(struct line *line)
{
	size_t n = strlen(line->text);

	while (n && ((unsigned char)line->text[n - 1] & 0xc0) == 0x80)
		n--;
	line->text[n ? n - 1 : 0] = '\0';
}

void line_erase_word(struct line *line)
{
	size_t n = strlen(line->text);

	while (n && line->text[n - 1] == ' ')
		n--;
	while (n && line->text[n - 1] != ' ')
		n--;
	line->text[n] = '\0';
}

/* true: the line took the key. */
static bool edit(struct line *line, key_code code)
{
	if (code == KEY_CODE_BACKSPACE)
		line_erase(line);
	else if (code == CTRL_U)
		line->text[0] = '\0';
	else if (code == CTRL_W)
		line_erase_word(line);
	else if (code >= ' ' && code < KEY_CODE_SPECIAL)
		line_add(line, code);
	else
		return false;
	return true;
}

/* ---- lists -------------------------------------------------------------- */

/* Moves *at in a list of count; true when the action was a movement. */
static bool move(int *at, int count, int page, enum action action)
{
	switch (action) {
	case ACTION_UP:
	case ACTION_PREVIOUS_MATCH: --*at; break;
	case ACTION_DOWN:
	case ACTION_NEXT_MATCH: ++*at; break;
	case ACTION_PAGE_UP: *at -= page; break;
	case ACTION_PAGE_DOWN: *at += page; break;
	case ACTION_FIRST: *at = 0; break;
	case ACTION_LAST: *at = count - 1; break;
	default: return false;
	}
	*at = bounded(*at, 0, count - 1);
	return true;
}

static void open_layer(struct ui *ui, enum overlay overlay)
{
	ui->overlay = overlay;
	ui->scroll = ui->chosen = 0;
	ui->in_list = false;
	ui->line.text[0] = '\0';
}

static struct wish wish(enum wish_kind kind, int index)
{
	return (struct wish){.kind = kind, .index = index};
}

/* The queue or the messages, where one of them has the keys. */
static bool key_in_focus(struct ui *ui, const struct input_view *view,
			 enum action action, struct wish *out)
{
	if (ui->focus == FOCUS_EVENTS)
		return move(&ui->scroll, view->events, view->page, action);
	if (move(&ui->chosen, view->queued, view->page, action))
		return true;
	if (action == ACTION_ENTER)
		*out = wish(WISH_PLAY_QUEUED, ui->chosen);
	else if (action == ACTION_REMOVE)
		*out = wish(WISH_REMOVE_QUEUED, ui->chosen);
	else
		return false;
	return true;
}

/* ---- layers ------------------------------------------------------------- */

static struct wish
key_in_search_list(struct ui *ui, const struct input_view *view, key_code code)
{
	enum action action = keys_find(view->keys, code, true);

	if (move(&ui->chosen, view->found, view->page, action))
		return wish(WISH_NONE, 0);
	if (action == ACTION_SEARCH || action == ACTION_FOCUS_NEXT ||
	    action == ACTION_FOCUS_PREVIOUS)
		ui->in_list = false;
	return wish(WISH_NONE, 0);
}

static struct wish key_in_search(struct ui *ui, const struct input_view *view,
				 key_code code)
{
	if (code == KEY_CODE_ENTER) {
		int chosen = ui->chosen;

		if (chosen >= view->found)
			return wish(WISH_NONE, 0);
		open_layer(ui, OVERLAY_NONE);
		return wish(WISH_PLAY_FOUND, chosen);
	}
	if (ui->in_list)
		return key_in_search_list(ui, view, code);
	if (edit(&ui->line, code)) {
		ui->chosen = 0;
		return wish(WISH_SEARCH, 0);
	}
	if (code == KEY_CODE_TAB || code == KEY_CODE_DOWN) {
		ui->in_list = view->found > 0;
		return wish(WISH_NONE, 0);
	}
	return wish(WISH_NONE, 0);
}

static struct wish key_in_feel(struct ui *ui, key_code code)
{
	struct wish out = wish(WISH_NONE, 0);

	if (code != KEY_CODE_ENTER) {
		edit(&ui->line, code);
		return out;
	}
	if (ui->line.text[0])
		out.kind = WISH_FEEL;
	memcpy(out.text, ui->line.text, sizeof(out.text));
	open_layer(ui, OVERLAY_NONE);
	return out;
}

/* The keys are those that the layer shows, and the one that opened it. */
static struct wish key_in_correct(struct ui *ui, const struct input_view *view,
				  key_code code)
{
	enum action action = keys_find(view->keys, code, false);
	bool answer = code >= '0' && code <= '0' + EMOTION_COUNT;

	if (answer || action == ACTION_CORRECT || action == ACTION_QUIT)
		open_layer(ui, OVERLAY_NONE);
	return answer ? wish(WISH_CORRECT, (int)(code - '0'))
		      : wish(WISH_NONE, 0);
}

/* Help and log: they scroll, and their own key closes them again. */
static struct wish key_in_text(struct ui *ui, const struct input_view *view,
			       key_code code)
{
	enum action action = keys_find(view->keys, code, true);
	bool log = ui->overlay == OVERLAY_LOG;
	int lines = log ? view->log_lines : view->help_lines;

	/* the log is read from its end: up is further back */
	if (log && (action == ACTION_UP || action == ACTION_DOWN))
		action = action == ACTION_UP ? ACTION_DOWN : ACTION_UP;
	else if (log &&
		 (action == ACTION_PAGE_UP || action == ACTION_PAGE_DOWN))
		action = action == ACTION_PAGE_UP ? ACTION_PAGE_DOWN
						  : ACTION_PAGE_UP;
	else if (log && (action == ACTION_FIRST || action == ACTION_LAST))
		action = action == ACTION_FIRST ? ACTION_LAST : ACTION_FIRST;
	if (move(&ui->scroll, lines, view->page, action))
		return wish(WISH_NONE, 0);
	if (action == (log ? ACTION_LOG : ACTION_HELP) || action == ACTION_QUIT)
		open_layer(ui, OVERLAY_NONE);
	return wish(WISH_NONE, 0);
}

/* ---- focus -------------------------------------------------------------- */

static bool can_focus(const struct input_view *view, enum focus focus)
{
	if (focus == FOCUS_QUEUE)
		return !rect_is_empty(view->layout->queue);
	if (focus == FOCUS_EVENTS)
		return !rect_is_empty(view->layout->events);
	return true;
}

static void turn_focus(struct ui *ui, const struct input_view *view, int step)
{
	do {
		ui->focus = (enum focus)(((int)ui->focus + step + FOCUS_COUNT) %
					 FOCUS_COUNT);
	} while (!can_focus(view, ui->focus));
	ui->chosen = ui->scroll = 0;
}

static struct wish key_on_screen(struct ui *ui, const struct input_view *view,
				 key_code code)
{
	bool listed = ui->focus != FOCUS_NONE;
	struct wish out = wish(WISH_NONE, 0);
	enum action action = keys_find(view->keys, code, listed);

	/* n and N are for searches; in a focused panel n is the next song */
	if (action == ACTION_NEXT_MATCH || action == ACTION_PREVIOUS_MATCH)
		action = keys_find(view->keys, code, false);
	if (listed && key_in_focus(ui, view, action, &out))
		return out;
	switch (action) {
	case ACTION_HELP: open_layer(ui, OVERLAY_HELP); break;
	case ACTION_LOG: open_layer(ui, OVERLAY_LOG); break;
	case ACTION_FEEL: open_layer(ui, OVERLAY_FEEL); break;
	case ACTION_CORRECT:
		if (view->face)
			open_layer(ui, OVERLAY_CORRECT);
		return wish(WISH_REGARD, 0);
	case ACTION_SEARCH:
		open_layer(ui, OVERLAY_SEARCH);
		return wish(WISH_SEARCH, 0);
	case ACTION_FULL_SCREEN: ui->full_screen = !ui->full_screen; break;
	case ACTION_FOCUS_NEXT: turn_focus(ui, view, 1); break;
	case ACTION_FOCUS_PREVIOUS: turn_focus(ui, view, -1); break;
	default: out = (struct wish){.kind = WISH_ACTION, .action = action};
	}
	return action == ACTION_NONE ? wish(WISH_NONE, 0) : out;
}

/* Esc closes the top layer: what lies over the screen, then the focus, then
 * full screen. */
static void close_top(struct ui *ui)
{
	if (ui->overlay != OVERLAY_NONE)
		open_layer(ui, OVERLAY_NONE);
	else if (ui->focus != FOCUS_NONE)
		ui->focus = FOCUS_NONE;
	else
		ui->full_screen = false;
}

struct wish input_key(struct ui *ui, const struct input_view *view,
		      key_code code)
{
	if (code == KEY_CODE_ESC ||
	    (ui->overlay != OVERLAY_SEARCH && ui->overlay != OVERLAY_FEEL &&
	     keys_find(view->keys, code, true) == ACTION_CLOSE)) {
		close_top(ui);
		return wish(WISH_NONE, 0);
	}
	switch (ui->overlay) {
	case OVERLAY_SEARCH: return key_in_search(ui, view, code);
	case OVERLAY_FEEL: return key_in_feel(ui, code);
	case OVERLAY_CORRECT: return key_in_correct(ui, view, code);
	case OVERLAY_HELP:
	case OVERLAY_LOG: return key_in_text(ui, view, code);
	case OVERLAY_NONE: break;
	}
	return key_on_screen(ui, view, code);
}

void input_settle(struct ui *ui, const struct input_view *view)
{
	int count = ui->overlay == OVERLAY_SEARCH ? view->found : view->queued;

	if (!can_focus(view, ui->focus))
		ui->focus = FOCUS_NONE;
	ui->chosen = bounded(ui->chosen, 0, count - 1);
	if (ui->overlay == OVERLAY_LOG)
		ui->scroll = bounded(ui->scroll, 0, view->log_lines - 1);
	if (ui->overlay == OVERLAY_HELP)
		ui->scroll = bounded(ui->scroll, 0, view->help_lines - 1);
}
