/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine: the loop. Each lane has its bucket, its breaker and what is under
 * way; the tasks themselves stand in the catalog alone.
 */
#include "etl/engine.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/rng.h"
#include "base/text.h"
#include "etl/http.h"
#include "etl/index.h"
#include "etl/lane.h"
#include "etl/language.h"
#include "etl/progress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define FLIGHTS       32
#define STEP_MS       200
#define DRAIN_S       8.0 /* what is under way may take after Ctrl-C */
#define INDEX_LEAST_S 5.0
#define INDEX_SHARE   50.0 /* of the time that entering songs takes */
#define INDEX_SONGS   500
#define CACHE_BYTES   (60 << 20)
#define CACHE_ROUND   512 /* answers kept between two looks at the size */
#define NEGATIVE_S    (14 * 86400.0)
#define BLOCKED_S     86400
#define FAILED_S      86400
#define DEAD_AFTER    3
#define VERIFY_S      (30 * 86400)
#define AGENT         "mien-etl/" MIEN_VERSION " (+" MIEN_CONTACT ")"

struct lane {
	struct bucket bucket;
	struct breaker breaker;
	int parallel, under_way, blocked;
	bool over;    /* for this run */
	double until; /* nothing to ask before; INFINITY: until news */
};

struct engine;

/* A call under way. */
struct flight {
	struct engine *engine;
	struct task task;
	struct source_request request;
	bool used;
};

struct engine {
	const struct engine_opts *opts;
	struct engine_report *report;
	struct etl etl;
	struct http *http;
	struct lane lanes[LANE_COUNT];
	struct flight flights[FLIGHTS];
	struct rng rng;
	struct progress progress;
	enum status status; /* of the catalog; the loop ends at the first */
	struct fault *fault;
	double begun, index_at, show_at;
	int kept, phase;
	int64_t settled;
};

/* ---- times ----------------------------------------------------------------
 */

static double now_s(void)
{
	return (double)clock_monotonic_ns() / CLOCK_NS_PER_S;
}

static double wall_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- manners --------------------------------------------------------------
 */

const char *engine_base_url(const struct config *config, enum source_id id)
{
	const char *given = config->etl.sources[id].base_url;

	return given[0] ? given : source_list()[id].base_url;
}

/* YouTube's search goes at one a second by itself. */
#define SEARCH_RATE 1.0

static enum source_id source_of(int lane)
{
	return lane == LANE_SEARCH ? SOURCE_YOUTUBE : (enum source_id)lane;
}

static double default_rate(int lane)
{
	return lane == LANE_SEARCH ? SEARCH_RATE : source_list()[lane].rate;
}

double engine_rate(const struct config *config, int lane)
{
	double given = config->etl.sources[source_of(lane)].rate;

	return given > 0 ? given : default_rate(lane);
}

static void open_lanes(struct engine *engine)
{
	for (int i = 0; i < LANE_COUNT; i++) {
		const struct source *source = &source_list()[source_of(i)];
		struct lane *lane = &engine->lanes[i];
		double rate = engine_rate(engine->opts->etl.config, i);
		double scale = rate / default_rate(i);
		double burst = i == LANE_SEARCH ? 1 : source->burst;

		bucket_init(&lane->bucket, rate, burst * scale, now_s());
		/* a faster service than was thought takes more at once */
		lane->parallel = (int)fmin(
			8, fmax(source->parallel, source->parallel * scale));
		if (i == LANE_SEARCH)
			lane->parallel = 1;
		lane->breaker.limit = source->breaker;
		lane->over = !engine->etl.on[source_of(i)];
	}
}

/* The service is not asked any more in this run. */
static void end_lane(struct engine *engine, int lane, const char *why)
{
	enum source_id id = source_of(lane);

	if (engine->lanes[lane].over)
		return;
	engine->lanes[lane].over = true;
	text_copy(engine->report->words[id], sizeof(engine->report->words[id]),
		  why);
	log_write(LOG_WARNING, "%s: %s", source_list()[id].title, why);
}

static void end_source(struct engine *engine, enum source_id id,
		       const char *why)
{
	for (int i = 0; i < LANE_COUNT; i++)
		if (source_of(i) == id)
			end_lane(engine, i, why);
}

