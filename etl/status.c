/* SPDX-License-Identifier: GPL-3.0-or-later */
/* status: what is in the catalog, counted, and which files are gone. */
#include "base/text.h"
#include "catalog/list.h"
#include "catalog/uri.h"
#include "etl/commands.h"
#include "etl/ledger.h"
#include "etl/say.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define SHOWN_GENRES  12
#define SHOWN_MISSING 20

/* Names with counts; few sources, some hundred genres. */
struct count {
	char name[64];
	unsigned n;
};

struct counts {
	struct count *all;
	size_t used, room;
};

enum quadrant { LIVELY_GOOD, LIVELY_BAD, QUIET_BAD, QUIET_GOOD, QUADRANTS };

static const struct {
	const char *key, *words;
} quadrants[QUADRANTS] = {
	[LIVELY_GOOD] = {"happy", "happy, excited"},
	[LIVELY_BAD] = {"tense", "angry, tense"},
	[QUIET_BAD] = {"sad", "sad, tired"},
	[QUIET_GOOD] = {"calm", "calm, content"},
};

struct summary {
	unsigned tracks, artists, quadrant[QUADRANTS], no_mood, no_genre;
	char last_artist[sizeof(((struct track *)0)->artist)];
	struct counts genres, sources;
	json_t *missing;
	bool failed;
};

static bool count_name(struct counts *counts, const char *name)
{
	for (size_t i = 0; i < counts->used; i++)
		if (!strcmp(counts->all[i].name, name)) {
			counts->all[i].n++;
			return true;
		}
	if (counts->used == counts->room) {
		size_t room = counts->room ? 2 * counts->room : 64;
		struct count *all =
			realloc(counts->all, room * sizeof(*counts->all));

		if (!all)
			return false;
		counts->all = all;
		counts->room = room;
	}
	counts->all[counts->used] = (struct count){.n = 1};
	text_copy(counts->all[counts->used++].name, sizeof(counts->all->name),
		  name);
	return true;
}

static int by_count(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp(x->name, y->name);
}

static void sort(struct counts *counts)
{
	if (counts->used)
		qsort(counts->all, counts->used, sizeof(*counts->all),
		      by_count);
}

static enum quadrant quadrant_of(const struct track *track)
{
	if (track->arousal >= 0)
		return track->valence >= 0 ? LIVELY_GOOD : LIVELY_BAD;
	return track->valence >= 0 ? QUIET_GOOD : QUIET_BAD;
}

static bool take_track(const struct track *track, void *user)
{
	struct summary *summary = user;

	summary->tracks++;
	/* they come by artist */
	if (strcmp(summary->last_artist, track->artist) != 0)
		summary->artists++;
	text_copy(summary->last_artist, sizeof(summary->last_artist),
		  track->artist);
	if (track->confidence > 0)
		summary->quadrant[quadrant_of(track)]++;
	else
		summary->no_mood++;
	if (!track->genre[0])
		summary->no_genre++;
	else if (!count_name(&summary->genres, track->genre))
		summary->failed = true;
	return !summary->failed;
}

static bool take_source(int64_t track, const char *source, const char *uri,
			void *user)
{
	struct summary *summary = user;
	char path[URI_SIZE];
	enum uri_kind kind;

	(void)track;
	if (!count_name(&summary->sources, source))
		summary->failed = true;
	if (!uri_check(uri, path, &kind, NULL) && kind == URI_FILE &&
	    access(path, R_OK))
		json_array_append_new(summary->missing, json_string(uri));
	return !summary->failed;
}

static json_t *object_of(const struct counts *counts)
{
	json_t *object = json_object();

	for (size_t i = 0; i < counts->used; i++)
		json_object_set_new(object, counts->all[i].name,
				    json_integer(counts->all[i].n));
	return object;
}

static void print_json(const struct summary *summary, const char *catalog,
		       struct catalog *file)
{
	json_t *moods = json_object(), *root;

	for (int i = 0; i < QUADRANTS; i++)
		json_object_set_new(moods, quadrants[i].key,
				    json_integer(summary->quadrant[i]));
	root = json_pack("{s:s, s:i, s:i, s:o, s:i, s:o, s:o, s:O}", "catalog",
			 catalog, "tracks", (int)summary->tracks, "artists",
			 (int)summary->artists, "moods", moods, "no_mood",
			 (int)summary->no_mood, "sources",
			 object_of(&summary->sources), "genres",
			 object_of(&summary->genres), "missing",
			 summary->missing);
	ledger_json(file, root);
	json_dumpf(root, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(root);
}

static void print_missing(const json_t *missing)
{
	size_t count = json_array_size(missing);

	printf("Files that are gone  %zu\n", count);
	for (size_t i = 0; i < count && i < SHOWN_MISSING; i++)
		printf("  %s\n", json_string_value(json_array_get(missing, i)));
	if (count > SHOWN_MISSING)
		printf("  and %zu more; --json names them all\n",
		       count - SHOWN_MISSING);
}

static void print_text(const struct summary *summary, const char *catalog)
{
	printf("Catalog  %s\n%u tracks by %u artists\n", catalog,
	       summary->tracks, summary->artists);
	puts("Moods");
	for (int i = 0; i < QUADRANTS; i++)
		printf("  %6u  %s\n", summary->quadrant[i], quadrants[i].words);
	printf("  %6u  not known\n", summary->no_mood);
	puts("Sources");
	for (size_t i = 0; i < summary->sources.used; i++)
		printf("  %6u  %s\n", summary->sources.all[i].n,
		       summary->sources.all[i].name);
	puts("Genres");
	for (size_t i = 0; i < summary->genres.used && i < SHOWN_GENRES; i++)
		printf("  %6u  %s\n", summary->genres.all[i].n,
		       summary->genres.all[i].name);
	if (summary->genres.used > SHOWN_GENRES)
		printf("          and %zu more\n",
		       summary->genres.used - SHOWN_GENRES);
	printf("  %6u  without one\n", summary->no_genre);
	print_missing(summary->missing);
}

int status_main(const struct cli *cli)
{
	struct summary summary = {.missing = json_array()};
	struct catalog *catalog = NULL;
	struct fault fault;
	enum status st =
		catalog_open(&catalog, cli->catalog, CATALOG_READ, &fault);

	if (!st) {
		st = catalog_each(catalog, take_track, &summary);
		if (!st)
			st = catalog_sources(catalog, 0, take_source, &summary);
		if (!st && summary.failed)
			st = STATUS_NO_MEMORY;
		if (st)
			fault_set(&fault, st, cli->catalog, "counting: %s",
				  status_text(st));
	}
	if (!st) {
		sort(&summary.genres);
		sort(&summary.sources);
		if (cli->json) {
			print_json(&summary, cli->catalog, catalog);
		} else {
			print_text(&summary, cli->catalog);
			ledger_print(catalog);
		}
	}
	catalog_close(catalog);
	free(summary.genres.all);
	free(summary.sources.all);
	json_decref(summary.missing);
	return st ? say_fault(&fault) : EX_OK;
}
