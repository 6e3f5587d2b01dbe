/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lrclib: a song's words from LRCLIB, whose users write them; of several
 * entries the one that fits. The text is never kept.
 */
#include "etl/answer.h"
#include "etl/query.h"
#include "etl/similar.h"
#include "etl/verse.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Searched, not got: beets found its own choice better than /get's. */
bool lrclib_ask_lyrics(struct source_request *request, const char *artist,
		       const char *title)
{
	struct query query;
	char plain[160];

	similar_plain(plain, sizeof(plain), title);
	query_start(&query, request, SOURCE_LRCLIB, "/search");
	query_text(&query, "track_name", plain);
	query_text(&query, "artist_name", artist);
	return query_end(&query);
}

static enum source_outcome judge(const struct http_answer *answer,
				 json_t **root, struct facts *facts)
{
	enum source_outcome outcome = answer_json(answer, root, facts);
	int64_t code = json_integer_at(*root, "statusCode", 0);

	if (outcome == SOURCE_OK && code == 404)
		return answer_say(facts, SOURCE_MISSING, "there is none");
	if (outcome == SOURCE_OK &&
	    (!answer_is_list(*root) ||
	     (json_is_object(*root) && !json_at(*root, "trackName"))))
		return answer_say(facts, SOURCE_BAD,
				  "the answer has no entries");
	return outcome;
}

static const char *words_of(const json_t *entry, const char *key)
{
	const char *text = json_string_value(json_at(entry, key));

	return text && text[strspn(text, " \r\n\t")] ? text : NULL;
}

/* Stamps that run on behind the song's end are another recording's. */
static const char *synced_of(const json_t *entry, double length_s)
{
	const char *text = words_of(entry, "syncedLyrics");

	return text && (length_s <= 0 || verse_end(text) <= length_s + 2)
		       ? text
		       : NULL;
}

/* How well an entry fits: 0 for not. */
static double score(const json_t *entry, const char *artist, const char *title,
		    double length_s)
{
	double length = json_decimal_at(entry, "duration", 0), points;
	char by[128], name[160];

	json_text_at(entry, "artistName", by, sizeof(by));
	if (!json_text_at(entry, "trackName", name, sizeof(name)))
		json_text_at(entry, "name", name, sizeof(name));
	points = similar_song(artist, title, by, name);
	if (!points)
		return 0;
	if (length > 0 && length_s > 0) {
		double off = fabs(length - length_s) / length_s;

		if (off > 0.05)
			return 0;
		points += 3 - off / 0.05; /* before one that tells none */
	}
	if (words_of(entry, "plainLyrics") || synced_of(entry, length))
		points += 4;
	else if (json_flag_at(entry, "instrumental"))
		points += 2;
	else
		return 0;
	return points + (synced_of(entry, length) ? 1 : 0);
}

static enum source_outcome take(const json_t *entry, struct facts *facts)
{
	const char *text = words_of(entry, "plainLyrics");
	bool stamped = !text;
	char id[24];

	if (!text)
		text = words_of(entry, "syncedLyrics");
	facts->length_s = json_decimal_at(entry, "duration", 0);
	facts->lyrics.instrumental = !text &&
				     json_flag_at(entry, "instrumental");
	if (json_text_at(entry, "id", id, sizeof(id)))
		snprintf(facts->lyrics.page, sizeof(facts->lyrics.page),
			 "https://lrclib.net/api/get/%s", id);
	if (!text)
		return SOURCE_OK;
	facts->lyrics.text = verse_lines(text, stamped);
	return facts->lyrics.text
		       ? SOURCE_OK
		       : answer_say(facts, SOURCE_RETRY, "no memory for words");
}

enum source_outcome lrclib_read_lyrics(const struct http_answer *answer,
				       const char *artist, const char *title,
				       double length_s, struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);
	const json_t *chosen = NULL;
	double best = 0;

	for (size_t i = 0; !outcome && i < json_count(root); i++) {
		const json_t *entry = json_item(root, i);
		double points = score(entry, artist, title, length_s);

		if (points > best) {
			best = points;
			chosen = entry;
		}
	}
	if (chosen)
		outcome = take(chosen, facts);
	else if (!outcome)
		outcome = answer_say(facts, SOURCE_MISSING,
				     "no entry is this song, with words");
	json_decref(root);
	return outcome;
}
