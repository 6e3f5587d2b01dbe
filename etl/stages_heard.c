/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stages_heard: ListenBrainz, which knows recordings by MusicBrainz' ids: what
 * is heard most of an artist (which recording a song is, how long, of which
 * album), and what is heard under a tag, which then is a tag of theirs.
 */
#include "etl/ladder.h"
#include "etl/similar.h"
#include "etl/stages.h"

#include <stdio.h>
#include <string.h>

#define RECORDINGS_A_TAG 100

bool popular_ask(struct etl *etl, const struct task *task,
		 struct source_request *request)
{
	const char *mbid = strchr(task->key, ' ');

	(void)etl;
	return mbid && listenbrainz_ask_artist(request, mbid + 1);
}

/* The most heard of those that have the song's name. */
static const struct fact_track *find(const struct facts *facts,
				     const struct draft *song)
{
	for (int i = 0; i < facts->track_count; i++)
		if (similar(facts->tracks[i].title, song->title) >=
		    SIMILAR_ENOUGH)
			return &facts->tracks[i];
	return NULL;
}

static enum status put_heard(struct etl *etl, const struct draft *song,
			     const struct fact_track *track)
{
	const struct task task = {.draft = song->id, .rank = song->rank};
	enum status status = stages_put(etl, song->id, FACT_HEARD, track->id);

	if (!status)
		status = stages_put(etl, song->id, "listenbrainz_album",
				    track->album);
	return status ? status
		      : ladder_length(etl, &task, "listenbrainz_length",
				      track->length_s);
}

enum source_outcome popular_take(struct etl *etl, const struct task *task,
				 const struct http_answer *answer,
				 struct facts *facts, enum status *status)
{
	enum source_outcome outcome = listenbrainz_read(answer, facts);
	struct ladder_songs songs = {.count = 0};

	if (outcome == SOURCE_OK)
		*status = ladder_songs(etl, task->draft, &songs);
	for (int i = 0; !*status && i < songs.count; i++) {
		const struct fact_track *track;

		*status = work_draft_get(etl->catalog, songs.ids[i],
					 &songs.draft);
		track = *status ? NULL : find(facts, &songs.draft);
		if (track)
			*status = put_heard(etl, &songs.draft, track);
	}
	return outcome;
}

bool tagged_ask(struct etl *etl, const struct task *task,
		struct source_request *request)
{
	(void)etl;
	return listenbrainz_ask_tag(request, task->key, RECORDINGS_A_TAG);
}

/* The songs that are these recordings may be known already, or only later:
 * index.c puts both together. */
enum source_outcome tagged_take(struct etl *etl, const struct task *task,
				const struct http_answer *answer,
				struct facts *facts, enum status *status)
{
	enum source_outcome outcome = listenbrainz_read(answer, facts);

	for (int i = 0;
	     outcome == SOURCE_OK && !*status && i < facts->track_count; i++)
		*status =
			work_tag(etl->catalog, facts->tracks[i].id, task->key);
	return outcome;
}
