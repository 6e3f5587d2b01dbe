/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * progress: how far a long command is, on stderr: a bar with rate and time
 * left on a terminal, a line now and then otherwise.
 */
#ifndef MIEN_ETL_PROGRESS_H
#define MIEN_ETL_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Embedded by value. */
struct progress {
	size_t total;
	int64_t begun_ns, shown_ns;
	bool bar, shown;
};

void progress_begin(struct progress *progress, size_t total, bool on_terminal,
		    int64_t now_ns);

/* done of total are done. Prints when it is time to. */
void progress_step(struct progress *progress, size_t done, int64_t now_ns);

/* Takes the bar off the line, so that a message can stand there. */
void progress_clear(struct progress *progress);

/* The bar's text, without moving the cursor; for progress_step and its test. */
void progress_text(const struct progress *progress, size_t done, int64_t now_ns,
		   char *out, size_t size);

#endif
