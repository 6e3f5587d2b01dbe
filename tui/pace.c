/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pace: quick to slow down, slow to speed up. */
#include "tui/pace.h"

#include "base/clock.h"

#define SHARE 4 /* drawing takes one part in so many, at most */

/* Pictures of the same rate, which would wait as long as the first one did,
 * wait by one part in so many less each time. */
#define EARLY 32

#define MOST_NS CLOCK_NS_PER_S

void pace_init(struct pace *pace, int rate)
{
	pace->least_ns = CLOCK_NS_PER_S / (rate > 0 ? rate : 1);
	pace->least_ns -= pace->least_ns / EARLY;
	pace->interval_ns = pace->least_ns;
	pace->next_ns = 0;
}

/* By how much a drawing is late, up to half an interval; one by a key, or to a
 * terminal that is slow, is not. */
static int64_t lateness(const struct pace *pace, int64_t begin_ns)
{
	int64_t late = begin_ns - pace->next_ns, most = pace->least_ns / 2;

	if (!pace->next_ns || late < 0 || pace->interval_ns > pace->least_ns)
		return 0;
	return late < most ? late : most;
}

void pace_drawn(struct pace *pace, int64_t begin_ns, int64_t end_ns)
{
	int64_t wanted = (end_ns - begin_ns) * SHARE;

	if (wanted > pace->interval_ns)
		pace->interval_ns = wanted;
	else
		pace->interval_ns -= (pace->interval_ns - wanted) / 8;
	if (pace->interval_ns < pace->least_ns)
		pace->interval_ns = pace->least_ns;
	if (pace->interval_ns > MOST_NS)
		pace->interval_ns = MOST_NS;
	pace->next_ns = begin_ns + pace->interval_ns - lateness(pace, begin_ns);
}

void pace_hurry(struct pace *pace)
{
	pace->next_ns = 0;
}

int64_t pace_next(const struct pace *pace)
{
	return pace->next_ns;
}

int64_t pace_interval(const struct pace *pace)
{
	return pace->interval_ns;
}
