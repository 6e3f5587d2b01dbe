/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * score: notes and gestures in beats, and the tempo that makes seconds of
 * them. Pure values; the notes are the score's own, freed by score_done.
 */
#ifndef MIEN_STARTER_SCORE_H
#define MIEN_STARTER_SCORE_H

#include "base/status.h"

#include <stdint.h>

#define SCORE_VOICES 12
#define SCORE_TEMPI  64

struct score_note {
	double at, length; /* beats */
	double late;       /* seconds after the beat, may be negative */
	int voice, key, velocity;
};

/* A controller's new value, MIDI's numbers. */
struct score_turn {
	double at;
	int voice, control, value;
};

/* How a voice sounds: General MIDI's numbers, 0..127. */
struct score_voice {
	int program; /* of a kit where drums is set */
	int volume, pan, reverb, chorus;
	int drums;
};

struct score {
	struct score_note *notes;
	struct score_turn *turns;
	int note_count, note_size, turn_count, turn_size;
	struct score_voice voices[SCORE_VOICES];
	int voice_count;
	struct score_tempo {
		double at, beat_s; /* from this beat on, seconds a beat */
	} tempi[SCORE_TEMPI];
	int tempo_count;
	double swing, swing_unit; /* see score_swing */
	double room;              /* of the reverb, 0..1 */
	double bright_db;         /* treble, see starter/master.h */
	double end;               /* beats */
};

void score_init(struct score *score);
void score_done(struct score *score);

enum status score_add(struct score *score, struct score_note note);
enum status score_turn(struct score *score, struct score_turn turn);

/* In rising order of at; the first at 0. */
void score_tempo(struct score *score, double at, double beat_s);

/*
 * Where a beat falls when each pair of swing_unit long steps is played
 * swing : 1 - swing (0.5 straight, 2/3 triplets).
 */
double score_swing(const struct score *score, double beat);

/* Seconds from the start to a beat, swing not counted. */
double score_seconds(const struct score *score, double beat);

/* A number that changes with anything that would be heard (FNV-1a). */
uint64_t score_digest(const struct score *score);

#endif
