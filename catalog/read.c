/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read: tracks one at a time, in order, and how many there are. */
#include "catalog/read.h"

#include "base/text.h"

#include <string.h>

static void column_text(char *dst, size_t size, sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	/* once more: others write to the file, too */
	text_clean(dst, size, text ? text : "");
}

void read_track(sqlite3_stmt *stmt, struct track *out)
{
	*out = (struct track){
		.id = sqlite3_column_int64(stmt, 0),
		.length_s = sqlite3_column_double(stmt, 6),
		.valence = (float)sqlite3_column_double(stmt, 7),
		.arousal = (float)sqlite3_column_double(stmt, 8),
		.confidence = (float)sqlite3_column_double(stmt, 9),
		.lyric = (enum lyric_label)sqlite3_column_int(stmt, 10),
		.liked = sqlite3_column_int(stmt, 11) != 0,
	};
	column_text(out->artist, sizeof(out->artist), stmt, 1);
	column_text(out->title, sizeof(out->title), stmt, 2);
	column_text(out->album, sizeof(out->album), stmt, 3);
	column_text(out->genre, sizeof(out->genre), stmt, 4);
	column_text(out->artwork, sizeof(out->artwork), stmt, 5);
	column_text(out->language, sizeof(out->language), stmt, 12);
	column_text(out->uri, sizeof(out->uri), stmt, 13);
}

enum status catalog_get(struct catalog *catalog, int64_t id, struct track *out)
{
	static const char sql[] = "SELECT " READ_COLUMNS
				  " FROM track t" READ_JOINS " WHERE t.id = ?";
	sqlite3_stmt *stmt = STORE_USE(catalog, sql, INT(id));
	enum status status = store_step(catalog, stmt);

	if (status)
		return status == STATUS_END ? STATUS_NOT_FOUND : status;
	read_track(stmt, out);
	sqlite3_reset(stmt);
	return STATUS_OK;
}

enum status catalog_address(struct catalog *catalog, int64_t id,
			    catalog_may_play_fn *may_play, void *user,
			    char *out, size_t size)
{
	static const char sql[] =
		"SELECT uri FROM source WHERE track = ? " READ_ADDRESSES;
	sqlite3_stmt *stmt = STORE_USE(catalog, sql, INT(id));
	enum status status;

	while (!(status = store_step(catalog, stmt))) {
		const char *uri = (const char *)sqlite3_column_text(stmt, 0);

		if (!uri || (may_play && !may_play(uri, user)))
			continue;
		if (out)
			column_text(out, size, stmt, 0);
		sqlite3_reset(stmt);
		return STATUS_OK;
	}
	return status == STATUS_END ? STATUS_NOT_FOUND : status;
}

enum status catalog_count(struct catalog *catalog, int64_t *tracks)
{
	return store_integer(catalog, "SELECT tracks FROM tally", tracks, NULL,
			     0);
}

enum status catalog_has_web(struct catalog *catalog, bool *web)
{
	int64_t found = 0;
	enum status status = store_integer(
		catalog,
		"SELECT EXISTS (SELECT 1 FROM source WHERE remote = 1)", &found,
		NULL, 0);

	*web = found != 0;
	return status;
}

enum status catalog_each(struct catalog *catalog,
			 bool (*each)(const struct track *track, void *user),
			 void *user)
{
	static const char sql[] =
		"SELECT " READ_COLUMNS
		" FROM artist a CROSS JOIN track t ON t.artist = a.id"
		" LEFT JOIN genre g ON g.id = t.genre"
		" ORDER BY a.key, t.key";
	sqlite3_stmt *stmt = NULL;
	struct track track;
	enum status status;

	/* Its own statement, so that each may call whatever it likes. */
	if (sqlite3_prepare_v2(catalog->db, sql, -1, &stmt, NULL))
		return store_fault(catalog, NULL, "");
	while (!(status = store_step(catalog, stmt))) {
		read_track(stmt, &track);
		if (!each(&track, user)) {
			status = STATUS_END;
			break;
		}
	}
	sqlite3_finalize(stmt);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status catalog_check(struct catalog *catalog, struct fault *fault)
{
	sqlite3_stmt *stmt =
		store_use(catalog, "PRAGMA quick_check(1)", NULL, 0);
	enum status status = stmt ? store_step(catalog, stmt) : STATUS_FAILED;
	const char *said;

	if (status)
		return store_fault(catalog, fault, "checking");
	said = (const char *)sqlite3_column_text(stmt, 0);
	if (said && strcmp(said, "ok") != 0)
		status = fault_set(fault, STATUS_BAD_DATA, "the catalog",
				   "it is damaged: %s", said);
	sqlite3_reset(stmt);
	return status;
}
