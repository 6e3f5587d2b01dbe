/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * words: a text cut into tokens as VADER cuts it, each with what VADER's
 * lists say about it. Pure, no allocation; what is over the bounds is left
 * out. For catalog/ and for etl/lyrics, which knows what songs mean by a word.
 */
#ifndef MIEN_CATALOG_WORDS_H
#define MIEN_CATALOG_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#define WORDS_MAX       1024
#define WORDS_MAX_BYTES 8192

struct word {
	const char *raw;   /* as written, without punctuation at its ends */
	const char *lower; /* the same with ASCII letters lower-cased */
	double valence;    /* of the lexicon, 0 when not known */
	double boost;      /* "very" 0.293, "hardly" -0.293, else 0 */
	bool known;        /* stands in VADER's lexicon */
	bool negates;      /* "not", "isn't" ... */
	bool upper;        /* all its letters are capitals */
	bool ends_clause;  /* , . ; : ! or ? came right after it */
};

struct words {
	int count;
	bool some_upper; /* some words are in capitals, but not all */
	int exclamations, questions;
	struct word list[WORDS_MAX];
	char raw[WORDS_MAX_BYTES], lower[WORDS_MAX_BYTES];
};

/*
 * text may be anything: it is cleaned first (base/text.h), a typographic
 * apostrophe becomes ASCII's, and each emoji stands as a token of its own.
 */
void words_split(const char *text, struct words *out);

/* +-0.293 for VADER's booster words and pairs ("kind of"), else 0. */
double words_boost(const char *lower);

/* Tokens at..at+count-1, lower-cased and joined by spaces, into out. false:
 * there are not so many, or they do not fit. */
bool words_phrase(const struct words *words, int at, int count, char *out,
		  size_t size);

#endif
