/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * part: tunes, chords, basses and drums, bar by bar, as a player of each
 * would. Knows nothing of the form beyond its step, nor of sound.
 */
#include "starter/part.h"

#include <math.h>
#include <string.h>

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

/* About -1..1, mostly near 0. */
static double wobble(struct part_stage *a)
{
	return rng_unit(&a->rng) + rng_unit(&a->rng) - 1;
}

/* Dynamics at a beat of the step, 1 for mezzoforte. */
static double level_at(const struct part_stage *a, double at)
{
	double level = a->step->level / 100.0;

	if (a->step->vary & VARY_SWELL)
		level *= 0.75 + 0.25 * at / a->length;
	return level;
}

/* A note of the step; force is its velocity at mezzoforte. */
static void sound(struct part_stage *a, int voice, double at, double length,
		  int key, double force, double late_ms)
{
	double loose = a->piece->loose;
	int velocity = (int)lround(force * level_at(a, at) +
				   wobble(a) * (loose > 0 ? 5 : 1));
	struct score_note note = {
		.at = a->start + at,
		.length = length,
		.late = (wobble(a) * loose + late_ms) / 1000,
		.voice = voice,
		.key = clamp(key, 0, 127),
		.velocity = clamp(velocity, 1, 127),
	};

	if (!a->st)
		a->st = score_add(a->score, note);
}

static void turn(struct part_stage *a, int voice, double at, int control,
		 int value)
{
	struct score_turn one = {.at = a->start + at,
				 .voice = voice,
				 .control = control,
				 .value = clamp(value, 0, 127)};

	if (!a->st)
		a->st = score_turn(a->score, one);
}

static const struct theory_span *span_at(const struct part_stage *a, double at)
{
	return theory_at(a->spans, a->span_count, at);
}

/* The bar with which the piece ends: all hold its chord. */
static bool is_final(const struct part_stage *a, double at)
{
	return a->last && at >= a->length - a->piece->beats - 1e-6;
}

/* Accents of the metre, as velocity. */
static double metre(const struct part_stage *a, double at)
{
	double within = fmod(at + 1e-6, a->piece->beats);

	if (within < 1e-3)
		return 7;
	if (fmod(within, 2) < 1e-3)
		return 3;
	return fmod(within, 1) < 1e-3 ? 0 : -5;
}

/* ---- tunes ---- */

static void vibrato(struct part_stage *a, int voice, double at, double length)
{
	int depth = a->piece->voice[voice].vibrato;

	if (depth == 0 || length * 60 / a->piece->bpm < 0.5)
		return;
	turn(a, voice, at, 1, 0);
	for (int i = 1; i <= 4; i++)
		turn(a, voice, at + length * (0.35 + 0.1 * i), 1,
		     depth * i / 4);
	turn(a, voice, at + length, 1, 0);
}

static void play_melody(struct part_stage *a, int voice,
			const struct melody *melody)
{
	const struct piece_voice *player = &a->piece->voice[voice];
	double phrase = 4.0 * a->piece->beats;

	for (int i = 0; i < melody->count; i++) {
		const struct melody_note *note = &melody->note[i];
		double arch = sin(M_PI * fmod(note->at, phrase) / phrase);
		double force = 82 + 8 * arch + metre(a, note->at) +
			       10 * note->stress +
			       0.4 * (note->key - a->piece->tonic - 7);
		double touch = player->touch ? player->touch : 92;
		double length = note->length * touch / 100;

		/* a held note breathes before the next phrase */
		if (length > 1 && touch < 100)
			length = note->length - (1 - touch / 100);
		sound(a, voice, note->at, length, note->key + player->shift,
		      force, 0);
		vibrato(a, voice, note->at, length);
	}
}

static void play_tune(struct part_stage *a, int voice)
{
	enum piece_role role = a->piece->voice[voice].role;
	unsigned vary = role == ROLE_SECOND ? 0 : a->step->vary;
	const char *text = role == ROLE_SECOND ? a->section->second
					       : a->section->tune;
	struct melody melody;
	int bar;

	if (!text || a->st)
		return;
	if (!melody_read(&melody, text, a->piece->unit, &a->ground, &bar) ||
	    fabs(melody.length - a->length) > 1e-3) {
		a->st = STATUS_BAD_DATA;
		return;
	}
	if (vary & VARY_THIN)
		melody_thin(&melody);
	if (vary & VARY_DECORATE) {
		/* the second voice must hear the same ornaments */
		struct rng rng;

		rng_init(&rng, (uint64_t)a->start);
		melody_decorate(&melody, &a->ground, &rng);
	}
	if (vary & VARY_ANTICIPATE) {
		struct rng rng;

		rng_init(&rng, (uint64_t)a->start + 1);
		melody_anticipate(&melody, &rng);
	}
	if (vary & VARY_OCTAVE)
		for (int i = 0; i < melody.count; i++)
			melody.note[i].key += 12;
	if (role == ROLE_BELOW)
		melody_below(&melody, &a->ground);
	play_melody(a, voice, &melody);
}

