/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crash: gives the terminal back when the program dies of SIGSEGV, SIGABRT
 * and their kind, and then lets it die as it would have.
 */
#ifndef MIEN_TUI_CRASH_H
#define MIEN_TUI_CRASH_H

/*
 * Before curses starts: remembers the terminal's modes (of in) and installs
 * the handlers. out, in and err (what standard error was) stay the caller's,
 * open until crash_disarm.
 */
void crash_arm(int out, int in, int err);

/* After curses started: what terminfo says undoes what it did. */
void crash_collect(void);

/* The handlers that were there before. */
void crash_disarm(void);

#endif
