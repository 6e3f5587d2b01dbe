/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * personal: "mien personal": what a person's corrections say, all of them as
 * numbers, or an end of them.
 */
#include "tui/commands.h"
#include "tui/corrections.h"
#include "tui/report.h"
#include "tui/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How often a reading of the row was put right to that of the column. */
typedef int pairs_t[EMOTION_COUNT][EMOTION_COUNT];

static void count_pairs(const struct corrections *c, pairs_t pairs)
{
	memset(pairs, 0, sizeof(pairs_t));
	for (int i = 0; i < c->count; i++)
		if (!strcmp(c->networks[i], c->network))
			pairs[emotion_first(c->list[i].scores.shown)]
			     [c->list[i].right]++;
}

static enum status show_json(const struct corrections *c, struct fault *fault)
{
	json_t *list = json_array();
	int count = corrections_count(c);
	pairs_t pairs;

	count_pairs(c, pairs);
	for (int r = 0; r < EMOTION_COUNT; r++)
		for (int e = 0; e < EMOTION_COUNT; e++)
			if (pairs[r][e])
				json_array_append_new(
					list,
					json_pack("{s:s, s:s, s:i}", "read",
						  emotion_name((enum emotion)r),
						  "right",
						  emotion_name((enum emotion)e),
						  "count", pairs[r][e]));
	return report_print(json_pack("{s:i, s:i, s:o, s:s, s:o}",
				      "corrections", count, "of_other_networks",
				      c->count - count, "file",
				      report_text(c->path), "network",
				      c->network, "pairs", list),
			    fault);
}

static void show_text(const struct corrections *c)
{
	int count = corrections_count(c), others = c->count - count;
	pairs_t pairs;

	if (!count)
		puts("No correction counts: x in the dashboard puts a wrong "
		     "reading right.");
	else
		printf("%d correction%s in %s:\n", count, count == 1 ? "" : "s",
		       c->path);
	count_pairs(c, pairs);
	for (int r = 0; r < EMOTION_COUNT; r++)
		for (int e = 0; e < EMOTION_COUNT; e++) {
			const char *read = emotion_name((enum emotion)r);

			if (!pairs[r][e])
				continue;
			if (r == e)
				printf("  %3d  %s was right\n", pairs[r][e],
				       read);
			else
				printf("  %3d  read %s, is %s\n", pairs[r][e],
				       read, emotion_name((enum emotion)e));
		}
	if (others)
		printf("%d more %s of another network and count%s for it "
		       "alone.\n",
		       others, others == 1 ? "is" : "are",
		       others == 1 ? "s" : "");
}

static enum status end_them(struct corrections *c, const struct options *o,
			    struct fault *fault)
{
	int count = c->count;
	enum status st = corrections_reset(c, fault);

	if (st)
		return st;
	if (o->json)
		return report_print(json_pack("{s:i}", "corrections", 0),
				    fault);
	if (count)
		printf("%d correction%s taken away; readings are the "
		       "network's own again.\n",
		       count, count == 1 ? " was" : "s were");
	else
		puts("There are no corrections now.");
	return STATUS_OK;
}

static bool says(const struct options *options, const char *word)
{
	return options->argument_count && !strcmp(options->arguments[0], word);
}

int personal_main(const struct options *options, const struct config *config)
{
	struct corrections *c = malloc(sizeof(*c));
	struct fault fault = {.status = STATUS_NO_MEMORY};
	enum status st;
	bool reset = says(options, "reset"), export = says(options, "export");

	if (!c)
		return say_fault(&fault);
	if (options->argument_count && !reset && !export) {
		fault_set(&fault, STATUS_BAD_ARGUMENT, options->arguments[0],
			  "personal takes reset, export or nothing");
		free(c);
		return say_fault(&fault);
	}
	st = corrections_open(c, config, &fault);
	/* reset is the way out of a file that cannot be read */
	if (reset && c->path[0])
		st = end_them(c, options, &fault);
	else if (!st && export)
		st = report_print(corrections_json(c), &fault);
	else if (!st && options->json)
		st = show_json(c, &fault);
	else if (!st)
		show_text(c);
	free(c);
	return st ? say_fault(&fault) : 0;
}
