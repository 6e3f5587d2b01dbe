/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_networks: the two networks as the program runs them, each with the
 * share of the core's peak that its multiply-adds come to.
 */
#include "bench/bench.h"

#include "base/rng.h"
#include "bench/cfg.h"
#include "bench/peak.h"
#include "model/emotion_net.h"
#include "model/engine.h"

#include <stdio.h>

/* 15 frames a second leave 66 ms; the detector's share of them, and a face's.
 */
#define DETECTOR_MS 8
#define EMOTION_MS  2

static void run_engine(void *user, int round)
{
	(void)round;
	engine_run(user);
}

static int run_network(struct bench *b, const char *name, double most_ms)
{
	struct engine *engine = NULL;
	struct engine_planes input;
	struct netcfg cfg;
	struct fault fault;
	struct bench_times times;
	struct rng rng;
	double flops, peak;

	if (cfg_read(&cfg, b->model, name, &fault) ||
	    engine_open(&engine, b->model, name, &fault))
		return bench_complain(&fault);
	input = engine_input(engine);
	rng_init(&rng, 1);
	for (int i = 0; i < input.channels * input.height * input.width; i++)
		input.data[i] = (float)(2 * rng_unit(&rng) - 1);
	peak_best(&peak);
	times = bench_time(b, run_engine, engine);
	engine_close(engine);
	flops = 2 * cfg_multiply_adds(&cfg);
	bench_row(b, flops / 2e6, "M", BENCH_NONE, "%s, multiply-adds", name);
	bench_timed(b, &times, BENCH_MOST(most_ms), BENCH_NONE, "%s network",
		    name);
	bench_row(b, flops / times.cpu / 1e6, "GFLOP/s", BENCH_NONE,
		  "%s network, rate", name);
	bench_row(b, flops / times.cpu / 1e4 / peak, "%", BENCH_NONE,
		  "%s network, of the peak", name);
	return 0;
}

/* ---- with what stands around it ------------------------------------------ */

struct face {
	struct emotion_net *net;
	uint8_t pixels[EMOTION_NET_SIDE * EMOTION_NET_SIDE];
};

static void read_face(void *user, int round)
{
	struct face *face = user;
	struct emotion_scores scores;

	(void)round;
	emotion_net_read(face->net, face->pixels, &scores);
}

int bench_networks(struct bench *b)
{
	static struct face face;
	struct fault fault;
	struct bench_times times;
	struct rng rng;
	int failed = run_network(b, "emotion", EMOTION_MS);

	failed |= run_network(b, "face", DETECTOR_MS);
	if (emotion_net_open(&face.net, b->model, &fault))
		return bench_complain(&fault);
	rng_init(&rng, 2);
	for (size_t i = 0; i < sizeof(face.pixels); i++)
		face.pixels[i] = (uint8_t)rng_below(&rng, 256);
	times = bench_time(b, read_face, &face);
	bench_timed(b, &times, BENCH_NONE, BENCH_NONE,
		    "a face of 48x48 pixels read");
	emotion_net_close(face.net);
	return failed;
}
