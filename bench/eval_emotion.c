/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mien-eval emotion: the emotion network on rows of FER2013, against its own
 * labels and against the majority of FER+'s people.
 */
#include "bench/eval.h"
#include "bench/fer.h"
#include "bench/score.h"
#include "bench/twins.h"

#include "base/clock.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

struct options {
	const char *csv, *ferplus, *usage, *model;
	bool json;
};

struct result {
	struct score fer7, crowd8, polarity;
	struct twins twins; /* of fer7's rows, with Training's */
	struct score apart; /* fer7, of those without one */
	struct score recall[EMOTION_COUNT];
	int confusion[EMOTION_COUNT][EMOTION_COUNT]; /* [label][answer] */
	struct score_calibration fer_claims, crowd_claims;
	float *ms; /* a picture */
	size_t ms_size;
	char seen[96]; /* usages that stand in the table */
};

/*
 * Three-way polarity: happy is pleasant, anger, disgust, fear and sadness are
 * unpleasant, and surprise, which may be either, stands with neutral: its
 * valence is near nothing on Russell's circumplex.
 */
static int polarity(int emotion)
{
	switch (emotion) {
	case EMOTION_HAPPY: return 1;
	case EMOTION_NEUTRAL:
	case EMOTION_SURPRISE: return 0;
	default: return -1;
	}
}

static int largest(const float *p, int n)
{
	int best = 0;

	for (int i = 1; i < n; i++)
		if (p[i] > p[best])
			best = i;
	return best;
}

/*
 * The likelier of three answers: what the emotions of each say together. Not
 * the polarity of the first emotion: fear at 30% does not outweigh surprise
 * and neutral at 25% each.
 */
static int likely_polarity(const float fer[EMOTION_COUNT])
{
	float sum[3] = {0}; /* unpleasant, neither, pleasant */

	for (int e = 0; e < EMOTION_COUNT; e++)
		sum[polarity(e) + 1] += fer[e];
	return largest(sum, 3) - 1;
}

static bool remember_time(struct result *r, int64_t ns)
{
	size_t n = (size_t)r->fer7.n;

	if (n == r->ms_size) {
		size_t size = n ? 2 * n : 4096;
		float *grown = realloc(r->ms, size * sizeof(*grown));

		if (!grown)
			return false;
		r->ms = grown;
		r->ms_size = size;
	}
	r->ms[n] = (float)ns / (float)CLOCK_NS_PER_MS;
	return true;
}

/* Returns STATUS_NO_MEMORY or STATUS_OK. */
static enum status count(struct result *r, const struct fer_row *row,
			 const struct emotion_scores *s)
{
	int answer = largest(s->fer, EMOTION_COUNT);
	int crowd = largest(s->crowd, CROWD_COUNT);
	bool right = answer == (int)row->label;

	score_add(&r->fer7, right);
	score_add(&r->recall[row->label], right);
	score_add(&r->polarity,
		  likely_polarity(s->fer) == polarity((int)row->label));
	score_claim(&r->fer_claims, s->fer[answer], right);
	r->confusion[row->label][answer]++;
	if (row->majority >= 0) {
		score_add(&r->crowd8, crowd == row->majority);
		score_claim(&r->crowd_claims, s->crowd[crowd],
			    crowd == row->majority);
	}
	return twins_ask(&r->twins, row->pixels, sizeof(row->pixels), right);
}

/* Training's own rows are not to be told from what was learned. */
static enum status remember_picture(struct result *r, const struct fer_row *row,
				    const char *usage)
{
	if (strcmp(row->usage, "Training") != 0 ||
	    (strcmp(usage, "PublicTest") != 0 &&
	     strcmp(usage, "PrivateTest") != 0))
		return STATUS_OK;
	return twins_learn(&r->twins, row->pixels, sizeof(row->pixels));
}

