/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine: the loop. The tasks stand in the catalog alone; what is asked is
 * caller.c's, and what comes of it outcome.c's.
 */
#include "base/clock.h"
#include "etl/caller.h"
#include "etl/http.h"
#include "etl/index.h"
#include "etl/language.h"
#include "etl/outcome.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define STEP_MS       200
#define DRAIN_S       8.0 /* what is under way may take after Ctrl-C */
#define END_S         9.5 /* and all that is done after it */
#define INDEX_LEAST_S 5.0
#define INDEX_SHARE   50.0 /* of the time that entering songs takes */
#define INDEX_SONGS   100  /* in a transaction, for others wait */
#define FAILED_S      86400
#define VERIFY_S      (30 * 86400)

static bool lane_has_work(struct refresh *refresh, int at)
{
	const struct lane *lane = &refresh->lanes[at];
	double when;

	if (lane->over || (at == LANE_SEARCH && refresh->phase == 0))
		return false;
	if (breaker_is_over(&lane->breaker))
		return false;
	return !work_when(refresh->etl.catalog, at, refresh->opts->only, &when);
}

static bool is_idle(struct refresh *refresh)
{
	if (http_flying(refresh->http))
		return false;
	if (refresh->opts->limit &&
	    refresh->report->calls >= refresh->opts->limit)
		return true;
	for (int i = 0; i < LANE_COUNT; i++)
		if (lane_has_work(refresh, i))
			return false;
	return true;
}

/* How long nothing can be sent, in milliseconds. */
static int wait_ms(struct refresh *refresh)
{
	double now = refresh_now_s(), least = STEP_MS / 1000.0;

	for (int i = 0; i < LANE_COUNT; i++) {
		struct lane *lane = &refresh->lanes[i];
		double wait;

		if (lane->over || lane->under_way >= lane->parallel)
			continue;
		wait = fmax(bucket_wait(&lane->bucket, now),
			    fmax(lane->until, lane->breaker.until) - now);
		if (i == LANE_SEARCH && refresh->phase == 0)
			wait = fmax(wait, refresh->search_at - now);
		least = fmin(least, wait);
	}
	return (int)ceil(fmax(0, least) * 1000);
}

static void enter_some(struct refresh *refresh, bool all)
{
	struct index_tally tally = {0};
	enum status status;

	if (!refresh_begin(refresh))
		return;
	status = index_drafts(refresh->etl.catalog, &refresh->place, all,
			      INDEX_SONGS, &tally, refresh->fault);
	if (status)
		refresh->status = status;
	refresh_end(refresh, status);
	refresh_commit(refresh);
	refresh->report->entered += tally.entered;
	refresh->report->left_out += tally.left_out;
}

/* Songs that are complete, a few at a time, now and then. */
static void enter_complete(struct refresh *refresh)
{
	double begun = refresh_now_s();

	enter_some(refresh, false);
	refresh->index_at =
		refresh_now_s() +
		fmax(INDEX_LEAST_S, (refresh_now_s() - begun) * INDEX_SHARE);
}

/* The rest at the end; what there is no time for, the next refresh enters. */
static void enter_rest(struct refresh *refresh, double end_at)
{
	refresh->place = INDEX_BEGIN;
	do
		enter_some(refresh, true);
	while (!refresh->status && refresh->place.rank != INDEX_BEGIN.rank &&
	       refresh_now_s() < end_at);
}

static bool add_count(int stage, int state, int64_t count, void *user)
{
	int64_t *pending = user;

	(void)stage;
	if (state == TASK_PENDING || state == TASK_RUNNING)
		*pending += count;
	return true;
}

static void show(struct refresh *refresh)
{
	int64_t pending = 0, now = clock_monotonic_ns();
	double begun = refresh_now_s();

	if (begun < refresh->show_at)
		return;
	if (work_counts(refresh->etl.catalog, add_count, &pending))
		return;
	/* counting is not free: a hundredth of the time at most */
	refresh->show_at = begun + fmax(1, (refresh_now_s() - begun) * 100);
	refresh->progress.total = (size_t)(refresh->settled + pending);
	progress_step(&refresh->progress, (size_t)refresh->settled, now);
}

/* What waits until all else is settled: the searches that could not be made
 * before (caller.h), and then whether videos are there. */
