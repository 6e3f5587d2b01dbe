/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mien-eval personal: how many corrections bring how many points, and what
 * they cost the class that they cost most. FER2013 names no persons: groups of
 * its pictures stand for them (bench/persons.h), so this says what a person's
 * corrections do where the network errs alike on what is alike, and no more.
 */
#include "bench/eval.h"
#include "bench/fer.h"
#include "bench/persons.h"

#include "base/rng.h"
#include "model/personal.h"

#include <getopt.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define LOOK_SIDE   12 /* a picture's looks: so many means a side */
#define LOOKS       (LOOK_SIDE * LOOK_SIDE)
#define PERSONS     20
#define LEAST_ROWS  60 /* a person of fewer pictures is left out */
#define LEAST_CLASS 20 /* a class of fewer has no worst */
#define SEEDS       3

static const int amounts[] = {1, 3, 5, 10, 20, 40};

#define AMOUNTS ((int)(sizeof(amounts) / sizeof(*amounts)))

/* What makes pictures those of one person, and which readings he answers. */
enum likeness { BY_LOOKS, BY_ERRORS, LIKENESSES };
enum teaching { EVERY_READING, WRONG_READINGS, TEACHINGS };

static const char *const likeness_names[] = {"looks", "errors"};
static const char *const teaching_names[] = {"every", "wrong"};

struct options {
	const char *csv, *ferplus, *usage, *model;
	bool json;
};

struct rows {
	int n, size;
	struct emotion_scores *scores;
	enum emotion *truth;
	float *looks;
};

struct tally {
	int persons, given; /* all seeds together; corrections made */
	double gain, gain_squares;
	int rows[EMOTION_COUNT], before[EMOTION_COUNT], after[EMOTION_COUNT];
};

struct result {
	struct tally tallies[LIKENESSES][TEACHINGS][AMOUNTS];
};

/* ---- rows --------------------------------------------------------------- */

/* false: nothing of the seven that people agree on. */
static bool truth_of(const struct fer_row *row, bool crowd, enum emotion *out)
{
	static const int of[CROWD_COUNT] = {
		[CROWD_NEUTRAL] = EMOTION_NEUTRAL,
		[CROWD_HAPPINESS] = EMOTION_HAPPY,
		[CROWD_SURPRISE] = EMOTION_SURPRISE,
		[CROWD_SADNESS] = EMOTION_SAD,
		[CROWD_ANGER] = EMOTION_ANGRY,
		[CROWD_DISGUST] = EMOTION_DISGUST,
		[CROWD_FEAR] = EMOTION_FEAR,
		[CROWD_CONTEMPT] = -1,
	};
	int truth = !crowd              ? (int)row->label
		    : row->majority < 0 ? -1
					: of[row->majority];

	*out = (enum emotion)truth;
	return truth >= 0;
}

/* Means of 4x4 pixels, less their own mean: light does not count. */
static void looks_of(const uint8_t *pixels, float looks[LOOKS])
{
	const int step = EMOTION_NET_SIDE / LOOK_SIDE;
	float mean = 0;

	memset(looks, 0, sizeof(*looks) * LOOKS);
	for (int y = 0; y < EMOTION_NET_SIDE; y++)
		for (int x = 0; x < EMOTION_NET_SIDE; x++)
			looks[y / step * LOOK_SIDE + x / step] +=
				pixels[y * EMOTION_NET_SIDE + x];
	for (int i = 0; i < LOOKS; i++)
		mean += looks[i] / LOOKS;
	for (int i = 0; i < LOOKS; i++)
		looks[i] -= mean;
}

static bool make_room(struct rows *r)
{
	int size = r->size ? 2 * r->size : 4096;
	struct emotion_scores *scores;
	enum emotion *truth;
	float *looks;

	if (r->n < r->size)
		return true;
	scores = realloc(r->scores, sizeof(*scores) * (size_t)size);
	r->scores = scores ? scores : r->scores;
	truth = realloc(r->truth, sizeof(*truth) * (size_t)size);
	r->truth = truth ? truth : r->truth;
	looks = realloc(r->looks, sizeof(*looks) * LOOKS * (size_t)size);
	r->looks = looks ? looks : r->looks;
	r->size = size;
	return scores && truth && looks;
}