/* A stop that was written down in an earlier run. */
static enum status heed_stops(struct engine *engine)
{
	int64_t until = 0, now = clock_wall_s();
	enum status status = STATUS_OK;

	for (int i = 0; !status && i < LANE_COUNT; i++) {
		const char *name = i == LANE_SEARCH ? QUOTA_SEARCH
						    : source_list()[i].name;

		status = work_stopped(engine->etl.catalog, name, &until);
		if (!status && until > now)
			end_lane(engine, i,
				 i == LANE_SEARCH
					 ? "the day's searches are used up"
					 : "it would not answer, and is left "
					   "alone for a day");
	}
	return status;
}

/* ---- transactions ---------------------------------------------------------
 */

static void fail(struct engine *engine, enum status status, const char *doing)
{
	if (!status || engine->status)
		return;
	engine->status = status;
	fault_set(engine->fault, status, "the catalog", "%s: %s", doing,
		  status_text(status));
}

/* Waits, half a minute, for another program to have written. */
static bool begin(struct engine *engine)
{
	enum status status = STATUS_BUSY;

	for (int i = 0; status == STATUS_BUSY && i < 30; i++)
		status = catalog_begin(engine->etl.catalog, engine->fault);
	if (status)
		engine->status = status;
	return !status;
}

static void end(struct engine *engine, enum status status)
{
	if (!status) {
		status = catalog_commit(engine->etl.catalog, engine->fault);
		if (status)
			engine->status = status;
		return;
	}
	catalog_rollback(engine->etl.catalog);
	fail(engine, status, "writing an answer");
}

/* ---- answers --------------------------------------------------------------
 */

static const struct stage *stage_of(const struct task *task)
{
	return &stage_list()[task->stage];
}

static void news(struct engine *engine)
{
	for (int i = 0; i < LANE_COUNT; i++)
		engine->lanes[i].until = 0;
}

static enum status keep(struct engine *engine, const struct flight *flight,
			const struct http_answer *answer,
			enum source_outcome outcome)
{
	const struct stage *stage = stage_of(&flight->task);
	int64_t now = clock_wall_s();
	double age = outcome == SOURCE_MISSING ? NEGATIVE_S : stage->age_s;
	enum status status;

	if (!stage->keep)
		return STATUS_OK;
	status = work_keep(
		engine->etl.catalog, source_list()[stage->source].name,
		flight->request.target, answer->body, answer->length,
		answer->content_type, answer->status, now, now + (int64_t)age);
	if (!status && ++engine->kept % CACHE_ROUND == 0)
		status = work_trim(engine->etl.catalog, now, CACHE_BYTES);
	return status;
}

/* Written as it ended, and what is asked instead. */
static enum status settle(struct engine *engine, struct task *task,
			  enum task_state state, double wait, const char *error)
{
	double now = wall_s();
	const struct stage *stage = stage_of(task);
	enum status status;

	if (state == TASK_FAILED && ++task->failures >= DEAD_AFTER)
		state = TASK_DEAD;
	status = work_settle(engine->etl.catalog, task, state, now + wait, now,
			     error);
	if (!status && state > TASK_DONE && stage->without)
		status = stage->without(&engine->etl, task);
	if (state > TASK_RUNNING)
		engine->settled++;
	if (state == TASK_DONE || state == TASK_MISSING)
		engine->report->useful++;
	else if (state != TASK_PENDING)
		engine->report->failed++;
	return status;
}

/* Again later, or never more in this run. */
static enum status settle_retry(struct engine *engine, struct task *task,
				double asked, const char *error)
{
	struct lane *lane = &engine->lanes[stage_of(task)->lane];
	double wait = lane_backoff(task->attempts, asked, &engine->rng);

	task->attempts++;
	if (breaker_bad(&lane->breaker, now_s())) {
		char why[256];

		snprintf(why, sizeof(why),
			 "it fails again and again (%s); the rest waits for "
			 "the next refresh",
			 error);
		end_source(engine, stage_of(task)->source, why);
	}
	/* it told the program as a whole to wait, not this call */
	if (asked > 0)
		lane->breaker.until = fmax(lane->breaker.until, now_s() + wait);
	if (task->attempts < LANE_TRIES)
		return settle(engine, task, TASK_PENDING, wait, error);
	return settle(engine, task, TASK_FAILED, 0, error);
}

