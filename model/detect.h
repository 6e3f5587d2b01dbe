/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * detect: where the faces and their eyes are in one frame. The network is
 * BlazeFace-front (weights/NOTICE.face). One detector belongs to one thread.
 */
#ifndef MIEN_MODEL_DETECT_H
#define MIEN_MODEL_DETECT_H

#include "base/status.h"
#include "capture/frame.h"

#include <stdbool.h>

/* Scores that say: surely a face; still the face that was here. */
#define DETECT_START 0.65f
#define DETECT_KEEP  0.50f

/* Overlap from which two boxes are one face: MediaPipe's own setting. */
#define DETECT_SAME 0.3f

#define DETECT_MAX 32 /* faces in one frame */

/* A plain value, in pixels of the frame; may reach over its edge. */
struct detection {
	float x, y, width, height; /* box: brow to chin, upright */
	float score;               /* 0..1 */
	float eyes[2][2];          /* x, y of the viewer's left, right eye */
	/* Where the nose stands between the ears: 0 in the middle, 1 at the
	 * viewer's right ear, -1 at the left, beyond in profile. */
	float turn;
};

/*
 * The network sees 256x192 pixels and faces of about 10 to 120 of them.
 * DETECT_NEAR shows it the frame at half the size, for faces that fill it.
 */
enum detect_range { DETECT_FAR, DETECT_NEAR };

/*
 * A face wider than this share of the frame is better seen at half the size.
 * Of 120 faces of FER2013 pasted into a frame, a fifth to a third of it wide,
 * both ranges find 95 in 100; at 0.42 DETECT_FAR finds 84, at 0.53 62, and
 * DETECT_NEAR 97 and 95.
 */
#define DETECT_NEAR_FROM 0.40f

/*
 * Faces of 14 pixels in a frame of 320x240 are too small for DETECT_FAR; they
 * are seen in a tile, so much of the frame's width and height. Four tiles
 * cover the frame and overlap by more than the faces that need them.
 */
#define DETECT_TILES 4
#define DETECT_TILE  0.56f

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

/*
 * The same in one tile, whose middle lies at x, y or as close to it as the
 * frame allows. Faces that the tile's edge may cut are left out, but for those
 * at the frame's own edge.
 */
enum status detect_tile(struct detect *detect, const struct frame *frame,
			float x, float y, struct detection found[DETECT_MAX],
			int *count);

/* The middle of tile i of DETECT_TILES. */
void detect_tile_middle(const struct frame *frame, int i, float middle[2]);

/*
 * Looks again at what may be a face, at another size: a face has a good score
 * there too, and what only looked like one has not. When it is one, *face then
 * is as that look saw it, with the better of the scores; otherwise its score is
 * DETECT_KEEP at most. One or two passes of the network.
 */
enum status detect_look(struct detect *detect, const struct frame *frame,
			struct detection *face);

/*
 * The passes of a look one by one, for frames that have no time for two: pass
 * 0 of DETECT_LOOKS, and so on until *sure. *face is as it was until then.
 */
#define DETECT_LOOKS 2
enum status detect_look_once(struct detect *detect, const struct frame *frame,
			     int pass, struct detection *face, bool *sure);

/*
 * All ranges and tiles, as far as they can bring more, and a look at each that
 * has DETECT_START: for a picture that stands alone. Each face once.
 */
enum status detect_still(struct detect *detect, const struct frame *frame,
			 struct detection found[DETECT_MAX], int *count);

/*
 * Appends what is new of more to found, at most DETECT_MAX in all; where both
 * have a face, the first is kept unless only the other is sure, with the
 * better score. Returns the count.
 */
int detect_join(struct detection found[DETECT_MAX], int count,
		const struct detection *more, int more_count);

/* Whether one of found is surely this face. */
bool detect_has(const struct detection *found, int count,
		const struct detection *face);

/* Intersection over union of the boxes, 0..1. */
float detect_overlap(const struct detection *a, const struct detection *b);

#endif
