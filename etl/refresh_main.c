/* SPDX-License-Identifier: GPL-3.0-or-later */
/* refresh_main: the commands that deal with services: refresh, plan, retry,
 * sources. */
#include "base/clock.h"
#include "base/text.h"
#include "catalog/credits.h"
#include "etl/commands.h"
#include "etl/engine.h"
#include "etl/lane.h"
#include "etl/manners.h"
#include "etl/say.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sysexits.h>
#include <unistd.h>

struct session {
	struct secrets secrets;
	struct etl etl;
	int lock;
};

static bool lacks_key(const struct session *session, int id)
{
	const struct source *source = &source_list()[id];

	return source->secret_needed && !session->secrets.of[id][0];
}

/* EX_OK, or EX_CONFIG: the keys cannot be read. */
static int open_session(struct session *session, const struct cli *cli)
{
	struct fault fault;

	memset(session, 0, sizeof(*session));
	session->lock = -1;
	if (secrets_read(&session->secrets, &fault)) {
		say_fault(&fault);
		secrets_wipe(&session->secrets);
		return EX_CONFIG;
	}
	session->etl.config = cli->config;
	for (int i = 0; i < SOURCE_COUNT; i++)
		session->etl.on[i] = cli->config->etl.sources[i].enabled &&
				     !lacks_key(session, i);
	return EX_OK;
}

static void close_session(struct session *session)
{
	secrets_wipe(&session->secrets);
	catalog_close(session->etl.catalog);
	if (session->lock >= 0)
		close(session->lock);
}

/* One refresh at a time works on a catalog; others may read and play. */
static enum status take_lock(struct session *session, const char *catalog,
			     struct fault *fault)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s.refresh", catalog);
	session->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (session->lock < 0)
		return fault_set_errno(fault, errno, path,
				       "locking the catalog");
	if (!flock(session->lock, LOCK_EX | LOCK_NB))
		return STATUS_OK;
	fault_set(fault, STATUS_BUSY, catalog,
		  "another mien-etl is refreshing it");
	fault_hint(fault, "wait for it to end");
	return STATUS_BUSY;
}

static int open_catalog(struct session *session, const struct cli *cli)
{
	struct fault fault;
	enum status status = catalog_open(&session->etl.catalog, cli->catalog,
					  CATALOG_WRITE, &fault);

	if (!status)
		status = take_lock(session, cli->catalog, &fault);
	return status ? say_fault(&fault) : EX_OK;
}

static int usage(const char *subject, const char *what, const char *hint)
{
	struct fault fault;

	fault_set(&fault, STATUS_BAD_ARGUMENT, subject, "%s", what);
	fault_hint(&fault, "%s", hint);
	return say_fault(&fault);
}

/* ---- refresh --------------------------------------------------------------
 */

/* "90", "12h", "7d", "2w" in seconds; negative: no age. */
static double age_of(const char *text)
{
	static const struct {
		char letter;
		double seconds;
	} units[] = {{'s', 1},
		     {'m', 60},
		     {'h', 3600},
		     {'d', 86400},
		     {'w', 7 * 86400}};
	char *end;
	double value = strtod(text, &end);

	if (end == text || !isdigit((unsigned char)text[0]))
		return -1;
	if (!*end)
		return value;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (*end == units[i].letter && !end[1])
			return value * units[i].seconds;
	return -1;
}

static int read_words(const struct cli *cli, struct engine_opts *opts,
		      double *age)
{
	char *end = NULL;

	opts->only = -1;
	*age = -1;
	if (cli->only) {
		char names[512] = "there are";

		opts->only = stage_find(cli->only);
		for (int i = 0; i < STAGE_COUNT; i++) {
			size_t used = strlen(names);

			snprintf(names + used, sizeof(names) - used, " %s",
				 stage_list()[i].name);
		}
		if (opts->only < 0)
			return usage(cli->only, "there is no such stage",
				     names);
	}
	if (cli->limit) {
		opts->limit = strtoll(cli->limit, &end, 10);
		if (end == cli->limit || *end || opts->limit < 1)
			return usage(cli->limit, "this is no number of calls",
				     "give a whole number from 1 on");
	}
	if (cli->since) {
		*age = age_of(cli->since);
		if (*age < 0)
			return usage(cli->since, "this is no age",
				     "write it as 12h, 7d or 2w");
	}
	return EX_OK;
}

/* A sentence for each service that is on and lacks its key. */
static void say_lacking(const struct session *session)
{
	for (int i = 0; i < SOURCE_COUNT; i++) {
		const struct source *source = &source_list()[i];

		if (session->etl.config->etl.sources[i].enabled &&
		    lacks_key(session, i))
			fprintf(stderr,
				"mien-etl: %s is left out: there is no %s; get "
				"one at %s.\n",
				source->title, source->secret_env,
				source->secret_page);
	}
}

