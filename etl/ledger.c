/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ledger: the counts of tasks, read once and printed as text or JSON. */
#include "etl/ledger.h"

#include "base/clock.h"
#include "catalog/work.h"
#include "etl/lane.h"
#include "etl/manners.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define SHOWN_ERRORS 8

static const char *const states[TASK_STATES] = {
	[TASK_PENDING] = "pending", [TASK_RUNNING] = "running",
	[TASK_DONE] = "done",       [TASK_MISSING] = "missing",
	[TASK_BLOCKED] = "blocked", [TASK_FAILED] = "failed",
	[TASK_DEAD] = "dead",
};

const char *ledger_state(int state)
{
	return state >= 0 && state < TASK_STATES ? states[state] : "?";
}

struct counts {
	int64_t of[STAGE_COUNT][TASK_STATES];
	int64_t all;
};

static bool take_count(int stage, int state, int64_t count, void *user)
{
	struct counts *counts = user;

	if (stage >= 0 && stage < STAGE_COUNT && state >= 0 &&
	    state < TASK_STATES) {
		counts->of[stage][state] += count;
		counts->all += count;
	}
	return true;
}

static int64_t quota_left(struct catalog *catalog, const char *name,
			  int64_t most)
{
	int64_t used = 0, until = 0, now = clock_wall_s();
	char day[11];

	lane_pacific_day(now, day);
	work_used(catalog, name, day, &used);
	work_stopped(catalog, name, &until);
	return until > now || used > most ? 0 : most - used;
}

/* Calls each for every service that is left alone until some time. */
static void each_stop(struct catalog *catalog,
		      void (*each)(const char *name, int64_t until, void *user),
		      void *user)
{
	int64_t now = clock_wall_s();

	for (int i = 0; i <= SOURCE_COUNT; i++) {
		const char *name = i == SOURCE_COUNT ? QUOTA_SEARCH
						     : source_list()[i].name;
		int64_t until = 0;

		if (!work_stopped(catalog, name, &until) && until > now)
			each(name, until, user);
	}
}

/* ---- text -----------------------------------------------------------------
 */

static void print_stage(const char *name, const int64_t *of)
{
	const char *comma = "  ";

	printf("  %-12s", name);
	for (int i = 0; i < TASK_STATES; i++)
		if (of[i]) {
			printf("%s%lld %s", comma, (long long)of[i], states[i]);
			comma = ", ";
		}
	putchar('\n');
}

static void print_stop(const char *name, int64_t until, void *user)
{
	char when[32];
	time_t t = (time_t)until;
	struct tm tm;

	(void)user;
	localtime_r(&t, &tm);
	strftime(when, sizeof(when), "%Y-%m-%d %H:%M", &tm);
	printf("  %-12s  not asked before %s\n", name, when);
}

static bool print_error(int stage, int state, const char *error, int64_t count,
			void *user)
{
	(void)user;
	printf("  %-12s  %lld %s: %s\n",
	       stage >= 0 && stage < STAGE_COUNT ? stage_list()[stage].name
						 : "?",
	       (long long)count, ledger_state(state), error);
	return true;
}

void ledger_print(struct catalog *catalog)
{
	struct counts counts = {0};
	int64_t left_out = 0;

	if (work_counts(catalog, take_count, &counts) || !counts.all)
		return;
	puts("Calls of mien-etl refresh");
	for (int i = 0; i < STAGE_COUNT; i++) {
		int64_t sum = 0;

		for (int j = 0; j < TASK_STATES; j++)
			sum += counts.of[i][j];
		if (sum)
			print_stage(stage_list()[i].name, counts.of[i]);
	}
	work_draft_count(catalog, "left_out", &left_out);
	printf("  %lld songs are left out, for nobody gives them a genre\n",
	       (long long)left_out);
	puts("Quotas of the day");
	printf("  %-12s  %lld searches, %lld other calls left\n", "youtube",
	       (long long)quota_left(catalog, QUOTA_SEARCH, QUOTA_SEARCH_MAX),
	       (long long)quota_left(catalog, QUOTA_LIST, QUOTA_LIST_MAX));
	each_stop(catalog, print_stop, NULL);
	puts("Last errors");
	work_errors(catalog, SHOWN_ERRORS, print_error, NULL);
}

/* ---- JSON -----------------------------------------------------------------
 */

static void add_stop(const char *name, int64_t until, void *user)
{
	json_object_set_new(user, name, json_integer(until));
}

static bool add_error(int stage, int state, const char *error, int64_t count,
		      void *user)
{
	json_array_append_new(user,
			      json_pack("{s:s, s:s, s:I, s:s}", "stage",
					stage >= 0 && stage < STAGE_COUNT
						? stage_list()[stage].name
						: "?",
					"state", ledger_state(state), "count",
					(json_int_t)count, "error", error));
	return true;
}

void ledger_json(struct catalog *catalog, json_t *object)
{
	struct counts counts = {0};
	int64_t left_out = 0;
	json_t *stages = json_object(), *stopped = json_object(),
	       *errors = json_array();

	work_counts(catalog, take_count, &counts);
	for (int i = 0; i < STAGE_COUNT; i++) {
		json_t *stage = json_object();

		for (int j = 0; j < TASK_STATES; j++)
			if (counts.of[i][j])
				json_object_set_new(
					stage, states[j],
					json_integer(counts.of[i][j]));
		if (json_object_size(stage))
			json_object_set_new(stages, stage_list()[i].name,
					    stage);
		else
			json_decref(stage);
	}
	work_draft_count(catalog, "left_out", &left_out);
	each_stop(catalog, add_stop, stopped);
	work_errors(catalog, SHOWN_ERRORS, add_error, errors);
	json_object_set_new(object, "stages", stages);
	json_object_set_new(object, "left_out", json_integer(left_out));
	json_object_set_new(
		object, "quotas",
		json_pack("{s:I, s:I}", QUOTA_SEARCH,
			  (json_int_t)quota_left(catalog, QUOTA_SEARCH,
						 QUOTA_SEARCH_MAX),
			  QUOTA_LIST,
			  (json_int_t)quota_left(catalog, QUOTA_LIST,
						 QUOTA_LIST_MAX)));
	json_object_set_new(object, "stopped", stopped);
	json_object_set_new(object, "errors", errors);
}
