/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * genius: which of the songs found is the one that is meant, and what Genius
 * says of it. The lyrics are on its pages: genius_pages.c.
 */
#include "base/text.h"
#include "etl/answer.h"
#include "etl/query.h"
#include "etl/similar.h"
#include "etl/video.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define HITS 10

/* ---- what is asked ------------------------------------------------------- */

bool genius_ask_search(struct source_request *request, const char *artist,
		       const char *title)
{
	struct query query;
	char plain[160], words[300];

	similar_plain(plain, sizeof(plain), title);
	snprintf(words, sizeof(words), "%s %s", plain, artist);
	query_start(&query, request, SOURCE_GENIUS, "/search");
	query_text(&query, "q", title[0] && artist[0] ? words : "");
	query_number(&query, "per_page", HITS);
	return query_end(&query);
}

bool genius_ask_song(struct source_request *request, const char *id)
{
	struct query query;

	query_start(&query, request, SOURCE_GENIUS, "/songs");
	query_segment(&query, id);
	query_text(&query, "text_format", "plain");
	return query_end(&query);
}

/* ---- what came ----------------------------------------------------------- */

/* Errors come in Genius' envelope, but for a refused token. */
static enum source_outcome judge(const struct http_answer *answer,
				 json_t **root, struct facts *facts)
{
	enum source_outcome outcome = answer_json(answer, root, facts);

	if (json_is_string(json_at(*root, "error")) &&
	    (!outcome || answer->status == 400))
		return answer_say(facts, SOURCE_FATAL, "the token was refused");
	if (outcome)
		return outcome;
	switch (json_integer_at(*root, "meta.status", 200)) {
	case 200: break;
	case 401:
		return answer_say(facts, SOURCE_FATAL, "the token was refused");
	case 403: return answer_say(facts, SOURCE_BLOCKED, "turned away");
	case 404: return answer_say(facts, SOURCE_MISSING, "there is none");
	case 429: return answer_say(facts, SOURCE_RETRY, "asked to slow down");
	default: return answer_say(facts, SOURCE_BAD, "an unexpected status");
	}
	if (!json_is_object(json_at(*root, "response")))
		return answer_say(facts, SOURCE_BAD,
				  "the answer has no response");
	return SOURCE_OK;
}

/* The first video of YouTube's among the links; they may be anything. */
static void read_media(const json_t *media, struct fact_song *song)
{
	for (size_t i = 0; i < json_count(media) && !song->video[0]; i++) {
		const json_t *item = json_item(media, i);
		char provider[32], address[256];

		json_text_at(item, "provider", provider, sizeof(provider));
		json_text_at(item, "url", address, sizeof(address));
		if (!provider[0] || !strcasecmp(provider, "youtube"))
			video_id(address, song->video, sizeof(song->video));
	}
}

static bool read_song(const json_t *node, struct fact_song *song)
{
	char state[24];

	memset(song, 0, sizeof(*song));
	if (!json_text_at(node, "id", song->id, sizeof(song->id)))
		return false;
	json_text_at(node, "path", song->path, sizeof(song->path));
	answer_address_at(node, "url", song->page, sizeof(song->page));
	if (!answer_address_at(node, "song_art_image_url", song->artwork,
			       sizeof(song->artwork)))
		answer_address_at(node, "album.cover_art_url", song->artwork,
				  sizeof(song->artwork));
	json_text_at(node, "album.name", song->album, sizeof(song->album));
	json_text_at(node, "language", song->language, sizeof(song->language));
	json_text_at(node, "lyrics_state", state, sizeof(state));
	song->lyrics_complete = !strcmp(state, "complete");
	song->instrumental = json_flag_at(node, "instrumental");
	read_media(json_at(node, "media"), song);
	return true;
}

/* Pages that hold no song's words, unless the song is called so. */
static bool is_about_something_else(const char *found, const char *wanted)
{
	static const char *const words[] = {
		"tracklist",     "track list",  "album art", "artwork",
		"album artwork", "liner notes", "booklet",   "credits",
		"interview",     "skit",        "setlist",   "instrumental",
	};

	char found_words[512], wanted_words[512];

	similar_words(found_words, sizeof(found_words), found);
	similar_words(wanted_words, sizeof(wanted_words), wanted);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (similar_has(found_words, words[i]) &&
		    !similar_has(wanted_words, words[i]))
			return true;
	return false;
}

/* "Genius Traducciones al Español" and its like. */
static bool is_translator(const char *name)
{
	static const char *const kinds[] = {
		"traduc",    "ubersetz", "cevir",  "romaniz",   "translat",
		"oversaett", "oversat",  "prevod", "vertaling", "perevod",
	};
	char key[256];

	text_key(key, sizeof(key), name);
	if (strncmp(key, "genius ", 7) != 0)
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strstr(key, kinds[i]))
			return true;
	return false;
}

static double best_of(const json_t *node, const char *const *paths, int count,
		      const char *wanted)
{
	double best = 0;

	for (int i = 0; i < count; i++) {
		char text[256];

		if (json_text_at(node, paths[i], text, sizeof(text))) {
			double alike = similar(text, wanted);

			best = alike > best ? alike : best;
		}
	}
	return best;
}

/* How surely a hit's result is the song: 0 for not. */
static double score(const json_t *result, const char *artist, const char *title)
{
	static const char *const titles[] = {"title", "title_with_featured"};
	static const char *const artists[] = {
		"primary_artist.name", "primary_artist_names", "artist_names"};
	char found[256], by[256];
	double names, words;

	json_text_at(result, "title", found, sizeof(found));
	json_text_at(result, "primary_artist.name", by, sizeof(by));
	if (is_about_something_else(found, title) || is_translator(by))
		return 0;
	words = best_of(result, titles, 2, title);
	names = best_of(result, artists, 3, artist);
	return words < SIMILAR_ENOUGH || names < SIMILAR_ENOUGH ? 0
								: words + names;
}

enum source_outcome genius_read_search(const struct http_answer *answer,
				       const char *artist, const char *title,
				       struct facts *facts)
{
	json_t *root, *hits;
	enum source_outcome outcome = judge(answer, &root, facts);
	double best = 0;

	hits = json_at(root, "response.hits");
	if (!outcome && !answer_is_list(hits))
		outcome =
			answer_say(facts, SOURCE_BAD, "the answer has no hits");
	for (size_t i = 0; !outcome && i < json_count(hits); i++) {
		const json_t *result = json_at(json_item(hits, i), "result");
		double points = score(result, artist, title);
		struct fact_song song;

		/* words that are there come before words that are not */
		if (!points || !read_song(result, &song))
			continue;
		points += song.lyrics_complete && !song.instrumental ? 1 : 0;
		if (points > best) {
			best = points;
			facts->song = song;
		}
	}
	json_decref(root);
	if (!outcome && !best)
		return answer_say(facts, SOURCE_MISSING,
				  "none of the hits is this song");
	return outcome;
}

enum source_outcome genius_read_song(const struct http_answer *answer,
				     struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);

	if (!outcome &&
	    !read_song(json_at(root, "response.song"), &facts->song))
		outcome =
			answer_say(facts, SOURCE_BAD, "the answer has no song");
	json_decref(root);
	return outcome;
}
