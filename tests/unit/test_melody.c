/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The notation of tunes, their variations, grooves and walking basses. */
#include "tests/unit/unit.h"

#include "starter/groove.h"
#include "starter/melody.h"

#include <math.h>
#include <stdlib.h>

#define MAX_SPANS 16

static struct theory_span spans[MAX_SPANS];

static struct melody_ground ground(const char *chords, int beats)
{
	int count = theory_changes(spans, MAX_SPANS, chords, beats);

	assert_true(count > 0);
	return (struct melody_ground){.tonic = 60,
				      .mode = MODE_MAJOR,
				      .beats = beats,
				      .spans = spans,
				      .span_count = count};
}

static struct melody read_tune(const char *text, const struct melody_ground *on)
{
	struct melody melody;
	int bar;

	assert_true(melody_read(&melody, text, 0.5, on, &bar));
	return melody;
}

static void notes_have_pitch_and_time(void **state)
{
	struct melody_ground on = ground("C | F", 4);
	struct melody m = read_tune("1-3*b7,#4'.(123)- | --5-----", &on);

	(void)state;
	assert_int_equal(m.count, 8);
	assert_int_equal(m.note[0].key, 60);
	assert_float_equal(m.note[0].length, 1, 1e-9);
	assert_int_equal(m.note[1].key, 64);
	assert_int_equal(m.note[1].stress, 1);
	assert_int_equal(m.note[2].key, 58);
	assert_int_equal(m.note[3].key, 78);
	/* three in the time of a beat, and two beats more by the dashes */
	assert_float_equal(m.note[4].at, 3, 1e-9);
	assert_true(fabs(m.note[4].length - 2.0 / 3) < 1e-9);
	assert_true(fabs(m.note[6].at - (3 + 4.0 / 3)) < 1e-9);
	assert_int_equal(m.note[7].key, 67);
	assert_float_equal(m.note[7].at, 5, 1e-9);
	assert_float_equal(m.length, 8, 1e-9);
}

static void wrong_bars_are_found(void **state)
{
	static const struct {
		const char *text;
		int bar;
	} bad[] = {
		{"1234567 | 1-------", 1},  {"1------- | 1--------", 2},
		{"1------- | 8-------", 2}, {"(12------", 1},
		{"()-------", 1},           {"'1-------", 1},
	};
	struct melody_ground on = ground("C | F", 4);
	struct melody m;
	int bar;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(melody_read(&m, bad[i].text, 0.5, &on, &bar));
		assert_int_equal(bar, bad[i].bar);
	}
}

/* One note at a time, in order, within the tune. */
static void assert_monophonic(const struct melody *m)
{
	for (int i = 0; i < m->count; i++) {
		double end = m->note[i].at + m->note[i].length;

		assert_true(m->note[i].length > 0.05);
		assert_true(m->note[i].at > -1e-9);
		assert_true(end <= m->length + 1e-9);
		if (i + 1 < m->count)
			assert_true(end <= m->note[i + 1].at + 1e-9);
	}
}

static const char tune[] = "1- 3- 5--- | 6- 6- 4--- | 5-- 4 3-2- | 1------.";
static const char changes[] = "C | F | C G | C";

static void decorations_keep_the_tune(void **state)
{
	struct melody_ground on = ground(changes, 4);
	struct melody m = read_tune(tune, &on), before = m;
	struct rng rng;
	int kept = 0;

	(void)state;
	rng_init(&rng, 3);
	melody_decorate(&m, &on, &rng);
	assert_true(m.count > before.count);
	assert_monophonic(&m);
	for (int i = 0; i < m.count; i++)
		for (int k = 0; k < before.count; k++)
			kept += m.note[i].key == before.note[k].key &&
				fabs(m.note[i].at - before.note[k].at) < 1e-9;
	assert_int_equal(kept, before.count);
	for (int i = 0; i < m.count; i++)
		assert_true(theory_scale(0, MODE_MAJOR) &
			    1u << (m.note[i].key % 12));
}

