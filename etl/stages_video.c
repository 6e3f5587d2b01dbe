/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stages_video: MusicBrainz' links, YouTube's search, and whether videos are
 * still there.
 */
#include "base/text.h"
#include "etl/ladder.h"
#include "etl/stages.h"
#include "etl/video.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- MusicBrainz ----------------------------------------------------------
 */

bool recordings_ask(struct etl *etl, const struct task *task,
		    struct source_request *request)
{
	struct draft draft;

	return stages_draft(etl, task, &draft) &&
	       musicbrainz_ask_recording(request, draft.artist, draft.title);
}

/* Who the artist is: the channel of those songs that wait for one can be asked
 * for. Of two that share a name the smaller id is taken, whoever came first. */
static enum status put_artist(struct etl *etl, const struct task *task,
			      const char *mbid)
{
	char before[80];
	int64_t artist = 0;
	enum status status = ladder_artist(etl, task->draft, &artist);

	if (status || !mbid[0])
		return status;
	status = work_get(etl->catalog, artist, FACT_MBID, before,
			  sizeof(before));
	if (status || (before[0] && strcmp(before, mbid) <= 0))
		return status;
	status = work_put(etl->catalog, artist, FACT_MBID, mbid);
	if (!status)
		status = stages_add_key(etl, STAGE_POPULAR, artist, mbid,
					task->rank);
	return status ? status : ladder_settle(etl, artist);
}

enum source_outcome recordings_take(struct etl *etl, const struct task *task,
				    const struct http_answer *answer,
				    struct facts *facts, enum status *status)
{
	enum source_outcome outcome = SOURCE_BAD;
	struct draft draft;

	if (stages_draft(etl, task, &draft))
		outcome = musicbrainz_read_recording(answer, draft.artist,
						     draft.title, facts);
	if (outcome != SOURCE_OK)
		return outcome;
	*status = put_artist(etl, task, facts->artist_id);
	if (!*status)
		*status = stages_put(etl, task->draft, "mbid", facts->id);
	if (!*status)
		*status = ladder_length(etl, task, "musicbrainz_length",
					facts->length_s);
	if (!*status)
		*status = stages_add(etl, STAGE_LINKS, task->draft, task->rank);
	return outcome;
}

enum status recordings_without(struct etl *etl, const struct task *task)
{
	return ladder_climb(etl, task->draft, task->rank);
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
	*status = ladder_put(etl, task->draft, facts->song.video, RUNG_LINKS);
	if (!*status)
		*status = ladder_climb(etl, task->draft, task->rank);
	return outcome;
}

/* ---- YouTube --------------------------------------------------------------
 */

bool videos_ask(struct etl *etl, const struct task *task,
		struct source_request *request)
{
	struct draft draft;

	return stages_draft(etl, task, &draft) &&
	       youtube_ask_search(request, draft.artist, draft.title);
}

/* The channel of the first that is the artist's own, where none is known. */
static enum status learn_channel(struct etl *etl, const struct draft *draft,
				 const struct facts *facts, int64_t artist)
{
	const struct fact_video *own = NULL;
	char channel[80];
	enum status status = work_get(etl->catalog, artist, FACT_CHANNEL,
				      channel, sizeof(channel));

	for (int i = facts->video_count - 1; i >= 0; i--)
		if (facts->videos[i].channel_id[0] &&
		    video_is_own(&facts->videos[i], draft->artist))
			own = &facts->videos[i];
	if (status || !own || (channel[0] && strcmp(channel, "-") != 0))
		return status;
	return uploads_begin(etl, artist, own->channel_id, draft->rank);
}

static enum status take_found(struct etl *etl, const struct task *task,
			      const struct draft *draft,
			      const struct facts *facts)
{
	struct candidates candidates = {.count = 0};
	int64_t artist = 0;
	enum status status = ladder_artist(etl, task->draft, &artist);

	for (int i = 0; i < facts->video_count; i++)
		candidates_add(&candidates, facts->videos[i].id,
			       video_score(&facts->videos[i], draft->artist,
					   draft->title, 0));
	if (!status)
		status = ladder_keep(etl, task->draft, FACT_SEARCHED,
				     &candidates);
	if (!status)
		status = learn_channel(etl, draft, facts, artist);
	return status ? status
		      : uploads_lengths(etl, artist, draft->rank, &task->draft,
					1, FACT_SEARCHED);
}

enum source_outcome videos_take(struct etl *etl, const struct task *task,
				const struct http_answer *answer,
				struct facts *facts, enum status *status)
{
	enum source_outcome outcome = SOURCE_BAD;
	struct draft draft;

	if (stages_draft(etl, task, &draft))
		outcome = youtube_read_search(answer, draft.artist, draft.title,
					      facts);
	if (outcome == SOURCE_OK)
		*status = take_found(etl, task, &draft, facts);
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
	/* the lengths' has its draft before them */
	id = strchr(task->key, ' ');
	text_copy(text, sizeof(text), id ? id + 1 : task->key);
	for (id = strtok_r(text, ",", &rest); id && count < 50;
	     id = strtok_r(NULL, ",", &rest))
		ids[count++] = id;
	return count && youtube_ask_videos(request, ids, count);
}

#define SAME_VIDEO 16 /* songs that have one video, a remaster and the like */

static bool is_there(const struct facts *facts, const char *id)
{
	for (int i = 0; i < facts->video_count; i++)
		if (!strcmp(facts->videos[i].id, id))
			return facts->videos[i].playable;
	return false;
}

/* What came of one of the videos that were asked for. */
static enum status note_video(struct etl *etl, const struct task *task,
			      const struct facts *facts, const char *id)
{
	bool there = is_there(facts, id);
	int64_t songs[SAME_VIDEO];
	int count = 0;
	enum status status =
		work_of_video(etl->catalog, id, songs, SAME_VIDEO, &count);

	for (int i = 0; !status && i < count; i++) {
		status = work_put(etl->catalog, songs[i], "video_seen",
				  there ? "1" : "0");
		if (!status && !there)
			status = ladder_tell(etl, task, facts, songs[i]);
		if (!status && !there)
			status = ladder_drop(etl, songs[i]);
	}
	return status;
}

enum source_outcome verify_take(struct etl *etl, const struct task *task,
				const struct http_answer *answer,
				struct facts *facts, enum status *status)
{
	enum source_outcome outcome = youtube_read_videos(answer, facts);
	char text[sizeof(task->key)];
	char *rest, *id;

	if (outcome != SOURCE_OK && outcome != SOURCE_MISSING)
		return outcome;
	text_copy(text, sizeof(text), task->key);
	for (id = strtok_r(text, ",", &rest); id && !*status;
	     id = strtok_r(NULL, ",", &rest))
		*status = note_video(etl, task, facts, id);
	return *status ? outcome : SOURCE_OK;
}
