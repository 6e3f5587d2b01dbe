/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_layers: each convolution of both networks by itself, with the loops
 * that this processor gets, in turn with the loop of the peak: what disturbs
 * the one then disturbs the other, and their ratio stands.
 */
#include "bench/bench.h"

#include "base/clock.h"
#include "bench/cfg.h"
#include "bench/layer.h"
#include "bench/peak.h"

#include <stdio.h>
#include <stdlib.h>

#define SAMPLE_NS   (CLOCK_NS_PER_MS / 2)
#define MAX_SAMPLES 2000
#define SHARE_GOAL  60 /* per cent of the peak, dense convolutions, AVX-512 */

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double middle(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), by_size);
	return values[count / 2];
}

/* So many runs that the clock's own cost and grain do not count. */
static int runs_a_sample(const struct layer *l)
{
	int runs = 0;
	int64_t from = bench_cpu_ns(), now = from;

	layer_run(l);
	for (from = bench_cpu_ns(); now - from < SAMPLE_NS; runs++) {
		layer_run(l);
		now = bench_cpu_ns();
	}
	return runs;
}

/* Median ms of one run, and of the peak measured in turn with it. */
static double measure(const struct bench *b, const struct layer *l,
		      const struct peak *best, double *peak)
{
	static double times[MAX_SAMPLES], peaks[MAX_SAMPLES];
	int64_t until = clock_monotonic_ns() + (int64_t)(b->seconds * 1e9);
	int runs = runs_a_sample(l), n = 0;

	while (n < MAX_SAMPLES && (n < 5 || clock_monotonic_ns() < until)) {
		int64_t from;

		peaks[n] = peak_once(best);
		from = bench_cpu_ns();
		for (int i = 0; i < runs; i++)
			layer_run(l);
		times[n++] = (double)(bench_cpu_ns() - from) / 1e6 / runs;
	}
	*peak = middle(peaks, n);
	return middle(times, n);
}

/* What is added up over a network's layers. */
struct sum {
	double ms, flops, could; /* could: at the peak of the same moments */
};

static void add(struct sum *sum, double ms, double flops, double peak)
{
	sum->ms += ms;
	sum->flops += flops;
	sum->could += flops / peak / 1e6;
}

static int run_layer(struct bench *b, const char *net, int index,
		     const struct netcfg_layer *cfg, const struct peak *best,
		     struct sum *sum)
{
	double flops = 2 * cfg_layer_multiply_adds(cfg), ms, peak;
	struct layer layer;
	char name[96];
	bool whole = layer_init(&layer, cfg, kernels_choice(0));

	if (!whole) {
		layer_done(&layer);
		return bench_failed("a layer", STATUS_NO_MEMORY);
	}
	ms = measure(b, &layer, best, &peak);
	layer_done(&layer);
	add(sum, ms, flops, peak);
	snprintf(name, sizeof(name), "%s %d: %dx%dx%d, %dx%d/%d%s to %d", net,
		 index, cfg->in.width, cfg->in.height, cfg->in.channels,
		 cfg->size, cfg->size, cfg->stride,
		 layer.depthwise ? " each" : "", cfg->out.channels);
	bench_row(b, ms * 1000, "us cpu", BENCH_NONE, "%s, time", name);
	bench_row(b, flops / ms / 1e6, "GFLOP/s", BENCH_NONE, "%s, rate", name);
	bench_row(b, flops / ms / 1e4 / peak, "%", BENCH_NONE,
		  "%s, of the peak", name);
	return 0;
}

static int run_network(struct bench *b, const char *net,
		       const struct peak *best)
{
	struct netcfg cfg;
	struct fault fault;
	struct sum dense = {0}, other = {0};
	struct bench_goal goal = best->lanes == 16 ? BENCH_LEAST(SHARE_GOAL)
						   : BENCH_NONE;

	if (cfg_read(&cfg, b->model, net, &fault))
		return bench_complain(&fault);
	for (int i = 0; i < cfg.count; i++) {
		const struct netcfg_layer *l = &cfg.layers[i];
		bool is_dense = l->groups <= 1; /* 1x1, too */

		if (l->kind == NETCFG_CONV &&
		    run_layer(b, net, i, l, best, is_dense ? &dense : &other))
			return -1;
	}
	bench_row(b, dense.ms, "ms cpu", BENCH_NONE,
		  "%s, dense convolutions together", net);
	bench_row(b, dense.could / dense.ms * 100, "%", goal,
		  "%s, dense convolutions, of the peak", net);
	if (other.ms > 0) {
		bench_row(b, other.ms, "ms cpu", BENCH_NONE,
			  "%s, depthwise ones together", net);
		bench_row(b, other.could / other.ms * 100, "%", BENCH_NONE,
			  "%s, depthwise ones, of the peak", net);
	}
	return 0;
}

int bench_layers(struct bench *b)
{
	double peak;
	const struct peak *best = peak_best(&peak);

	/* the widest, where some are alike */
	if (best->lanes < peak_choice(0)->lanes)
		best = peak_choice(0);
	return run_network(b, "emotion", best) | run_network(b, "face", best);
}
