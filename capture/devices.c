/* SPDX-License-Identifier: GPL-3.0-or-later */
/* devices: asks every /dev/videoN what it is and what it offers. */
#include "capture/devices.h"

#include "base/text.h"
#include "capture/v4l2.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* The numbers N of all /dev/videoN, ascending. */
static int list_numbers(int *numbers, int max)
{
	DIR *folder = opendir("/dev");
	const struct dirent *entry;
	int count = 0;

	if (!folder)
		return 0;
	while (count < max && (entry = readdir(folder))) {
		int used = 0;

		if (sscanf(entry->d_name, "video%d%n", &numbers[count],
			   &used) == 1 &&
		    !entry->d_name[used])
			count++;
	}
	closedir(folder);
	qsort(numbers, (size_t)count, sizeof(*numbers), by_number);
	return count;
}

/* ---- what it offers ------------------------------------------------------ */

static double rate_of(struct v4l2_fract interval)
{
	return interval.numerator
		       ? (double)interval.denominator / interval.numerator
		       : 0;
}

static double highest_rate(int fd, uint32_t format, uint32_t width,
			   uint32_t height)
{
	struct v4l2_frmivalenum e = {
		.pixel_format = format, .width = width, .height = height};
	double best = 0;

	for (; !v4l2_ask(fd, VIDIOC_ENUM_FRAMEINTERVALS, &e); e.index++) {
		bool steps = e.type != V4L2_FRMIVAL_TYPE_DISCRETE;
		double rate = rate_of(steps ? e.stepwise.min : e.discrete);

		if (rate > best)
			best = rate;
		if (steps)
			break;
	}
	return best;
}

static void add_mode(struct device *d, int fd, const struct v4l2_fmtdesc *f,
		     uint32_t width, uint32_t height)
{
	struct device_mode *mode = &d->modes[d->mode_count];

	if (d->mode_count == DEVICES_MODES_MAX)
		return;
	d->mode_count++;
	v4l2_fourcc_text(f->pixelformat, mode->format);
	mode->emulated = f->flags & V4L2_FMT_FLAG_EMULATED;
	mode->width = (int)width;
	mode->height = (int)height;
	mode->rate = highest_rate(fd, f->pixelformat, width, height);
}

static void list_sizes(struct device *d, int fd, const struct v4l2_fmtdesc *f)
{
	struct v4l2_frmsizeenum e = {.pixel_format = f->pixelformat};

	for (; !v4l2_ask(fd, VIDIOC_ENUM_FRAMESIZES, &e); e.index++) {
		if (e.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
			add_mode(d, fd, f, e.discrete.width, e.discrete.height);
			continue;
		}
		add_mode(d, fd, f, e.stepwise.min_width, e.stepwise.min_height);
		add_mode(d, fd, f, e.stepwise.max_width, e.stepwise.max_height);
		break;
	}
}

static void list_modes(struct device *d, int fd)
{
	struct v4l2_fmtdesc f = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};

	for (; !v4l2_ask(fd, VIDIOC_ENUM_FMT, &f); f.index++)
		list_sizes(d, fd, &f);
}

/* ---- what it is ---------------------------------------------------------- */

static void ask_device(struct device *d, int number, bool modes)
{
	struct v4l2_capability caps;
	int fd;

	*d = (struct device){0};
	snprintf(d->path, sizeof(d->path), "/dev/video%d", number);
	fd = v4l2_open_node(d->path);
	if (fd < 0) {
		d->status = fault_set_errno(NULL, errno, NULL, "");
		return;
	}
	if (v4l2_ask(fd, VIDIOC_QUERYCAP, &caps)) {
		d->status = fault_set_errno(NULL, errno, NULL, "");
	} else {
		v4l2_text(d->name, sizeof(d->name), caps.card);
		v4l2_text(d->driver, sizeof(d->driver), caps.driver);
		v4l2_text(d->bus, sizeof(d->bus), caps.bus_info);
		d->captures = v4l2_captures(&caps);
		if (modes && d->captures)
			list_modes(d, fd);
	}
	v4l2_close_node(fd);
}

static int ask_all(struct device *devices, int max, bool modes)
{
	int numbers[DEVICES_MAX];
	int count =
		list_numbers(numbers, max < DEVICES_MAX ? max : DEVICES_MAX);

	for (int i = 0; i < count; i++)
		ask_device(&devices[i], numbers[i], modes);
	return count;
}

int devices_identify(struct device *devices, int max)
{
	return ask_all(devices, max, false);
}

enum status devices_list(struct device *devices, int max, int *count)
{
	*count = ask_all(devices, max, true);
	return STATUS_OK;
}