static enum status read_rows(struct fer *fer, struct emotion_net *net,
			     const struct options *opt, struct rows *r,
			     struct fault *fault)
{
	struct fer_row row;
	enum status st;

	while (!(st = fer_next(fer, &row, fault))) {
		enum emotion truth;

		if (strcmp(opt->usage, "all") != 0 &&
		    strcmp(opt->usage, row.usage) != 0)
			continue;
		if (!truth_of(&row, opt->ferplus, &truth))
			continue;
		if (!make_room(r))
			return fault_set(fault, STATUS_NO_MEMORY, opt->csv,
					 "not enough memory");
		st = emotion_net_read(net, row.pixels, &r->scores[r->n]);
		if (st)
			return fault_set(fault, st, opt->csv,
					 "the network gives no answer");
		r->truth[r->n] = truth;
		looks_of(row.pixels, r->looks + (size_t)r->n * LOOKS);
		r->n++;
	}
	if (st != STATUS_END)
		return st;
	if (r->n >= PERSONS * LEAST_ROWS)
		return STATUS_OK;
	return fault_set(fault, STATUS_BAD_DATA, opt->csv,
			 "has %d rows of usage %s that can be used; %d persons "
			 "need %d",
			 r->n, opt->usage, PERSONS, PERSONS * LEAST_ROWS);
}

static void rows_done(struct rows *r)
{
	free(r->scores);
	free(r->truth);
	free(r->looks);
}

/* ---- a person ----------------------------------------------------------- */

static bool is_right(const struct rows *r, int row,
		     const struct personal *personal)
{
	float shown[EMOTION_COUNT];

	personal_apply(personal, &r->scores[row], shown);
	return emotion_first(shown) == r->truth[row];
}

static void test_person(const struct rows *r, const int *rows, int count,
			const struct personal *personal, struct tally *t)
{
	static const struct personal nobody;
	int better = 0;

	for (int i = 0; i < count; i++) {
		enum emotion truth = r->truth[rows[i]];
		bool before = is_right(r, rows[i], &nobody);
		bool after = is_right(r, rows[i], personal);

		t->rows[truth]++;
		t->before[truth] += before;
		t->after[truth] += after;
		better += after - before;
	}
	t->persons++;
	t->given += personal->corrections;
	t->gain += (double)better / count;
	t->gain_squares += (double)better / count * better / count;
}

/* The first half of rows is answered, up to amount readings; the other half
 * is what it is measured on, whatever the amount. */
static void teach_person(const struct rows *r, const int *rows, int count,
			 enum teaching teaching, struct tally tallies[AMOUNTS])
{
	static const struct personal nobody;
	struct correction list[PERSONAL_MAX];
	int half = count / 2, made = 0;

	for (int i = 0; i < half && made < amounts[AMOUNTS - 1]; i++)
		if (teaching == EVERY_READING || !is_right(r, rows[i], &nobody))
			list[made++] = (struct correction){
				.right = r->truth[rows[i]],
				.scores = r->scores[rows[i]]};
	for (int a = 0; a < AMOUNTS; a++) {
		struct personal personal;

		personal_fit(&personal, list,
			     made < amounts[a] ? made : amounts[a]);
		test_person(r, rows + half, count - half, &personal,
			    &tallies[a]);
	}
}

static void shuffle(int *rows, int count, struct rng *rng)
{
	for (int i = count - 1; i > 0; i--) {
		int k = (int)rng_below(rng, (uint32_t)i + 1), row = rows[i];

		rows[i] = rows[k];
		rows[k] = row;
	}
}

/* ---- all of them -------------------------------------------------------- */

