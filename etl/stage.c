/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage: the table of stages, and the calls that a refresh begins with. */
#include "etl/stage.h"

#include "base/text.h"
#include "etl/stages.h"

#include <stdio.h>
#include <string.h>

#define DAY 86400.0

static const struct stage stages[STAGE_COUNT] = {
	[STAGE_ARTISTS] = {"artists", "lists of artists", SOURCE_LASTFM,
			   SOURCE_LASTFM, DAY, true, artists_ask, artists_take,
			   NULL},
	[STAGE_SIMILAR] = {"similar", "similar artists", SOURCE_LASTFM,
			   SOURCE_LASTFM, 7 * DAY, true, similar_ask,
			   similar_take, NULL},
	[STAGE_TRACKS] = {"tracks", "top tracks of an artist", SOURCE_LASTFM,
			  SOURCE_LASTFM, 7 * DAY, true, tracks_ask, tracks_take,
			  NULL},
	[STAGE_TAGS] = {"tags", "tags of a track", SOURCE_LASTFM, SOURCE_LASTFM,
			30 * DAY, true, tags_ask, tags_take, tags_without},
	[STAGE_ARTIST_TAGS] = {"artist-tags", "tags of an artist",
			       SOURCE_LASTFM, SOURCE_LASTFM, 30 * DAY, true,
			       artist_tags_ask, artist_tags_take, NULL},
	[STAGE_SONGS] = {"songs", "songs found at Genius", SOURCE_GENIUS,
			 SOURCE_GENIUS, 30 * DAY, true, songs_ask, songs_take,
			 songs_without},
	[STAGE_MEDIA] = {"media", "what Genius knows of a song", SOURCE_GENIUS,
			 SOURCE_GENIUS, 30 * DAY, true, media_ask, media_take,
			 media_without},
	[STAGE_LYRICS] = {"lyrics", "lyrics at LRCLIB", SOURCE_LRCLIB,
			  SOURCE_LRCLIB, 30 * DAY, false, lyrics_ask,
			  lyrics_take, lyrics_without},
	[STAGE_PAGES] = {"pages", "lyrics on Genius' pages",
			 SOURCE_GENIUS_PAGES, SOURCE_GENIUS_PAGES, 30 * DAY,
			 false, pages_ask, pages_take, NULL},
	[STAGE_RECORDINGS] = {"recordings", "recordings at MusicBrainz",
			      SOURCE_MUSICBRAINZ, SOURCE_MUSICBRAINZ, 30 * DAY,
			      true, recordings_ask, recordings_take,
			      recordings_without},
	[STAGE_LINKS] = {"links", "links of a recording", SOURCE_MUSICBRAINZ,
			 SOURCE_MUSICBRAINZ, 30 * DAY, true, links_ask,
			 links_take, recordings_without},
	[STAGE_DETAILS] = {"details", "lengths and covers at Deezer",
			   SOURCE_DEEZER, SOURCE_DEEZER, 30 * DAY, false,
			   details_ask, details_take, NULL},
	[STAGE_VIDEOS] = {"videos", "searches at YouTube", SOURCE_YOUTUBE,
			  LANE_SEARCH, 30 * DAY, true, videos_ask, videos_take,
			  NULL},
	[STAGE_VERIFY] = {"verify", "videos seen again", SOURCE_YOUTUBE,
			  SOURCE_YOUTUBE, 30 * DAY, false, verify_ask,
			  verify_take, NULL},
	[STAGE_CHANNELS] = {"channels", "channels of artists",
			    SOURCE_MUSICBRAINZ, SOURCE_MUSICBRAINZ, 30 * DAY,
			    true, channels_ask, channels_take,
			    channels_without},
	[STAGE_UPLOADS] = {"uploads", "videos on an artist's channel",
			   SOURCE_YOUTUBE, SOURCE_YOUTUBE, 30 * DAY, true,
			   uploads_ask, uploads_take, uploads_without},
	[STAGE_LENGTHS] = {"lengths", "lengths of videos", SOURCE_YOUTUBE,
			   SOURCE_YOUTUBE, 30 * DAY, false, lengths_ask,
			   lengths_take, lengths_without},
	[STAGE_POPULAR] = {"popular", "most heard songs of an artist",
			   SOURCE_LISTENBRAINZ, SOURCE_LISTENBRAINZ, 30 * DAY,
			   true, popular_ask, popular_take, NULL},
	[STAGE_TAGGED] = {"tagged", "recordings of a tag at ListenBrainz",
			  SOURCE_LISTENBRAINZ, SOURCE_LISTENBRAINZ, 30 * DAY,
			  true, tagged_ask, tagged_take, NULL},
	[STAGE_STATIONS] = {"stations", "radio stations of a tag",
			    SOURCE_RADIOBROWSER, SOURCE_RADIOBROWSER, DAY, true,
			    stations_ask, stations_take, NULL},
	[STAGE_FREE] = {"free", "free music of a tag at Jamendo",
			SOURCE_JAMENDO, SOURCE_JAMENDO, 30 * DAY, true,
			free_ask, free_take, NULL},
	[STAGE_ITEMS] = {"items", "free albums of a tag at the Archive",
			 SOURCE_ARCHIVE, SOURCE_ARCHIVE, 30 * DAY, true,
			 items_ask, items_take, NULL},
	[STAGE_FILES] = {"files", "pieces of a free album", SOURCE_ARCHIVE,
			 SOURCE_ARCHIVE, 30 * DAY, true, files_ask, files_take,
			 NULL},
};

