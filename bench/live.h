/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * live: the dashboard itself, started in a pseudo-terminal with the demo, a
 * catalog and folders of its own, and silent.
 */
#ifndef MIEN_BENCH_LIVE_H
#define MIEN_BENCH_LIVE_H

#include "bench/bench.h"
#include "bench/pty.h"

struct live {
	struct pty pty;
	char folder[64];
	int64_t began_ns;  /* CLOCK_MONOTONIC, before the fork */
	int64_t screen_ns; /* the first screen was out; 0: not yet */
	int64_t last_ns;   /* something came out */
	int64_t ready_ns;  /* the log says that the networks are; 0: not yet */
	uint64_t bytes;    /* that came out so far */
};

/* settings: YAML, or NULL. 0, or -1 with a sentence on standard error. */
int live_open(struct live *live, const struct bench *b, const char *settings);
void live_close(struct live *live);

/* Takes what comes out for so long; false: it has ended. */
bool live_watch(struct live *live, double seconds);

/* Until the screen stands and the networks are ready; false: never. */
bool live_until_ready(struct live *live);

void live_keys(struct live *live, const char *keys);

/*
 * Of the log's line "start: WHAT after N ms, N ms of processor time" both
 * numbers; false where there is none.
 */
bool live_logged(const struct live *live, const char *what, double *after_ms,
		 double *cpu_ms);

/*
 * The numbers after "picture: " in the log: milliseconds from a picture's
 * capture to its bytes' way out; as many as fit. The count.
 */
int live_pictures(const struct live *live, double *out, int most);

#endif
