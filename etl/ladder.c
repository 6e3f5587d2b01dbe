/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ladder: rungs, candidates, and what follows when more is known. */
#include "etl/ladder.h"

#include "etl/stages.h"
#include "etl/video.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int rung_of(struct etl *etl, int64_t draft)
{
	char text[16];

	work_get(etl->catalog, draft, "video_rung", text, sizeof(text));
	return atoi(text);
}

static enum status set_video(struct etl *etl, int64_t draft, const char *id,
			     enum rung rung)
{
	char text[16];
	enum status status;

	snprintf(text, sizeof(text), "%d", (int)rung);
	status = work_put(etl->catalog, draft, "video_rung", text);
	return status ? status : work_put(etl->catalog, draft, "video", id);
}

enum status ladder_put(struct etl *etl, int64_t draft, const char *id,
		       enum rung rung)
{
	int before = rung_of(etl, draft);

	if (!*id || (before && before < (int)rung))
		return STATUS_OK;
	return set_video(etl, draft, id, rung);
}

/* ---- the ladder -----------------------------------------------------------
 */

enum status ladder_artist(struct etl *etl, int64_t song, int64_t *artist)
{
	struct draft draft;
	enum status status = work_draft_get(etl->catalog, song, &draft);

	return status ? status
		      : work_draft(etl->catalog, draft.artist, "", draft.rank,
				   artist);
}

/* As the surest tells it; 0: nobody does. */
static double length_of(struct etl *etl, int64_t song)
{
	static const char *const names[] = {LADDER_LENGTHS};
	double length = 0;

	for (size_t i = 0; length <= 0 && i < sizeof(names) / sizeof(*names);
	     i++) {
		char text[32];

		work_get(etl->catalog, song, names[i], text, sizeof(text));
		length = atof(text);
	}
	return length;
}

void ladder_get(struct etl *etl, int64_t song, const char *name,
		struct candidates *out)
{
	char text[CANDIDATES_TEXT];

	work_get(etl->catalog, song, name, text, sizeof(text));
	candidates_read(out, text);
}

/* A video may be in both lists: what was told of it counts in both. */
static void share(struct etl *etl, int64_t song, const char *other,
		  struct candidates *candidates)
{
	struct candidates known;

	ladder_get(etl, song, other, &known);
	for (int i = 0; i < candidates->count; i++)
		for (int j = 0; j < known.count; j++)
			if (candidates->list[i].length_s == 0 &&
			    !strcmp(candidates->list[i].id, known.list[j].id))
				candidates->list[i].length_s =
					known.list[j].length_s;
}

enum status ladder_keep(struct etl *etl, int64_t song, const char *name,
			struct candidates *candidates)
{
	char text[CANDIDATES_TEXT];

	share(etl, song,
	      strcmp(name, FACT_LISTED) ? FACT_LISTED : FACT_SEARCHED,
	      candidates);
	candidates_write(candidates, text, sizeof(text));
	return work_put(etl->catalog, song, name, text);
}

/* Fetches a listing that is known already for a song that is new; whether it
 * is under way. */
static enum status fetch(struct etl *etl, enum stage_id stage, int64_t artist,
			 const char *rest, int64_t rank, bool *open)
{
	enum status status = stages_add_key(etl, stage, artist, rest, rank);

	return status ? status : stages_again(etl, stage, artist, rest, open);
}

/* The first song of every artist before the second of any: one search often
 * finds the channel, which serves the others. */
int64_t ladder_search_rank(int64_t rank)
{
	const int64_t artists = RANK_STATIONS / RANK_TRACKS;

	return rank % RANK_TRACKS * artists + rank / RANK_TRACKS;
}

/* Whether the artist's channel is known, or can become so without a search:
 * then it is asked for. */
static enum status seek_channel(struct etl *etl, int64_t song, int64_t rank,
				bool *sought)
{
	char channel[80], mbid[80];
	int64_t artist = 0;
	enum status status = work_put(etl->catalog, song, FACT_REACHED, "1");

	*sought = false;
	if (!status)
		status = ladder_artist(etl, song, &artist);
	if (!status)
		status = work_get(etl->catalog, artist, FACT_CHANNEL, channel,
				  sizeof(channel));
	if (!status)
		status = work_get(etl->catalog, artist, FACT_MBID, mbid,
				  sizeof(mbid));
	if (status || !etl->on[SOURCE_YOUTUBE])
		return status;
	if (channel[0] && strcmp(channel, "-") != 0)
		return fetch(etl, STAGE_UPLOADS, artist, channel, rank, sought);
	if (channel[0] || !mbid[0] || !etl->on[SOURCE_MUSICBRAINZ])
		return STATUS_OK;
	return fetch(etl, STAGE_CHANNELS, artist, mbid, rank, sought);
}

static enum status search(struct etl *etl, int64_t song, int64_t rank)
{
	return stages_add(etl, STAGE_VIDEOS, song, ladder_search_rank(rank));
}

/* A search that is not needed any more is one of the hundred a day. */
static enum status drop_search(struct etl *etl, int64_t song)
{
	char key[32];

	snprintf(key, sizeof(key), "%lld", (long long)song);
	return work_drop(etl->catalog, STAGE_VIDEOS, key);
}

