/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * feeling: what a person types instead of showing a face, as an emotion and a
 * place on the circumplex. Pure.
 */
#ifndef MIEN_CATALOG_FEELING_H
#define MIEN_CATALOG_FEELING_H

#include "model/mood.h"

struct feeling {
	struct mood mood;
	float emotions[EMOTION_COUNT]; /* sums to 1 */
	double compound;	       /* VADER's, -1..1 */
	char words[160];	       /* the words that decided, comma-joined */
	bool understood; /* false: no word was known; the mood is neutral */
};

void feeling_read(const char *text, struct feeling *out);

#endif
