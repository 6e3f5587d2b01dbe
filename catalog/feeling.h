/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * feeling: what a person types instead of showing a face, as an emotion and a
 * place on the circumplex. English, and the emoji and emoticons of all. Pure.
 */
#ifndef MIEN_CATALOG_FEELING_H
#define MIEN_CATALOG_FEELING_H

#include "model/mood.h"

struct feeling {
	/* by hand, since 0; emotion is the first of emotions */
	struct mood mood;
	float emotions[EMOTION_COUNT]; /* sums to 1 */
	double compound;               /* VADER's, -1..1 */
	const char *state; /* finer than an emotion: "calm", "tired"; static, ""
			      where none was named */
	char words[160];   /* the words that decided, comma-joined */
	bool understood;   /* false: no word was known; the mood is neutral */
	bool foreign;      /* not understood, for it seems not to be English */
};

/* text may be anything. Any thread; allocates nothing. */
void feeling_read(const char *text, struct feeling *out);

#endif
