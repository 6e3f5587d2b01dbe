/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * letterbox: a frame of any size into the fixed input of a network: shrunk by
 * averaging areas (or enlarged bilinearly), top left, zero where nothing is.
 */
#ifndef MIEN_MODEL_LETTERBOX_H
#define MIEN_MODEL_LETTERBOX_H

#include "capture/frame.h"
#include "model/engine.h"

#define LETTERBOX_MAX 512 /* the widest and highest input */

/*
 * How one side of a plane comes down to at most LETTERBOX_MAX values: value i
 * is norm * (head * s[first] + all between + tail * s[last]).
 */
struct letterbox_axis {
	int count;
	float norm;
	struct {
		int first, last;
		float head, tail;
	} at[LETTERBOX_MAX];
};

/* Embedded by value, all zero before its first use; letterbox.c's own. */
struct letterbox {
	int frame_width, frame_height, fit_width, fit_height; /* maps are for */
	struct letterbox_axis luma_x, luma_y, chroma_x, chroma_y;
	float sums[FRAME_MAX_WIDTH];  /* one row, still at the frame's width */
	float rows[3][LETTERBOX_MAX]; /* Y, U, V of one row of the input */
};

/*
 * Fills the three planes of input with R, G, B (luma thrice where the frame
 * is grey) as p / 127.5 - 1. The picture takes at most 1/shrink (1 or more) of
 * the input's sides: a face too large for the network gets smaller. Allocates
 * nothing; computes maps when the sizes changed. scale (of x, of y) leads
 * from the frame's pixels to the input's.
 */
void letterbox_fill(struct letterbox *box, const struct frame *frame,
		    const struct engine_planes *input, float shrink,
		    float scale[2]);

#endif
