/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * detect: where the faces and their eyes are in one frame. The network is
 * BlazeFace-front (weights/NOTICE.face). One detector belongs to one thread.
 */
#ifndef MIEN_MODEL_DETECT_H
#define MIEN_MODEL_DETECT_H

#include "base/status.h"
#include "capture/frame.h"

/* Scores that say: surely a face; still the face that was here. */
#define DETECT_START 0.65f
#define DETECT_KEEP  0.50f

#define DETECT_MAX 32 /* faces in one frame */

/* A plain value, in pixels of the frame; may reach over its edge. */
struct detection {
	float x, y, width, height; /* box: brow to chin, upright */
	float score;               /* 0..1 */
	float eyes[2][2];          /* x, y of the viewer's left, right eye */
};

/*
 * The network sees 256x192 pixels and faces of about 10 to 120 of them.
 * DETECT_NEAR shows it the frame at half the size, for faces that fill it.
 */
enum detect_range { DETECT_FAR, DETECT_NEAR };

struct detect;

/* Opens folder/face.cfg and folder/face.weights: see engine_open. */
enum status detect_open(struct detect **out, const char *folder,
			struct fault *fault);
void detect_close(struct detect *detect); /* NULL is allowed */

/*
 * The faces of frame with a score of DETECT_KEEP or more, best first, into
 * found; *count how many. Allocates nothing.
 */
enum status detect_faces(struct detect *detect, const struct frame *frame,
			 enum detect_range range,
			 struct detection found[DETECT_MAX], int *count);

/* Intersection over union of the boxes, 0..1. */
float detect_overlap(const struct detection *a, const struct detection *b);

#endif
