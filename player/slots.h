/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slots: tracks that mpv was asked to load, until it plays them. */
#ifndef MIEN_PLAYER_SLOTS_H
#define MIEN_PLAYER_SLOTS_H

#include "catalog/track.h"

#include <stdbool.h>

#define SLOTS 8

/*
 * A track on its way through mpv: sent (ids unknown), listed (ids known),
 * current. A dropped one was taken out of the playlist, yet may have begun
 * before mpv heard of it, so its ids are kept until the slot is needed.
 */
struct slot {
	uint64_t ticket; /* of the loadfile command; 0: the slot is free */
	int64_t first_id, last_id; /* 0: not listed yet */
	bool dropped;
	struct track track;
};

/* slots: SLOTS of them. */
struct slot *slots_take(struct slot *slots); /* a free one, or the oldest */
struct slot *slots_by_ticket(struct slot *slots, uint64_t ticket);
struct slot *slots_by_id(struct slot *slots, int64_t id);
void slots_drop(struct slot *slots);      /* all of them */
bool slots_any(const struct slot *slots); /* that is not dropped */

#endif
