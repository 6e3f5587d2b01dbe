/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stages_song: which song it is, its lyrics' numbers, and its video by the
 * ladder: Genius' media, MusicBrainz' links, YouTube's search. Where all of
 * them know nothing, the player searches (index.c).
 */
#include "base/text.h"
#include "etl/lyrics.h"
#include "etl/stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool draft_of(struct etl *etl, const struct task *task,
		     struct draft *draft)
{
	return !work_draft_get(etl->catalog, task->draft, draft);
}

static enum status add(struct etl *etl, enum stage_id stage, int64_t draft,
		       int64_t rank)
{
	const struct stage *s = &stage_list()[stage];
	char key[32];

	if (!etl->on[s->source])
		return STATUS_OK;
	snprintf(key, sizeof(key), "%lld", (long long)draft);
	return work_add(etl->catalog, stage, s->lane, key, draft, rank);
}

static enum status put(struct etl *etl, int64_t draft, const char *name,
		       const char *value)
{
	return *value ? work_put(etl->catalog, draft, name, value) : STATUS_OK;
}

static bool has(struct etl *etl, int64_t draft, const char *name)
{
	char value[512];

	return !work_get(etl->catalog, draft, name, value, sizeof(value)) &&
	       value[0];
}

/* The rungs of the ladder, the surest first: what a lower one found later does
 * not replace it, so that the order of answers tells nothing. */
enum rung { RUNG_MEDIA = 1, RUNG_LINKS, RUNG_SEARCH, RUNG_GONE };

static enum status put_video(struct etl *etl, int64_t draft, const char *id,
			     enum rung rung)
{
	char text[16];
	enum status status =
		work_get(etl->catalog, draft, "video_rung", text, sizeof(text));

	if (status || !*id || (*text && atoi(text) < (int)rung))
		return status;
	snprintf(text, sizeof(text), "%d", (int)rung);
	status = work_put(etl->catalog, draft, "video_rung", text);
	return status ? status : work_put(etl->catalog, draft, "video", id);
}

/* The next rung of the ladder behind the one that gave nothing. */
static enum status seek_video(struct etl *etl, const struct task *task,
			      bool asked_musicbrainz)
{
	if (has(etl, task->draft, "video"))
		return STATUS_OK;
	if (!asked_musicbrainz && etl->on[SOURCE_MUSICBRAINZ])
		return add(etl, STAGE_RECORDINGS, task->draft, task->rank);
	return add(etl, STAGE_VIDEOS, task->draft, task->rank);
}

enum status stages_begin_track(struct etl *etl, int64_t draft, int64_t rank)
{
	const struct task task = {.draft = draft, .rank = rank};
	enum status status = add(etl, STAGE_LYRICS, draft, rank);

	if (!status)
		status = add(etl, STAGE_DETAILS, draft, rank);
	if (status)
		return status;
	return etl->on[SOURCE_GENIUS] ? add(etl, STAGE_SONGS, draft, rank)
				      : seek_video(etl, &task, false);
}

/* ---- Genius ---------------------------------------------------------------
 */

bool songs_ask(struct etl *etl, const struct task *task,
	       struct source_request *request)
{
	struct draft draft;

	return draft_of(etl, task, &draft) &&
	       genius_ask_search(request, draft.artist, draft.title);
}

/* The page is read only where LRCLIB has nothing. */
static enum status want_page(struct etl *etl, const struct task *task)
{
	if (!has(etl, task->draft, "path") ||
	    !has(etl, task->draft, "no_lyrics"))
		return STATUS_OK;
	return add(etl, STAGE_PAGES, task->draft, task->rank);
}

static enum status put_song(struct etl *etl, int64_t draft,
			    const struct fact_song *song)
{
	enum status status = put(etl, draft, "artwork", song->artwork);

	if (!status)
		status = put(etl, draft, "album", song->album);
	if (!status)
		status = put(etl, draft, "page", song->page);
	if (!status)
		status = put(etl, draft, "path", song->path);
	if (!status)
		status = put_video(etl, draft, song->video, RUNG_MEDIA);
	return status;
}

