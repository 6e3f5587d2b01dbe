/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * score: growing arrays of notes and the map from beats to seconds. Knows
 * nothing of how the notes came about or of what plays them.
 */
#include "starter/score.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void score_init(struct score *score)
{
	memset(score, 0, sizeof(*score));
	score->swing = 0.5;
	score->swing_unit = 0.5;
	score->room = 0.6;
}

void score_done(struct score *score)
{
	free(score->notes);
	free(score->turns);
	score->notes = NULL;
	score->turns = NULL;
}

/* Room for one more of items. */
static enum status grow(void **items, int count, int *size, size_t each)
{
	int want = *size ? *size * 2 : 256;
	void *more;

	if (count < *size)
		return STATUS_OK;
	more = realloc(*items, (size_t)want * each);
	if (!more)
		return STATUS_NO_MEMORY;
	*items = more;
	*size = want;
	return STATUS_OK;
}

enum status score_add(struct score *score, struct score_note note)
{
	void *items = score->notes;
	enum status st = grow(&items, score->note_count, &score->note_size,
			      sizeof(note));

	score->notes = items;
	if (!st)
		score->notes[score->note_count++] = note;
	return st;
}

enum status score_turn(struct score *score, struct score_turn turn)
{
	void *items = score->turns;
	enum status st = grow(&items, score->turn_count, &score->turn_size,
			      sizeof(turn));

	score->turns = items;
	if (!st)
		score->turns[score->turn_count++] = turn;
	return st;
}

void score_tempo(struct score *score, double at, double beat_s)
{
	assert(score->tempo_count < SCORE_TEMPI);
	score->tempi[score->tempo_count++] =
		(struct score_tempo){.at = at, .beat_s = beat_s};
}

double score_swing(const struct score *score, double beat)
{
	double pair = 2 * score->swing_unit;
	double base = floor(beat / pair + 1e-9) * pair;
	double within = (beat - base) / pair; /* 0..1 */

	if (within < 0.5)
		within *= 2 * score->swing;
	else
		within = score->swing + (within - 0.5) * 2 * (1 - score->swing);
	return base + within * pair;
}

double score_seconds(const struct score *score, double beat)
{
	double seconds = 0;

	for (int i = 0; i < score->tempo_count; i++) {
		const struct score_tempo *tempo = &score->tempi[i];
		double until = i + 1 < score->tempo_count ? tempo[1].at : beat;

		if (beat < until)
			until = beat;
		if (until > tempo->at)
			seconds += (until - tempo->at) * tempo->beat_s;
	}
	return seconds;
}

static void mix(uint64_t *digest, double value)
{
	/* A millionth of a beat is far below what is heard. */
	int64_t number = llround(value * 1e6);

	for (int i = 0; i < 8; i++) {
		*digest ^= (uint64_t)(number >> (8 * i)) & 0xff;
		*digest *= UINT64_C(1099511628211);
	}
}

uint64_t score_digest(const struct score *score)
{
	uint64_t digest = UINT64_C(14695981039346656037);

	for (int i = 0; i < score->note_count; i++) {
		const struct score_note *note = &score->notes[i];

		mix(&digest, note->at);
		mix(&digest, note->length);
		mix(&digest, note->late);
		mix(&digest,
		    note->voice * 65536 + note->key * 256 + note->velocity);
	}
	for (int i = 0; i < score->turn_count; i++) {
		const struct score_turn *turn = &score->turns[i];

		mix(&digest, turn->at);
		mix(&digest,
		    turn->voice * 65536 + turn->control * 256 + turn->value);
	}
	for (int i = 0; i < score->voice_count; i++) {
		const struct score_voice *voice = &score->voices[i];

		mix(&digest, voice->program * 256 + voice->volume);
		mix(&digest, voice->pan * 256 + voice->reverb);
		mix(&digest, voice->chorus * 256 + voice->drums);
	}
	for (int i = 0; i < score->tempo_count; i++) {
		mix(&digest, score->tempi[i].at);
		mix(&digest, score->tempi[i].beat_s);
	}
	mix(&digest, score->swing);
	mix(&digest, score->swing_unit);
	mix(&digest, score->room);
	mix(&digest, score->bright_db);
	mix(&digest, score->end);
	return digest;
}
