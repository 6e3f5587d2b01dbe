/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * candidates: the few videos that may be a song, on their way to the one that
 * is: the best by name, and of those the first that is as long as the song.
 * What is kept depends on what was found, not on the order it came in. Pure.
 */
#ifndef MIEN_ETL_CANDIDATES_H
#define MIEN_ETL_CANDIDATES_H

#include <stdbool.h>
#include <stddef.h>

#define CANDIDATES_MAX  3
#define CANDIDATES_TEXT 160 /* bytes that they are written in */

struct candidate {
	char id[16];
	double score, length_s; /* length 0: not told yet, -1: it is gone */
};

struct candidates {
	struct candidate list[CANDIDATES_MAX]; /* best first */
	int count;
};

/* As candidates_write wrote them; anything else gives none. */
void candidates_read(struct candidates *candidates, const char *text);
/* "-" for none, so that "" can mean that nobody has looked. */
void candidates_write(const struct candidates *candidates, char *text,
		      size_t size);

/* One more; the worst falls out. One that is known keeps its length. */
void candidates_add(struct candidates *candidates, const char *id,
		    double score);

/* How long a video is. Returns whether it is among them. */
bool candidates_tell(struct candidates *candidates, const char *id,
		     double length_s);

/* The best that is not gone and as long as the song; NULL: none. */
const struct candidate *candidates_best(const struct candidates *candidates,
					double length_s);

#endif
