/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table: songs out of CSV by their columns' names: ours (artist, title, uri,
 * album, genre, length, valence, arousal, tags) and Exportify's, with Spotify's
 * audio features where they are there. Pure.
 */
#ifndef MIEN_ETL_TABLE_H
#define MIEN_ETL_TABLE_H

#include "etl/song.h"

/*
 * Calls sink for every record of text, which is undone. STATUS_BAD_DATA: no
 * header that names artist and title, or a record after which nothing can be
 * read; what came before was handed on.
 */
enum status table_read(char *text, size_t length, const char *name,
		       const struct sink *sink, struct fault *fault);

/*
 * Spotify's valence and energy (0..1) and tempo (beats a minute, 0: unknown)
 * on Russell's plane. Energy is arousal by its own description (intensity and
 * activity); a fast song is a little more, a slow one a little less: a fifth
 * of the whole, 120 beats in the middle, 60 and 180 the ends.
 */
void table_place(double valence, double energy, double tempo,
		 double *out_valence, double *out_arousal);

#endif
