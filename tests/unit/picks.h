/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picks: catalogs in memory and what is picked from them, for their tests. */
#ifndef MIEN_TESTS_PICKS_H
#define MIEN_TESTS_PICKS_H

#include "catalog/picker.h"

#define DAY 86400
#define NOW (INT64_C(20000) * DAY)

extern const struct mood happy, sad, angry;

struct catalog *picks_empty(void);

/* "Song number" by "Artist artist" at /music/number; its id. */
int64_t picks_add(struct catalog *catalog, int number, int artist,
		  const char *genre, bool has_mood, double valence,
		  double arousal);

/* count songs all over the plane, by artists. */
struct catalog *picks_plane(int count, int artists);

struct picker *picks_picker(struct catalog *catalog, uint64_t seed);

/* The next one, with a reason that fits a line; pick: NOW. */
struct track pick_at(struct picker *picker, const struct mood *mood,
		     enum policy policy, int64_t now);
struct track pick(struct picker *picker, const struct mood *mood,
		  enum policy policy);

/* Between a song's mood and another, on the plane of valence and arousal. */
double picks_distance(const struct track *track, const struct mood *mood);

#endif
