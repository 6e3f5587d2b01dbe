/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * picker: remembers a session, draws a pool of songs for the mood, weighs
 * them, and lets the seed decide. Knows neither clock nor screen.
 */
#include "catalog/picker.h"

#include "catalog/pool.h"
#include "catalog/reason.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Longer than any spacing of artists. */
#define PAST_ROOM 64

/* What counts as lately: so many songs, and before a session so long ago. */
#define LATELY   5
#define LATELY_S (6 * 3600)

/* Songs to draw for a pick. The known are few among many, and would be drawn
 * hardly ever if they had no share of their own. */
#define WANTED             256
#define WANTED_KNOWN       64
#define PER_CELL           64
#define PER_CELL_KNOWN     32
#define PER_CELL_AT_RANDOM 8
#define FROM_UNKNOWN       16

/* Beyond this the known are not worth looking for (score.c: match_width). */
#define NEARBY 0.7

struct past {
	int64_t id; /* 0: heard before this session */
	int64_t artist, genre;
	bool has_place;
	struct place place;
	unsigned walk; /* of which lift it was a step, 0: none */
};

struct picker {
	struct catalog *catalog;
	struct rng rng;
	bool begun;
	int64_t *heard; /* this session's, sorted */
	int heard_count, heard_room;
	int64_t playing;             /* as good as heard; 0: none */
	struct past past[PAST_ROOM]; /* the newest last */
	int past_count;
	struct {
		unsigned number; /* 0: none yet */
		bool active;
		enum emotion emotion;
		struct place from;
		int steps; /* picked so far */
	} lift;
	struct pool pool;
	catalog_may_play_fn *may_play;
	void *player;  /* for may_play */
	bool asks_all; /* it of every song that is drawn */
};

static const char *const names[] = {
	[POLICY_MATCH] = "match",
	[POLICY_LIFT] = "lift",
	[POLICY_SURPRISE] = "surprise",
};

const char *policy_name(enum policy policy)
{
	return (unsigned)policy <= POLICY_SURPRISE ? names[policy] : "unknown";
}

bool policy_from_name(const char *name, enum policy *out)
{
	for (int i = 0; i <= POLICY_SURPRISE; i++) {
		if (!strcasecmp(name, names[i])) {
			*out = (enum policy)i;
			return true;
		}
	}
	return false;
}

/* ---- what was heard -------------------------------------------------- */

