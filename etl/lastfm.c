/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lastfm: charts, top tracks, tags and kin of artists. Its JSON is converted
 * XML: numbers are strings, a list of one is its member, an empty element is
 * blank text; errors come in bodies of any status.
 */
#include "base/text.h"
#include "etl/answer.h"
#include "etl/query.h"
#include "etl/similar.h"

#include <string.h>

/* ---- what is asked ------------------------------------------------------- */

static void start(struct query *query, struct source_request *request,
		  const char *method)
{
	query_start(query, request, SOURCE_LASTFM, "");
	query_text(query, "method", method);
	query_text(query, "format", "json");
}

bool lastfm_ask_artists(struct source_request *request, const char *kind,
			const char *name, int limit, int page)
{
	struct query query;

	if (!strcmp(kind, "country")) {
		start(&query, request, "geo.gettopartists");
		query_text(&query, "country", name);
	} else if (!strcmp(kind, "tag")) {
		start(&query, request, "tag.gettopartists");
		query_text(&query, "tag", name);
	} else {
		start(&query, request, "chart.gettopartists");
	}
	query_number(&query, "limit", limit);
	query_number(&query, "page", page);
	return query_end(&query);
}

/* Names come from Last.fm's own lists: they need no correction, which could
 * answer about someone else. */
static bool ask_about(struct source_request *request, const char *method,
		      const char *artist, int limit)
{
	struct query query;

	start(&query, request, method);
	query_text(&query, "artist", artist);
	query_number(&query, "limit", limit);
	return query_end(&query);
}

bool lastfm_ask_similar(struct source_request *request, const char *artist,
			int limit)
{
	return ask_about(request, "artist.getsimilar", artist, limit);
}

bool lastfm_ask_tracks(struct source_request *request, const char *artist,
		       int limit)
{
	return ask_about(request, "artist.gettoptracks", artist, limit);
}

bool lastfm_ask_tags(struct source_request *request, const char *artist,
		     const char *title)
{
	struct query query;

	start(&query, request,
	      title ? "track.gettoptags" : "artist.gettoptags");
	query_text(&query, "artist", artist);
	if (title)
		query_text(&query, "track", title);
	return query_end(&query);
}

/* ---- what came ----------------------------------------------------------- */

static const struct {
	int code;
	enum source_outcome outcome;
	const char *words;
} errors[] = {
	/* https://www.last.fm/api/errorcodes */
	{2, SOURCE_RETRY, "this service is not there now"},
	{3, SOURCE_BAD, "no such method"},
	{4, SOURCE_FATAL, "the key may not do this"},
	{5, SOURCE_BAD, "no such format"},
	{6, SOURCE_MISSING, "it does not know this name"},
	{7, SOURCE_MISSING, "it does not know this resource"},
	{8, SOURCE_RETRY, "its backend failed"},
	{9, SOURCE_BAD, "a session is wanted"},
	{10, SOURCE_FATAL, "the API key is not valid"},
	{11, SOURCE_RETRY, "the service is offline"},
	{13, SOURCE_FATAL, "the signature was refused"},
	{16, SOURCE_RETRY, "it is in trouble for a while"},
	{17, SOURCE_BAD, "this is private"},
	{26, SOURCE_FATAL, "the API key is suspended"},
	{29, SOURCE_RETRY, "asked to slow down"},
};

/* The error in the body comes before the status. */
static enum source_outcome judge(const struct http_answer *answer,
				 json_t **root, struct facts *facts)
{
	enum source_outcome outcome = answer_json(answer, root, facts);
	int64_t code = json_integer_at(*root, "error", 0);

	for (size_t i = 0; code && i < sizeof(errors) / sizeof(*errors); i++)
		if (errors[i].code == code)
			return answer_say(facts, errors[i].outcome,
					  "%s (Last.fm's error %d)",
					  errors[i].words, errors[i].code);
	if (json_at(*root, "error") && outcome == SOURCE_OK)
		return answer_say(facts, SOURCE_BAD,
				  "an error that Last.fm does not document");
	return outcome;
}

/*
 * The list of the answer: within root's member outer, which must be there; it
 * may be blank text for an empty list. SOURCE_MISSING: nothing is in it.
 */
static enum source_outcome find_list(const json_t *root, const char *outer,
				     const char *inner, const char *artist,
				     json_t **list, struct facts *facts)
{
	const json_t *box = json_at(root, outer);
	char about[128];

	if (!json_is_object(box) && !json_is_string(box))
		return answer_say(facts, SOURCE_BAD,
				  "the answer has no list of %ss", inner);
	json_text_at(json_at(box, "@attr"), "artist", about, sizeof(about));
	if (artist && about[0] && similar(artist, about) < 0.6)
		return answer_say(facts, SOURCE_RETRY,
				  "the answer is about another artist");
	*list = json_at(box, inner);
	if (!json_count(*list))
		return answer_say(facts, SOURCE_MISSING, "it lists no %ss",
				  inner);
	return SOURCE_OK;
}

