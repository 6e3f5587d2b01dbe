/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * youtube: search (dear: a hundred a day), videos and uploads (cheap: fifty a
 * call) through the Data API v3. An error's reason tells what its status does
 * not.
 */
#include "base/text.h"
#include "etl/answer.h"
#include "etl/query.h"
#include "etl/similar.h"
#include "etl/video.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HITS    10
#define IDS_MAX 50

/* ---- what is asked ------------------------------------------------------- */

bool youtube_ask_search(struct source_request *request, const char *artist,
			const char *title)
{
	struct query query;
	char plain[160], words[300];

	similar_plain(plain, sizeof(plain), title);
	snprintf(words, sizeof(words), "%s %s", artist, plain);
	query_start(&query, request, SOURCE_YOUTUBE, "/search");
	query_text(&query, "part", "snippet");
	query_text(&query, "type", "video");
	query_text(&query, "videoCategoryId", "10"); /* music */
	query_number(&query, "maxResults", HITS);
	query_text(&query, "q", artist[0] && title[0] ? words : "");
	return query_end(&query);
}

bool youtube_ask_videos(struct source_request *request, const char *const *ids,
			int count)
{
	struct query query;
	char list[IDS_MAX * 12 + 1] = "";

	for (int i = 0; i < count && count <= IDS_MAX; i++) {
		size_t used = strlen(list);

		if (!video_is_id(ids[i]))
			return false;
		snprintf(list + used, sizeof(list) - used, "%s%s", i ? "," : "",
			 ids[i]);
	}
	query_start(&query, request, SOURCE_YOUTUBE, "/videos");
	query_text(&query, "part", "snippet,contentDetails,status");
	query_text(&query, "id", list);
	return query_end(&query);
}

bool youtube_ask_channel(struct source_request *request, const char *channel)
{
	bool is_user = !strncmp(channel, "user/", 5);
	struct query query;

	if (!is_user && channel[0] != '@')
		return false;
	query_start(&query, request, SOURCE_YOUTUBE, "/channels");
	query_text(&query, "part", "id");
	query_text(&query, is_user ? "forUsername" : "forHandle",
		   is_user ? channel + 5 : channel);
	return query_end(&query);
}

bool youtube_ask_uploads(struct source_request *request, const char *channel,
			 const char *page)
{
	struct query query;
	char playlist[40];

	/* a channel's uploads are the playlist of its id with UU for UC */
	if (strncmp(channel, "UC", 2) != 0 || strlen(channel) > 30)
		return false;
	snprintf(playlist, sizeof(playlist), "UU%s", channel + 2);
	query_start(&query, request, SOURCE_YOUTUBE, "/playlistItems");
	query_text(&query, "part", "snippet,contentDetails");
	query_number(&query, "maxResults", 50);
	query_text(&query, "playlistId", playlist);
	if (page && page[0])
		query_text(&query, "pageToken", page);
	return query_end(&query);
}

/* ---- errors -------------------------------------------------------------- */

static const struct {
	const char *reason;
	enum source_outcome outcome;
	const char *words;
} reasons[] = {
	/* developers.google.com/youtube/v3/docs/errors, /docs/core_errors */
	{"quotaExceeded", SOURCE_QUOTA, "the day's quota is used up"},
	{"dailyLimitExceeded", SOURCE_QUOTA, "the day's quota is used up"},
	{"API_KEY_INVALID", SOURCE_FATAL, "the API key is not valid"},
	{"keyInvalid", SOURCE_FATAL, "the API key is not valid"},
	{"keyExpired", SOURCE_FATAL, "the API key has expired"},
	{"badRequest", SOURCE_FATAL, "the API key or request was refused"},
	{"accessNotConfigured", SOURCE_FATAL,
	 "the key's project has the YouTube Data API switched off"},
	{"SERVICE_DISABLED", SOURCE_FATAL,
	 "the key's project has the YouTube Data API switched off"},
	{"ipRefererBlocked", SOURCE_FATAL, "the key is not for this address"},
	{"forbidden", SOURCE_FATAL, "the key may not do this"},
	{"rateLimitExceeded", SOURCE_RETRY, "asked to slow down"},
	{"userRateLimitExceeded", SOURCE_RETRY, "asked to slow down"},
	{"RATE_LIMIT_EXCEEDED", SOURCE_RETRY, "asked to slow down"},
	{"backendError", SOURCE_RETRY, "its backend failed"},
	{"internalError", SOURCE_RETRY, "its backend failed"},
	{"videoNotFound", SOURCE_MISSING, "no such video"},
	{"playlistNotFound", SOURCE_MISSING, "no such playlist"},
	{"channelNotFound", SOURCE_MISSING, "no such channel"},
	{"playlistItemsNotAccessible", SOURCE_MISSING, "a private playlist"},
};

