/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch: songs as facts, and what became of them. */
#include "etl/batch.h"

#include "base/text.h"
#include "catalog/list.h"
#include "etl/genre.h"
#include "etl/import.h"
#include "etl/say.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TAGS 24
#define PATIENCE 30 /* times the catalog's own wait of a second */

/* What a mood word, and what a genre alone, may claim to know. */
#define MOOD_TAG_CONFIDENCE 0.5f
#define GENRE_CONFIDENCE    0.2f

void batch_init(struct batch *batch, struct catalog *catalog,
		struct import_tally *tally)
{
	*batch = (struct batch){.catalog = catalog, .tally = tally};
}

void batch_done(struct batch *batch)
{
	free(batch->songs);
	batch->songs = NULL;
}

/* Cuts text at ";" and ","; tags point into it. */
static void split_tags(char *text, const char *tags[MAX_TAGS + 1])
{
	char *rest = NULL;
	int count = 0;

	for (char *tag = strtok_r(text, ";,|", &rest); tag && count < MAX_TAGS;
	     tag = strtok_r(NULL, ";,|", &rest))
		tags[count++] = tag;
	tags[count] = NULL;
}

static enum status tell(struct catalog *catalog, struct track_facts *facts,
			const char *provenance, float valence, float arousal,
			float confidence, struct fault *fault)
{
	facts->has_mood = true;
	facts->provenance = provenance;
	facts->valence = valence;
	facts->arousal = arousal;
	facts->confidence = confidence;
	return catalog_add(catalog, facts, NULL, fault);
}

/* The mood that came with the song; else mood words among its tags; else its
 * genre. */
static enum status put_song(struct catalog *catalog, const struct song *song,
			    struct fault *fault)
{
	const char *tags[MAX_TAGS + 1];
	char tag_text[sizeof(song->tags)];
	struct track_facts facts = {
		.artist = song->artist,
		.title = song->title,
		.uri = song->uri,
		.album = song->album[0] ? song->album : NULL,
		.genre = song->genre[0] ? song->genre : NULL,
		.tags = tags,
		.length_s = song->length_s,
		.source = "import",
		.lyric = song->lyric,
		.language = song->language,
	};
	float valence, arousal;

	text_copy(tag_text, sizeof(tag_text), song->tags);
	split_tags(tag_text, tags);
	if (song->has_mood)
		return tell(catalog, &facts, song->provenance,
			    (float)song->valence, (float)song->arousal,
			    (float)song->confidence, fault);
	if (genre_mood(song, GENRE_MOOD, &valence, &arousal))
		return tell(catalog, &facts, "tags", valence, arousal,
			    MOOD_TAG_CONFIDENCE, fault);
	if (genre_mood(song, GENRE_STYLE, &valence, &arousal))
		return tell(catalog, &facts, "genre", valence, arousal,
			    GENRE_CONFIDENCE, fault);
	return catalog_add(catalog, &facts, NULL, fault);
}

static bool differs(const struct track *a, const struct track *b)
{
	return strcmp(a->album, b->album) || strcmp(a->genre, b->genre) ||
	       strcmp(a->uri, b->uri) ||
	       fabs(a->length_s - b->length_s) > 1e-6 ||
	       fabsf(a->valence - b->valence) > 1e-6f ||
	       fabsf(a->arousal - b->arousal) > 1e-6f ||
	       fabsf(a->confidence - b->confidence) > 1e-6f ||
	       a->lyric != b->lyric || strcmp(a->language, b->language);
}

/* Enters a song and counts what that did. */
static enum status enter(struct batch *batch, const struct song *song,
			 struct import_tally *tally, struct fault *fault)
{
	struct track before = {0}, after = {0};
	int64_t id = 0, had = 0, has = 0;
	bool known =
		!catalog_find(batch->catalog, song->artist, song->title, &id) &&
		!catalog_get(batch->catalog, id, &before);
	enum status st = catalog_count(batch->catalog, &had);

	if (!st)
		st = put_song(batch->catalog, song, fault);
	if (!st)
		st = catalog_count(batch->catalog, &has);
	if (!st && known)
		st = catalog_get(batch->catalog, id, &after);
	if (st)
		return st;
	if (has > had)
		tally->fresh++;
	else if (!known || differs(&before, &after))
		tally->changed++;
	else
		tally->same++;
	return STATUS_OK;
}

static enum status begin(struct batch *batch, struct fault *fault)
{
	enum status st = STATUS_BUSY;

	for (int i = 0; st == STATUS_BUSY && i < PATIENCE; i++)
		st = catalog_begin(batch->catalog, fault);
	return st;
}

enum status batch_flush(struct batch *batch, struct fault *fault)
{
	struct import_tally tally = *batch->tally;
	enum status st;

	if (!batch->count)
		return STATUS_OK;
	st = begin(batch, fault);
	if (st)
		return st;
	for (int i = 0; !st && i < batch->count; i++) {
		struct fault cause;

		st = enter(batch, &batch->songs[i], &tally, &cause);
		if (st == STATUS_BAD_ARGUMENT) {
			/* of this song alone: a name that is only signs */
			say_one_of_many(&cause, tally.bad++);
			st = STATUS_OK;
		} else if (st && fault) {
			*fault = cause;
		}
	}
	batch->count = 0;
	if (st) {
		catalog_rollback(batch->catalog);
		return st;
	}
	st = catalog_commit(batch->catalog, fault);
	if (!st)
		*batch->tally = tally;
	return st;
}

enum status batch_add(struct batch *batch, const struct song *song,
		      struct fault *fault)
{
	if (!batch->songs)
		batch->songs = calloc(BATCH_SONGS, sizeof(*batch->songs));
	if (!batch->songs)
		return fault_set(fault, STATUS_NO_MEMORY, song->title,
				 "no memory to enter it");
	batch->songs[batch->count++] = *song;
	return batch->count == BATCH_SONGS ? batch_flush(batch, fault)
					   : STATUS_OK;
}
