/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picker: which song is like the mood, and what counts besides. */
#include "tests/unit/picks.h"
#include "tests/unit/unit.h"

#include "catalog/taste.h"

#include <stdlib.h>
#include <string.h>

/* How often of n first picks it is id. */
static int times_first(struct catalog *catalog, int64_t id,
		       const struct mood *mood, int64_t now, int n)
{
	int times = 0;

	for (int seed = 0; seed < n; seed++) {
		struct picker *picker = picks_picker(catalog, (uint64_t)seed);

		times += pick_at(picker, mood, POLICY_MATCH, now).id == id;
		picker_free(picker);
	}
	return times;
}

static void same_seed_same_songs(void **state)
{
	enum { PICKS = 60 };
	int64_t ids[2][PICKS];
	char reasons[2][PICKS][160];
	int other = 0;

	(void)state;
	for (int run = 0; run < 3; run++) {
		struct catalog *catalog = picks_plane(300, 40);
		struct picker *picker = picks_picker(catalog, run < 2 ? 5 : 6);

		for (int i = 0; i < PICKS; i++) {
			struct track track = pick(picker,
						  i % 20 < 10 ? &happy : &sad,
						  (enum policy)(i % 3));

			if (i % 7 == 0)
				picker_return(picker, track.id);
			if (run == 2) {
				other += track.id != ids[0][i];
				continue;
			}
			ids[run][i] = track.id;
			strcpy(reasons[run][i], track.reason);
		}
		picker_free(picker);
		catalog_close(catalog);
	}
	assert_memory_equal(ids[0], ids[1], sizeof(ids[0]));
	for (int i = 0; i < PICKS; i++)
		assert_string_equal(reasons[0][i], reasons[1][i]);
	assert_true(other > PICKS / 2);
}

static void no_song_twice_until_all_were_heard(void **state)
{
	static const enum policy policies[] = {POLICY_MATCH, POLICY_LIFT,
					       POLICY_SURPRISE};
	(void)state;
	for (size_t p = 0; p < 3; p++) {
		struct catalog *catalog = picks_plane(150, 30);
		struct picker *picker = picks_picker(catalog, 1);
		int64_t last = 0;

		for (int round = 0; round < 3; round++) {
			int times[151] = {0};

			for (int i = 0; i < 150; i++) {
				struct track track =
					pick(picker, &sad, policies[p]);

				/* from the second round on, it begins with
				 * the last one heard already */
				assert_true(track.id != last);
				last = track.id;
				times[track.id]++;
				if (round)
					continue;
				assert_int_equal(times[track.id], 1);
			}
		}
		picker_free(picker);
		catalog_close(catalog);
	}
}

static void one_song_plays_again_and_none_is_not_found(void **state)
{
	struct catalog *catalog = picks_empty();
	struct picker *picker = picks_picker(catalog, 1);
	struct track track;

	(void)state;
	assert_int_equal(picker_next(picker, &sad, POLICY_MATCH, NOW, &track),
			 STATUS_NOT_FOUND);
	picks_add(catalog, 1, 1, NULL, false, 0, 0);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(pick(picker, &sad, POLICY_LIFT).id, 1);
		picker_plays(picker, 1);
	}
	picker_free(picker);
	catalog_close(catalog);
}

/* Also where all were heard, and the picks go round again. */
static void what_plays_is_not_next(void **state)
{
	struct catalog *catalog = picks_plane(3, 3);
	struct picker *picker = picks_picker(catalog, 4);
	int64_t playing = pick(picker, &sad, POLICY_MATCH).id, next = 0;

	(void)state;
	picker_plays(picker, playing);
	for (int i = 0; i < 30; i++) {
		next = pick(picker, &sad, POLICY_MATCH).id;
		assert_int_not_equal(next, playing);
	}
	for (int i = 0; i < 30; i++) {
		playing = next;
		picker_plays(picker, playing);
		/* what was chosen for another mood is given back */
		picker_return(picker, pick(picker, &happy, POLICY_MATCH).id);
		next = pick(picker, &sad, POLICY_MATCH).id;
		assert_int_not_equal(next, playing);
	}
	picker_free(picker);
	catalog_close(catalog);
}

static void artists_are_spaced(void **state)
{
	static const struct {
		int tracks, artists, spacing;
	} cases[] = {
		{120, 40, 3},  /* at least three */
		{120, 12, 10}, /* n / artists */
		{40, 4, 4},    /* as far as they reach */
		{60, 2, 2},
	};

	(void)state;
	for (size_t c = 0; c < sizeof(cases) / sizeof(*cases); c++) {
		struct catalog *catalog = picks_empty();
		struct picker *picker = picks_picker(catalog, c);
		int last[40];

		/* all of them fit the mood */
		for (int i = 0; i < cases[c].tracks; i++)
			picks_add(catalog, i, i % cases[c].artists, NULL, true,
				  0.7 + 0.001 * i, 0.6);

		for (int i = 0; i < 40; i++)
			last[i] = -1000;
		/* while there is still a choice */
		for (int i = 0; i < cases[c].tracks / 2; i++) {
			struct track track = pick(picker, &happy, POLICY_MATCH);
			int artist = atoi(track.artist + 7);

			assert_true(i - last[artist] >= cases[c].spacing);
			last[artist] = i;
		}
		picker_free(picker);
		catalog_close(catalog);
	}
}

