/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * glance: a frame's light in a few hundred numbers: how bright, how uneven,
 * and whether anything is other than it was. Pure. Knows nothing of faces.
 */
#ifndef MIEN_MODEL_GLANCE_H
#define MIEN_MODEL_GLANCE_H

#include "capture/frame.h"

#include <stdbool.h>

#define GLANCE_COLS 32
#define GLANCE_ROWS 24

/* Another mean of a cell by more than so much, of 255 levels, is a change. A
 * camera's noise (3 levels a pixel) moves a mean by a third of a level; a
 * blink moves those of a face that is near by ten. */
#define GLANCE_CHANGE 2.5f

/* A plain value. */
struct glance {
	int width, height; /* of the frame; 0: none was seen */
	float brightness;  /* mean, 0..1 */
	float contrast;    /* standard deviation, 0..1 */
	float structure;   /* of the means of 8x8 parts, 0..1: noise fades */
	float cells[GLANCE_ROWS][GLANCE_COLS]; /* means, 0..255 */
};

/* Reads every fourth row of frame's luma. */
void glance_take(struct glance *out, const struct frame *frame);

bool glance_differs(const struct glance *a, const struct glance *b);

#endif
