/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peak: how many multiplications and additions of floats one core does a
 * second when nothing holds it up: registers only, a dozen independent sums.
 */
#ifndef MIEN_BENCH_PEAK_H
#define MIEN_BENCH_PEAK_H

#include <stdint.h>

struct peak {
	const char *name; /* as the kernels of that width are called */
	int lanes;
	/* So many rounds; returns the operations done in them. */
	int64_t (*run)(long rounds);
};

/* What this processor has, the widest first; NULL past the end. */
const struct peak *peak_choice(int index);

/* GFLOP/s of about a millisecond, in processor time. */
double peak_once(const struct peak *peak);

/* The width at which this processor does most, by some trials of each. */
const struct peak *peak_best(double *gflops);

#endif
