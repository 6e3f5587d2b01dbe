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

/*
 * Enters drafts with news: those that are complete, or all of them. Stops
 * after some most songs (0: none) so that the caller can look around;
 * *more tells whether there is more.
 */
enum status index_drafts(struct catalog *catalog, bool all, int most,
			 struct index_tally *tally, bool *more,
			 struct fault *fault);

#endif
