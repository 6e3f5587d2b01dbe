/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opening: player_open on a thread of its own, as loading libmpv takes longer
 * than a key may wait. Main thread only.
 */
#ifndef MIEN_PLAYER_OPENING_H
#define MIEN_PLAYER_OPENING_H

#include "player/player.h"

struct opening;

/* The texts of opts are borrowed until opening_end. */
enum status opening_begin(struct opening **out, const struct player_opts *opts);

/* An eventfd, readable once opening_end does not wait. */
int opening_fd(const struct opening *opening);

/*
 * Waits for player_open, gives its player and status and frees opening. With
 * NULL, which is allowed, out is NULL.
 */
enum status opening_end(struct opening *opening, struct player **out,
			struct fault *fault);

#endif
