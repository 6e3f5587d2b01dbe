/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lyrics: what the words of a song tell of its mood. Looks at each line by
 * VADER (catalog/sentiment.h), with the meaning that songs give to words
 * (etl/data/songwords.tsv). Keeps numbers only: no word of the text leaves
 * this file. Pure, but for the language.
 */
#ifndef MIEN_ETL_LYRICS_H
#define MIEN_ETL_LYRICS_H

#include "catalog/catalog.h"
#include "etl/language.h"

/* More of a text, in bytes and in different lines, is not looked at. */
#define LYRICS_MAX       (128u << 10)
#define LYRICS_MAX_LINES 512

struct lyrics {
	enum lyric_label label;    /* of the mean, VADER's bounds of 0.05 */
	char language[12];         /* ISO 639, "" for not recognised */
	double mean;               /* of the lines' compounds, -1..1 */
	double positive, negative; /* shares of the lines, by weight */
	double volatility;         /* standard deviation of the compounds */
	double confidence;         /* 0..1 */
	int lines;                 /* different ones that were scored */
	bool swears;               /* hip hop would be scored otherwise */
	char hash[65];             /* of the text, SHA-256 in hexadecimal */
};

/*
 * text: length bytes of anything, plain or with LRC's time stamps. Headers
 * ("[Chorus]") and ad-libs ("la la la") do not count; a line that comes n times
 * counts 1 + ln n. Only English is scored: of any other language, and where
 * it is not recognised (language NULL, too), the label is LYRIC_UNKNOWN and
 * the numbers are 0. hip_hop: profanity is a manner of speech. Needs some
 * 150 kB of stack.
 */
void lyrics_read(const char *text, size_t length, struct language *language,
		 bool hip_hop, struct lyrics *out);

/*
 * What it tells of the mood, as a fact of provenance "lyrics" on valence
 * alone. false: nothing.
 */
bool lyrics_mood(const struct lyrics *lyrics, struct mood_fact *fact);

/* What the catalog keeps; points into lyrics and page (may be NULL). */
struct lyric_facts lyrics_facts(const struct lyrics *lyrics, const char *page);

/* The compound of one line, -1..1, and whether any word told. For tests. */
double lyrics_line(const char *line, bool hip_hop, bool *told);

#endif
