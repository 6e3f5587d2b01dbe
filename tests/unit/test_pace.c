/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often the screen may be drawn: slow terminals, and pictures. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "tui/pace.h"

static void a_slow_terminal_is_drawn_seldom(void **state)
{
	const int64_t ms = CLOCK_NS_PER_MS, fast = 50 * ms - 50 * ms / 32;
	struct pace pace;

	(void)state;
	pace_init(&pace, 20);
	pace_drawn(&pace, 100 * ms, 101 * ms);
	assert_int_equal(pace_next(&pace), 100 * ms + fast);
	/* 100 ms for a drawing: not again for 400 */
	pace_drawn(&pace, 200 * ms, 300 * ms);
	assert_int_equal(pace_next(&pace), 600 * ms);
	pace_hurry(&pace);
	assert_int_equal(pace_next(&pace), 0);
	/* it comes back, step by step */
	for (int i = 0; i < 60; i++)
		pace_drawn(&pace, 1000 * ms, 1001 * ms);
	assert_int_equal(pace_interval(&pace), fast);
	pace_drawn(&pace, 0, 900 * 1000 * ms);
	assert_int_equal(pace_interval(&pace), 1000 * ms);
}

/* Pictures that come as often as the screen is drawn, each a little early or
 * late, are all drawn: a late one does not put off those that follow. */
static void a_late_picture_puts_off_none(void **state)
{
	const int64_t ms = CLOCK_NS_PER_MS;
	struct pace pace;

	(void)state;
	pace_init(&pace, 20);
	pace_drawn(&pace, 100 * ms, 101 * ms);
	for (int64_t at = 150; at < 1000; at += 50) {
		int64_t drawn = at + at / 50 % 3 * 7;

		assert_true(pace_next(&pace) <= at * ms);
		pace_drawn(&pace, drawn * ms, (drawn + 1) * ms);
	}
	/* a pause is not made up for, nor what a key had drawn early */
	pace_drawn(&pace, 5000 * ms, 5001 * ms);
	assert_int_equal(pace_next(&pace), 5000 * ms + pace_interval(&pace) -
						   pace_interval(&pace) / 2);
	pace_drawn(&pace, 5020 * ms, 5021 * ms);
	assert_int_equal(pace_next(&pace), 5020 * ms + pace_interval(&pace));
	pace_hurry(&pace);
	pace_drawn(&pace, 6000 * ms, 6001 * ms);
	assert_int_equal(pace_next(&pace), 6000 * ms + pace_interval(&pace));
}

/* The first of them waits for its slot, and the others ever less. */
static void pictures_stop_waiting(void **state)
{
	const int64_t ms = CLOCK_NS_PER_MS;
	int64_t waited = 0, came = 125 * ms;
	struct pace pace;

	(void)state;
	pace_init(&pace, 20);
	pace_drawn(&pace, 100 * ms, 101 * ms);
	for (int i = 0; i < 40; i++, came += 50 * ms) {
		waited = pace_next(&pace) - came;
		if (waited < 0)
			waited = 0;
		pace_drawn(&pace, came + waited, came + waited + ms);
	}
	assert_int_equal(waited, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slow_terminal_is_drawn_seldom),
		cmocka_unit_test(a_late_picture_puts_off_none),
		cmocka_unit_test(pictures_stop_waiting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
