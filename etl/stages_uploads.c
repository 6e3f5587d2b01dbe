/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stages_uploads: what an artist put up, and how long videos are. One listing
 * serves all the artist's songs, fifty titles and fifty lengths a call.
 */
#include "base/text.h"
#include "etl/ladder.h"
#include "etl/stages.h"
#include "etl/video.h"

#include <stdio.h>
#include <string.h>

#define UPLOADS_PAGES 4 /* of fifty titles each */

/* ---- the artist's channel and uploads --------------------------------------
 */

bool channels_ask(struct etl *etl, const struct task *task,
		  struct source_request *request)
{
	const char *mbid = strchr(task->key, ' ');

	(void)etl;
	return mbid && musicbrainz_ask_artist(request, mbid + 1);
}

enum status uploads_begin(struct etl *etl, int64_t artist, const char *channel,
			  int64_t rank)
{
	enum status status =
		work_put(etl->catalog, artist, FACT_CHANNEL, channel);

	return status ? status
		      : stages_add_key(etl, STAGE_UPLOADS, artist, channel,
				       rank);
}

enum source_outcome channels_take(struct etl *etl, const struct task *task,
				  const struct http_answer *answer,
				  struct facts *facts, enum status *status)
{
	enum source_outcome outcome = musicbrainz_read_artist(answer, facts);

	if (outcome == SOURCE_OK)
		*status =
			uploads_begin(etl, task->draft, facts->id, task->rank);
	return outcome;
}

enum status channels_without(struct etl *etl, const struct task *task)
{
	enum status status =
		work_put(etl->catalog, task->draft, FACT_CHANNEL, "-");

	return status ? status : ladder_settle(etl, task->draft);
}

/* The key: artist's draft, channel, and behind a blank the page and its token.
 */
struct uploads {
	char channel[80], token[128];
	int page;
};

static bool uploads_of(const struct task *task, struct uploads *out)
{
	*out = (struct uploads){.page = 0};
	return sscanf(task->key, "%*d %79s %d %127s", out->channel, &out->page,
		      out->token) >= 1;
}

bool uploads_ask(struct etl *etl, const struct task *task,
		 struct source_request *request)
{
	struct uploads uploads;

	(void)etl;
	if (!uploads_of(task, &uploads))
		return false;
	return youtube_ask_uploads(request, uploads.channel, uploads.token) ||
	       youtube_ask_channel(request, uploads.channel);
}

/* What of the listing is this song. */
static enum status match(struct etl *etl, struct ladder_songs *songs, int at,
			 const struct facts *facts, bool *found)
{
	struct candidates candidates;
	enum status status =
		work_draft_get(etl->catalog, songs->ids[at], &songs->draft);

	ladder_get(etl, songs->ids[at], FACT_LISTED, &candidates);
	for (int i = 0; !status && i < facts->video_count; i++) {
		const struct fact_video *video = &facts->videos[i];
		double score = video_score(video, songs->draft.artist,
					   songs->draft.title, 0);

		if (score > 0)
			candidates_add(&candidates, video->id, score);
	}
	*found = candidates.count > 0;
	return status ? status
		      : ladder_keep(etl, songs->ids[at], FACT_LISTED,
				    &candidates);
}

static enum status take_page(struct etl *etl, const struct task *task,
			     struct uploads *uploads, struct facts *facts)
{
	struct ladder_songs songs;
	char next[sizeof(task->key)];
	bool all = true;
	enum status status = ladder_songs(etl, task->draft, &songs);

	for (int i = 0; !status && i < songs.count; i++) {
		bool found = false;

		status = match(etl, &songs, i, facts, &found);
		all &= found;
	}
	if (!status && !all && facts->id[0] &&
	    uploads->page + 1 < UPLOADS_PAGES) {
		snprintf(next, sizeof(next), "%s %d %s", uploads->channel,
			 uploads->page + 1, facts->id);
		status = stages_add_key(etl, STAGE_UPLOADS, task->draft, next,
					task->rank);
		return status ? status
			      : stages_again(etl, STAGE_UPLOADS, task->draft,
					     next, &all);
	}
	return status ? status
		      : uploads_lengths(etl, task->draft, task->rank, songs.ids,
					songs.count, FACT_LISTED);
}

