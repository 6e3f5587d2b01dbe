/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crowd: frames of any size with any number of faces in them (the demo's two
 * portraits, again and again), that stand or sway, under a sensor's noise.
 */
#ifndef MIEN_BENCH_CROWD_H
#define MIEN_BENCH_CROWD_H

#include "capture/frame.h"

struct crowd;

/* Loads the portraits; frames are width x height. */
enum status crowd_open(struct crowd **out, int width, int height,
		       struct fault *fault);
void crowd_close(struct crowd *crowd); /* NULL is allowed */

/*
 * The frame with so many faces after t seconds, the crowd's own: painted over
 * by the next call. Counts and times it as a camera would.
 */
const struct frame *crowd_paint(struct crowd *crowd, int faces, double t);

/*
 * A face as a sketch: an oval with eyes and a mouth before a chequered wall,
 * which sways as one of the crowd does. What moves are edges alone.
 */
const struct frame *crowd_sketch(struct crowd *crowd, double t);

#endif
