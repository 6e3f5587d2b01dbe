/* SPDX-License-Identifier: GPL-3.0-or-later */
/* songs: a few songs for one mood, for the commands that ask once and leave. */
#ifndef MIEN_TUI_SONGS_H
#define MIEN_TUI_SONGS_H

#include "base/config.h"
#include "catalog/picker.h"

#define SONGS_MIN 3
#define SONGS_MAX 16

struct songs {
	struct track list[SONGS_MAX];
	int count;
};

/*
 * As many as the queue is long, SONGS_MIN at least, by config's policy; fewer
 * when the catalog has no more. Each call starts over: the same seed, mood and
 * catalog give the same songs.
 */
enum status songs_pick(struct songs *out, struct catalog *catalog,
		       const struct config *config, uint64_t seed,
		       const struct mood *mood, struct fault *fault);

/* For people, numbered, on stdout. */
void songs_print(const struct songs *songs);

#endif
