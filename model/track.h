/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * track: which detection is whose face, from frame to frame. Numbers the
 * faces, bridges short gaps, calms boxes and eyes. Pure: time comes in as an
 * argument.
 */
#ifndef MIEN_MODEL_TRACK_H
#define MIEN_MODEL_TRACK_H

#include "model/detect.h"

#include <stdbool.h>

#define TRACK_MAX 16 /* faces remembered */

/* A face that is missed stays where it was so long: a blink of the detector. */
#define TRACK_HOLD_NS INT64_C(400000000)
/* And comes back under its number within so long. */
#define TRACK_MEMORY_NS INT64_C(2000000000)

/* A plain value. */
struct track {
	uint32_t id;            /* from 1; 0: this slot is free */
	struct detection face;  /* calmed */
	struct detection found; /* as detected last */
	int64_t seen_ns;
	bool seen;         /* in this very frame */
	bool shown;        /* seen, or missed for less than TRACK_HOLD_NS */
	float velocity[3]; /* calmed: of x, y, log of width; widths a second */
};

/* Embedded by value. A face keeps its slot as long as its number. */
struct tracker {
	struct track tracks[TRACK_MAX];
	uint32_t last_id;
};

void track_init(struct tracker *tracker);

/* Whether a track would claim what was found: it need not be a new face. */
bool track_knows(const struct tracker *tracker, const struct detection *found,
		 int64_t now_ns);

/*
 * Takes what was found at now_ns in. A detection that no track claims starts
 * one when its score is DETECT_START or more and a slot is free.
 */
void track_update(struct tracker *tracker, const struct detection *found,
		  int count, int64_t now_ns);

/* Slots of the shown faces, widest first, at most max; returns how many. */
int track_shown(const struct tracker *tracker, int *slots, int max);

#endif
