/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * score: how good a song is now, as a weight to draw lots with. All numbers
 * of the picker stand in score.c. Pure. Seen by this room only.
 */
#ifndef MIEN_CATALOG_SCORE_H
#define MIEN_CATALOG_SCORE_H

#include "catalog/picker.h"

#include <stdbool.h>

struct place {
	double valence, arousal;
};

/* What the score needs to know of a song. */
struct song {
	int64_t id, artist, genre; /* rows; genre 0: unknown */
	bool has_place;
	struct place place;
	double confidence; /* of the place, 0..1 */
	bool liked;
	double days;         /* since it was heard; negative: never */
	double taste;        /* for it in this emotion, faded */
	double artist_taste; /* for its artist in this emotion, faded */
};

/* What is looked for. */
struct aim {
	enum policy policy;
	struct place place; /* of the mood, or of the step of a lift */

	/* Match and lift: the song before, if any. */
	int64_t last_genre;
	bool has_floor; /* lift: no less valence than the step before */
	double floor;

	/* Surprise: what was heard lately. */
	struct place heard; /* its middle; the mood's place if none */
	int64_t heard_genres[5];
	int heard_count;
};

double place_distance(struct place a, struct place b);

/* 1 where a song is just there, falling with the distance. */
double score_fit(const struct aim *aim, const struct song *song);

/* Surprise: against the mood, rather than beside it. */
bool score_is_contrary(const struct aim *aim, const struct song *song);

/* > 0; twice the score is twice as likely to be picked. */
double score_song(const struct aim *aim, const struct song *song);

/*
 * A lift's places: step 1 is the mood itself, step SCORE_LIFT_STEPS where it
 * leads to. From anger and fear the way goes by calm.
 */
#define SCORE_LIFT_STEPS 6
struct place score_lift_step(struct place from, int step);

/* Nothing to lift: it is a good place already. */
bool score_is_lifted(struct place mood);

/* How many songs of others stand between two of an artist, at least. */
int score_artist_gap(int64_t tracks, int64_t artists);

/*
 * Songs of artists that are far enough back are worth so much of the best of
 * all, or else the gap is given up for the mood's sake.
 */
#define SCORE_SPACING_WORTH 0.2

#endif