static void the_mood_goes_before_spacing(void **state)
{
	struct catalog *catalog = picks_empty();
	struct picker *picker = picks_picker(catalog, 5);

	(void)state;
	for (int i = 0; i < 6; i++)
		picks_add(catalog, i, 0, NULL, true, -0.6, -0.5);
	for (int i = 1; i <= 10; i++)
		picks_add(catalog, 10 + i, i, NULL, true, 0.8, 0.6);
	for (int i = 0; i < 6; i++)
		assert_true(pick(picker, &sad, POLICY_MATCH).valence < 0);
	picker_free(picker);
	catalog_close(catalog);
}

static void a_restart_knows_who_was_played(void **state)
{
	struct catalog *catalog = picks_empty();

	(void)state;
	for (int i = 1; i <= 8; i++)
		picks_add(catalog, i, i / 2, NULL, true, 0.8, 0.6);
	/* 2 and 3 are by the same */
	catalog_note(catalog, 2, CATALOG_PLAYED, EMOTION_HAPPY, 60, NOW);
	assert_int_equal(times_first(catalog, 3, &happy, NOW + 60, 100), 0);
	assert_true(times_first(catalog, 3, &happy, NOW + DAY, 100) > 0);
	catalog_close(catalog);
}

static void match_is_nearer_than_chance(void **state)
{
	struct catalog *catalog = picks_plane(2000, 200);
	const struct mood *moods[] = {&happy, &sad, &angry};
	struct track track;
	double chance, sum;

	(void)state;
	for (size_t m = 0; m < 3; m++) {
		struct picker *picker = picks_picker(catalog, m);

		chance = sum = 0;
		for (int i = 0; i < 100; i++) {
			track = pick(picker, moods[m], POLICY_MATCH);
			sum += picks_distance(&track, moods[m]);
			catalog_get(catalog, 1 + 19 * i, &track);
			chance += picks_distance(&track, moods[m]);
		}
		assert_true(sum < chance / 3);
		picker_free(picker);
	}
	catalog_close(catalog);
}

/* Four equals in one place. */
static struct catalog *open_equals(void)
{
	struct catalog *catalog = picks_empty();

	for (int i = 1; i <= 4; i++)
		picks_add(catalog, i, i, NULL, true, 0.8, 0.6);
	return catalog;
}

static void a_skip_counts_in_its_mood_and_fades(void **state)
{
	enum { N = 400 };
	struct catalog *catalog = open_equals();
	int before = times_first(catalog, 1, &happy, NOW, N), after;

	(void)state;
	assert_in_range(before, N / 4 - 40, N / 4 + 40);
	catalog_note(catalog, 1, CATALOG_SKIPPED, EMOTION_HAPPY, 5, NOW);
	/* after a month: the song was not heard for long, the skip is a
	 * quarter of itself (and half of that again in another month) */
	after = times_first(catalog, 1, &happy, NOW + 14 * DAY, N);
	assert_true(after < before * 3 / 4);
	assert_true(times_first(catalog, 1, &happy, NOW + 100 * DAY, N) >
		    after);
	/* in another mood only having been heard counts */
	assert_true(times_first(catalog, 1, &sad, NOW + 14 * DAY, N) > after);
	catalog_close(catalog);
}

static void a_late_skip_is_no_verdict(void **state)
{
	(void)state;
	assert_true(taste_of_event(CATALOG_SKIPPED, 29.9) < 0);
	assert_true(taste_of_event(CATALOG_SKIPPED, 30) == 0);
	assert_true(taste_of_event_for_artist(CATALOG_SKIPPED, 5) >
		    taste_of_event(CATALOG_SKIPPED, 5));
	assert_true(taste_of_event_for_artist(CATALOG_SKIPPED, 5) < 0);
	assert_true(taste_of_event(CATALOG_PLAYED, 100) > 0);
	assert_float_equal(taste_faded(-1, 0, 14 * DAY), -0.5, 1e-9);
	assert_float_equal(taste_faded(-1, 14 * DAY, 0), -1, 1e-9);
}

static void a_skip_counts_against_the_artist_a_little(void **state)
{
	enum { N = 400 };
	struct catalog *catalog = picks_empty();
	int track, sibling, stranger;

	(void)state;
	picks_add(catalog, 1, 1, NULL, true, 0.8, 0.6);
	picks_add(catalog, 2, 1, NULL, true, 0.8, 0.6);
	picks_add(catalog, 3, 2, NULL, true, 0.8, 0.6);
	for (int i = 0; i < 2; i++)
		catalog_note(catalog, 1, CATALOG_SKIPPED, EMOTION_HAPPY, 5,
			     NOW);
	track = times_first(catalog, 1, &happy, NOW + DAY, N);
	sibling = times_first(catalog, 2, &happy, NOW + DAY, N);
	stranger = times_first(catalog, 3, &happy, NOW + DAY, N);
	assert_true(track < sibling / 2);
	assert_true(sibling < stranger * 4 / 5);
	catalog_close(catalog);
}

