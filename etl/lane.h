/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lane: when a service may be asked again: its token bucket, how long to wait
 * after failures, and when to leave it alone. Pure: time and chance come as
 * arguments.
 */
#ifndef MIEN_ETL_LANE_H
#define MIEN_ETL_LANE_H

#include "base/rng.h"

#include <stdbool.h>
#include <stdint.h>

/* A token bucket; embedded by value. Times are seconds of one clock. */
struct bucket {
	double rate, burst, tokens, at;
};

void bucket_init(struct bucket *bucket, double rate, double burst, double now);
/* Takes a token where there is one. */
bool bucket_take(struct bucket *bucket, double now);
/* Seconds until there is one. */
double bucket_wait(struct bucket *bucket, double now);

/* Opens after so many failures in a row, each time for longer; a single probe
 * decides whether it closes. After LANE_OPENINGS it stays open. */
#define LANE_OPENINGS 4

struct breaker {
	int limit, failures, openings;
	double until; /* not before this */
	bool probing;
};

/* Whether a request may go out with so many under way. */
bool breaker_lets(struct breaker *breaker, double now, int under_way);
void breaker_good(struct breaker *breaker);
/* true: it just opened for good. */
bool breaker_bad(struct breaker *breaker, double now);
bool breaker_is_over(const struct breaker *breaker);

/*
 * Seconds to wait before the next try: anything up to 0.5 s doubled with each
 * attempt (from 0), 60 s at most ("full jitter"), and no less than what the
 * service asked for, where that is at most an hour.
 */
double lane_backoff(int attempt, double asked, struct rng *rng);
#define LANE_TRIES 5

/*
 * YouTube counts its days by the Pacific's clock: the date as "2026-03-08",
 * and when that day ends. By the rule that holds since 2007, for a machine
 * need not have the zones' table.
 */
void lane_pacific_day(int64_t now, char out[static 11]);
int64_t lane_pacific_midnight(int64_t now);

#endif
