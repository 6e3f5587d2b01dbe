/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * musicbrainz: a recording's id, genres, tags and its video on YouTube. Keys
 * have hyphens, and 503 means slower.
 */
#include "base/text.h"
#include "etl/answer.h"
#include "etl/query.h"
#include "etl/similar.h"
#include "etl/video.h"

#include <stdio.h>
#include <string.h>

#define MBID_LENGTH 36

/* ---- what is asked ------------------------------------------------------- */

/* name:"text", with Lucene's signs of a phrase escaped. */
static void phrase(char *dst, size_t size, const char *name, const char *text)
{
	size_t used = (size_t)snprintf(dst, size, "%s:\"", name);

	for (const char *c = text; *c && used + 4 < size; c++) {
		if (*c == '"' || *c == '\\')
			dst[used++] = '\\';
		dst[used++] = *c;
	}
	snprintf(dst + used, size - used, "\"");
}

bool musicbrainz_ask_recording(struct source_request *request,
			       const char *artist, const char *title)
{
	struct query query;
	char plain[160], by[300], name[400], words[720];

	similar_plain(plain, sizeof(plain), title);
	phrase(by, sizeof(by), "artist", artist);
	phrase(name, sizeof(name), "recording", plain);
	snprintf(words, sizeof(words), "%s AND %s", name, by);
	query_start(&query, request, SOURCE_MUSICBRAINZ, "/recording");
	query_text(&query, "query", artist[0] && title[0] ? words : "");
	query_text(&query, "fmt", "json");
	query_number(&query, "limit", 10);
	return query_end(&query);
}

static bool is_mbid(const char *text)
{
	return strlen(text) == MBID_LENGTH &&
	       strspn(text, "0123456789abcdefABCDEF-") == MBID_LENGTH;
}

static bool look_up(struct source_request *request, const char *kind,
		    const char *mbid, const char *what)
{
	struct query query;

	if (!is_mbid(mbid))
		return false;
	query_start(&query, request, SOURCE_MUSICBRAINZ, kind);
	query_segment(&query, mbid);
	query_text(&query, "inc", what);
	query_text(&query, "fmt", "json");
	return query_end(&query);
}

bool musicbrainz_ask_links(struct source_request *request, const char *mbid)
{
	return look_up(request, "/recording", mbid, "genres tags url-rels");
}

bool musicbrainz_ask_artist(struct source_request *request, const char *mbid)
{
	return look_up(request, "/artist", mbid, "url-rels");
}

/* ---- what came ----------------------------------------------------------- */

static enum source_outcome judge(const struct http_answer *answer,
				 json_t **root, struct facts *facts)
{
	enum source_outcome outcome = answer_json(answer, root, facts);

	if (!outcome && (!json_is_object(*root) || json_at(*root, "error")))
		return answer_say(facts, SOURCE_BAD, "an unexpected answer");
	return outcome;
}

/* Votes: the most voted weighs 1. */
static void add_tags(const json_t *list, struct answer_seen *seen,
		     struct facts *facts)
{
	double most = 1;

	for (size_t i = 0; i < json_count(list); i++) {
		double votes = json_decimal_at(json_item(list, i), "count", 0);

		most = votes > most ? votes : most;
	}
	for (size_t i = 0; i < json_count(list); i++) {
		const json_t *item = json_item(list, i);
		double votes = json_decimal_at(item, "count", 0);
		struct fact_tag *tag;
		char name[64];

		/* a tag can be voted down, too */
		if (votes <= 0 ||
		    !json_text_at(item, "name", name, sizeof(name)) ||
		    answer_seen(seen, name))
			continue;
		tag = facts_tag(facts);
		if (!tag)
			return;
		memcpy(tag->name, name, sizeof(name));
		tag->weight = votes / most;
	}
}

static double score(const json_t *recording, const char *artist,
		    const char *title)
{
	const json_t *credits = json_at(recording, "artist-credit");
	char name[160], first[128], all[320] = "";
	double alone, joined;

	json_text_at(recording, "title", name, sizeof(name));
	json_text_at(json_item(credits, 0), "name", first, sizeof(first));
	for (size_t i = 0; i < json_count(credits); i++) {
		const json_t *credit = json_item(credits, i);
		const char *join =
			json_string_value(json_at(credit, "joinphrase"));
		char by[128];
		size_t used = strlen(all);

		json_text_at(credit, "name", by, sizeof(by));
		snprintf(all + used, sizeof(all) - used, "%s%s", by,
			 join ? join : " ");
	}
	alone = similar_song(artist, title, first, name);
	joined = similar_song(artist, title, all, name);
	return alone > joined ? alone : joined;
}