const struct stage *stage_list(void)
{
	return stages;
}

int stage_find(const char *name)
{
	for (int i = 0; i < STAGE_COUNT; i++)
		if (!strcmp(stages[i].name, name))
			return i;
	return -1;
}

int stage_tags(const struct config *config, char *text, const char **out)
{
	/* moods from all four corners of Russell's plane */
	static const char moods[] =
		"happy,energetic,dance,romantic,relaxing,chillout,ambient,"
		"melancholic,sad,classical,jazz,rock,metal";
	int count = 0;
	char *rest, *tag;

	text_copy(text, sizeof(config->etl.tags),
		  config->etl.tags[0] ? config->etl.tags : moods);
	for (tag = strtok_r(text, ",", &rest); tag && count < STAGE_TAGS_MAX;
	     tag = strtok_r(NULL, ",", &rest))
		out[count++] = tag;
	return count;
}

/* One list of artists, in pages. */
static enum status seed_list(struct etl *etl, const char *kind,
			     const char *name, int64_t rank)
{
	int pages =
		(etl->config->etl.artists + ARTISTS_PAGE - 1) / ARTISTS_PAGE;
	enum status status = STATUS_OK;

	for (int page = 1; !status && page <= pages; page++) {
		char key[256];

		snprintf(key, sizeof(key), "%s\t%s\t%d", kind, name, page);
		status = work_add(etl->catalog, STAGE_ARTISTS, SOURCE_LASTFM,
				  key, 0, rank + page);
	}
	return status;
}

static enum status seed_lastfm(struct etl *etl)
{
	const struct config *config = etl->config;
	char text[sizeof(config->etl.tags)];
	const char *tags[STAGE_TAGS_MAX];
	int count = config->etl.tags[0] ? stage_tags(config, text, tags) : 0;
	enum status status = seed_list(etl, "chart", "", 0);

	if (!status && config->etl.country[0])
		status = seed_list(etl, "country", config->etl.country,
				   RANK_LIST);
	for (int i = 0; !status && i < count; i++)
		status = seed_list(etl, "tag", tags[i], (i + 2) * RANK_LIST);
	return status;
}