/* One whose length was told was seen, and need not be looked after so soon. */
static enum status choose(struct etl *etl, int64_t song,
			  const struct candidate *best, enum rung rung)
{
	char now[16], seen[4];
	enum status status =
		work_get(etl->catalog, song, "video", now, sizeof(now));

	if (!status)
		status = work_get(etl->catalog, song, "video_seen", seen,
				  sizeof(seen));
	if (!status &&
	    (strcmp(now, best->id) != 0 || rung_of(etl, song) != (int)rung))
		status = set_video(etl, song, best->id, rung);
	if (!status && best->length_s > 0 &&
	    (strcmp(now, best->id) != 0 || strcmp(seen, "1") != 0))
		status = work_put(etl->catalog, song, "video_seen", "1");
	return status;
}

/*
 * The video of a song for which the ladder came to the uploads, of what is
 * known now; where nothing fits, the next rung. Called whenever more is known,
 * so that it ends the same in whatever order that came.
 */
enum status ladder_settle_song(struct etl *etl, int64_t song, int64_t rank)
{
	struct candidates listed, searched;
	const struct candidate *best;
	double length = length_of(etl, song);
	int rung = rung_of(etl, song);
	bool sought = false;
	enum status status = STATUS_OK;

	if (!stages_has(etl, song, FACT_REACHED) ||
	    (rung && rung <= RUNG_LINKS))
		return STATUS_OK;
	ladder_get(etl, song, FACT_LISTED, &listed);
	ladder_get(etl, song, FACT_SEARCHED, &searched);
	best = candidates_best(&listed, length);
	if (best) {
		status = drop_search(etl, song);
		return status ? status : choose(etl, song, best, RUNG_UPLOADS);
	}
	best = candidates_best(&searched, length);
	if (best)
		return choose(etl, song, best, RUNG_SEARCH);
	if (stages_has(etl, song, "video"))
		status = set_video(etl, song, "", RUNG_GONE);
	if (!status && !stages_has(etl, song, FACT_LISTED))
		status = seek_channel(etl, song, rank, &sought);
	return status || sought ? status : search(etl, song, rank);
}

/* The next rung behind the one that gave nothing. */
enum status ladder_climb(struct etl *etl, int64_t song, int64_t rank)
{
	enum status status;

	if (stages_has(etl, song, "video"))
		return STATUS_OK;
	status = work_put(etl->catalog, song, FACT_REACHED, "1");
	return status ? status : ladder_settle_song(etl, song, rank);
}

enum status ladder_seek(struct etl *etl, const struct task *task)
{
	if (stages_has(etl, task->draft, "video"))
		return STATUS_OK;
	if (etl->on[SOURCE_MUSICBRAINZ])
		return stages_add(etl, STAGE_RECORDINGS, task->draft,
				  task->rank);
	return ladder_climb(etl, task->draft, task->rank);
}

enum status ladder_length(struct etl *etl, const struct task *task,
			  const char *name, double length_s)
{
	char text[32];
	enum status status;

	if (length_s <= 0)
		return STATUS_OK;
	snprintf(text, sizeof(text), "%.10g", length_s);
	status = work_put(etl->catalog, task->draft, name, text);
	return status ? status
		      : ladder_settle_song(etl, task->draft, task->rank);
}

enum status ladder_songs(struct etl *etl, int64_t artist,
			 struct ladder_songs *songs)
{
	return work_songs(etl->catalog, artist, songs->ids, LADDER_SONGS,
			  &songs->count);
}

enum status ladder_settle(struct etl *etl, int64_t artist)
{
	struct ladder_songs songs;
	enum status status = ladder_songs(etl, artist, &songs);

	for (int i = 0; !status && i < songs.count; i++) {
		status = work_draft_get(etl->catalog, songs.ids[i],
					&songs.draft);
		if (!status)
			status = ladder_settle_song(etl, songs.ids[i],
						    songs.draft.rank);
	}
	return status;
}

/* Puts what the answer says of all that was asked; what it leaves out is gone.
 */
static bool tell(const struct task *task, const struct facts *facts,
		 struct candidates *candidates)
{
	bool told = false;

	for (int i = 0; i < candidates->count; i++) {
		struct candidate *c = &candidates->list[i];
		double length = -1;

		if (!strstr(task->key, c->id))
			continue;
		for (int j = 0; j < facts->video_count; j++)
			if (!strcmp(facts->videos[j].id, c->id) &&
			    facts->videos[j].playable)
				length = facts->videos[j].length_s;
		c->length_s = length;
		told = true;
	}
	return told;
}

enum status ladder_tell(struct etl *etl, const struct task *task,
			const struct facts *facts, int64_t song)
{
	static const char *const names[] = {FACT_LISTED, FACT_SEARCHED};
	enum status status = STATUS_OK;

	for (size_t i = 0; !status && i < 2; i++) {
		struct candidates candidates;

		ladder_get(etl, song, names[i], &candidates);
		if (tell(task, facts, &candidates))
			status = ladder_keep(etl, song, names[i], &candidates);
	}
	return status;
}

enum status ladder_drop(struct etl *etl, int64_t song)
{
	struct draft draft;
	enum status status = set_video(etl, song, "", RUNG_GONE);

	if (!status)
		status = work_draft_get(etl->catalog, song, &draft);
	return status ? status : ladder_climb(etl, song, draft.rank);
}
