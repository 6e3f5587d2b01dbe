/* SPDX-License-Identifier: GPL-3.0-or-later */
/* proc: what the system knows of a running process, from /proc. */
#ifndef MIEN_BENCH_PROC_H
#define MIEN_BENCH_PROC_H

#include <stdint.h>
#include <sys/types.h>

/* Of all its threads together, since each began. */
struct proc_use {
	int64_t cpu_ns;
	int64_t wakeups; /* times one began to run, by its own wish or not */
	int threads;
};

struct proc_use proc_use_of(pid_t pid);

/* Resident memory by kind of mapping. */
enum proc_kind {
	PROC_PROGRAM,   /* the program's own file */
	PROC_LIBRARIES, /* shared objects */
	PROC_FILES,     /* fonts, locales, the catalog ... */
	PROC_HEAP,
	PROC_STACKS,
	PROC_ANONYMOUS, /* what libraries took for themselves */
	PROC_KINDS
};

struct proc_memory {
	double rss[PROC_KINDS], pss[PROC_KINDS]; /* MiB */
	double dirty[PROC_KINDS]; /* of no other process and not of a file */
	int libraries;            /* how many are mapped */
};

struct proc_memory proc_memory_of(pid_t pid);
const char *proc_kind_name(enum proc_kind kind);

#endif
