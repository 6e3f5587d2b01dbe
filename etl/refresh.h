/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * refresh: what a refresh keeps while it lasts: each lane with its bucket and
 * its breaker, the calls under way, the open transaction, the report. Shared
 * by the engine's loop, the caller and the outcomes; one thread.
 */
#ifndef MIEN_ETL_REFRESH_H
#define MIEN_ETL_REFRESH_H

#include "etl/engine.h"
#include "etl/index.h"
#include "etl/lane.h"
#include "etl/manners.h"
#include "etl/progress.h"

#include <stdbool.h>

struct http; /* etl/http.h */

#define REFRESH_FLIGHTS 32

struct lane {
	struct bucket bucket;
	struct breaker breaker;
	int parallel, under_way, blocked;
	unsigned mirror; /* of several addresses, the one that is asked */
	bool over;       /* for this run */
	double until;    /* nothing to ask before; INFINITY: until news */
};

struct refresh;

/* A call under way. */
struct flight {
	struct refresh *refresh;
	struct task task;
	struct source_request request;
	unsigned mirror;              /* which address was asked */
	char etag[128], modified[64]; /* of the answer that is known, or "" */
	bool used;
};

struct refresh {
	const struct engine_opts *opts;
	struct engine_report *report;
	struct etl etl;
	struct http *http;
	struct lane lanes[LANE_COUNT];
	struct flight flights[REFRESH_FLIGHTS];
	struct rng rng;
	struct progress progress;
	enum status status; /* of the catalog; the loop ends at the first */
	struct fault *fault;
	double begun, index_at, show_at;
	double search_at; /* in phase 0: looks again whether it may search */
	int phase;
	int64_t cache_bytes;      /* at most so many */
	struct index_place place; /* of the songs that are entered */
	bool writing;             /* a transaction is open */
	int64_t settled;
};

/* Seconds: of a clock that never goes back, and since the epoch. */
double refresh_now_s(void);
double refresh_wall_s(void);

void refresh_open_lanes(struct refresh *refresh);
/* Lanes that an earlier run was told to leave alone are over. */
enum status refresh_heed_stops(struct refresh *refresh);
/* The lane, or the service with all its lanes, is not asked any more in
 * this run. */
void refresh_end_lane(struct refresh *refresh, int lane, const char *why);
void refresh_end_source(struct refresh *refresh, enum source_id id,
			const char *why);
/* There may be something new to ask: every lane looks again. */
void refresh_news(struct refresh *refresh);
/* Whether the task is of a stage there is: others write to the file, too. */
bool refresh_knows(const struct task *task);
const struct stage *refresh_stage(const struct task *task); /* of a known one */

/* A fault of the catalog, which ends the refresh; the first one stands. */
void refresh_fail(struct refresh *refresh, enum status status,
		  const char *doing);
/*
 * A piece of writing, all of it or nothing. What one round of the loop writes
 * is one transaction, for committing takes longer than writing; it ends with
 * refresh_commit, before the loop waits for anything. The beginning waits, half
 * a minute, for another program to have written; false: it failed. An end with
 * another status than STATUS_OK undoes the round, and ends the refresh.
 */
bool refresh_begin(struct refresh *refresh);
void refresh_end(struct refresh *refresh, enum status status);
void refresh_commit(struct refresh *refresh);

#endif
