/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slots: plain searches through a few. */
#include "player/slots.h"

#include <stddef.h>

struct slot *slots_take(struct slot *slots)
{
	struct slot *oldest = &slots[0];

	for (int i = 0; i < SLOTS; i++) {
		if (!slots[i].ticket)
			return &slots[i];
		if (slots[i].ticket < oldest->ticket)
			oldest = &slots[i];
	}
	return oldest;
}

struct slot *slots_by_ticket(struct slot *slots, uint64_t ticket)
{
	for (int i = 0; ticket && i < SLOTS; i++)
		if (slots[i].ticket == ticket)
			return &slots[i];
	return NULL;
}

struct slot *slots_by_id(struct slot *slots, int64_t id)
{
	for (int i = 0; i < SLOTS; i++)
		if (slots[i].ticket && slots[i].first_id &&
		    id >= slots[i].first_id && id <= slots[i].last_id)
			return &slots[i];
	return NULL;
}

void slots_drop(struct slot *slots)
{
	for (int i = 0; i < SLOTS; i++)
		slots[i].dropped = true;
}

bool slots_any(const struct slot *slots)
{
	for (int i = 0; i < SLOTS; i++)
		if (slots[i].ticket && !slots[i].dropped)
			return true;
	return false;
}
