/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lexicon: what a word is worth: VADER's valences, and the states of mind that
 * words and phrases name. Sorted tables, made at build time from
 * catalog/lexicon/ (origins and licences in NOTICE there). Any thread.
 */
#ifndef MIEN_CATALOG_LEXICON_H
#define MIEN_CATALOG_LEXICON_H

#include <stdbool.h>

/* Phrases of emotions.tsv have at most so many words. */
#define LEXICON_PHRASE_WORDS 5

enum lexicon_state {
	STATE_JOY,
	STATE_EXCITEMENT,
	STATE_LOVE,
	STATE_CALM,
	STATE_NOSTALGIA,
	STATE_FOCUS,
	STATE_MEH,
	STATE_BOREDOM,
	STATE_TIRED,
	STATE_SADNESS,
	STATE_LONELINESS,
	STATE_SHAME,
	STATE_FEAR,
	STATE_ANGER,
	STATE_ENVY,
	STATE_DISGUST,
	STATE_SURPRISE,
	STATE_CONFUSION,
	STATE_NEGATION, /* no state: what follows is denied */
	STATE_SKIP,     /* no state: a set phrase that means nothing here */
	STATE_COUNT
};

/* A lower-cased token's mean valence, -3.9..3.4; false: not in VADER's. */
bool lexicon_valence(const char *token, double *valence);

/* A lower-cased term's state and strength, 0..1.5; false: in no row. */
bool lexicon_emotion(const char *term, enum lexicon_state *state,
		     double *strength);

/* The i-th row of each table, NULL past the last, for the tests. */
const char *lexicon_valence_row(int i);
const char *lexicon_emotion_row(int i);

#endif
