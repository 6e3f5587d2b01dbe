/* SPDX-License-Identifier: GPL-3.0-or-later */
/* caller: what goes out. */
#include "etl/caller.h"

#include "base/clock.h"
#include "base/text.h"
#include "etl/http.h"
#include "etl/ladder.h"
#include "etl/outcome.h"
#include "etl/stages.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether the day's quota has one left; counts it. */
static enum status use_quota(struct refresh *refresh, int lane, bool *left)
{
	const char *name = manners_name(lane);
	int64_t most = lane == LANE_SEARCH ? QUOTA_SEARCH_MAX : QUOTA_LIST_MAX;
	int64_t used = 0;
	char day[11];
	enum status status;

	*left = true;
	if (manners_source(lane) != SOURCE_YOUTUBE)
		return STATUS_OK;
	lane_pacific_day(clock_wall_s(), day);
	status = work_used(refresh->etl.catalog, name, day, &used);
	*left = used < most;
	if (!status && *left)
		status = work_use(refresh->etl.catalog, name, day, 1);
	return status;
}

static struct flight *free_flight(struct refresh *refresh)
{
	for (int i = 0; i < REFRESH_FLIGHTS; i++)
		if (!refresh->flights[i].used)
			return &refresh->flights[i];
	return NULL;
}

/* From the cache; where that is too old for it, it is asked whether something
 * has changed since. */
static bool recall(struct refresh *refresh, struct flight *flight)
{
	const struct stage *stage = refresh_stage(&flight->task);
	struct work_answer kept = {0};
	bool good;

	if (!stage->keep ||
	    work_recall(refresh->etl.catalog, source_list()[stage->source].name,
			flight->request.target, &kept))
		return false;
	good = kept.until > clock_wall_s() && kept.at >= refresh->opts->since;
	if (good) {
		refresh->report->cached++;
		outcome_recalled(flight, &kept);
	} else {
		text_copy(flight->etag, sizeof(flight->etag), kept.etag);
		text_copy(flight->modified, sizeof(flight->modified),
			  kept.modified);
	}
	free(kept.body);
	return good;
}

static void send_call(struct refresh *refresh, int at, struct flight *flight)
{
	const struct stage *stage = refresh_stage(&flight->task);
	struct lane *lane = &refresh->lanes[at];
	char url[4096], header[SECRET_SIZE + 128], base[MANNERS_ADDRESS];
	bool left = true;
	enum status status;

	flight->mirror = lane->mirror;
	manners_address(refresh->etl.config, stage->source, lane->mirror, base,
			sizeof(base));
	if (!secret_address(refresh->opts->secrets, base, &flight->request, url,
			    sizeof(url), header, sizeof(header))) {
		outcome_unasked(flight, "the address would be too long");
		return;
	}
	if (!refresh_begin(refresh))
		return;
	status = use_quota(refresh, at, &left);
	if (!status && left)
		status = work_settle(refresh->etl.catalog, &flight->task,
				     TASK_RUNNING, 0, refresh_wall_s(), NULL);
	refresh_end(refresh, status);
	if (!left) {
		refresh->report->quota = true;
		refresh_end_lane(
			refresh, at,
			"the day's quota is used up until midnight, Pacific "
			"time");
	} else if (!status) {
		status = http_get(refresh->http, url, header[0] ? header : NULL,
				  flight->request.accept, flight->etag,
				  flight->modified, flight);
		refresh_fail(refresh, status, "asking");
		flight->used = !status;
		lane->under_way += !status;
		refresh->report->calls++;
	}
	explicit_bzero(url, sizeof(url));
	explicit_bzero(header, sizeof(header));
}

/* ---- searches -------------------------------------------------------------
 */

#define SEARCH_LOOK_S 1.0

struct ahead {
	int64_t rank;          /* the song's, as songs are ranked */
	int64_t artists_songs; /* at most so many of each artist */
	int64_t songs, most;
};

static int64_t artists_songs(const struct ahead *ahead, int64_t rank)
{
	bool before = rank / RANK_TRACKS < ahead->rank / RANK_TRACKS;
	int64_t places = ahead->rank % RANK_TRACKS + before;

	return places < ahead->artists_songs ? places : ahead->artists_songs;
}

/* So many songs that go before this one may come to need a search by a call of
 * that stage. */
