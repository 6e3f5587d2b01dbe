/* SPDX-License-Identifier: GPL-3.0-or-later */
/* emotion: the seven, in the one order that the whole project uses. */
#ifndef MIEN_MODEL_EMOTION_H
#define MIEN_MODEL_EMOTION_H

#include <stdbool.h>

/* FER2013's order. */
enum emotion {
	EMOTION_ANGRY,
	EMOTION_DISGUST,
	EMOTION_FEAR,
	EMOTION_HAPPY,
	EMOTION_SAD,
	EMOTION_SURPRISE,
	EMOTION_NEUTRAL,
	EMOTION_COUNT
};

/* "angry" ... "neutral"; static; "unknown" outside the range. */
const char *emotion_name(enum emotion emotion);

/* false when name is none of the seven (case does not matter). */
bool emotion_from_name(const char *name, enum emotion *out);

/* The strongest of seven scores; the first of those that are alike. */
enum emotion emotion_first(const float scores[EMOTION_COUNT]);

/*
 * Where an emotion lies on Russell's circumplex: valence and arousal in
 * -1..1. The table and its source are in emotion.c.
 */
void emotion_position(enum emotion emotion, float *valence, float *arousal);

#endif
