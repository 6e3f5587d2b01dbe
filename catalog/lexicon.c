/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lexicon: two sorted tables and a binary search. */
#include "catalog/lexicon.h"

#include <stdlib.h>
#include <string.h>

/* Tenths, so that a valence is the same double that "-1.5" parses to. */
static const struct valence_row {
	const char *token;
	signed char tenths;
} valences[] = {
#include "catalog/vader_rows.inc"
};

static const struct emotion_row {
	const char *term;
	unsigned char state, tenths;
} emotions[] = {
#include "catalog/emotions_rows.inc"
};

#define VALENCES (sizeof(valences) / sizeof(*valences))
#define EMOTIONS (sizeof(emotions) / sizeof(*emotions))

static int by_token(const void *key, const void *row)
{
	return strcmp(key, ((const struct valence_row *)row)->token);
}

static int by_term(const void *key, const void *row)
{
	return strcmp(key, ((const struct emotion_row *)row)->term);
}

bool lexicon_valence(const char *token, double *valence)
{
	const struct valence_row *row =
		bsearch(token, valences, VALENCES, sizeof(*valences), by_token);

	if (!row)
		return false;
	*valence = row->tenths / 10.0;
	return true;
}

bool lexicon_emotion(const char *term, enum lexicon_state *state,
		     double *strength)
{
	const struct emotion_row *row =
		bsearch(term, emotions, EMOTIONS, sizeof(*emotions), by_term);

	if (!row)
		return false;
	*state = (enum lexicon_state)row->state;
	*strength = row->tenths / 10.0;
	return true;
}

const char *lexicon_valence_row(int i)
{
	return i >= 0 && (size_t)i < VALENCES ? valences[i].token : NULL;
}

const char *lexicon_emotion_row(int i)
{
	return i >= 0 && (size_t)i < EMOTIONS ? emotions[i].term : NULL;
}
