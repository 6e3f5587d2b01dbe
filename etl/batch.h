/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * batch: songs gathered while files are read, and entered many at a time, so
 * that the catalog is held for moments only. A batch is written whole or not.
 */
#ifndef MIEN_ETL_BATCH_H
#define MIEN_ETL_BATCH_H

#include "catalog/catalog.h"
#include "etl/song.h"

#define BATCH_SONGS 64

struct import_tally; /* etl/import.h */

/* Embedded by value. */
struct batch {
	struct catalog *catalog;
	struct import_tally *tally;
	struct song *songs; /* BATCH_SONGS, made with the first */
	int count;
};

void batch_init(struct batch *batch, struct catalog *catalog,
		struct import_tally *tally);
void batch_done(struct batch *batch);

/* Takes a copy; writes when the batch is full. */
enum status batch_add(struct batch *batch, const struct song *song,
		      struct fault *fault);

/* Writes what there is. Waits, some 30 s, for another writer. */
enum status batch_flush(struct batch *batch, struct fault *fault);

#endif
