/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a process began, out of the system's line about it. */
#include "base/clock.h"
#include "tests/unit/unit.h"
#include "tui/start.h"

static void reads_the_22nd_field(void **state)
{
	(void)state;
	assert_int_equal(start_ns_of("7 (mien) S 4 5 6 7 8 9 10 11 12 13 14 "
				     "15 16 17 18 19 20 21 4242 23 24\n",
				     100),
			 42 * CLOCK_NS_PER_S + 420 * CLOCK_NS_PER_MS);
	/* a name is the user's to choose */
	assert_int_equal(start_ns_of("7 (a) b 1) S 4 5 6 7 8 9 10 11 12 13 "
				     "14 15 16 17 18 19 20 21 100 23\n",
				     100),
			 CLOCK_NS_PER_S);
}

static void says_when_it_cannot_tell(void **state)
{
	(void)state;
	assert_int_equal(start_ns_of("", 100), 0);
	assert_int_equal(start_ns_of("7 (mien) S 3 4", 100), 0);
	assert_int_equal(start_ns_of("7 (mien) S 3 4", 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_22nd_field),
		cmocka_unit_test(says_when_it_cannot_tell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
