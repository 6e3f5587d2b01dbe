/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch: songs as facts, and what became of them. */
#include "etl/batch.h"

#include "base/text.h"
#include "catalog/list.h"
#include "etl/genre.h"
#include "etl/import.h"
#include "etl/say.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TAGS 24
#define PATIENCE 30 /* times the catalog's own wait of a second */

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

/*
 * The mood that came with the song stands alone; else what its mood words, its
 * genres and its lyrics tell, each as a word of its own.
 */
static enum status tell_moods(struct catalog *catalog, const struct song *song,
			      int64_t id, struct fault *fault)
{
	char list[sizeof(song->genre) + sizeof(song->tags) + 1];
	struct genre_tag tags[MAX_TAGS + 4];
	struct mood_fact moods[3];
	int told = 0;
	size_t count;
	enum status st = STATUS_OK;

	snprintf(list, sizeof(list), "%s;%s", song->genre, song->tags);
	count = genre_split(list, tags, sizeof(tags) / sizeof(*tags));
	told += genre_tags_mood(tags, count, song->artist, &moods[told]);
	told += genre_prior(tags, count, song->artist, &moods[told]);
	told += song->has_words && lyrics_mood(&song->words, &moods[told]);
	for (int i = 0; !st && i < told; i++)
		st = catalog_tell(catalog, id, &moods[i], fault);
	return st;
}

static enum status put_song(struct catalog *catalog, const struct song *song,
			    struct fault *fault)
{
	const char *tags[MAX_TAGS + 1];
	char tag_text[sizeof(song->tags)];
	const struct lyric_facts words = lyrics_facts(&song->words, NULL);
	const struct track_facts facts = {
		.artist = song->artist,
		.title = song->title,
		.uri = song->uri,
		.album = song->album[0] ? song->album : NULL,
		.genre = song->genre[0] ? song->genre : NULL,
		.tags = tags,
		.length_s = song->length_s,
		.source = "import",
		.has_mood = song->has_mood,
		.provenance = song->provenance,
		.valence = (float)song->valence,
		.arousal = (float)song->arousal,
		.confidence = (float)song->confidence,
		.lyric = song->lyric,
		.language = song->language,
		.lyrics = song->has_words ? &words : NULL,
	};
	int64_t id = 0;
	enum status st;

	text_copy(tag_text, sizeof(tag_text), song->tags);
	split_tags(tag_text, tags);
	st = catalog_add(catalog, &facts, &id, fault);
	return st || song->has_mood ? st : tell_moods(catalog, song, id, fault);
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
