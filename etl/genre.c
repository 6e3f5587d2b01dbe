/* SPDX-License-Identifier: GPL-3.0-or-later */
/* genre: the search in the table, and sums over tags. */
#include "etl/genre.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct genre table[] = {
#include "etl/genres_rows.inc"
};

#define COUNT (sizeof(table) / sizeof(*table))

/* Longer names are none of the table's. */
#define KEY_SIZE 128

/*
 * How sure mood words, and genres, can make at most, and the weight that
 * brings it to two thirds. One full tag gives half of a certainty to a mood,
 * a fifth to a genre.
 */
#define MOOD_CEILING  0.65f
#define GENRE_CEILING 0.25f
#define ENOUGH_WEIGHT 70.0f

const struct genre *genre_table(size_t *count)
{
	*count = COUNT;
	return table;
}

static int by_name(const void *name, const void *entry)
{
	return strcmp(name, ((const struct genre *)entry)->name);
}

static const struct genre *row_of(const char *key)
{
	return bsearch(key, table, COUNT, sizeof(*table), by_name);
}

/* The row that key names by itself. */
static const struct genre *whole(const char *key)
{
	const struct genre *found = row_of(key);

	return found && found->kind == GENRE_ALIAS ? row_of(found->above)
						   : found;
}

/* "sad songs" is sad: takes such a word off the end. */
static bool shorten(char *key)
{
	static const char *const words[] = {"music", "song",  "songs", "mood",
					    "vibe",  "vibes", "tunes", "track"};
	char *last = strrchr(key, ' ');

	for (size_t i = 0; last && i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(last + 1, words[i])) {
			*last = '\0';
			return true;
		}
	return false;
}

static const struct genre *find(const char *text)
{
	char key[KEY_SIZE];
	const struct genre *found;
	const char *from;

	text_key(key, sizeof(key), text);
	do {
		found = whole(key);
	} while (!found && shorten(key));
	/* only styles are made more exact by what stands before them: "not
	 * sad" is no mood */
	for (from = strchr(key, ' '); !found && from;
	     from = strchr(from, ' ')) {
		found = whole(++from);
		if (found && found->kind > GENRE_STYLE)
			found = NULL;
	}
	return found;
}

const struct genre *genre_find(const char *text)
{
	const struct genre *found = find(text);

	return found && found->kind != GENRE_NOISE ? found : NULL;
}

const struct genre *genre_filed(const struct genre *genre)
{
	while (genre && genre->kind == GENRE_STYLE)
		genre = genre->above ? row_of(genre->above) : NULL;
	return genre && genre->kind == GENRE_GENRE ? genre : NULL;
}

/* "80s", "1980s", "80 s", "1984", "the 90s". */
static bool is_time(const char *key)
{
	size_t digits;

	if (!strncmp(key, "the ", 4))
		key += 4;
	digits = strspn(key, "0123456789");
	if (digits != 2 && digits != 4)
		return false;
	key += digits;
	key += *key == ' ';
	return !*key || !strcmp(key, "s") || !strcmp(key, "er");
}

bool genre_is_noise(const char *tag, const char *artist)
{
	char key[KEY_SIZE], own[KEY_SIZE];
	const struct genre *row;

	text_key(key, sizeof(key), tag);
	if (!key[0] || is_time(key))
		return true;
	if (artist) {
		text_key(own, sizeof(own), artist);
		/* a band may be called Metal, and then it is none */
		if (!strcmp(key, own))
			return true;
	}
	row = whole(key);
	return row && row->kind == GENRE_NOISE;
}

/* What one tag tells; NULL: nothing. */
static const struct genre *told(const struct genre_tag *tag, const char *artist)
{
	if (!(tag->weight >= GENRE_LEAST_WEIGHT) ||
	    genre_is_noise(tag->name, artist))
		return NULL;
	return genre_find(tag->name);
}

const struct genre *genre_reduce(const struct genre_tag *tags, size_t count,
				 const char *artist)
{
	float sums[COUNT] = {0};
	const struct genre *best = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct genre *filed = genre_filed(told(&tags[i], artist));

		if (filed)
			sums[filed - table] += tags[i].weight;
	}
	/* by the order of the tags, so that equals keep it */
	for (size_t i = 0; i < count; i++) {
		const struct genre *filed = genre_filed(told(&tags[i], artist));

		if (filed &&
		    (!best || sums[filed - table] > sums[best - table]))
			best = filed;
	}
	return best;
}

const struct genre *genre_settle(const struct genre_tag *own, size_t own_count,
				 const char *const *others, size_t other_count,
				 const struct genre_tag *artists,
				 size_t artist_count, const char *artist)
{
	const struct genre *genre = genre_reduce(own, own_count, artist);
	int counts[COUNT] = {0};

	if (genre)
		return genre;
	for (size_t i = 0; i < other_count; i++) {
		const struct genre *filed = genre_filed(genre_find(others[i]));

		if (filed)
			counts[filed - table]++;
	}
	for (size_t i = 0; i < other_count; i++) {
		const struct genre *filed = genre_filed(genre_find(others[i]));

		if (filed &&
		    (!genre || counts[filed - table] > counts[genre - table]))
			genre = filed;
	}
	return genre ? genre : genre_reduce(artists, artist_count, artist);
}

struct mean {
	float weight, valence, arousal, squares; /* sums */
};

static void add(struct mean *mean, const struct genre *genre, float weight)
{
	mean->weight += weight;
	mean->valence += weight * genre->valence;
	mean->arousal += weight * genre->arousal;
	mean->squares += weight * (genre->valence * genre->valence +
				   genre->arousal * genre->arousal);
}

static bool finish(const struct mean *mean, float ceiling,
		   struct mood_fact *fact)
{
	float spread;

	if (mean->weight <= 0)
		return false;
	fact->valence = mean->valence / mean->weight;
	fact->arousal = mean->arousal / mean->weight;
	spread = mean->squares / mean->weight - fact->valence * fact->valence -
		 fact->arousal * fact->arousal;
	fact->confidence = ceiling * (1 - expf(-mean->weight / ENOUGH_WEIGHT)) *
			   (1 - fminf(1, sqrtf(fmaxf(0, spread))));
	return true;
}

bool genre_tags_mood(const struct genre_tag *tags, size_t count,
		     const char *artist, struct mood_fact *fact)
{
	struct mean mean = {0};

	for (size_t i = 0; i < count; i++) {
		const struct genre *genre = told(&tags[i], artist);

		if (genre && genre->kind == GENRE_MOOD)
			add(&mean, genre, tags[i].weight);
	}
	*fact = (struct mood_fact){.provenance = "tags"};
	return finish(&mean, MOOD_CEILING, fact);
}

bool genre_prior(const struct genre_tag *tags, size_t count, const char *artist,
		 struct mood_fact *fact)
{
	struct mean mean = {0};

	for (size_t i = 0; i < count; i++) {
		const struct genre *genre = told(&tags[i], artist);

		if (genre && genre->kind <= GENRE_STYLE)
			add(&mean, genre, tags[i].weight);
	}
	*fact = (struct mood_fact){.provenance = "genre"};
	return finish(&mean, GENRE_CEILING, fact);
}

size_t genre_split(char *list, struct genre_tag *tags, size_t max)
{
	char *rest = NULL;
	size_t count = 0;

	for (char *tag = strtok_r(list, ";,/|", &rest); tag && count < max;
	     tag = strtok_r(NULL, ";,/|", &rest))
		tags[count++] = (struct genre_tag){tag, 100};
	return count;
}
