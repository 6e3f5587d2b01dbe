/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stages_song: which song it is, its lyrics' numbers, length and cover. Its
 * video is looked for in stages_video.c.
 */
#include "base/text.h"
#include "etl/ladder.h"
#include "etl/lyrics.h"
#include "etl/stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum status stages_begin_track(struct etl *etl, int64_t draft, int64_t rank)
{
	const struct task task = {.draft = draft, .rank = rank};
	enum status status = stages_add(etl, STAGE_LYRICS, draft, rank);

	if (!status)
		status = stages_add(etl, STAGE_DETAILS, draft, rank);
	if (status)
		return status;
	return etl->on[SOURCE_GENIUS]
		       ? stages_add(etl, STAGE_SONGS, draft, rank)
		       : ladder_seek(etl, &task);
}

/* ---- Genius ---------------------------------------------------------------
 */

bool songs_ask(struct etl *etl, const struct task *task,
	       struct source_request *request)
{
	struct draft draft;

	return stages_draft(etl, task, &draft) &&
	       genius_ask_search(request, draft.artist, draft.title);
}

/* The page is read only where LRCLIB has nothing. */
static enum status want_page(struct etl *etl, const struct task *task)
{
	if (!stages_has(etl, task->draft, "path") ||
	    !stages_has(etl, task->draft, "no_lyrics"))
		return STATUS_OK;
	return stages_add(etl, STAGE_PAGES, task->draft, task->rank);
}

static enum status put_song(struct etl *etl, int64_t draft,
			    const struct fact_song *song)
{
	enum status status = stages_put(etl, draft, "artwork", song->artwork);

	if (!status)
		status = stages_put(etl, draft, "album", song->album);
	if (!status)
		status = stages_put(etl, draft, "page", song->page);
	if (!status)
		status = stages_put(etl, draft, "path", song->path);
	if (!status)
		status = ladder_put(etl, draft, song->video, RUNG_MEDIA);
	return status;
}

enum source_outcome songs_take(struct etl *etl, const struct task *task,
			       const struct http_answer *answer,
			       struct facts *facts, enum status *status)
{
	enum source_outcome outcome = SOURCE_BAD;
	struct draft draft;

	if (stages_draft(etl, task, &draft))
		outcome = genius_read_search(answer, draft.artist, draft.title,
					     facts);
	if (outcome != SOURCE_OK)
		return outcome;
	*status = stages_put(etl, task->draft, "song", facts->song.id);
	if (!*status)
		*status = put_song(etl, task->draft, &facts->song);
	if (!*status)
		*status = stages_add(etl, STAGE_MEDIA, task->draft, task->rank);
	if (!*status)
		*status = want_page(etl, task);
	return outcome;
}

enum status songs_without(struct etl *etl, const struct task *task)
{
	return ladder_seek(etl, task);
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
		*status = ladder_seek(etl, task);
	return outcome;
}

enum status media_without(struct etl *etl, const struct task *task)
{
	return ladder_seek(etl, task);
}

/* ---- lyrics ---------------------------------------------------------------
 */

bool lyrics_ask(struct etl *etl, const struct task *task,
		struct source_request *request)
{
	struct draft draft;

	return stages_draft(etl, task, &draft) &&
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
	if (stages_draft(etl, task, &draft))
		outcome = lrclib_read_lyrics(answer, draft.artist, draft.title,
					     atof(length), facts);
	if (outcome != SOURCE_OK)
		return outcome;
	*status = put_lyrics(etl, task, "lyrics", facts);
	if (!*status)
		*status = ladder_length(etl, task, "lrclib_length",
					facts->length_s);
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

/* ---- Deezer ---------------------------------------------------------------
 */

bool details_ask(struct etl *etl, const struct task *task,
		 struct source_request *request)
{
	struct draft draft;

	return stages_draft(etl, task, &draft) &&
	       deezer_ask_track(request, draft.artist, draft.title);
}

enum source_outcome details_take(struct etl *etl, const struct task *task,
				 const struct http_answer *answer,
				 struct facts *facts, enum status *status)
{
	enum source_outcome outcome = SOURCE_BAD;
	struct draft draft;

	if (stages_draft(etl, task, &draft))
		outcome = deezer_read_track(answer, draft.artist, draft.title,
					    facts);
	if (outcome != SOURCE_OK || !facts->track_count)
		return outcome;
	/* under names of their own, for the order of answers must not tell */
	*status = ladder_length(etl, task, "deezer_length",
				facts->tracks[0].length_s);
	if (!*status)
		*status = stages_put(etl, task->draft, "deezer_artwork",
				     facts->tracks[0].artwork);
	if (!*status)
		*status = stages_put(etl, task->draft, "deezer_album",
				     facts->tracks[0].album);
	return outcome;
}
