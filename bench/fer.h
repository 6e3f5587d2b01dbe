/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fer: FER2013's table (Kaggle's fer2013.csv) and, row by row beside it, the
 * votes of FER+ (fer2013new.csv). Both are a person's to bring.
 */
#ifndef MIEN_BENCH_FER_H
#define MIEN_BENCH_FER_H

#include "model/emotion_net.h"

struct fer_row {
	char usage[24];
	enum emotion label;
	uint8_t pixels[EMOTION_NET_SIDE * EMOTION_NET_SIDE];
	/*
	 * What FER+'s people saw by the official rule (Barsoum et al. 2016, as
	 * their code has it): single votes are dropped, and one of the eight
	 * emotions must have more than half of the rest, "unknown" and "not a
	 * face" counted in. -1: no such majority, or no FER+ table.
	 */
	int majority;
};

struct fer;

/* ferplus may be NULL. */
enum status fer_open(struct fer **out, const char *path, const char *ferplus,
		     struct fault *fault);
void fer_close(struct fer *fer); /* NULL is allowed */

/* The next row; STATUS_END after the last; STATUS_BAD_DATA with its line. */
enum status fer_next(struct fer *fer, struct fer_row *row, struct fault *fault);

/* The official rule on FER+'s ten counts (unknown and NF last). Pure. */
int fer_majority(const int votes[10]);

#endif
