/* SPDX-License-Identifier: GPL-3.0-or-later */
/* score: counting right answers, and how far to trust the count. Pure. */
#ifndef MIEN_BENCH_SCORE_H
#define MIEN_BENCH_SCORE_H

#include <stdbool.h>

/* right of n. */
struct score {
	int right, n;
};

void score_add(struct score *score, bool right);
double score_share(struct score score); /* 0 for none of none */

/* Wilson's 95% interval (1927) around the share. */
void score_interval(struct score score, double *low, double *high);

/*
 * Expected calibration error (Guo et al. 2017): the distance between what was
 * claimed and what came true, over 15 equal bins of the claim.
 */
#define SCORE_BINS 15

struct score_calibration {
	struct score_bin {
		double claimed;
		struct score real;
	} bins[SCORE_BINS];
};

void score_claim(struct score_calibration *c, double claimed, bool right);
double score_calibration_error(const struct score_calibration *c);

#endif