static bool next_phase(struct refresh *refresh)
{
	enum status status = STATUS_OK;

	if (refresh->phase == 2 ||
	    (refresh->opts->limit &&
	     refresh->report->calls >= refresh->opts->limit))
		return false;
	refresh->phase++;
	refresh_news(refresh);
	if (refresh->phase == 2 &&
	    (refresh->opts->only < 0 || refresh->opts->only == STAGE_VERIFY)) {
		if (!refresh_begin(refresh))
			return false;
		status = stage_verify(&refresh->etl, clock_wall_s() - VERIFY_S);
		refresh_end(refresh, status);
	}
	return !refresh->status;
}

static void loop(struct refresh *refresh)
{
	while (!refresh->status && !*refresh->opts->stop) {
		bool sent;

		do {
			sent = false;
			for (int i = 0; i < LANE_COUNT; i++)
				sent |= caller_ask(refresh, i);
		} while (sent && !refresh->status && !*refresh->opts->stop);
		if (is_idle(refresh) && !next_phase(refresh))
			break;
		refresh_commit(refresh);
		http_step(refresh->http, wait_ms(refresh), outcome_landed);
		if (refresh_now_s() >= refresh->index_at)
			enter_complete(refresh);
		show(refresh);
	}
	refresh_commit(refresh);
}

/* Ctrl-C: what is under way may come in still. */
static void drain(struct refresh *refresh, double end_at)
{
	while (http_flying(refresh->http) && !refresh->status &&
	       refresh_now_s() < end_at) {
		http_step(refresh->http, STEP_MS, outcome_landed);
		refresh_commit(refresh);
	}
	refresh->report->interrupted = *refresh->opts->stop != 0;
}

enum status engine_prepare(struct etl *etl)
{
	double now = refresh_wall_s();
	enum status status = work_recover(etl->catalog);

	if (!status)
		status = stage_seed(etl);
	for (int i = 0; !status && i < STAGE_COUNT; i++)
		status = work_expire(etl->catalog, i, now,
				     stage_list()[i].age_s, false);
	if (!status)
		status = work_retry(etl->catalog, now - FAILED_S, false, NULL);
	return status;
}

static enum status prepare(struct refresh *refresh)
{
	uint64_t seed = (uint64_t)clock_monotonic_ns();
	enum status status;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed ^= (uint64_t)clock_wall_s();
	rng_init(&refresh->rng, seed);
	if (!refresh_begin(refresh))
		return refresh->status;
	status = engine_prepare(&refresh->etl);
	if (!status)
		status = outcome_trim(refresh);
	refresh_end(refresh, status);
	refresh_commit(refresh);
	return refresh->status ? refresh->status : refresh_heed_stops(refresh);
}

static enum status run(struct refresh *refresh)
{
	enum status status = prepare(refresh);
	double stopped;

	if (status)
		return status;
	refresh->begun = refresh_now_s();
	refresh->index_at = refresh->begun + INDEX_LEAST_S;
	progress_begin(&refresh->progress, 0, refresh->opts->on_terminal,
		       clock_monotonic_ns());
	loop(refresh);
	progress_clear(&refresh->progress);
	stopped = refresh_now_s();
	drain(refresh, stopped + DRAIN_S);
	if (!refresh->status)
		enter_rest(refresh, refresh->report->interrupted
					    ? stopped + END_S
					    : INFINITY);
	if (!refresh->status && refresh_begin(refresh))
		refresh_end(refresh, work_recover(refresh->etl.catalog)
					     ?: outcome_trim(refresh));
	refresh_commit(refresh);
	return refresh->status;
}

enum status engine_refresh(const struct engine_opts *opts,
			   struct engine_report *report, struct fault *fault)
{
	char agent[256];
	struct refresh *refresh = calloc(1, sizeof(*refresh));
	enum status status;

	memset(report, 0, sizeof(*report));
	if (!refresh)
		return fault_set(fault, STATUS_NO_MEMORY, "refresh", "%s",
				 status_text(STATUS_NO_MEMORY));
	refresh->opts = opts;
	refresh->report = report;
	refresh->etl = opts->etl;
	refresh->fault = fault;
	refresh->place = INDEX_BEGIN;
	/* without it lyrics are of unknown language, and say nothing */
	if (language_open(&refresh->etl.language, fault))
		refresh->etl.language = NULL;
	refresh_open_lanes(refresh);
	status = http_open(
		&refresh->http,
		manners_agent(opts->etl.config, agent, sizeof(agent)), fault);
	if (!status)
		status = run(refresh);
	http_close(refresh->http);
	language_close(refresh->etl.language);
	free(refresh);
	return status;
}
