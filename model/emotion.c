/* SPDX-License-Identifier: GPL-3.0-or-later */
/* emotion: names and places of the seven. */
#include "model/emotion.h"

#include <strings.h>

/*
 * Places on the circumplex of J. A. Russell, "A circumplex model of affect"
 * (1980): joy, anger, fear, sadness and disgust stand about where his and
 * Scherer's (2005) figures have them, rounded to a tenth; neutral is the
 * origin. They are a convention, not a measurement of anyone.
 */
static const struct {
	const char *name;
	float valence, arousal;
} emotions[EMOTION_COUNT] = {
	[EMOTION_ANGRY] = {"angry", -0.7f, 0.8f},
	[EMOTION_DISGUST] = {"disgust", -0.6f, 0.3f},
	[EMOTION_FEAR] = {"fear", -0.6f, 0.6f},
	[EMOTION_HAPPY] = {"happy", 0.8f, 0.6f},
	[EMOTION_SAD] = {"sad", -0.7f, -0.5f},
	[EMOTION_SURPRISE] = {"surprise", 0.3f, 0.8f},
	[EMOTION_NEUTRAL] = {"neutral", 0.0f, 0.0f},
};

const char *emotion_name(enum emotion emotion)
{
	if ((unsigned)emotion >= EMOTION_COUNT)
		return "unknown";
	return emotions[emotion].name;
}

bool emotion_from_name(const char *name, enum emotion *out)
{
	for (int i = 0; i < EMOTION_COUNT; i++) {
		if (strcasecmp(name, emotions[i].name))
			continue;
		*out = (enum emotion)i;
		return true;
	}
	return false;
}

enum emotion emotion_first(const float scores[EMOTION_COUNT])
{
	int first = 0;

	for (int e = 1; e < EMOTION_COUNT; e++)
		if (scores[e] > scores[first])
			first = e;
	return (enum emotion)first;
}

void emotion_position(enum emotion emotion, float *valence, float *arousal)
{
	if ((unsigned)emotion >= EMOTION_COUNT)
		emotion = EMOTION_NEUTRAL;
	*valence = emotions[emotion].valence;
	*arousal = emotions[emotion].arousal;
}
