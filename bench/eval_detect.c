/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mien-eval detect: the faces of pictures whose faces are known, found again.
 * A face's size is its width once the picture is fitted into 320x240.
 */
#include "bench/eval.h"
#include "bench/score.h"
#include "bench/truth.h"

#include "base/clock.h"
#include "capture/capture.h"

#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define FIT_WIDTH  320.0f
#define FIT_HEIGHT 240.0f
#define SETS_MAX   64

static const struct size_class {
	const char *name;
	float below;
} classes[] = {{"0-14", 14},
	       {"14-24", 24},
	       {"24-40", 40},
	       {"40-80", 80},
	       {"80-", INFINITY}};

#define CLASSES ((int)(sizeof(classes) / sizeof(*classes)))

struct options {
	const char *truth, *dir, *model;
	enum { SEARCH_STILL, SEARCH_FAR } search;
	bool json;
};

struct set {
	char name[64];
	struct score found;
	int pictures, over; /* detections on no face */
};

struct result {
	struct score by_size[CLASSES], found;
	struct set sets[SETS_MAX];
	int set_count, pictures, empty;
	int alarms; /* on pictures without a face */
	int strays; /* beside the faces of the others */
	int64_t spent_ns;
};

/* What one picture is looked at with. */
struct look {
	struct detect *detect;
	const struct options *opt;
	const struct truth *truth;
	struct result *result;
	enum status status;
	bool seen;
};

/* Those of a name beyond the SETS_MAX-th share the last. */
static struct set *set_of(struct result *r, const char *name)
{
	for (int i = 0; i < r->set_count; i++)
		if (!strcmp(r->sets[i].name, name))
			return &r->sets[i];
	if (r->set_count == SETS_MAX)
		return &r->sets[SETS_MAX - 1];
	snprintf(r->sets[r->set_count].name, sizeof(r->sets->name), "%s", name);
	return &r->sets[r->set_count++];
}

static int class_of(const struct truth_box *face, const struct frame *frame)
{
	float fit = fminf(FIT_WIDTH / (float)frame->width,
			  FIT_HEIGHT / (float)frame->height);
	int i = 0;

	while ((face->x1 - face->x0) * fit >= classes[i].below)
		i++;
	return i;
}

static void count(struct result *r, const struct truth *truth,
		  const struct frame *frame, const struct detection *found,
		  int found_count)
{
	bool hit[TRUTH_FACES];
	struct set *set = set_of(r, truth->set);
	int over = truth_match(truth, found, found_count, hit);

	for (int i = 0; i < truth->count; i++) {
		score_add(&r->by_size[class_of(&truth->faces[i], frame)],
			  hit[i]);
		score_add(&r->found, hit[i]);
		score_add(&set->found, hit[i]);
	}
	r->pictures++;
	r->empty += !truth->count;
	*(truth->count ? &r->strays : &r->alarms) += over;
	set->pictures++;
	set->over += over;
}

static bool look_at(struct frame *frame, void *user)
{
	struct look *look = user;
	struct detection found[DETECT_MAX];
	int found_count = 0;
	int64_t start_ns = clock_monotonic_ns();

	if (look->opt->search == SEARCH_FAR)
		look->status = detect_faces(look->detect, frame, DETECT_FAR,
					    found, &found_count);
	else
		look->status =
			detect_still(look->detect, frame, found, &found_count);
	look->result->spent_ns += clock_monotonic_ns() - start_ns;
	look->seen = true;
	if (!look->status)
		count(look->result, look->truth, frame, found, found_count);
	return false;
}

static enum status try_picture(struct result *r, struct detect *detect,
			       const struct options *opt,
			       const struct truth *truth, struct fault *fault)
{
	char path[4096];
	struct capture_opts source = {.spec = path};
	struct look look = {
		.detect = detect, .opt = opt, .truth = truth, .result = r};
	enum status st;

	snprintf(path, sizeof(path), "%s/%s", opt->dir, truth->name);
	st = capture_each(&source, 0, look_at, &look, fault);
	if (st)
		return st;
	if (!look.seen)
		return fault_set(fault, STATUS_BAD_DATA, path,
				 "there is no picture in it");
	if (look.status)
		return fault_set(fault, look.status, path,
				 "the detector could not read it");
	return STATUS_OK;
}

static enum status try_lines(struct result *r, struct detect *detect,
			     const struct options *opt, FILE *file,
			     struct fault *fault)
{
	static struct truth truth;
	enum status st = STATUS_OK;
	char *line = NULL;
	size_t size = 0;

	for (int n = 1; !st && getline(&line, &size, file) > 0; n++) {
		line[strcspn(line, "\r\n")] = '\0';
		if (!*line || *line == '#')
			continue;
		if (truth_parse(line, &truth))
			st = try_picture(r, detect, opt, &truth, fault);
		else
			st = fault_set(fault, STATUS_BAD_DATA, opt->truth,
				       "line %d is not name<TAB>set<TAB>"
				       "x0,y0,x1,y1;...",
				       n);
	}
	free(line);
	if (!st && ferror(file))
		st = fault_set(fault, STATUS_IO, opt->truth, "reading: %s",
			       strerror(errno));
	if (!st && !r->pictures)
		st = fault_set(fault, STATUS_BAD_DATA, opt->truth,
			       "names no picture");
	return st;
}

