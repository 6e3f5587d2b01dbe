/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scale: a decoded picture of any pixel format, size and orientation into a
 * frame: full-range planar YUV (or grey), upright, at most FRAME_MAX.
 */
#ifndef MIEN_CAPTURE_SCALE_H
#define MIEN_CAPTURE_SCALE_H

#include "capture/frame.h"

#include <libavutil/frame.h>

struct scale;

enum status scale_new(struct scale **out);
void scale_free(struct scale *scale); /* NULL is allowed */

/*
 * matrix: the nine numbers of a display matrix (libavutil/display.h) that
 * apply to picture, or NULL. STATUS_AGAIN without a free frame. Allocates
 * only when format, size or orientation differ from the last picture's.
 */
enum status scale_frame(struct scale *scale, const AVFrame *picture,
			const int32_t *matrix, struct frame_pool *pool,
			struct frame **out);

#endif
