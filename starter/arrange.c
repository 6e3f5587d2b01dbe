/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arrange: goes through the steps of a piece and lets each voice play its
 * part of them. Knows nothing of sound.
 */
#include "starter/arrange.h"

#include "starter/groove.h"
#include "starter/melody.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SPANS 128

/* Slowest of the ritard, as a share of the tempo. */
#define RITARD_TO 0.68

struct arranger {
	const struct piece *piece;
	struct score *score;
	struct rng rng;
	enum status st;
	struct theory_voicing voicing[PIECE_VOICES];
	struct groove_walk walk[PIECE_VOICES];

	/* the step that is being played */
	const struct piece_step *step;
	const struct piece_section *section;
	struct theory_span spans[SPANS];
	int span_count;
	struct melody_ground ground;
	double start, length; /* beats */
	bool last;            /* it ends the piece */
};

static const struct piece_section *find_section(const struct piece *piece,
						char id)
{
	for (int i = 0; i < PIECE_SECTIONS; i++)
		if (piece->section[i].id == id && id)
			return &piece->section[i];
	return NULL;
}

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

/* About -1..1, mostly near 0. */
static double wobble(struct arranger *a)
{
	return rng_unit(&a->rng) + rng_unit(&a->rng) - 1;
}

/* Dynamics at a beat of the step, 1 for mezzoforte. */
static double level_at(const struct arranger *a, double at)
{
	double level = a->step->level / 100.0;

	if (a->step->vary & VARY_SWELL)
		level *= 0.6 + 0.4 * at / a->length;
	return level;
}

