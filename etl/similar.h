/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * similar: how alike two names are, for choosing among a service's answers.
 * Pure.
 */
#ifndef MIEN_ETL_SIMILAR_H
#define MIEN_ETL_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>

/*
 * 1 for names with equal text_key, else 1 - edits / length of the longer key
 * (Levenshtein's distance over characters); 0 if either is empty. A leading
 * "the" of either is no difference. Names are compared by their first 128
 * characters.
 */
double similar(const char *a, const char *b);

/* How alike both names of a song must be: beets takes a distance of 0.11. */
#define SIMILAR_ENOUGH 0.89

/* The mean of both likenesses; 0 if one is not enough. */
double similar_song(const char *artist, const char *title,
		    const char *other_artist, const char *other_title);

/*
 * A name as it is best searched for: without guests ("(feat. X)", "ft. X") and
 * remaster notes, which services write in many ways. size > 0.
 */
void similar_plain(char *dst, size_t size, const char *name);

/*
 * The words of text as keys, guests and notes in brackets too (text_key drops
 * those), with one space between. size > 0.
 */
void similar_words(char *dst, size_t size, const char *text);

/* Whether key (one or more words, not none) stands among words whole. */
bool similar_has(const char *words, const char *key);

#endif
