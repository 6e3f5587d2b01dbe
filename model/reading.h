/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reading: what was seen in one frame. A plain value, copied from thread to
 * thread.
 */
#ifndef MIEN_MODEL_READING_H
#define MIEN_MODEL_READING_H

#include "model/emotion_net.h"

#include <stdint.h>

#define READING_MAX_FACES 8

struct face {
	float x, y, width, height; /* box in frame pixels, upright */
	float score;               /* the detector's, 0..1 */
	float eyes[2][2];          /* x, y of the viewer's left, right eye */
	uint32_t track;            /* the same face keeps its number; from 1 */
	float raw[EMOTION_COUNT];  /* of this frame, sums to 1 */
	float smooth[EMOTION_COUNT]; /* over time, sums to 1 */
	/* Of enum notice (model/notice.h); but for 0 the scores were not read
	 * in this frame, and are those of before. A face that could never be
	 * read has all seven alike. */
	unsigned notices;
	/* Over time too, as the network said it: without the correction for
	 * the person (model/personal.h) that is in raw and smooth. */
	struct emotion_scores said;
};

struct reading {
	uint32_t frame_sequence;
	int frame_width, frame_height;
	int64_t captured_ns, done_ns; /* CLOCK_MONOTONIC */
	int64_t took_ns;              /* of work on the inference thread */
	int face_count;
	int lead; /* index of the face that leads (the nearest), -1: none */
	float brightness; /* mean luma, 0..1 */
	float contrast;   /* standard deviation of luma, 0..1 */
	unsigned notices; /* of enum notice: why there may be no face */
	struct face faces[READING_MAX_FACES];
};

#endif
