/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plays: writes to a catalog as the programs do, one committed step after the
 * other, and says on standard output which one is done, so that what a fault
 * cost can be counted exactly.
 *
 *   plays CATALOG           adds, plays, skips, likes
 *   plays --check CATALOG   opens it as the programs do; prints what it holds
 *
 * A step says "step N" when it was committed; a failure ends it with status 1
 * and a sentence.
 */
#include "catalog/catalog.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BATCHES 4
#define BATCH   8 /* tracks */
#define PLAYS   12

static int step_count;

/* Not buffered: the process may be gone at the next write. */
static void say_step(void)
{
	char line[32];

	if (write(1, line,
		  (size_t)snprintf(line, sizeof(line), "step %d\n",
				   ++step_count)) < 0)
		_exit(98);
}

static enum status add_batch(struct catalog *catalog, int number,
			     struct fault *fault)
{
	enum status st = catalog_begin(catalog, fault);
	char title[32], uri[64];

	for (int i = 0; !st && i < BATCH; i++) {
		const struct track_facts facts = {
			.artist = i & 1 ? "The Lanterns" : "Ada Fenn",
			.title = title,
			.uri = uri,
			.genre = "folk",
			.source = "import",
			.has_mood = true,
			.valence = 0.25f,
			.confidence = 0.5f,
			.provenance = "tags",
		};

		snprintf(title, sizeof(title), "Song %d of %d", i, number);
		snprintf(uri, sizeof(uri), "https://a.example/%d/%d", number,
			 i);
		st = catalog_add(catalog, &facts, NULL, fault);
	}
	if (st)
		catalog_rollback(catalog);
	else
		st = catalog_commit(catalog, fault);
	return st;
}

static enum status write_all(struct catalog *catalog, struct fault *fault)
{
	enum status st = STATUS_OK;

	for (int i = 0; !st && i < BATCHES; i++) {
		st = add_batch(catalog, i, fault);
		if (!st)
			say_step();
	}
	for (int i = 0; !st && i < PLAYS; i++) {
		static const enum catalog_event events[] = {
			CATALOG_PLAYED, CATALOG_SKIPPED, CATALOG_LIKED};

		st = catalog_note(catalog, 1 + i, events[i % 3], i % 7, 20,
				  1700000000 + i);
		if (st)
			fault_set(fault, st, "plays", "noting number %d", i);
		else
			say_step();
	}
	return st;
}

static enum status print_held(struct catalog *catalog, struct fault *fault)
{
	int64_t tracks = 0;
	int played = 0, skipped = 0;
	enum status st = catalog_check(catalog, fault);

	if (!st)
		st = catalog_count(catalog, &tracks);
	if (!st)
		st = catalog_history(catalog, 0, &played, &skipped);
	if (!st)
		printf("%d %d %d\n", (int)tracks, played, skipped);
	return st;
}

int main(int argc, char **argv)
{
	bool check = argc == 3 && !strcmp(argv[1], "--check");
	struct catalog *catalog = NULL;
	struct fault fault = {0};
	char sentence[1024];
	enum status st;

	if (argc != 2 + check) {
		fputs("usage: plays [--check] CATALOG\n", stderr);
		return 64;
	}
	st = catalog_open(&catalog, argv[1 + check], CATALOG_WRITE, &fault);
	if (!st)
		st = check ? print_held(catalog, &fault)
			   : write_all(catalog, &fault);
	catalog_close(catalog);
	if (st)
		fprintf(stderr, "plays: %s\n",
			fault_sentence(&fault, sentence, sizeof(sentence)));
	return st != STATUS_OK;
}
