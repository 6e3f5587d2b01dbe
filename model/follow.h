/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * follow: where a face went since it was detected, by how its place looked: a
 * patch of luma is looked for around it. A hundredth of the detector's work.
 * Pure. Knows nothing of networks.
 */
#ifndef MIEN_MODEL_FOLLOW_H
#define MIEN_MODEL_FOLLOW_H

#include "model/detect.h"

#include <stdbool.h>

/* Means of luma over the face's box, and how far it is looked for, in these
 * cells: 10 of 24, so 0.4 of the box. */
#define FOLLOW_SIDE  24
#define FOLLOW_REACH 10

/* A plain value. */
struct follow {
	float x, y, cell; /* of the patch, in pixels of the frame */
	float texture;    /* how far its cells lie from their mean */
	uint8_t patch[FOLLOW_SIDE][FOLLOW_SIDE];
};

void follow_keep(struct follow *follow, const struct frame *frame,
		 const struct detection *face);

/*
 * How far the patch has moved, in pixels, looked for around guess (where it
 * was last). false: nothing there looks enough like it.
 */
bool follow_find(const struct follow *follow, const struct frame *frame,
		 const float guess[2], float moved[2]);

#endif
