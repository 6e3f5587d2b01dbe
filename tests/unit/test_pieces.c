/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every piece of the starter catalog, as notes. */
#include "tests/unit/unit.h"

#include "starter/arrange.h"
#include "starter/groove.h"
#include "starter/melody.h"

#include <math.h>

static void tables_are_sound(void **state)
{
	(void)state;
	for (int i = 0; pieces[i]; i++) {
		const struct piece *p = pieces[i];
		const char *const words[] = {p->file, p->title, p->artist,
					     p->genre, p->tags};

		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++) {
			assert_true(words[k] && words[k][0]);
			assert_null(strpbrk(words[k], "\t\n"));
		}
		assert_null(strpbrk(p->file, "/ ."));
		for (int k = 0; k < i; k++) {
			assert_string_not_equal(p->file, pieces[k]->file);
			assert_string_not_equal(p->title, pieces[k]->title);
		}
		assert_true(fabs(p->valence) <= 1 && fabs(p->arousal) <= 1);
	}
}

/* A step that names a voice that is not there would silently lack it. */
static void steps_name_voices(void **state)
{
	(void)state;
	for (int i = 0; pieces[i]; i++) {
		const struct piece *p = pieces[i];
		char ids[PIECE_VOICES + 1] = "";

		for (int v = 0; v < PIECE_VOICES && p->voice[v].id; v++) {
			assert_null(strchr(ids, p->voice[v].id));
			ids[v] = p->voice[v].id;
			if (p->voice[v].role == ROLE_DRUMS)
				assert_non_null(
					groove_find(p->voice[v].rhythm));
		}
		for (int s = 0; s < PIECE_STEPS && p->step[s].section; s++)
			assert_int_equal(strspn(p->step[s].voices, ids),
					 strlen(p->step[s].voices));
		for (size_t v = 0; v < strlen(ids); v++) {
			bool used = false;

			for (int s = 0; s < PIECE_STEPS && p->step[s].section;
			     s++)
				used |= strchr(p->step[s].voices, ids[v]) !=
					NULL;
			assert_true(used);
		}
	}
}

static void notes_can_be_played(void **state)
{
	(void)state;
	for (int i = 0; pieces[i]; i++) {
		struct fault fault = {0};
		struct score score;

		if (arrange_piece(&score, pieces[i], &fault))
			fail_msg("%s: %s", fault.subject, fault.detail);
		assert_true(score.note_count > 60);
		for (int n = 0; n < score.note_count; n++) {
			const struct score_note *note = &score.notes[n];

			assert_in_range(note->key, 24, 108);
			assert_in_range(note->velocity, 1, 127);
			assert_true(note->at >= -1e-9);
			assert_true(note->at < score.end);
			assert_true(note->length > 0);
			assert_true(fabs(note->late) < 0.6);
		}
		assert_true(arrange_seconds(&score) >= 60);
		assert_true(arrange_seconds(&score) <= 100);
		score_done(&score);
	}
}

static void same_piece_same_notes(void **state)
{
	uint64_t digests[64];

	(void)state;
	for (int i = 0; pieces[i]; i++) {
		struct score one, two;

		assert_int_equal(arrange_piece(&one, pieces[i], NULL), 0);
		assert_int_equal(arrange_piece(&two, pieces[i], NULL), 0);
		digests[i] = score_digest(&one);
		assert_true(digests[i] == score_digest(&two));
		two.notes[7].key++;
		assert_true(digests[i] != score_digest(&two));
		for (int k = 0; k < i; k++)
			assert_true(digests[i] != digests[k]);
		score_done(&one);
		score_done(&two);
	}
}

static void tunes_rest_on_the_harmony(void **state)
{
	(void)state;
	for (int i = 0; pieces[i]; i++)
		if (arrange_consonance(pieces[i]) < 0.85)
			fail_msg("%s: %.2f", pieces[i]->file,
				 arrange_consonance(pieces[i]));
}

static void bad_tables_are_named(void **state)
{
	struct piece piece = *pieces[0];
	struct fault fault = {0};
	struct score score;

	(void)state;
	piece.section[1].chords = "C | H";
	assert_int_equal(arrange_piece(&score, &piece, &fault),
			 STATUS_BAD_DATA);
	assert_string_equal(fault.subject, piece.title);
	score_done(&score);
	piece = *pieces[0];
	piece.section[1].tune = "1-------";
	assert_int_equal(arrange_piece(&score, &piece, &fault),
			 STATUS_BAD_DATA);
	score_done(&score);
	assert_true(arrange_consonance(&piece) >= 0);
	piece.section[1].tune = "1------";
	assert_true(arrange_consonance(&piece) < 0);
}

/* The picker needs something everywhere, and artists to space. */
static void the_plane_is_covered(void **state)
{
	int quadrant[4] = {0}, centre = 0, artists = 0, count = 0;
	double far[4] = {0};

	(void)state;
	for (; pieces[count]; count++) {
		const struct piece *p = pieces[count];
		int q = (p->valence < 0) + 2 * (p->arousal < 0);
		bool known = false;

		quadrant[q]++;
		centre += hypot(p->valence, p->arousal) < 0.3;
		far[q] = fmax(far[q], hypot(p->valence, p->arousal));
		for (int k = 0; k < count && !known; k++)
			known = strcmp(p->artist, pieces[k]->artist) == 0;
		artists += !known;
	}
	assert_true(count >= 20);
	for (int q = 0; q < 4; q++) {
		assert_true(quadrant[q] >= 3);
		assert_true(far[q] > 0.9);
	}
	assert_true(centre >= 2);
	assert_true(artists >= 6);
}

/* Gabrielsson & Lindstrom 2010: tempo and loudness go with arousal. */
static void speed_goes_with_arousal(void **state)
{
	double slow = 0, fast = 0;
	int slow_count = 0, fast_count = 0;

	(void)state;
	for (int i = 0; pieces[i]; i++) {
		struct score score;
		double rate;

		assert_int_equal(arrange_piece(&score, pieces[i], NULL), 0);
		rate = score.note_count / arrange_seconds(&score);
		score_done(&score);
		if (pieces[i]->arousal > 0.45) {
			fast += rate;
			fast_count++;
		} else if (pieces[i]->arousal < -0.2) {
			slow += rate;
			slow_count++;
		}
	}
	assert_true(fast / fast_count > 2 * slow / slow_count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(steps_name_voices),
		cmocka_unit_test(notes_can_be_played),
		cmocka_unit_test(same_piece_same_notes),
		cmocka_unit_test(tunes_rest_on_the_harmony),
		cmocka_unit_test(bad_tables_are_named),
		cmocka_unit_test(the_plane_is_covered),
		cmocka_unit_test(speed_goes_with_arousal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
