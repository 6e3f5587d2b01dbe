/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crop: a face of a frame, levelled by its eyes, as the 48x48 grey picture
 * that the emotion network was taught with. Pure.
 */
#ifndef MIEN_MODEL_CROP_H
#define MIEN_MODEL_CROP_H

#include "model/detect.h"

#define CROP_SIDE 48

/* Tilts beyond this (radians) are taken for bad eyes and left alone. */
#define CROP_MAX_TILT 0.8f

/*
 * Fills out, row by row. What lies outside of the frame repeats its edge.
 * Shrinks by averaging, enlarges bilinearly. Allocates nothing.
 */
void crop_face(const struct frame *frame, const struct detection *face,
	       uint8_t out[CROP_SIDE * CROP_SIDE]);

#endif