static enum status try_all(struct result *r, struct detect *detect,
			   const struct options *opt, struct fault *fault)
{
	FILE *file = fopen(opt->truth, "re");
	enum status st;

	if (!file)
		return fault_set(fault,
				 errno == ENOENT   ? STATUS_NOT_FOUND
				 : errno == EACCES ? STATUS_DENIED
						   : STATUS_IO,
				 opt->truth, "cannot be opened: %s",
				 strerror(errno));
	st = try_lines(r, detect, opt, file, fault);
	fclose(file);
	return st;
}

static double ms_per_picture(const struct result *r)
{
	return (double)r->spent_ns / CLOCK_NS_PER_MS / r->pictures;
}

static int print_json(const struct result *r)
{
	json_t *sizes = json_object(), *sets = json_object(), *all;
	char *line;

	for (int i = 0; i < CLASSES; i++)
		json_object_set_new(sizes, classes[i].name,
				    json_pack("{s:i,s:f}", "n", r->by_size[i].n,
					      "found",
					      score_share(r->by_size[i])));
	for (int i = 0; i < r->set_count; i++)
		json_object_set_new(sets, r->sets[i].name,
				    json_pack("{s:i,s:i,s:f,s:i}", "n_pictures",
					      r->sets[i].pictures, "n_faces",
					      r->sets[i].found.n, "found",
					      score_share(r->sets[i].found),
					      "strays", r->sets[i].over));
	all = json_pack("{s:i,s:i,s:f,s:o,s:o,s:i,s:i,s:i,s:f}", "n_pictures",
			r->pictures, "n_faces", r->found.n, "found",
			score_share(r->found), "by_size", sizes, "by_set", sets,
			"n_empty", r->empty, "false_positives", r->alarms,
			"strays", r->strays, "ms_per_picture",
			ms_per_picture(r));
	line = all ? json_dumps(all, JSON_COMPACT | JSON_REAL_PRECISION(4))
		   : NULL;
	if (line)
		puts(line);
	free(line);
	json_decref(all);
	return line ? EX_OK : EX_OSERR;
}

static void print_row(const char *name, struct score found)
{
	double low, high;

	score_interval(found, &low, &high);
	printf("  %-12s %5d %6.1f%%  (%.1f .. %.1f)", name, found.n,
	       100 * score_share(found), 100 * low, 100 * high);
}

static int print_text(const struct result *r)
{
	printf("faces by width in 320x240, and how many were found\n");
	for (int i = 0; i < CLASSES; i++) {
		print_row(classes[i].name, r->by_size[i]);
		puts("");
	}
	print_row("all", r->found);
	printf("\n\nby set%34s\n", "where no face is");
	for (int i = 0; i < r->set_count; i++) {
		if (r->sets[i].found.n)
			print_row(r->sets[i].name, r->sets[i].found);
		else
			printf("  %-12s %5s %24s", r->sets[i].name, "-", "");
		printf("  %d in %d\n", r->sets[i].over, r->sets[i].pictures);
	}
	printf("\nfalse alarms: %d on %d pictures without a face, %d beside "
	       "faces\n%.1f ms a picture\n",
	       r->alarms, r->empty, r->strays, ms_per_picture(r));
	return EX_OK;
}

static int usage(FILE *to)
{
	fprintf(to,
		"usage: mien-eval detect --truth TSV --dir DIR [OPTIONS]\n\n"
		"  --truth TSV    a line a picture: "
		"name<TAB>set<TAB>x0,y0,x1,y1;...\n"
		"  --dir DIR      where the pictures stand\n"
		"  --search HOW   still: as a picture is read that stands "
		"alone (default)\n"
		"                 far: one pass over the whole frame\n"
		"  --model DIR    where the networks stand (default: the "
		"program's own)\n"
		"  --json         one object on one line, shares from 0 to "
		"1\n");
	return to == stdout ? EX_OK : EX_USAGE;
}

/* -1 to go on, or an exit code. */
static int parse(int argc, char **argv, struct options *opt)
{
	static const struct option longs[] = {
		{"truth", required_argument, NULL, 't'},
		{"dir", required_argument, NULL, 'd'},
		{"search", required_argument, NULL, 's'},
		{"model", required_argument, NULL, 'm'},
		{"json", no_argument, NULL, 'j'},
		{"help", no_argument, NULL, 'h'},
		{0},
	};
	int c;

	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1)
		switch (c) {
		case 't': opt->truth = optarg; break;
		case 'd': opt->dir = optarg; break;
		case 's':
			if (strcmp(optarg, "still") != 0 &&
			    strcmp(optarg, "far") != 0)
				return usage(stderr);
			opt->search = *optarg == 's' ? SEARCH_STILL
						     : SEARCH_FAR;
			break;
		case 'm': opt->model = optarg; break;
		case 'j': opt->json = true; break;
		case 'h': return usage(stdout);
		default: return usage(stderr);
		}
	if (optind < argc || !opt->truth || !opt->dir)
		return usage(stderr);
	return -1;
}

int eval_detect(int argc, char **argv)
{
	static struct result result;
	struct options opt = {.search = SEARCH_STILL};
	struct detect *detect = NULL;
	struct fault fault;
	char folder[4096];
	int code = parse(argc, argv, &opt);

	if (code >= 0)
		return code;
	code = eval_model_folder(opt.model, folder, sizeof(folder));
	if (code)
		return code;
	if (detect_open(&detect, folder, &fault)) {
		eval_complain(&fault);
		return EX_UNAVAILABLE;
	}
	if (try_all(&result, detect, &opt, &fault))
		code = eval_complain(&fault);
	else
		code = (opt.json ? print_json : print_text)(&result);
	detect_close(detect);
	return code;
}
