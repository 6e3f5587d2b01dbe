/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * terminal: the one file that runs curses (probe.c asks terminfo). Takes the
 * terminal over, gives it back whatever happens (also in a crash), reads keys
 * and shows a canvas. One at a time; main thread only.
 */
#ifndef MIEN_TUI_TERMINAL_H
#define MIEN_TUI_TERMINAL_H

#include "tui/canvas.h"
#include "tui/keys.h"

struct terminal;

struct terminal_opts {
	bool has_wish; /* of a preview mode */
	enum preview_mode wish;
	bool color, show_cursor;
};

/*
 * Standard output must be a terminal; keys are read from standard input, or
 * from the controlling terminal where that is something else (--source -).
 * Until terminal_close, what libraries print on fd 1 and 2 goes to the log.
 * STATUS_UNSUPPORTED: this terminal cannot; fault says why.
 */
enum status terminal_open(struct terminal **out,
			  const struct terminal_opts *opts,
			  struct fault *fault);

/* The screen as it was before. NULL is allowed. */
void terminal_close(struct terminal *terminal);

/*
 * The first half of it: the screen and the modes are the person's again, but
 * what libraries print still goes to the log, for as long as their threads
 * run. Returns what standard error was, owned by the terminal. NULL is allowed.
 */
int terminal_leave(struct terminal *terminal);

const struct caps *terminal_caps(const struct terminal *terminal);

/* Asks for the size and tells curses; at least 1x1. */
void terminal_size(struct terminal *terminal, int *rows, int *cols);

/* The descriptor that keys come from. */
int terminal_fd(const struct terminal *terminal);

/* The next key that is waiting, KEY_CODE_NONE where there is none. What is no
 * key (escape sequences unknown to terminfo) is passed over. */
key_code terminal_key(struct terminal *terminal);

/*
 * Writes what changed since the last time. row < 0: no cursor is wanted. false:
 * of the picture only as much as the terminal takes in a moment; show it again.
 */
bool terminal_show(struct terminal *terminal, const struct canvas *canvas,
		   int row, int col);

/* What was shown has not all gone out yet: poll this for writing, flush, and
 * show nothing more before. -1: all is out. */
int terminal_out_fd(const struct terminal *terminal);
void terminal_flush(struct terminal *terminal);

/* It is behind with what was written: show nothing more before, unless a key
 * was hit; 0: it is not. terminal_key takes in what ends this early. */
int64_t terminal_free_ns(const struct terminal *terminal, int64_t now_ns);

/* All is to be written again, whatever stood there. */
void terminal_forget(struct terminal *terminal);

/* Gives the terminal back for a while (Ctrl-Z), and takes it again. */
void terminal_suspend(struct terminal *terminal);
void terminal_resume(struct terminal *terminal);

#endif