enum source_outcome songs_take(struct etl *etl, const struct task *task,
			       const struct http_answer *answer,
			       struct facts *facts, enum status *status)
{
	enum source_outcome outcome = SOURCE_BAD;
	struct draft draft;

	if (draft_of(etl, task, &draft))
		outcome = genius_read_search(answer, draft.artist, draft.title,
					     facts);
	if (outcome != SOURCE_OK)
		return outcome;
	*status = put(etl, task->draft, "song", facts->song.id);
	if (!*status)
		*status = put_song(etl, task->draft, &facts->song);
	if (!*status)
		*status = add(etl, STAGE_MEDIA, task->draft, task->rank);
	if (!*status)
		*status = want_page(etl, task);
	return outcome;
}

enum status songs_without(struct etl *etl, const struct task *task)
{
	return seek_video(etl, task, false);
}

bool media_ask(struct etl *etl, const struct task *task,
	       struct source_request *request)
{
	char id[32];

	return !work_get(etl->catalog, task->draft, "song", id, sizeof(id)) &&
	       id[0] && genius_ask_song(request, id);
}

enum source_outcome media_take(struct etl *etl, const struct task *task,
			       const struct http_answer *answer,
			       struct facts *facts, enum status *status)
{
	enum source_outcome outcome = genius_read_song(answer, facts);

	if (outcome != SOURCE_OK)
		return outcome;
	*status = put_song(etl, task->draft, &facts->song);
	if (!*status)
		*status = want_page(etl, task);
	if (!*status)
		*status = seek_video(etl, task, false);
	return outcome;
}

enum status media_without(struct etl *etl, const struct task *task)
{
	return seek_video(etl, task, false);
}

/* ---- lyrics ---------------------------------------------------------------
 */

bool lyrics_ask(struct etl *etl, const struct task *task,
		struct source_request *request)
{
	struct draft draft;

	return draft_of(etl, task, &draft) &&
	       lrclib_ask_lyrics(request, draft.artist, draft.title);
}

/* The text becomes numbers here, and ends with facts_done. */
static enum status put_numbers(struct etl *etl, const struct task *task,
			       const char *name, const struct lyrics *lyrics,
			       const char *page)
{
	char text[1024];

	snprintf(text, sizeof(text),
		 "%d\t%.6f\t%.6f\t%.6f\t%.6f\t%d\t%.6f\t%s\t%s\t%s",
		 (int)lyrics->label, lyrics->mean, lyrics->positive,
		 lyrics->negative, lyrics->volatility, lyrics->lines,
		 lyrics->confidence,
		 lyrics->language[0] ? lyrics->language : "-", lyrics->hash,
		 page);
	return work_put(etl->catalog, task->draft, name, text);
}

static enum status put_lyrics(struct etl *etl, const struct task *task,
			      const char *name, struct facts *facts)
{
	const char *text = facts->lyrics.text;
	char hip_hop[32];
	struct lyrics lyrics;
	enum status status;

	if (!text || !text[0])
		return STATUS_OK;
	lyrics_read(text, strlen(text), etl->language, false, &lyrics);
	status = put_numbers(etl, task, name, &lyrics, facts->lyrics.page);
	snprintf(hip_hop, sizeof(hip_hop), "%s_hip_hop", name);
	/* whether it is hip hop, tags may tell only later */
	if (status || !lyrics.swears)
		return status ? status
			      : work_put(etl->catalog, task->draft, hip_hop,
					 "");
	lyrics_read(text, strlen(text), etl->language, true, &lyrics);
	return put_numbers(etl, task, hip_hop, &lyrics, facts->lyrics.page);
}

