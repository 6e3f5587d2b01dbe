/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * emotion_net: a small grey face in, how likely each emotion is out. Knows
 * nothing of frames, boxes or time. One thread at a time.
 */
#ifndef MIEN_MODEL_EMOTION_NET_H
#define MIEN_MODEL_EMOTION_NET_H

#include "base/status.h"
#include "model/emotion.h"

#include <stdint.h>

#define EMOTION_NET_SIDE 48

/* FER+'s order (Barsoum et al. 2016). */
enum emotion_net_crowd {
	CROWD_NEUTRAL,
	CROWD_HAPPINESS,
	CROWD_SURPRISE,
	CROWD_SADNESS,
	CROWD_ANGER,
	CROWD_DISGUST,
	CROWD_FEAR,
	CROWD_CONTEMPT,
	CROWD_COUNT
};

/* Probabilities; each list sums to 1. */
struct emotion_scores {
	float fer[EMOTION_COUNT];   /* what FER2013's labellers would say */
	float crowd[CROWD_COUNT];   /* what FER+'s ten people would say */
	float shown[EMOTION_COUNT]; /* what a person is shown: of the crowd */
};

struct emotion_net;

/* The network "emotion" of folder; faults as engine_open's. */
enum status emotion_net_open(struct emotion_net **out, const char *folder,
			     struct fault *fault);
void emotion_net_close(struct emotion_net *net); /* NULL is allowed */

/*
 * Reads one upright face of 48 x 48 grey pixels, framed as FER2013's. Scale
 * and offset of the light do not matter. Allocates nothing. STATUS_BAD_DATA
 * when the network's answer is not finite.
 */
enum status
emotion_net_read(struct emotion_net *net,
		 const uint8_t pixels[EMOTION_NET_SIDE * EMOTION_NET_SIDE],
		 struct emotion_scores *out);

/*
 * The crowd's eight as our seven: contempt is left out and the others grow in
 * proportion. Pure.
 */
void emotion_net_shown(const float crowd[CROWD_COUNT],
		       float shown[EMOTION_COUNT]);

#endif
