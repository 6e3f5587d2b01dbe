/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person's corrections change, and what they must never change. */
#include "tests/unit/unit.h"

#include "base/rng.h"
#include "model/personal.h"

#include <math.h>

static const enum emotion_net_crowd crowd_of[EMOTION_COUNT] = {
	CROWD_ANGER,   CROWD_DISGUST,  CROWD_FEAR,   CROWD_HAPPINESS,
	CROWD_SADNESS, CROWD_SURPRISE, CROWD_NEUTRAL};

/* Both heads say first with p, and second with q. */
static struct emotion_scores said(enum emotion first, float p,
				  enum emotion second, float q)
{
	struct emotion_scores s;

	for (int e = 0; e < EMOTION_COUNT; e++)
		s.fer[e] = (1 - p - q) / (EMOTION_COUNT - 2);
	for (int c = 0; c < CROWD_COUNT; c++)
		s.crowd[c] = (1 - p - q) / (CROWD_COUNT - 2);
	s.fer[first] = s.crowd[crowd_of[first]] = p;
	s.fer[second] = s.crowd[crowd_of[second]] = q;
	emotion_net_shown(s.crowd, s.shown);
	return s;
}

static enum emotion first_of(const float p[EMOTION_COUNT])
{
	int best = 0;

	for (int e = 1; e < EMOTION_COUNT; e++)
		if (p[e] > p[best])
			best = e;
	return (enum emotion)best;
}

static struct personal after(const struct emotion_scores *scores,
			     enum emotion right, int times)
{
	struct correction list[PERSONAL_MAX];
	struct personal p;

	for (int i = 0; i < times; i++)
		list[i] =
			(struct correction){.right = right, .scores = *scores};
	personal_fit(&p, list, times);
	return p;
}

static void without_corrections_nothing_changes(void **state)
{
	struct emotion_scores s = said(EMOTION_SAD, 0.5f, EMOTION_HAPPY, 0.3f);
	struct personal none = {0}, fitted;
	float shown[EMOTION_COUNT];

	(void)state;
	personal_apply(&none, &s, shown);
	assert_memory_equal(shown, s.shown, sizeof(shown));
	personal_fit(&fitted, NULL, 0);
	assert_memory_equal(&fitted, &none, sizeof(none));
}

static void each_correction_moves_the_reading(void **state)
{
	struct emotion_scores s =
		said(EMOTION_SAD, 0.5f, EMOTION_NEUTRAL, 0.3f);
	float before = s.shown[EMOTION_NEUTRAL], shown[EMOTION_COUNT];

	(void)state;
	for (int n = 1; n <= 3; n++) {
		struct personal p = after(&s, EMOTION_NEUTRAL, n);

		personal_apply(&p, &s, shown);
		assert_true(shown[EMOTION_NEUTRAL] > before + 0.01f);
		before = shown[EMOTION_NEUTRAL];
	}
	assert_int_equal(first_of(shown), EMOTION_NEUTRAL);
	assert_true(personal_can_turn(s.shown, EMOTION_NEUTRAL));
}

static void what_is_unlike_it_stays_about_as_it_was(void **state)
{
	struct emotion_scores s =
		said(EMOTION_SAD, 0.5f, EMOTION_NEUTRAL, 0.3f);
	struct emotion_scores other =
		said(EMOTION_HAPPY, 0.6f, EMOTION_SURPRISE, 0.3f);
	struct personal p = after(&s, EMOTION_NEUTRAL, 3);
	float shown[EMOTION_COUNT];

	(void)state;
	personal_apply(&p, &other, shown);
	assert_int_equal(first_of(shown), EMOTION_HAPPY);
	assert_true(fabsf(shown[EMOTION_HAPPY] - other.shown[EMOTION_HAPPY]) <
		    0.12f);
}

static void right_as_it_is_makes_it_surer(void **state)
{
	struct emotion_scores s =
		said(EMOTION_FEAR, 0.4f, EMOTION_SURPRISE, 0.35f);
	struct personal p = after(&s, EMOTION_FEAR, 2);
	float shown[EMOTION_COUNT];

	(void)state;
	personal_apply(&p, &s, shown);
	assert_true(shown[EMOTION_FEAR] > s.shown[EMOTION_FEAR]);
}