static bool says(const json_t *list, const char *reason)
{
	for (size_t i = 0; i < json_count(list); i++) {
		char text[64];

		if (json_text_at(json_item(list, i), "reason", text,
				 sizeof(text)) &&
		    !strcmp(text, reason))
			return true;
	}
	return false;
}

static enum source_outcome judge(const struct http_answer *answer,
				 json_t **root, struct facts *facts)
{
	enum source_outcome outcome = answer_json(answer, root, facts);
	const json_t *error = json_at(*root, "error");

	for (size_t i = 0; error && i < sizeof(reasons) / sizeof(*reasons); i++)
		if (says(json_at(error, "details"), reasons[i].reason) ||
		    says(json_at(error, "errors"), reasons[i].reason))
			return answer_say(facts, reasons[i].outcome, "%s",
					  reasons[i].words);
	if (outcome)
		return outcome;
	if (error || !json_is_object(*root))
		return answer_say(facts, SOURCE_BAD, "an unexpected answer");
	/* where there is none, the list may be left out whole */
	if (!json_at(*root, "items") && json_at(*root, "pageInfo"))
		return answer_say(facts, SOURCE_MISSING, "it lists nothing");
	if (!answer_is_list(json_at(*root, "items")))
		return answer_say(facts, SOURCE_BAD,
				  "the answer has no list of items");
	if (!json_count(json_at(*root, "items")))
		return answer_say(facts, SOURCE_MISSING, "it lists nothing");
	return SOURCE_OK;
}

/* ---- what came ----------------------------------------------------------- */

/* Search writes titles as HTML: "&amp;", "&#39;". In place. */
static void unescape(char *text)
{
	static const struct {
		const char *name;
		char sign;
	} names[] = {{"&amp;", '&'}, {"&quot;", '"'}, {"&lt;", '<'},
		     {"&gt;", '>'},  {"&#39;", '\''}, {"&#x27;", '\''},
		     {"&#34;", '"'}, {"&#38;", '&'},  {"&apos;", '\''}};
	char *write = text;

	while (*text) {
		size_t i = 0, count = sizeof(names) / sizeof(*names);

		while (i < count &&
		       strncmp(text, names[i].name, strlen(names[i].name)) != 0)
			i++;
		*write++ = i < count ? names[i].sign : *text;
		text += i < count ? strlen(names[i].name) : 1;
	}
	*write = '\0';
}

/* What all lists have in common. false: it is none, or not for all. */
static bool read_video(const json_t *item, const char *id_path,
		       struct fact_video *video)
{
	char live[16];

	memset(video, 0, sizeof(*video));
	json_text_at(item, id_path, video->id, sizeof(video->id));
	json_text_at(item, "snippet.title", video->title, sizeof(video->title));
	json_text_at(item, "snippet.channelTitle", video->channel,
		     sizeof(video->channel));
	json_text_at(item, "snippet.channelId", video->channel_id,
		     sizeof(video->channel_id));
	json_text_at(item, "snippet.liveBroadcastContent", live, sizeof(live));
	video->playable = !live[0] || !strcmp(live, "none");
	return video_is_id(video->id) && video->title[0];
}

