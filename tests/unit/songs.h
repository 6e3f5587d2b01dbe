/* SPDX-License-Identifier: GPL-3.0-or-later */
/* songs: a sink that keeps what readers of lists find, for their tests. */
#ifndef MIEN_TESTS_SONGS_H
#define MIEN_TESTS_SONGS_H

#include "etl/song.h"

struct songs {
	struct song all[16];
	unsigned lines[16];
	int count, stop_after; /* 0: never */
	int bad;
	struct fault last_bad;
};

struct sink songs_sink(struct songs *songs);

/* A copy on the heap of exactly length bytes and a NUL: a byte too far read
 * is seen by the sanitizers. */
char *songs_text(const char *text, size_t length);

#endif