static enum status settle_blocked(struct engine *engine, struct task *task,
				  const char *error)
{
	const struct stage *stage = stage_of(task);
	struct lane *lane = &engine->lanes[stage->lane];
	enum status status = settle(engine, task, TASK_BLOCKED, 0, error);

	if (++lane->blocked < source_list()[stage->source].breaker)
		return status;
	end_source(engine, stage->source,
		   "it would not answer, and is left alone for a day");
	if (!status)
		status = work_stop(engine->etl.catalog,
				   source_list()[stage->source].name,
				   clock_wall_s() + BLOCKED_S);
	return status;
}

static enum status settle_quota(struct engine *engine, struct task *task,
				const char *error)
{
	const struct stage *stage = stage_of(task);
	const char *name = stage->lane == LANE_SEARCH
				   ? QUOTA_SEARCH
				   : source_list()[stage->source].name;
	int64_t now = clock_wall_s();

	engine->report->quota = true;
	end_lane(engine, stage->lane,
		 "its quota is used up until its next day begins");
	return work_stop(engine->etl.catalog, name,
			 stage->source == SOURCE_YOUTUBE
				 ? lane_pacific_midnight(now)
				 : now + BLOCKED_S)
		       ?: settle(engine, task, TASK_PENDING, 0, error);
}

static enum status settle_outcome(struct engine *engine, struct flight *flight,
				  enum source_outcome outcome,
				  const struct facts *facts)
{
	struct task *task = &flight->task;
	struct lane *lane = &engine->lanes[stage_of(task)->lane];
	const char *error = facts->error;
	char why[256];

	if (outcome == SOURCE_OK || outcome == SOURCE_MISSING) {
		breaker_good(&lane->breaker);
		lane->blocked = 0;
		task->attempts = task->failures = 0;
	}
	switch (outcome) {
	case SOURCE_OK: return settle(engine, task, TASK_DONE, 0, NULL);
	case SOURCE_MISSING:
		return settle(engine, task, TASK_MISSING, 0, error);
	case SOURCE_RETRY:
		return settle_retry(engine, task, facts->wait_s, error);
	case SOURCE_BLOCKED: return settle_blocked(engine, task, error);
	case SOURCE_QUOTA: return settle_quota(engine, task, error);
	case SOURCE_FATAL:
		engine->report->refused = true;
		snprintf(why, sizeof(why),
			 "it refuses the key or the program "
			 "(%s)",
			 error);
		end_source(engine, stage_of(task)->source, why);
		return settle(engine, task, TASK_PENDING, 0, error);
	case SOURCE_BAD: break;
	}
	return settle(engine, task, TASK_FAILED, 0, error);
}

/* What the answer says and that it came, as one. */
static void digest(struct engine *engine, struct flight *flight,
		   const struct http_answer *answer, bool fresh)
{
	const struct stage *stage = stage_of(&flight->task);
	struct facts facts = {0};
	enum source_outcome outcome;
	enum status status = STATUS_OK;

	if (!begin(engine))
		return;
	outcome = stage->take(&engine->etl, &flight->task, answer, &facts,
			      &status);
	if (!status && outcome == SOURCE_RETRY && answer->retry_after_s > 0)
		facts.wait_s = fmax(facts.wait_s, answer->retry_after_s);
	if (!status)
		status = settle_outcome(engine, flight, outcome, &facts);
	if (!status && fresh &&
	    (outcome == SOURCE_OK || outcome == SOURCE_MISSING))
		status = keep(engine, flight, answer, outcome);
	end(engine, status);
	facts_done(&facts);
	news(engine);
}

static void no_answer(struct engine *engine, struct flight *flight,
		      enum http_trouble trouble, const char *why)
{
	enum status status;

	if (!begin(engine))
		return;
	status = trouble == HTTP_TEMPORARY
			 ? settle_retry(engine, &flight->task, 0, why)
			 : settle(engine, &flight->task, TASK_FAILED, 0, why);
	end(engine, status);
	news(engine);
}

static void landed(void *ticket, enum http_trouble trouble,
		   struct http_answer *answer, const char *why)
{
	struct flight *flight = ticket;
	struct engine *engine = flight->engine;
	const struct stage *stage = stage_of(&flight->task);

