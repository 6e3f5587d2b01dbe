/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pty: a child in a terminal of its own, and what it writes there, counted. */
#ifndef MIEN_BENCH_PTY_H
#define MIEN_BENCH_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct pty {
	pid_t child; /* 0 in the child */
	int master;  /* the parent's end; -1 in the child */
	int report;  /* a pipe beside the terminal: the child writes, the
		      * parent reads */
};

/* Forks: the child's standard descriptors are the terminal. 0, or -1. */
int pty_fork(struct pty *pty, int rows, int cols);

/* Ends the child (SIGTERM, SIGKILL after a while) and waits for it. */
void pty_close(struct pty *pty);

/*
 * Child: counting begins with what is written after this; false when the
 * parent is gone. Sent through the terminal itself, so that it is in order.
 */
bool pty_mark(void);

/*
 * Parent: takes all that the child writes until it reports size bytes or ends,
 * and returns how many bytes came after the mark. Passes nothing on.
 */
uint64_t pty_count(struct pty *pty, void *reported, size_t size);

#endif
