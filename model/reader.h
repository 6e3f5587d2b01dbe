/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reader: a frame in, a reading out. Holds the two networks, the tracks and
 * the smoothing. One reader belongs to one thread: the one that opened it.
 */
#ifndef MIEN_MODEL_READER_H
#define MIEN_MODEL_READER_H

#include "base/status.h"
#include "capture/frame.h"
#include "model/personal.h"
#include "model/reading.h"

#include <stdbool.h>

struct reader_opts {
	/* Folder with face.cfg, face.weights, emotion.cfg, emotion.weights
	 * and SHA256SUMS. */
	const char *folder;
	int max_faces;     /* 1..READING_MAX_FACES */
	int64_t smooth_ns; /* time constant of the smoothing; 0: none */
};

struct reader;

/* Loads libdarknet and the networks (about 0.2 s). */
enum status reader_open(struct reader **out, const struct reader_opts *opts,
			struct fault *fault);
void reader_close(struct reader *reader); /* NULL is allowed */

/* The correction for the person before the camera; from the next frame on. */
void reader_set_personal(struct reader *reader,
			 const struct personal *personal);

/*
 * Finds, tracks and reads the faces of frame. Allocates nothing. still: the
 * frame stands alone (no tracking, no smoothing: smooth equals raw), and may
 * show anybody: it is read without the correction for a person.
 */
enum status reader_read(struct reader *reader, const struct frame *frame,
			bool still, struct reading *out);

/*
 * The emotion network alone on one 48x48 grey face, FER2013's framing. fer:
 * the seven of the FER2013 head. crowd (may be NULL): the eight of the FER+
 * head, in FER+'s order (neutral, happiness, surprise, sadness, anger,
 * disgust, fear, contempt). All probabilities.
 */
enum status reader_classify(struct reader *reader,
			    const uint8_t pixels[48 * 48],
			    float fer[EMOTION_COUNT], float crowd[8]);

#endif
