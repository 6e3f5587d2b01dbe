/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal: curses, the descriptors around it, and the way back. */
#define NCURSES_WIDECHAR 1
#include "tui/terminal.h"

#include "base/clock.h"
#include "tui/crash.h"
#include "tui/link.h"
#include "tui/probe.h"
#include "tui/tty.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#define GREY_FIRST  232 /* xterm's ramp */
#define ESC_WAIT_MS 25
#define KEY_ANSWER  0x7000 /* beyond those that terminfo brings */

struct terminal {
	struct tty tty;
	SCREEN *screen;
	WINDOW *keys; /* a pad: reading from it draws nothing */
	struct caps caps;
	bool show_cursor;
	bool left; /* terminal_leave was called */
	struct canvas shown;
	struct link link;
	int first; /* row from which the picture's cells are written */
};

/* ---- curses ------------------------------------------------------------- */

static enum status decide(struct terminal *t, const struct terminal_opts *opts,
			  struct fault *fault)
{
	t->caps = probe_caps(t->tty.out, opts->color,
			     opts->has_wish ? &opts->wish : NULL);
	if (t->caps.refusal == CAPS_FIT)
		return STATUS_OK;
	return fault_set(fault, STATUS_UNSUPPORTED, NULL, "%s",
			 caps_refusal_text(t->caps.refusal));
}

static void set_up(struct terminal *t)
{
	noecho();
	set_escdelay(ESC_WAIT_MS);
	t->keys = newpad(1, 1);
	keypad(t->keys, TRUE);
	nodelay(t->keys, TRUE);
	define_key(LINK_ANSWER, KEY_ANSWER);
	leaveok(stdscr, FALSE);
	if (t->caps.colors) {
		start_color();
		use_default_colors();
	}
	curs_set(t->show_cursor ? 1 : 0);
}

/* curses cannot ask the sink how large it is: told by the environment, which
 * is then without them. A scrolling region of another height would stay. */
static SCREEN *start_curses(struct terminal *t)
{
	static const char *const names[] = {"LINES", "COLUMNS"};
	int size[2] = {0};
	SCREEN *screen;

	for (int i = 0; i < 2; i++)
		unsetenv(names[i]);
	if (tty_size(&t->tty, &size[0], &size[1]))
		for (int i = 0; i < 2; i++) {
			char text[16];

			snprintf(text, sizeof(text), "%d", size[i]);
			setenv(names[i], text, 1);
		}
	screen = newterm(NULL, t->tty.sink_file, t->tty.in_file);
	for (int i = 0; i < 2; i++)
		unsetenv(names[i]);
	return screen;
}

enum status terminal_open(struct terminal **out,
			  const struct terminal_opts *opts, struct fault *fault)
{
	struct terminal *t = calloc(1, sizeof(*t));
	enum status st = t ? STATUS_OK : STATUS_NO_MEMORY;

	if (t) {
		t->show_cursor = opts->show_cursor;
		st = tty_init(&t->tty, fault);
	}
	if (!st)
		st = decide(t, opts, fault);
	if (!st) {
		crash_arm(t->tty.out, t->tty.in, t->tty.saved_err);
		t->screen = start_curses(t);
		if (!t->screen)
			st = fault_set(fault, STATUS_UNSUPPORTED,
				       getenv("TERM"),
				       "curses cannot use this terminal");
	}
	if (st) {
		terminal_close(t);
		return st;
	}
	crash_collect();
	set_up(t);
	tty_take(&t->tty);
	*out = t;
	return STATUS_OK;
}

/* The shell is not to find answers that were asked for here. */
static void stop_asking(struct terminal *t)
{
	const char *answer = LINK_ANSWER;

	if (link_is_waiting(&t->link))
		tty_discard(&t->tty, answer[strlen(answer) - 1], t->link.count);
	t->link = (struct link){0};
}

int terminal_leave(struct terminal *t)
{
	if (!t)
		return STDERR_FILENO;
	if (t->screen && !t->left) {
		endwin();
		tty_drain(&t->tty);
		stop_asking(t);
		tty_leave(&t->tty);
		t->left = true;
	}
	return t->tty.saved_err;
}

