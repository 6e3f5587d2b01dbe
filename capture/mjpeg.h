/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mjpeg: the JPEG pictures of a camera into frames, where libv4l2 does not:
 * it gives up on those whose sides are no multiples of a JPEG block. Private
 * to capture/.
 */
#ifndef MIEN_CAPTURE_MJPEG_H
#define MIEN_CAPTURE_MJPEG_H

#include "capture/frame.h"

#include <stddef.h>

struct mjpeg;

/* For pictures of at most `most` bytes. Loads ffmpeg's libraries. One thread
 * at a time uses it. */
enum status mjpeg_new(struct mjpeg **out, size_t most, struct fault *fault);
void mjpeg_free(struct mjpeg *mjpeg); /* NULL is allowed */

/* NULL: bytes hold no picture, or there is no frame for it. */
struct frame *mjpeg_frame(struct mjpeg *mjpeg, const void *bytes, size_t size,
			  struct frame_pool *pool);

#endif
