/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sentiment: how positive or negative an English sentence is, by VADER's
 * rules and lexicon (C. J. Hutto and E. Gilbert, "VADER: A Parsimonious
 * Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM 2014).
 * Made for a sentence: score a long text line by line, for the sum saturates.
 */
#ifndef MIEN_CATALOG_SENTIMENT_H
#define MIEN_CATALOG_SENTIMENT_H

#include "catalog/words.h"

/* VADER's own bounds of the three labels. */
#define SENTIMENT_POSITIVE 0.05
#define SENTIMENT_NEGATIVE (-0.05)

struct sentiment {
	double compound;                    /* -1..1; VADER rounds it to 4 */
	double positive, neutral, negative; /* shares; sum to 1, or all 0 */
	int words, known;                   /* how many, and in the lexicon */
};

/*
 * text may be anything and of any length; it is cleaned, and what is over
 * WORDS_MAX or WORDS_MAX_BYTES does not count. Any thread; allocates nothing;
 * needs about 80 kB of stack.
 */
void sentiment_score(const char *text, struct sentiment *out);

/* The same of words that are split already. */
void sentiment_of_words(const struct words *words, struct sentiment *out);

#endif