static void note_usage(struct result *r, const char *usage)
{
	size_t n = strlen(r->seen);

	if (!strstr(r->seen, usage) && n + strlen(usage) + 3 < sizeof(r->seen))
		snprintf(r->seen + n, sizeof(r->seen) - n, "%s%s",
			 n ? ", " : "", usage);
}

static enum status no_memory(const struct options *opt, struct fault *fault)
{
	return fault_set(fault, STATUS_NO_MEMORY, opt->csv,
			 "not enough memory");
}

static enum status read_rows(struct fer *fer, struct emotion_net *net,
			     const struct options *opt, struct result *r,
			     struct fault *fault)
{
	struct fer_row row;
	enum status st;

	while (!(st = fer_next(fer, &row, fault))) {
		struct emotion_scores scores;
		int64_t start;

		note_usage(r, row.usage);
		if (remember_picture(r, &row, opt->usage))
			return no_memory(opt, fault);
		if (strcmp(opt->usage, "all") != 0 &&
		    strcmp(opt->usage, row.usage) != 0)
			continue;
		start = clock_monotonic_ns();
		st = emotion_net_read(net, row.pixels, &scores);
		if (st)
			return fault_set(fault, st, opt->csv,
					 "the network gives no answer");
		if (!remember_time(r, clock_monotonic_ns() - start) ||
		    count(r, &row, &scores))
			return no_memory(opt, fault);
	}
	if (st != STATUS_END)
		return st;
	r->apart = twins_apart(&r->twins);
	if (r->fer7.n)
		return STATUS_OK;
	fault_set(fault, STATUS_BAD_DATA, opt->csv, "has no row of usage %s",
		  opt->usage);
	fault_hint(fault, "it has %s", r->seen[0] ? r->seen : "no row at all");
	return STATUS_BAD_DATA;
}

