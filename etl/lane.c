/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lane: buckets, breakers, waits and days. */
#include "etl/lane.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define BACKOFF_BASE 0.5
#define BACKOFF_CAP  60.0
#define ASKED_MAX    3600.0
#define OPEN_S       2.0 /* the first time, then twice as long */

void bucket_init(struct bucket *bucket, double rate, double burst, double now)
{
	*bucket = (struct bucket){.rate = rate,
				  .burst = fmax(1, floor(burst)),
				  .tokens = fmax(1, floor(burst)),
				  .at = now};
}

static void refill(struct bucket *bucket, double now)
{
	double since = fmax(0, now - bucket->at);

	bucket->tokens =
		fmin(bucket->burst, bucket->tokens + since * bucket->rate);
	bucket->at = now;
}

bool bucket_take(struct bucket *bucket, double now)
{
	refill(bucket, now);
	if (bucket->tokens < 1)
		return false;
	bucket->tokens -= 1;
	return true;
}

double bucket_wait(struct bucket *bucket, double now)
{
	refill(bucket, now);
	return bucket->tokens >= 1 ? 0 : (1 - bucket->tokens) / bucket->rate;
}

bool breaker_lets(struct breaker *breaker, double now, int under_way)
{
	if (breaker_is_over(breaker) || now < breaker->until)
		return false;
	if (breaker->openings && breaker->failures >= breaker->limit) {
		if (under_way)
			return false;
		breaker->probing = true;
	}
	return true;
}

void breaker_good(struct breaker *breaker)
{
	breaker->failures = 0;
	breaker->openings = 0;
	breaker->probing = false;
}

bool breaker_bad(struct breaker *breaker, double now)
{
	bool open = breaker->failures >= breaker->limit;

	breaker->failures++;
	if (breaker->failures < breaker->limit || (open && !breaker->probing))
		return false;
	breaker->probing = false;
	breaker->until = now + OPEN_S * (double)(1 << breaker->openings);
	breaker->openings++;
	return breaker_is_over(breaker);
}

bool breaker_is_over(const struct breaker *breaker)
{
	return breaker->openings >= LANE_OPENINGS;
}

double lane_backoff(int attempt, double asked, struct rng *rng)
{
	double most = fmin(BACKOFF_CAP, BACKOFF_BASE * pow(2, attempt));
	double wait = rng_unit(rng) * most;

	return fmax(wait, fmin(asked, ASKED_MAX));
}

/* ---- the Pacific's days ---------------------------------------------------
 */

/* Days since 1970-01-01, and back (Howard Hinnant's civil calendar). */
static int64_t days_of(int64_t year, int month, int day)
{
	int64_t y = year - (month <= 2);
	int64_t era = y / 400, yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

/* The n-th Sunday of a month, as days since 1970; 1970-01-01 was a Thursday. */
static int64_t sunday(int64_t year, int month, int n)
{
	int64_t first = days_of(year, month, 1);
	int64_t weekday = (first + 4) % 7;

	return first + (7 - weekday) % 7 + (n - 1) * 7;
}

/* Seconds to add to UTC: -7 h from the second Sunday of March, 2 o'clock, to
 * the first of November, 2 o'clock; else -8 h. */
static int64_t pacific_offset(int64_t now)
{
	time_t t = (time_t)now;
	struct tm tm;
	int64_t year, begin, end;

	gmtime_r(&t, &tm);
	year = tm.tm_year + 1900;
	begin = sunday(year, 3, 2) * 86400 + 10 * 3600;
	end = sunday(year, 11, 1) * 86400 + 9 * 3600;
	return (now >= begin && now < end ? -7 : -8) * 3600;
}

void lane_pacific_day(int64_t now, char out[static 11])
{
	time_t t = (time_t)(now + pacific_offset(now));
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(out, 11, "%Y-%m-%d", &tm);
}

int64_t lane_pacific_midnight(int64_t now)
{
	int64_t local = now + pacific_offset(now);
	int64_t midnight = (local / 86400 + 1) * 86400;

	/* the clock may change on the way */
	return midnight - pacific_offset(midnight + 8 * 3600);
}