/* Of several artists of a recording, the one who was asked for. */
static void take_artist(const json_t *recording, const char *artist,
			struct facts *facts)
{
	const json_t *credits = json_at(recording, "artist-credit");
	double best = SIMILAR_ENOUGH;

	for (size_t i = 0; i < json_count(credits); i++) {
		const json_t *by = json_at(json_item(credits, i), "artist");
		char name[128], id[MBID_LENGTH + 4];
		double points;

		json_text_at(by, "name", name, sizeof(name));
		json_text_at(by, "id", id, sizeof(id));
		points = similar(name, artist);
		if (points < best || !is_mbid(id) ||
		    (facts->artist_id[0] && points <= best))
			continue;
		best = points;
		text_copy(facts->artist_id, sizeof(facts->artist_id), id);
	}
}

enum source_outcome musicbrainz_read_recording(const struct http_answer *answer,
					       const char *artist,
					       const char *title,
					       struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);
	const json_t *list = json_at(root, "recordings"), *chosen = NULL;
	struct answer_seen seen = {0};
	double best = 0;

	if (!outcome && !answer_is_list(list))
		outcome = answer_say(facts, SOURCE_BAD,
				     "the answer has no list of recordings");
	for (size_t i = 0; !outcome && i < json_count(list); i++) {
		const json_t *recording = json_item(list, i);
		double points = score(recording, artist, title);
		char id[MBID_LENGTH + 4];

		json_text_at(recording, "id", id, sizeof(id));
		if (points > best && is_mbid(id)) {
			best = points;
			chosen = recording;
			text_copy(facts->id, sizeof(facts->id), id);
		}
	}
	if (chosen) {
		add_tags(json_at(chosen, "tags"), &seen, facts);
		take_artist(chosen, artist, facts);
		facts->length_s = json_decimal_at(chosen, "length", 0) / 1000;
	} else if (!outcome) {
		outcome = answer_say(facts, SOURCE_MISSING,
				     "none of the recordings is this song");
	}
	json_decref(root);
	return outcome;
}

/* The first link to a video that has not ended. */
static void read_links(const json_t *relations, struct fact_song *song)
{
	for (size_t i = 0; i < json_count(relations) && !song->video[0]; i++) {
		const json_t *relation = json_item(relations, i);
		char address[256];

		json_text_at(relation, "url.resource", address,
			     sizeof(address));
		if (!json_flag_at(relation, "ended"))
			video_id(address, song->video, sizeof(song->video));
	}
}

enum source_outcome musicbrainz_read_links(const struct http_answer *answer,
					   struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);
	struct answer_seen seen = {0};

	if (!outcome && !json_text_at(root, "id", facts->id, sizeof(facts->id)))
		outcome = answer_say(facts, SOURCE_BAD,
				     "the answer has no recording");
	if (!outcome) {
		read_links(json_at(root, "relations"), &facts->song);
		add_tags(json_at(root, "genres"), &seen, facts);
		add_tags(json_at(root, "tags"), &seen, facts);
		if (!facts->song.video[0] && !facts->tag_count)
			outcome = answer_say(facts, SOURCE_MISSING,
					     "it has neither links nor tags");
	}
	json_decref(root);
	return outcome;
}

/* A channel's id is better than a name, which is to be looked up first. */
static void read_channel(const json_t *relations, char *out, size_t size)
{
	for (size_t i = 0; i < json_count(relations); i++) {
		const json_t *relation = json_item(relations, i);
		char address[256], channel[80];

		json_text_at(relation, "url.resource", address,
			     sizeof(address));
		if (json_flag_at(relation, "ended") ||
		    !video_channel(address, channel, sizeof(channel)))
			continue;
		if (!out[0] ||
		    (!strncmp(channel, "UC", 2) && strncmp(out, "UC", 2) != 0))
			text_copy(out, size, channel);
	}
}

enum source_outcome musicbrainz_read_artist(const struct http_answer *answer,
					    struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);

	if (!outcome)
		read_channel(json_at(root, "relations"), facts->id,
			     sizeof(facts->id));
	if (!outcome && !facts->id[0])
		outcome = answer_say(facts, SOURCE_MISSING,
				     "it has no link to a channel");
	json_decref(root);
	return outcome;
}