	engine->lanes[stage->lane].under_way--;
	flight->used = false;
	if (engine->status)
		return;
	if (trouble) {
		no_answer(engine, flight, trouble, why);
		return;
	}
	secret_mask(engine->opts->secrets, stage->source, answer->body,
		    answer->length);
	digest(engine, flight, answer, true);
}

/* ---- asking ---------------------------------------------------------------
 */

/* Whether the day's quota has one left; counts it. */
static enum status use_quota(struct engine *engine, int lane, bool *left)
{
	const char *name = lane == LANE_SEARCH ? QUOTA_SEARCH : QUOTA_LIST;
	int64_t most = lane == LANE_SEARCH ? QUOTA_SEARCH_MAX : QUOTA_LIST_MAX;
	int64_t used = 0;
	char day[11];
	enum status status;

	*left = true;
	if (source_of(lane) != SOURCE_YOUTUBE)
		return STATUS_OK;
	lane_pacific_day(clock_wall_s(), day);
	status = work_used(engine->etl.catalog, name, day, &used);
	*left = used < most;
	if (!status && *left)
		status = work_use(engine->etl.catalog, name, day, 1);
	return status;
}

static struct flight *free_flight(struct engine *engine)
{
	for (int i = 0; i < FLIGHTS; i++)
		if (!engine->flights[i].used)
			return &engine->flights[i];
	return NULL;
}

static bool recall(struct engine *engine, struct flight *flight)
{
	const struct stage *stage = stage_of(&flight->task);
	struct http_answer answer = {0};

	if (!stage->keep ||
	    work_recall(engine->etl.catalog, source_list()[stage->source].name,
			flight->request.target, clock_wall_s(),
			engine->opts->since, &answer.body, &answer.length,
			answer.content_type, sizeof(answer.content_type),
			&answer.status))
		return false;
	engine->report->cached++;
	digest(engine, flight, &answer, false);
	free(answer.body);
	return true;
}

static void cannot_ask(struct engine *engine, struct flight *flight,
		       const char *why)
{
	if (!begin(engine))
		return;
	end(engine, settle(engine, &flight->task, TASK_FAILED, 0, why));
	news(engine);
}

static void send_call(struct engine *engine, int at, struct flight *flight)
{
	const struct stage *stage = stage_of(&flight->task);
	char url[4096], header[SECRET_SIZE + 128];
	bool left = true;
	enum status status;

	if (!secret_address(engine->opts->secrets,
			    engine_base_url(engine->etl.config, stage->source),
			    &flight->request, url, sizeof(url), header,
			    sizeof(header))) {
		cannot_ask(engine, flight, "the address would be too long");
		return;
	}
	if (!begin(engine))
		return;
	status = use_quota(engine, at, &left);
	if (!status && left)
		status = work_settle(engine->etl.catalog, &flight->task,
				     TASK_RUNNING, 0, wall_s(), NULL);
	end(engine, status);
	if (!left) {
		engine->report->quota = true;
		end_lane(engine, at,
			 "the day's quota is used up until midnight, Pacific "
			 "time");
	} else if (!status) {
		status = http_get(engine->http, url, header[0] ? header : NULL,
				  flight->request.accept, flight);
		fail(engine, status, "asking");
		flight->used = !status;
		engine->lanes[at].under_way += !status;
		engine->report->calls++;
	}
	explicit_bzero(url, sizeof(url));
	explicit_bzero(header, sizeof(header));
}

static bool may_ask(const struct engine *engine, int at, double now)
{
	const struct lane *lane = &engine->lanes[at];

	if (lane->over || lane->under_way >= lane->parallel ||
	    now < lane->until || engine->status)
		return false;
	if (at == LANE_SEARCH && engine->phase == 0)
		return false;
	return !engine->opts->limit ||
	       engine->report->calls < engine->opts->limit;
}

