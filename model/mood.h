/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mood: from readings, frame by frame, to the emotion in force: slow to let
 * go, quick to notice, and a hand on the keyboard always wins. Pure: time
 * comes in as an argument.
 */
#ifndef MIEN_MODEL_MOOD_H
#define MIEN_MODEL_MOOD_H

#include "model/reading.h"

#include <stdbool.h>

/* A plain value: the mood in force. */
struct mood {
	enum emotion emotion;
	float valence,
		arousal;  /* -1..1, of the smoothed scores, not the name */
	int64_t since_ns; /* CLOCK_MONOTONIC when it came into force */
	float margin;     /* first minus second smoothed score, 0..1 */
	bool manual;      /* set by hand */
};

struct mood_opts {
	int64_t into_ns;    /* an emotion holds so long before it is in force */
	int64_t neutral_ns; /* back to neutral takes so long */
	float min_margin;   /* less says nothing */
	bool together;      /* of all faces, not of the one that leads */
};

#define MOOD_OPTS_DEFAULT                                      \
	((struct mood_opts){.into_ns = INT64_C(1000000000),    \
			    .neutral_ns = INT64_C(3000000000), \
			    .min_margin = 0.10f})

/* Embedded by value; the fields are mood.c's own. */
struct mood_tracker {
	struct mood_opts opts;
	struct mood mood;
	enum emotion candidate;
	int64_t candidate_ns, updated_ns;
	bool has_candidate;
};

void mood_init(struct mood_tracker *tracker, const struct mood_opts *opts,
	       int64_t now_ns);

/*
 * A reading's scores: the smoothed ones of the face that leads, or together
 * the mean of all faces, each counted by its width (who is near counts more)
 * times the detector's score. Faces with notices say nothing. false: there is
 * no face that does.
 */
bool mood_scores(const struct reading *reading, bool together,
		 float scores[EMOTION_COUNT]);

/* Takes a reading's faces (or none) in. true: another emotion in force. */
bool mood_update(struct mood_tracker *tracker, const struct reading *reading,
		 int64_t now_ns);

/* By hand: holds until mood_automatic. true: another emotion in force. */
bool mood_set(struct mood_tracker *tracker, enum emotion emotion,
	      int64_t now_ns);
void mood_automatic(struct mood_tracker *tracker, int64_t now_ns);

/* The mood of one still reading, without time. Neutral without a face. */
struct mood mood_of_reading(const struct reading *reading, bool together);

#endif
