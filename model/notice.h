/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * notice: why a face cannot be read, or none be found: named instead of
 * guessed at. Pure. How the limits were found: docs/model.md.
 */
#ifndef MIEN_MODEL_NOTICE_H
#define MIEN_MODEL_NOTICE_H

#include "model/crop.h"

/* Bits, the most telling first. */
enum notice {
	NOTICE_COVERED = 1 << 0, /* of a frame: there is nothing to be seen */
	NOTICE_DARK = 1 << 1,    /* of a frame or a face: too little light */
	NOTICE_AWAY = 1 << 2,    /* of a face: turned away */
	NOTICE_BLURRED = 1 << 3, /* of a face: it moves, or is out of focus */
};

/* Of a frame's luma: its mean, and how far the means of its parts lie apart
 * (standard deviation); both 0..1. */
unsigned notice_frame(float brightness, float structure);

/* Of a face and its crop. 0: it can be read. */
unsigned notice_face(const struct detection *face,
		     const uint8_t crop[CROP_SIDE * CROP_SIDE]);

/* How much fine detail there is beside the coarse, of any light: 0 none. */
float notice_sharpness(const uint8_t crop[CROP_SIDE * CROP_SIDE]);

/* "too dark to read", "lens covered?" ...: the most telling; "" for 0. */
const char *notice_text(unsigned notices);

#endif
