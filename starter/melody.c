/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * melody: the reader of the notation and the variations. Knows nothing of
 * instruments, sections or the score.
 */
#include "starter/melody.h"

#include <math.h>
#include <string.h>

#define EPSILON 1e-6

struct reader {
	struct melody *melody;
	const struct melody_ground *ground;
	double unit, now;
	int alter;
	/* the notes that the next - makes longer: a group shares it */
	int first, group;
};

static bool add_note(struct reader *reader, int degree)
{
	const struct melody_ground *ground = reader->ground;
	struct melody *melody = reader->melody;

	if (melody->count == MELODY_NOTES)
		return false;
	melody->note[melody->count++] = (struct melody_note){
		.at = reader->now,
		.length = reader->unit,
		.key = theory_degree(ground->tonic, ground->mode, degree) +
		       reader->alter,
	};
	reader->alter = 0;
	return true;
}

/* Spreads the last group over its first unit and how many came after. */
static void spread(struct reader *reader, double length)
{
	struct melody_note *note = &reader->melody->note[reader->first];

	for (int i = 0; i < reader->group; i++) {
		note[i].length = length / reader->group;
		note[i].at = note[0].at + i * note[i].length;
	}
}

static void lengthen(struct reader *reader)
{
	struct melody *melody = reader->melody;
	int last = melody->count - 1;

	if (reader->group > 0)
		spread(reader, reader->now + reader->unit -
				       melody->note[reader->first].at);
	else if (last >= 0 &&
		 melody->note[last].at + melody->note[last].length >
			 reader->now - EPSILON)
		melody->note[last].length += reader->unit;
	reader->now += reader->unit;
}

/* Reads "(123)" from the opening; returns the closing, NULL without one. */
static const char *read_group(struct reader *reader, const char *text)
{
	reader->first = reader->melody->count;
	for (text++; *text && *text != ')'; text++) {
		if (*text == '#' || *text == 'b')
			reader->alter = *text == '#' ? 1 : -1;
		else if (*text == '\'' || *text == ',')
			reader->melody->note[reader->melody->count - 1].key +=
				*text == ',' ? -12 : 12;
		else if (*text < '1' || *text > '7' ||
			 !add_note(reader, *text - '1'))
			return NULL;
	}
	reader->group = reader->melody->count - reader->first;
	if (*text != ')' || reader->group == 0)
		return NULL;
	spread(reader, reader->unit);
	reader->now += reader->unit;
	return text;
}

static bool read_mark(struct reader *reader, char mark)
{
	struct melody *melody = reader->melody;
	struct melody_note *last =
		melody->count ? &melody->note[melody->count - 1] : NULL;

	if (mark == ' ')
		return true;
	if (mark == '#' || mark == 'b') {
		reader->alter = mark == '#' ? 1 : -1;
		return true;
	}
	if (mark == '-') {
		lengthen(reader);
		return true;
	}
	if (mark == '.') {
		reader->now += reader->unit;
		reader->group = 0;
		return true;
	}
	if (mark >= '1' && mark <= '7') {
		bool added = add_note(reader, mark - '1');

		reader->now += reader->unit;
		reader->group = 0;
		return added;
	}
	if (!last || !strchr("',*", mark))
		return false;
	if (mark == '*')
		last->stress = 1;
	else
		last->key += mark == ',' ? -12 : 12;
	return true;
}

bool melody_read(struct melody *melody, const char *text, double unit,
		 const struct melody_ground *ground, int *bar)
{
	struct reader reader = {
		.melody = melody, .ground = ground, .unit = unit};

	melody->count = 0;
	*bar = 1;
	for (; *text; text++) {
		if (*text == '|') {
			if (fabs(reader.now - *bar * ground->beats) > EPSILON)
				return false;
			(*bar)++;
		} else if (*text == '(') {
			text = read_group(&reader, text);
			if (!text)
				return false;
		} else if (!read_mark(&reader, *text)) {
			return false;
		}
	}
	melody->length = reader.now;
	return fabs(fmod(reader.now + EPSILON, ground->beats)) < 1e-3;
}

static unsigned scale_at(const struct melody_ground *ground, double beat)
{
	const struct theory_span *span =
		theory_at(ground->spans, ground->span_count, beat);

	return theory_chord_scale(theory_scale(ground->tonic, ground->mode),
				  &span->chord);
}

