/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcome: each ends in one transaction. */
#include "etl/outcome.h"

#include "base/clock.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CACHE_BYTES (60 << 20)
#define CACHE_KEPT  (CACHE_BYTES / 8 * 7) /* when it is cut */
#define NEGATIVE_S  (14 * 86400.0)
#define BLOCKED_S   86400
#define DEAD_AFTER  3

static enum status keep(struct refresh *refresh, const struct flight *flight,
			const struct http_answer *answer,
			enum source_outcome outcome)
{
	const struct stage *stage = refresh_stage(&flight->task);
	int64_t now = clock_wall_s();
	double age = outcome == SOURCE_MISSING ? NEGATIVE_S : stage->age_s;
	struct work_answer kept = {.body = answer->body,
				   .length = answer->length,
				   .status = answer->status,
				   .at = now,
				   .until = now + (int64_t)age};
	enum status status;

	if (!stage->keep)
		return STATUS_OK;
	text_copy(kept.type, sizeof(kept.type), answer->content_type);
	text_copy(kept.etag, sizeof(kept.etag), answer->etag);
	text_copy(kept.modified, sizeof(kept.modified), answer->modified);
	status = work_keep(refresh->etl.catalog,
			   source_list()[stage->source].name,
			   flight->request.target, &kept);
	refresh->cache_bytes += (int64_t)answer->length +
				(int64_t)strlen(flight->request.target) +
				WORK_ANSWER_BYTES;
	/* looking at all of them is not cheap */
	if (!status && refresh->cache_bytes > CACHE_BYTES)
		status = outcome_trim(refresh);
	return status;
}

/* Written as it ended, and what is asked instead. */
static enum status settle(struct refresh *refresh, struct task *task,
			  enum task_state state, double wait, const char *error)
{
	double now = refresh_wall_s();
	bool known = refresh_knows(task);
	enum status status;

	if (state == TASK_FAILED && ++task->failures >= DEAD_AFTER)
		state = TASK_DEAD;
	status = work_settle(refresh->etl.catalog, task, state, now + wait, now,
			     error);
	if (!status && known && state > TASK_DONE &&
	    refresh_stage(task)->without)
		status = refresh_stage(task)->without(&refresh->etl, task);
	if (state > TASK_RUNNING)
		refresh->settled++;
	if (state == TASK_DONE || state == TASK_MISSING)
		refresh->report->useful++;
	else if (state != TASK_PENDING)
		refresh->report->failed++;
	return status;
}

/* Again later, or never more in this run. */
static enum status settle_retry(struct refresh *refresh, struct task *task,
				double asked, const char *error)
{
	struct lane *lane = &refresh->lanes[refresh_stage(task)->lane];
	double wait = lane_backoff(task->attempts, asked, &refresh->rng);

	task->attempts++;
	if (breaker_bad(&lane->breaker, refresh_now_s())) {
		char why[256];

		snprintf(why, sizeof(why),
			 "it fails again and again (%s); the rest waits for "
			 "the next refresh",
			 error);
		refresh_end_source(refresh, refresh_stage(task)->source, why);
	}
	/* it told the program as a whole to wait, not this call */
	if (asked > 0)
		lane->breaker.until =
			fmax(lane->breaker.until, refresh_now_s() + wait);
	if (task->attempts < LANE_TRIES)
		return settle(refresh, task, TASK_PENDING, wait, error);
	return settle(refresh, task, TASK_FAILED, 0, error);
}

static enum status settle_blocked(struct refresh *refresh, struct task *task,
				  const char *error)
{
	const struct stage *stage = refresh_stage(task);
	struct lane *lane = &refresh->lanes[stage->lane];
	enum status status = settle(refresh, task, TASK_BLOCKED, 0, error);

	if (++lane->blocked < source_list()[stage->source].breaker)
		return status;
	refresh_end_source(refresh, stage->source,
			   "it would not answer, and is left alone for a day");
	if (!status)
		status = work_stop(refresh->etl.catalog,
				   source_list()[stage->source].name,
				   clock_wall_s() + BLOCKED_S);
	return status;
}

static enum status settle_quota(struct refresh *refresh, struct task *task,
				const char *error)
{
	const struct stage *stage = refresh_stage(task);
	const char *name = manners_name(stage->lane);
	int64_t now = clock_wall_s();

	refresh->report->quota = true;
	refresh_end_lane(refresh, stage->lane,
			 "its quota is used up until its next day begins");
	return work_stop(refresh->etl.catalog, name,
			 stage->source == SOURCE_YOUTUBE
				 ? lane_pacific_midnight(now)
				 : now + BLOCKED_S)
		       ?: settle(refresh, task, TASK_PENDING, 0, error);
}

