/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mien-eval scene: FER2013's pictures put into a camera's frame, found there,
 * cropped and read, against the same pictures read as they are. The loss is
 * what detector and framing cost. Prints FER2013's framing too, as the
 * detector sees it: where crop.c's constants come from.
 */
#include "bench/eval.h"
#include "bench/fer.h"
#include "bench/scene.h"
#include "bench/score.h"

#include <getopt.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* FER2013's side in widths of the detector's box: a first guess is enough. */
#define SIDE_OF_BOX 1.18f

static const int sizes[] = {60, 80, 100, 130, 160}; /* of the box, pixels */

#define SIZES   ((int)(sizeof(sizes) / sizeof(*sizes)))
#define MEDIANS 3

/* Training rows that the network was not taught with: one in so many. */
#define HELD     "Held"
#define HELD_OUT 20

#define DEGREES (float)(M_PI / 180)

/* --weather: what the table is made of. The first is the fair one. */
static const struct scene_weather weathers[] = {
	{.name = "fair"},
	{.name = "tilt 10", .tilt = 10 * DEGREES},
	{.name = "tilt 20", .tilt = 20 * DEGREES},
	{.name = "blur 3", .blur = 3},
	{.name = "blur 7", .blur = 7},
	{.name = "motion 9", .motion = 9},
	{.name = "motion 17", .motion = 17},
	{.name = "noise 6", .noise = 6},
	{.name = "noise 12", .noise = 12},
	{.name = "light 30%", .light = 0.3f},
	{.name = "light 10%", .light = 0.1f},
	{.name = "side 60%", .side = 0.6f},
	{.name = "side 85%", .side = 0.85f},
};

#define WEATHERS ((int)(sizeof(weathers) / sizeof(*weathers)))

struct options {
	const char *csv, *usage, *model;
	float tilt; /* radians */
	int limit;
	bool json, weather, every; /* all weathers; every size for each row */
};

struct result {
	struct score found[SIZES], scene[SIZES], plain[SIZES];
	int strays;
	float *framing[MEDIANS]; /* side, right, down of every face found */
	int framings, framings_size;
};

struct nets {
	struct detect *detect;
	struct emotion_net *emotion;
};

static bool is_right(struct emotion_net *net, const struct fer_row *row,
		     const uint8_t *pixels)
{
	struct emotion_scores scores;
	int best = 0;

	if (emotion_net_read(net, pixels, &scores))
		return false;
	for (int i = 1; i < EMOTION_COUNT; i++)
		if (scores.fer[i] > scores.fer[best])
			best = i;
	return best == (int)row->label;
}

/* The picture's square as crop.c states it, in widths of the box. */
static bool note_framing(struct result *r, const struct scene *scene,
			 const struct detection *d)
{
	float dx = scene->x - (d->x + d->width / 2) / 2 -
		   (d->eyes[0][0] + d->eyes[1][0]) / 4;
	float dy = scene->y - (d->y + d->height / 2) / 2 -
		   (d->eyes[0][1] + d->eyes[1][1]) / 4;
	float c = cosf(scene->angle), s = sinf(scene->angle);
	float values[MEDIANS] = {scene->side / d->width,
				 (dx * c + dy * s) / d->width,
				 (dy * c - dx * s) / d->width};

	if (r->framings == r->framings_size) {
		int size = r->framings_size ? 2 * r->framings_size : 1024;

		for (int i = 0; i < MEDIANS; i++) {
			float *more = realloc(r->framing[i],
					      (size_t)size * sizeof(*more));

			if (!more)
				return false;
			r->framing[i] = more;
		}
		r->framings_size = size;
	}
	for (int i = 0; i < MEDIANS; i++)
		r->framing[i][r->framings] = values[i];
	r->framings++;
	return true;
}

/* The detection that lies on the picture; others are counted. */
static const struct detection *pick(struct result *r, const struct scene *scene,
				    const struct detection *found, int count)
{
	struct detection truth = {.width = scene->side / SIDE_OF_BOX};
	const struct detection *best = NULL;

	truth.height = truth.width;
	truth.x = scene->x - truth.width / 2;
	truth.y = scene->y - truth.height / 2;
	for (int i = 0; i < count; i++) {
		if (found[i].score < DETECT_START)
			continue;
		if (!best && detect_overlap(&truth, &found[i]) >= 0.35f)
			best = &found[i];
		else
			r->strays++;
	}
	return best;
}

static enum status try_row(struct result *r, struct nets *nets,
			   const struct fer_row *row, int size,
			   const struct scene_weather *weather, struct rng *rng)
{
	static struct scene scene;
	struct detection found[DETECT_MAX];
	const struct detection *face;
	uint8_t crop[CROP_SIDE * CROP_SIDE];
	struct frame frame;
	int count;
	enum status st;

	scene_draw(&scene, row->pixels, (float)sizes[size] * SIDE_OF_BOX,
		   weather, rng);
	frame = scene_frame(&scene);
	st = detect_still(nets->detect, &frame, found, &count);
	if (st)
		return st;
	face = pick(r, &scene, found, count);
	score_add(&r->found[size], face);
	if (!face)
		return STATUS_OK;
	crop_face(&frame, face, crop);
	score_add(&r->scene[size], is_right(nets->emotion, row, crop));
	score_add(&r->plain[size], is_right(nets->emotion, row, row->pixels));
	return note_framing(r, &scene, face) ? STATUS_OK : STATUS_NO_MEMORY;
}

