/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draft: what was gathered of songs that are on their way into the catalog. */
#include "base/clock.h"
#include "base/text.h"
#include "catalog/store.h"
#include "catalog/work.h"

#define KEY_SIZE 256

static const char *column(sqlite3_stmt *stmt, int at)
{
	const char *text = (const char *)sqlite3_column_text(stmt, at);

	return text ? text : "";
}

static enum status finish(sqlite3_stmt *stmt, enum status status)
{
	if (stmt)
		sqlite3_reset(stmt);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status work_draft(struct catalog *catalog, const char *artist,
		       const char *title, int64_t rank, int64_t *id)
{
	char artist_key[KEY_SIZE], title_key[KEY_SIZE];

	text_key(artist_key, sizeof(artist_key), artist);
	text_key(title_key, sizeof(title_key), title);
	if (!artist_key[0] || (title[0] && !title_key[0]))
		return STATUS_BAD_ARGUMENT;
	/* the name as the highest in rank writes it */
	return STORE_INTEGER(
		catalog,
		"INSERT INTO draft (artist_key, title_key, artist, title, rank)"
		" VALUES (?, ?, ?, ?, ?) ON CONFLICT (artist_key, title_key)"
		" DO UPDATE SET"
		" artist = iif(excluded.rank < rank, excluded.artist, artist),"
		" title = iif(excluded.rank < rank, excluded.title, title),"
		" rank = min(rank, excluded.rank) RETURNING id",
		id, TEXT(artist_key), TEXT(title_key), TEXT(artist),
		TEXT(title), INT(rank));
}

static void read_draft(sqlite3_stmt *stmt, struct draft *out)
{
	out->id = sqlite3_column_int64(stmt, 0);
	out->rank = sqlite3_column_int64(stmt, 1);
	text_copy(out->artist, sizeof(out->artist), column(stmt, 2));
	text_copy(out->title, sizeof(out->title), column(stmt, 3));
	out->complete = sqlite3_column_int(stmt, 4);
}

static enum status one_draft(struct catalog *catalog, sqlite3_stmt *stmt,
			     struct draft *out)
{
	enum status status = store_step(catalog, stmt);

	if (!status)
		read_draft(stmt, out);
	if (stmt)
		sqlite3_reset(stmt);
	return status == STATUS_END ? STATUS_NOT_FOUND : status;
}

enum status work_draft_get(struct catalog *catalog, int64_t id,
			   struct draft *out)
{
	return one_draft(
		catalog,
		STORE_USE(catalog,
			  "SELECT id, rank, artist, title, 0 FROM draft"
			  " WHERE id = ?",
			  INT(id)),
		out);
}

enum status work_put(struct catalog *catalog, int64_t draft, const char *name,
		     const char *value)
{
	enum status status = STORE_RUN(
		catalog,
		"INSERT INTO draft_fact (draft, name, value, at)"
		" VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
		" SET value = excluded.value, at = excluded.at",
		INT(draft), TEXT(name), TEXT(value), INT(clock_wall_s()));

	if (!status)
		status = STORE_RUN(catalog,
				   "UPDATE draft SET news = 1 WHERE id = ?"
				   " AND news = 0",
				   INT(draft));
	return status;
}

enum status work_get(struct catalog *catalog, int64_t draft, const char *name,
		     char *out, size_t size)
{
	sqlite3_stmt *stmt = STORE_USE(catalog,
				       "SELECT value FROM draft_fact"
				       " WHERE draft = ? AND name = ?",
				       INT(draft), TEXT(name));
	enum status status = store_step(catalog, stmt);

	text_copy(out, size, status ? "" : column(stmt, 0));
	return finish(stmt, status);
}

enum status work_draft_next(struct catalog *catalog, int tags_stage,
			    int64_t after_rank, int64_t after_id,
			    struct draft *out)
{
	return one_draft(
		catalog,
		STORE_USE(catalog,
			  "SELECT d.id, d.rank, d.artist, d.title, NOT EXISTS"
			  " (SELECT 1 FROM task t WHERE t.draft = d.id"
			  "	AND t.state < 2) AND NOT EXISTS"
			  " (SELECT 1 FROM draft o CROSS JOIN task t"
			  "	INDEXED BY task_draft"
			  "	WHERE o.artist_key = d.artist_key"
			  "	AND t.draft = o.id AND t.state < 2"
			  "	AND t.stage = ?1)"
			  " FROM draft d WHERE d.news = 1"
			  " AND d.title_key <> ''"
			  " AND (d.rank, d.id) > (?2, ?3)"
			  " ORDER BY d.rank, d.id LIMIT 1",
			  INT(tags_stage), INT(after_rank), INT(after_id)),
		out);
}

enum status work_draft_done(struct catalog *catalog, int64_t id)
{
	return STORE_RUN(catalog, "UPDATE draft SET news = 0 WHERE id = ?",
			 INT(id));
}

enum status work_draft_count(struct catalog *catalog, const char *fact,
			     int64_t *count)
{
	if (!fact)
		return STORE_INTEGER(
			catalog,
			"SELECT count(*) FROM draft WHERE title_key <> ? ",
			count, TEXT(""));
	return STORE_INTEGER(catalog,
			     "SELECT count(*) FROM draft_fact f JOIN draft d"
			     " ON d.id = f.draft WHERE f.name = ?"
			     " AND f.value <> '' AND d.title_key <> ''",
			     count, TEXT(fact));
}

enum status work_songs(struct catalog *catalog, int64_t draft, int64_t *ids,
		       int max, int *count)
{
	sqlite3_stmt *stmt = STORE_USE(
		catalog,
		"SELECT o.id FROM draft d JOIN draft o"
		" ON o.artist_key = d.artist_key AND o.title_key <> ''"
		" WHERE d.id = ? ORDER BY o.rank, o.id LIMIT ?",
		INT(draft), INT(max));
	enum status status;

	*count = 0;
	while (!(status = store_step(catalog, stmt)))
		ids[(*count)++] = sqlite3_column_int64(stmt, 0);
	return finish(stmt, status);
}

enum status work_of_artist(struct catalog *catalog, int64_t draft,
			   const char *name,
			   bool (*each)(const char *value, void *user),
			   void *user)
{
	sqlite3_stmt *stmt = STORE_USE(
		catalog,
		"SELECT f.value FROM draft d JOIN draft o"
		" ON o.artist_key = d.artist_key AND o.id <> d.id"
		" AND o.title_key <> '' JOIN draft_fact f ON f.draft = o.id"
		" AND f.name = ?2 WHERE d.id = ?1 ORDER BY o.rank, o.id",
		INT(draft), TEXT(name));
	enum status status;

	while (!(status = store_step(catalog, stmt)))
		if (!each(column(stmt, 0), user))
			break;
	return finish(stmt, status);
}

enum status work_tag(struct catalog *catalog, const char *mbid, const char *tag)
{
	enum status status = STORE_RUN(catalog,
				       "INSERT OR IGNORE INTO recording_tag"
				       " (mbid, tag) VALUES (?, ?)",
				       TEXT(mbid), TEXT(tag));

