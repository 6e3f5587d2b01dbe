/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * v4l2: the few calls to libv4l2 that listing devices and streaming from one
 * have in common. Inside this room only.
 */
#ifndef MIEN_CAPTURE_V4L2_H
#define MIEN_CAPTURE_V4L2_H

#include <linux/videodev2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Non-blocking, through libv4l2, which is kept from printing. -1 and errno. */
int v4l2_open_node(const char *path);
void v4l2_close_node(int fd);

/* v4l2_ioctl until no signal interrupts it. 0, or -1 and errno. */
int v4l2_ask(int fd, unsigned long request, void *argument);

/* Whether this very node (not only its driver) streams pictures in. */
bool v4l2_captures(const struct v4l2_capability *caps);

/* A driver's text, cleaned; a fourcc as text ("YUYV"). */
void v4l2_text(char *out, size_t size, const uint8_t *from);
void v4l2_fourcc_text(uint32_t fourcc, char out[8]);

#endif