/* One call of a lane, if it has one to make now. */
static bool ask(struct engine *engine, int at)
{
	struct lane *lane = &engine->lanes[at];
	struct flight *flight = free_flight(engine);
	double now = now_s(), when;
	enum status status;

	if (!flight || !may_ask(engine, at, now) ||
	    !breaker_lets(&lane->breaker, now, lane->under_way) ||
	    bucket_wait(&lane->bucket, now) > 0)
		return false;
	memset(flight, 0, sizeof(*flight));
	flight->engine = engine;
	status = work_next(engine->etl.catalog, at, engine->opts->only,
			   wall_s(), &flight->task);
	if (status == STATUS_NOT_FOUND) {
		status = work_when(engine->etl.catalog, at, engine->opts->only,
				   &when);
		lane->until = status ? INFINITY : now + when - wall_s();
		return false;
	}
	fail(engine, status, "looking for work");
	if (status)
		return false;
	flight->request.source = source_of(at);
	if (flight->task.stage >= STAGE_COUNT ||
	    !stage_of(&flight->task)
		     ->ask(&engine->etl, &flight->task, &flight->request)) {
		cannot_ask(engine, flight,
			   "there is nothing that could be asked");
		return true;
	}
	if (recall(engine, flight))
		return true;
	bucket_take(&lane->bucket, now);
	send_call(engine, at, flight);
	return true;
}

/* ---- the loop -------------------------------------------------------------
 */

static bool lane_has_work(struct engine *engine, int at)
{
	const struct lane *lane = &engine->lanes[at];
	double when;

	if (lane->over || (at == LANE_SEARCH && engine->phase == 0))
		return false;
	if (breaker_is_over(&lane->breaker))
		return false;
	return !work_when(engine->etl.catalog, at, engine->opts->only, &when);
}

static bool is_idle(struct engine *engine)
{
	if (http_flying(engine->http))
		return false;
	if (engine->opts->limit && engine->report->calls >= engine->opts->limit)
		return true;
	for (int i = 0; i < LANE_COUNT; i++)
		if (lane_has_work(engine, i))
			return false;
	return true;
}

/* How long nothing can be sent, in milliseconds. */
static int wait_ms(struct engine *engine)
{
	double now = now_s(), least = STEP_MS / 1000.0;

	for (int i = 0; i < LANE_COUNT; i++) {
		struct lane *lane = &engine->lanes[i];
		double wait;

		if (lane->over || lane->under_way >= lane->parallel ||
		    (i == LANE_SEARCH && engine->phase == 0))
			continue;
		wait = fmax(bucket_wait(&lane->bucket, now),
			    fmax(lane->until, lane->breaker.until) - now);
		least = fmin(least, wait);
	}
	return (int)ceil(fmax(0, least) * 1000);
}

static void enter_songs(struct engine *engine, bool all)
{
	struct index_tally tally = {0};
	double begun = now_s();
	bool more = true;

	while (more && !engine->status && begin(engine)) {
		enum status status = index_drafts(engine->etl.catalog, all,
						  all ? 0 : INDEX_SONGS, &tally,
						  &more, engine->fault);

		if (status)
			engine->status = status;
		end(engine, status);
		if (!all)
			break;
	}
	engine->report->entered += tally.entered;
	engine->report->left_out = tally.left_out;
	engine->index_at =
		now_s() + fmax(INDEX_LEAST_S, (now_s() - begun) * INDEX_SHARE);
}

static bool add_count(int stage, int state, int64_t count, void *user)
{
	int64_t *pending = user;

	(void)stage;
	if (state == TASK_PENDING || state == TASK_RUNNING)
		*pending += count;
	return true;
}

static void show(struct engine *engine)
{
	int64_t pending = 0, now = clock_monotonic_ns();
	double begun = now_s();

	if (begun < engine->show_at)
		return;
	if (work_counts(engine->etl.catalog, add_count, &pending))
		return;
	/* counting is not free: a hundredth of the time at most */
	engine->show_at = begun + fmax(1, (now_s() - begun) * 100);
	engine->progress.total = (size_t)(engine->settled + pending);
	progress_step(&engine->progress, (size_t)engine->settled, now);
}

/* What waits until all else is settled: searches, so that the few there are
 * go to the songs highest in rank, and then whether videos are there. */
static bool next_phase(struct engine *engine)
{
	enum status status = STATUS_OK;

	if (engine->phase == 2 ||
	    (engine->opts->limit &&
	     engine->report->calls >= engine->opts->limit))
		return false;
	engine->phase++;
	news(engine);
	if (engine->phase == 2 &&
	    (engine->opts->only < 0 || engine->opts->only == STAGE_VERIFY)) {
		if (!begin(engine))
			return false;
		status = stage_verify(&engine->etl, clock_wall_s() - VERIFY_S);
		end(engine, status);
	}
	return !engine->status;
}

