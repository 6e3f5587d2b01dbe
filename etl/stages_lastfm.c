/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stages_lastfm: artists, their tracks, and tags. */
#include "base/text.h"
#include "etl/genre.h"
#include "etl/stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- artists --------------------------------------------------------------
 */

struct list {
	char text[256];
	const char *kind, *name;
	int page;
};

static bool list_of(const struct task *task, struct list *list)
{
	char *tab;

	text_copy(list->text, sizeof(list->text), task->key);
	list->kind = list->text;
	tab = strchr(list->text, '\t');
	if (!tab)
		return false;
	*tab++ = '\0';
	list->name = tab;
	tab = strchr(tab, '\t');
	if (!tab)
		return false;
	*tab++ = '\0';
	list->page = atoi(tab);
	return list->page > 0;
}

static int page_limit(const struct etl *etl)
{
	int artists = etl->config->etl.artists;

	return artists < ARTISTS_PAGE ? artists : ARTISTS_PAGE;
}

bool artists_ask(struct etl *etl, const struct task *task,
		 struct source_request *request)
{
	struct list list;

	return list_of(task, &list) &&
	       lastfm_ask_artists(request, list.kind, list.name,
				  page_limit(etl), list.page);
}

/* The artist as a draft without a title; asked for tracks. */
static enum status add_artist(struct etl *etl, const char *name, int64_t rank,
			      bool similar)
{
	int64_t draft = 0;
	char key[32];
	enum status status = work_draft(etl->catalog, name, "", rank, &draft);

	if (status == STATUS_BAD_ARGUMENT) /* a name without a letter */
		return STATUS_OK;
	snprintf(key, sizeof(key), "%lld", (long long)draft);
	if (!status)
		status = work_add(etl->catalog, STAGE_TRACKS, SOURCE_LASTFM,
				  key, draft, rank * RANK_TRACKS);
	if (!status && similar && etl->config->etl.similar > 0)
		status = work_add(etl->catalog, STAGE_SIMILAR, SOURCE_LASTFM,
				  key, draft, rank * RANK_TRACKS);
	return status;
}

enum source_outcome artists_take(struct etl *etl, const struct task *task,
				 const struct http_answer *answer,
				 struct facts *facts, enum status *status)
{
	enum source_outcome outcome = lastfm_read_artists(answer, facts);
	struct list list;
	int most, before;

	if (outcome != SOURCE_OK || !list_of(task, &list))
		return outcome;
	before = (list.page - 1) * ARTISTS_PAGE;
	most = etl->config->etl.artists - before;
	for (int i = 0; !*status && i < facts->artist_count && i < most; i++)
		*status = add_artist(etl, facts->artists[i].name,
				     task->rank - list.page + before + i, true);
	return outcome;
}

bool similar_ask(struct etl *etl, const struct task *task,
		 struct source_request *request)
{
	struct draft draft;

	return !work_draft_get(etl->catalog, task->draft, &draft) &&
	       lastfm_ask_similar(request, draft.artist,
				  etl->config->etl.similar);
}

enum source_outcome similar_take(struct etl *etl, const struct task *task,
				 const struct http_answer *answer,
				 struct facts *facts, enum status *status)
{
	enum source_outcome outcome;
	struct draft draft;

	*status = work_draft_get(etl->catalog, task->draft, &draft);
	if (*status)
		return SOURCE_BAD;
	outcome = lastfm_read_similar(answer, draft.artist, facts);
	for (int i = 0; outcome == SOURCE_OK && !*status &&
			i < facts->artist_count && i < etl->config->etl.similar;
	     i++)
		*status = add_artist(etl, facts->artists[i].name,
				     RANK_SIMILAR + draft.rank * 100 + i,
				     false);
	return outcome;
}

/* ---- tracks ---------------------------------------------------------------
 */

bool tracks_ask(struct etl *etl, const struct task *task,
		struct source_request *request)
{
	struct draft draft;

	return !work_draft_get(etl->catalog, task->draft, &draft) &&
	       lastfm_ask_tracks(request, draft.artist,
				 etl->config->etl.tracks_per_artist);
}

static enum status put_number(struct etl *etl, int64_t draft, const char *name,
			      double value)
{
	char text[32];

	if (value <= 0)
		return STATUS_OK;
	snprintf(text, sizeof(text), "%.10g", value);
	return work_put(etl->catalog, draft, name, text);
}