enum source_outcome uploads_take(struct etl *etl, const struct task *task,
				 const struct http_answer *answer,
				 struct facts *facts, enum status *status)
{
	struct uploads uploads;
	enum source_outcome outcome;

	if (!uploads_of(task, &uploads))
		return SOURCE_BAD;
	if (strncmp(uploads.channel, "UC", 2) != 0) {
		outcome = youtube_read_channel(answer, facts);
		if (outcome == SOURCE_OK)
			*status = uploads_begin(etl, task->draft, facts->id,
						task->rank);
		return outcome;
	}
	outcome = youtube_read_uploads(answer, facts);
	if (outcome == SOURCE_OK)
		*status = take_page(etl, task, &uploads, facts);
	return outcome;
}

/* What the pages before told still counts. */
enum status uploads_without(struct etl *etl, const struct task *task)
{
	struct facts none = {0};
	struct uploads last = {.page = UPLOADS_PAGES};

	return take_page(etl, task, &last, &none);
}

/* ---- how long they are ----------------------------------------------------
 */

static enum status ask_fifty(struct etl *etl, int64_t artist, int64_t rank,
			     char *ids, int *part)
{
	enum status status = STATUS_OK;

	if (*ids)
		status = stages_add_key(etl, STAGE_LENGTHS, artist, ids, rank);
	ids[0] = '\0';
	*part = 0;
	return status;
}

/* Until the lengths are there, names must do. */
enum status uploads_lengths(struct etl *etl, int64_t artist, int64_t rank,
			    const int64_t *songs, int count, const char *name)
{
	char ids[50 * 12 + 1] = "";
	int in = 0;
	enum status status = STATUS_OK;

	for (int i = 0; !status && i < count; i++) {
		struct candidates candidates;
		struct draft draft = {.rank = 0};

		ladder_get(etl, songs[i], name, &candidates);
		for (int j = 0; !status && j < candidates.count; j++) {
			const struct candidate *c = &candidates.list[j];
			size_t used = strlen(ids);

			if (c->length_s != 0 || strstr(ids, c->id))
				continue;
			snprintf(ids + used, sizeof(ids) - used, "%s%s",
				 used ? "," : "", c->id);
			if (++in == 50)
				status = ask_fifty(etl, artist, rank, ids, &in);
		}
		if (!status)
			status = work_draft_get(etl->catalog, songs[i], &draft);
		if (!status)
			status = ladder_settle_song(etl, songs[i], draft.rank);
	}
	return status ? status : ask_fifty(etl, artist, rank, ids, &in);
}

bool lengths_ask(struct etl *etl, const struct task *task,
		 struct source_request *request)
{
	return verify_ask(etl, task, request);
}

static enum status tell_all(struct etl *etl, const struct task *task,
			    const struct facts *facts)
{
	struct ladder_songs songs;
	enum status status = ladder_songs(etl, task->draft, &songs);

	for (int i = 0; !status && i < songs.count; i++)
		status = ladder_tell(etl, task, facts, songs.ids[i]);
	return status ? status : ladder_settle(etl, task->draft);
}

enum source_outcome lengths_take(struct etl *etl, const struct task *task,
				 const struct http_answer *answer,
				 struct facts *facts, enum status *status)
{
	enum source_outcome outcome = youtube_read_videos(answer, facts);

	if (outcome != SOURCE_OK && outcome != SOURCE_MISSING)
		return outcome;
	*status = tell_all(etl, task, facts);
	return SOURCE_OK;
}

/* Nobody tells: then the names must do. */
enum status lengths_without(struct etl *etl, const struct task *task)
{
	return ladder_settle(etl, task->draft);
}