void terminal_close(struct terminal *t)
{
	if (!t)
		return;
	terminal_leave(t);
	if (t->screen) {
		tty_give(&t->tty);
		delwin(t->keys);
		delscreen(t->screen);
	}
	crash_disarm();
	tty_done(&t->tty);
	canvas_done(&t->shown);
	free(t);
}

const struct caps *terminal_caps(const struct terminal *t)
{
	return &t->caps;
}

int terminal_fd(const struct terminal *t)
{
	return t->tty.in;
}

void terminal_size(struct terminal *t, int *rows, int *cols)
{
	if (tty_size(&t->tty, rows, cols) && (*rows != LINES || *cols != COLS))
		resizeterm(*rows, *cols);
	*rows = LINES > 0 ? LINES : 1;
	*cols = COLS > 0 ? COLS : 1;
}

void terminal_suspend(struct terminal *t)
{
	endwin();
	tty_drain(&t->tty);
	stop_asking(t);
	tty_give(&t->tty);
}

void terminal_resume(struct terminal *t)
{
	int rows, cols;

	tty_take(&t->tty);
	/* before curses sets the scrolling region again */
	terminal_size(t, &rows, &cols);
	terminal_forget(t);
	refresh(); /* the alternate screen again */
	curs_set(t->show_cursor ? 1 : 0);
}

void terminal_forget(struct terminal *t)
{
	canvas_done(&t->shown);
	clearok(curscr, TRUE);
}

int terminal_out_fd(const struct terminal *t)
{
	return tty_is_pending(&t->tty) ? t->tty.out : -1;
}

void terminal_flush(struct terminal *t)
{
	tty_flush(&t->tty);
}

int64_t terminal_free_ns(const struct terminal *t, int64_t now_ns)
{
	return link_free_ns(&t->link, now_ns);
}

/* ---- keys --------------------------------------------------------------- */

static const struct {
	wint_t from;
	key_code to;
} special[] = {
	{KEY_LEFT, KEY_CODE_LEFT},
	{KEY_RIGHT, KEY_CODE_RIGHT},
	{KEY_UP, KEY_CODE_UP},
	{KEY_DOWN, KEY_CODE_DOWN},
	{KEY_SLEFT, KEY_CODE_SHIFT_LEFT},
	{KEY_SRIGHT, KEY_CODE_SHIFT_RIGHT},
	{KEY_BTAB, KEY_CODE_SHIFT_TAB},
	{KEY_PPAGE, KEY_CODE_PAGE_UP},
	{KEY_NPAGE, KEY_CODE_PAGE_DOWN},
	{KEY_HOME, KEY_CODE_HOME},
	{KEY_END, KEY_CODE_END},
	{KEY_DC, KEY_CODE_DELETE},
	{KEY_BACKSPACE, KEY_CODE_BACKSPACE},
	{KEY_ENTER, KEY_CODE_ENTER},
};

static key_code translate(wint_t code)
{
	for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++)
		if (special[i].from == code)
			return special[i].to;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return KEY_CODE_F1 + (key_code)(code - KEY_F(1));
	return KEY_CODE_NONE;
}

/* Behind an Esc that something follows at once: no key of ours, but a
 * sequence that terminfo does not know, or Alt and a key. */
static bool skip_sequence(struct terminal *t)
{
	wint_t code;
	int got = wget_wch(t->keys, &code);

	if (got == KEY_CODE_YES && code == KEY_ANSWER) {
		/* it came by itself: Esc was the person's */
		link_answered(&t->link, clock_monotonic_ns());
		return false;
	}
	if (got == ERR)
		return false;
	if (code != '[' && code != 'O')
		return true;
	while (wget_wch(t->keys, &code) == OK)
		if (code >= 0x40 && code <= 0x7e)
			break;
	return true;
}

key_code terminal_key(struct terminal *t)
{
	key_code key = KEY_CODE_NONE;
	wint_t code;
	int got;

	while (!key && (got = wget_wch(t->keys, &code)) != ERR) {
		if (got == KEY_CODE_YES && code == KEY_ANSWER)
			link_answered(&t->link, clock_monotonic_ns());
		else if (got == KEY_CODE_YES)
			key = translate(code);
		else if (code == '\r' || code == '\n')
			key = KEY_CODE_ENTER;
		else if (code == '\b' || code == 127)
			key = KEY_CODE_BACKSPACE;
		else if (code != 27 || !skip_sequence(t))
			key = (key_code)code;
	}
	return key;
}

