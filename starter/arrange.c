/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arrange: goes through the steps of a piece and lets each voice play its
 * part of them; tempo, voices and seed of the score. Knows nothing of sound.
 */
#include "starter/arrange.h"

#include "starter/part.h"

#include <math.h>
#include <string.h>

/* Slowest of the ritard, as a share of the tempo. */
#define RITARD_TO 0.68

static const struct piece_section *find_section(const struct piece *piece,
						char id)
{
	for (int i = 0; i < PIECE_SECTIONS; i++)
		if (piece->section[i].id == id && id)
			return &piece->section[i];
	return NULL;
}

/* Makes section the one that is played. False where its chords are unclear. */
static bool enter(struct part_stage *a, const struct piece_section *section)
{
	const struct piece *piece = a->piece;
	const struct theory_span *end;

	a->section = section;
	a->span_count = theory_changes(a->spans, PART_SPANS, section->chords,
				       piece->beats);
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
	a->ahead = a->spans[0].chord;
	return true;
}

/* What the step after the one that is played begins with. */
static void look_ahead(struct part_stage *a)
{
	const struct piece_section *next =
		a->last ? NULL : find_section(a->piece, a->step[1].section);
	size_t length = next ? strcspn(next->chords, " |") : 0;

	/* the section's own beginning where that cannot be read */
	if (next)
		theory_chord(&a->ahead, next->chords, length);
}

static void play_step(struct part_stage *a)
{
	for (int i = 0; i < PIECE_VOICES && !a->st; i++)
		if (a->piece->voice[i].id &&
		    strchr(a->step->voices, a->piece->voice[i].id))
			part_play(a, i);
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

static enum status bad_step(const struct part_stage *a, int step,
			    struct fault *fault)
{
	return fault_set(fault, STATUS_BAD_DATA, a->piece->title,
			 "step %d (section %c) cannot be played", step + 1,
			 a->piece->step[step].section);
}

enum status arrange_piece(struct score *score, const struct piece *piece,
			  struct fault *fault)
{
	struct part_stage a = {.piece = piece, .score = score};

	score_init(score);
	rng_init(&a.rng, seed_of(piece->file));
	if (piece->swing > 0) {
		score->swing = piece->swing;
		score->swing_unit = piece->swing_unit;
	}
	score->room = piece->room;
	score->bright_db = piece->bright_db;
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
		look_ahead(&a);
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
	struct part_stage a = {.piece = piece};
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
