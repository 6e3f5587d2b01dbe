/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * capture: whatever gives pictures (a camera, a file, a stream, the demo),
 * behind one name, on a thread of its own that publishes the newest frame to
 * two mailboxes and keeps looking for a camera that is gone.
 */
#ifndef MIEN_CAPTURE_CAPTURE_H
#define MIEN_CAPTURE_CAPTURE_H

#include "capture/mailbox.h"

#include <stdbool.h>

enum capture_state {
	CAPTURE_CLOSED,    /* nothing is open: the device is released */
	CAPTURE_SEARCHING, /* no camera that streams; looks again every second
			    */
	CAPTURE_OPENING,
	CAPTURE_STREAMING,
	CAPTURE_STALLED, /* open, but frames stopped coming */
	CAPTURE_LOST,    /* unplugged; waits for it to come back */
	CAPTURE_BUSY,    /* another program has the camera */
	CAPTURE_ENDED,   /* a file came to its end */
	CAPTURE_FAILED   /* it cannot be read: see fault */
};

enum capture_reader { CAPTURE_FOR_MODEL, CAPTURE_FOR_SCREEN, CAPTURE_READERS };

struct capture_opts {
	const char *spec;    /* auto | /dev/videoN | demo | - | file | URL */
	int width, height;   /* wished for, e.g. 640x480 */
	int rate;            /* frames a second wished for, e.g. 15 */
	bool loop;           /* a file starts over at its end */
	uint64_t seed;       /* of the demo's movements */
	uint64_t max_frames; /* end after so many; 0: no limit */
};

/* A snapshot by value. */
struct capture_status {
	enum capture_state state;
	char device[128]; /* "/dev/video0", "demo", a file's name, sanitised */
	char name[64];    /* what the driver calls it, or "" */
	char format[8];   /* fourcc or codec */
	int width, height;
	double rate_asked, rate; /* negotiated and measured, frames a second */
	uint64_t frames,
		skipped;    /* published; damaged or without a free frame */
	struct fault fault; /* why, when not streaming */
	/*
	 * How often pictures were kept from coming, and the sentence of the
	 * last time: what is over within a moment is told all the same.
	 */
	uint64_t troubles;
	char trouble[256];
};

struct capture;

/* Copies opts, starts the thread. A missing device is a state, no failure. */
enum status capture_open(struct capture **out, const struct capture_opts *opts,
			 struct fault *fault);

/* Joins the thread, releases the device. NULL is allowed. Main thread. */
void capture_close(struct capture *capture);

struct mailbox *capture_mailbox(struct capture *capture,
				enum capture_reader reader);

/* An eventfd, readable after the state changed until capture_status is read. */
int capture_fd(const struct capture *capture);
void capture_status(struct capture *capture, struct capture_status *out);

/* false: the device is really closed (the lamp goes out) until true again. */
void capture_enable(struct capture *capture, bool on);

/* "camera /dev/video0 streams 640x480 YUYV at 15 frames/s" and the like. */
void capture_sentence(const struct capture_status *status, char *out,
		      size_t size);

/*
 * Without a thread, for "mien look": calls each(frame, user) for the pictures
 * of spec, a video sampled once a step_ns, a camera until one good shot.
 * Stops when each returns false. each must not keep the frame without a ref.
 */
enum status capture_each(const struct capture_opts *opts, int64_t step_ns,
			 bool (*each)(struct frame *frame, void *user),
			 void *user, struct fault *fault);

#endif
