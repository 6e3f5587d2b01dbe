/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mien-bench: how fast every stage is on this machine, each against its goal.
 * Built, not installed; docs/performance.md says how to read it.
 */
#include "bench/bench.h"

#include "base/paths.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const struct stage {
	const char *name, *what;
	int (*run)(struct bench *b);
} stages[] = {
	{"machine", "what it runs on", bench_machine},
	{"peak", "multiply-adds of one core, by width of vector", bench_peak},
	{"networks", "emotion network and face detector", bench_networks},
	{"layers", "each convolution against the peak", bench_layers},
	{"steps", "letterbox, crop, tracking, preview", bench_steps},
	{"frames", "from frame to mood: faces, sizes, movement", bench_frames},
	{"draw", "bytes and time of a drawn frame", bench_draw},
	{"start", "first screen, networks ready", bench_start},
	{"play", "the demo running, paused; memory", bench_play},
	{"catalog", "open, pick, search", bench_catalog},
};

#define COUNT ((int)(sizeof(stages) / sizeof(*stages)))

static const struct option options[] = {
	{"json", no_argument, NULL, 'j'},
	{"seconds", required_argument, NULL, 's'},
	{"tracks", required_argument, NULL, 't'},
	{"catalog", required_argument, NULL, 'c'},
	{"model", required_argument, NULL, 'd'},
	{"mien", required_argument, NULL, 'p'},
	{"worker", no_argument, NULL, 'w'},
	{"help", no_argument, NULL, 'h'},
	{0},
};

static int usage(FILE *to)
{
	fprintf(to,
		"usage: mien-bench [OPTIONS] [STAGE...]\n\n"
		"  --json          one object a row\n"
		"  --seconds N     each step is timed for so long (1)\n"
		"  --tracks N      in the catalog (1000000)\n"
		"  --catalog FILE  keep it there, and use it when it is there\n"
		"  --model DIR     the networks (beside the program)\n"
		"  --mien FILE     the program to start (beside this one)\n\n");
	for (int i = 0; i < COUNT; i++)
		fprintf(to, "  %-10s %s\n", stages[i].name, stages[i].what);
	return to == stdout ? EX_OK : EX_USAGE;
}

/* false: no number, or one that makes no sense. */
static bool number(const char *text, double least, double most, double *out)
{
	char *end;

	*out = strtod(text, &end);
	return end != text && !*end && *out >= least && *out <= most;
}

/* "mien" in the folder of this program. */
static const char *beside(char *out, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", out, size - 8);
	char *slash;

	out[n > 0 ? n : 0] = '\0';
	slash = strrchr(out, '/');
	memcpy(slash ? slash + 1 : out, "mien", sizeof("mien"));
	return out;
}

static const struct stage *stage_named(const char *name)
{
	for (int i = 0; i < COUNT; i++)
		if (!strcmp(stages[i].name, name))
			return &stages[i];
	return NULL;
}

static int run_stage(struct bench *b, const struct stage *stage)
{
	b->stage = stage->name;
	b->rows = 0;
	return stage->run(b);
}

/* The named ones, or all; a stage that fails does not stop the others. */
static int run(struct bench *b, int count, char **names)
{
	int failed = 0;

	for (int i = 0; i < count; i++)
		if (!stage_named(names[i])) {
			fprintf(stderr,
				"mien-bench: there is no stage \"%s\"; "
				"--help lists them.\n",
				names[i]);
			return EX_USAGE;
		}
	for (int i = 0; i < (count ? count : COUNT); i++)
		if (run_stage(b, count ? stage_named(names[i]) : &stages[i]))
			failed = 1;
	return failed;
}

/* 0, or an exit code + 1. */
static int parse(struct bench *b, int argc, char **argv, bool *worker)
{
	double value;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case 'j': b->json = true; break;
		case 's':
			if (!number(optarg, 0.001, 3600, &b->seconds))
				return usage(stderr) + 1;
			break;
		case 't':
			if (!number(optarg, 1, 1e8, &value))
				return usage(stderr) + 1;
			b->tracks = (int)value;
			break;
		case 'c': b->catalog = optarg; break;
		case 'd': b->model = optarg; break;
		case 'p': b->mien = optarg; break;
		case 'w': *worker = true; break;
		case 'h': return usage(stdout) + 1;
		default: return usage(stderr) + 1;
		}
	}
	return 0;
}

int main(int argc, char **argv)
{
	static char model[4096], mien[4096];
	struct bench b = {.seconds = 1, .tracks = 1000000};
	bool worker = false;
	int code = parse(&b, argc, argv, &worker);

	if (code)
		return code - 1;
	if (!b.mien)
		b.mien = beside(mien, sizeof(mien));
	if (!b.model && !paths_program("model", model, sizeof(model)))
		b.model = model;
	if (!b.model) {
		fputs("mien-bench: the folder with the networks is nowhere "
		      "beside the program; run make data, or say --model "
		      "DIR.\n",
		      stderr);
		return EX_UNAVAILABLE;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	return worker ? bench_worker(&b)
		      : run(&b, argc - optind, argv + optind);
}
