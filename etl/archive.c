/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * archive: music under a Creative Commons licence from the Internet Archive:
 * items by subject, then an item's files. A value is a string or a list of
 * them; an unknown item is {} with status 200.
 */
#include "base/text.h"
#include "etl/answer.h"
#include "etl/query.h"
#include "etl/song.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- what is asked ------------------------------------------------------- */

bool archive_ask_items(struct source_request *request, const char *tag,
		       int limit)
{
	static const char *const fields[] = {"identifier", "title", "creator",
					     "licenseurl", "subject"};
	struct query query;
	char words[300];

	if (!tag[0] || strpbrk(tag, "\"\\"))
		return false;
	snprintf(words, sizeof(words),
		 "mediatype:audio AND licenseurl:*creativecommons* AND "
		 "(collection:netlabels OR collection:opensource_audio) AND "
		 "subject:\"%s\"",
		 tag);
	query_start(&query, request, SOURCE_ARCHIVE, "/advancedsearch.php");
	query_text(&query, "q", words);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		query_text(&query, "fl[]", fields[i]);
	query_text(&query, "sort[]", "downloads desc");
	query_number(&query, "rows", limit);
	query_number(&query, "page", 1);
	query_text(&query, "output", "json");
	return query_end(&query);
}

static bool is_identifier(const char *text)
{
	return *text && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz"
				     "0123456789._-") == strlen(text);
}

bool archive_ask_item(struct source_request *request, const char *id)
{
	struct query query;

	if (!is_identifier(id))
		return false;
	query_start(&query, request, SOURCE_ARCHIVE, "/metadata");
	query_segment(&query, id);
	return query_end(&query);
}

/* ---- values -------------------------------------------------------------- */

/* The first of a list. */
static bool first_of(const json_t *node, const char *key, char *dst,
		     size_t size)
{
	return json_text(json_item(json_at(node, key), 0), dst, size);
}

/* "ambient;drone;night", or a list of such. */
static void join_subjects(const json_t *node, struct fact_track *track)
{
	const json_t *list = json_at(node, "subject");

	for (size_t i = 0; i < json_count(list); i++) {
		const char *text = json_string_value(json_item(list, i));

		while (text && *text) {
			size_t length = strcspn(text, ";,");
			char tag[64];

			song_text_n(tag, sizeof(tag), text, length);
			answer_join(track->tags, sizeof(track->tags), tag);
			text += length + (text[length] != '\0');
		}
	}
}

static enum source_outcome judge(const struct http_answer *answer,
				 json_t **root, struct facts *facts)
{
	enum source_outcome outcome = answer_json(answer, root, facts);

	if (!outcome && (!json_is_object(*root) || json_at(*root, "error")))
		return answer_say(facts, SOURCE_BAD, "an unexpected answer");
	return outcome;
}

/* ---- items --------------------------------------------------------------- */

static void add_item(const json_t *doc, struct facts *facts)
{
	struct fact_track *track;
	char id[80];

	if (!first_of(doc, "identifier", id, sizeof(id)) || !is_identifier(id))
		return;
	track = facts_track(facts);
	if (!track)
		return;
	memcpy(track->id, id, sizeof(id));
	first_of(doc, "title", track->title, sizeof(track->title));
	first_of(doc, "creator", track->artist, sizeof(track->artist));
	first_of(doc, "licenseurl", track->licence, sizeof(track->licence));
	snprintf(track->page, sizeof(track->page),
		 "https://archive.org/details/%s", id);
	join_subjects(doc, track);
}

enum source_outcome archive_read_items(const struct http_answer *answer,
				       struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);
	const json_t *docs = json_at(root, "response.docs");

	if (!outcome && !answer_is_list(docs))
		outcome = answer_say(facts, SOURCE_BAD,
				     "the answer has no list of items");
	for (size_t i = 0; !outcome && i < json_count(docs); i++)
		add_item(json_item(docs, i), facts);
	json_decref(root);
	if (!outcome && !facts->track_count)
		return answer_say(facts, SOURCE_MISSING, "it lists nothing");
	return outcome;
}

/* ---- files --------------------------------------------------------------- */

/* How much a file's format is wanted: small before lossless; 0: no music. */
static int format_rank(const json_t *file)
{
	static const struct {
		const char *format;
		int rank;
	} known[] = {{"VBR MP3", 5},
		     {"MP3", 4},
		     {"Ogg Vorbis", 3},
		     {"Flac", 2},
		     {"24bit Flac", 1}};
	char format[32];

	json_text_at(file, "format", format, sizeof(format));
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcasecmp(format, known[i].format))
			return known[i].rank;
	return strstr(format, "MP3") ? 4 : 0;
}