/* ---- chords ---- */

static const struct theory_voicing *voice_chord(struct part_stage *a, int voice,
						double at)
{
	const struct piece_voice *player = &a->piece->voice[voice];

	theory_voice(&a->voicing[voice], &span_at(a, at)->chord,
		     player->voices ? player->voices : 4, player->low,
		     player->high);
	return &a->voicing[voice];
}

static void strike(struct part_stage *a, int voice, double at, double length,
		   double force, bool upwards)
{
	const struct piece_voice *player = &a->piece->voice[voice];
	const struct theory_voicing *chord = voice_chord(a, voice, at);

	for (int i = 0; i < chord->count; i++) {
		int order = upwards ? chord->count - 1 - i : i;
		/* the top carries, what lies within is softer */
		double inner = i == chord->count - 1 ? 0 : -5;

		sound(a, voice, at, length, chord->key[i], force + inner,
		      order * player->spread);
	}
}

/* How long the step at i of a bar sounds: on while - follows. */
static int held(const char *steps, int count, int i)
{
	int end = i + 1;

	while (end < count && steps[end] == '-')
		end++;
	return end - i;
}

/* Beats until the chord after at, from the start of the step. */
static double change_after(const struct part_stage *a, double at)
{
	const struct theory_span *span = span_at(a, at);

	return span->at + span->length;
}

static double force_of(char letter)
{
	return letter == 'X' ? 92 : letter == 'x' ? 76 : 60;
}

/* One bar of chords in a rhythm; a chord that changes is struck anew. */
static void comp_bar(struct part_stage *a, int voice, double bar_at,
		     const char *steps, int count)
{
	double each = (double)a->piece->beats / count;
	double touch = a->piece->voice[voice].touch;

	for (int i = 0; i < count; i++) {
		double at = bar_at + i * each;
		double end = at + held(steps, count, i) * each;
		double change = change_after(a, at);

		if (steps[i] == '.' || steps[i] == '-')
			continue;
		if (end > change + 1e-6) {
			strike(a, voice, change, (end - change) * touch / 100,
			       force_of(steps[i]) - 6, false);
			end = change;
		}
		strike(a, voice, at, (end - at) * touch / 100,
		       force_of(steps[i]) + metre(a, at) / 2, steps[i] == 'u');
	}
}

static void arp_bar(struct part_stage *a, int voice, double bar_at,
		    const char *steps, int count)
{
	double each = (double)a->piece->beats / count;
	double touch = a->piece->voice[voice].touch;

	for (int i = 0; i < count; i++) {
		double at = bar_at + i * each;
		double length = held(steps, count, i) * each;
		const struct theory_voicing *chord;
		int tone = steps[i] - '1';

		if (tone < 0 || tone > 8)
			continue;
		chord = voice_chord(a, voice, at);
		sound(a, voice, at, length * touch / 100,
		      chord->key[tone % chord->count] +
			      12 * (tone / chord->count),
		      70 + metre(a, at), 0);
	}
}

static void pad_section(struct part_stage *a, int voice)
{
	double touch = a->piece->voice[voice].touch / 100.0;

	for (int i = 0; i < a->span_count; i++) {
		const struct theory_span *span = &a->spans[i];

		if (span->at < a->length - 1e-6)
			strike(a, voice, span->at, span->length * touch, 70,
			       false);
	}
	/* breathes over four bars */
	for (int beat = 0; beat < a->length; beat++) {
		double at = beat;
		double phrase = 4.0 * a->piece->beats;
		double arch = sin(M_PI * fmod(at, phrase) / phrase);

		turn(a, voice, at, 11, 92 + (int)(30 * arch));
	}
}

/* ---- bass ---- */

static const struct theory_chord *chord_after(const struct part_stage *a,
					      const struct theory_span *span)
{
	return span < &a->spans[a->span_count - 1] ? &span[1].chord : &a->ahead;
}

