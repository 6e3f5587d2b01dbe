/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench: what the stages of mien-bench share: the options, the rows that they
 * report, and how a step is timed.
 */
#ifndef MIEN_BENCH_BENCH_H
#define MIEN_BENCH_BENCH_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

struct bench {
	bool json;           /* one object a row, in place of a table */
	const char *stage;   /* whose rows are being reported */
	int rows;            /* of this stage, so far */
	double seconds;      /* so long each step is timed, about */
	int tracks;          /* of the catalog */
	const char *model;   /* the folder of the networks */
	const char *mien;    /* the program */
	const char *catalog; /* a file that is kept; NULL: a temporary one */
};

/* What a value should be. */
struct bench_goal {
	enum { BENCH_NO_GOAL, BENCH_AT_MOST, BENCH_AT_LEAST } kind;
	double value;
};

#define BENCH_NONE     ((struct bench_goal){BENCH_NO_GOAL, 0})
#define BENCH_MOST(x)  ((struct bench_goal){BENCH_AT_MOST, (x)})
#define BENCH_LEAST(x) ((struct bench_goal){BENCH_AT_LEAST, (x)})

/* Prints one row. */
void bench_row(struct bench *b, double value, const char *unit,
	       struct bench_goal goal, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
void bench_text(struct bench *b, const char *text, const char *name);

/* Milliseconds: of the thread's processor time, and of the wall's clock. */
struct bench_times {
	double cpu, cpu_p99, wall, wall_p99; /* without p99: the median */
	double cpu_mean;
	int count;
};

/* Calls step(user, round) for b->seconds, 10 times at least. */
struct bench_times bench_time(const struct bench *b,
			      void (*step)(void *user, int round), void *user);

/* The same from times that a stage took by itself; sorts them. */
struct bench_times bench_times_of(int64_t *cpu_ns, int64_t *wall_ns, int count);

/* Four rows: median and p99, processor and wall; the goals are of the
 * processor's. */
void bench_timed(struct bench *b, const struct bench_times *t,
		 struct bench_goal median, struct bench_goal p99,
		 const char *format, ...) __attribute__((format(printf, 5, 6)));

int64_t bench_cpu_ns(void); /* of this thread */

/* Each is a stage: 0, or -1 with a sentence on standard error. */
int bench_machine(struct bench *b);
int bench_peak(struct bench *b);
int bench_networks(struct bench *b);
int bench_layers(struct bench *b);
int bench_steps(struct bench *b);
int bench_frames(struct bench *b);
int bench_draw(struct bench *b);
int bench_start(struct bench *b);
int bench_play(struct bench *b);
int bench_catalog(struct bench *b);

/* Answers bench/peers on standard input; an exit code. */
int bench_worker(const struct bench *b);

/* Says what is wrong; always -1. */
int bench_complain(const struct fault *fault);
int bench_failed(const char *what, enum status status);

#endif