/* ---- cells -------------------------------------------------------------- */

static attr_t attributes_of(unsigned attributes)
{
	attr_t a = A_NORMAL;

	if (attributes & STYLE_BOLD)
		a |= A_BOLD;
	if (attributes & STYLE_REVERSE)
		a |= A_REVERSE;
	return a;
}

static void put_cell(const struct terminal *t, int row, int col,
		     const struct cell *cell, bool wide)
{
	struct style_look look =
		style_look((enum style)cell->style, t->caps.colors);
	wchar_t text[CELL_MARKS + 2] = {0};
	int ink = look.color, paper = -1, pair = 0;
	attr_t a = attributes_of(look.attributes);
	cchar_t cc;

	for (int i = 0; i <= CELL_MARKS; i++)
		text[i] = (wchar_t)cell->code[i];
	/* where curses counts other columns than we do, the rest of the row
	 * would move */
	if (wcwidth(text[0]) != (wide ? 2 : 1))
		wcscpy(text, wide ? L"? " : L"?");
	if (cell->ink != CELL_NO_GREY)
		ink = GREY_FIRST + cell->ink;
	if (cell->paper != CELL_NO_GREY)
		paper = GREY_FIRST + cell->paper;
	if (t->caps.colors && (ink >= 0 || paper >= 0))
		pair = alloc_pair(ink, paper);
	if (cell->bold)
		a |= A_BOLD;
	if (wide && text[1] == L' ') {
		mvaddwstr(row, col, text);
		return;
	}
	setcchar(&cc, text, a, 0, pair > 0 ? &pair : NULL);
	mvadd_wch(row, col, &cc);
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	return !memcmp(a->code, b->code, sizeof(a->code)) &&
	       a->style == b->style && a->bold == b->bold && a->ink == b->ink &&
	       a->paper == b->paper;
}

static bool is_picture(const struct cell *c)
{
	return c->ink != CELL_NO_GREY || c->paper != CELL_NO_GREY;
}

/* Of one row; returns how many of the picture's cells. Once there were more
 * than picture of them the row's others wait. */
static int put_row(struct terminal *t, const struct canvas *canvas, int row,
		   int picture)
{
	int put = 0;

	for (int col = 0; col < canvas->cols; col++) {
		const struct cell *c = canvas_cell(canvas, row, col);
		const struct cell *right = canvas_cell(canvas, row, col + 1);
		struct cell *was = canvas_cell(&t->shown, row, col);

		if (same_cell(c, was) ||
		    (is_picture(c) && is_picture(was) && put++ >= picture))
			continue;
		*was = *c;
		if (c->code[0])
			put_cell(t, row, col, c, right && !right->code[0]);
	}
	return put;
}

/* false: there is more of the picture; the next time begins there. */
static bool put_changes(struct terminal *t, const struct canvas *canvas)
{
	int left = link_cells(&t->link), first = t->first % canvas->rows;
	bool all = true;

	for (int i = 0; i < canvas->rows; i++) {
		int row = (first + i) % canvas->rows;
		int put = put_row(t, canvas, row, left);

		if (all && put > left) {
			t->first = row;
			all = false;
		}
		left = put < left ? left - put : 0;
	}
	return all;
}

/* Behind what was drawn, if anything was. */
static void ask(struct terminal *t)
{
	struct link link = t->link;

	if (link_ask(&link, clock_monotonic_ns()) &&
	    tty_add(&t->tty, LINK_QUESTION))
		t->link = link;
}

bool terminal_show(struct terminal *t, const struct canvas *canvas, int row,
		   int col)
{
	bool all;

	if (t->shown.rows != canvas->rows || t->shown.cols != canvas->cols) {
		if (canvas_resize(&t->shown, canvas->rows, canvas->cols))
			return true;
		erase();
	}
	all = put_changes(t, canvas);
	if (!t->show_cursor)
		curs_set(row >= 0 ? 1 : 0);
	move(row >= 0 ? row : 0, row >= 0 ? col : 0);
	wnoutrefresh(stdscr);
	doupdate();
	ask(t);
	tty_flush(&t->tty);
	return all;
}
