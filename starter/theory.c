/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * theory: scales and chords as tables, voicings by a small search. Knows
 * nothing of instruments or time beyond bars and beats.
 */
#include "starter/theory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const signed char modes[MODE_COUNT][7] = {
	[MODE_MAJOR] = {0, 2, 4, 5, 7, 9, 11},
	[MODE_DORIAN] = {0, 2, 3, 5, 7, 9, 10},
	[MODE_PHRYGIAN] = {0, 1, 3, 5, 7, 8, 10},
	[MODE_LYDIAN] = {0, 2, 4, 6, 7, 9, 11},
	[MODE_MIXOLYDIAN] = {0, 2, 4, 5, 7, 9, 10},
	[MODE_MINOR] = {0, 2, 3, 5, 7, 8, 10},
	[MODE_LOCRIAN] = {0, 1, 3, 5, 6, 8, 10},
	[MODE_HARMONIC_MINOR] = {0, 2, 3, 5, 7, 8, 11},
	[MODE_MELODIC_MINOR] = {0, 2, 3, 5, 7, 9, 11},
	[MODE_PHRYGIAN_MAJOR] = {0, 1, 4, 5, 7, 8, 10},
};

/* What may follow the root of a chord's name. */
static const struct quality {
	const char *name;
	int count;
	int tone[THEORY_TONES];
} qualities[] = {
	{"", 3, {0, 4, 7}},
	{"m", 3, {0, 3, 7}},
	{"5", 2, {0, 7}},
	{"dim", 3, {0, 3, 6}},
	{"aug", 3, {0, 4, 8}},
	{"sus2", 3, {0, 2, 7}},
	{"sus4", 3, {0, 5, 7}},
	{"6", 4, {0, 4, 7, 9}},
	{"m6", 4, {0, 3, 7, 9}},
	{"7", 4, {0, 4, 7, 10}},
	{"m7", 4, {0, 3, 7, 10}},
	{"maj7", 4, {0, 4, 7, 11}},
	{"mmaj7", 4, {0, 3, 7, 11}},
	{"m7b5", 4, {0, 3, 6, 10}},
	{"dim7", 4, {0, 3, 6, 9}},
	{"aug7", 4, {0, 4, 8, 10}},
	{"7sus4", 4, {0, 5, 7, 10}},
	{"add9", 4, {0, 4, 7, 14}},
	{"madd9", 4, {0, 3, 7, 14}},
	{"69", 5, {0, 4, 7, 9, 14}},
	{"9", 5, {0, 4, 7, 10, 14}},
	{"m9", 5, {0, 3, 7, 10, 14}},
	{"maj9", 5, {0, 4, 7, 11, 14}},
	{"9sus4", 5, {0, 5, 7, 10, 14}},
	{"7b9", 5, {0, 4, 7, 10, 13}},
	{"7#9", 5, {0, 4, 7, 10, 15}},
	{"maj7#11", 5, {0, 4, 7, 11, 18}},
	{"m11", 6, {0, 3, 7, 10, 14, 17}},
	{"13", 6, {0, 4, 7, 10, 14, 21}},
};

static int modulo(int value, int by)
{
	int rest = value % by;

	return rest < 0 ? rest + by : rest;
}

static unsigned bit(int key)
{
	return 1u << modulo(key, 12);
}

int theory_degree(int tonic, enum theory_mode mode, int degree)
{
	int within = modulo(degree, 7);

	return tonic + modes[mode][within] + 12 * ((degree - within) / 7);
}

unsigned theory_scale(int tonic, enum theory_mode mode)
{
	unsigned set = 0;

	for (int i = 0; i < 7; i++)
		set |= bit(tonic + modes[mode][i]);
	return set;
}

/* Reads "C", "F#", "Bb"; returns the bytes taken, 0 for no note. */
static size_t read_note(int *pitch, const char *text, size_t length)
{
	static const int naturals[7] = {9, 11, 0, 2, 4, 5, 7};

	if (length == 0 || text[0] < 'A' || text[0] > 'G')
		return 0;
	*pitch = naturals[text[0] - 'A'];
	if (length > 1 && (text[1] == '#' || text[1] == 'b')) {
		*pitch = modulo(*pitch + (text[1] == '#' ? 1 : -1), 12);
		return 2;
	}
	return 1;
}

bool theory_chord(struct theory_chord *chord, const char *name, size_t length)
{
	const char *slash = memchr(name, '/', length);
	size_t head = slash ? (size_t)(slash - name) : length;
	size_t taken = read_note(&chord->root, name, head);

	if (taken == 0)
		return false;
	chord->bass = chord->root;
	if (slash) {
		size_t rest = length - head - 1;

		if (rest == 0 ||
		    read_note(&chord->bass, slash + 1, rest) != rest)
			return false;
	}
	for (size_t i = 0; i < sizeof(qualities) / sizeof(*qualities); i++) {
		const struct quality *quality = &qualities[i];

		if (strlen(quality->name) != head - taken ||
		    memcmp(quality->name, name + taken, head - taken) != 0)
			continue;
		chord->count = quality->count;
		memcpy(chord->tone, quality->tone, sizeof(chord->tone));
		return true;
	}
	return false;
}

unsigned theory_chord_set(const struct theory_chord *chord)
{
	unsigned set = 0;

	for (int i = 0; i < chord->count; i++)
		set |= bit(chord->root + chord->tone[i]);
	return set;
}