/* With few songs no search is denied to anyone: they need not wait. */
static void look_ahead(struct engine *engine)
{
	int64_t songs = 0, used = 0, until = 0;
	char day[11];
	double when;

	if (engine->phase || engine->lanes[LANE_SEARCH].over ||
	    !work_when(engine->etl.catalog, SOURCE_LASTFM, STAGE_TRACKS,
		       &when) ||
	    !work_when(engine->etl.catalog, SOURCE_LASTFM, STAGE_ARTISTS,
		       &when) ||
	    engine->lanes[SOURCE_LASTFM].under_way)
		return;
	lane_pacific_day(clock_wall_s(), day);
	if (!work_used(engine->etl.catalog, QUOTA_SEARCH, day, &used) &&
	    !work_stopped(engine->etl.catalog, QUOTA_SEARCH, &until) &&
	    !work_draft_count(engine->etl.catalog, NULL, &songs) && songs &&
	    songs <= QUOTA_SEARCH_MAX - used)
		engine->phase = 1;
}

static void loop(struct engine *engine)
{
	while (!engine->status && !*engine->opts->stop) {
		bool sent;

		do {
			sent = false;
			for (int i = 0; i < LANE_COUNT; i++)
				sent |= ask(engine, i);
		} while (sent && !engine->status && !*engine->opts->stop);
		if (is_idle(engine) && !next_phase(engine))
			break;
		http_step(engine->http, wait_ms(engine), landed);
		if (now_s() >= engine->index_at) {
			enter_songs(engine, false);
			look_ahead(engine);
		}
		show(engine);
	}
}

/* Ctrl-C: what is under way may come in still. */
static void drain(struct engine *engine)
{
	double end_at = now_s() + DRAIN_S;

	while (http_flying(engine->http) && !engine->status && now_s() < end_at)
		http_step(engine->http, STEP_MS, landed);
	engine->report->interrupted = *engine->opts->stop != 0;
}

enum status engine_prepare(struct etl *etl)
{
	double now = wall_s();
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

static enum status prepare(struct engine *engine)
{
	uint64_t seed = (uint64_t)clock_monotonic_ns();
	enum status status;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed ^= (uint64_t)clock_wall_s();
	rng_init(&engine->rng, seed);
	if (!begin(engine))
		return engine->status;
	status = engine_prepare(&engine->etl);
	end(engine, status);
	return engine->status ? engine->status : heed_stops(engine);
}

static enum status run(struct engine *engine)
{
	enum status status = prepare(engine);

	if (status)
		return status;
	engine->begun = now_s();
	engine->index_at = engine->begun + INDEX_LEAST_S;
	progress_begin(&engine->progress, 0, engine->opts->on_terminal,
		       clock_monotonic_ns());
	loop(engine);
	progress_clear(&engine->progress);
	drain(engine);
	if (!engine->status)
		enter_songs(engine, true);
	if (!engine->status && begin(engine))
		end(engine, work_recover(engine->etl.catalog)
				    ?: work_trim(engine->etl.catalog,
						 clock_wall_s(), CACHE_BYTES));
	return engine->status;
}

enum status engine_refresh(const struct engine_opts *opts,
			   struct engine_report *report, struct fault *fault)
{
	struct engine *engine = calloc(1, sizeof(*engine));
	enum status status;

	memset(report, 0, sizeof(*report));
	if (!engine)
		return fault_set(fault, STATUS_NO_MEMORY, "refresh", "%s",
				 status_text(STATUS_NO_MEMORY));
	engine->opts = opts;
	engine->report = report;
	engine->etl = opts->etl;
	engine->fault = fault;
	/* without it lyrics are of unknown language, and say nothing */
	if (language_open(&engine->etl.language, fault))
		engine->etl.language = NULL;
	open_lanes(engine);
	status = http_open(&engine->http, AGENT, fault);
	if (!status)
		status = run(engine);
	http_close(engine->http);
	language_close(engine->etl.language);
	free(engine);
	return status;
}
