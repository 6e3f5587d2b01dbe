/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list: plain queries, row by row. */
#include "catalog/list.h"

#include "base/text.h"
#include "catalog/blend.h"
#include "catalog/store.h"

#define KEY_SIZE  256
#define NAME_SIZE 256

enum status catalog_find(struct catalog *catalog, const char *artist,
			 const char *title, int64_t *id)
{
	char artist_key[KEY_SIZE], title_key[KEY_SIZE];

	text_key(artist_key, sizeof(artist_key), artist);
	text_key(title_key, sizeof(title_key), title);
	return STORE_INTEGER(
		catalog,
		"SELECT t.id FROM track t JOIN artist a"
		" ON a.id = t.artist WHERE a.key = ? AND t.key = ?",
		id, TEXT(artist_key), TEXT(title_key));
}

/* Cleaned once more, for others write to the file, too. Returns dst. */
static const char *text(char *dst, size_t size, sqlite3_stmt *stmt, int column)
{
	const char *found = (const char *)sqlite3_column_text(stmt, column);

	text_clean(dst, size, found ? found : "");
	return dst;
}

/* Where the caller had enough, or the rows ended. */
static enum status finish(sqlite3_stmt *stmt, enum status status)
{
	if (stmt)
		sqlite3_reset(stmt);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status catalog_sources(struct catalog *catalog, int64_t id,
			    list_source_fn *each, void *user)
{
	sqlite3_stmt *stmt = STORE_USE(catalog,
				       "SELECT track, source, uri FROM source"
				       " WHERE ?1 = 0 OR track = ?1"
				       " ORDER BY track, remote, uri, source",
				       INT(id));
	char name[NAME_SIZE], uri[sizeof(((struct track *)0)->uri)];
	enum status status;

	while (!(status = store_step(catalog, stmt)))
		if (!each(sqlite3_column_int64(stmt, 0),
			  text(name, sizeof(name), stmt, 1),
			  text(uri, sizeof(uri), stmt, 2), user))
			break;
	return finish(stmt, status);
}

enum status catalog_tags(struct catalog *catalog, int64_t id, list_tag_fn *each,
			 void *user)
{
	sqlite3_stmt *stmt =
		STORE_USE(catalog,
			  "SELECT g.name, w.weight FROM track_tag w"
			  " JOIN tag g ON g.id = w.tag WHERE w.track = ?"
			  " ORDER BY w.weight DESC, g.name",
			  INT(id));
	char name[NAME_SIZE];
	enum status status;

	while (!(status = store_step(catalog, stmt)))
		if (!each(text(name, sizeof(name), stmt, 0),
			  sqlite3_column_double(stmt, 1), user))
			break;
	return finish(stmt, status);
}

/* name: NAME_SIZE bytes that the provenance stands in. */
static void read_mood(sqlite3_stmt *stmt, char *name, struct list_mood *out)
{
	*out = (struct list_mood){
		.provenance = text(name, NAME_SIZE, stmt, 0),
		.valence = sqlite3_column_double(stmt, 1),
		.arousal = sqlite3_column_double(stmt, 2),
		.confidence = sqlite3_column_double(stmt, 3),
		.axes = (enum mood_axes)sqlite3_column_int(stmt, 4),
	};
}

enum status catalog_moods(struct catalog *catalog, int64_t id,
			  list_mood_fn *each, void *user)
{
	sqlite3_stmt *stmt = STORE_USE(
		catalog,
		"SELECT provenance, valence, arousal, confidence, axes"
		" FROM mood_fact WHERE track = ? ORDER BY provenance",
		INT(id));
	struct blend blend = {0};
	struct list_mood mood;
	char name[NAME_SIZE];
	enum status status;

	while (!(status = store_step(catalog, stmt))) {
		read_mood(stmt, name, &mood);
		blend_add(&blend, mood.provenance, mood.axes, mood.valence,
			  mood.arousal, mood.confidence);
	}
	/* ended, it begins anew with the same track */
	while (status == STATUS_END && !(status = store_step(catalog, stmt))) {
		read_mood(stmt, name, &mood);
		blend_shares(&blend, mood.provenance, mood.axes,
			     mood.confidence, &mood.valence_share,
			     &mood.arousal_share);
		if (!each(&mood, user))
			break;
		status = STATUS_END;
	}
	return finish(stmt, status);
}