static void anticipations_stay_in_order(void **state)
{
	struct melody_ground on = ground(changes, 4);
	struct melody m = read_tune(tune, &on), before = m;
	struct rng rng;
	int moved = 0;

	(void)state;
	rng_init(&rng, 5);
	melody_anticipate(&m, &rng);
	assert_int_equal(m.count, before.count);
	assert_monophonic(&m);
	for (int i = 0; i < m.count; i++)
		moved += m.note[i].at < before.note[i].at - 1e-9;
	assert_true(moved > 0);
}

static void thin_leaves_the_beats(void **state)
{
	struct melody_ground on = ground(changes, 4);
	struct melody m = read_tune("1 2 3 4 5 4 3 2 | 1-------|"
				    "1 1 1 1 1 1 1 1 | 1-------",
				    &on);

	(void)state;
	melody_thin(&m);
	assert_int_equal(m.count, 10);
	assert_monophonic(&m);
	for (int i = 0; i < m.count; i++)
		assert_float_equal(m.note[i].at, round(m.note[i].at), 1e-9);
}

static void second_voice_lies_below(void **state)
{
	struct melody_ground on = ground(changes, 4);
	struct melody m = read_tune(tune, &on), before = m;

	(void)state;
	melody_below(&m, &on);
	for (int i = 0; i < m.count; i++) {
		const struct theory_span *span =
			theory_at(spans, on.span_count, m.note[i].at);

		assert_in_range(before.note[i].key - m.note[i].key, 3, 10);
		if (m.note[i].length >= 0.75)
			assert_true(theory_chord_set(&span->chord) &
				    1u << (m.note[i].key % 12));
	}
}

static void consonance_counts_strong_beats(void **state)
{
	struct melody_ground on = ground("C | C", 4);
	struct melody m = read_tune("1 2 4 6 5--- | 2--- 3---", &on);

	(void)state;
	assert_float_equal(melody_consonance(&m, &on), 0.75, 1e-9);
}

static void grooves_can_be_read(void **state)
{
	const char *steps;

	(void)state;
	assert_null(groove_find("no such groove"));
	assert_non_null(groove_find("swing"));
	assert_int_equal(groove_bar("x.|ab-.", 1, &steps), 4);
	assert_int_equal(steps[0], 'a');
	assert_int_equal(groove_bar("x.|ab-.", 2, &steps), 2);
	assert_int_equal(groove_bar("x.", 7, &steps), 2);
	assert_int_equal(groove_velocity('-'), 0);
	assert_true(groove_velocity('X') > groove_velocity('x'));
}

static void walks_reach_the_next_chord(void **state)
{
	struct groove_walk walk = {.low = 33, .high = 50};
	unsigned scale = theory_scale(0, MODE_MAJOR);
	struct theory_chord c, f;
	struct rng rng;

	(void)state;
	rng_init(&rng, 1);
	assert_true(theory_chord(&c, "C", 1) && theory_chord(&f, "F", 1));
	for (int round = 0; round < 50; round++) {
		int last;

		assert_int_equal(
			groove_walk(&walk, &c, &f, scale, true, false, &rng) %
				12,
			0);
		groove_walk(&walk, &c, &f, scale, false, false, &rng);
		groove_walk(&walk, &c, &f, scale, false, false, &rng);
		last = groove_walk(&walk, &c, &f, scale, false, true, &rng);
		assert_in_range(last, 33, 50);
		/* a step, or a tone of the chord where the range ends */
		assert_true(abs((last - 5 + 6 + 120) % 12 - 6) <= 2 ||
			    theory_chord_set(&c) & 1u << (last % 12));
		assert_int_equal(
			groove_walk(&walk, &f, &c, scale, true, false, &rng) %
				12,
			5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notes_have_pitch_and_time),
		cmocka_unit_test(wrong_bars_are_found),
		cmocka_unit_test(decorations_keep_the_tune),
		cmocka_unit_test(anticipations_stay_in_order),
		cmocka_unit_test(thin_leaves_the_beats),
		cmocka_unit_test(second_voice_lies_below),
		cmocka_unit_test(consonance_counts_strong_beats),
		cmocka_unit_test(grooves_can_be_read),
		cmocka_unit_test(walks_reach_the_next_chord),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
