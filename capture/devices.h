/* SPDX-License-Identifier: GPL-3.0-or-later */
/* devices: the V4L2 cameras of this machine and what they offer. */
#ifndef MIEN_CAPTURE_DEVICES_H
#define MIEN_CAPTURE_DEVICES_H

#include "base/status.h"

#include <stdbool.h>

#define DEVICES_MAX       32
#define DEVICES_MODES_MAX 128

struct device_mode {
	char format[8]; /* fourcc as text, e.g. "MJPG" */
	bool emulated;  /* converted by libv4l2 */
	int width, height;
	double rate; /* the highest, frames a second; 0 unknown */
};

struct device {
	char path[64]; /* /dev/video0 */
	char name[64]; /* sanitised */
	char driver[32], bus[64];
	bool captures;      /* false: a metadata, output or encoder node */
	enum status status; /* STATUS_BUSY, STATUS_DENIED: why not opened */
	int mode_count;
	struct device_mode modes[DEVICES_MODES_MAX];
};

/*
 * Fills at most max devices in the order of their numbers; *count how many.
 * Opens each node for a moment. Any thread; blocks as drivers do.
 */
enum status devices_list(struct device *devices, int max, int *count);

/* The same without the modes, which is quick; returns how many. */
int devices_identify(struct device *devices, int max);

#endif
