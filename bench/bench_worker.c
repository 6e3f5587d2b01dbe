/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_worker: our side of bench/peers, which compares and times networks of
 * several makers in turn. Requests come a line at a time:
 *
 *   open NAME      NAME.cfg and NAME.weights of the folder; answers its values
 *                  of input: "ok N"
 *   input          N floats follow, as they stand in memory; "ok N"
 *   run COUNT      a line of COUNT processor times in nanoseconds
 *   output LAYER   (its name, or its number from 0) "ok N", then N floats
 *   dense COUNT    its dense convolutions (1x1, too) by themselves, each COUNT
 *                  times: "FLOP NS", operations and processor time of one pass
 *   peak           GFLOP/s of this core, now
 */
#include "bench/bench.h"

#include "bench/cfg.h"
#include "bench/layer.h"
#include "bench/peak.h"
#include "model/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define MOST_RUNS 100000

struct worker {
	const struct bench *bench;
	struct engine *engine;
	const struct peak *best;
	struct netcfg cfg; /* of engine */
};

static size_t values(struct engine_planes p)
{
	return (size_t)p.channels * (size_t)p.height * (size_t)p.width;
}

static int open_engine(struct worker *w, const char *name)
{
	struct fault fault;

	engine_close(w->engine);
	w->engine = NULL;
	if (cfg_read(&w->cfg, w->bench->model, name, &fault) ||
	    engine_open(&w->engine, w->bench->model, name, &fault))
		return bench_complain(&fault);
	printf("ok %zu\n", values(engine_input(w->engine)));
	return 0;
}

static int take_input(const struct worker *w)
{
	struct engine_planes in = engine_input(w->engine);

	if (fread(in.data, sizeof(float), values(in), stdin) != values(in))
		return -1;
	printf("ok %zu\n", values(in));
	return 0;
}

static int run(const struct worker *w, const char *text)
{
	int count = atoi(text);

	if (count < 1 || count > MOST_RUNS)
		return -1;
	for (int i = 0; i < count; i++) {
		int64_t from = bench_cpu_ns();

		if (engine_run(w->engine))
			return -1;
		printf("%lld ", (long long)(bench_cpu_ns() - from));
	}
	putchar('\n');
	return 0;
}

/* Nanoseconds of one run of one layer; -1: no memory. */
static double time_layer(const struct netcfg_layer *cfg, int count)
{
	struct layer layer;
	double took = -1;

	if (layer_init(&layer, cfg, kernels_choice(0))) {
		int64_t from;

		layer_run(&layer);
		from = bench_cpu_ns();
		for (int i = 0; i < count; i++)
			layer_run(&layer);
		took = (double)(bench_cpu_ns() - from) / count;
	}
	layer_done(&layer);
	return took;
}

static int run_dense(const struct worker *w, const char *text)
{
	int count = atoi(text);
	double flops = 0, ns = 0;

	if (count < 1 || count > MOST_RUNS)
		return -1;
	for (int i = 0; i < w->cfg.count; i++) {
		const struct netcfg_layer *l = &w->cfg.layers[i];
		double took;

		if (l->kind != NETCFG_CONV || l->groups > 1)
			continue;
		took = time_layer(l, count);
		if (took < 0)
			return -1;
		flops += 2 * cfg_layer_multiply_adds(l);
		ns += took;
	}
	printf("%.0f %.0f\n", flops, ns);
	return 0;
}

static int give_output(const struct worker *w, const char *name)
{
	struct engine_planes out;
	char *end;
	int index = (int)strtol(name, &end, 10);

	if ((end == name || *end) && engine_find(w->engine, name, &index))
		return -1;
	if (index < 0 || index >= engine_layers(w->engine))
		return -1;
	out = engine_output(w->engine, index);
	printf("ok %zu\n", values(out));
	fwrite(out.data, sizeof(float), values(out), stdout);
	return 0;
}

static int tell_peak(const struct worker *w)
{
	printf("%.3f\n", peak_once(w->best));
	return 0;
}

static int answer(struct worker *w, const char *verb, const char *object)
{
	if (!strcmp(verb, "open"))
		return open_engine(w, object);
	if (!strcmp(verb, "peak"))
		return tell_peak(w);
	if (!w->engine)
		return -1;
	if (!strcmp(verb, "input"))
		return take_input(w);
	if (!strcmp(verb, "run"))
		return run(w, object);
	if (!strcmp(verb, "dense"))
		return run_dense(w, object);
	return strcmp(verb, "output") ? -1 : give_output(w, object);
}

int bench_worker(const struct bench *b)
{
	double gflops;
	static struct worker w;
	char line[128], verb[16], object[64];
	int code = EX_OK;

	w.bench = b;
	w.best = peak_best(&gflops);
	setvbuf(stdout, NULL, _IOFBF, 1 << 16);
	while (code == EX_OK && fgets(line, sizeof(line), stdin)) {
		object[0] = '\0';
		if (sscanf(line, "%15s %63s", verb, object) < 1 ||
		    answer(&w, verb, object)) {
			fprintf(stderr,
				"mien-bench: the request cannot be "
				"met: %s",
				line);
			code = EX_DATAERR;
		}
		fflush(stdout);
	}
	engine_close(w.engine);
	return code;
}