unsigned theory_chord_scale(unsigned scale, const struct theory_chord *chord)
{
	unsigned tones = theory_chord_set(chord);
	unsigned foreign = tones & ~scale;
	unsigned out = tones;

	for (int i = 0; i < 12; i++)
		if (scale & bit(i) && !(foreign & (bit(i - 1) | bit(i + 1))))
			out |= bit(i);
	return out;
}

/* One bar's chords, from text up to end. Returns the spans, or -1. */
static int read_bar(struct theory_span *spans, int size, const char *text,
		    const char *end, double at, int beats)
{
	int count = 0;

	while (text < end) {
		size_t length = strcspn(text, " |");

		if (length > (size_t)(end - text))
			length = (size_t)(end - text);
		if (length > 0) {
			if (count == size ||
			    !theory_chord(&spans[count].chord, text, length))
				return -1;
			count++;
		}
		text += length + 1;
	}
	for (int i = 0; i < count; i++) {
		spans[i].length = (double)beats / count;
		spans[i].at = at + spans[i].length * i;
	}
	return count;
}

int theory_changes(struct theory_span *spans, int size, const char *text,
		   int beats)
{
	int count = 0, last = 0;
	double at = 0;

	while (text[0]) {
		size_t length = strcspn(text, "|");
		const char *end = text + length;
		int added;

		text += strspn(text, " ");
		if (text[0] == '%') {
			added = last;
			if (last == 0 || count + last > size)
				return -1;
			for (int i = 0; i < last; i++) {
				spans[count + i] = spans[count + i - last];
				spans[count + i].at += beats;
			}
		} else {
			added = read_bar(spans + count, size - count, text, end,
					 at, beats);
		}
		if (added <= 0)
			return -1;
		count += added;
		last = added;
		at += beats;
		text = end + (end[0] == '|');
		text += strspn(text, " ");
	}
	return count;
}

const struct theory_span *theory_at(const struct theory_span *spans, int count,
				    double beat)
{
	int i = 0;

	while (i + 1 < count && spans[i + 1].at <= beat + 1e-6)
		i++;
	return &spans[i];
}

int theory_nearest(unsigned set, int key)
{
	for (int away = 0; away < 12; away++) {
		if (set & bit(key - away))
			return key - away;
		if (set & bit(key + away))
			return key + away;
	}
	return key;
}

int theory_step(unsigned set, int key, int steps)
{
	int direction = steps < 0 ? -1 : 1;

	while (steps != 0) {
		do
			key += direction;
		while (!(set & bit(key)));
		steps -= direction;
	}
	return key;
}

/*
 * How much a voicing lacks: the tones that make the chord what it is should
 * be there, and a root or fifth twice is better than a third twice.
 */
static int lacking(const struct theory_chord *chord, const int *key, int count)
{
	int cost = 0;

	for (int i = 0; i < chord->count; i++) {
		int tone = chord->tone[i], found = 0;
		bool plain = tone == 0 || tone == 7;

		for (int k = 0; k < count; k++)
			found += modulo(key[k] - chord->root - tone, 12) == 0;
		if (found == 0)
			cost += plain ? (chord->count > count ? 2 : 12) : 30;
		else if (found > 1)
			cost += plain ? 2 : 8;
	}
	return cost;
}

/* How far the voices move, and how badly they lie. */
static int moving(const struct theory_voicing *from, const int *key, int count,
		  int low, int high)
{
	int cost = abs(key[0] + key[count - 1] - low - high) / 3;

	for (int i = 0; i + 1 < count; i++) {
		int gap = key[i + 1] - key[i];

		if (gap < 2)
			cost += 6;
		else if (gap < 3 && key[i] < 55)
			cost += 6; /* seconds are mud down there */
		else if (gap > 9)
			cost += 2 * (gap - 9);
	}
	if (from->count == count)
		for (int i = 0; i < count; i++)
			cost += 3 * abs(key[i] - from->key[i]);
	return cost;
}

struct search {
	const struct theory_chord *chord;
	const struct theory_voicing *from;
	unsigned set;
	int count, low, high, best;
	int key[THEORY_VOICES];
	struct theory_voicing found;
};

static void search_voice(struct search *search, int voice, int lowest)
{
	if (voice == search->count) {
		int cost = lacking(search->chord, search->key, voice) +
			   moving(search->from, search->key, voice, search->low,
				  search->high);

		if (cost < search->best) {
			search->best = cost;
			search->found.count = voice;
			memcpy(search->found.key, search->key,
			       sizeof(search->key));
		}
		return;
	}
	for (int key = lowest; key <= search->high; key++) {
		if (voice > 0 && key - search->key[voice - 1] > 12)
			break;
		if (!(search->set & bit(key)))
			continue;
		search->key[voice] = key;
		search_voice(search, voice + 1, key + 1);
	}
}

void theory_voice(struct theory_voicing *voicing,
		  const struct theory_chord *chord, int count, int low,
		  int high)
{
	struct search search = {
		.chord = chord,
		.from = voicing,
		.set = theory_chord_set(chord),
		.count = count < THEORY_VOICES ? count : THEORY_VOICES,
		.low = low,
		.high = high,
		.best = INT_MAX,
	};

	search_voice(&search, 0, low);
	if (search.best < INT_MAX)
		*voicing = search.found;
}