static enum status settle_outcome(struct refresh *refresh,
				  struct flight *flight,
				  enum source_outcome outcome,
				  const struct facts *facts)
{
	struct task *task = &flight->task;
	struct lane *lane = &refresh->lanes[refresh_stage(task)->lane];
	const char *error = facts->error;
	char why[256];

	if (outcome == SOURCE_OK || outcome == SOURCE_MISSING) {
		breaker_good(&lane->breaker);
		lane->blocked = 0;
		task->attempts = task->failures = 0;
	}
	switch (outcome) {
	case SOURCE_OK: return settle(refresh, task, TASK_DONE, 0, NULL);
	case SOURCE_MISSING:
		return settle(refresh, task, TASK_MISSING, 0, error);
	case SOURCE_RETRY:
		return settle_retry(refresh, task, facts->wait_s, error);
	case SOURCE_BLOCKED: return settle_blocked(refresh, task, error);
	case SOURCE_QUOTA: return settle_quota(refresh, task, error);
	case SOURCE_FATAL:
		refresh->report->refused = true;
		snprintf(why, sizeof(why),
			 "it refuses the key or the program "
			 "(%s)",
			 error);
		refresh_end_source(refresh, refresh_stage(task)->source, why);
		return settle(refresh, task, TASK_PENDING, 0, error);
	case SOURCE_BAD: break;
	}
	return settle(refresh, task, TASK_FAILED, 0, error);
}

/* What the answer says and that it came, as one. */
static void digest(struct refresh *refresh, struct flight *flight,
		   const struct http_answer *answer, bool fresh)
{
	const struct stage *stage = refresh_stage(&flight->task);
	struct facts facts = {0};
	enum source_outcome outcome;
	enum status status = STATUS_OK;

	if (!refresh_begin(refresh))
		return;
	outcome = stage->take(&refresh->etl, &flight->task, answer, &facts,
			      &status);
	if (!status && outcome == SOURCE_RETRY && answer->retry_after_s > 0)
		facts.wait_s = fmax(facts.wait_s, answer->retry_after_s);
	if (!status)
		status = settle_outcome(refresh, flight, outcome, &facts);
	if (!status && fresh &&
	    (outcome == SOURCE_OK || outcome == SOURCE_MISSING))
		status = keep(refresh, flight, answer, outcome);
	refresh_end(refresh, status);
	facts_done(&facts);
	refresh_news(refresh);
}

/* Of several addresses the next is asked, once for all that fail at one. */
static void leave_mirror(struct refresh *refresh, const struct flight *flight)
{
	struct lane *lane = &refresh->lanes[refresh_stage(&flight->task)->lane];

	if (lane->mirror == flight->mirror)
		lane->mirror++;
}

static void no_answer(struct refresh *refresh, struct flight *flight,
		      enum http_trouble trouble, const char *why)
{
	enum status status;

	if (trouble == HTTP_TEMPORARY)
		leave_mirror(refresh, flight);
	if (!refresh_begin(refresh))
		return;
	status = trouble == HTTP_TEMPORARY
			 ? settle_retry(refresh, &flight->task, 0, why)
			 : settle(refresh, &flight->task, TASK_FAILED, 0, why);
	refresh_end(refresh, status);
	refresh_news(refresh);
}

static struct http_answer answer_of(const struct work_answer *kept)
{
	struct http_answer answer = {.status = kept->status,
				     .body = kept->body,
				     .length = kept->length};

	text_copy(answer.content_type, sizeof(answer.content_type), kept->type);
	text_copy(answer.etag, sizeof(answer.etag), kept->etag);
	text_copy(answer.modified, sizeof(answer.modified), kept->modified);
	return answer;
}

/* It says that nothing has changed: what it said before is good for as long
 * again. */
static void unchanged(struct refresh *refresh, struct flight *flight)
{
	const struct stage *stage = refresh_stage(&flight->task);
	struct work_answer kept = {0};
	struct http_answer answer;

	if (work_recall(refresh->etl.catalog, source_list()[stage->source].name,
			flight->request.target, &kept)) {
		no_answer(refresh, flight, HTTP_TEMPORARY,
			  "nothing has changed since an answer that is gone");
		return;
	}
	answer = answer_of(&kept);
	digest(refresh, flight, &answer, true);
	free(kept.body);
}

void outcome_landed(void *ticket, enum http_trouble trouble,
		    struct http_answer *answer, const char *why)
{
	struct flight *flight = ticket;
	struct refresh *refresh = flight->refresh;
	const struct stage *stage = refresh_stage(&flight->task);

	refresh->lanes[stage->lane].under_way--;
	flight->used = false;
	if (refresh->status)
		return;
	if (trouble) {
		no_answer(refresh, flight, trouble, why);
		return;
	}
	if (answer->status == 304 && (flight->etag[0] || flight->modified[0])) {
		unchanged(refresh, flight);
		return;
	}
	if (answer->status >= 500)
		leave_mirror(refresh, flight);
	secret_mask(refresh->opts->secrets, stage->source, answer->body,
		    answer->length);
	secret_mask(refresh->opts->secrets, stage->source, answer->etag,
		    strlen(answer->etag));
	digest(refresh, flight, answer, true);
}

void outcome_recalled(struct flight *flight, struct work_answer *kept)
{
	struct http_answer answer = answer_of(kept);

	digest(flight->refresh, flight, &answer, false);
}

void outcome_unasked(struct flight *flight, const char *why)
{
	struct refresh *refresh = flight->refresh;

	if (!refresh_begin(refresh))
		return;
	refresh_end(refresh,
		    settle(refresh, &flight->task, TASK_FAILED, 0, why));
	refresh_news(refresh);
}

enum status outcome_trim(struct refresh *refresh)
{
	int64_t most = refresh->cache_bytes > CACHE_BYTES ? CACHE_KEPT
							  : CACHE_BYTES;

	return work_trim(refresh->etl.catalog, clock_wall_s(), most,
			 &refresh->cache_bytes);
}
