/* SPDX-License-Identifier: GPL-3.0-or-later */
/* refresh: lanes and transactions. */
#include "etl/refresh.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

#include <assert.h>
#include <math.h>
#include <time.h>

double refresh_now_s(void)
{
	return (double)clock_monotonic_ns() / CLOCK_NS_PER_S;
}

double refresh_wall_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- lanes ----------------------------------------------------------------
 */

void refresh_open_lanes(struct refresh *refresh)
{
	for (int i = 0; i < LANE_COUNT; i++) {
		const struct source *source = &source_list()[manners_source(i)];
		struct lane *lane = &refresh->lanes[i];
		double rate = manners_rate(refresh->opts->etl.config, i);
		double scale = rate / manners_default_rate(i);
		double burst = i == LANE_SEARCH ? 1 : source->burst;

		bucket_init(&lane->bucket, rate, burst * scale,
			    refresh_now_s());
		/* a faster service than was thought takes more at once */
		lane->parallel = (int)fmin(
			8, fmax(source->parallel, source->parallel * scale));
		if (i == LANE_SEARCH)
			lane->parallel = 1;
		lane->breaker.limit = source->breaker;
		lane->over = !refresh->etl.on[manners_source(i)];
	}
}

void refresh_end_lane(struct refresh *refresh, int lane, const char *why)
{
	enum source_id id = manners_source(lane);

	if (refresh->lanes[lane].over)
		return;
	refresh->lanes[lane].over = true;
	text_copy(refresh->report->words[id],
		  sizeof(refresh->report->words[id]), why);
	log_write(LOG_WARNING, "%s: %s", source_list()[id].title, why);
}

void refresh_end_source(struct refresh *refresh, enum source_id id,
			const char *why)
{
	for (int i = 0; i < LANE_COUNT; i++)
		if (manners_source(i) == id)
			refresh_end_lane(refresh, i, why);
}

enum status refresh_heed_stops(struct refresh *refresh)
{
	int64_t until = 0, now = clock_wall_s();
	enum status status = STATUS_OK;

	for (int i = 0; !status && i < LANE_COUNT; i++) {
		const char *name = manners_name(i);

		status = work_stopped(refresh->etl.catalog, name, &until);
		if (!status && until > now)
			refresh_end_lane(
				refresh, i,
				i == LANE_SEARCH
					? "the day's searches are used up"
					: "it would not answer, and is left "
					  "alone for a day");
	}
	return status;
}

bool refresh_knows(const struct task *task)
{
	return task->stage >= 0 && task->stage < STAGE_COUNT;
}

const struct stage *refresh_stage(const struct task *task)
{
	assert(refresh_knows(task));
	return &stage_list()[task->stage];
}

void refresh_news(struct refresh *refresh)
{
	for (int i = 0; i < LANE_COUNT; i++)
		refresh->lanes[i].until = 0;
}

/* ---- transactions ---------------------------------------------------------
 */

void refresh_fail(struct refresh *refresh, enum status status,
		  const char *doing)
{
	if (!status || refresh->status)
		return;
	refresh->status = status;
	fault_set(refresh->fault, status, "the catalog", "%s: %s", doing,
		  status_text(status));
}

bool refresh_begin(struct refresh *refresh)
{
	enum status status = STATUS_BUSY;

	if (refresh->writing)
		return true;
	for (int i = 0; status == STATUS_BUSY && i < 30; i++)
		status = catalog_begin(refresh->etl.catalog, refresh->fault);
	if (status)
		refresh->status = status;
	refresh->writing = !status;
	return refresh->writing;
}

void refresh_end(struct refresh *refresh, enum status status)
{
	if (!status)
		return;
	catalog_rollback(refresh->etl.catalog);
	refresh->writing = false;
	refresh_fail(refresh, status, "writing an answer");
}

void refresh_commit(struct refresh *refresh)
{
	enum status status;

	if (!refresh->writing)
		return;
	refresh->writing = false;
	status = catalog_commit(refresh->etl.catalog, refresh->fault);
	if (status)
		refresh->status = status;
}
