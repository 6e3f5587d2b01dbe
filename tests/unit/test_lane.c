/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buckets, breakers, waits, and the Pacific's days. */
#include "tests/unit/unit.h"

#include "etl/lane.h"

static void a_bucket_keeps_its_rate(void **state)
{
	struct bucket bucket;
	int taken = 0;

	(void)state;
	bucket_init(&bucket, 4, 4, 100);
	for (double now = 100; now < 110; now += 0.01)
		taken += bucket_take(&bucket, now);
	/* the burst, and ten seconds of four */
	assert_in_range(taken, 43, 44);
	bucket_init(&bucket, 0.5, 1, 0);
	assert_true(bucket_take(&bucket, 0));
	assert_false(bucket_take(&bucket, 1.9));
	assert_float_equal(bucket_wait(&bucket, 1.9), 0.1, 1e-6);
	assert_true(bucket_take(&bucket, 2.01));
	/* a clock that goes back gives nothing away */
	assert_false(bucket_take(&bucket, 0));
	/* a long rest fills it to the burst only */
	bucket_init(&bucket, 2, 2, 0);
	taken = 0;
	for (int i = 0; i < 10; i++)
		taken += bucket_take(&bucket, 1000);
	assert_int_equal(taken, 2);
}

static void a_breaker_opens_probes_and_closes(void **state)
{
	struct breaker breaker = {.limit = 3};

	(void)state;
	assert_false(breaker_bad(&breaker, 0));
	breaker_good(&breaker);
	for (int i = 0; i < 3; i++) {
		assert_true(breaker_lets(&breaker, 0, i));
		assert_false(breaker_bad(&breaker, 0));
	}
	assert_false(breaker_lets(&breaker, 1.9, 0));
	/* what was under way when it opened does not open it further */
	assert_false(breaker_bad(&breaker, 1));
	assert_false(breaker_lets(&breaker, 2.1, 1));
	assert_true(breaker_lets(&breaker, 2.1, 0));
	breaker_good(&breaker);
	assert_true(breaker_lets(&breaker, 2.1, 5));
}

static void a_breaker_gives_up_in_the_end(void **state)
{
	struct breaker breaker = {.limit = 1};
	double now = 0;
	int tries = 0;

	(void)state;
	while (!breaker_is_over(&breaker) && tries < 100) {
		if (breaker_lets(&breaker, now, 0)) {
			breaker_bad(&breaker, now);
			tries++;
		}
		now += 1;
	}
	assert_int_equal(tries, LANE_OPENINGS);
	assert_in_range((int)now, 14, 16); /* 2 + 4 + 8 s */
	assert_false(breaker_lets(&breaker, now + 1e6, 0));
}

static void waits_are_jittered_and_no_less_than_asked(void **state)
{
	struct rng rng;
	double most = 0;

	(void)state;
	rng_init(&rng, 7);
	for (int i = 0; i < 1000; i++) {
		double wait = lane_backoff(2, 0, &rng);

		assert_true(wait >= 0 && wait <= 2);
		most = wait > most ? wait : most;
	}
	assert_true(most > 1.9);
	assert_true(lane_backoff(30, 0, &rng) <= 60);
	assert_true(lane_backoff(0, 7, &rng) >= 7);
	/* nobody makes us wait for days */
	assert_float_equal(lane_backoff(0, 1e9, &rng), 3600, 1e-6);
}

static void days_are_the_pacifics(void **state)
{
	static const struct {
		int64_t now, midnight;
		const char *day;
	} rows[] = {
		/* date -d '...' +%s in America/Los_Angeles */
		{1767254400, 1767254400 + 86400, "2026-01-01"},
		{1767254399, 1767254400, "2025-12-31"},
		{1782860400, 1782889200, "2026-06-30"}, /* PDT */
		/* the day of 23 hours, 2026-03-08 */
		{1772956800, 1772956800 + 23 * 3600, "2026-03-08"},
		/* and that of 25, 2026-11-01 */
		{1793516400, 1793516400 + 25 * 3600, "2026-11-01"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char day[11];

		lane_pacific_day(rows[i].now, day);
		assert_string_equal(day, rows[i].day);
		assert_int_equal(lane_pacific_midnight(rows[i].now),
				 rows[i].midnight);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bucket_keeps_its_rate),
		cmocka_unit_test(a_breaker_opens_probes_and_closes),
		cmocka_unit_test(a_breaker_gives_up_in_the_end),
		cmocka_unit_test(waits_are_jittered_and_no_less_than_asked),
		cmocka_unit_test(days_are_the_pacifics),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
