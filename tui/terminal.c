/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal: curses, the descriptors around it, and the way back. */
#define NCURSES_WIDECHAR 1
#include "tui/terminal.h"

#include "base/log.h"
#include "tui/crash.h"
#include "tui/probe.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* curses spells these as macros */
#undef tab
#undef lines

#define GREY_FIRST  232 /* xterm's ramp */
#define ESC_WAIT_MS 25
/* More than this still to go out: a slow line. */
#define QUEUE_MOST 4096

struct terminal {
	int in, out;              /* our own descriptors of the terminal */
	int saved_out, saved_err; /* what fd 1 and 2 were */
	FILE *in_file, *out_file;
	SCREEN *screen;
	WINDOW *keys; /* a pad: reading from it draws nothing */
	struct caps caps;
	bool show_cursor;
	struct canvas shown;
};

/* ---- descriptors -------------------------------------------------------- */

static void point_away(struct terminal *t)
{
	int to = log_fd(), null = -1;

	if (to < 0)
		to = null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	fflush(NULL);
	if (to >= 0) {
		dup2(to, STDOUT_FILENO);
		dup2(to, STDERR_FILENO);
	}
	if (null >= 0)
		close(null);
	(void)t;
}

static void point_back(struct terminal *t)
{
	fflush(NULL);
	if (t->saved_out >= 0)
		dup2(t->saved_out, STDOUT_FILENO);
	if (t->saved_err >= 0)
		dup2(t->saved_err, STDERR_FILENO);
}

static int duplicate(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

static enum status open_ends(struct terminal *t, struct fault *fault)
{
	t->out = isatty(STDOUT_FILENO) ? duplicate(STDOUT_FILENO) : -1;
	t->in = isatty(STDIN_FILENO)
			? duplicate(STDIN_FILENO)
			: open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY);
	t->saved_out = duplicate(STDOUT_FILENO);
	t->saved_err = duplicate(STDERR_FILENO);
	if (t->out < 0)
		return fault_set(fault, STATUS_UNSUPPORTED, NULL, "%s",
				 caps_refusal_text(CAPS_NOT_A_TTY));
	if (t->in < 0)
		return fault_set_errno(fault, errno, "/dev/tty",
				       "opening the terminal to read keys");
	t->in_file = fdopen(t->in, "r");
	t->out_file = fdopen(t->out, "w");
	if (!t->in_file || !t->out_file)
		return fault_set(fault, STATUS_NO_MEMORY, NULL, "%s",
				 status_text(STATUS_NO_MEMORY));
	return STATUS_OK;
}

static void close_end(FILE *file, int fd)
{
	if (file)
		fclose(file);
	else if (fd >= 0)
		close(fd);
}

/* ---- curses ------------------------------------------------------------- */

static enum status decide(struct terminal *t, const struct terminal_opts *opts,
			  struct fault *fault)
{
	t->caps = probe_caps(t->out, opts->color,
			     opts->has_wish ? &opts->wish : NULL);
	if (t->caps.refusal == CAPS_FIT)
		return STATUS_OK;
	return fault_set(fault, STATUS_UNSUPPORTED, NULL, "%s",
			 caps_refusal_text(t->caps.refusal));
}

static void set_up(struct terminal *t)
{
	cbreak();
	noecho();
	set_escdelay(ESC_WAIT_MS);
	t->keys = newpad(1, 1);
	keypad(t->keys, TRUE);
	nodelay(t->keys, TRUE);
	leaveok(stdscr, FALSE);
	if (t->caps.colors) {
		start_color();
		use_default_colors();
	}
	curs_set(t->show_cursor ? 1 : 0);
}

enum status terminal_open(struct terminal **out,
			  const struct terminal_opts *opts, struct fault *fault)
{
	struct terminal *t = calloc(1, sizeof(*t));
	enum status st = t ? STATUS_OK : STATUS_NO_MEMORY;

	if (t) {
		t->in = t->out = t->saved_out = t->saved_err = -1;
		t->show_cursor = opts->show_cursor;
		st = open_ends(t, fault);
	}
	if (!st)
		st = decide(t, opts, fault);
	if (!st) {
		crash_arm(t->out, t->in, t->saved_err);
		t->screen = newterm(NULL, t->out_file, t->in_file);
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
	point_away(t);
	*out = t;
	return STATUS_OK;
}

void terminal_close(struct terminal *t)
{
	if (!t)
		return;
	if (t->screen) {
		endwin();
		delwin(t->keys);
		delscreen(t->screen);
		point_back(t);
	}
	crash_disarm();
	close_end(t->in_file, t->in);
	close_end(t->out_file, t->out);
	if (t->saved_out >= 0)
		close(t->saved_out);
	if (t->saved_err >= 0)
		close(t->saved_err);
	canvas_done(&t->shown);
	free(t);
}

const struct caps *terminal_caps(const struct terminal *t)
{
	return &t->caps;
}

int terminal_fd(const struct terminal *t)
{
	return t->in;
}

void terminal_size(struct terminal *t, int *rows, int *cols)
{
	struct winsize size = {0};

	if (!ioctl(t->out, TIOCGWINSZ, &size) && size.ws_row && size.ws_col &&
	    (size.ws_row != LINES || size.ws_col != COLS))
		resizeterm(size.ws_row, size.ws_col);
	*rows = LINES > 0 ? LINES : 1;
	*cols = COLS > 0 ? COLS : 1;
}

void terminal_suspend(struct terminal *t)
{
	endwin();
	point_back(t);
}

void terminal_resume(struct terminal *t)
{
	point_away(t);
	terminal_forget(t);
	refresh(); /* program mode again */
	curs_set(t->show_cursor ? 1 : 0);
}

void terminal_forget(struct terminal *t)
{
	canvas_done(&t->shown);
	clearok(curscr, TRUE);
}

bool terminal_has_room(const struct terminal *t)
{
	struct pollfd out = {.fd = t->out, .events = POLLOUT};
	int queued = 0;

	if (poll(&out, 1, 0) == 0)
		return false;
	return ioctl(t->out, TIOCOUTQ, &queued) || queued < QUEUE_MOST;
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

	if (wget_wch(t->keys, &code) == ERR)
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
		if (got == KEY_CODE_YES)
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
	if (attributes & STYLE_FAINT)
		a |= A_DIM;
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

static void put_changes(struct terminal *t, const struct canvas *canvas)
{
	for (int row = 0; row < canvas->rows; row++)
		for (int col = 0; col < canvas->cols; col++) {
			const struct cell *c = canvas_cell(canvas, row, col);
			const struct cell *right =
				canvas_cell(canvas, row, col + 1);
			struct cell *was = canvas_cell(&t->shown, row, col);

			if (same_cell(c, was))
				continue;
			*was = *c;
			if (c->code[0])
				put_cell(t, row, col, c,
					 right && !right->code[0]);
		}
}

void terminal_show(struct terminal *t, const struct canvas *canvas, int row,
		   int col)
{
	if (t->shown.rows != canvas->rows || t->shown.cols != canvas->cols) {
		if (canvas_resize(&t->shown, canvas->rows, canvas->cols))
			return;
		erase();
	}
	put_changes(t, canvas);
	if (!t->show_cursor)
		curs_set(row >= 0 ? 1 : 0);
	move(row >= 0 ? row : 0, row >= 0 ? col : 0);
	wnoutrefresh(stdscr);
	doupdate();
}
