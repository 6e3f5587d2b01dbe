/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peak: the same loop for each width of vector. */
#include "bench/peak.h"

#include "bench/bench.h"

#include <stddef.h>

#define SUMS   12 /* more than latency x units of any processor in view */
#define TRIALS 30

static volatile float seed = 1e-3f, sink;

/* Written without a call inside: target() and inlining do not mix. */
#define LOOP(function, lanes_)                                                \
	static int64_t function(long rounds)                                  \
	{                                                                     \
		typedef float vec __attribute__((vector_size(4 * (lanes_)))); \
		vec sum[SUMS], x = seed - (vec){0}, y = 1 - (vec){0};         \
		float total = 0;                                              \
                                                                              \
		for (int i = 0; i < SUMS; i++)                                \
			sum[i] = (float)i - (vec){0};                         \
		for (long n = 0; n < rounds; n++) {                           \
			_Pragma("GCC unroll 16") for (int i = 0; i < SUMS;    \
						      i++)                    \
				sum[i] = sum[i] * x + y;                      \
		}                                                             \
		for (int i = 0; i < SUMS; i++)                                \
			total += sum[i][0];                                   \
		sink = total;                                                 \
		return (int64_t)rounds * SUMS * 2 * (lanes_);                 \
	}

LOOP(run_plain, 4)
static const struct peak plain = {"plain", 4, run_plain};

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx2,fma")
LOOP(run_avx2, 8)
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx2,fma,avx512f")
LOOP(run_avx512, 16)
#pragma GCC pop_options

static const struct peak avx2 = {"avx2", 8, run_avx2};
static const struct peak avx512 = {"avx512", 16, run_avx512};
#endif

const struct peak *peak_choice(int index)
{
#if defined(__x86_64__)
	int has_avx2 = __builtin_cpu_supports("avx2") &&
		       __builtin_cpu_supports("fma");

	if (has_avx2 && __builtin_cpu_supports("avx512f") && !index--)
		return &avx512;
	if (has_avx2 && !index--)
		return &avx2;
#endif
	return index ? NULL : &plain;
}

double peak_once(const struct peak *peak)
{
	static const long rounds = 100000;
	int64_t from = bench_cpu_ns();
	int64_t operations = peak->run(rounds);
	int64_t took = bench_cpu_ns() - from;

	return took > 0 ? (double)operations / (double)took : 0;
}

static double best_of(const struct peak *peak)
{
	double best = 0;

	for (int i = 0; i < TRIALS; i++) {
		double now = peak_once(peak);

		best = now > best ? now : best;
	}
	return best;
}

const struct peak *peak_best(double *gflops)
{
	const struct peak *best = NULL, *peak;

	*gflops = 0;
	for (int i = 0; (peak = peak_choice(i)); i++) {
		double now = best_of(peak);

		if (now > *gflops) {
			*gflops = now;
			best = peak;
		}
	}
	return best;
}

int bench_peak(struct bench *b)
{
	const struct peak *peak;
	double most;

	for (int i = 0; (peak = peak_choice(i)); i++)
		bench_row(b, best_of(peak), "GFLOP/s", BENCH_NONE,
			  "%s, %d floats wide", peak->name, peak->lanes);
	peak_best(&most);
	bench_row(b, most, "GFLOP/s", BENCH_NONE, "the peak of one core");
	return 0;
}