static void likes_and_plays_count_for_a_song(void **state)
{
	enum { N = 400 };
	struct catalog *catalog = open_equals();
	int before = times_first(catalog, 2, &happy, NOW, N);

	(void)state;
	catalog_note(catalog, 2, CATALOG_LIKED, EMOTION_SAD, 0, NOW);
	assert_true(times_first(catalog, 2, &happy, NOW, N) > before * 5 / 4);
	catalog_note(catalog, 3, CATALOG_PLAYED, EMOTION_HAPPY, 60, NOW);
	/* heard just now: not again; a month later: rather */
	assert_true(times_first(catalog, 3, &happy, NOW + 8 * 3600, N) <
		    N / 20);
	catalog_close(catalog);
}

static void the_banned_never_appear(void **state)
{
	struct catalog *catalog = picks_plane(20, 10);
	struct picker *picker = picks_picker(catalog, 3);

	(void)state;
	catalog_note(catalog, 5, CATALOG_BANNED, EMOTION_SAD, 0, NOW);
	for (int i = 0; i < 120; i++)
		assert_true(pick(picker, &sad, (enum policy)(i % 3)).id != 5);
	/* until it is liked */
	catalog_note(catalog, 5, CATALOG_LIKED, EMOTION_SAD, 0, NOW);
	for (int i = 0;; i++) {
		assert_true(i < 21);
		if (pick(picker, &sad, POLICY_MATCH).id == 5)
			break;
	}
	picker_free(picker);
	catalog_close(catalog);
}

static void failures_leave_a_song_out_for_longer_each_time(void **state)
{
	struct catalog *catalog = open_equals();

	(void)state;
	assert_false(taste_is_failing(0, NOW, NOW));
	assert_true(taste_is_failing(1, NOW, NOW + DAY - 1));
	assert_false(taste_is_failing(1, NOW, NOW + DAY));
	assert_true(taste_is_failing(3, NOW, NOW + 4 * DAY - 1));
	assert_false(taste_is_failing(3, NOW, NOW + 4 * DAY));
	assert_false(taste_is_failing(1000, NOW, NOW + 64 * DAY));
	catalog_note(catalog, 1, CATALOG_FAILED, EMOTION_HAPPY, 0, NOW);
	assert_int_equal(times_first(catalog, 1, &happy, NOW + 60, 100), 0);
	assert_true(times_first(catalog, 1, &happy, NOW + DAY, 100) > 0);
	/* one that plays starts anew */
	catalog_note(catalog, 1, CATALOG_FAILED, EMOTION_HAPPY, 0, NOW);
	assert_int_equal(times_first(catalog, 1, &happy, NOW + DAY, 100), 0);
	catalog_note(catalog, 1, CATALOG_PLAYED, EMOTION_HAPPY, 60, NOW);
	catalog_note(catalog, 1, CATALOG_FAILED, EMOTION_HAPPY, 0, NOW);
	assert_true(times_first(catalog, 1, &happy, NOW + 9 * DAY, 100) > 0);
	catalog_close(catalog);
}

static void unknown_moods_are_tried_seldom(void **state)
{
	struct catalog *catalog = picks_empty();
	struct track track;
	struct picker *picker;
	int unknown = 0;

	(void)state;
	for (int i = 0; i < 50; i++)
		picks_add(catalog, i, i, NULL, i % 2, 0.7, 0.5);
	for (uint64_t seed = 0; seed < 300; seed++) {
		picker = picks_picker(catalog, seed);
		track = pick(picker, &happy, POLICY_MATCH);
		if (strstr(track.reason, "its mood is not known")) {
			assert_float_equal(track.confidence, 0, 0);
			unknown++;
		}
		picker_free(picker);
	}
	assert_in_range(unknown, 3, 75);
	catalog_close(catalog);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_seed_same_songs),
		cmocka_unit_test(no_song_twice_until_all_were_heard),
		cmocka_unit_test(one_song_plays_again_and_none_is_not_found),
		cmocka_unit_test(what_plays_is_not_next),
		cmocka_unit_test(artists_are_spaced),
		cmocka_unit_test(the_mood_goes_before_spacing),
		cmocka_unit_test(a_restart_knows_who_was_played),
		cmocka_unit_test(match_is_nearer_than_chance),
		cmocka_unit_test(a_skip_counts_in_its_mood_and_fades),
		cmocka_unit_test(a_late_skip_is_no_verdict),
		cmocka_unit_test(a_skip_counts_against_the_artist_a_little),
		cmocka_unit_test(likes_and_plays_count_for_a_song),
		cmocka_unit_test(the_banned_never_appear),
		cmocka_unit_test(
			failures_leave_a_song_out_for_longer_each_time),
		cmocka_unit_test(unknown_moods_are_tried_seldom),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
