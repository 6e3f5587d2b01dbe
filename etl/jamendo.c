/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * jamendo: free music by tag, with its speed. The answer echoes the client id
 * in places; none of those is kept.
 */
#include "base/text.h"
#include "etl/answer.h"
#include "etl/query.h"

#include <string.h>

bool jamendo_ask_tracks(struct source_request *request, const char *tag,
			int limit)
{
	struct query query;

	query_start(&query, request, SOURCE_JAMENDO, "/tracks/");
	query_text(&query, "format", "json");
	query_number(&query, "limit", limit < 200 ? limit : 200);
	query_text(&query, "fuzzytags", tag);
	query_text(&query, "include", "musicinfo licenses");
	query_text(&query, "audioformat", "mp32");
	query_text(&query, "order", "popularity_total");
	return query_end(&query);
}

static const struct {
	int code;
	enum source_outcome outcome;
	const char *words;
} errors[] = {
	/* https://developer.jamendo.com/v3.0/response-codes */
	{1, SOURCE_RETRY, "the service is in trouble"},
	{5, SOURCE_FATAL, "the client id is not valid"},
	{6, SOURCE_RETRY, "asked to slow down"},
	{11, SOURCE_FATAL, "the client id is suspended"},
	{12, SOURCE_FATAL, "an access token is wanted"},
	{13, SOURCE_FATAL, "the client id may not do this"},
};

/* The code decides: "status" is not as the documents have it. */
static enum source_outcome judge(const struct http_answer *answer,
				 json_t **root, struct facts *facts)
{
	enum source_outcome outcome = answer_json(answer, root, facts);
	int code = (int)json_integer_at(*root, "headers.code", -1);

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (errors[i].code == code)
			return answer_say(facts, errors[i].outcome,
					  "%s (Jamendo's code %d)",
					  errors[i].words, code);
	if (!outcome && code > 0)
		return answer_say(facts, SOURCE_BAD, "Jamendo's code %d", code);
	if (!outcome && (code || !answer_is_list(json_at(*root, "results"))))
		return answer_say(facts, SOURCE_BAD,
				  "the answer has no code or no results");
	return outcome;
}

static void join_all(const json_t *list, struct fact_track *track)
{
	for (size_t i = 0; i < json_count(list); i++) {
		char tag[64];

		if (json_text(json_item(list, i), tag, sizeof(tag)))
			answer_join(track->tags, sizeof(track->tags), tag);
	}
}

static void read_speed(const json_t *info, struct fact_track *track)
{
	static const struct {
		const char *word;
		double energy;
	} speeds[] = {{"verylow", -0.8},
		      {"low", -0.4},
		      {"medium", 0},
		      {"high", 0.4},
		      {"veryhigh", 0.8}};
	char speed[16];

	json_text_at(info, "speed", speed, sizeof(speed));
	for (size_t i = 0; i < sizeof(speeds) / sizeof(*speeds); i++)
		if (!strcmp(speed, speeds[i].word)) {
			track->has_energy = true;
			track->energy = speeds[i].energy;
		}
}

/* "from" names the client; the stream does without. */
static void cut_from(char *address)
{
	char *from = strstr(address, "&from=");

	if (from) {
		size_t length = 6 + strcspn(from + 6, "&");

		memmove(from, from + length, strlen(from + length) + 1);
	}
}

static bool read_track(const json_t *item, struct fact_track *track)
{
	const json_t *info = json_at(item, "musicinfo");
	const json_t *genres = json_at(info, "tags.genres");

	memset(track, 0, sizeof(*track));
	json_text_at(item, "id", track->id, sizeof(track->id));
	json_text_at(item, "artist_name", track->artist, sizeof(track->artist));
	json_text_at(item, "name", track->title, sizeof(track->title));
	json_text_at(item, "album_name", track->album, sizeof(track->album));
	answer_address_at(item, "audio", track->uri, sizeof(track->uri));
	cut_from(track->uri);
	answer_address_at(item, "shareurl", track->page, sizeof(track->page));
	if (!answer_address_at(item, "album_image", track->artwork,
			       sizeof(track->artwork)))
		answer_address_at(item, "image", track->artwork,
				  sizeof(track->artwork));
	answer_address_at(item, "license_ccurl", track->licence,
			  sizeof(track->licence));
	json_text(json_item(genres, 0), track->genre, sizeof(track->genre));
	join_all(genres, track);
	join_all(json_at(info, "tags.vartags"), track);
	read_speed(info, track);
	track->length_s = json_decimal_at(item, "duration", 0);
	return track->artist[0] && track->title[0] && track->uri[0];
}

enum source_outcome jamendo_read_tracks(const struct http_answer *answer,
					struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);
	const json_t *results = json_at(root, "results");

	for (size_t i = 0; !outcome && i < json_count(results); i++) {
		struct fact_track track, *added;

		if (!read_track(json_item(results, i), &track))
			continue;
		added = facts_track(facts);
		if (!added)
			break;
		*added = track;
	}
	json_decref(root);
	if (!outcome && !facts->track_count)
		return answer_say(facts, SOURCE_MISSING,
				  "it lists nothing that plays");
	return outcome;
}
