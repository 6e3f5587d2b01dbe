/* SPDX-License-Identifier: GPL-3.0-or-later */
/* playlist: jansson's values as songs. */
#include "etl/playlist.h"

#include "base/parse_json.h"
#include "base/text.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static const char *const lyric_names[] = {
	[LYRIC_UNKNOWN] = "unknown",
	[LYRIC_POSITIVE] = "positive",
	[LYRIC_NEUTRAL] = "neutral",
	[LYRIC_NEGATIVE] = "negative",
};

const char *playlist_lyric_name(enum lyric_label label)
{
	return (unsigned)label < 4 ? lyric_names[label] : lyric_names[0];
}

static const char *string(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static double number(const json_t *object, const char *key)
{
	return json_number_value(json_object_get(object, key));
}

static void complain(const char *name, unsigned line, const char *what,
		     const struct sink *sink)
{
	struct fault fault;

	fault_set(&fault, STATUS_BAD_DATA, name, "%s", what);
	fault_at(&fault, line, 0);
	sink->bad(&fault, sink->user);
}

static bool take_uri(struct song *song, const char *uri)
{
	if (strlen(uri) >= sizeof(song->uri))
		return false;
	text_copy(song->uri, sizeof(song->uri), uri);
	return true;
}

/* ---- JSPF --------------------------------------------------------------- */

/* "location" is a list of addresses of the same song, or just one. */
static const char *location_of(const json_t *track)
{
	const json_t *location = json_object_get(track, "location");

	if (json_is_array(location))
		location = json_array_get(location, 0);
	return json_is_string(location) ? json_string_value(location) : "";
}

static bool take_track(const json_t *track, unsigned number_of,
		       const char *name, const struct sink *sink)
{
	struct song song = {.length_s = number(track, "duration") / 1000};
	char what[64];

	song_text(song.artist, sizeof(song.artist), string(track, "creator"));
	song_text(song.title, sizeof(song.title), string(track, "title"));
	song_text(song.album, sizeof(song.album), string(track, "album"));
	if (!(song.length_s > 0 && song.length_s < 1e6))
		song.length_s = 0;
	if (!take_uri(&song, location_of(track)) ||
	    (!song.uri[0] && !song.title[0])) {
		snprintf(what, sizeof(what),
			 "track %u has neither a location nor a title",
			 number_of);
		complain(name, 0, what, sink);
		return true;
	}
	return sink->song(&song, 0, sink->user);
}

static enum status parse(const char *text, size_t length, const char *name,
			 json_t **out, struct fault *fault)
{
	json_error_t error;
	enum status st =
		parse_json(text, length, JSON_REJECT_DUPLICATES, out, &error);

	if (!st)
		return STATUS_OK;
	if (st == STATUS_NO_MEMORY)
		return fault_set(fault, st, name, "not enough memory for it");
	fault_set(fault, STATUS_BAD_DATA, name, "no JSON: %s", error.text);
	fault_at(fault, error.line > 0 ? (unsigned)error.line : 0,
		 error.column > 0 ? (unsigned)error.column : 0);
	return STATUS_BAD_DATA;
}

enum status playlist_read_jspf(const char *text, size_t length,
			       const char *name, const struct sink *sink,
			       struct fault *fault)
{
	json_t *root = NULL;
	const json_t *tracks, *track;
	size_t i;
	enum status st = parse(text, length, name, &root, fault);

	if (st)
		return st;
	tracks = json_object_get(json_object_get(root, "playlist"), "track");
	if (!json_is_array(tracks))
		st = fault_set(fault, STATUS_BAD_DATA, name,
			       "no JSPF: there is no list playlist.track");
	json_array_foreach(tracks, i, track)
	{
		if (!json_is_object(track))
			complain(name, 0, "a track that is no object", sink);
		else if (!take_track(track, (unsigned)i + 1, name, sink))
			break;
	}
	json_decref(root);
	return st;
}

/* ---- our own lines ------------------------------------------------------ */

static void take_tags(struct song *song, const json_t *tags)
{
	size_t i, used = 0;
	const json_t *tag;

	json_array_foreach(tags, i, tag)
	{
		char clean[96];

		song_text(clean, sizeof(clean),
			  json_is_string(tag) ? json_string_value(tag) : "");
		if (!clean[0] || strchr(clean, ';') ||
		    used + strlen(clean) + 3 > sizeof(song->tags))
			continue;
		if (used)
			used += text_copy(song->tags + used,
					  sizeof(song->tags) - used, "; ");
		used += text_copy(song->tags + used, sizeof(song->tags) - used,
				  clean);
	}
}

/* A mood that several told comes as one; its sureness is not written. */
static void take_mood(struct song *song, const json_t *object)
{
	const json_t *valence = json_object_get(object, "valence");
	const json_t *arousal = json_object_get(object, "arousal");

	song->valence = json_number_value(valence);
	song->arousal = json_number_value(arousal);
	song->has_mood = json_is_number(valence) && json_is_number(arousal) &&
			 fabs(song->valence) <= 1 && fabs(song->arousal) <= 1;
	song->confidence = 0.5;
	song_text(song->provenance, sizeof(song->provenance),
		  string(object, "provenance"));
	if (!song->provenance[0] || strchr(song->provenance, ','))
		text_copy(song->provenance, sizeof(song->provenance), "import");
}

static bool take_line(const json_t *object, unsigned line, const char *name,
		      const struct sink *sink)
{
	struct song song = {.length_s = number(object, "length_s")};
	const char *lyric = string(object, "lyric_label");

	song_text(song.artist, sizeof(song.artist), string(object, "artist"));
	song_text(song.title, sizeof(song.title), string(object, "title"));
	song_text(song.album, sizeof(song.album), string(object, "album"));
	song_text(song.genre, sizeof(song.genre), string(object, "genre"));
	song_text(song.language, sizeof(song.language),
		  string(object, "language"));
	take_tags(&song, json_object_get(object, "tags"));
	take_mood(&song, object);
	for (int i = 1; i < 4; i++)
		if (!strcmp(lyric, lyric_names[i]))
			song.lyric = (enum lyric_label)i;
	if (!(song.length_s > 0 && song.length_s < 1e6))
		song.length_s = 0;
	if (!take_uri(&song, string(object, "uri")) || !song.title[0]) {
		complain(name, line,
			 "an object without a title, or with an "
			 "address of over 1023 bytes",
			 sink);
		return true;
	}
	return sink->song(&song, line, sink->user);
}

enum status playlist_read_ndjson(const char *text, size_t length,
				 const char *name, const struct sink *sink,
				 struct fault *fault)
{
	const char *end = text + length;
	bool any = false, more = true;

	for (unsigned line = 1; more && text < end; line++) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((stop ? stop : end) - text);
		struct fault wrong;
		json_t *object = NULL;

		if (n && text[strspn(text, " \t\r")] != '\n') {
			if (parse(text, n, name, &object, &wrong)) {
				fault_at(&wrong, line, wrong.column);
				sink->bad(&wrong, sink->user);
			} else if (!json_is_object(object)) {
				complain(name, line, "no JSON object", sink);
			} else {
				any = true;
				more = take_line(object, line, name, sink);
			}
			json_decref(object);
		}
		text += n + 1;
	}
	if (any)
		return STATUS_OK;
	return fault_set(fault, STATUS_BAD_DATA, name,
			 "no line of it is a song as a JSON object");
}

bool playlist_is_jspf(const char *text, size_t length)
{
	json_t *root = NULL;
	bool is = !parse_json(text, length, 0, &root, NULL) &&
		  json_object_get(root, "playlist");

	json_decref(root);
	return is;
}
