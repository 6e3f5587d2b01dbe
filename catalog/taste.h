/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * taste: what plays, skips and failures say, and how it fades. Pure. Seen by
 * this room only.
 */
#ifndef MIEN_CATALOG_TASTE_H
#define MIEN_CATALOG_TASTE_H

#include "catalog/catalog.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What an event adds to the taste for a track, and for its artist, in the
 * emotion in force; 0 for most.
 */
double taste_of_event(enum catalog_event event, double heard_s);
double taste_of_event_for_artist(enum catalog_event event, double heard_s);

/* value as it was at then, now: half of it is left after a fortnight. */
double taste_faded(double value, int64_t then, int64_t now);

/*
 * Whether a track that would not play is left out still: a day after the
 * first failure, two after the second in a row, at most 64.
 */
bool taste_is_failing(int failures, int64_t failed_at, int64_t now);

#endif
