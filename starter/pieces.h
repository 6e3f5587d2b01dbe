/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pieces: the tables of pieces_*.c, for the list in pieces.c, and the words
 * they are written in.
 */
#ifndef MIEN_STARTER_PIECES_H
#define MIEN_STARTER_PIECES_H

#include "starter/piece.h"

/* General MIDI's instruments, those that are used. */
enum {
	GM_PIANO = 0,
	GM_EPIANO = 4,
	GM_CELESTA = 8,
	GM_GLOCKENSPIEL = 9,
	GM_MUSIC_BOX = 10,
	GM_VIBRAPHONE = 11,
	GM_MARIMBA = 12,
	GM_XYLOPHONE = 13,
	GM_TUBULAR_BELLS = 14,
	GM_ORGAN = 16,
	GM_ORGAN_ROCK = 18,
	GM_ACCORDION = 21,
	GM_HARMONICA = 22,
	GM_NYLON = 24,
	GM_STEEL = 25,
	GM_JAZZ_GUITAR = 26,
	GM_CLEAN_GUITAR = 27,
	GM_MUTED_GUITAR = 28,
	GM_OVERDRIVE = 29,
	GM_DISTORTION = 30,
	GM_UPRIGHT = 32,
	GM_FINGER_BASS = 33,
	GM_PICK_BASS = 34,
	GM_FRETLESS = 35,
	GM_SYNTH_BASS = 38,
	GM_VIOLIN = 40,
	GM_VIOLA = 41,
	GM_CELLO = 42,
	GM_CONTRABASS = 43,
	GM_TREMOLO = 44,
	GM_PIZZICATO = 45,
	GM_HARP = 46,
	GM_TIMPANI = 47,
	GM_STRINGS = 48,
	GM_SLOW_STRINGS = 49,
	GM_SYNTH_STRINGS = 50,
	GM_CHOIR = 52,
	GM_OOHS = 53,
	GM_TRUMPET = 56,
	GM_TROMBONE = 57,
	GM_TUBA = 58,
	GM_MUTED_TRUMPET = 59,
	GM_HORNS = 60,
	GM_BRASS = 61,
	GM_ALTO_SAX = 65,
	GM_TENOR_SAX = 66,
	GM_OBOE = 68,
	GM_ENGLISH_HORN = 69,
	GM_BASSOON = 70,
	GM_CLARINET = 71,
	GM_PICCOLO = 72,
	GM_FLUTE = 73,
	GM_RECORDER = 74,
	GM_PAN_FLUTE = 75,
	GM_WHISTLE = 78,
	GM_OCARINA = 79,
	GM_SQUARE = 80,
	GM_SAW = 81,
	GM_FANTASIA = 88,
	GM_WARM_PAD = 89,
	GM_POLY = 90,
	GM_BOWED_GLASS = 92,
	GM_HALO = 94,
	GM_SWEEP = 95,
	GM_ATMOSPHERE = 99,
	GM_BANJO = 105,
	GM_KALIMBA = 108,
	GM_FIDDLE = 110,
	GM_STEEL_DRUM = 114
};

/* Kits. */
enum {
	KIT_STANDARD = 0,
	KIT_ROOM = 8,
	KIT_POWER = 16,
	KIT_ELECTRONIC = 24,
	KIT_808 = 25,
	KIT_JAZZ = 32,
	KIT_BRUSH = 40,
	KIT_ORCHESTRA = 48
};

/* A voice that sings a tune. */
#define SINGS(ID, ROLE, PROGRAM, VOLUME, PAN, REVERB, SHIFT, TOUCH)   \
	.id = ID, .role = ROLE, .program = PROGRAM, .volume = VOLUME, \
	.pan = PAN, .reverb = REVERB, .shift = SHIFT, .touch = TOUCH

/* A voice that plays chords or bass between two keys in a rhythm. */
#define PLAYS(ID, ROLE, PROGRAM, VOLUME, PAN, REVERB, LOW, HIGH, TOUCH, \
	      RHYTHM)                                                   \
	.id = ID, .role = ROLE, .program = PROGRAM, .volume = VOLUME,   \
	.pan = PAN, .reverb = REVERB, .low = LOW, .high = HIGH,         \
	.touch = TOUCH, .rhythm = RHYTHM

#define DRUMS(ID, KIT, VOLUME, REVERB, GROOVE)                          \
	.id = ID, .role = ROLE_DRUMS, .program = KIT, .volume = VOLUME, \
	.pan = 64, .reverb = REVERB, .rhythm = GROOVE

/* joyful and lively */
extern const struct piece piece_bicycle, piece_ska, piece_pixel, piece_parade;
/* calm and content */
extern const struct piece piece_bossa, piece_river, piece_porcelain,
	piece_veranda;
/* sad and reflective */
extern const struct piece piece_platform, piece_letter, piece_tide;
/* tense and driving */
extern const struct piece piece_wire, piece_freight, piece_clock;
/* fearful and eerie */
extern const struct piece piece_cellar, piece_attic;
/* playful and surprising */
extern const struct piece piece_jack, piece_seven, piece_surf;
/* nostalgic and neutral */
extern const struct piece piece_polaroids, piece_carousel, piece_division,
	piece_hours;

#endif
