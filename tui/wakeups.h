/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wakeups: signals and one alarm as something to poll for. One at a time;
 * made and used by the main thread, before it starts others.
 */
#ifndef MIEN_TUI_WAKEUPS_H
#define MIEN_TUI_WAKEUPS_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

struct wakeups;

/* Takes SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT and SIGWINCH; SIGPIPE is
 * ignored from here on. */
enum status wakeups_new(struct wakeups **out);

/* The signals do again what they did by default. NULL is allowed. */
void wakeups_free(struct wakeups *wakeups);

/* Readable while a signal or the alarm is there. */
int wakeups_fd(const struct wakeups *wakeups);

/* The next signal that came, 0: none. */
int wakeups_signal(struct wakeups *wakeups);

/* Once, at a time of CLOCK_MONOTONIC; 0: never. */
void wakeups_set_alarm(struct wakeups *wakeups, int64_t at_ns);

/* Whether it rang since the last call. */
bool wakeups_alarm(struct wakeups *wakeups);

/* Stops the process as Ctrl-Z does by default; returns when it goes on. */
void wakeups_stop(struct wakeups *wakeups);

#endif