/* What a reader ends with: a list of which nothing could be used is wrong. */
static enum source_outcome done(json_t *root, enum source_outcome outcome,
				int count, struct facts *facts)
{
	json_decref(root);
	if (outcome == SOURCE_OK && !count)
		return answer_say(facts, SOURCE_BAD,
				  "the list has no entry with a name");
	return outcome;
}

/* An artist is an object with a name, or the name itself. */
static bool read_name(const json_t *node, char *dst, size_t size)
{
	return json_text(node, dst, size) ||
	       json_text_at(node, "name", dst, size) ||
	       json_text_at(node, "#text", dst, size);
}

static void add_artists(const json_t *list, struct facts *facts)
{
	struct answer_seen seen = {0};

	for (size_t i = 0; i < json_count(list); i++) {
		struct fact_artist *artist;
		char name[128];

		if (!read_name(json_item(list, i), name, sizeof(name)) ||
		    answer_seen(&seen, name))
			continue;
		artist = facts_artist(facts);
		if (!artist)
			return;
		memcpy(artist->name, name, sizeof(name));
	}
}

enum source_outcome lastfm_read_artists(const struct http_answer *answer,
					struct facts *facts)
{
	json_t *root, *list = NULL;
	enum source_outcome outcome = judge(answer, &root, facts);

	if (!outcome)
		outcome = find_list(root,
				    json_at(root, "artists") ? "artists"
							     : "topartists",
				    "artist", NULL, &list, facts);
	if (!outcome)
		add_artists(list, facts);
	return done(root, outcome, facts->artist_count, facts);
}

enum source_outcome lastfm_read_similar(const struct http_answer *answer,
					const char *artist, struct facts *facts)
{
	json_t *root, *list = NULL;
	enum source_outcome outcome = judge(answer, &root, facts);

	if (!outcome)
		outcome = find_list(root, "similarartists", "artist", artist,
				    &list, facts);
	if (!outcome)
		add_artists(list, facts);
	return done(root, outcome, facts->artist_count, facts);
}

/* Pages are known to repeat tracks, and to hold others'. */
static void add_tracks(const json_t *list, const char *about,
		       struct facts *facts)
{
	struct answer_seen seen = {0};

	for (size_t i = 0; i < json_count(list); i++) {
		const json_t *item = json_item(list, i);
		struct fact_track *track;
		char title[160], artist[128];

		if (!json_text_at(item, "name", title, sizeof(title)))
			continue;
		if (!read_name(json_at(item, "artist"), artist, sizeof(artist)))
			text_copy(artist, sizeof(artist), about ? about : "");
		if (!artist[0] || (about && similar(artist, about) < 0.6) ||
		    answer_seen(&seen, title))
			continue;
		track = facts_track(facts);
		if (!track)
			return;
		memcpy(track->title, title, sizeof(title));
		memcpy(track->artist, artist, sizeof(artist));
		answer_address_at(item, "url", track->page,
				  sizeof(track->page));
		track->listeners = json_decimal_at(item, "listeners", 0);
	}
}

enum source_outcome lastfm_read_tracks(const struct http_answer *answer,
				       const char *artist, struct facts *facts)
{
	json_t *root, *list = NULL;
	enum source_outcome outcome = judge(answer, &root, facts);

	if (!outcome)
		outcome = find_list(root, "toptracks", "track", artist, &list,
				    facts);
	if (!outcome)
		add_tracks(list, artist, facts);
	return done(root, outcome, facts->track_count, facts);
}

static void add_tags(const json_t *list, struct facts *facts)
{
	for (size_t i = 0; i < json_count(list); i++) {
		const json_t *item = json_item(list, i);
		struct fact_tag *tag;
		char name[64];
		double count = json_decimal_at(item, "count", 0);

		if (!json_text_at(item, "name", name, sizeof(name)))
			continue;
		tag = facts_tag(facts);
		if (!tag)
			return;
		memcpy(tag->name, name, sizeof(name));
		tag->weight = count < 0 ? 0 : count > 100 ? 1 : count / 100;
	}
}

enum source_outcome lastfm_read_tags(const struct http_answer *answer,
				     const char *artist, struct facts *facts)
{
	json_t *root, *list = NULL;
	enum source_outcome outcome = judge(answer, &root, facts);

	if (!outcome)
		outcome =
			find_list(root, "toptags", "tag", artist, &list, facts);
	if (!outcome)
		add_tags(list, facts);
	return done(root, outcome, facts->tag_count, facts);
}