enum source_outcome lyrics_take(struct etl *etl, const struct task *task,
				const struct http_answer *answer,
				struct facts *facts, enum status *status)
{
	enum source_outcome outcome = SOURCE_BAD;
	struct draft draft;
	char length[32];

	work_get(etl->catalog, task->draft, "length", length, sizeof(length));
	if (draft_of(etl, task, &draft))
		outcome = lrclib_read_lyrics(answer, draft.artist, draft.title,
					     atof(length), facts);
	if (outcome == SOURCE_OK)
		*status = put_lyrics(etl, task, "lyrics", facts);
	return outcome;
}

enum status lyrics_without(struct etl *etl, const struct task *task)
{
	enum status status =
		work_put(etl->catalog, task->draft, "no_lyrics", "1");

	return status ? status : want_page(etl, task);
}

bool pages_ask(struct etl *etl, const struct task *task,
	       struct source_request *request)
{
	char path[256];

	return !work_get(etl->catalog, task->draft, "path", path,
			 sizeof(path)) &&
	       path[0] && genius_ask_page(request, path);
}

enum source_outcome pages_take(struct etl *etl, const struct task *task,
			       const struct http_answer *answer,
			       struct facts *facts, enum status *status)
{
	enum source_outcome outcome = genius_read_page(answer, facts);

	if (outcome != SOURCE_OK)
		return outcome;
	if (!facts->lyrics.page[0])
		work_get(etl->catalog, task->draft, "page", facts->lyrics.page,
			 sizeof(facts->lyrics.page));
	*status = put_lyrics(etl, task, "page_lyrics", facts);
	return outcome;
}

/* ---- MusicBrainz ----------------------------------------------------------
 */

bool recordings_ask(struct etl *etl, const struct task *task,
		    struct source_request *request)
{
	struct draft draft;

	return draft_of(etl, task, &draft) &&
	       musicbrainz_ask_recording(request, draft.artist, draft.title);
}

enum source_outcome recordings_take(struct etl *etl, const struct task *task,
				    const struct http_answer *answer,
				    struct facts *facts, enum status *status)
{
	enum source_outcome outcome = SOURCE_BAD;
	struct draft draft;

	if (draft_of(etl, task, &draft))
		outcome = musicbrainz_read_recording(answer, draft.artist,
						     draft.title, facts);
	if (outcome != SOURCE_OK)
		return outcome;
	*status = put(etl, task->draft, "mbid", facts->id);
	if (!*status)
		*status = add(etl, STAGE_LINKS, task->draft, task->rank);
	return outcome;
}

enum status recordings_without(struct etl *etl, const struct task *task)
{
	return seek_video(etl, task, true);
}

bool links_ask(struct etl *etl, const struct task *task,
	       struct source_request *request)
{
	char mbid[80];

	return !work_get(etl->catalog, task->draft, "mbid", mbid,
			 sizeof(mbid)) &&
	       mbid[0] && musicbrainz_ask_links(request, mbid);
}

enum source_outcome links_take(struct etl *etl, const struct task *task,
			       const struct http_answer *answer,
			       struct facts *facts, enum status *status)
{
	enum source_outcome outcome = musicbrainz_read_links(answer, facts);

	if (outcome != SOURCE_OK)
		return outcome;
	*status = put_video(etl, task->draft, facts->song.video, RUNG_LINKS);
	if (!*status)
		*status = seek_video(etl, task, true);
	return outcome;
}

/* ---- Deezer ---------------------------------------------------------------
 */

bool details_ask(struct etl *etl, const struct task *task,
		 struct source_request *request)
{
	struct draft draft;

	return draft_of(etl, task, &draft) &&
	       deezer_ask_track(request, draft.artist, draft.title);
}

enum source_outcome details_take(struct etl *etl, const struct task *task,
				 const struct http_answer *answer,
				 struct facts *facts, enum status *status)
{
	enum source_outcome outcome = SOURCE_BAD;
	struct draft draft;
	char length[32];

