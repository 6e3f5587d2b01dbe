/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * start: how long after the start of the process something stood, as lines of
 * the log that mien-bench reads.
 */
#ifndef MIEN_TUI_START_H
#define MIEN_TUI_START_H

#include <stdint.h>

/*
 * Logs "start: WHAT after N ms, N ms of processor time": since the process
 * began, by the system's book (10 ms fine, up to 10 ms too much), and of all
 * its threads.
 */
void start_log(const char *what);

/*
 * When the process began, on CLOCK_BOOTTIME, from the text of its
 * /proc/PID/stat; 0 where that does not say. Pure.
 */
int64_t start_ns_of(const char *stat, long ticks_per_s);

#endif