static int by_size(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

static double median_ms(struct result *r)
{
	size_t n = (size_t)r->fer7.n;

	if (!n)
		return 0;
	qsort(r->ms, n, sizeof(*r->ms), by_size);
	return (double)r->ms[n / 2];
}

/* ---- output ---------------------------------------------------------------
 */

static json_t *interval(struct score score)
{
	double low, high;

	score_interval(score, &low, &high);
	return json_pack("[f,f]", low, high);
}

static int print_json(struct result *r, bool crowd)
{
	json_t *recall = json_object(), *confusion = json_array(), *all;

	for (int e = 0; e < EMOTION_COUNT; e++) {
		json_t *row = json_array();

		for (int a = 0; a < EMOTION_COUNT; a++)
			json_array_append_new(row,
					      json_integer(r->confusion[e][a]));
		json_array_append_new(confusion, row);
		json_object_set_new(recall, emotion_name((enum emotion)e),
				    json_real(score_share(r->recall[e])));
	}
	all = json_pack("{s:i, s:f, s:o, s:f, s:o, s:f, s:f, s:o, s:o}", "n",
			r->fer7.n, "fer7", score_share(r->fer7), "fer7_ci95",
			interval(r->fer7), "polarity3",
			score_share(r->polarity), "polarity3_ci95",
			interval(r->polarity), "ece",
			score_calibration_error(&r->fer_claims), "ms_per_face",
			median_ms(r), "recall", recall, "confusion", confusion);
	if (r->apart.n) {
		json_object_set_new(all, "fer7_untrained",
				    json_real(score_share(r->apart)));
		json_object_set_new(all, "fer7_untrained_n",
				    json_integer(r->apart.n));
	}
	if (crowd && r->crowd8.n) {
		json_object_set_new(all, "ferplus8",
				    json_real(score_share(r->crowd8)));
		json_object_set_new(all, "ferplus8_ci95", interval(r->crowd8));
		json_object_set_new(all, "ferplus8_n",
				    json_integer(r->crowd8.n));
		json_object_set_new(
			all, "ferplus8_ece",
			json_real(score_calibration_error(&r->crowd_claims)));
	} else {
		json_object_set_new(all, "ferplus8", json_null());
	}
	json_dumpf(all, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(all);
	return EX_OK;
}

static void print_score(const char *name, struct score score)
{
	double low, high;

	score_interval(score, &low, &high);
	printf("%-28s %5.1f%%  (95%%: %.1f to %.1f; n = %d)\n", name,
	       100 * score_share(score), 100 * low, 100 * high, score.n);
}

static int print_text(struct result *r, bool crowd)
{
	print_score("FER2013, 7 emotions", r->fer7);
	if (r->apart.n)
		print_score("  pictures not in Training", r->apart);
	if (crowd)
		print_score("FER+ majority, 8 emotions", r->crowd8);
	print_score("pleasant, neither, unpleasant", r->polarity);
	printf("%-28s %5.3f\n", "calibration error, FER2013",
	       score_calibration_error(&r->fer_claims));
	if (crowd)
		printf("%-28s %5.3f\n", "calibration error, FER+",
		       score_calibration_error(&r->crowd_claims));
	printf("%-28s %5.2f\n\n%-10s recall  answered as\n",
	       "milliseconds a face, median", median_ms(r), "label");
	printf("%17s", "");
	for (int e = 0; e < EMOTION_COUNT; e++)
		printf(" %8s", emotion_name((enum emotion)e));
	for (int e = 0; e < EMOTION_COUNT; e++) {
		printf("\n%-10s %5.1f%%", emotion_name((enum emotion)e),
		       100 * score_share(r->recall[e]));
		for (int a = 0; a < EMOTION_COUNT; a++)
			printf(" %8d", r->confusion[e][a]);
	}
	putchar('\n');
	return EX_OK;
}

/* ---- the command ----------------------------------------------------------
 */

static int usage(FILE *to)
{
	fprintf(to,
		"usage: mien-eval emotion --csv FILE [OPTIONS]\n\n"
		"  --csv FILE      Kaggle's fer2013.csv\n"
		"  --usage U       Training, PublicTest, PrivateTest or all "
		"(default: PublicTest)\n"
		"  --ferplus FILE  FER+'s fer2013new.csv, the same rows\n"
		"  --model DIR     where emotion.cfg stands (default: the "
		"program's own)\n"
		"  --json          one object on one line, shares from 0 to "
		"1\n");
	return to == stdout ? EX_OK : EX_USAGE;
}

/* -1 to go on, or an exit code. */
static int parse(int argc, char **argv, struct options *opt)
{
	static const struct option longs[] = {
		{"csv", required_argument, NULL, 'c'},
		{"usage", required_argument, NULL, 'u'},
		{"ferplus", required_argument, NULL, 'f'},
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
		case 'f': opt->ferplus = optarg; break;
		case 'm': opt->model = optarg; break;
		case 'j': opt->json = true; break;
		case 'h': return usage(stdout);
		default: return usage(stderr);
		}
	if (optind < argc || !opt->csv)
		return usage(stderr);
	return -1;
}

static int open_net(const struct options *opt, struct emotion_net **net)
{
	char folder[4096];
	struct fault fault;
	int code = eval_model_folder(opt->model, folder, sizeof(folder));

	if (code)
		return code;
	if (!emotion_net_open(net, folder, &fault))
		return EX_OK;
	eval_complain(&fault);
	return EX_UNAVAILABLE;
}

int eval_emotion(int argc, char **argv)
{
	struct options opt = {.usage = "PublicTest"};
	struct result result = {0};
	struct emotion_net *net = NULL;
	struct fer *fer = NULL;
	struct fault fault;
	int code = parse(argc, argv, &opt);

	if (code >= 0)
		return code;
	if (fer_open(&fer, opt.csv, opt.ferplus, &fault))
		return eval_complain(&fault);
	code = open_net(&opt, &net);
	if (!code && read_rows(fer, net, &opt, &result, &fault))
		code = eval_complain(&fault);
	else if (!code)
		code = (opt.json ? print_json : print_text)(&result,
							    opt.ferplus);
	emotion_net_close(net);
	fer_close(fer);
	twins_free(&result.twins);
	free(result.ms);
	return code;
}
