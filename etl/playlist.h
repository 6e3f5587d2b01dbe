/* SPDX-License-Identifier: GPL-3.0-or-later */
/* playlist: songs out of JSON: JSPF playlists and the lines of our export. */
#ifndef MIEN_ETL_PLAYLIST_H
#define MIEN_ETL_PLAYLIST_H

#include "etl/song.h"

/* One JSON document of JSPF. STATUS_BAD_DATA with line and column. */
enum status playlist_read_jspf(const char *text, size_t length,
			       const char *name, const struct sink *sink,
			       struct fault *fault);

/*
 * One JSON object a line, as "mien-etl export --json" writes; a line that is
 * none is bad, not fatal. STATUS_BAD_DATA: no line was good.
 */
enum status playlist_read_ndjson(const char *text, size_t length,
				 const char *name, const struct sink *sink,
				 struct fault *fault);

/* Whether text is one document of JSPF rather than lines of objects. */
bool playlist_is_jspf(const char *text, size_t length);

/* "positive", "neutral", "negative" or "unknown": static. */
const char *playlist_lyric_name(enum lyric_label label);

#endif