/* The key for a letter of the bass, near what it played before. */
static int bass_key(struct part_stage *a, int voice, char letter, double at,
		    double length)
{
	struct groove_walk *walk = &a->walk[voice];
	const struct theory_span *span = span_at(a, at);
	const struct theory_chord *chord = &span->chord;
	const struct theory_chord *next = chord_after(a, span);
	unsigned scale = theory_chord_scale(
		theory_scale(a->piece->tonic, a->piece->mode), chord);
	bool first = at < span->at + 1e-6;
	bool last = at + length > span->at + span->length - 1e-6;
	int root;

	if (letter == 'w')
		return groove_walk(walk, chord, next, scale, first, last,
				   &a->rng);
	if (letter == 'a')
		return groove_walk(walk, chord, next, scale, false, true,
				   &a->rng);
	root = theory_nearest(1u << chord->bass, (walk->low + walk->high) / 2);
	walk->key = root;
	for (int i = 0; i < chord->count; i++) {
		int tone = chord->tone[i];
		bool third = tone >= 2 && tone <= 5;
		bool fifth = tone >= 6 && tone <= 8;

		if ((letter == '3' && third) || (letter == '5' && fifth) ||
		    (letter == '7' && tone > 8))
			walk->key = root + (chord->root + tone - chord->bass +
					    24) % 12;
	}
	if (letter == '8')
		walk->key = root + 12;
	if (letter == '5' && walk->key > walk->high)
		walk->key -= 12;
	return walk->key;
}

static void bass_bar(struct part_stage *a, int voice, double bar_at,
		     const char *steps, int count)
{
	const struct piece_voice *player = &a->piece->voice[voice];
	double each = (double)a->piece->beats / count;

	for (int i = 0; i < count; i++) {
		double at = bar_at + i * each;
		double length = held(steps, count, i) * each;
		double change = change_after(a, at);

		if (steps[i] == '.' || steps[i] == '-')
			continue;
		if (at + length > change + 1e-6) {
			int key = bass_key(a, voice, '1', change, each);

			sound(a, voice, change,
			      (at + length - change) * player->touch / 100, key,
			      78, 0);
			length = change - at;
		}
		sound(a, voice, at, length * player->touch / 100,
		      bass_key(a, voice, steps[i], at, length),
		      80 + metre(a, at) / 2, 0);
	}
}

/* ---- drums ---- */

static void drum_bar(struct part_stage *a, int voice, int bar, bool fill)
{
	const struct groove *groove =
		groove_find(a->piece->voice[voice].rhythm);

	if (!groove) {
		a->st = STATUS_BAD_DATA;
		return;
	}
	for (int l = 0; l < GROOVE_LINES && groove->line[l].key; l++) {
		const struct groove_line *line = &groove->line[l];
		const char *steps;
		int count = groove_bar(fill && line->fill ? line->fill
							  : line->rhythm,
				       bar, &steps);
		double each = (double)a->piece->beats / count;

		for (int i = 0; i < count; i++)
			if (groove_velocity(steps[i]))
				sound(a, voice,
				      bar * a->piece->beats + i * each, each,
				      line->key, groove_velocity(steps[i]), 0);
	}
}

/* ---- all of them ---- */

/* All hold the last chord: struck, rolled or on the drums one blow. */
static void play_final(struct part_stage *a, int voice, double at)
{
	const struct piece_voice *player = &a->piece->voice[voice];
	double length = a->piece->beats;
	const struct theory_voicing *chord;

	switch (player->role) {
	case ROLE_COMP: strike(a, voice, at, length, 72, false); break;
	case ROLE_ARP:
		chord = voice_chord(a, voice, at);
		for (int i = 0; i <= chord->count; i++)
			sound(a, voice, at, length,
			      chord->key[i % chord->count] +
				      12 * (i / chord->count),
			      66, i * 70);
		break;
	case ROLE_BASS:
		sound(a, voice, at, length, bass_key(a, voice, '1', at, 1), 80,
		      0);
		break;
	case ROLE_DRUMS:
		sound(a, voice, at, 1, 36, 84, 0);
		sound(a, voice, at, length, player->program == 40 ? 51 : 49,
		      player->program == 40 ? 60 : 74, 0);
		break;
	default: break;
	}
}

static void play_bar(struct part_stage *a, int voice, int bar, int bars)
{
	const struct piece_voice *player = &a->piece->voice[voice];
	double at = (double)bar * a->piece->beats;
	bool fill = bar == bars - 1 && !(a->step->vary & VARY_PLAIN);
	const char *steps;
	int count;

	if (is_final(a, at)) {
		play_final(a, voice, at);
		return;
	}
	if (player->role == ROLE_DRUMS) {
		drum_bar(a, voice, bar, fill);
		return;
	}
	count = groove_bar(player->rhythm, bar, &steps);
	if (player->role == ROLE_COMP)
		comp_bar(a, voice, at, steps, count);
	else if (player->role == ROLE_ARP)
		arp_bar(a, voice, at, steps, count);
	else
		bass_bar(a, voice, at, steps, count);
}

void part_play(struct part_stage *a, int voice)
{
	int bars = (int)lround(a->length / a->piece->beats);

	switch (a->piece->voice[voice].role) {
	case ROLE_TUNE:
	case ROLE_SECOND:
	case ROLE_BELOW: play_tune(a, voice); break;
	case ROLE_PAD: pad_section(a, voice); break;
	default:
		for (int bar = 0; bar < bars && !a->st; bar++)
			play_bar(a, voice, bar, bars);
	}
}
