/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * camera: capture/ against the kernel's own test driver, vivid, whose buttons
 * make it do what cameras do wrong. Runs as root in the virtual machine that
 * check.sh starts, loads and unloads the driver itself, prints TAP.
 */
#include "base/clock.h"
#include "capture/capture.h"
#include "capture/devices.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PATIENCE_MS 20000 /* under emulation everything is slow */

static int failures;
static char modprobe[512];

static void check(bool good, const char *name)
{
	printf("%s - camera: %s\n", good ? "ok" : "not ok", name);
	failures += !good;
}

static void load(int number)
{
	char command[640];

	snprintf(command, sizeof(command),
		 "%s vivid n_devs=1 node_types=0x1 num_inputs=1 input_types=0 "
		 "vid_cap_nr=%d",
		 modprobe, number);
	if (system(command))
		printf("# %s failed\n", command);
}

/*
 * Succeeds only when nothing has the device open. By the system call: vivid
 * plugs itself in again when it is let go of, and modprobe is slower than
 * capture finds it then.
 */
static bool unload(void)
{
	for (int i = 0; i < 500; i++, usleep(10000))
		if (!syscall(SYS_delete_module, "vivid", O_NONBLOCK))
			return true;
	return false;
}

/* Presses the button of vivid that is called name. */
static bool press(const char *node, const char *name)
{
	struct v4l2_queryctrl q = {.id = V4L2_CTRL_FLAG_NEXT_CTRL};
	struct v4l2_control control = {.value = 1};
	int fd = open(node, O_RDWR | O_CLOEXEC);
	bool pressed = false;

	while (fd >= 0 && !pressed && !ioctl(fd, VIDIOC_QUERYCTRL, &q)) {
		control.id = q.id;
		if (!strcmp((const char *)q.name, name))
			pressed = !ioctl(fd, VIDIOC_S_CTRL, &control);
		q.id |= V4L2_CTRL_FLAG_NEXT_CTRL;
	}
	if (fd >= 0)
		close(fd);
	if (!pressed)
		printf("# no button \"%s\" on %s\n", name, node);
	return pressed;
}

static struct capture *start(const char *spec)
{
	struct capture_opts opts = {
		.spec = spec, .width = 320, .height = 180, .rate = 15};
	struct capture *capture = NULL;

	return capture_open(&capture, &opts, NULL) ? NULL : capture;
}

/* Until the state comes, and with it at least so many frames in all. */
static bool await(struct capture *c, enum capture_state state, uint64_t frames)
{
	int64_t end = clock_monotonic_ns() + PATIENCE_MS * CLOCK_NS_PER_MS;
	struct capture_status s;
	char sentence[512];

	do {
		struct pollfd fd = {.fd = capture_fd(c), .events = POLLIN};

		poll(&fd, 1, 20);
		capture_status(c, &s);
		if (s.state == state && s.frames >= frames)
			return true;
	} while (clock_monotonic_ns() < end);
	capture_sentence(&s, sentence, sizeof(sentence));
	printf("# wanted state %d and %lu frames; state %d, %lu frames: %s\n",
	       state, (unsigned long)frames, s.state, (unsigned long)s.frames,
	       sentence);
	return false;
}

static struct capture_status status_of(struct capture *c)
{
	struct capture_status s;

	capture_status(c, &s);
	return s;
}

/* ---- the tests ----------------------------------------------------------- */

static void lists_it(void)
{
	static struct device devices[DEVICES_MAX];
	bool found = false, size = false;
	int count = 0;

	devices_list(devices, DEVICES_MAX, &count);
	for (int i = 0; i < count; i++) {
		found |= devices[i].captures &&
			 !strcmp(devices[i].name, "vivid") &&
			 !strcmp(devices[i].path, "/dev/video0");
		for (int k = 0; k < devices[i].mode_count; k++)
			size |= devices[i].modes[k].width == 320 &&
				devices[i].modes[k].height == 180 &&
				devices[i].modes[k].rate > 1;
	}
	check(found, "devices_list names it");
	check(size, "devices_list knows its sizes and rates");
}

