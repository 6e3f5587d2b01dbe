/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * groove: rhythms as strings, drum grooves by genre, bass lines that walk.
 * Pure.
 *
 * A rhythm is a string of steps that share a bar evenly; | separates bars,
 * which follow each other in turn. What a step's letter means is up to who
 * plays it; - goes on with what sounds and . is silence.
 */
#ifndef MIEN_STARTER_GROOVE_H
#define MIEN_STARTER_GROOVE_H

#include "base/rng.h"
#include "starter/theory.h"

#define GROOVE_LINES 8

/* A drum kit's part: X loud, x, o soft; fill (or NULL) ends a section. */
struct groove {
	const char *name;
	struct groove_line {
		int key; /* General MIDI's percussion */
		const char *rhythm, *fill;
	} line[GROOVE_LINES]; /* ends at key 0 */
};

/* NULL for a name that is not there. */
const struct groove *groove_find(const char *name);

/* The steps of the bar-th bar of rhythm; returns how many, *steps the first. */
int groove_bar(const char *rhythm, int bar, const char **steps);

/* Velocity of a drum's letter, 0 for silence. */
int groove_velocity(char letter);

/* Where a walking bass is. */
struct groove_walk {
	int key; /* what sounded last, 0 at the start */
	int low, high;
};

/*
 * The next quarter of a walking bass: the bass note where a chord begins
 * (first), a step into the next chord before it changes (last), and in
 * between tones of the chord and its scale towards it. Returns the key.
 */
int groove_walk(struct groove_walk *walk, const struct theory_chord *chord,
		const struct theory_chord *next, unsigned scale, bool first,
		bool last, struct rng *rng);

#endif