static void say_report(const struct engine_report *report)
{
	for (int i = 0; i < SOURCE_COUNT; i++)
		if (report->words[i][0])
			fprintf(stderr, "mien-etl: %s: %s.\n",
				source_list()[i].title, report->words[i]);
	printf("%lld calls (%lld more from the cache): %lld answered, %lld "
	       "not.\n",
	       (long long)report->calls, (long long)report->cached,
	       (long long)report->useful, (long long)report->failed);
	printf("%u songs entered or brought up to date", report->entered);
	if (report->left_out)
		printf("; %u left out, for nobody gives them a genre",
		       report->left_out);
	puts(".");
	if (report->interrupted)
		puts("Stopped; the next refresh goes on from here.");
}

/* Something useful was done, or there was nothing to do: 0. */
static int exit_of(const struct engine_report *report)
{
	bool stopped = false;

	for (int i = 0; i < SOURCE_COUNT; i++)
		stopped |= report->words[i][0] != '\0';
	if (report->useful || report->entered)
		return EX_OK;
	if (report->refused)
		return EX_CONFIG;
	return stopped || report->failed || report->calls ? EX_TEMPFAIL : EX_OK;
}

/* What was answered longer ago than --since says is asked again. */
static enum status expire(struct session *session,
			  const struct engine_opts *opts, double age,
			  struct fault *fault)
{
	double now = (double)clock_wall_s();
	enum status status = catalog_begin(session->etl.catalog, fault);

	for (int i = 0; !status && i < STAGE_COUNT; i++)
		if (opts->only < 0 || opts->only == i)
			status = work_expire(session->etl.catalog, i, now, age,
					     true);
	return status ? status : catalog_commit(session->etl.catalog, fault);
}

int refresh_main(const struct cli *cli)
{
	struct session session;
	struct engine_report report;
	struct engine_opts opts = {.on_terminal = isatty(STDERR_FILENO),
				   .stop = cli->stop};
	struct fault fault;
	double age;
	enum status status = STATUS_OK;
	int code = read_words(cli, &opts, &age);

	if (!code && cli->dry_run)
		return plan_main(cli);
	if (!code)
		code = open_session(&session, cli);
	if (code)
		return code;
	code = open_catalog(&session, cli);
	if (!code) {
		say_lacking(&session);
		opts.etl = session.etl;
		opts.secrets = &session.secrets;
		if (age >= 0) {
			opts.since = clock_wall_s() - (int64_t)age;
			status = expire(&session, &opts, age, &fault);
		}
		if (!status)
			status = engine_refresh(&opts, &report, &fault);
		if (status) {
			code = say_fault(&fault);
		} else {
			say_report(&report);
			code = exit_of(&report);
		}
	}
	close_session(&session);
	return code;
}

/* ---- plan -----------------------------------------------------------------
 */

static bool take_pending(int stage, int state, int64_t count, void *user)
{
	double *calls = user;

	if (stage >= 0 && stage < STAGE_COUNT &&
	    (state == TASK_PENDING || state == TASK_RUNNING))
		calls[stage] += (double)count;
	return true;
}

/* What follows from what is known to be asked: at most so many calls. */
static void foresee(const struct etl *etl, double *calls)
{
	const struct config *config = etl->config;
	double artists = calls[STAGE_ARTISTS] * fmin(100, config->etl.artists);
	double songs;

	if (config->etl.similar > 0)
		calls[STAGE_SIMILAR] += artists;
	calls[STAGE_TRACKS] +=
		artists + calls[STAGE_SIMILAR] * config->etl.similar;
	songs = calls[STAGE_TRACKS] * config->etl.tracks_per_artist;
	calls[STAGE_TAGS] += songs;
	calls[STAGE_LYRICS] += songs;
	calls[STAGE_DETAILS] += songs;
	calls[STAGE_SONGS] += songs;
	calls[STAGE_MEDIA] += calls[STAGE_SONGS];
	calls[STAGE_RECORDINGS] += songs;
	calls[STAGE_LINKS] += calls[STAGE_RECORDINGS];
	calls[STAGE_VIDEOS] += songs;
	/* an artist's lists, and what was searched */
	calls[STAGE_CHANNELS] += calls[STAGE_TRACKS];
	calls[STAGE_UPLOADS] += calls[STAGE_TRACKS];
	calls[STAGE_POPULAR] += calls[STAGE_TRACKS];
	calls[STAGE_LENGTHS] += calls[STAGE_TRACKS] +
				fmin(calls[STAGE_VIDEOS], QUOTA_SEARCH_MAX);
	calls[STAGE_VERIFY] += ceil(songs / 50);
	calls[STAGE_FILES] += calls[STAGE_ITEMS] * 10;
	for (int i = 0; i < STAGE_COUNT; i++)
		if (!etl->on[stage_list()[i].source])
			calls[i] = 0;
}

static void print_time(double seconds)
{
	if (seconds < 3600)
		printf("%5d min", (int)ceil(seconds / 60));
	else
		printf("%5.1f h", seconds / 3600);
}

