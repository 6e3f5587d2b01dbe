/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * theory: keys, modes, chords and how a hand would voice them. Pure. A key is
 * a MIDI note number (60 is middle C), a pitch class is that modulo 12, a set
 * of pitch classes is a mask of twelve bits.
 */
#ifndef MIEN_STARTER_THEORY_H
#define MIEN_STARTER_THEORY_H

#include <stdbool.h>
#include <stddef.h>

#define THEORY_TONES  7 /* of a chord, at most */
#define THEORY_VOICES 5 /* of a voicing, at most */

enum theory_mode {
	MODE_MAJOR,
	MODE_DORIAN,
	MODE_PHRYGIAN,
	MODE_LYDIAN,
	MODE_MIXOLYDIAN,
	MODE_MINOR, /* natural */
	MODE_LOCRIAN,
	MODE_HARMONIC_MINOR,
	MODE_MELODIC_MINOR,
	MODE_PHRYGIAN_MAJOR, /* the fifth mode of harmonic minor */
	MODE_COUNT
};

struct theory_chord {
	int root, bass;         /* pitch classes */
	int count;              /* of tone */
	int tone[THEORY_TONES]; /* semitones above the root, rising */
};

/* Where a chord stands in a section. */
struct theory_span {
	double at, length; /* beats from the start of the section */
	struct theory_chord chord;
};

struct theory_voicing {
	int count;
	int key[THEORY_VOICES]; /* rising */
};

/* The key of a degree (0 is the tonic, 7 the octave, -1 below) in a mode. */
int theory_degree(int tonic, enum theory_mode mode, int degree);

unsigned theory_scale(int tonic, enum theory_mode mode);

/* Reads "F#m7b5/C"; length bytes of name. False where it is no chord. */
bool theory_chord(struct theory_chord *chord, const char *name, size_t length);

unsigned theory_chord_set(const struct theory_chord *chord);

/*
 * The scale as a player bends it over a chord: the chord's tones, and those
 * of the scale that do not stand a semitone from one that is foreign to it.
 */
unsigned theory_chord_scale(unsigned scale, const struct theory_chord *chord);

/*
 * Reads "Am7 | Dm7 G7 | % |": bars of chords that share the bar evenly, % for
 * the bar before. Returns the spans written, or -1 where it cannot be read or
 * does not fit into size.
 */
int theory_changes(struct theory_span *spans, int size, const char *text,
		   int beats);

/* The span that sounds at a beat; the last one after the end. */
const struct theory_span *theory_at(const struct theory_span *spans, int count,
				    double beat);

/* The nearest key whose pitch class is in set, down on a tie; set != 0. */
int theory_nearest(unsigned set, int key);

/* steps tones of set above (or, negative, below) key. */
int theory_step(unsigned set, int key, int steps);

/*
 * count voices for a chord between low and high that move the least from
 * what sounded before (*voicing, count 0 at the start), keep third and
 * seventh, leave the bass to the bass. In place.
 */
void theory_voice(struct theory_voicing *voicing,
		  const struct theory_chord *chord, int count, int low,
		  int high);

#endif
