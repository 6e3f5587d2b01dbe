/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * melody: tunes as written in the table of pieces, read into notes, and what
 * a player does with a tune when it comes again: ornaments, anticipations, a
 * second voice below. Pure; chance comes in as a seeded generator.
 *
 * The notation counts in units (an eighth, say). 1..7 are the degrees of the
 * mode; # or b before one raises or lowers it, ' or , after it puts it an
 * octave up or down (may repeat). . is a rest; each - makes what came before
 * one unit longer, also over a bar line |, which must stand where the bar
 * ends. (123) are notes that share one unit (and what - adds). * after a note
 * makes it stronger. Spaces mean nothing.
 */
#ifndef MIEN_STARTER_MELODY_H
#define MIEN_STARTER_MELODY_H

#include "base/rng.h"
#include "starter/theory.h"

#define MELODY_NOTES 512

struct melody_note {
	double at, length; /* beats */
	int key;
	int stress; /* -1 passing, 0, 1 accented */
};

struct melody {
	int count;
	double length; /* beats, rests included */
	struct melody_note note[MELODY_NOTES];
};

/* The key a tune is in, and the harmony under it. */
struct melody_ground {
	int tonic;
	enum theory_mode mode;
	int beats; /* a bar */
	const struct theory_span *spans;
	int span_count;
};

/*
 * Reads text. False, with *bar the bar that is wrong (from 1), where it cannot
 * be read, is too long, or a bar line stands in the wrong place.
 */
bool melody_read(struct melody *melody, const char *text, double unit,
		 const struct melody_ground *ground, int *bar);

/* Fills long notes: passing tones within thirds, neighbours, turns. */
void melody_decorate(struct melody *melody, const struct melody_ground *ground,
		     struct rng *rng);

/* Draws some notes of the strong beats a half beat ahead, as singers do. */
void melody_anticipate(struct melody *melody, struct rng *rng);

/* Leaves the notes on whole beats, each held until the next. */
void melody_thin(struct melody *melody);

/* A second voice from a tune: chord tones a third to a sixth below. */
void melody_below(struct melody *melody, const struct melody_ground *ground);

/*
 * The share (0..1) of notes on strong beats (the first of a bar, and the
 * middle where beats is even) that are tones of the chord.
 */
double melody_consonance(const struct melody *melody,
			 const struct melody_ground *ground);

#endif