enum status stage_seed(struct etl *etl)
{
	static const enum stage_id by_tag[] = {STAGE_STATIONS, STAGE_FREE,
					       STAGE_ITEMS, STAGE_TAGGED};
	char text[sizeof(etl->config->etl.tags)];
	const char *tags[STAGE_TAGS_MAX];
	int count = stage_tags(etl->config, text, tags);
	enum status status = etl->on[SOURCE_LASTFM] ? seed_lastfm(etl)
						    : STATUS_OK;

	for (size_t s = 0; s < sizeof(by_tag) / sizeof(*by_tag); s++) {
		const struct stage *stage = &stages[by_tag[s]];

		if (!etl->on[stage->source])
			continue;
		for (int i = 0; !status && i < count; i++)
			status = work_add(etl->catalog, by_tag[s], stage->lane,
					  tags[i], 0, i);
	}
	return status;
}

/* ---- what all stages use --------------------------------------------------
 */

bool stages_draft(struct etl *etl, const struct task *task, struct draft *draft)
{
	return !work_draft_get(etl->catalog, task->draft, draft);
}

#define KEY_SIZE sizeof(((struct task *)0)->key)

static void write_key(char *key, int64_t draft, const char *rest)
{
	snprintf(key, KEY_SIZE, "%lld%s%s", (long long)draft, *rest ? " " : "",
		 rest);
}

enum status stages_add_key(struct etl *etl, enum stage_id stage, int64_t draft,
			   const char *rest, int64_t rank)
{
	const struct stage *s = &stages[stage];
	char key[KEY_SIZE];

	if (!etl->on[s->source])
		return STATUS_OK;
	write_key(key, draft, rest);
	return work_add(etl->catalog, stage, s->lane, key, draft, rank);
}

enum status stages_add(struct etl *etl, enum stage_id stage, int64_t draft,
		       int64_t rank)
{
	return stages_add_key(etl, stage, draft, "", rank);
}

enum status stages_again(struct etl *etl, enum stage_id stage, int64_t draft,
			 const char *rest, bool *open)
{
	char key[KEY_SIZE];

	write_key(key, draft, rest);
	return work_again(etl->catalog, stage, key, open);
}

enum status stages_put(struct etl *etl, int64_t draft, const char *name,
		       const char *value)
{
	return *value ? work_put(etl->catalog, draft, name, value) : STATUS_OK;
}

bool stages_has(struct etl *etl, int64_t draft, const char *name)
{
	char value[512];

	return !work_get(etl->catalog, draft, name, value, sizeof(value)) &&
	       value[0];
}

/* ---- videos, fifty a call --------------------------------------------------
 */

struct fifty {
	struct etl *etl;
	char ids[50 * 17];
	int count;
	int64_t rank;
	char lists[64][50 * 17]; /* written when the reading is over */
	int list_count;
};

static void close_list(struct fifty *fifty)
{
	if (!fifty->count)
		return;
	text_copy(fifty->lists[fifty->list_count++], sizeof(fifty->ids),
		  fifty->ids);
	fifty->count = 0;
	fifty->ids[0] = '\0';
}

static bool take_id(int64_t draft, const char *id, void *user)
{
	struct fifty *fifty = user;
	size_t used = strlen(fifty->ids);

	(void)draft;
	if (strlen(id) > 16)
		return true;
	snprintf(fifty->ids + used, sizeof(fifty->ids) - used, "%s%s",
		 used ? "," : "", id);
	if (++fifty->count == 50)
		close_list(fifty);
	return fifty->list_count < 64;
}

enum status stage_verify(struct etl *etl, int64_t before)
{
	static struct fifty fifty;
	enum status status;

	if (!etl->on[SOURCE_YOUTUBE])
		return STATUS_OK;
	memset(&fifty, 0, sizeof(fifty));
	status = work_stale(etl->catalog, "video", before, take_id, &fifty);
	if (fifty.list_count < 64)
		close_list(&fifty);
	for (int i = 0; !status && i < fifty.list_count; i++)
		status = work_add(etl->catalog, STAGE_VERIFY, SOURCE_YOUTUBE,
				  fifty.lists[i], 0, i);
	return status;
}