/* Both heads' answers as logarithms. */
static void answers_of(const struct rows *r, float *out)
{
	for (int i = 0; i < r->n; i++, out += PERSONAL_INPUTS) {
		for (int e = 0; e < EMOTION_COUNT; e++)
			out[e] = logf(fmaxf(r->scores[i].fer[e], 1e-4f));
		for (int c = 0; c < CROWD_COUNT; c++)
			out[EMOTION_COUNT + c] =
				logf(fmaxf(r->scores[i].crowd[c], 1e-4f));
	}
}

static void teach_all(const struct rows *r, const int *group, int *rows,
		      uint64_t seed, struct tally tallies[TEACHINGS][AMOUNTS])
{
	struct rng rng;

	rng_init(&rng, seed);
	for (int g = 0; g < PERSONS; g++) {
		int count = 0;

		for (int i = 0; i < r->n; i++)
			if (group[i] == g)
				rows[count++] = i;
		if (count < LEAST_ROWS)
			continue;
		shuffle(rows, count, &rng);
		for (int t = 0; t < TEACHINGS; t++)
			teach_person(r, rows, count, (enum teaching)t,
				     tallies[t]);
	}
}

static enum status simulate(const struct rows *r, struct result *out)
{
	size_t n = r->n > 0 ? (size_t)r->n : 1;
	float *answers = malloc(sizeof(*answers) * PERSONAL_INPUTS * n);
	int *group = malloc(sizeof(*group) * n);
	int *rows = malloc(sizeof(*rows) * n);
	enum status st = answers && group && rows ? STATUS_OK
						  : STATUS_NO_MEMORY;

	if (!st)
		answers_of(r, answers);
	for (int l = 0; l < LIKENESSES; l++)
		for (uint64_t seed = 1; !st && seed <= SEEDS; seed++) {
			bool looks = l == BY_LOOKS;

			st = persons_split(looks ? r->looks : answers, r->n,
					   looks ? LOOKS : PERSONAL_INPUTS,
					   r->truth, PERSONS, seed, group);
			if (!st)
				teach_all(r, group, rows, seed,
					  out->tallies[l]);
		}
	free(answers);
	free(group);
	free(rows);
	return st;
}

/* ---- output ------------------------------------------------------------- */

static double share(const struct tally *t, const int *right)
{
	int all = 0, good = 0;

	for (int e = 0; e < EMOTION_COUNT; e++) {
		all += t->rows[e];
		good += right[e];
	}
	return all ? (double)good / all : 0;
}

/* Of the mean over persons; splits of the same rows are not counted as more
 * persons. */
static double half_interval(const struct tally *t)
{
	double n = t->persons, mean, variance;

	if (n < 2)
		return 1;
	mean = t->gain / n;
	variance = fmax(0, t->gain_squares / n - mean * mean);
	return 1.959964 * sqrt(variance / (n / SEEDS));
}

/* The class whose recall changed for the worst, over all persons. */
static enum emotion worst_class(const struct tally *t, double *change)
{
	enum emotion worst = EMOTION_NEUTRAL;

	*change = 1;
	for (int e = 0; e < EMOTION_COUNT; e++) {
		double now = t->rows[e] >= LEAST_CLASS
				     ? (double)(t->after[e] - t->before[e]) /
					       t->rows[e]
				     : 1;

		if (now < *change) {
			*change = now;
			worst = (enum emotion)e;
		}
	}
	return worst;
}

static json_t *tally_json(const struct tally *t, int amount)
{
	double gain = t->persons ? t->gain / t->persons : 0, change;
	enum emotion worst = worst_class(t, &change);
	double half = half_interval(t);

	return json_pack(
		"{s:i, s:f, s:f, s:f, s:f, s:[f,f], s:s, s:f}", "k", amount,
		"given", t->persons ? (double)t->given / t->persons : 0,
		"before", share(t, t->before), "after", share(t, t->after),
		"gain", gain, "gain_ci95", gain - half, gain + half,
		"worst_class", emotion_name(worst), "worst_change", change);
}