static enum status add_track(struct etl *etl, const char *artist,
			     const struct fact_track *track, int64_t rank,
			     int64_t *draft)
{
	char key[32];
	enum status status =
		work_draft(etl->catalog, artist, track->title, rank, draft);

	if (status == STATUS_BAD_ARGUMENT) {
		*draft = 0;
		return STATUS_OK;
	}
	snprintf(key, sizeof(key), "%lld", (long long)*draft);
	if (!status)
		status = put_number(etl, *draft, "length", track->length_s);
	if (!status)
		status = work_add(etl->catalog, STAGE_TAGS, SOURCE_LASTFM, key,
				  *draft, rank);
	return status ? status : stages_begin_track(etl, *draft, rank);
}

enum source_outcome tracks_take(struct etl *etl, const struct task *task,
				const struct http_answer *answer,
				struct facts *facts, enum status *status)
{
	int64_t seen[FACTS_MAX];
	enum source_outcome outcome;
	struct draft draft;
	int count = 0;

	*status = work_draft_get(etl->catalog, task->draft, &draft);
	if (*status)
		return SOURCE_BAD;
	outcome = lastfm_read_tracks(answer, draft.artist, facts);
	for (int i = 0;
	     outcome == SOURCE_OK && !*status && i < facts->track_count &&
	     count < etl->config->etl.tracks_per_artist;
	     i++) {
		int64_t id = 0;
		bool again = false;

		*status = add_track(etl, draft.artist, &facts->tracks[i],
				    draft.rank * RANK_TRACKS + count, &id);
		for (int j = 0; j < count; j++)
			again |= seen[j] == id;
		if (id && !again)
			seen[count++] = id;
	}
	return outcome;
}

/* ---- tags -----------------------------------------------------------------
 */

static enum status put_tags(struct etl *etl, int64_t draft,
			    const struct facts *facts)
{
	size_t size = (size_t)facts->tag_count * 80 + 1, used = 0;
	char *text = calloc(1, size);
	enum status status;

	if (!text)
		return STATUS_NO_MEMORY;
	for (int i = 0; i < facts->tag_count && i < 50; i++)
		used += (size_t)snprintf(
			text + used, size - used, "%d\t%s\n",
			(int)(facts->tags[i].weight * 100 + 0.5),
			facts->tags[i].name);
	status = work_put(etl->catalog, draft, FACT_TAGS, text);
	free(text);
	return status;
}

bool tags_ask(struct etl *etl, const struct task *task,
	      struct source_request *request)
{
	struct draft draft;

	return !work_draft_get(etl->catalog, task->draft, &draft) &&
	       lastfm_ask_tags(request, draft.artist, draft.title);
}

bool artist_tags_ask(struct etl *etl, const struct task *task,
		     struct source_request *request)
{
	struct draft draft;

	return !work_draft_get(etl->catalog, task->draft, &draft) &&
	       lastfm_ask_tags(request, draft.artist, NULL);
}

/* No genre in the track's own tags: its artist's are asked for. */
enum status tags_without(struct etl *etl, const struct task *task)
{
	struct draft draft;
	int64_t artist = 0;
	char key[32];
	enum status status = work_draft_get(etl->catalog, task->draft, &draft);

	if (!status)
		status = work_draft(etl->catalog, draft.artist, "", draft.rank,
				    &artist);
	snprintf(key, sizeof(key), "%lld", (long long)artist);
	if (!status)
		status = work_add(etl->catalog, STAGE_ARTIST_TAGS,
				  SOURCE_LASTFM, key, artist, task->rank);
	return status;
}

static bool has_genre(const struct facts *facts, const char *artist)
{
	struct genre_tag tags[FACTS_MAX];

	for (int i = 0; i < facts->tag_count; i++)
		tags[i] = (struct genre_tag){
			facts->tags[i].name,
			(float)(facts->tags[i].weight * 100)};
	return genre_reduce(tags, (size_t)facts->tag_count, artist) != NULL;
}

static enum source_outcome read_tags(struct etl *etl, const struct task *task,
				     const struct http_answer *answer,
				     struct facts *facts, enum status *status)
{
	enum source_outcome outcome;
	struct draft draft;

	*status = work_draft_get(etl->catalog, task->draft, &draft);
	if (*status)
		return SOURCE_BAD;
	outcome = lastfm_read_tags(answer, draft.artist, facts);
	if (outcome != SOURCE_OK)
		return outcome;
	*status = put_tags(etl, task->draft, facts);
	if (!*status && draft.title[0] && !has_genre(facts, draft.artist))
		*status = tags_without(etl, task);
	return outcome;
}

enum source_outcome tags_take(struct etl *etl, const struct task *task,
			      const struct http_answer *answer,
			      struct facts *facts, enum status *status)
{
	return read_tags(etl, task, answer, facts, status);
}

enum source_outcome artist_tags_take(struct etl *etl, const struct task *task,
				     const struct http_answer *answer,
				     struct facts *facts, enum status *status)
{
	return read_tags(etl, task, answer, facts, status);
}
