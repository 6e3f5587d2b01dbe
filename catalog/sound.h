/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sound: what was measured of music files, remembered by path, size and time
 * of change, so that no file is measured twice.
 */
#ifndef MIEN_CATALOG_SOUND_H
#define MIEN_CATALOG_SOUND_H

#include "catalog/catalog.h"

/* All 0: it could not be measured. */
struct sound {
	double tempo;      /* beats a minute; the beat may be half or double */
	double onsets;     /* notes that begin, a second */
	double loudness;   /* RMS, dB below full scale */
	double brightness; /* centroid of the spectrum, Hz */
};

/* A file as it is now. */
struct sound_file {
	const char *path; /* absolute */
	int64_t size, changed_ns;
};

/* Whether the file was measured as it is now. */
enum status sound_known(struct catalog *catalog, const struct sound_file *file,
			bool *known);

/*
 * Remembers what was measured, and tells the track that is played from the
 * file what follows from it for the mood (NULL: nothing). One transaction.
 */
enum status sound_remember(struct catalog *catalog,
			   const struct sound_file *file,
			   const struct sound *sound,
			   const struct mood_fact *fact, struct fault *fault);

#endif
