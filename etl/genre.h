/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * genre: what tags tell: which genre a song is filed under, and where its
 * genres and mood words lie on Russell's plane. The table is
 * etl/data/genres.tsv. Pure.
 */
#ifndef MIEN_ETL_GENRE_H
#define MIEN_ETL_GENRE_H

#include "catalog/catalog.h"

#include <stdbool.h>
#include <stddef.h>

enum genre_kind {
	GENRE_GENRE, /* one that songs are filed under */
	GENRE_STYLE, /* a kind of one; tells of energy, little of valence */
	GENRE_MOOD,  /* names the mood itself */
	GENRE_ALIAS, /* another spelling of the one above */
	GENRE_NOISE  /* praise, places, shelves: tells nothing */
};

struct genre {
	const char *name; /* as text_key writes it */
	enum genre_kind kind;
	const char *above; /* another's name, NULL: none */
	float valence, arousal;
	const char *shown; /* as people are shown it */
};

struct genre_tag {
	const char *name; /* as it came */
	float weight;     /* 0..100, as Last.fm counts */
};

/* Lighter tags are one listener's joke; they tell nothing. */
#define GENRE_LEAST_WEIGHT 10.0f

/*
 * The genre, style or mood that text names ("Hip-Hop"; "melodic death metal":
 * of a style the longest known ending decides), NULL for none. Static.
 */
const struct genre *genre_find(const char *text);

/* What a genre or style is filed under; NULL for moods and mere sounds. */
const struct genre *genre_filed(const struct genre *genre);

/* Whether a tag is a decade, the artist's own name (NULL: unknown), or stands
 * in the table as noise. */
bool genre_is_noise(const char *tag, const char *artist);

/*
 * The genre that most of the tags' weight is filed under, the one named first
 * among equals; NULL: none of them names one.
 */
const struct genre *genre_reduce(const struct genre_tag *tags, size_t count,
				 const char *artist);

/*
 * The genre of a track: of its own tags; else the most common of the artist's
 * other tracks (others, as stored; the first among equals); else of the
 * artist's own tags. NULL: the track is to be left out.
 */
const struct genre *genre_settle(const struct genre_tag *own, size_t own_count,
				 const char *const *others, size_t other_count,
				 const struct genre_tag *artists,
				 size_t artist_count, const char *artist);

/*
 * What the tags tell of the mood: their mood words as a fact of provenance
 * "tags", or their genres and styles as one of provenance "genre"; a mean by
 * weight, surer the more weight tells it and the less it disagrees. false:
 * nothing.
 */
bool genre_tags_mood(const struct genre_tag *tags, size_t count,
		     const char *artist, struct mood_fact *fact);
bool genre_prior(const struct genre_tag *tags, size_t count, const char *artist,
		 struct mood_fact *fact);

/* Cuts a list of tags at ";", ",", "/" and "|", in place; each weighs 100.
 * Returns how many, at most max. */
size_t genre_split(char *list, struct genre_tag *tags, size_t max);

/* The whole table, for its test. */
const struct genre *genre_table(size_t *count);

#endif