	if (status || !sqlite3_changes(catalog->db))
		return status;
	return STORE_RUN(catalog,
			 "UPDATE draft SET news = 1 WHERE news = 0 AND id IN"
			 " (SELECT draft FROM draft_fact WHERE value = ?"
			 "	AND name IN ('mbid', 'heard'))",
			 TEXT(mbid));
}

enum status work_tags(struct catalog *catalog, int64_t draft,
		      bool (*each)(const char *tag, void *user), void *user)
{
	sqlite3_stmt *stmt = STORE_USE(
		catalog,
		"SELECT DISTINCT r.tag FROM draft_fact f JOIN recording_tag r"
		" ON r.mbid = f.value WHERE f.draft = ?"
		" AND f.name IN ('mbid', 'heard') ORDER BY r.tag",
		INT(draft));
	enum status status;

	while (!(status = store_step(catalog, stmt)))
		if (!each(column(stmt, 0), user))
			break;
	return finish(stmt, status);
}

enum status
work_stale(struct catalog *catalog, const char *fact, int64_t before,
	   bool (*each)(int64_t draft, const char *value, void *user),
	   void *user)
{
	sqlite3_stmt *stmt = STORE_USE(
		catalog,
		"SELECT f.draft, f.value FROM draft_fact f JOIN draft d"
		" ON d.id = f.draft LEFT JOIN draft_fact v"
		" ON v.draft = f.draft AND v.name = ?1 || '_seen'"
		" WHERE f.name = ?1 AND f.value <> ''"
		" AND coalesce(v.at, 0) < ?2 ORDER BY d.rank, d.id",
		TEXT(fact), INT(before));
	enum status status;

	while (!(status = store_step(catalog, stmt)))
		if (!each(sqlite3_column_int64(stmt, 0), column(stmt, 1), user))
			break;
	return finish(stmt, status);
}

enum status work_of_video(struct catalog *catalog, const char *id, int64_t *ids,
			  int max, int *count)
{
	sqlite3_stmt *stmt = STORE_USE(
		catalog,
		"SELECT draft FROM draft_fact INDEXED BY fact_video"
		" WHERE name = 'video' AND value = ? ORDER BY draft LIMIT ?",
		TEXT(id), INT(max));
	enum status status;

	*count = 0;
	while (!(status = store_step(catalog, stmt)))
		ids[(*count)++] = sqlite3_column_int64(stmt, 0);
	return finish(stmt, status);
}

enum status work_only_source(struct catalog *catalog, int64_t track,
			     const char *source, const char *uri)
{
	return STORE_RUN(catalog,
			 "DELETE FROM source WHERE track = ? AND source = ?"
			 " AND uri <> ?",
			 INT(track), TEXT(source), TEXT(uri));
}
