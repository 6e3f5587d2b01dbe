/* SPDX-License-Identifier: GPL-3.0-or-later */
/* songs: the lists that an import reads, and what services answer. */
#include "base/text.h"
#include "catalog/uri.h"
#include "etl/json.h"
#include "etl/m3u.h"
#include "etl/playlist.h"
#include "etl/source.h"
#include "etl/table.h"
#include "tests/fuzz/targets.h"

#include <string.h>

#define BAND "The Paper Lanterns"
#define SONG "Northbound Rain"

/* ---- lists ----------------------------------------------------------------
 */

static bool take_song(const struct song *song, unsigned line, void *user)
{
	char out[URI_SIZE];
	enum uri_kind kind;
	struct fault fault;

	(void)line;
	(void)user;
	fuzz_must_be_clean(song->artist);
	fuzz_must_be_clean(song->title);
	fuzz_must_be_clean(song->album);
	fuzz_must_be_clean(song->genre);
	fuzz_must_be_clean(song->tags);
	FUZZ_MUST(memchr(song->uri, '\0', sizeof(song->uri)));
	FUZZ_MUST(song->length_s >= 0 && song->length_s < 1e9);
	if (song->has_mood)
		FUZZ_MUST(song->valence >= -1 && song->valence <= 1 &&
			  song->arousal >= -1 && song->arousal <= 1);
	if (!uri_check(song->uri, out, &kind, &fault))
		FUZZ_MUST(kind == URI_FILE   ? out[0] == '/'
			  : kind == URI_YTDL ? !strncmp(out, "ytdl://", 7)
					     : !strncasecmp(out, "http", 4));
	return true;
}

static void take_bad(const struct fault *fault, void *user)
{
	char sentence[1024];

	(void)user;
	FUZZ_MUST(fault->status != STATUS_OK && fault->detail[0]);
	fuzz_must_be_clean(fault_sentence(fault, sentence, sizeof(sentence)));
}

static const struct sink sink = {take_song, take_bad, NULL};

/* A list is refused with a sentence, or taken. */
#define LIST(name, read)                                     \
	void fuzz_##name(const uint8_t *bytes, size_t size)  \
	{                                                    \
		struct fault fault = {0};                    \
		char *text = fuzz_text(bytes, size);         \
                                                             \
		if (read(text, size, "list", &sink, &fault)) \
			take_bad(&fault, NULL);              \
		free(text);                                  \
	}

LIST(m3u, m3u_read)
LIST(csv, table_read)
LIST(jspf, playlist_read_jspf)
LIST(ndjson, playlist_read_ndjson)

/* ---- services -------------------------------------------------------------
 */

typedef enum source_outcome reader(const struct http_answer *answer,
				   struct facts *facts);

#define WITH(name, call)                                                  \
	static enum source_outcome name(const struct http_answer *answer, \
					struct facts *facts)              \
	{                                                                 \
		return call;                                              \
	}

WITH(similar_of, lastfm_read_similar(answer, NULL, facts))
WITH(tracks_of, lastfm_read_tracks(answer, NULL, facts))
WITH(tags_of, lastfm_read_tags(answer, BAND, facts))
WITH(genius_hit, genius_read_search(answer, BAND, SONG, facts))
WITH(lyrics_of, lrclib_read_lyrics(answer, BAND, SONG, 214, facts))
WITH(video_of, youtube_read_search(answer, BAND, SONG, facts))
WITH(recording_of, musicbrainz_read_recording(answer, BAND, SONG, facts))
WITH(deezer_of, deezer_read_track(answer, BAND, SONG, facts))
WITH(item_of, archive_read_item(answer, "quiet-engine-static", facts))

/* New ones at the end: the first byte of an input counts from here. */
static reader *const readers[] = {
	lastfm_read_artists,
	similar_of,
	tracks_of,
	tags_of,
	genius_hit,
	genius_read_song,
	lyrics_of,
	video_of,
	youtube_read_videos,
	youtube_read_uploads,
	recording_of,
	musicbrainz_read_links,
	listenbrainz_read,
	deezer_of,
	archive_read_items,
	item_of,
	jamendo_read_tracks,
	radiobrowser_read_stations,
	youtube_read_channel,
	musicbrainz_read_artist,
};

#define READERS (sizeof(readers) / sizeof(*readers))

static void must_be_tracks(const struct facts *facts)
{
	for (int i = 0; i < facts->track_count; i++) {
		const struct fact_track *t = &facts->tracks[i];

		fuzz_must_be_clean(t->artist);
		fuzz_must_be_clean(t->title);
		fuzz_must_be_clean(t->album);
		fuzz_must_be_clean(t->page);
		fuzz_must_be_clean(t->artwork);
		fuzz_must_be_clean(t->tags);
		fuzz_must_be_clean(t->genre);
		FUZZ_MUST(!t->uri[0] || !strncmp(t->uri, "http", 4));
		FUZZ_MUST(t->length_s >= 0 && t->energy >= -1 &&
			  t->energy <= 1);
	}
}

static void must_be_facts(const struct facts *facts)
{
	FUZZ_MUST(facts->artist_count <= FACTS_MAX &&
		  facts->tag_count <= FACTS_MAX &&
		  facts->track_count <= FACTS_MAX &&
		  facts->video_count <= FACTS_MAX);
	for (int i = 0; i < facts->artist_count; i++)
		fuzz_must_be_clean(facts->artists[i].name);
	for (int i = 0; i < facts->tag_count; i++) {
		fuzz_must_be_clean(facts->tags[i].name);
		FUZZ_MUST(facts->tags[i].weight >= 0 &&
			  facts->tags[i].weight <= 1);
	}
	must_be_tracks(facts);
	for (int i = 0; i < facts->video_count; i++) {
		fuzz_must_be_clean(facts->videos[i].title);
		FUZZ_MUST(facts->videos[i].length_s >= 0);
	}
	fuzz_must_be_clean(facts->error);
	for (char *rest = facts->lyrics.text, *line;
	     (line = strsep(&rest, "\n"));)
		fuzz_must_be_clean(line);
}

static void read_answer(reader *read, int status, const char *type, char *body,
			size_t length)
{
	struct http_answer answer = {
		.status = status, .body = body, .length = length};
	struct facts facts = {0};
	enum source_outcome outcome;

	snprintf(answer.content_type, sizeof(answer.content_type), "%s", type);
	outcome = read(&answer, &facts);
	FUZZ_MUST((outcome != SOURCE_OK) == (facts.error[0] != '\0'));
	must_be_facts(&facts);
	facts_done(&facts);
}

/* The first byte names the reader, its top bit another status than 200. */
void fuzz_sources(const uint8_t *bytes, size_t size)
{
	static const int statuses[] = {200, 400, 403, 404, 429, 500};
	char *body;

	if (!size)
		return;
	body = fuzz_text(bytes + 1, size - 1);
	read_answer(readers[bytes[0] % 32 % READERS],
		    statuses[bytes[0] / 32 % 6],
		    "application/json; charset=utf-8", body, size - 1);
	free(body);
}

void fuzz_page(const uint8_t *bytes, size_t size)
{
	char *body = fuzz_text(bytes, size);

	read_answer(genius_read_page, 200, "text/html; charset=utf-8", body,
		    size);
	free(body);
}
