/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * import: songs from folders, music files and lists into the catalog, in
 * batches that are written whole. Importing the same again changes nothing.
 */
#ifndef MIEN_ETL_IMPORT_H
#define MIEN_ETL_IMPORT_H

#include "catalog/catalog.h"
#include "etl/progress.h"

#include <signal.h>

struct import_opts {
	/* a song without an address becomes a search for yt-dlp */
	bool ytdl;
	bool measure;     /* hear what files sound like (etl/measure.h) */
	bool on_terminal; /* draw a bar */
	/* becomes non-zero: finish the batch, return STATUS_AGAIN */
	const volatile sig_atomic_t *stop;
};

/* Songs and entries, added up over calls. */
struct import_tally {
	unsigned fresh, changed, same; /* in the catalog now */
	unsigned bad;                  /* named by say_one_of_many */
	unsigned heard, unheard; /* files measured, and that could not be */
	unsigned homeless;       /* no address, and not known here */
};

/*
 * Imports one path. Single files and entries that are wrong are said, counted
 * and passed over; a fault is for what ends the import. STATUS_AGAIN: stopped
 * by opts->stop, what was read until then is in.
 */
enum status import_path(struct catalog *catalog, const char *path,
			const struct import_opts *opts,
			struct import_tally *tally, struct fault *fault);

#endif