/* Where id is in the sorted list, or would be. */
static int heard_at(const struct picker *picker, int64_t id)
{
	int low = 0, high = picker->heard_count;

	while (low < high) {
		int middle = low + (high - low) / 2;

		if (picker->heard[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool was_heard(const struct picker *picker, int64_t id)
{
	int at = heard_at(picker, id);

	return at < picker->heard_count && picker->heard[at] == id;
}

static bool is_heard(int64_t id, const void *user)
{
	const struct picker *picker = user;

	return id == picker->playing || was_heard(picker, id);
}

static enum status hear(struct picker *picker, int64_t id)
{
	int at = heard_at(picker, id);

	if (picker->heard_count == picker->heard_room) {
		int room = picker->heard_room ? 2 * picker->heard_room : 64;
		int64_t *grown =
			realloc(picker->heard, (size_t)room * sizeof(*grown));

		if (!grown)
			return STATUS_NO_MEMORY;
		picker->heard = grown;
		picker->heard_room = room;
	}
	memmove(picker->heard + at + 1, picker->heard + at,
		(size_t)(picker->heard_count - at) * sizeof(*picker->heard));
	picker->heard[at] = id;
	picker->heard_count++;
	return STATUS_OK;
}

static void unhear(struct picker *picker, int64_t id)
{
	int at = heard_at(picker, id);

	if (!was_heard(picker, id))
		return;
	picker->heard_count--;
	memmove(picker->heard + at, picker->heard + at + 1,
		(size_t)(picker->heard_count - at) * sizeof(*picker->heard));
}

static void remember(struct picker *picker, const struct past *past)
{
	if (picker->past_count == PAST_ROOM) {
		picker->past_count--;
		memmove(picker->past, picker->past + 1,
			(PAST_ROOM - 1) * sizeof(*picker->past));
	}
	picker->past[picker->past_count++] = *past;
}

static int since_artist(int64_t artist, const void *user)
{
	const struct picker *picker = user;

	for (int i = picker->past_count; i--;)
		if (picker->past[i].artist == artist)
			return picker->past_count - i;
	return INT_MAX;
}

/* What was played before a restart is heard lately, too. */
static enum status remember_history(struct picker *picker, int64_t now)
{
	static const char sql[] =
		"SELECT t.artist, t.genre, t.valence, t.arousal"
		" FROM (SELECT id, track, at FROM event"
		"  WHERE kind = ? AND at > ? ORDER BY at DESC, id DESC LIMIT "
		"?) e"
		" JOIN track t ON t.id = e.track ORDER BY e.at, e.id";
	sqlite3_stmt *stmt = STORE_USE(picker->catalog, sql,
				       INT(CATALOG_PLAYED), INT(now - LATELY_S),
				       INT(LATELY));
	enum status status;

	picker->begun = true;
	while (!(status = store_step(picker->catalog, stmt))) {
		struct past past = {
			.artist = sqlite3_column_int64(stmt, 0),
			.genre = sqlite3_column_int64(stmt, 1),
			.has_place = sqlite3_column_type(stmt, 2) !=
				     SQLITE_NULL,
			.place = {sqlite3_column_double(stmt, 2),
				  sqlite3_column_double(stmt, 3)},
		};

		remember(picker, &past);
	}
	return status == STATUS_END ? STATUS_OK : status;
}

enum status picker_new(struct picker **out, struct catalog *catalog,
		       uint64_t seed)
{
	struct picker *picker = calloc(1, sizeof(*picker));

	if (!picker)
		return STATUS_NO_MEMORY;
	picker->catalog = catalog;
	rng_init(&picker->rng, seed);
	*out = picker;
	return STATUS_OK;
}

void picker_free(struct picker *picker)
{
	if (!picker)
		return;
	free(picker->heard);
	free(picker);
}

void picker_allow(struct picker *picker, catalog_may_play_fn *may_play,
		  void *user)
{
	picker->may_play = may_play;
	picker->player = user;
}

void picker_plays(struct picker *picker, int64_t id)
{
	picker->playing = id;
}

void picker_return(struct picker *picker, int64_t id)
{
	for (int i = picker->past_count; id && i--;) {
		struct past *past = &picker->past[i];

		if (past->id != id)
			continue;
		if (past->walk && past->walk == picker->lift.number)
			picker->lift.steps--;
		picker->past_count--;
		memmove(past, past + 1,
			(size_t)(picker->past_count - i) * sizeof(*past));
		unhear(picker, id);
		return;
	}
}

/* ---- what is looked for ---------------------------------------------- */

static double bounded(float x)
{
	return x >= -1 && x <= 1 ? (double)x : x > 1 ? 1 : x < -1 ? -1 : 0;
}

/* Steps on along the lift, or begins another. Returns the step's number. */
static int lift_step(struct picker *picker, const struct mood *mood,
		     struct place *place)
{
	if (!picker->lift.active || picker->lift.emotion != mood->emotion) {
		picker->lift.active = true;
		picker->lift.number++;
		picker->lift.emotion = mood->emotion;
		picker->lift.from = *place;
		picker->lift.steps = 0;
	}
	if (mood->emotion == EMOTION_HAPPY ||
	    score_is_lifted(picker->lift.from))
		return 0;
	*place = score_lift_step(picker->lift.from,
				 picker->lift.steps < SCORE_LIFT_STEPS
					 ? picker->lift.steps + 1
					 : SCORE_LIFT_STEPS);
	return picker->lift.steps + 1;
}

static void look_back(const struct picker *picker, struct aim *aim)
{
	struct place sum = {0, 0};
	int places = 0;

	for (int i = picker->past_count; i-- && aim->heard_count < LATELY;) {
		const struct past *past = &picker->past[i];

		aim->heard_genres[aim->heard_count++] = past->genre;
		if (!past->has_place)
			continue;
		sum.valence += past->place.valence;
		sum.arousal += past->place.arousal;
		places++;
	}
	aim->heard = aim->place;
	if (places)
		aim->heard = (struct place){sum.valence / places,
					    sum.arousal / places};
}

static struct aim take_aim(struct picker *picker, const struct mood *mood,
			   enum policy policy, int *step)
{
	const struct past *last =
		picker->past_count ? &picker->past[picker->past_count - 1]
				   : NULL;
	struct aim aim = {
		.policy = policy,
		.place = {bounded(mood->valence), bounded(mood->arousal)},
	};

	*step = 0;
	if (policy == POLICY_LIFT)
		*step = lift_step(picker, mood, &aim.place);
	else
		picker->lift.active = false;
	if (last && last->id)
		aim.last_genre = last->genre;
	if (*step && last && last->has_place &&
	    last->walk == picker->lift.number) {
		aim.has_floor = true;
		aim.floor = last->place.valence;
	}
	look_back(picker, &aim);
	return aim;
}

/* ---- drawing --------------------------------------------------------- */

/* The nearest cells first; the unknown has its own few before them. */
static enum status draw_near(struct picker *picker, const struct aim *aim,
			     const struct pool_guard *guard)
{
	struct pool_search search = {.per_cell = PER_CELL_KNOWN,
				     .wanted = WANTED_KNOWN,
				     .known_only = true};
	enum status status;

	grid_order(aim->place.valence, aim->place.arousal, search.cells);
	while (search.cell_count < GRID_SQUARES &&
	       grid_distance(search.cells[search.cell_count],
			     aim->place.valence, aim->place.arousal) < NEARBY)
		search.cell_count++;
	status = pool_fill(&picker->pool, picker->catalog, &search, guard,
			   &picker->rng);
	if (status)
		return status;
	search = (struct pool_search){.cells = {GRID_UNKNOWN},
				      .cell_count = 1,
				      .per_cell = FROM_UNKNOWN,
				      .wanted = WANTED};
	status = pool_fill(&picker->pool, picker->catalog, &search, guard,
			   &picker->rng);
	if (status)
		return status;
	grid_order(aim->place.valence, aim->place.arousal, search.cells);
	search.cell_count = GRID_SQUARES;
	search.per_cell = PER_CELL;
	return pool_fill(&picker->pool, picker->catalog, &search, guard,
			 &picker->rng);
}

/* Any cells, but those that are not against the mood first. */
static enum status draw_anywhere(struct picker *picker, const struct aim *aim,
				 const struct pool_guard *guard)
{
	struct pool_search search = {.cell_count = GRID_SQUARES + 1,
				     .per_cell = PER_CELL_AT_RANDOM,
				     .wanted = WANTED};
	int sorted[GRID_SQUARES + 1] = {0}, count = 0;

	for (int i = 0; i <= GRID_SQUARES; i++) {
		int j = (int)rng_below(&picker->rng, (uint32_t)i + 1);

		search.cells[i] = search.cells[j];
		search.cells[j] = i;
	}
	for (int against = 0; against < 2; against++) {
		for (int i = 0; i <= GRID_SQUARES; i++) {
			struct song middle = {.has_place = search.cells[i] !=
							   GRID_UNKNOWN};

			grid_middle(search.cells[i], &middle.place.valence,
				    &middle.place.arousal);
			if (score_is_contrary(aim, &middle) == (against == 1))
				sorted[count++] = search.cells[i];
		}
	}
	memcpy(search.cells, sorted, sizeof(sorted));
	return pool_fill(&picker->pool, picker->catalog, &search, guard,
			 &picker->rng);
}

static enum status draw(struct picker *picker, const struct aim *aim,
			const struct mood *mood, int64_t now)
{
	struct pool_guard guard = {
		.is_heard = is_heard,
		.since_artist = since_artist,
		.user = picker,
		.may_play = picker->asks_all ? picker->may_play : NULL,
		.player = picker->player,
		.emotion = (int)mood->emotion,
		.now = now};
	int64_t tracks = 0, artists = 0;
	enum status status = catalog_count(picker->catalog, &tracks);

	if (!status)
		status = store_integer(picker->catalog,
				       "SELECT artists FROM tally", &artists,
				       NULL, 0);
	if (status)
		return status;
	guard.artist_gap = score_artist_gap(tracks, artists);
	picker->pool.count = picker->pool.spaced = picker->pool.left_out = 0;
	return aim->policy == POLICY_SURPRISE
		       ? draw_anywhere(picker, aim, &guard)
		       : draw_near(picker, aim, &guard);
}

/* All were heard: from the beginning, only not with the last one. */
static void forget(struct picker *picker)
{
	int64_t last = picker->past_count
			       ? picker->past[picker->past_count - 1].id
			       : 0;

	picker->heard_count = 0;
	if (last)
		hear(picker, last); /* room is there */
}

static enum status fill(struct picker *picker, const struct aim *aim,
			const struct mood *mood, int64_t now)
{
	enum status status = draw(picker, aim, mood, now);

	if (!status && !picker->pool.count && picker->heard_count) {
		forget(picker);
		status = draw(picker, aim, mood, now);
	}
	/* the last one is the only one */
	if (!status && !picker->pool.count &&
	    (picker->heard_count || picker->playing)) {
		picker->heard_count = 0;
		picker->playing = 0;
		status = draw(picker, aim, mood, now);
	}
	if (!status && !picker->pool.count)
		status = STATUS_NOT_FOUND;
	return status;
}

/*
 * The songs that may be drawn, by how long ago their artist was heard: far
 * enough; else not just now; else any. The next rule comes in where all that
 * the one before it leaves lie well outside the mood.
 */
enum spacing { SPACED, NOT_IN_A_ROW, ANY, SPACINGS };

static bool allows(enum spacing spacing, const struct pool_song *song)
{
	switch (spacing) {
	case SPACED: return song->spaced;
	case NOT_IN_A_ROW: return song->since > 1;
	default: return true;
	}
}

static enum spacing choose_spacing(const struct pool *pool,
				   const double *scores)
{
	double best[SPACINGS] = {0};
	int spacing = SPACED;

	for (int i = 0; i < pool->count; i++)
		for (int s = SPACED; s < SPACINGS; s++)
			if (allows((enum spacing)s, &pool->songs[i]))
				best[s] = fmax(best[s], scores[i]);
	while (best[spacing] < best[ANY] * SCORE_SPACING_WORTH)
		spacing++;
	return (enum spacing)spacing;
}

static const struct song *choose(struct picker *picker, const struct aim *aim)
{
	const struct pool *pool = &picker->pool;
	double scores[POOL_ROOM] = {0}, sum = 0, lot;
	enum spacing spacing;
	int chosen = 0;

	for (int i = 0; i < pool->count; i++)
		scores[i] = score_song(aim, &pool->songs[i].song);
	spacing = choose_spacing(pool, scores);
	for (int i = 0; i < pool->count; i++) {
		if (!allows(spacing, &pool->songs[i]))
			scores[i] = 0;
		sum += scores[i];
	}
	lot = rng_unit(&picker->rng) * sum;
	for (int i = 0; i < pool->count; i++) {
		if (scores[i] <= 0)
			continue;
		chosen = i;
		lot -= scores[i];
		if (lot < 0)
			break;
	}
	return &pool->songs[chosen].song;
}

/* out: all of the song but the reason. */
static enum status select_song(struct picker *picker, const struct aim *aim,
			       const struct mood *mood, int64_t now,
			       struct song *song, struct track *out)
{
	enum status status = fill(picker, aim, mood, now);

	if (status)
		return status;
	*song = *choose(picker, aim);
	status = catalog_get(picker->catalog, song->id, out);
	if (!status && picker->may_play)
		status = catalog_address(picker->catalog, song->id,
					 picker->may_play, picker->player,
					 out->uri, sizeof(out->uri));
	return status;
}

/* Hardly ever is one refused: only then are all that are drawn asked about. */
static enum status select_playable(struct picker *picker, const struct aim *aim,
				   const struct mood *mood, int64_t now,
				   struct song *song, struct track *out)
{
	enum status status;

	picker->asks_all = false;
	status = select_song(picker, aim, mood, now, song, out);
	if (status != STATUS_NOT_FOUND || !picker->may_play)
		return status;
	picker->asks_all = true;
	return select_song(picker, aim, mood, now, song, out);
}

enum status picker_next(struct picker *picker, const struct mood *mood,
			enum policy policy, int64_t now, struct track *out)
{
	int step = 0;
	struct aim aim;
	struct song song;
	enum status status = STATUS_OK;

	if ((unsigned)policy > POLICY_SURPRISE)
		return STATUS_BAD_ARGUMENT;
	if (!picker->begun)
		status = remember_history(picker, now);
	if (status)
		return status;
	aim = take_aim(picker, mood, policy, &step);
	status = select_playable(picker, &aim, mood, now, &song, out);
	if (!status)
		status = hear(picker, song.id);
	if (status)
		return status;
	reason_write(out->reason, sizeof(out->reason), &aim, &song,
		     mood->emotion, step, out->genre);
	remember(picker,
		 &(struct past){.id = song.id,
				.artist = song.artist,
				.genre = song.genre,
				.has_place = song.has_place,
				.place = song.place,
				.walk = step ? picker->lift.number : 0});
	if (step)
		picker->lift.steps++;
	return STATUS_OK;
}
