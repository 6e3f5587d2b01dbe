/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tty: the terminal's descriptors and modes. What is to be written goes into
 * a sink first and from there to the terminal as fast as it takes it: a slow
 * or stopped terminal (Ctrl-S, a hung ssh) never holds the program up. Knows
 * no curses.
 */
#ifndef MIEN_TUI_TTY_H
#define MIEN_TUI_TTY_H

#include "base/status.h"

#include <stdbool.h>
#include <stdio.h>
#include <termios.h>

/* Embedded; the fields are tty.c's own but for sink_file and in_file. */
struct tty {
	int in, out;
	int saved_out, saved_err; /* what fd 1 and 2 were */
	FILE *in_file;            /* keys */
	FILE *sink_file;          /* what curses writes to */
	bool has_modes;
	struct termios shell, ours;
	bool blocks; /* out could not be opened for writing without waiting */
	char *pending;
	size_t size, begin, end; /* of pending */
};

/*
 * Standard output must be a terminal; keys come from standard input, or from
 * the controlling terminal where that is something else.
 */
enum status tty_init(struct tty *tty, struct fault *fault);
void tty_done(struct tty *tty);

/* Keys one by one, unseen; and back. Libraries' prints on fd 1 and 2 go to
 * the log in between. */
void tty_take(struct tty *tty);
void tty_give(struct tty *tty);

/* The modes alone, back: libraries that still run print into the log. */
void tty_leave(struct tty *tty);

bool tty_size(const struct tty *tty, int *rows, int *cols);

/* Adds text to what is in the sink; false where that is empty. */
bool tty_add(struct tty *tty, const char *text);

/* Reads on until so many bytes of last have come, or nothing more comes; what
 * was typed meanwhile is lost. */
void tty_discard(struct tty *tty, char last, int count);

/* Moves what is in the sink on; never waits. */
void tty_flush(struct tty *tty);

/* The same, but waits a while for a terminal that is slow; what one that does
 * not move at all has not taken by then is thrown away. */
void tty_drain(struct tty *tty);

/* Something is left to go out: poll tty->out for writing, then flush. */
bool tty_is_pending(const struct tty *tty);

#endif
