/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last five minutes: what they keep, and what they forget. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "tui/trail.h"

static void the_trail_forgets_after_five_minutes(void **state)
{
	static struct trail trail;
	float scores[EMOTION_COUNT] = {[EMOTION_HAPPY] = 0.5f};
	int64_t t = 5000 * CLOCK_NS_PER_S;

	(void)state;
	assert_null(trail_at(&trail, t, 0));
	trail_add(&trail, t, EMOTION_HAPPY, scores);
	/* the same second without a face keeps the face */
	trail_add(&trail, t, EMOTION_SAD, NULL);
	assert_true(trail_at(&trail, t, 0)->face);
	assert_int_equal(trail_at(&trail, t, 0)->mood, EMOTION_SAD);
	assert_true(trail_mean(&trail, t, EMOTION_HAPPY, 0, 3) > 0.49f);
	assert_true(trail_mean(&trail, t, EMOTION_HAPPY, 1, 3) < 0);
	assert_non_null(trail_at(&trail, t + 299 * CLOCK_NS_PER_S, 299));
	assert_null(trail_at(&trail, t + 300 * CLOCK_NS_PER_S, 300));
	assert_null(trail_at(&trail, t + 300 * CLOCK_NS_PER_S, 0));
	assert_null(trail_at(&trail, t, -1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_trail_forgets_after_five_minutes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