static bool add_ahead(int stage, int64_t rank, void *user)
{
	struct ahead *ahead = user;

	switch ((enum stage_id)stage) {
	case STAGE_ARTISTS:
	case STAGE_SIMILAR: ahead->songs += QUOTA_SEARCH_MAX; break;
	case STAGE_TRACKS:
	case STAGE_CHANNELS:
	case STAGE_UPLOADS:
	case STAGE_LENGTHS: ahead->songs += artists_songs(ahead, rank); break;
	case STAGE_SONGS:
	case STAGE_MEDIA:
	case STAGE_RECORDINGS:
	case STAGE_LINKS:
		ahead->songs += ladder_search_rank(rank) <
				ladder_search_rank(ahead->rank);
		break;
	default: break;
	}
	return ahead->songs < ahead->most;
}

/* Whether a search is left for the song whatever comes. */
static bool may_search(struct refresh *refresh, const struct task *task)
{
	/* the slowest first, for counting ends where it is too many */
	static const int lanes[] = {SOURCE_MUSICBRAINZ, SOURCE_GENIUS,
				    SOURCE_YOUTUBE, SOURCE_LASTFM};
	struct ahead ahead = {
		.artists_songs = refresh->etl.config->etl.tracks_per_artist};
	struct draft draft;
	int64_t used = 0;
	char day[11];

	lane_pacific_day(clock_wall_s(), day);
	if (work_used(refresh->etl.catalog, QUOTA_SEARCH, day, &used) ||
	    work_draft_get(refresh->etl.catalog, task->draft, &draft))
		return false;
	ahead.rank = draft.rank;
	ahead.most = QUOTA_SEARCH_MAX - used;
	for (int i = 0; i < REFRESH_FLIGHTS; i++)
		if (refresh->flights[i].used)
			add_ahead(refresh->flights[i].task.stage,
				  refresh->flights[i].task.rank, &ahead);
	for (size_t i = 0; i < sizeof(lanes) / sizeof(*lanes); i++)
		if (!refresh->lanes[lanes[i]].over &&
		    ahead.songs < ahead.most &&
		    work_pending(refresh->etl.catalog, lanes[i], add_ahead,
				 &ahead))
			return false;
	return ahead.songs < ahead.most;
}

/* ---- asking ---------------------------------------------------------------
 */

static bool may_ask(const struct refresh *refresh, int at, double now)
{
	const struct lane *lane = &refresh->lanes[at];

	if (lane->over || lane->under_way >= lane->parallel ||
	    now < lane->until || refresh->status)
		return false;
	if (at == LANE_SEARCH && refresh->phase == 0 &&
	    now < refresh->search_at)
		return false;
	return !refresh->opts->limit ||
	       refresh->report->calls < refresh->opts->limit;
}

bool caller_ask(struct refresh *refresh, int at)
{
	struct lane *lane = &refresh->lanes[at];
	struct flight *flight = free_flight(refresh);
	double now = refresh_now_s(), when;
	enum status status;

	if (!flight || !may_ask(refresh, at, now) ||
	    !breaker_lets(&lane->breaker, now, lane->under_way) ||
	    bucket_wait(&lane->bucket, now) > 0)
		return false;
	memset(flight, 0, sizeof(*flight));
	flight->refresh = refresh;
	status = work_next(refresh->etl.catalog, at, refresh->opts->only,
			   refresh_wall_s(), &flight->task);
	if (status == STATUS_NOT_FOUND) {
		status = work_when(refresh->etl.catalog, at,
				   refresh->opts->only, &when);
		lane->until = status ? INFINITY : now + when - refresh_wall_s();
		return false;
	}
	refresh_fail(refresh, status, "looking for work");
	if (status)
		return false;
	if (at == LANE_SEARCH && refresh->phase == 0 &&
	    !may_search(refresh, &flight->task)) {
		refresh->search_at = now + SEARCH_LOOK_S;
		return false;
	}
	flight->request.source = manners_source(at);
	if (!refresh_knows(&flight->task) ||
	    !refresh_stage(&flight->task)
		     ->ask(&refresh->etl, &flight->task, &flight->request)) {
		outcome_unasked(flight, "there is nothing that could be asked");
		return true;
	}
	if (recall(refresh, flight))
		return true;
	bucket_take(&lane->bucket, now);
	send_call(refresh, at, flight);
	return true;
}
