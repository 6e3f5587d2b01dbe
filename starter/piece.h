/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * piece: what is written down of a piece of music, as plain data: its
 * harmony and tunes, who plays, and in what order. The tables of all pieces
 * are pieces_*.c; starter/arrange.h makes a score of one.
 */
#ifndef MIEN_STARTER_PIECE_H
#define MIEN_STARTER_PIECE_H

#include "starter/theory.h"

#include <stdint.h>

#define PIECE_VOICES   11
#define PIECE_SECTIONS 6
#define PIECE_STEPS    14

enum piece_role {
	ROLE_TUNE = 1, /* the section's tune */
	ROLE_SECOND,   /* the section's second tune */
	ROLE_BELOW,    /* a voice made to lie below the tune */
	ROLE_COMP,     /* chords in a rhythm */
	ROLE_ARP,      /* chords broken in a rhythm */
	ROLE_PAD,      /* chords held */
	ROLE_BASS,
	ROLE_DRUMS
};

/*
 * rhythm: of ROLE_COMP: X x o a chord (u: struck upwards); of ROLE_ARP: 1..9
 * the voices of the chord from below, going on an octave up; of ROLE_BASS:
 * 1 3 5 7 the chord's tones, 8 the octave, a step into the next chord, w a
 * walking quarter; of ROLE_DRUMS: the name of a groove.
 */
struct piece_voice {
	char id;
	enum piece_role role;
	int program;        /* General MIDI, from 0; a kit for drums */
	int volume, pan;    /* 0..127 */
	int reverb, chorus; /* 0..127 */
	int low, high;      /* keys it plays between; not for tunes */
	int shift;          /* semitones, for tunes */
	int touch;          /* how long notes are held, percent */
	int spread;         /* milliseconds from string to string */
	int vibrato;        /* 0..127, comes in on long notes */
	int voices;         /* of its chords; 0: four */
	const char *rhythm;
};

/* Notations: starter/theory.h for chords, starter/melody.h for tunes. */
struct piece_section {
	char id;
	const char *chords, *tune, *second;
};

enum {
	VARY_DECORATE = 1,   /* passing and neighbour notes */
	VARY_ANTICIPATE = 2, /* ahead of the beat */
	VARY_THIN = 4,       /* only the notes on the beats */
	VARY_OCTAVE = 8,     /* the tune an octave up */
	VARY_PLAIN = 16,     /* no fill at the end */
	VARY_SWELL = 32      /* from soft to full */
};

struct piece_step {
	char section;
	const char *voices; /* ids of who plays */
	int level;          /* dynamics, 100 is mezzoforte */
	unsigned vary;
};

struct piece {
	const char *file, *title, *artist, *genre, *tags;
	double valence, arousal; /* -1..1, Russell's */
	int tonic;               /* key of degree 1 in the tunes */
	enum theory_mode mode;
	double bpm;
	int beats;                /* a bar */
	double unit;              /* beats, of the tunes' notation */
	double swing, swing_unit; /* starter/score.h; 0: straight */
	double loose;             /* milliseconds players are off the beat */
	double room;              /* size of the reverb, 0..1 */
	double bright_db;         /* treble, against the usual */
	int ritard;               /* beats that slow down before the last bar */
	struct piece_voice voice[PIECE_VOICES];
	struct piece_section section[PIECE_SECTIONS];
	struct piece_step step[PIECE_STEPS];
};

/* All pieces, NULL at the end. */
extern const struct piece *const pieces[];

#endif
