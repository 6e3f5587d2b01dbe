/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read: rows as tracks. Seen by this room only. */
#ifndef MIEN_CATALOG_READ_H
#define MIEN_CATALOG_READ_H

#include "catalog/store.h"

/* A track's addresses, what is played first: files, the web, searches. */
#define READ_ADDRESSES "ORDER BY remote, fetched_at DESC, id DESC"

/* What read_track wants, in its order; t, a, g are track, artist, genre. */
#define READ_COLUMNS                                                     \
	"t.id, a.name, t.title, t.album, g.name, t.artwork, t.length_s," \
	" t.valence, t.arousal, t.confidence, t.lyric, t.liked,"         \
	" t.language, (SELECT uri FROM source WHERE track = t.id"        \
	"  " READ_ADDRESSES " LIMIT 1)"
#define READ_JOINS                          \
	" JOIN artist a ON a.id = t.artist" \
	" LEFT JOIN genre g ON g.id = t.genre"

void read_track(sqlite3_stmt *stmt, struct track *out);

#endif
