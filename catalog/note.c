/* SPDX-License-Identifier: GPL-3.0-or-later */
/* note: what happened to tracks, kept as events and summed up beside them. */
#include "catalog/store.h"
#include "catalog/taste.h"
#include "catalog/uri.h"
#include "model/emotion.h"

static enum status put_event(struct catalog *catalog, int64_t id,
			     enum catalog_event event, int emotion,
			     double heard_s, int64_t at)
{
	return STORE_RUN(catalog,
			 "INSERT INTO event (track, kind, emotion, heard_s, at)"
			 " VALUES (?, ?, ?, ?, ?)",
			 INT(id), INT(event), INT(emotion), REAL(heard_s),
			 INT(at));
}

static enum status sum_up(struct catalog *catalog, int64_t id,
			  enum catalog_event event, int64_t at)
{
	static const char *const sums[] = {
		[CATALOG_PLAYED] = "UPDATE track SET plays = plays + 1,"
				   " heard_at = max(heard_at, ?2), failures = 0"
				   " WHERE id = ?1",
		[CATALOG_SKIPPED] =
			"UPDATE track SET skips = skips + 1,"
			" heard_at = max(heard_at, ?2), failures = 0"
			" WHERE id = ?1",
		[CATALOG_FAILED] = "UPDATE track SET failures = failures + 1,"
				   " failed_at = ?2 WHERE id = ?1",
		[CATALOG_LIKED] = "UPDATE track SET liked = 1, banned = 0"
				  " WHERE id = ?1",
		[CATALOG_UNLIKED] = "UPDATE track SET liked = 0 WHERE id = ?1",
		[CATALOG_BANNED] = "UPDATE track SET liked = 0, banned = 1"
				   " WHERE id = ?1",
	};

	if (event == CATALOG_LIKED || event == CATALOG_UNLIKED ||
	    event == CATALOG_BANNED)
		return STORE_RUN(catalog, sums[event], INT(id));
	return STORE_RUN(catalog, sums[event], INT(id), INT(at));
}

/*
 * Adds to what a row of taste or artist_taste holds, which fades meanwhile.
 * find, put: its statements.
 */
static enum status add_taste(struct catalog *catalog, const char *find,
			     const char *put, int64_t id, int emotion,
			     double change, int64_t at)
{
	sqlite3_stmt *stmt;
	enum status status;
	double value = 0;

	if (change == 0)
		return STATUS_OK;
	stmt = STORE_USE(catalog, find, INT(id), INT(emotion));
	status = store_step(catalog, stmt);
	if (!status) {
		value = taste_faded(sqlite3_column_double(stmt, 0),
				    sqlite3_column_int64(stmt, 1), at);
		sqlite3_reset(stmt);
	}
	if (status && status != STATUS_END)
		return status;
	return STORE_RUN(catalog, put, INT(id), INT(emotion),
			 REAL(value + change), INT(at));
}

static enum status learn(struct catalog *catalog, int64_t id, int64_t artist,
			 enum catalog_event event, int emotion, double heard_s,
			 int64_t at)
{
	enum status status = add_taste(
		catalog,
		"SELECT value, at FROM taste WHERE track = ? AND emotion = ?",
		"REPLACE INTO taste (track, emotion, value, at)"
		" VALUES (?, ?, ?, ?)",
		id, emotion, taste_of_event(event, heard_s), at);

	if (status)
		return status;
	return add_taste(
		catalog,
		"SELECT value, at FROM artist_taste"
		" WHERE artist = ? AND emotion = ?",
		"REPLACE INTO artist_taste (artist, emotion, value, at)"
		" VALUES (?, ?, ?, ?)",
		artist, emotion, taste_of_event_for_artist(event, heard_s), at);
}

/* Where searches led to, as a source of its own. */
#define FOUND "played"

static enum status forget_found(struct catalog *catalog, int64_t id)
{
	return STORE_RUN(catalog,
			 "DELETE FROM source WHERE track = ? AND source = ?",
			 INT(id), TEXT(FOUND));
}

/* Another song's address is left to it: one of both is wrong. */
static enum status put_found(struct catalog *catalog, int64_t id,
			     const char *uri, int64_t at)
{
	return STORE_RUN(
		catalog,
		"INSERT INTO source (track, source, uri, remote, fetched_at)"
		" SELECT ?1, ?2, ?3, 1, ?4 WHERE EXISTS (SELECT 1 FROM source"
		"	WHERE track = ?1 AND remote = 2)"
		" AND NOT EXISTS (SELECT 1 FROM source"
		"	WHERE track = ?1 AND remote < 2)"
		" ON CONFLICT DO NOTHING",
		INT(id), TEXT(FOUND), TEXT(uri), INT(at));
}

enum status catalog_found(struct catalog *catalog, int64_t id, const char *uri,
			  int64_t at)
{
	char target[URI_SIZE];
	enum uri_kind kind;
	bool own = false;
	enum status status;

	if (uri_check(uri, target, &kind, NULL) || kind != URI_WEB)
		return STATUS_BAD_ARGUMENT;
	status = store_enter(catalog, &own);
	if (status)
		return status;
	status = forget_found(catalog, id);
	if (!status)
		status = put_found(catalog, id, uri, at);
	return store_leave(catalog, own, status);
}

enum status catalog_note(struct catalog *catalog, int64_t id,
			 enum catalog_event event, int emotion, double heard_s,
			 int64_t at)
{
	enum status status;
	int64_t artist = 0;
	bool own = false;

	if ((unsigned)event > CATALOG_BANNED ||
	    (unsigned)emotion >= EMOTION_COUNT)
		return STATUS_BAD_ARGUMENT;
	status = STORE_INTEGER(catalog, "SELECT artist FROM track WHERE id = ?",
			       &artist, INT(id));
	if (!status)
		status = store_enter(catalog, &own);
	if (status)
		return status;
	status = put_event(catalog, id, event, emotion, heard_s, at);
	if (!status && event == CATALOG_FAILED)
		status = forget_found(catalog, id);
	if (!status)
		status = sum_up(catalog, id, event, at);
	if (!status)
		status =
			learn(catalog, id, artist, event, emotion, heard_s, at);
	return store_leave(catalog, own, status);
}

enum status catalog_history(struct catalog *catalog, int64_t since, int *played,
			    int *skipped)
{
	static const char sql[] =
		"SELECT count(*) FROM event WHERE kind = ? AND at >= ?";
	int64_t plays = 0, skips = 0;
	enum status status = STORE_INTEGER(catalog, sql, &plays,
					   INT(CATALOG_PLAYED), INT(since));

	if (!status)
		status = STORE_INTEGER(catalog, sql, &skips,
				       INT(CATALOG_SKIPPED), INT(since));
	*played = (int)plays;
	*skipped = (int)skips;
	return status;
}
