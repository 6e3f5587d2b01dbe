/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * personal: a small correction of the network's answer for one person, fitted
 * to the readings that this person has put right. Numbers in, numbers out:
 * knows no picture, no file and no time. Pure.
 */
#ifndef MIEN_MODEL_PERSONAL_H
#define MIEN_MODEL_PERSONAL_H

#include "model/emotion_net.h"

#include <stdbool.h>

/* More corrections than anybody makes; who keeps them drops the oldest. */
#define PERSONAL_MAX 256

/* What goes in: the logarithms of both heads' answers. */
#define PERSONAL_INPUTS (EMOTION_COUNT + CROWD_COUNT)

/*
 * The first emotion of a reading changes only where another one is at least
 * exp(-PERSONAL_BOUND) = 22% as strong: whatever was corrected, no class is
 * lost that the network reads clearly. Without the bound forty corrections
 * could take 28 points of recall from a class, with it 9 (docs/model.md).
 */
#define PERSONAL_BOUND 1.5f

/* One reading put right. */
struct correction {
	int64_t at_s; /* since the epoch */
	enum emotion right;
	struct emotion_scores scores; /* as the network gave them */
};

/* A plain value; all zero changes nothing. */
struct personal {
	int corrections; /* that it was fitted to */
	float bias[EMOTION_COUNT];
	float weights[PERSONAL_INPUTS][EMOTION_COUNT];
};

/*
 * Multinomial logistic regression on top of what is shown, drawn towards no
 * change by ridges: few corrections change little. The order of list does not
 * matter. count in 0..PERSONAL_MAX. Some milliseconds at most.
 */
void personal_fit(struct personal *out, const struct correction *list,
		  int count);

/* Whether right could ever come first in this very reading: the bound. */
bool personal_can_turn(const float shown[EMOTION_COUNT], enum emotion right);

/* What this person is shown: sums to 1. scores->shown is not changed. */
void personal_apply(const struct personal *personal,
		    const struct emotion_scores *scores,
		    float shown[EMOTION_COUNT]);

#endif