	if (draft_of(etl, task, &draft))
		outcome = deezer_read_track(answer, draft.artist, draft.title,
					    facts);
	if (outcome != SOURCE_OK || !facts->track_count)
		return outcome;
	/* under names of their own, for the order of answers must not tell */
	snprintf(length, sizeof(length), "%.10g", facts->tracks[0].length_s);
	*status = put(etl, task->draft, "deezer_length",
		      facts->tracks[0].length_s > 0 ? length : "");
	if (!*status)
		*status = put(etl, task->draft, "deezer_artwork",
			      facts->tracks[0].artwork);
	if (!*status)
		*status = put(etl, task->draft, "deezer_album",
			      facts->tracks[0].album);
	return outcome;
}

/* ---- YouTube --------------------------------------------------------------
 */

bool videos_ask(struct etl *etl, const struct task *task,
		struct source_request *request)
{
	struct draft draft;

	return draft_of(etl, task, &draft) &&
	       youtube_ask_search(request, draft.artist, draft.title);
}

enum source_outcome videos_take(struct etl *etl, const struct task *task,
				const struct http_answer *answer,
				struct facts *facts, enum status *status)
{
	enum source_outcome outcome = SOURCE_BAD;
	struct draft draft;

	if (draft_of(etl, task, &draft))
		outcome = youtube_read_search(answer, draft.artist, draft.title,
					      facts);
	if (outcome != SOURCE_OK)
		return outcome;
	if (!facts->video_count)
		return SOURCE_MISSING;
	*status = put_video(etl, task->draft, facts->videos[0].id, RUNG_SEARCH);
	return outcome;
}

bool verify_ask(struct etl *etl, const struct task *task,
		struct source_request *request)
{
	char text[sizeof(task->key)];
	const char *ids[50];
	int count = 0;
	char *rest, *id;

	(void)etl;
	text_copy(text, sizeof(text), task->key);
	for (id = strtok_r(text, ",", &rest); id && count < 50;
	     id = strtok_r(NULL, ",", &rest))
		ids[count++] = id;
	return count && youtube_ask_videos(request, ids, count);
}

struct seen {
	struct etl *etl;
	const struct task *task;
	const struct facts *facts;
	int64_t drafts[50];
	bool there[50];
	int count;
};

/* Which of the drafts' videos were asked for, and are there still. */
static bool look(int64_t draft, const char *id, void *user)
{
	struct seen *seen = user;
	const char *at = strstr(seen->task->key, id);
	bool there = false;

	if (!at || seen->count == 50)
		return seen->count < 50;
	for (int i = 0; i < seen->facts->video_count; i++)
		there |= !strcmp(seen->facts->videos[i].id, id) &&
			 seen->facts->videos[i].playable;
	seen->drafts[seen->count] = draft;
	seen->there[seen->count++] = there;
	return true;
}

static enum status drop_video(struct etl *etl, int64_t draft)
{
	char gone[16];
	enum status status;

	snprintf(gone, sizeof(gone), "%d", RUNG_GONE);
	status = work_put(etl->catalog, draft, "video_rung", gone);
	return status ? status : work_put(etl->catalog, draft, "video", "");
}

enum source_outcome verify_take(struct etl *etl, const struct task *task,
				const struct http_answer *answer,
				struct facts *facts, enum status *status)
{
	enum source_outcome outcome = youtube_read_videos(answer, facts);
	struct seen seen = {.etl = etl, .task = task, .facts = facts};

	if (outcome != SOURCE_OK && outcome != SOURCE_MISSING)
		return outcome;
	*status = work_stale(etl->catalog, "video", INT64_MAX, look, &seen);
	for (int i = 0; !*status && i < seen.count; i++) {
		*status = work_put(etl->catalog, seen.drafts[i], "video_seen",
				   seen.there[i] ? "1" : "0");
		if (!*status && !seen.there[i])
			*status = drop_video(etl, seen.drafts[i]);
	}
	return *status ? outcome : SOURCE_OK;
}
