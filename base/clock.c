/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <time.h>

static int64_t ns_of(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec * CLOCK_NS_PER_S + now.tv_nsec;
}

int64_t clock_monotonic_ns(void)
{
	return ns_of(CLOCK_MONOTONIC);
}

int64_t clock_thread_ns(void)
{
	return ns_of(CLOCK_THREAD_CPUTIME_ID);
}

int64_t clock_wall_s(void)
{
	return (int64_t)time(NULL);
}