static bool add_video(struct facts *facts, const struct fact_video *video)
{
	struct fact_video *added = facts_video(facts);

	if (added)
		*added = *video;
	return added != NULL;
}

/* Best first; equal ones as YouTube has them. */
static void add_best(const json_t *items, const char *artist, const char *title,
		     struct facts *facts)
{
	double points[HITS * 5];
	int limit = sizeof(points) / sizeof(*points);

	for (size_t i = 0; i < json_count(items); i++) {
		struct fact_video video;
		double score;
		int at;

		if (!read_video(json_item(items, i), "id.videoId", &video) ||
		    !video.playable)
			continue;
		unescape(video.title);
		unescape(video.channel);
		score = video_score(&video, artist, title, 0);
		if (!score || facts->video_count == limit ||
		    !add_video(facts, &video))
			continue;
		for (at = facts->video_count - 1; at && points[at - 1] < score;
		     at--) {
			points[at] = points[at - 1];
			facts->videos[at] = facts->videos[at - 1];
		}
		points[at] = score;
		facts->videos[at] = video;
	}
}

enum source_outcome youtube_read_search(const struct http_answer *answer,
					const char *artist, const char *title,
					struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);

	if (!outcome)
		add_best(json_at(root, "items"), artist, title, facts);
	json_decref(root);
	if (!outcome && !facts->video_count)
		return answer_say(facts, SOURCE_MISSING,
				  "none of the videos is this song");
	return outcome;
}

static bool is(const json_t *item, const char *path, const char *word)
{
	char text[32];

	return json_text_at(item, path, text, sizeof(text)) &&
	       !strcmp(text, word);
}

/* Whether others than its owner can play it, here and embedded. */
static bool is_playable(const json_t *item)
{
	const json_t *embeddable = json_at(item, "status.embeddable");

	return !is(item, "status.privacyStatus", "private") &&
	       !is(item, "status.uploadStatus", "failed") &&
	       !is(item, "status.uploadStatus", "rejected") &&
	       !is(item, "status.uploadStatus", "deleted") &&
	       (!embeddable || json_flag_at(item, "status.embeddable"));
}

enum source_outcome youtube_read_videos(const struct http_answer *answer,
					struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);
	const json_t *items = json_at(root, "items");

	for (size_t i = 0; !outcome && i < json_count(items); i++) {
		const json_t *item = json_item(items, i);
		struct fact_video video;
		char duration[32];

		if (!read_video(item, "id", &video))
			continue;
		json_text_at(item, "contentDetails.duration", duration,
			     sizeof(duration));
		video.length_s = video_length(duration);
		/* a live video has none */
		video.playable &= video.length_s > 0 && is_playable(item);
		if (video.length_s < 0)
			video.length_s = 0;
		add_video(facts, &video);
	}
	json_decref(root);
	return outcome;
}

enum source_outcome youtube_read_uploads(const struct http_answer *answer,
					 struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);
	const json_t *items = json_at(root, "items");

	for (size_t i = 0; !outcome && i < json_count(items); i++) {
		const json_t *item = json_item(items, i);
		struct fact_video video;

		if (!read_video(item, "snippet.resourceId.videoId", &video) &&
		    !read_video(item, "contentDetails.videoId", &video))
			continue;
		/* what stands in the place of one that is gone */
		if (!strcmp(video.title, "Private video") ||
		    !strcmp(video.title, "Deleted video"))
			continue;
		add_video(facts, &video);
	}
	if (!outcome)
		json_text_at(root, "nextPageToken", facts->id,
			     sizeof(facts->id));
	json_decref(root);
	return outcome;
}

enum source_outcome youtube_read_channel(const struct http_answer *answer,
					 struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);
	const json_t *first = json_item(json_at(root, "items"), 0);

	if (!outcome &&
	    (!json_text_at(first, "id", facts->id, sizeof(facts->id)) ||
	     strncmp(facts->id, "UC", 2) != 0))
		outcome = answer_say(facts, SOURCE_BAD,
				     "the answer has no channel's id");
	json_decref(root);
	return outcome;
}