static void streams(struct capture *c)
{
	struct capture_status s;
	struct frame *frame;

	check(await(c, CAPTURE_STREAMING, 10), "auto finds it and it streams");
	s = status_of(c);
	check(s.width == 320 && s.height == 180 && s.rate_asked > 14 &&
		      s.rate_asked < 16,
	      "its size and rate are negotiated and reported");
	frame = mailbox_take(capture_mailbox(c, CAPTURE_FOR_MODEL));
	/* Its colour bars run from white at the left to black at the right. */
	check(frame && frame->luma[frame->stride * 90 + 10] >
			       frame->luma[frame->stride * 90 + 300] + 100,
	      "its picture is the test pattern");
	frame_unref(frame);
}

static void survives_errors(struct capture *c)
{
	uint64_t skipped = status_of(c).skipped, frames, troubles;
	struct capture_status s;

	press("/dev/video0", "Inject V4L2_BUF_FLAG_ERROR");
	frames = status_of(c).frames;
	check(await(c, CAPTURE_STREAMING, frames + 10) &&
		      status_of(c).skipped == skipped + 1,
	      "a picture flagged as damaged is left out");
	troubles = status_of(c).troubles;
	press("/dev/video0", "Inject Fatal Streaming Error");
	frames = status_of(c).frames;
	check(await(c, CAPTURE_STREAMING, frames + 10),
	      "after a fatal error it is opened again");
	s = status_of(c);
	check(s.troubles == troubles + 1 &&
		      strstr(s.trouble, "the camera's driver reports an error"),
	      "and what it was is told afterwards");
}

static void shares_it(struct capture *c)
{
	struct capture *second = start("/dev/video0");
	struct capture_status s;
	char sentence[512];

	check(second && await(second, CAPTURE_BUSY, 0),
	      "a second one is told that it is busy");
	s = status_of(second);
	capture_sentence(&s, sentence, sizeof(sentence));
	check(strstr(sentence, "another program has this camera"),
	      "and in words");
	capture_enable(c, false);
	check(await(c, CAPTURE_CLOSED, 0) &&
		      await(second, CAPTURE_STREAMING, 1),
	      "switched off, it is free for the second");
	capture_close(second);
}

static void survives_refusals(struct capture *c)
{
	static const char *const buttons[] = {
		"Inject VIDIOC_STREAMON Error",
		"Inject VIDIOC_REQBUFS Error",
		"Inject VIDIOC_QBUF Error",
	};
	char name[96];

	for (int i = 0; i < 3; i++) {
		uint64_t frames;

		capture_enable(c, false);
		await(c, CAPTURE_CLOSED, 0);
		press("/dev/video0", buttons[i]);
		frames = status_of(c).frames;
		capture_enable(c, true);
		snprintf(name, sizeof(name), "survives: %s", buttons[i]);
		check(await(c, CAPTURE_STREAMING, frames + 3), name);
	}
}

static void comes_back(struct capture *c)
{
	uint64_t frames;

	press("/dev/video0", "Disconnect");
	check(await(c, CAPTURE_LOST, 0), "unplugged, it is said to be gone");
	check(unload(), "and it is let go of");
	usleep(1500000);
	check(status_of(c).state == CAPTURE_LOST, "it stays gone");
	frames = status_of(c).frames;
	load(7);
	check(await(c, CAPTURE_STREAMING, frames + 5) &&
		      !strcmp(status_of(c).device, "/dev/video7"),
	      "it is found again under another number");
}

int main(int argc, char **argv)
{
	struct capture *c;

	if (argc != 2) {
		fprintf(stderr, "usage: camera MODULES\n");
		return 64;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	snprintf(modprobe, sizeof(modprobe), "modprobe -d %s", argv[1]);
	load(0);
	usleep(500000);
	lists_it();
	c = start("auto");
	streams(c);
	survives_errors(c);
	shares_it(c);
	survives_refusals(c);
	capture_close(c);
	c = start("/dev/video0");
	check(await(c, CAPTURE_STREAMING, 3), "it streams by name");
	comes_back(c);
	capture_close(c);
	check(unload(), "nothing holds it in the end");
	return failures != 0;
}
