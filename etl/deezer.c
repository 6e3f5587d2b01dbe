/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * deezer: a song's length, album and cover. Errors come with status 200. Its
 * previews have signed addresses that expire, and are never taken.
 */
#include "etl/answer.h"
#include "etl/query.h"
#include "etl/similar.h"

#include <stdio.h>

/* Free text: the search by fields is said to find nothing any more. */
bool deezer_ask_track(struct source_request *request, const char *artist,
		      const char *title)
{
	struct query query;
	char plain[160], words[300];

	similar_plain(plain, sizeof(plain), title);
	snprintf(words, sizeof(words), "%s %s", artist, plain);
	query_start(&query, request, SOURCE_DEEZER, "/search");
	query_text(&query, "q", artist[0] && title[0] ? words : "");
	query_number(&query, "limit", 10);
	return query_end(&query);
}

static enum source_outcome judge(const struct http_answer *answer,
				 json_t **root, struct facts *facts)
{
	enum source_outcome outcome = answer_json(answer, root, facts);
	int code = (int)json_integer_at(*root, "error.code", -1);

	if (!json_is_object(json_at(*root, "error")))
		return outcome;
	/* https://developers.deezer.com/api/errors */
	switch (code) {
	case 4:
		if (facts->wait_s < 5)
			facts->wait_s = 5;
		return answer_say(facts, SOURCE_RETRY, "asked to slow down");
	case 700: return answer_say(facts, SOURCE_RETRY, "the service is busy");
	case 800: return answer_say(facts, SOURCE_MISSING, "there is none");
	case 300: return answer_say(facts, SOURCE_FATAL, "a token is wanted");
	default:
		return answer_say(facts, SOURCE_BAD, "Deezer's error %d", code);
	}
}

static double score(const json_t *item, const char *artist, const char *title)
{
	char by[128], name[160];

	json_text_at(item, "artist.name", by, sizeof(by));
	json_text_at(item, "title", name, sizeof(name));
	return similar_song(artist, title, by, name);
}

static void take(const json_t *item, struct fact_track *track)
{
	json_text_at(item, "id", track->id, sizeof(track->id));
	json_text_at(item, "artist.name", track->artist, sizeof(track->artist));
	json_text_at(item, "title", track->title, sizeof(track->title));
	json_text_at(item, "album.title", track->album, sizeof(track->album));
	answer_address_at(item, "link", track->page, sizeof(track->page));
	if (!answer_address_at(item, "album.cover_big", track->artwork,
			       sizeof(track->artwork)))
		answer_address_at(item, "album.cover_medium", track->artwork,
				  sizeof(track->artwork));
	track->length_s = json_decimal_at(item, "duration", 0);
}

enum source_outcome deezer_read_track(const struct http_answer *answer,
				      const char *artist, const char *title,
				      struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);
	const json_t *data = json_at(root, "data"), *chosen = NULL;
	struct fact_track *track = NULL;
	double best = 0;

	if (!outcome && !answer_is_list(data))
		outcome = answer_say(facts, SOURCE_BAD,
				     "the answer has no list of tracks");
	for (size_t i = 0; !outcome && i < json_count(data); i++) {
		double points = score(json_item(data, i), artist, title);

		if (points > best) {
			best = points;
			chosen = json_item(data, i);
		}
	}
	if (chosen)
		track = facts_track(facts);
	if (track)
		take(chosen, track);
	else if (!outcome)
		outcome = answer_say(facts, SOURCE_MISSING,
				     "none of the tracks is this song");
	json_decref(root);
	return outcome;
}