static int print_json(const struct result *r, const struct rows *rows,
		      bool crowd)
{
	json_t *list = json_array();

	for (int l = 0; l < LIKENESSES; l++)
		for (int t = 0; t < TEACHINGS; t++) {
			const struct tally *tally = r->tallies[l][t];
			json_t *steps = json_array();

			for (int a = 0; a < AMOUNTS; a++)
				json_array_append_new(
					steps,
					tally_json(&tally[a], amounts[a]));
			json_array_append_new(
				list,
				json_pack("{s:s, s:s, s:f, s:o}", "alike_by",
					  likeness_names[l], "answered",
					  teaching_names[t], "persons",
					  (double)tally[0].persons / SEEDS,
					  "corrections", steps));
		}
	list = json_pack("{s:i, s:s, s:o}", "n", rows->n, "truth",
			 crowd ? "ferplus" : "fer2013", "persons", list);
	json_dumpf(list, stdout, JSON_COMPACT | JSON_REAL_PRECISION(5));
	putchar('\n');
	json_decref(list);
	return EX_OK;
}

static void print_tally(const struct tally *t, int amount)
{
	double change;
	enum emotion worst = worst_class(t, &change);

	printf("  %11d %6.1f  %5.1f%%  %5.1f%%  %+5.1f +- %.1f  %+6.1f (%s)\n",
	       amount, t->persons ? (double)t->given / t->persons : 0,
	       100 * share(t, t->before), 100 * share(t, t->after),
	       t->persons ? 100 * t->gain / t->persons : 0,
	       100 * half_interval(t), 100 * change, emotion_name(worst));
}

static int print_text(const struct result *r, const struct rows *rows,
		      bool crowd)
{
	printf("%d pictures, right is what %s\n", rows->n,
	       crowd ? "FER+'s crowd saw" : "FER2013's label says");
	for (int l = 0; l < LIKENESSES; l++)
		for (int t = 0; t < TEACHINGS; t++) {
			const struct tally *tally = r->tallies[l][t];

			printf("\npictures alike in their %s, %d persons; %s "
			       "answered\n"
			       "  corrections  given  before  after   gain     "
			       "    worst class\n",
			       likeness_names[l], tally[0].persons / SEEDS,
			       t == EVERY_READING ? "every reading is"
						  : "only wrong readings are");
			for (int a = 0; a < AMOUNTS; a++)
				print_tally(&tally[a], amounts[a]);
		}
	return EX_OK;
}

/* ---- the command -------------------------------------------------------- */

static int usage(FILE *to)
{
	fprintf(to,
		"usage: mien-eval personal --csv FILE [OPTIONS]\n\n"
		"  --csv FILE      Kaggle's fer2013.csv\n"
		"  --usage U       Training, PublicTest, PrivateTest or all "
		"(default: PublicTest)\n"
		"  --ferplus FILE  FER+'s fer2013new.csv, the same rows: right "
		"is what its crowd saw\n"
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

static int evaluate(struct fer *fer, struct emotion_net *net,
		    const struct options *opt)
{
	struct rows rows = {0};
	struct result result = {0};
	struct fault fault;
	enum status st = read_rows(fer, net, opt, &rows, &fault);
	int code;

	if (!st && (st = simulate(&rows, &result)))
		fault_set(&fault, st, opt->csv, "%s", status_text(st));
	if (st)
		code = eval_complain(&fault);
	else
		code = (opt->json ? print_json : print_text)(&result, &rows,
							     opt->ferplus);
	rows_done(&rows);
	return code;
}

int eval_personal(int argc, char **argv)
{
	struct options opt = {.usage = "PublicTest"};
	struct emotion_net *net = NULL;
	struct fer *fer = NULL;
	struct fault fault;
	char folder[4096];
	int code = parse(argc, argv, &opt);

	if (code >= 0)
		return code;
	if (fer_open(&fer, opt.csv, opt.ferplus, &fault))
		return eval_complain(&fault);
	code = eval_model_folder(opt.model, folder, sizeof(folder));
	if (!code && emotion_net_open(&net, folder, &fault)) {
		eval_complain(&fault);
		code = EX_UNAVAILABLE;
	}
	if (!code)
		code = evaluate(fer, net, &opt);
	emotion_net_close(net);
	fer_close(fer);
	return code;
}
