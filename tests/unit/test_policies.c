/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picker's policies beside match, and whether its reasons are true. */
#include "tests/unit/picks.h"
#include "tests/unit/unit.h"

#include "catalog/score.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- lift ------------------------------------------------------------- */

static void a_lift_walks_to_a_better_place(void **state)
{
	struct catalog *catalog = picks_plane(6000, 600);
	const struct mood *moods[] = {&sad, &angry};

	(void)state;
	for (size_t m = 0; m < 2; m++) {
		struct picker *picker = picks_picker(catalog, m + 20);
		double valence = -1;

		for (int step = 1; step <= 8; step++) {
			struct place goal = score_lift_step(
				(struct place){moods[m]->valence,
					       moods[m]->arousal},
				step < 6 ? step : 6);
			struct track track =
				pick(picker, moods[m], POLICY_LIFT);
			char words[64];

			snprintf(words, sizeof(words),
				 "lifting you from %s, step %d of 6: ",
				 emotion_name(moods[m]->emotion), step);
			if (step <= 6)
				assert_ptr_equal(strstr(track.reason, words),
						 track.reason);
			else
				assert_non_null(
					strstr(track.reason, "lifted from"));
			assert_true(hypot(track.valence - goal.valence,
					  track.arousal - goal.arousal) < 0.5);
			if (step <= 6)
				assert_true(track.valence >= valence);
			valence = track.valence;
		}
		picker_free(picker);
	}
	catalog_close(catalog);
}

static void a_lift_goes_from_anger_by_calm(void **state)
{
	struct place from = {-0.7, 0.8}, place;
	double valence = -1;

	(void)state;
	place = score_lift_step(from, 1);
	assert_float_equal(place_distance(place, from), 0, 1e-9);
	place = score_lift_step(from, 4);
	assert_true(place.valence > 0 && place.arousal < -0.5);
	place = score_lift_step(from, SCORE_LIFT_STEPS);
	assert_true(place.valence > 0.5 && place.arousal > 0.5);
	for (int step = 1; step <= SCORE_LIFT_STEPS; step++) {
		place = score_lift_step(from, step);
		assert_true(place.valence > valence);
		valence = place.valence;
	}
	/* sadness is not made sleepier on the way */
	assert_true(score_lift_step((struct place){-0.7, -0.5}, 3).arousal >
		    -0.5);
}

static void assert_begins(const char *s, const char *with)
{
	if (strncmp(s, with, strlen(with)) != 0)
		fail_msg("\"%s\" does not begin with \"%s\"", s, with);
}

static void a_lift_begins_again_with_another_mood(void **state)
{
	struct catalog *catalog = picks_plane(500, 50);
	struct picker *picker = picks_picker(catalog, 4);
	struct track track;

	(void)state;
	pick(picker, &sad, POLICY_LIFT);
	track = pick(picker, &sad, POLICY_LIFT);
	assert_begins(track.reason, "lifting you from sad, step 2 of 6");
	/* a pick that was not used is a step that was not taken */
	picker_return(picker, track.id);
	assert_begins(pick(picker, &sad, POLICY_LIFT).reason,
		      "lifting you from sad, step 2 of 6");
	assert_begins(pick(picker, &angry, POLICY_LIFT).reason,
		      "lifting you from angry, step 1 of 6");
	assert_begins(pick(picker, &happy, POLICY_LIFT).reason,
		      "happy is a good place already");
	assert_begins(pick(picker, &sad, POLICY_LIFT).reason,
		      "lifting you from sad, step 1 of 6");
	pick(picker, &sad, POLICY_MATCH);
	assert_begins(pick(picker, &sad, POLICY_LIFT).reason,
		      "lifting you from sad, step 1 of 6");
	picker_free(picker);
	catalog_close(catalog);
}

/* ---- surprise, undoing, words ---------------------------------------- */

static void a_surprise_is_far_but_not_contrary(void **state)
{
	struct catalog *catalog = picks_plane(2000, 200);
	struct picker *picker = picks_picker(catalog, 9);
	double match = 0, surprise = 0;

	(void)state;
	for (int round = 0; round < 40; round++) {
		struct track track;

		for (int i = 0; i < 5; i++) {
			track = pick(picker, &happy, POLICY_MATCH);
			match += picks_distance(&track, &happy) / 5;
		}
		track = pick(picker, &happy, POLICY_SURPRISE);
		surprise += picks_distance(&track, &happy);
		assert_true(track.valence > 0 ||
			    happy.valence - track.valence <= 0.6f);
		assert_begins(track.reason, "a surprise for happy: ");
	}
	assert_true(surprise > 2.5 * match);
	picker_free(picker);
	catalog_close(catalog);
}