/* Cuts the note short by as much and lets key sound in its place. */
static void append_after(struct melody *melody, int *count,
			 struct melody_note *note, double length, int key)
{
	note->length -= length;
	melody->note[(*count)++] = (struct melody_note){
		.at = note->at + note->length,
		.length = length,
		.key = key,
		.stress = -1,
	};
}

void melody_decorate(struct melody *melody, const struct melody_ground *ground,
		     struct rng *rng)
{
	struct melody from = *melody;
	int count = 0;

	for (int i = 0; i < from.count && count + 3 < MELODY_NOTES; i++) {
		struct melody_note *note = &from.note[i];
		const struct melody_note *next = i + 1 < from.count ? note + 1
								    : NULL;
		double end = note->at + note->length;
		bool joined = next && next->at - end < EPSILON;
		int away = joined ? next->key - note->key : 99;
		double small = note->length >= 1 ? 0.5 : note->length / 2;
		unsigned scale = scale_at(ground, end - EPSILON);
		struct melody_note *here = &melody->note[count];
		int step = away > 0 ? 1 : -1;

		melody->note[count++] = *note;
		if (note->length < 0.75 || rng_unit(rng) < 0.35)
			continue;
		if (away == 3 || away == 4 || away == -3 || away == -4)
			append_after(melody, &count, here, small,
				     theory_step(scale, note->key, step));
		else if (away == 0)
			append_after(melody, &count, here, small,
				     theory_step(scale, note->key, 1));
		else if (note->length >= 2 && joined) {
			append_after(melody, &count, here, 1,
				     theory_step(scale, note->key, 1));
			here = &melody->note[count - 1];
			append_after(melody, &count, here, 0.5, note->key);
		}
	}
	melody->count = count;
}

void melody_anticipate(struct melody *melody, struct rng *rng)
{
	for (int i = 1; i < melody->count; i++) {
		struct melody_note *note = &melody->note[i];
		struct melody_note *before = note - 1;
		bool on_beat = fmod(note->at + EPSILON, 2) < 1e-3;
		double free = note->at - before->at;

		if (!on_beat || free < 0.99 || note->length < 0.99 ||
		    rng_unit(rng) < 0.4)
			continue;
		note->at -= 0.5;
		note->length += 0.5;
		if (before->at + before->length > note->at)
			before->length = note->at - before->at;
	}
}

void melody_thin(struct melody *melody)
{
	int count = 0;

	for (int i = 0; i < melody->count; i++) {
		struct melody_note *note = &melody->note[i];

		if (fmod(note->at + EPSILON, 1) < 1e-3 && note->stress >= 0) {
			melody->note[count++] = *note;
		} else if (count > 0) {
			struct melody_note *last = &melody->note[count - 1];
			double end = note->at + note->length;

			if (end - last->at <= 4)
				last->length = end - last->at;
		}
	}
	melody->count = count;
}

void melody_below(struct melody *melody, const struct melody_ground *ground)
{
	for (int i = 0; i < melody->count; i++) {
		struct melody_note *note = &melody->note[i];
		const struct theory_span *span =
			theory_at(ground->spans, ground->span_count, note->at);
		unsigned set = note->length >= 0.75 || note->stress > 0
				       ? theory_chord_set(&span->chord)
				       : scale_at(ground, note->at);
		int low = note->key - 3;

		while (low > note->key - 10 && !(set & 1u << (low % 12)))
			low--;
		note->key = low;
	}
}

double melody_consonance(const struct melody *melody,
			 const struct melody_ground *ground)
{
	int strong = 0, good = 0;
	double pulse = ground->beats % 2 ? ground->beats : ground->beats / 2.0;

	for (int i = 0; i < melody->count; i++) {
		const struct melody_note *note = &melody->note[i];
		const struct theory_span *span =
			theory_at(ground->spans, ground->span_count, note->at);

		if (fmod(note->at + EPSILON, pulse) > 1e-3)
			continue;
		strong++;
		good += (theory_chord_set(&span->chord) >> (note->key % 12)) &
			1;
	}
	return strong ? (double)good / strong : 1;
}
