/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * log: lines with a time into a file, and the last of them kept in memory for
 * the log view. Thread safe. Writes nothing before log_open.
 */
#ifndef MIEN_BASE_LOG_H
#define MIEN_BASE_LOG_H

#include "base/status.h"

#include <stdbool.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

#define LOG_RING_LINES 256
#define LOG_LINE_SIZE  256

/* Appends to path (0600, folders made), or memory only where path is NULL. */
enum status log_open(const char *path, struct fault *fault);
void log_close(void);

/* What is less than this is not written; LOG_INFO at first. */
void log_set_least(enum log_level least);

/* "debug", "info", "warning", "error"; false for anything else. */
bool log_level_from_name(const char *name, enum log_level *out);

void log_write(enum log_level level, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The file's descriptor, or -1: fd 2 is pointed at it while curses is up. */
int log_fd(void);

/*
 * Copies the newest lines, oldest first, at most count; returns how many.
 * total (may be NULL) counts all lines ever written.
 */
int log_recent(char (*lines)[LOG_LINE_SIZE], int count, unsigned *total);

#endif