static void print_plan(const struct session *session, const double *calls)
{
	static const char *const ladder =
		"A video is looked for at one service after the other, so that "
		"the last ones\nare asked for less than this.";

	printf("%-14s %9s %9s  %s\n", "source", "calls", "a second", "takes");
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		double sum = 0, rate = manners_rate(session->etl.config, lane);

		for (int i = 0; i < STAGE_COUNT; i++)
			if (stage_list()[i].lane == lane)
				sum += calls[i];
		if (sum <= 0)
			continue;
		if (lane == LANE_SEARCH)
			sum = fmin(sum, QUOTA_SEARCH_MAX);
		printf("%-14s %9.0f %9.4g  ",
		       lane == LANE_SEARCH ? QUOTA_SEARCH
					   : source_list()[lane].name,
		       sum, rate);
		print_time(sum / rate);
		putchar('\n');
	}
	puts("\nAt most so many; services are asked side by side.");
	if (calls[STAGE_VIDEOS] > 0)
		puts(ladder);
}

static void print_quota(struct catalog *catalog)
{
	int64_t searches = 0, lists = 0;
	char day[11];

	lane_pacific_day(clock_wall_s(), day);
	work_used(catalog, QUOTA_SEARCH, day, &searches);
	work_used(catalog, QUOTA_LIST, day, &lists);
	printf("YouTube's quota: %lld of %d searches and %lld of %d other "
	       "calls are used today\n(%s, Pacific time).\n",
	       (long long)searches, QUOTA_SEARCH_MAX, (long long)lists,
	       QUOTA_LIST_MAX, day);
}

/* What a refresh would begin with is entered, counted, and undone. */
static enum status plan(struct session *session, struct fault *fault)
{
	double calls[STAGE_COUNT] = {0};
	struct catalog *catalog = session->etl.catalog;
	enum status status = catalog_begin(catalog, fault);

	if (status)
		return status;
	status = engine_prepare(&session->etl);
	if (!status)
		status = work_counts(catalog, take_pending, calls);
	catalog_rollback(catalog);
	if (status)
		return fault_set(fault, status, "the catalog",
				 "counting what is to be asked: %s",
				 status_text(status));
	foresee(&session->etl, calls);
	print_plan(session, calls);
	if (session->etl.on[SOURCE_YOUTUBE])
		print_quota(catalog);
	return STATUS_OK;
}

int plan_main(const struct cli *cli)
{
	struct session session;
	struct fault fault;
	enum status status;
	int code = open_session(&session, cli);

	if (code)
		return code;
	say_lacking(&session);
	status = catalog_open(&session.etl.catalog, cli->catalog,
			      access(cli->catalog, F_OK) ? CATALOG_MEMORY
							 : CATALOG_WRITE,
			      &fault);
	if (!status)
		status = plan(&session, &fault);
	close_session(&session);
	return status ? say_fault(&fault) : EX_OK;
}

/* ---- retry ----------------------------------------------------------------
 */

static enum status retry(struct session *session, bool dead, int64_t *count,
			 struct fault *fault)
{
	struct catalog *catalog = session->etl.catalog;
	enum status status = catalog_begin(catalog, fault);

	if (status)
		return status;
	status = work_retry(catalog, INFINITY, dead, count);
	for (int i = 0; !status && i < SOURCE_COUNT; i++)
		if (i != SOURCE_YOUTUBE)
			status = work_stop(catalog, source_list()[i].name, 0);
	if (!status)
		return catalog_commit(catalog, fault);
	catalog_rollback(catalog);
	return fault_set(fault, status, "the catalog", "%s",
			 status_text(status));
}

int retry_main(const struct cli *cli)
{
	struct session session;
	struct fault fault;
	int64_t count = 0;
	int code = open_session(&session, cli);

	if (!code)
		code = open_catalog(&session, cli);
	if (!code && retry(&session, cli->dead, &count, &fault))
		code = say_fault(&fault);
	if (!code)
		printf("%lld calls are to be made again by the next "
		       "refresh.\n",
		       (long long)count);
	close_session(&session);
	return code;
}

/* ---- sources --------------------------------------------------------------
 */

static void print_source(const struct session *session, int id)
{
	const struct source *source = &source_list()[id];
	bool enabled = session->etl.config->etl.sources[id].enabled;

	printf("%-13s %-4s ", source->name, enabled ? "on" : "off");
	if (!source->secret_env)
		puts("needs no key");
	else if (session->secrets.of[id][0])
		printf("has its %s\n", source->secret_env);
	else
		printf("lacks %s: get one at %s\n", source->secret_env,
		       source->secret_page);
}

/* The words that the services ask for stand in the catalog's room. */
static void print_credits(void)
{
	int count;
	const struct credit *list = credits_list(&count);

	for (int i = 0; i < count; i++)
		puts(list[i].words);
}

int sources_main(const struct cli *cli)
{
	struct session session;
	int code = open_session(&session, cli);

	if (code)
		return code;
	for (int i = 0; i < SOURCE_COUNT; i++)
		print_source(&session, i);
	puts("\nKeys stand in the environment, or as NAME=KEY in "
	     "~/.config/mien/secrets (mode 0600).\n");
	if (!cli->config->etl.contact[0] && session.etl.on[SOURCE_MUSICBRAINZ])
		puts("MusicBrainz wants to know whom to write to: set "
		     "etl.contact in the configuration to an\naddress of "
		     "yours. Until then only the program's home is named.\n");
	print_credits();
	close_session(&session);
	return EX_OK;
}
