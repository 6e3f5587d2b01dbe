/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hold, the hand, and what may never switch a mood: without a clock. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "model/mood.h"

#define STEP_NS (CLOCK_NS_PER_S / 10)

static int64_t now;

static struct reading seen(enum emotion emotion, float share)
{
	struct reading r = {.face_count = 1, .lead = 0};

	for (int i = 0; i < EMOTION_COUNT; i++)
		r.faces[0].smooth[i] = (1 - share) / (EMOTION_COUNT - 1);
	r.faces[0].smooth[emotion] = share;
	return r;
}

/* Feeds the same reading for ms; returns how often the mood changed. */
static int feed(struct mood_tracker *t, struct reading r, int ms)
{
	int changes = 0;

	for (int i = 0; i < ms / 100; i++) {
		now += STEP_NS;
		changes += mood_update(t, &r, now);
	}
	return changes;
}

static struct mood_tracker fresh(void)
{
	struct mood_tracker t;

	now = 5 * CLOCK_NS_PER_S;
	mood_init(&t, &MOOD_OPTS_DEFAULT, now);
	return t;
}

static void starts_neutral(void **state)
{
	struct mood_tracker t = fresh();

	(void)state;
	assert_int_equal(t.mood.emotion, EMOTION_NEUTRAL);
	assert_int_equal(t.mood.since_ns, now);
	assert_false(t.mood.manual);
}

static void into_a_mood_takes_one_second(void **state)
{
	struct mood_tracker t = fresh();

	(void)state;
	assert_int_equal(feed(&t, seen(EMOTION_HAPPY, 0.8f), 1000), 0);
	assert_int_equal(feed(&t, seen(EMOTION_HAPPY, 0.8f), 200), 1);
	assert_int_equal(t.mood.emotion, EMOTION_HAPPY);
	assert_int_equal(t.mood.since_ns, now - STEP_NS);
}

static void back_to_neutral_takes_three(void **state)
{
	struct mood_tracker t = fresh();

	(void)state;
	feed(&t, seen(EMOTION_HAPPY, 0.8f), 2000);
	assert_int_equal(feed(&t, seen(EMOTION_NEUTRAL, 0.8f), 3000), 0);
	assert_int_equal(t.mood.emotion, EMOTION_HAPPY);
	assert_int_equal(feed(&t, seen(EMOTION_NEUTRAL, 0.8f), 200), 1);
	assert_int_equal(t.mood.emotion, EMOTION_NEUTRAL);
}

static void flicker_never_switches(void **state)
{
	struct mood_tracker t = fresh();
	int changes = 0;

	(void)state;
	for (int i = 0; i < 50; i++) {
		changes += feed(&t, seen(EMOTION_HAPPY, 0.8f), 500);
		changes += feed(&t, seen(EMOTION_SAD, 0.8f), 500);
	}
	assert_int_equal(changes, 0);
}

static void an_unclear_face_says_nothing(void **state)
{
	struct mood_tracker t = fresh();
	struct reading r = seen(EMOTION_HAPPY, 0.40f);

	(void)state;
	r.faces[0].smooth[EMOTION_SAD] = 0.35f;
	assert_int_equal(feed(&t, r, 10000), 0);
}

static void disgust_and_fear_alone_never_switch(void **state)
{
	struct mood_tracker t = fresh();
	struct reading r;

	(void)state;
	assert_int_equal(feed(&t, seen(EMOTION_DISGUST, 0.9f), 10000), 0);
	assert_int_equal(feed(&t, seen(EMOTION_FEAR, 0.9f), 10000), 0);
	assert_int_equal(t.mood.emotion, EMOTION_NEUTRAL);
	/* anger beside disgust does */
	r = seen(EMOTION_DISGUST, 0.5f);
	r.faces[0].smooth[EMOTION_ANGRY] = 0.4f;
	assert_int_equal(feed(&t, r, 2000), 1);
	assert_int_equal(t.mood.emotion, EMOTION_ANGRY);
}

static void nobody_keeps_the_mood(void **state)
{
	struct mood_tracker t = fresh();
	struct reading none = {.lead = -1};

	(void)state;
	feed(&t, seen(EMOTION_HAPPY, 0.8f), 2000);
	assert_int_equal(feed(&t, none, 60000), 0);
	assert_int_equal(t.mood.emotion, EMOTION_HAPPY);
	assert_true(t.mood.margin == 0);
	/* a moment of nobody starts the hold over */
	feed(&t, seen(EMOTION_SAD, 0.8f), 900);
	feed(&t, none, 100);
	assert_int_equal(feed(&t, seen(EMOTION_SAD, 0.8f), 900), 0);
}

static void the_hand_wins_until_automatic(void **state)
{
	struct mood_tracker t = fresh();

	(void)state;
	assert_true(mood_set(&t, EMOTION_SAD, now));
	assert_false(mood_set(&t, EMOTION_SAD, now + 1));
	assert_int_equal(t.mood.since_ns, now);
	assert_true(t.mood.manual);
	assert_float_equal(t.mood.valence, -0.7, 1e-6);
	assert_int_equal(feed(&t, seen(EMOTION_HAPPY, 0.9f), 60000), 0);
	mood_automatic(&t, now);
	assert_false(t.mood.manual);
	assert_int_equal(t.mood.emotion, EMOTION_SAD);
	assert_int_equal(feed(&t, seen(EMOTION_HAPPY, 0.9f), 2000), 1);
}

static void valence_follows_the_face(void **state)
{
	struct mood_tracker t = fresh();

	(void)state;
	feed(&t, seen(EMOTION_HAPPY, 1.0f), 500);
	assert_true(t.mood.valence > 0.1f && t.mood.valence < 0.4f);
	feed(&t, seen(EMOTION_HAPPY, 1.0f), 20000);
	assert_float_equal(t.mood.valence, 0.8, 0.01);
	assert_float_equal(t.mood.arousal, 0.6, 0.01);
}

