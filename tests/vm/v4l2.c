/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * v4l2: what other programs do with a camera, past mien.
 *
 *   v4l2 set DEVICE CONTROL VALUE   a control or button of the driver, by name
 *   v4l2 faults DEVICE              names the controls that inject faults
 *   v4l2 hold DEVICE                streams from it until it is killed
 *   v4l2 feed DEVICE WIDTHxHEIGHT RATE YUYV
 *                                   shows a picture until it is killed
 */
#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static int fail(const char *doing)
{
	fprintf(stderr, "v4l2: %s: %s\n", doing, strerror(errno));
	return 1;
}

/* Calls each for all controls, until it returns true. */
static bool controls(int fd, bool (*each)(int, struct v4l2_queryctrl *, void *),
		     void *user)
{
	struct v4l2_queryctrl q = {.id = V4L2_CTRL_FLAG_NEXT_CTRL};

	while (!ioctl(fd, VIDIOC_QUERYCTRL, &q)) {
		if (each(fd, &q, user))
			return true;
		q.id |= V4L2_CTRL_FLAG_NEXT_CTRL;
	}
	return false;
}

struct setting {
	const char *name;
	int value;
};

static bool set_if_named(int fd, struct v4l2_queryctrl *q, void *user)
{
	const struct setting *setting = user;
	struct v4l2_control control = {.id = q->id, .value = setting->value};

	return !strcmp((const char *)q->name, setting->name) &&
	       !ioctl(fd, VIDIOC_S_CTRL, &control);
}

static int set(int fd, const char *name, const char *value)
{
	struct setting setting = {name, atoi(value)};

	return controls(fd, set_if_named, &setting) ? 0 : fail(name);
}

static bool print_if_fault(int fd, struct v4l2_queryctrl *q, void *user)
{
	const char *name = (const char *)q->name;

	(void)fd;
	(void)user;
	if (!strncmp(name, "Inject", 6) || !strcmp(name, "Disconnect") ||
	    strstr(name, "Dropped") || strstr(name, "Wrap"))
		puts(name);
	return false;
}

static int hold(int fd)
{
	enum v4l2_buf_type type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
	struct v4l2_requestbuffers request = {
		.count = 2, .type = type, .memory = V4L2_MEMORY_MMAP};

	if (ioctl(fd, VIDIOC_REQBUFS, &request) ||
	    ioctl(fd, VIDIOC_STREAMON, &type))
		return fail("streaming");
	for (;;)
		pause();
}

/* ---- the feeder of v4l2loopback ------------------------------------------ */

static int feed(int fd, const char *size, double rate, const char *path)
{
	struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_OUTPUT};
	struct v4l2_pix_format *pix = &format.fmt.pix;
	FILE *file = fopen(path, "rb");
	unsigned width, height;
	static char picture[4 << 20];

	if (!file || sscanf(size, "%ux%u", &width, &height) != 2)
		return fail(path);
	pix->width = width;
	pix->height = height;
	pix->pixelformat = V4L2_PIX_FMT_YUYV;
	pix->field = V4L2_FIELD_NONE;
	pix->bytesperline = pix->width * 2;
	pix->sizeimage = pix->bytesperline * pix->height;
	pix->colorspace = V4L2_COLORSPACE_SRGB;
	if (fread(picture, 1, pix->sizeimage, file) != pix->sizeimage)
		return fail(path);
	if (ioctl(fd, VIDIOC_S_FMT, &format))
		return fail("choosing the format");
	/* While a reader has it open, the last one's size is given instead. */
	if (pix->width != width || pix->height != height)
		return 1;
	for (;;) {
		struct timespec between = {0, (long)(1e9 / rate)};

		if (write(fd, picture, pix->sizeimage) < 0)
			return fail("writing a picture");
		nanosleep(&between, NULL);
	}
}

int main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[1] : "";
	int fd = argc > 2 ? open(argv[2], O_RDWR | O_CLOEXEC) : -1;

	if (argc > 2 && fd < 0)
		return fail(argv[2]);
	if (argc == 5 && !strcmp(what, "set"))
		return set(fd, argv[3], argv[4]);
	if (argc == 3 && !strcmp(what, "faults"))
		return controls(fd, print_if_fault, NULL);
	if (argc == 3 && !strcmp(what, "hold"))
		return hold(fd);
	if (argc == 6 && !strcmp(what, "feed"))
		return feed(fd, argv[3], atof(argv[4]), argv[5]);
	fputs("usage: v4l2 set|faults|hold|feed DEVICE ...\n", stderr);
	return 64;
}
