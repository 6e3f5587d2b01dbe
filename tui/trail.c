/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trail: a ring whose slots carry their own second, so that gaps are known. */
#include "tui/trail.h"

#include "base/clock.h"

#include <string.h>

static int64_t second_of(int64_t ns)
{
	return ns / CLOCK_NS_PER_S;
}

void trail_add(struct trail *trail, int64_t now_ns, enum emotion mood,
	       const float scores[EMOTION_COUNT])
{
	int64_t second = second_of(now_ns);
	struct trail_slot *slot = &trail->slots[second % TRAIL_SECONDS];
	bool kept = slot->second == second && slot->face && !scores;

	slot->mood = mood;
	if (kept)
		return;
	slot->second = second;
	slot->face = scores != NULL;
	if (scores)
		memcpy(slot->scores, scores, sizeof(slot->scores));
	else
		memset(slot->scores, 0, sizeof(slot->scores));
}

const struct trail_slot *trail_at(const struct trail *trail, int64_t now_ns,
				  int seconds_ago)
{
	int64_t second = second_of(now_ns) - seconds_ago;
	const struct trail_slot *slot;

	if (second <= 0 || seconds_ago < 0 || seconds_ago >= TRAIL_SECONDS)
		return NULL;
	slot = &trail->slots[second % TRAIL_SECONDS];
	return slot->second == second ? slot : NULL;
}

float trail_mean(const struct trail *trail, int64_t now_ns,
		 enum emotion emotion, int seconds_ago, int count)
{
	float sum = 0;
	int n = 0;

	for (int i = 0; i < count; i++) {
		const struct trail_slot *slot =
			trail_at(trail, now_ns, seconds_ago + i);

		if (slot && slot->face) {
			sum += slot->scores[emotion];
			n++;
		}
	}
	return n ? sum / (float)n : -1;
}
