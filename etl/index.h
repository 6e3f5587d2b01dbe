/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * index: drafts into the catalog. What is entered depends on what was gathered
 * alone, not on the order in which it came.
 */
#ifndef MIEN_ETL_INDEX_H
#define MIEN_ETL_INDEX_H

#include "catalog/work.h"

struct index_tally {
	unsigned entered, left_out; /* songs; left out: no genre is known */
};

/* How far a way through the drafts has come. */
struct index_place {
	int64_t rank, id;
};
#define INDEX_BEGIN ((struct index_place){INT64_MIN, 0})

/*
 * Looks at most at so many drafts with news, behind the place, and enters
 * those that are complete, or all of them. The place moves on, and is at the
 * beginning again where the drafts have ended.
 */
enum status index_drafts(struct catalog *catalog, struct index_place *place,
			 bool all, int most, struct index_tally *tally,
			 struct fault *fault);

#endif