/* The bound: the worst that a person can do takes no clear reading away. */
static void no_class_collapses(void **state)
{
	float shown[EMOTION_COUNT];

	(void)state;
	for (int first = 0; first < EMOTION_COUNT; first++)
		for (int wrong = 0; wrong < EMOTION_COUNT; wrong++) {
			struct emotion_scores s =
				said((enum emotion)first, 0.75f,
				     (enum emotion)((first + 1) % 7), 0.15f);
			struct personal p =
				after(&s, (enum emotion)wrong, PERSONAL_MAX);

			personal_apply(&p, &s, shown);
			assert_int_equal(first_of(shown), first);
			assert_int_equal(
				personal_can_turn(s.shown, (enum emotion)wrong),
				wrong == first);
		}
}

static struct emotion_scores any_scores(struct rng *rng)
{
	struct emotion_scores s;
	float fer = 0, crowd = 0;

	for (int e = 0; e < EMOTION_COUNT; e++)
		fer += s.fer[e] = powf((float)rng_unit(rng), 8);
	for (int c = 0; c < CROWD_COUNT; c++)
		crowd += s.crowd[c] = powf((float)rng_unit(rng), 8);
	for (int e = 0; e < EMOTION_COUNT; e++)
		s.fer[e] /= fer;
	for (int c = 0; c < CROWD_COUNT; c++)
		s.crowd[c] /= crowd;
	emotion_net_shown(s.crowd, s.shown);
	return s;
}

static void the_bound_holds_for_any_corrections(void **state)
{
	static struct correction list[PERSONAL_MAX];
	struct personal p;
	struct rng rng;

	(void)state;
	rng_init(&rng, 3);
	for (int i = 0; i < PERSONAL_MAX; i++) {
		list[i].scores = any_scores(&rng);
		/* two answers only: as one-sided as can be */
		list[i].right = (enum emotion)rng_below(&rng, 2);
	}
	personal_fit(&p, list, PERSONAL_MAX);
	for (int i = 0; i < 2000; i++) {
		struct emotion_scores s = any_scores(&rng);
		enum emotion was = first_of(s.shown), is;
		float shown[EMOTION_COUNT], sum = 0;

		personal_apply(&p, &s, shown);
		is = first_of(shown);
		for (int e = 0; e < EMOTION_COUNT; e++)
			sum += shown[e];
		assert_true(fabsf(sum - 1) < 1e-5f);
		assert_true(is == was ||
			    s.shown[is] >= s.shown[was] *
						   expf(-PERSONAL_BOUND) *
						   0.999f);
	}
}

static void certain_answers_do_no_harm(void **state)
{
	struct emotion_scores s = said(EMOTION_HAPPY, 1, EMOTION_SAD, 0);
	struct personal p = after(&s, EMOTION_SAD, 5);
	float shown[EMOTION_COUNT];

	(void)state;
	personal_apply(&p, &s, shown);
	for (int e = 0; e < EMOTION_COUNT; e++)
		assert_true(isfinite(shown[e]));
	assert_int_equal(first_of(shown), EMOTION_HAPPY);
}

static void the_order_does_not_matter(void **state)
{
	struct correction list[20], back[20];
	struct personal a, b;
	struct rng rng;

	(void)state;
	rng_init(&rng, 8);
	for (int i = 0; i < 20; i++) {
		list[i].scores = any_scores(&rng);
		list[i].right = (enum emotion)rng_below(&rng, EMOTION_COUNT);
		back[19 - i] = list[i];
	}
	personal_fit(&a, list, 20);
	personal_fit(&b, back, 20);
	for (int e = 0; e < EMOTION_COUNT; e++)
		assert_true(fabsf(a.bias[e] - b.bias[e]) < 1e-4f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_corrections_nothing_changes),
		cmocka_unit_test(each_correction_moves_the_reading),
		cmocka_unit_test(what_is_unlike_it_stays_about_as_it_was),
		cmocka_unit_test(right_as_it_is_makes_it_surer),
		cmocka_unit_test(no_class_collapses),
		cmocka_unit_test(the_bound_holds_for_any_corrections),
		cmocka_unit_test(certain_answers_do_no_harm),
		cmocka_unit_test(the_order_does_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
