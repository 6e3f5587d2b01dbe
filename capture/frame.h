/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frame: one picture, as it is handed from the camera to whoever looks at it,
 * and the fixed pool that it comes from. Nothing allocates once a pool stands.
 */
#ifndef MIEN_CAPTURE_FRAME_H
#define MIEN_CAPTURE_FRAME_H

#include "base/status.h"

#include <stdint.h>

/* The largest picture that enters; sources scale down what is larger. */
#define FRAME_MAX_WIDTH  1920
#define FRAME_MAX_HEIGHT 1920

/*
 * Planar YUV, full range, 4:2:0. luma: height rows of stride bytes. u and v:
 * (height+1)/2 rows of chroma_stride bytes, or both NULL where the source is
 * grey. Written by the capture thread until it is published, read only after.
 * Refcounted: the last unref gives it back to its pool.
 */
struct frame {
	uint8_t *luma, *u, *v;
	int width, height, stride, chroma_stride;
	uint32_t sequence;   /* counts published frames from 1 */
	int64_t captured_ns; /* CLOCK_MONOTONIC at the sensor or the read */
	int64_t media_ns;    /* position in a file, 0 for a camera */
};

struct frame_pool;

/* count frames of at most width x height; all memory is taken here. */
enum status frame_pool_new(struct frame_pool **out, int count, int width,
			   int height);

/* The pool lives on until its last frame is given back. NULL is allowed. */
void frame_pool_free(struct frame_pool *pool);

/*
 * A free frame with one reference, its size set to width x height (chroma
 * planes present when color), or NULL: all in use, or too large. Any thread;
 * never allocates, never blocks.
 */
struct frame *frame_take(struct frame_pool *pool, int width, int height,
			 int color);

struct frame *frame_ref(struct frame *frame);
void frame_unref(struct frame *frame); /* NULL is allowed */

#endif