/* A note of the step; force is its velocity at mezzoforte. */
static void sound(struct arranger *a, int voice, double at, double length,
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

static void turn(struct arranger *a, int voice, double at, int control,
		 int value)
{
	struct score_turn one = {.at = a->start + at,
				 .voice = voice,
				 .control = control,
				 .value = clamp(value, 0, 127)};

	if (!a->st)
		a->st = score_turn(a->score, one);
}

static const struct theory_span *span_at(const struct arranger *a, double at)
{
	return theory_at(a->spans, a->span_count, at);
}

/* The bar with which the piece ends: all hold its chord. */
static bool is_final(const struct arranger *a, double at)
{
	return a->last && at >= a->length - a->piece->beats - 1e-6;
}

/* Accents of the metre, as velocity. */
static double metre(const struct arranger *a, double at)
{
	double within = fmod(at + 1e-6, a->piece->beats);

	if (within < 1e-3)
		return 7;
	if (fmod(within, 2) < 1e-3)
		return 3;
	return fmod(within, 1) < 1e-3 ? 0 : -5;
}

/* ---- tunes ----------------------------------------------------------------
 */

static void vibrato(struct arranger *a, int voice, double at, double length)
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

static void play_melody(struct arranger *a, int voice,
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

static void play_tune(struct arranger *a, int voice)
{
	enum piece_role role = a->piece->voice[voice].role;
	unsigned vary = role == ROLE_SECOND ? 0 : a->step->vary;
	const char *text = role == ROLE_SECOND ? a->section->second
					       : a->section->tune;
	struct melody melody;
	int bar;

	if (!text || a->st)
		return;
	if (!melody_read(&melody, text, a->piece->unit, &a->ground, &bar)) {
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

/* ---- chords ---------------------------------------------------------------
 */

static const struct theory_voicing *voice_chord(struct arranger *a, int voice,
						double at)
{
	const struct piece_voice *player = &a->piece->voice[voice];

	theory_voice(&a->voicing[voice], &span_at(a, at)->chord,
		     player->voices ? player->voices : 4, player->low,
		     player->high);
	return &a->voicing[voice];
}

static void strike(struct arranger *a, int voice, double at, double length,
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
static double change_after(const struct arranger *a, double at)
{
	const struct theory_span *span = span_at(a, at);

	return span->at + span->length;
}

static double force_of(char letter)
{
	return letter == 'X' ? 92 : letter == 'x' ? 76 : 60;
}

/* One bar of chords in a rhythm; a chord that changes is struck anew. */
static void comp_bar(struct arranger *a, int voice, double bar_at,
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

static void arp_bar(struct arranger *a, int voice, double bar_at,
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

static void pad_section(struct arranger *a, int voice)
{
	double touch = a->piece->voice[voice].touch / 100.0;

	for (int i = 0; i < a->span_count; i++) {
		const struct theory_span *span = &a->spans[i];

		if (span->at < a->length - 1e-6)
			strike(a, voice, span->at, span->length * touch, 70,
			       false);
	}
	/* breathes over four bars */
	for (double at = 0; at < a->length; at += 1) {
		double phrase = 4.0 * a->piece->beats;
		double arch = sin(M_PI * fmod(at, phrase) / phrase);

		turn(a, voice, at, 11, 92 + (int)(30 * arch));
	}
}

/* ---- bass -----------------------------------------------------------------
 */

/* The key for a letter of the bass, near what it played before. */
static int bass_key(struct arranger *a, int voice, char letter, double at,
		    double length)
{
	struct groove_walk *walk = &a->walk[voice];
	const struct theory_span *span = span_at(a, at);
	const struct theory_chord *chord = &span->chord;
	const struct theory_span *next = span_at(a, span->at + span->length);
	unsigned scale = theory_chord_scale(
		theory_scale(a->piece->tonic, a->piece->mode), chord);
	bool first = at < span->at + 1e-6;
	bool last = at + length > span->at + span->length - 1e-6;
	int root;

	if (letter == 'w')
		return groove_walk(walk, chord, &next->chord, scale, first,
				   last, &a->rng);
	if (letter == 'a')
		return groove_walk(walk, chord, &next->chord, scale, false,
				   true, &a->rng);
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

static void bass_bar(struct arranger *a, int voice, double bar_at,
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

/* ---- drums ----------------------------------------------------------------
 */

static void drum_bar(struct arranger *a, int voice, int bar, bool fill)
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

/* ---- the form -------------------------------------------------------------
 */

/* All hold the last chord: struck, rolled or on the drums one blow. */
static void play_final(struct arranger *a, int voice, double at)
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

static void play_bar(struct arranger *a, int voice, int bar, int bars)
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

static void play_voice(struct arranger *a, int voice)
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

/* Makes section the one that is played. False where its chords are unclear. */
static bool enter(struct arranger *a, const struct piece_section *section)
{
	const struct piece *piece = a->piece;
	const struct theory_span *end;

	a->section = section;
	a->span_count =
		theory_changes(a->spans, SPANS, section->chords, piece->beats);
	if (a->span_count <= 0)
		return false;
	end = &a->spans[a->span_count - 1];
	a->length = end->at + end->length;
	a->ground = (struct melody_ground){
		.tonic = piece->tonic,
		.mode = piece->mode,
		.beats = piece->beats,
		.spans = a->spans,
		.span_count = a->span_count,
	};
	return true;
}

static void play_step(struct arranger *a)
{
	for (int i = 0; i < PIECE_VOICES && !a->st; i++)
		if (a->piece->voice[i].id &&
		    strchr(a->step->voices, a->piece->voice[i].id))
			play_voice(a, i);
	a->start += a->length;
}

static void set_tempo(struct score *score, const struct piece *piece,
		      double end)
{
	double beat_s = 60 / piece->bpm;
	double from = end - piece->beats - piece->ritard;

	score_tempo(score, 0, beat_s);
	for (int i = 0; i < 2 * piece->ritard; i++) {
		double way = (i + 1.0) / (2 * piece->ritard);
		double tempo = 1 - (1 - RITARD_TO) * way * way;

		score_tempo(score, from + i / 2.0, beat_s / tempo);
	}
}

static void set_voices(struct score *score, const struct piece *piece)
{
	for (int i = 0; i < PIECE_VOICES; i++) {
		const struct piece_voice *voice = &piece->voice[i];

		if (!voice->id)
			continue;
		score->voices[i] = (struct score_voice){
			.program = voice->program,
			.volume = voice->volume,
			.pan = voice->pan,
			.reverb = voice->reverb,
			.chorus = voice->chorus,
			.drums = voice->role == ROLE_DRUMS,
		};
		score->voice_count = i + 1;
	}
}

/* FNV-1a: chance is the piece's own, whatever stands before it in the table. */
static uint64_t seed_of(const char *name)
{
	uint64_t seed = UINT64_C(14695981039346656037);

	for (; *name; name++)
		seed = (seed ^ (unsigned char)*name) * UINT64_C(1099511628211);
	return seed;
}

static enum status bad_step(const struct arranger *a, int step,
			    struct fault *fault)
{
	return fault_set(fault, STATUS_BAD_DATA, a->piece->title,
			 "step %d (section %c) cannot be played", step + 1,
			 a->piece->step[step].section);
}

enum status arrange_piece(struct score *score, const struct piece *piece,
			  struct fault *fault)
{
	struct arranger a = {.piece = piece, .score = score};

	score_init(score);
	rng_init(&a.rng, seed_of(piece->file));
	if (piece->swing > 0) {
		score->swing = piece->swing;
		score->swing_unit = piece->swing_unit;
	}
	score->room = piece->room;
	set_voices(score, piece);
	for (int i = 0; i < PIECE_VOICES; i++)
		a.walk[i] = (struct groove_walk){.low = piece->voice[i].low,
						 .high = piece->voice[i].high};
	for (int i = 0; i < PIECE_STEPS && piece->step[i].section; i++) {
		const struct piece_section *section =
			find_section(piece, piece->step[i].section);

		a.step = &piece->step[i];
		a.last = i + 1 == PIECE_STEPS || !piece->step[i + 1].section;
		if (!section || !enter(&a, section))
			return bad_step(&a, i, fault);
		play_step(&a);
		if (a.st == STATUS_BAD_DATA)
			return bad_step(&a, i, fault);
		if (a.st)
			return fault_set(fault, a.st, piece->title,
					 "no memory for its score");
	}
	score->end = a.start;
	set_tempo(score, piece, a.start);
	return STATUS_OK;
}

double arrange_seconds(const struct score *score)
{
	return score_seconds(score, score->end) + ARRANGE_TAIL_S;
}

double arrange_consonance(const struct piece *piece)
{
	struct arranger a = {.piece = piece};
	struct melody melody;
	double sum = 0;
	int tunes = 0, bar;

	for (int i = 0; i < PIECE_SECTIONS && piece->section[i].id; i++) {
		if (!piece->section[i].tune)
			continue;
		if (!enter(&a, &piece->section[i]) ||
		    !melody_read(&melody, piece->section[i].tune, piece->unit,
				 &a.ground, &bar))
			return -1;
		sum += melody_consonance(&melody, &a.ground);
		tunes++;
	}
	return tunes ? sum / tunes : 1;
}
