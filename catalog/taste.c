/* SPDX-License-Identifier: GPL-3.0-or-later */
/* taste: the numbers of what was done with a track. */
#include "catalog/taste.h"

#include <math.h>

#define DAY_S 86400.0

/*
 * Thirty seconds are where the streaming services begin to count a play: who
 * leaves before did not want the song; later it may have been the telephone.
 */
#define SKIP_S 30.0

/* Mood-bound tastes change within weeks. */
#define HALF_LIFE_DAYS 14.0

/* A skip says more than a play, which may have been a full sink; and less of
 * the artist than of the track. As exponents: see score.c. */
#define PLAYED         0.4
#define SKIPPED        (-1.2)
#define SKIPPED_ARTIST (-0.3)

#define MOST_DOUBLINGS 6

static bool is_rejected(enum catalog_event event, double heard_s)
{
	return event == CATALOG_SKIPPED && heard_s < SKIP_S;
}

double taste_of_event(enum catalog_event event, double heard_s)
{
	if (event == CATALOG_PLAYED)
		return PLAYED;
	return is_rejected(event, heard_s) ? SKIPPED : 0;
}

double taste_of_event_for_artist(enum catalog_event event, double heard_s)
{
	return is_rejected(event, heard_s) ? SKIPPED_ARTIST : 0;
}

double taste_faded(double value, int64_t then, int64_t now)
{
	double days = (double)(now - then) / DAY_S;

	/* a clock that was set back makes nothing stronger */
	return value * exp2(-fmax(0, days) / HALF_LIFE_DAYS);
}

bool taste_is_failing(int failures, int64_t failed_at, int64_t now)
{
	int doublings = failures - 1;

	if (failures <= 0)
		return false;
	if (doublings > MOST_DOUBLINGS)
		doublings = MOST_DOUBLINGS;
	return (double)(now - failed_at) < ldexp(DAY_S, doublings);
}
