/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * genre: where a genre or a mood word lies on Russell's plane. A first guess
 * for songs of which nothing better is known.
 */
#ifndef MIEN_ETL_GENRE_H
#define MIEN_ETL_GENRE_H

#include "etl/song.h"

enum genre_kind {
	GENRE_STYLE, /* tells of energy, little of valence */
	GENRE_MOOD   /* names the mood itself */
};

struct genre {
	const char *name; /* as text_key writes it */
	enum genre_kind kind;
	float valence, arousal;
};

/*
 * The entry for text as people and files write it ("Hip-Hop", "melodic death
 * metal": the longest known ending decides), NULL for unknown. Static.
 */
const struct genre *genre_find(const char *text);

/* The whole table, for its test. */
const struct genre *genre_table(size_t *count);

/*
 * The mood of one kind that the song's genre and tags tell, as a mean. false:
 * none of them is known.
 */
bool genre_mood(const struct song *song, enum genre_kind kind, float *valence,
		float *arousal);

#endif
