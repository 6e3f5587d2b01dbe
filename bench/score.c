/* SPDX-License-Identifier: GPL-3.0-or-later */
/* score: see the header for the sources. */
#include "bench/score.h"

#include <math.h>

void score_add(struct score *score, bool right)
{
	score->n++;
	score->right += right;
}

double score_share(struct score score)
{
	return score.n ? (double)score.right / score.n : 0;
}

void score_interval(struct score score, double *low, double *high)
{
	const double z = 1.959964; /* 97.5% of the normal distribution */
	double n = score.n, p = score_share(score), centre, half;

	*low = 0;
	*high = 1;
	if (!score.n)
		return;
	centre = (p + z * z / (2 * n)) / (1 + z * z / n);
	half = z / (1 + z * z / n) *
	       sqrt(p * (1 - p) / n + z * z / (4 * n * n));
	*low = fmax(0, centre - half);
	*high = fmin(1, centre + half);
}

void score_claim(struct score_calibration *c, double claimed, bool right)
{
	int i = (int)(claimed * SCORE_BINS);
	struct score_bin *bin = &c->bins[i < SCORE_BINS ? i : SCORE_BINS - 1];

	bin->claimed += claimed;
	score_add(&bin->real, right);
}

double score_calibration_error(const struct score_calibration *c)
{
	double apart = 0;
	int n = 0;

	for (int i = 0; i < SCORE_BINS; i++) {
		apart += fabs(c->bins[i].claimed - c->bins[i].real.right);
		n += c->bins[i].real.n;
	}
	return n ? apart / n : 0;
}
