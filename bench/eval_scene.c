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

struct options {
	const char *csv, *usage, *model;
	float tilt; /* radians */
	int limit;
	bool json;
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
			   const struct fer_row *row, int size, float tilt,
			   struct rng *rng)
{
	static struct scene scene;
	struct detection found[DETECT_MAX];
	const struct detection *face;
	uint8_t crop[CROP_SIDE * CROP_SIDE];
	struct frame frame;
	int count;
	enum status st;

	scene_draw(&scene, row->pixels, (float)sizes[size] * SIDE_OF_BOX, tilt,
		   rng);
	frame = scene_frame(&scene);
	st = detect_faces(nets->detect, &frame, DETECT_FAR, found, &count);
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

static enum status try_rows(struct result *r, struct nets *nets,
			    struct fer *fer, const struct options *opt,
			    struct fault *fault)
{
	struct fer_row row;
	struct rng rng;
	enum status st;
	int n = 0;

	rng_init(&rng, 1);
	while (!(st = fer_next(fer, &row, fault))) {
		if (strcmp(opt->usage, "all") && strcmp(opt->usage, row.usage))
			continue;
		if (opt->limit && n == opt->limit)
			return STATUS_OK;
		st = try_row(r, nets, &row, n++ % SIZES, opt->tilt, &rng);
		if (st)
			return fault_set(fault, st, opt->csv,
					 "row %d could not be read in a scene",
					 n);
	}
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

static int usage(FILE *to)
{
	fprintf(to,
		"usage: mien-eval scene --csv FILE [OPTIONS]\n\n"
		"  --csv FILE   Kaggle's fer2013.csv\n"
		"  --usage U    Training, PublicTest, PrivateTest or all "
		"(default: PublicTest)\n"
		"  --limit N    only the first N rows\n"
		"  --tilt DEG   turn each picture by up to so much (default: "
		"0)\n"
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
		case 't':
			opt->tilt = strtof(optarg, NULL) * (float)M_PI / 180;
			break;
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

int eval_scene(int argc, char **argv)
{
	struct options opt = {.usage = "PublicTest"};
	struct result result = {0};
	struct nets nets = {0};
	struct fer *fer = NULL;
	struct fault fault;
	int code = parse(argc, argv, &opt);

	if (code >= 0)
		return code;
	if (fer_open(&fer, opt.csv, NULL, &fault))
		return eval_complain(&fault);
	code = open_nets(&opt, &nets);
	if (!code && try_rows(&result, &nets, fer, &opt, &fault))
		code = eval_complain(&fault);
	else if (!code)
		code = (opt.json ? print_json : print_text)(&result);
	detect_close(nets.detect);
	emotion_net_close(nets.emotion);
	fer_close(fer);
	for (int i = 0; i < MEDIANS; i++)
		free(result.framing[i]);
	return code;
}
