/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stages_free: stations and free music, which play as they are. */
#include "base/text.h"
#include "etl/stages.h"

#include <stdio.h>
#include <string.h>

#define STATIONS_A_TAG 20
#define PIECES_A_TAG   50
#define ITEMS_A_TAG    10
#define FILES_AN_ITEM  10

static enum status put(struct etl *etl, int64_t draft, const char *name,
		       const char *value)
{
	return *value ? work_put(etl->catalog, draft, name, value) : STATUS_OK;
}

/* Its tags and the one it was found by, as Last.fm's are kept. */
static enum status put_tags(struct etl *etl, int64_t draft, const char *found,
			    const struct fact_track *track)
{
	char list[sizeof(track->tags)], text[2048];
	size_t used;
	char *rest, *tag;

	text_copy(list, sizeof(list), track->tags);
	used = (size_t)snprintf(text, sizeof(text), "%s%s%s",
				track->genre[0] ? "100\t" : "", track->genre,
				track->genre[0] ? "\n" : "");
	for (tag = strtok_r(list, ";", &rest); tag && used + 160 < sizeof(text);
	     tag = strtok_r(NULL, ";", &rest)) {
		tag += strspn(tag, " ");
		if (*tag)
			used += (size_t)snprintf(text + used,
						 sizeof(text) - used,
						 "100\t%.60s\n", tag);
	}
	if (found && used + 160 < sizeof(text))
		snprintf(text + used, sizeof(text) - used, "100\t%.60s\n",
			 found);
	return work_put(etl->catalog, draft, FACT_TAGS, text);
}

/* A piece that is known from the chart too keeps its place there. */
static enum status add_piece(struct etl *etl, const char *source,
			     const char *tag, const struct fact_track *track,
			     int64_t rank)
{
	char number[32] = "";
	struct draft known = {.rank = 0};
	int64_t draft = 0;
	enum status status = work_draft(etl->catalog, track->artist,
					track->title, rank, &draft);

	if (status == STATUS_BAD_ARGUMENT || !track->uri[0])
		return STATUS_OK;
	if (!status)
		status = work_draft_get(etl->catalog, draft, &known);
	/* told before, by a tag that comes first, or by the chart */
	if (status || known.rank < rank)
		return status;
	if (track->length_s > 0)
		snprintf(number, sizeof(number), "%.10g", track->length_s);
	status = put(etl, draft, "uri", track->uri);
	if (!status)
		status = put(etl, draft, "source", source);
	if (!status)
		status = put(etl, draft, "album", track->album);
	if (!status)
		status = put(etl, draft, "artwork", track->artwork);
	if (!status)
		status = put(etl, draft, "licence", track->licence);
	if (!status)
		status = put(etl, draft, "length", number);
	number[0] = '\0';
	if (track->has_energy)
		snprintf(number, sizeof(number), "%.4f", track->energy);
	if (!status)
		status = put(etl, draft, "energy", number);
	return status ? status : put_tags(etl, draft, tag, track);
}

static enum status add_pieces(struct etl *etl, const char *source,
			      const char *tag, const struct facts *facts,
			      int most, int64_t rank)
{
	enum status status = STATUS_OK;

	for (int i = 0; !status && i < facts->track_count && i < most; i++)
		status = add_piece(etl, source, tag, &facts->tracks[i],
				   rank + i);
	return status;
}

bool stations_ask(struct etl *etl, const struct task *task,
		  struct source_request *request)
{
	(void)etl;
	return radiobrowser_ask_stations(request, task->key, STATIONS_A_TAG);
}

enum source_outcome stations_take(struct etl *etl, const struct task *task,
				  const struct http_answer *answer,
				  struct facts *facts, enum status *status)
{
	enum source_outcome outcome = radiobrowser_read_stations(answer, facts);

	if (outcome == SOURCE_OK)
		*status = add_pieces(etl, "radiobrowser", task->key, facts,
				     STATIONS_A_TAG,
				     RANK_STATIONS + task->rank * RANK_TRACKS);
	return outcome;
}

bool free_ask(struct etl *etl, const struct task *task,
	      struct source_request *request)
{
	(void)etl;
	return jamendo_ask_tracks(request, task->key, PIECES_A_TAG);
}

enum source_outcome free_take(struct etl *etl, const struct task *task,
			      const struct http_answer *answer,
			      struct facts *facts, enum status *status)
{
	enum source_outcome outcome = jamendo_read_tracks(answer, facts);

	if (outcome == SOURCE_OK)
		*status = add_pieces(etl, "jamendo", task->key, facts,
				     PIECES_A_TAG,
				     RANK_FREE + task->rank * RANK_TRACKS);
	return outcome;
}

bool items_ask(struct etl *etl, const struct task *task,
	       struct source_request *request)
{
	(void)etl;
	return archive_ask_items(request, task->key, ITEMS_A_TAG);
}

/* The same album may be found by two tags, and is asked for once. */
enum source_outcome items_take(struct etl *etl, const struct task *task,
			       const struct http_answer *answer,
			       struct facts *facts, enum status *status)
{
	enum source_outcome outcome = archive_read_items(answer, facts);

	for (int i = 0; outcome == SOURCE_OK && !*status &&
			i < facts->track_count && i < ITEMS_A_TAG;
	     i++)
		if (facts->tracks[i].id[0])
			*status = work_add(etl->catalog, STAGE_FILES,
					   SOURCE_ARCHIVE, facts->tracks[i].id,
					   0, (task->rank + 1) * 100 + i);
	return outcome;
}

bool files_ask(struct etl *etl, const struct task *task,
	       struct source_request *request)
{
	(void)etl;
	return archive_ask_item(request, task->key);
}

enum source_outcome files_take(struct etl *etl, const struct task *task,
			       const struct http_answer *answer,
			       struct facts *facts, enum status *status)
{
	enum source_outcome outcome =
		archive_read_item(answer, task->key, facts);

	if (outcome == SOURCE_OK)
		*status = add_pieces(etl, "archive", NULL, facts, FILES_AN_ITEM,
				     RANK_FILES + task->rank * RANK_TRACKS);
	return outcome;
}
