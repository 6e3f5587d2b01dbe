/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trail: the last five minutes of moods and scores, a slot a second. Pure. */
#ifndef MIEN_TUI_TRAIL_H
#define MIEN_TUI_TRAIL_H

#include "model/emotion.h"

#include <stdbool.h>
#include <stdint.h>

#define TRAIL_SECONDS 300

struct trail_slot {
	int64_t second; /* of CLOCK_MONOTONIC; 0: never filled */
	bool face;      /* the scores are of a face */
	enum emotion mood;
	float scores[EMOTION_COUNT];
};

/* All zero is an empty trail. */
struct trail {
	struct trail_slot slots[TRAIL_SECONDS];
};

/* Over what the second held before. scores NULL: no face was seen. */
void trail_add(struct trail *trail, int64_t now_ns, enum emotion mood,
	       const float scores[EMOTION_COUNT]);

/* What was so many seconds ago; NULL: nothing is known. */
const struct trail_slot *trail_at(const struct trail *trail, int64_t now_ns,
				  int seconds_ago);

/* Mean score of an emotion over seconds (count) that ended so long ago; less
 * than 0 where no face was seen in them. */
float trail_mean(const struct trail *trail, int64_t now_ns,
		 enum emotion emotion, int seconds_ago, int count);

#endif