/* CRC-32 as zlib has it: model/train/data.py holds rows out by it. */
static uint32_t crc32_of(const uint8_t *bytes, size_t length)
{
	uint32_t crc = ~0u;

	for (size_t i = 0; i < length; i++) {
		crc ^= bytes[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

static bool is_meant(const char *usage, const struct fer_row *row)
{
	if (!strcmp(usage, HELD))
		return !strcmp(row->usage, "Training") &&
		       crc32_of(row->pixels, sizeof(row->pixels)) % HELD_OUT ==
			       0;
	return !strcmp(usage, "all") || !strcmp(usage, row->usage);
}

static enum status try_rows(struct result *r, struct nets *nets,
			    const struct scene_weather *weather,
			    const struct options *opt, struct fault *fault)
{
	struct fer *fer = NULL;
	struct fer_row row;
	struct rng rng;
	enum status st = fer_open(&fer, opt->csv, NULL, fault);
	int n = 0;

	rng_init(&rng, 1);
	while (!st && !(st = fer_next(fer, &row, fault))) {
		if (!is_meant(opt->usage, &row))
			continue;
		if (opt->limit && n == opt->limit)
			break;
		for (int i = 0; !st && i < (opt->every ? SIZES : 1); i++)
			st = try_row(r, nets, &row, (n + i) % SIZES, weather,
				     &rng);
		n++;
		if (st)
			fault_set(fault, st, opt->csv,
				  "row %d could not be read in a scene", n);
	}
	fer_close(fer);
	if (st == STATUS_END && !n)
		return fault_set(fault, STATUS_BAD_DATA, opt->csv,
				 "has no row of usage %s", opt->usage);
	return st == STATUS_END ? STATUS_OK : st;
}

static int by_size(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

static double median(float *values, int count)
{
	if (!count)
		return 0;
	qsort(values, (size_t)count, sizeof(*values), by_size);
	return (double)values[count / 2];
}

static struct score total(const struct score *scores)
{
	struct score sum = {0};

	for (int i = 0; i < SIZES; i++) {
		sum.right += scores[i].right;
		sum.n += scores[i].n;
	}
	return sum;
}

static int print_json(struct result *r)
{
	json_t *by = json_object();
	char *line;

	for (int i = 0; i < SIZES; i++) {
		char name[16];

		snprintf(name, sizeof(name), "%d", sizes[i]);
		json_object_set_new(
			by, name,
			json_pack("{s:i,s:f,s:f,s:f}", "n", r->found[i].n,
				  "found", score_share(r->found[i]), "fer7",
				  score_share(r->scene[i]), "fer7_plain",
				  score_share(r->plain[i])));
	}
	by = json_pack("{s:o,s:f,s:f,s:f,s:i,s:{s:f,s:f,s:f}}", "by_size", by,
		       "found", score_share(total(r->found)), "fer7",
		       score_share(total(r->scene)), "fer7_plain",
		       score_share(total(r->plain)), "strays", r->strays,
		       "framing", "side", median(r->framing[0], r->framings),
		       "right", median(r->framing[1], r->framings), "down",
		       median(r->framing[2], r->framings));
	line = by ? json_dumps(by, JSON_COMPACT | JSON_REAL_PRECISION(4))
		  : NULL;
	if (line)
		puts(line);
	free(line);
	json_decref(by);
	return line ? EX_OK : EX_OSERR;
}

static void print_row(const char *name, struct score found, struct score scene,
		      struct score plain)
{
	printf("%6s %6d %7.1f%% %7.1f%% %7.1f%%\n", name, found.n,
	       100 * score_share(found), 100 * score_share(scene),
	       100 * score_share(plain));
}

static int print_text(struct result *r)
{
	printf("%6s %6s %8s %8s %8s\n", "width", "n", "found", "right",
	       "as it is");
	for (int i = 0; i < SIZES; i++) {
		char name[16];

		snprintf(name, sizeof(name), "%d px", sizes[i]);
		print_row(name, r->found[i], r->scene[i], r->plain[i]);
	}
	print_row("all", total(r->found), total(r->scene), total(r->plain));
	printf("faces where none is: %d\n", r->strays);
	printf("framing, in box widths: side %.3f, right %.3f, down %.3f\n",
	       median(r->framing[0], r->framings),
	       median(r->framing[1], r->framings),
	       median(r->framing[2], r->framings));
	return EX_OK;
}

static int print_weathers_json(const struct result *results)
{
	json_t *by = json_object();
	char *line;

	for (int i = 0; i < WEATHERS; i++) {
		const struct result *r = &results[i];

		json_object_set_new(
			by, weathers[i].name,
			json_pack("{s:i,s:f,s:f,s:f,s:i}", "n",
				  total(r->found).n, "found",
				  score_share(total(r->found)), "fer7",
				  score_share(total(r->scene)), "fer7_plain",
				  score_share(total(r->plain)), "strays",
				  r->strays));
	}
	by = json_pack("{s:o}", "by_weather", by);
	line = by ? json_dumps(by, JSON_COMPACT | JSON_REAL_PRECISION(4))
		  : NULL;
	if (line)
		puts(line);
	free(line);
	json_decref(by);
	return line ? EX_OK : EX_OSERR;
}

static int print_weathers(const struct result *results)
{
	printf("%-10s %6s %8s %8s %8s %7s\n", "weather", "n", "found", "right",
	       "as it is", "strays");
	for (int i = 0; i < WEATHERS; i++) {
		const struct result *r = &results[i];

		printf("%-10s %6d %7.1f%% %7.1f%% %7.1f%% %7d\n",
		       weathers[i].name, total(r->found).n,
		       100 * score_share(total(r->found)),
		       100 * score_share(total(r->scene)),
		       100 * score_share(total(r->plain)), r->strays);
	}
	return EX_OK;
}

static int usage(FILE *to)
{
	fprintf(to,
		"usage: mien-eval scene --csv FILE [OPTIONS]\n\n"
		"  --csv FILE   Kaggle's fer2013.csv\n"
		"  --usage U    Training, PublicTest, PrivateTest or all "
		"(default: PublicTest);\n"
		"               Held: the rows of Training that were kept "
		"from training\n"
		"  --limit N    only the first N rows\n"
		"  --tilt DEG   turn each picture by up to so much (default: "
		"0)\n"
		"  --every-size each row at every size, not at one\n"
		"  --weather    a table over tilt, blur, noise and light\n"
		"  --model DIR  where the networks stand (default: the "
		"program's own)\n"
		"  --json       one object on one line, shares from 0 to 1\n");
	return to == stdout ? EX_OK : EX_USAGE;
}

/* -1 to go on, or an exit code. */
static int parse(int argc, char **argv, struct options *opt)
{
	static const struct option longs[] = {
		{"csv", required_argument, NULL, 'c'},
		{"usage", required_argument, NULL, 'u'},
		{"limit", required_argument, NULL, 'l'},
		{"tilt", required_argument, NULL, 't'},
		{"every-size", no_argument, NULL, 'e'},
		{"weather", no_argument, NULL, 'w'},
		{"model", required_argument, NULL, 'm'},
		{"json", no_argument, NULL, 'j'},
		{"help", no_argument, NULL, 'h'},
		{0},
	};
	int c;

	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1)
		switch (c) {
		case 'c': opt->csv = optarg; break;
		case 'u': opt->usage = optarg; break;
		case 'l': opt->limit = atoi(optarg); break;
		case 't': opt->tilt = strtof(optarg, NULL) * DEGREES; break;
		case 'e': opt->every = true; break;
		case 'w': opt->weather = true; break;
		case 'm': opt->model = optarg; break;
		case 'j': opt->json = true; break;
		case 'h': return usage(stdout);
		default: return usage(stderr);
		}
	if (optind < argc || !opt->csv || opt->limit < 0)
		return usage(stderr);
	return -1;
}

static int open_nets(const struct options *opt, struct nets *nets)
{
	char folder[4096];
	struct fault fault;
	int code = eval_model_folder(opt->model, folder, sizeof(folder));

	if (code)
		return code;
	if (!detect_open(&nets->detect, folder, &fault) &&
	    !emotion_net_open(&nets->emotion, folder, &fault))
		return EX_OK;
	eval_complain(&fault);
	return EX_UNAVAILABLE;
}

static int run(struct result *results, struct nets *nets,
	       const struct options *opt)
{
	struct scene_weather tilted = {.tilt = opt->tilt};
	struct fault fault;

	for (int i = 0; i < (opt->weather ? WEATHERS : 1); i++)
		if (try_rows(&results[i], nets,
			     opt->weather ? &weathers[i] : &tilted, opt,
			     &fault))
			return eval_complain(&fault);
	if (opt->weather)
		return (opt->json ? print_weathers_json
				  : print_weathers)(results);
	return (opt->json ? print_json : print_text)(results);
}

int eval_scene(int argc, char **argv)
{
	static struct result results[WEATHERS];
	struct options opt = {.usage = "PublicTest"};
	struct nets nets = {0};
	int code = parse(argc, argv, &opt);

	if (code >= 0)
		return code;
	code = open_nets(&opt, &nets);
	if (!code)
		code = run(results, &nets, &opt);
	detect_close(nets.detect);
	emotion_net_close(nets.emotion);
	for (int i = 0; i < WEATHERS; i++)
		for (int k = 0; k < MEDIANS; k++)
			free(results[i].framing[k]);
	return code;
}
