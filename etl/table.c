/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table: which column is which, and records as songs. */
#include "etl/table.h"

#include "base/text.h"
#include "etl/csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum column {
	ARTIST,
	TITLE,
	URI,
	ALBUM,
	GENRE,
	TAGS,
	LENGTH,
	LENGTH_MS,
	VALENCE,
	AROUSAL,
	ENERGY,
	TEMPO,
	COLUMNS
};

/* Names as text_key writes them; Exportify's changed over the years. */
static const struct {
	const char *name;
	enum column column;
} names[] = {
	{"artist", ARTIST},
	{"artist name", ARTIST},
	{"artist name s", ARTIST},
	{"artists", ARTIST},
	{"creator", ARTIST},
	{"title", TITLE},
	{"track name", TITLE},
	{"track", TITLE},
	{"name", TITLE},
	{"uri", URI},
	{"url", URI},
	{"location", URI},
	{"path", URI},
	{"file", URI},
	{"track uri", URI},
	{"spotify uri", URI},
	{"album", ALBUM},
	{"album name", ALBUM},
	{"genre", GENRE},
	{"genres", GENRE},
	{"artist genres", GENRE},
	{"tags", TAGS},
	{"length", LENGTH},
	{"duration", LENGTH},
	{"track duration ms", LENGTH_MS},
	{"duration ms", LENGTH_MS},
	{"valence", VALENCE},
	{"arousal", AROUSAL},
	{"energy", ENERGY},
	{"tempo", TEMPO},
};

struct table {
	const char *name;
	const struct sink *sink;
	struct csv csv;
	int at[COLUMNS]; /* the field's number, -1: no such column */
};

static void find_columns(struct table *table)
{
	char key[64];

	for (int i = 0; i < COLUMNS; i++)
		table->at[i] = -1;
	for (int i = 0; i < table->csv.count; i++) {
		text_key(key, sizeof(key), table->csv.fields[i]);
		for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++)
			if (!strcmp(key, names[n].name) &&
			    table->at[names[n].column] < 0)
				table->at[names[n].column] = i;
	}
}

static const char *field(const struct table *table, enum column column)
{
	int at = table->at[column];

	return at >= 0 && at < table->csv.count ? table->csv.fields[at] : "";
}

static void complain(const struct table *table, const char *what,
		     const char *value)
{
	struct fault fault;

	fault_set(&fault, STATUS_BAD_DATA, table->name, "%s: %.60s", what,
		  value);
	fault_at(&fault, table->csv.line, 0);
	table->sink->bad(&fault, table->sink->user);
}

/* A number of a column in its range; false, with a word, for none. */
static bool number(const struct table *table, enum column column, double least,
		   double most, double *out)
{
	const char *text = field(table, column);
	char *end;

	if (!text[strspn(text, " ")])
		return false;
	*out = strtod(text, &end);
	if (end != text && !end[strspn(end, " ")] && *out >= least &&
	    *out <= most)
		return true;
	complain(table, "not a number of this column's range", text);
	return false;
}

void table_place(double valence, double energy, double tempo,
		 double *out_valence, double *out_arousal)
{
	double pace = tempo > 0 ? fmax(-1, fmin(1, (tempo - 120) / 60)) : 0;
	double arousal = 2 * energy - 1;

	*out_valence = 2 * valence - 1;
	*out_arousal = tempo > 0 ? 0.8 * arousal + 0.2 * pace : arousal;
}

/* Spotify's numbers are averages of a whole song by a closed model; a person's
 * own are taken for surer. */
static void take_mood(const struct table *table, struct song *song)
{
	double energy, tempo = 0;
	const char *said = "import";

	if (table->at[AROUSAL] >= 0) {
		song->has_mood =
			number(table, VALENCE, -1, 1, &song->valence) &&
			number(table, AROUSAL, -1, 1, &song->arousal);
		song->confidence = 0.8;
	} else if (table->at[ENERGY] >= 0) {
		song->has_mood = number(table, VALENCE, 0, 1, &song->valence) &&
				 number(table, ENERGY, 0, 1, &energy);
		song->confidence = 0.6;
		said = "audio features";
		if (song->has_mood) {
			number(table, TEMPO, 0, 1000, &tempo);
			table_place(song->valence, energy, tempo,
				    &song->valence, &song->arousal);
		}
	}
	if (song->has_mood)
		text_copy(song->provenance, sizeof(song->provenance), said);
}

/* Exportify joins artists by ";" (names may hold commas); the first one is
 * the song's. */
static void take_artist(const struct table *table, struct song *song)
{
	const char *text = field(table, ARTIST);

	song_text_n(song->artist, sizeof(song->artist), text,
		    strcspn(text, ";"));
}

/* Genres may be many: the first is the genre, all are tags. */
static void take_genre(const struct table *table, struct song *song)
{
	const char *genres = field(table, GENRE), *tags = field(table, TAGS);
	size_t first = strcspn(genres, ",;|");

	song_text_n(song->genre, sizeof(song->genre), genres, first);
	song_text(song->tags, sizeof(song->tags), tags);
	if (genres[first] && !tags[0])
		song_text(song->tags, sizeof(song->tags), genres);
}

static bool take_record(struct table *table)
{
	const char *uri = field(table, URI), *ms = field(table, LENGTH_MS);
	struct song song = {0};

	take_artist(table, &song);
	take_genre(table, &song);
	song_text(song.title, sizeof(song.title), field(table, TITLE));
	song_text(song.album, sizeof(song.album), field(table, ALBUM));
	song.length_s = ms[0] ? song_length(ms) / 1000
			      : song_length(field(table, LENGTH));
	if (strlen(uri) >= sizeof(song.uri)) {
		complain(table, "an address of over 1023 bytes", uri);
		return true;
	}
	text_copy(song.uri, sizeof(song.uri), uri);
	take_mood(table, &song);
	if (!song.title[0] && !song.uri[0]) {
		complain(table, "neither a title nor an address", song.artist);
		return true;
	}
	return table->sink->song(&song, table->csv.line, table->sink->user);
}

enum status table_read(char *text, size_t length, const char *name,
		       const struct sink *sink, struct fault *fault)
{
	struct table table = {.name = name, .sink = sink};
	enum status st;

	csv_init(&table.csv, text, length);
	st = csv_next(&table.csv, name, fault);
	if (!st)
		find_columns(&table);
	if (st == STATUS_END ||
	    (!st && table.at[URI] < 0 &&
	     (table.at[TITLE] < 0 || table.at[ARTIST] < 0))) {
		fault_set(fault, STATUS_BAD_DATA, name,
			  "the first line names no columns artist and title");
		fault_at(fault, 1, 0);
		fault_hint(fault, "columns are artist, title, uri, album, "
				  "genre, length, valence, arousal, tags, or "
				  "those of Exportify");
		return STATUS_BAD_DATA;
	}
	while (!st && !(st = csv_next(&table.csv, name, fault)))
		if (!take_record(&table))
			return STATUS_OK;
	return st == STATUS_END ? STATUS_OK : st;
}
