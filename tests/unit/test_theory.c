/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales, chords, changes and voicings of the composer. */
#include "tests/unit/unit.h"

#include "starter/theory.h"

#include <stdlib.h>

static struct theory_chord chord(const char *name)
{
	struct theory_chord out;

	assert_true(theory_chord(&out, name, strlen(name)));
	return out;
}

static unsigned set_of(const int *pitches, int count)
{
	unsigned set = 0;

	for (int i = 0; i < count; i++)
		set |= 1u << (pitches[i] % 12);
	return set;
}

static void degrees_follow_the_mode(void **state)
{
	(void)state;
	assert_int_equal(theory_degree(60, MODE_MAJOR, 2), 64);
	assert_int_equal(theory_degree(60, MODE_MINOR, 2), 63);
	assert_int_equal(theory_degree(62, MODE_DORIAN, 5), 71);
	assert_int_equal(theory_degree(64, MODE_PHRYGIAN, 1), 65);
	assert_int_equal(theory_degree(60, MODE_MAJOR, 7), 72);
	assert_int_equal(theory_degree(60, MODE_MAJOR, -1), 59);
	assert_int_equal(theory_degree(60, MODE_MAJOR, -7), 48);
}

static void chords_are_read(void **state)
{
	static const struct {
		const char *name;
		int root, bass, count, tones[6];
	} known[] = {
		{"C", 0, 0, 3, {0, 4, 7}},
		{"F#m7b5", 6, 6, 4, {6, 9, 0, 4}},
		{"Bbmaj7", 10, 10, 4, {10, 2, 5, 9}},
		{"D/F#", 2, 6, 3, {2, 6, 9}},
		{"G7b9", 7, 7, 5, {7, 11, 2, 5, 8}},
		{"Bdim", 11, 11, 3, {11, 2, 5}},
		{"Bb13", 10, 10, 6, {10, 2, 5, 8, 0, 7}},
		{"E5", 4, 4, 2, {4, 11}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		struct theory_chord c = chord(known[i].name);

		assert_int_equal(c.root, known[i].root);
		assert_int_equal(c.bass, known[i].bass);
		assert_int_equal(theory_chord_set(&c),
				 set_of(known[i].tones, known[i].count));
	}
}

static void what_is_no_chord_is_refused(void **state)
{
	static const char *const bad[] = {"",    "H",     "Cmajj", "c",
					  "C/",  "C/H",   "C/Em",  "#F",
					  "Cm ", "C7/G#b"};
	struct theory_chord c;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(theory_chord(&c, bad[i], strlen(bad[i])));
}

static void scales_bend_to_the_chord(void **state)
{
	/* E7 in A minor: G sharp drives out G */
	struct theory_chord e7 = chord("E7");
	unsigned bent = theory_chord_scale(theory_scale(69, MODE_MINOR), &e7);

	(void)state;
	assert_true(bent & 1u << 8);
	assert_false(bent & 1u << 7);
	assert_true(bent & 1u << 0);
	/* a chord of the key changes nothing */
	e7 = chord("F");
	assert_int_equal(theory_chord_scale(theory_scale(69, MODE_MINOR), &e7),
			 theory_scale(69, MODE_MINOR));
}

static void changes_share_their_bars(void **state)
{
	struct theory_span spans[8];

	(void)state;
	assert_int_equal(theory_changes(spans, 8, "Am7 | Dm7 G7 | % | C", 4),
			 6);
	assert_float_equal(spans[2].at, 6, 1e-9);
	assert_float_equal(spans[2].length, 2, 1e-9);
	assert_float_equal(spans[4].at, 10, 1e-9);
	assert_int_equal(spans[4].chord.root, 7);
	assert_float_equal(spans[5].at, 12, 1e-9);
	assert_ptr_equal(theory_at(spans, 6, 5.99), &spans[1]);
	assert_ptr_equal(theory_at(spans, 6, 6), &spans[2]);
	assert_ptr_equal(theory_at(spans, 6, 99), &spans[5]);
	assert_int_equal(theory_changes(spans, 8, "Am7 | X7", 4), -1);
	assert_int_equal(theory_changes(spans, 8, "C || C", 4), -1);
	assert_int_equal(theory_changes(spans, 8, "% | C", 4), -1);
	assert_int_equal(theory_changes(spans, 2, "C | F | G", 4), -1);
}

static void steps_and_nearest(void **state)
{
	unsigned c_major = theory_scale(0, MODE_MAJOR);

	(void)state;
	assert_int_equal(theory_nearest(c_major, 61), 60);
	assert_int_equal(theory_nearest(1u << 4, 60), 64);
	assert_int_equal(theory_step(c_major, 60, 2), 64);
	assert_int_equal(theory_step(c_major, 60, -1), 59);
	assert_int_equal(theory_step(c_major, 61, 1), 62);
	assert_int_equal(theory_step(c_major, 60, 0), 60);
}

static void voicings_keep_what_makes_the_chord(void **state)
{
	static const char *const names[] = {"Cmaj7", "F#m7b5", "G7b9",
					    "Bb13",  "Dsus4",  "E5"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct theory_voicing voicing = {0};
		struct theory_chord c = chord(names[i]);
		unsigned sounds = 0;

		theory_voice(&voicing, &c, 4, 52, 72);
		assert_int_equal(voicing.count, 4);
		for (int k = 0; k < 4; k++) {
			assert_in_range(voicing.key[k], 52, 72);
			sounds |= 1u << (voicing.key[k] % 12);
			if (k > 0)
				assert_true(voicing.key[k] >
					    voicing.key[k - 1]);
		}
		assert_int_equal(sounds & ~theory_chord_set(&c), 0);
		/* thirds and sevenths are never what is left out */
		for (int k = 0; k < c.count; k++)
			if (c.tone[k] != 0 && c.tone[k] != 7 && c.tone[k] <= 11)
				assert_true(sounds &
					    1u << ((c.root + c.tone[k]) % 12));
	}
}

static void voices_move_little(void **state)
{
	static const char *const names[] = {"C", "G", "Am", "F",
					    "C", "G", "F",  "C"};
	struct theory_voicing voicing = {0};
	int moved = 0;

	(void)state;
	for (int i = 0; i < 8; i++) {
		struct theory_voicing before = voicing;
		struct theory_chord c = chord(names[i]);

		theory_voice(&voicing, &c, 3, 52, 72);
		for (int k = 0; k < 3 && i > 0; k++)
			moved += abs(voicing.key[k] - before.key[k]);
	}
	/* a hand would move some four semitones in all from chord to chord */
	assert_in_range(moved, 1, 7 * 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(degrees_follow_the_mode),
		cmocka_unit_test(chords_are_read),
		cmocka_unit_test(what_is_no_chord_is_refused),
		cmocka_unit_test(scales_bend_to_the_chord),
		cmocka_unit_test(changes_share_their_bars),
		cmocka_unit_test(steps_and_nearest),
		cmocka_unit_test(voicings_keep_what_makes_the_chord),
		cmocka_unit_test(voices_move_little),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
