/* SPDX-License-Identifier: GPL-3.0-or-later */
/* video: pictures and videos for tests, made on the spot by ffmpeg's
 * libraries, so that every pixel of them is known. */
#ifndef MIEN_TESTS_VIDEO_H
#define MIEN_TESTS_VIDEO_H

#include <libavutil/frame.h>

struct video_spec {
	const char *path;
	const char *format; /* "avi", "nut", ...; NULL: bare, for a picture */
	const char *codec;  /* "mjpeg", "png", ... */
	enum AVPixelFormat pixels;
	int width, height, rate, count;
	void (*paint)(AVFrame *frame, int number);
};

/* 0, or -1 when it cannot be written. */
int video_write(const struct video_spec *spec);

/* All of a plane is value (of luma: number * 10 + 20). */
void video_flat(AVFrame *frame, int number);
/* The left half is dark (40), the right bright (200). */
void video_halves(AVFrame *frame, int number);

#endif
