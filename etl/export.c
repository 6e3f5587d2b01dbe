/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * export: the catalog as lines, by artist and title. Nothing in them tells of
 * times or rows, so that equal catalogs give equal bytes.
 */
#include "catalog/list.h"
#include "etl/commands.h"
#include "etl/playlist.h"
#include "etl/say.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* Digits that a place on the plane is written with. */
#define ROUND 1e4

struct export
{
	struct catalog *catalog;
	bool json;
	enum status status;
};

static bool add_tag(const char *tag, double weight, void *user)
{
	(void)weight;
	json_array_append_new(user, json_string(tag));
	return true;
}

struct names {
	char text[256];
};

/* Who told, and where several did, whose part in valence and arousal is how
 * large. */
static bool add_provenance(const struct list_mood *mood, void *user)
{
	struct names *names = user;
	size_t used = strlen(names->text);
	char shares[32] = "";

	if (mood->valence_share < 1 || mood->arousal_share < 1)
		snprintf(shares, sizeof(shares), " %.0f/%.0f%%",
			 mood->valence_share * 100, mood->arousal_share * 100);
	snprintf(names->text + used, sizeof(names->text) - used, "%s%s%s",
		 used ? ", " : "", mood->provenance, shares);
	return true;
}

struct address {
	char uri[sizeof(((struct track *)0)->uri)];
};

static bool first_address(int64_t track, const char *source, const char *uri,
			  void *user)
{
	struct address *address = user;

	(void)track, (void)source;
	snprintf(address->uri, sizeof(address->uri), "%s", uri);
	return false;
}

static json_t *text_or_null(const char *text)
{
	return text[0] ? json_string(text) : json_null();
}

static json_t *place_or_null(const struct track *track, float value)
{
	return track->confidence > 0
		       ? json_real(round((double)value * ROUND) / ROUND)
		       : json_null();
}

static bool print_json(const struct track *track, struct export *export)
{
	struct address address = {""};
	struct names told = {""};
	json_t *tags = json_array(), *object;
	int failed;

	export->status =
		catalog_tags(export->catalog, track->id, add_tag, tags);
	if (!export->status)
		export->status = catalog_moods(export->catalog, track->id,
					       add_provenance, &told);
	if (!export->status)
		export->status = catalog_sources(export->catalog, track->id,
						 first_address, &address);
	object = json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:s, s:o, s:s, s:o}",
			   "artist", track->artist, "title", track->title,
			   "genre", text_or_null(track->genre), "tags", tags,
			   "valence", place_or_null(track, track->valence),
			   "arousal", place_or_null(track, track->arousal),
			   "lyric_label", playlist_lyric_name(track->lyric),
			   "language", text_or_null(track->language), "uri",
			   address.uri, "provenance", text_or_null(told.text));
	failed = !object || json_dumpf(object, stdout,
				       JSON_COMPACT | JSON_REAL_PRECISION(6));
	json_decref(object);
	if (failed && !export->status)
		export->status = object ? STATUS_IO : STATUS_NO_MEMORY;
	putchar('\n');
	return !export->status;
}

/* The texts are clean: no tabs, no line ends. */
static bool print_row(const struct track *track)
{
	char place[32] = "\t";

	if (track->confidence > 0)
		snprintf(place, sizeof(place), "%+.2f\t%+.2f",
			 (double)track->valence, (double)track->arousal);
	printf("%s\t%s\t%s\t%s\t%s\t%s\n", track->artist, track->title,
	       track->genre, place, playlist_lyric_name(track->lyric),
	       track->uri);
	return !ferror(stdout);
}

static bool print_track(const struct track *track, void *user)
{
	struct export *export = user;

	return export->json ? print_json(track, export) : print_row(track);
}

int export_main(const struct cli *cli)
{
	struct export export = {.json = cli->json};
	struct fault fault;
	enum status st = catalog_open(&export.catalog, cli->catalog,
				      CATALOG_READ, &fault);

	if (st)
		return say_fault(&fault);
	if (!cli->json)
		puts("artist\ttitle\tgenre\tvalence\tarousal\tlyrics\turi");
	st = catalog_each(export.catalog, print_track, &export);
	if (!st)
		st = export.status;
	catalog_close(export.catalog);
	if (!st)
		return EX_OK;
	fault_set(&fault, st, cli->catalog, "the export ended early: %s",
		  status_text(st));
	return say_fault(&fault);
}
