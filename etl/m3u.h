/* SPDX-License-Identifier: GPL-3.0-or-later */
/* m3u: playlists of the M3U kind, extended or not. Pure. */
#ifndef MIEN_ETL_M3U_H
#define MIEN_ETL_M3U_H

#include "etl/song.h"

/*
 * Calls sink for every entry of text (UTF-8 or Latin-1, a NUL at its end),
 * with uri as it is written and what #EXTINF, #EXTALB, #EXTART and #EXTGENRE
 * say. name is for faults. STATUS_BAD_DATA: the segments of one HTTP stream,
 * not a list of songs.
 */
enum status m3u_read(const char *text, size_t length, const char *name,
		     const struct sink *sink, struct fault *fault);

#endif
