/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pool: a few hundred songs out of any number, drawn where they are wanted on
 * the plane. Seen by this room only.
 */
#ifndef MIEN_CATALOG_POOL_H
#define MIEN_CATALOG_POOL_H

#include "base/rng.h"
#include "catalog/grid.h"
#include "catalog/score.h"
#include "catalog/store.h"

#define POOL_ROOM 512
/* A thousand takes some milliseconds. */
#define POOL_LEFT_OUT 4096

struct pool_song {
	struct song song;
	int since;   /* picks since one of its artist; INT_MAX: none */
	bool spaced; /* that is long enough ago */
};

struct pool {
	struct pool_song songs[POOL_ROOM];
	int count;
	int spaced;   /* how many of these are spaced */
	int left_out; /* how many may not be played */
};

/* Where to look, and for how many. */
struct pool_search {
	int cells[GRID_SQUARES + 1]; /* in this order */
	int cell_count;
	int per_cell;    /* spaced songs from one cell, at most */
	int wanted;      /* spaced songs in the pool: enough */
	bool known_only; /* liked, or played before */
};

/* What the picker remembers, asked for every song. */
struct pool_guard {
	bool (*is_heard)(int64_t id, const void *user);
	int (*since_artist)(int64_t artist, const void *user);
	const void *user;
	/* NULL: any; asked of an address, with its own user: a look into
	 * another table for each song */
	catalog_may_play_fn *may_play;
	void *player;
	int artist_gap;
	int emotion;
	int64_t now;
};

/* Adds to pool. Heard, failing and banned songs are left out, and such as may
 * not be played; after POOL_LEFT_OUT of these it looks no further. */
enum status pool_fill(struct pool *pool, struct catalog *catalog,
		      const struct pool_search *search,
		      const struct pool_guard *guard, struct rng *rng);

#endif