static void what_is_returned_may_come_again(void **state)
{
	struct catalog *catalog = picks_plane(10, 10);
	struct picker *picker = picks_picker(catalog, 2);
	struct track track = pick(picker, &sad, POLICY_MATCH);
	bool again = false;

	(void)state;
	picker_return(picker, track.id);
	picker_return(picker, track.id);
	picker_return(picker, 999);
	for (int i = 0; i < 10; i++)
		again |= pick(picker, &sad, POLICY_MATCH).id == track.id;
	assert_true(again);
	picker_free(picker);
	catalog_close(catalog);
}

/* The one song's reason after what was done with it. */
static const char *reason_after(struct catalog *catalog,
				const struct mood *mood, int64_t now)
{
	static char reason[160];
	struct picker *picker = picks_picker(catalog, 1);

	strcpy(reason, pick_at(picker, mood, POLICY_MATCH, now).reason);
	picker_free(picker);
	return reason;
}

static void reasons_name_true_facts(void **state)
{
	struct catalog *catalog = picks_empty();

	(void)state;
	picks_add(catalog, 1, 1, "folk", true, 0.75, 0.55);
	assert_string_equal(reason_after(catalog, &happy, NOW),
			    "fits happy: valence +0.8, energy +0.6; "
			    "new to you");
	assert_string_equal(reason_after(catalog, &sad, NOW),
			    "some way from sad: valence +0.8, energy +0.6; "
			    "new to you");
	catalog_note(catalog, 1, CATALOG_PLAYED, EMOTION_HAPPY, 60, NOW);
	assert_string_equal(reason_after(catalog, &happy, NOW + 3 * DAY),
			    "fits happy: valence +0.8, energy +0.6; "
			    "not heard for 3 days; heard out in this mood");
	assert_string_equal(reason_after(catalog, &happy, NOW + 60 * DAY),
			    "fits happy: valence +0.8, energy +0.6; "
			    "not heard for 60 days");
	catalog_note(catalog, 1, CATALOG_SKIPPED, EMOTION_HAPPY, 3, NOW + 1);
	assert_string_equal(reason_after(catalog, &happy, NOW + 5),
			    "fits happy: valence +0.8, energy +0.6; "
			    "heard within a day; skipped in this mood before");
	catalog_note(catalog, 1, CATALOG_LIKED, EMOTION_HAPPY, 0, NOW);
	assert_string_equal(reason_after(catalog, &happy, NOW + DAY + 5),
			    "fits happy: valence +0.8, energy +0.6; "
			    "not heard for 1 day; you like it");
	catalog_close(catalog);
}

static void a_long_genre_leaves_a_whole_reason(void **state)
{
	struct catalog *catalog = picks_empty();
	struct picker *picker;
	struct track track;

	(void)state;
	picks_add(
		catalog, 1, 1,
		"\xe9\x9f\xb3\xe6\xa5\xbd\xe9\x9f\xb3\xe6\xa5\xbd\xe9\x9f\xb3"
		"\xe6\xa5\xbd\xe9\x9f\xb3\xe6\xa5\xbd\xe9\x9f\xb3\xe6\xa5\xbd"
		"\xe9\x9f\xb3\xe6\xa5\xbd\xe9\x9f\xb3\xe6\xa5\xbd\xe9\x9f\xb3",
		true, -0.1, -0.2);
	picker = picks_picker(catalog, 1);
	track = pick(picker, &sad, POLICY_SURPRISE);
	assert_begins(track.reason, "a surprise for sad: \xe9\x9f\xb3");
	assert_non_null(strstr(track.reason, "; new to you"));
	picker_free(picker);
	catalog_close(catalog);
}

static void policies_have_names(void **state)
{
	enum policy policy = POLICY_MATCH;

	(void)state;
	for (int i = 0; i <= POLICY_SURPRISE; i++) {
		assert_true(
			policy_from_name(policy_name((enum policy)i), &policy));
		assert_int_equal(policy, i);
	}
	assert_true(policy_from_name("LIFT", &policy));
	assert_false(policy_from_name("lifts", &policy));
	assert_string_equal(policy_name((enum policy)9), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lift_walks_to_a_better_place),
		cmocka_unit_test(a_lift_goes_from_anger_by_calm),
		cmocka_unit_test(a_lift_begins_again_with_another_mood),
		cmocka_unit_test(a_surprise_is_far_but_not_contrary),
		cmocka_unit_test(what_is_returned_may_come_again),
		cmocka_unit_test(reasons_name_true_facts),
		cmocka_unit_test(a_long_genre_leaves_a_whole_reason),
		cmocka_unit_test(policies_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