static void a_clock_that_stands_or_jumps_is_survived(void **state)
{
	struct mood_tracker t = fresh();
	struct reading r = seen(EMOTION_HAPPY, 0.9f);

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_false(mood_update(&t, &r, now));
	assert_false(mood_update(&t, &r, now - CLOCK_NS_PER_S));
	assert_true(t.mood.valence == 0);
	assert_true(mood_update(&t, &r, now + 3600 * CLOCK_NS_PER_S));
}

static void a_still_is_read_without_time(void **state)
{
	struct reading r = seen(EMOTION_FEAR, 0.7f);
	struct reading none = {.lead = -1};
	struct mood m = mood_of_reading(&r, false);

	(void)state;
	assert_int_equal(m.emotion, EMOTION_FEAR);
	assert_float_equal(m.margin, 0.65, 1e-3);
	assert_true(m.valence < -0.3f);
	assert_int_equal(mood_of_reading(&none, false).emotion,
			 EMOTION_NEUTRAL);
}

/* A wide face that is happy, a narrow one that is sad, one not believed. */
static struct reading family(void)
{
	struct reading r = seen(EMOTION_HAPPY, 0.9f);

	r.face_count = 3;
	r.faces[1] = seen(EMOTION_SAD, 0.9f).faces[0];
	r.faces[2] = seen(EMOTION_ANGRY, 0.9f).faces[0];
	r.faces[0].width = 100;
	r.faces[0].score = 0.9f;
	r.faces[1].width = 50;
	r.faces[1].score = 0.6f;
	r.faces[2].width = 200;
	r.faces[2].score = 0;
	return r;
}

static void one_face_leads_or_all_together(void **state)
{
	struct reading r = family(), none = {.lead = -1};
	float lead[EMOTION_COUNT], all[EMOTION_COUNT], sum = 0;

	(void)state;
	assert_true(mood_scores(&r, false, lead));
	assert_memory_equal(lead, r.faces[0].smooth, sizeof(lead));
	assert_true(mood_scores(&r, true, all));
	/* 90 to 30 */
	assert_float_equal(all[EMOTION_HAPPY], 0.6791667f, 1e-4);
	assert_float_equal(all[EMOTION_SAD], 0.2375f, 1e-4);
	for (int e = 0; e < EMOTION_COUNT; e++)
		sum += all[e];
	assert_float_equal(sum, 1, 1e-4);
	assert_false(mood_scores(&none, true, all));
	/* without widths (no face is believed) the one that leads */
	for (int i = 0; i < 3; i++)
		r.faces[i].score = 0;
	assert_true(mood_scores(&r, true, all));
	assert_memory_equal(all, lead, sizeof(lead));
}

static void who_cannot_be_read_says_nothing(void **state)
{
	struct reading r = family();
	float scores[EMOTION_COUNT];

	(void)state;
	r.faces[0].notices = 1;
	assert_false(mood_scores(&r, false, scores));
	assert_true(mood_scores(&r, true, scores));
	for (int e = 0; e < EMOTION_COUNT; e++)
		assert_float_equal(scores[e], r.faces[1].smooth[e], 1e-5);
	r.faces[1].notices = 1;
	assert_false(mood_scores(&r, true, scores));
	/* but a still picture is guessed at */
	assert_int_equal(mood_of_reading(&r, false).emotion, EMOTION_HAPPY);
}

static void all_together_make_the_mood(void **state)
{
	struct mood_opts opts = MOOD_OPTS_DEFAULT;
	struct mood_tracker t;
	struct reading r = family();

	(void)state;
	r.faces[0].width = 20; /* still leads: it did before */
	opts.together = true;
	now = 5 * CLOCK_NS_PER_S;
	mood_init(&t, &opts, now);
	r.faces[1].score = 0.9f;
	assert_int_equal(feed(&t, r, 1500), 1);
	assert_int_equal(t.mood.emotion, EMOTION_SAD);
	assert_int_equal(mood_of_reading(&r, true).emotion, EMOTION_SAD);
	assert_int_equal(mood_of_reading(&r, false).emotion, EMOTION_HAPPY);
}

static void names_go_both_ways(void **state)
{
	enum emotion e;

	(void)state;
	for (int i = 0; i < EMOTION_COUNT; i++) {
		assert_true(
			emotion_from_name(emotion_name((enum emotion)i), &e));
		assert_int_equal(e, i);
	}
	assert_true(emotion_from_name("HAPPY", &e));
	assert_false(emotion_from_name("joyous", &e));
	assert_string_equal(emotion_name(EMOTION_COUNT), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_neutral),
		cmocka_unit_test(into_a_mood_takes_one_second),
		cmocka_unit_test(back_to_neutral_takes_three),
		cmocka_unit_test(flicker_never_switches),
		cmocka_unit_test(an_unclear_face_says_nothing),
		cmocka_unit_test(disgust_and_fear_alone_never_switch),
		cmocka_unit_test(nobody_keeps_the_mood),
		cmocka_unit_test(the_hand_wins_until_automatic),
		cmocka_unit_test(valence_follows_the_face),
		cmocka_unit_test(a_clock_that_stands_or_jumps_is_survived),
		cmocka_unit_test(a_still_is_read_without_time),
		cmocka_unit_test(one_face_leads_or_all_together),
		cmocka_unit_test(who_cannot_be_read_says_nothing),
		cmocka_unit_test(all_together_make_the_mood),
		cmocka_unit_test(names_go_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