/* Every file is compared with every other; items have some hundreds. */
#define FILES_MAX 2000

static size_t file_count(const json_t *files)
{
	size_t count = json_count(files);

	return count < FILES_MAX ? count : FILES_MAX;
}

/* One recording in several formats has one stem. */
static size_t stem(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? (size_t)(dot - name) : strlen(name);
}

/* Whether the item has this recording in a format that is wanted more, or
 * earlier in the same. */
static bool has_better(const json_t *files, size_t index, const char *name,
		       int rank)
{
	for (size_t i = 0; i < file_count(files); i++) {
		const json_t *other = json_item(files, i);
		const char *text = json_string_value(json_at(other, "name"));
		int rank_other;

		if (i == index || !text || stem(text) != stem(name) ||
		    strncmp(text, name, stem(name)) != 0)
			continue;
		rank_other = format_rank(other);
		if (rank_other > rank || (rank_other == rank && i < index))
			return true;
	}
	return false;
}

static void read_names(const json_t *file, const json_t *about,
		       const char *name, struct fact_track *track)
{
	struct song song = {0};

	first_of(file, "title", song.title, sizeof(song.title));
	if (!first_of(file, "creator", song.artist, sizeof(song.artist)) &&
	    !first_of(file, "artist", song.artist, sizeof(song.artist)))
		first_of(about, "creator", song.artist, sizeof(song.artist));
	song_from_path(&song, name, "");
	text_copy(track->artist, sizeof(track->artist), song.artist);
	text_copy(track->title, sizeof(track->title), song.title);
	first_of(about, "title", track->album, sizeof(track->album));
	first_of(file, "genre", track->genre, sizeof(track->genre));
}

static void add_file(const json_t *file, const json_t *about, const char *id,
		     struct facts *facts)
{
	const char *name = json_string_value(json_at(file, "name"));
	char encoded[900], length[24];
	struct fact_track *track;

	if (!query_encode(encoded, sizeof(encoded), name, "/"))
		return;
	track = facts_track(facts);
	if (!track)
		return;
	read_names(file, about, name, track);
	text_copy(track->id, sizeof(track->id), id);
	snprintf(track->uri, sizeof(track->uri),
		 "https://archive.org/download/%s/%s", id, encoded);
	snprintf(track->page, sizeof(track->page),
		 "https://archive.org/details/%s", id);
	snprintf(track->artwork, sizeof(track->artwork),
		 "https://archive.org/services/img/%s", id);
	first_of(about, "licenseurl", track->licence, sizeof(track->licence));
	json_text_at(file, "length", length, sizeof(length));
	track->length_s = song_length(length);
	join_subjects(about, track);
}

/* The item's free music. */
static enum source_outcome read_files(const json_t *root, const char *id,
				      struct facts *facts)
{
	const json_t *about = json_at(root, "metadata");
	const json_t *files = json_at(root, "files");
	char licence[128];

	if (!json_object_size(root) || json_flag_at(root, "is_dark"))
		return answer_say(facts, SOURCE_MISSING, "no such item");
	if (!json_is_object(about) || !answer_is_list(files))
		return answer_say(facts, SOURCE_BAD,
				  "the answer has no item, or no files");
	first_of(about, "licenseurl", licence, sizeof(licence));
	if (!strstr(licence, "creativecommons.org/") ||
	    json_flag_at(about, "access-restricted-item"))
		return answer_say(facts, SOURCE_MISSING,
				  "the item is not free to play");
	for (size_t i = 0; i < file_count(files); i++) {
		const json_t *file = json_item(files, i);
		const char *name = json_string_value(json_at(file, "name"));
		int rank = format_rank(file);

		if (name && rank && !json_flag_at(file, "private") &&
		    !has_better(files, i, name, rank))
			add_file(file, about, id, facts);
	}
	return facts->track_count ? SOURCE_OK
				  : answer_say(facts, SOURCE_MISSING,
					       "the item has no music");
}

enum source_outcome archive_read_item(const struct http_answer *answer,
				      const char *id, struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = judge(answer, &root, facts);

	if (!outcome)
		outcome = is_identifier(id)
				  ? read_files(root, id, facts)
				  : answer_say(facts, SOURCE_BAD,
					       "no identifier of an item");
	json_decref(root);
	return outcome;
}
