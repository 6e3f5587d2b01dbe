/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work: the tables of tasks, quotas, answers and drafts. */
#include "catalog/work.h"

#include "base/text.h"
#include "catalog/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_SIZE 256

static const char *column(sqlite3_stmt *stmt, int at)
{
	const char *text = (const char *)sqlite3_column_text(stmt, at);

	return text ? text : "";
}

/* Ends a statement of which one row was wanted. */
static enum status one(sqlite3_stmt *stmt, enum status status)
{
	if (stmt)
		sqlite3_reset(stmt);
	return status == STATUS_END ? STATUS_NOT_FOUND : status;
}

/* Where the caller had enough, or the rows ended. */
static enum status finish(sqlite3_stmt *stmt, enum status status)
{
	if (stmt)
		sqlite3_reset(stmt);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- tasks ----------------------------------------------------------------
 */

enum status work_recover(struct catalog *catalog)
{
	/* many small transactions: a slow disk is waited for less often;
	 * and memory that does not grow with the catalog */
	enum status status =
		store_run(catalog, "PRAGMA wal_autocheckpoint = 8000", NULL, 0);

	if (!status)
		status = store_run(catalog, "PRAGMA cache_size = -3072", NULL,
				   0);
	if (status)
		return status;
	return STORE_RUN(catalog, "UPDATE task SET state = ? WHERE state = ?",
			 INT(TASK_PENDING), INT(TASK_RUNNING));
}

enum status work_add(struct catalog *catalog, int stage, int lane,
		     const char *key, int64_t draft, int64_t rank)
{
	return STORE_RUN(
		catalog,
		"INSERT INTO task (stage, lane, key, draft, rank)"
		" VALUES (?, ?, ?, ?, ?) ON CONFLICT (stage, key) DO UPDATE"
		" SET rank = excluded.rank, lane = excluded.lane"
		" WHERE excluded.rank < rank OR excluded.lane <> lane",
		INT(stage), INT(lane), TEXT(key), draft ? INT(draft) : NONE,
		INT(rank));
}

enum status work_again(struct catalog *catalog, int stage, const char *key,
		       bool *open)
{
	int64_t found = 0;
	enum status status = STORE_RUN(
		catalog,
		"UPDATE task SET state = 0, attempts = 0, not_before = 0"
		" WHERE stage = ? AND key = ? AND state IN (2, 3)",
		INT(stage), TEXT(key));

	if (!status)
		status = STORE_INTEGER(catalog,
				       "SELECT count(*) FROM task WHERE"
				       " stage = ? AND key = ? AND state < 2",
				       &found, INT(stage), TEXT(key));
	*open = found > 0;
	return status;
}

enum status work_drop(struct catalog *catalog, int stage, const char *key)
{
	return STORE_RUN(catalog,
			 "DELETE FROM task WHERE stage = ? AND key = ?"
			 " AND state = ?",
			 INT(stage), TEXT(key), INT(TASK_PENDING));
}

enum status work_next(struct catalog *catalog, int lane, int only, double now,
		      struct task *task)
{
	sqlite3_stmt *stmt = STORE_USE(
		catalog,
		"SELECT id, coalesce(draft, 0), stage, attempts, failures, key,"
		" rank FROM task INDEXED BY task_lane WHERE lane = ?1"
		" AND state = 0 AND not_before <= ?2"
		" AND (?3 < 0 OR stage = ?3)"
		" ORDER BY rank, id LIMIT 1",
		INT(lane), REAL(now), INT(only));
	enum status status = store_step(catalog, stmt);

	if (!status) {
		task->id = sqlite3_column_int64(stmt, 0);
		task->draft = sqlite3_column_int64(stmt, 1);
		task->stage = sqlite3_column_int(stmt, 2);
		task->attempts = sqlite3_column_int(stmt, 3);
		task->failures = sqlite3_column_int(stmt, 4);
		text_copy(task->key, sizeof(task->key), column(stmt, 5));
		task->rank = sqlite3_column_int64(stmt, 6);
	}
	return one(stmt, status);
}

enum status work_when(struct catalog *catalog, int lane, int only, double *when)
{
	sqlite3_stmt *stmt =
		STORE_USE(catalog,
			  "SELECT min(not_before) FROM task WHERE lane = ?1"
			  " AND state = 0 AND (?2 < 0 OR stage = ?2)",
			  INT(lane), INT(only));
	enum status status = store_step(catalog, stmt);

	if (!status && sqlite3_column_type(stmt, 0) == SQLITE_NULL)
		status = STATUS_NOT_FOUND;
	else if (!status)
		*when = sqlite3_column_double(stmt, 0);
	return one(stmt, status);
}

enum status work_pending(struct catalog *catalog, int lane,
			 bool (*each)(int stage, int64_t rank, void *user),
			 void *user)
{
	sqlite3_stmt *stmt =
		STORE_USE(catalog,
			  "SELECT stage, rank FROM task INDEXED BY task_lane"
			  " WHERE lane = ? AND state = 0",
			  INT(lane));
	enum status status;

	while (!(status = store_step(catalog, stmt)))
		if (!each(sqlite3_column_int(stmt, 0),
			  sqlite3_column_int64(stmt, 1), user))
			break;
	return finish(stmt, status);
}

enum status work_settle(struct catalog *catalog, const struct task *task,
			enum task_state state, double not_before, double now,
			const char *error)
{
	enum status status = STORE_RUN(
		catalog,
		"UPDATE task SET state = ?, attempts = ?, failures = ?,"
		" not_before = ?, at = ?, error = ? WHERE id = ?",
		INT(state), INT(task->attempts), INT(task->failures),
		REAL(not_before), INT((int64_t)now), TEXT(error ? error : ""),
		INT(task->id));

	if (!status && task->draft && state > TASK_RUNNING)
		status = STORE_RUN(catalog,
				   "UPDATE draft SET news = 1 WHERE id = ?"
				   " AND news = 0",
				   INT(task->draft));
	return status;
}

/* A fifth more or less, by a number that means nothing, so that what was asked
 * in one hour is not all due again in one. */
enum status work_expire(struct catalog *catalog, int stage, double now,
			double age, bool exactly)
{
	return STORE_RUN(
		catalog,
		"UPDATE task SET state = 0, attempts = 0, not_before = 0"
		" WHERE stage = ?1 AND state IN (2, 3) AND at <= ?2 - ?3 *"
		" iif(?4, 1.0, 0.8 + (id * 2654435761 % 1000) / 2500.0)",
		INT(stage), REAL(now), REAL(age), INT(exactly));
}

enum status work_retry(struct catalog *catalog, double before, bool dead,
		       int64_t *count)
{
	enum status status = STORE_RUN(
		catalog,
		"UPDATE task SET state = 0, attempts = 0, not_before = 0,"
		" failures = iif(?2, 0, failures)"
		" WHERE (state IN (4, 5) OR (?2 AND state = 6)) AND at <= ?1",
		REAL(before), INT(dead));

	if (!status && count)
		*count = sqlite3_changes(catalog->db);
	return status;
}

enum status work_counts(struct catalog *catalog, work_count_fn *each,
			void *user)
{
	sqlite3_stmt *stmt =
		STORE_USE(catalog,
			  "SELECT stage, state, count(*) FROM task WHERE ?"
			  " GROUP BY stage, state ORDER BY stage, state",
			  INT(1));
	enum status status;

	while (!(status = store_step(catalog, stmt)))
		if (!each(sqlite3_column_int(stmt, 0),
			  sqlite3_column_int(stmt, 1),
			  sqlite3_column_int64(stmt, 2), user))
			break;
	return finish(stmt, status);
}

enum status work_errors(struct catalog *catalog, int max, work_error_fn *each,
			void *user)
{
	sqlite3_stmt *stmt =
		STORE_USE(catalog,
			  "SELECT stage, state, error, count(*) FROM task"
			  " WHERE error <> '' AND state <> 3"
			  " GROUP BY stage, state, error"
			  " ORDER BY max(at) DESC, stage, error LIMIT ?",
			  INT(max));
	enum status status;

	while (!(status = store_step(catalog, stmt)))
		if (!each(sqlite3_column_int(stmt, 0),
			  sqlite3_column_int(stmt, 1), column(stmt, 2),
			  sqlite3_column_int64(stmt, 3), user))
			break;
	return finish(stmt, status);
}

/* ---- quotas ---------------------------------------------------------------
 */

enum status work_used(struct catalog *catalog, const char *name,
		      const char *day, int64_t *used)
{
	enum status status = STORE_INTEGER(
		catalog, "SELECT used FROM quota WHERE name = ? AND day = ?",
		used, TEXT(name), TEXT(day));

	if (status != STATUS_NOT_FOUND)
		return status;
	*used = 0;
	return STATUS_OK;
}

enum status work_use(struct catalog *catalog, const char *name, const char *day,
		     int64_t count)
{
	return STORE_RUN(catalog,
			 "INSERT INTO quota (name, day, used) VALUES (?, ?, ?)"
			 " ON CONFLICT (name) DO UPDATE SET"
			 " used = iif(day = excluded.day, used, 0)"
			 "	+ excluded.used, day = excluded.day",
			 TEXT(name), TEXT(day), INT(count));
}

enum status work_stopped(struct catalog *catalog, const char *name,
			 int64_t *until)
{
	enum status status =
		STORE_INTEGER(catalog, "SELECT until FROM quota WHERE name = ?",
			      until, TEXT(name));

	if (status != STATUS_NOT_FOUND)
		return status;
	*until = 0;
	return STATUS_OK;
}

enum status work_stop(struct catalog *catalog, const char *name, int64_t until)
{
	return STORE_RUN(catalog,
			 "INSERT INTO quota (name, until) VALUES (?, ?)"
			 " ON CONFLICT (name) DO UPDATE SET"
			 " until = excluded.until",
			 TEXT(name), INT(until));
}

/* ---- answers --------------------------------------------------------------
 */

static void read_answer(sqlite3_stmt *stmt, struct work_answer *out)
{
	const void *blob = sqlite3_column_blob(stmt, 0);

	out->length = (size_t)sqlite3_column_bytes(stmt, 0);
	out->body = malloc(out->length + 1);
	if (out->body && out->length)
		memcpy(out->body, blob, out->length);
	if (out->body)
		out->body[out->length] = '\0';
	text_copy(out->type, sizeof(out->type), column(stmt, 1));
	out->status = sqlite3_column_int(stmt, 2);
	out->at = sqlite3_column_int64(stmt, 3);
	out->until = sqlite3_column_int64(stmt, 4);
	text_copy(out->etag, sizeof(out->etag), column(stmt, 5));
	text_copy(out->modified, sizeof(out->modified), column(stmt, 6));
}

enum status work_recall(struct catalog *catalog, const char *source,
			const char *target, struct work_answer *out)
{
	sqlite3_stmt *stmt =
		STORE_USE(catalog,
			  "SELECT body, type, status, at, until, etag, modified"
			  " FROM answer WHERE source = ? AND target = ?",
			  TEXT(source), TEXT(target));
	enum status status = store_step(catalog, stmt);

	if (!status) {
		read_answer(stmt, out);
		if (!out->body)
			status = STATUS_NO_MEMORY;
	}
	return one(stmt, status);
}

enum status work_keep(struct catalog *catalog, const char *source,
		      const char *target, const struct work_answer *answer)
{
	sqlite3_stmt *stmt = STORE_USE(
		catalog,
		"INSERT OR REPLACE INTO answer (source, target, type, status,"
		" at, until, etag, modified, body)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		TEXT(source), TEXT(target), TEXT(answer->type),
		INT(answer->status), INT(answer->at), INT(answer->until),
		TEXT(answer->etag), TEXT(answer->modified), NONE);
	enum status status;

	if (!stmt || sqlite3_bind_blob64(stmt, 9, answer->body, answer->length,
					 SQLITE_STATIC))
		return one(stmt, STATUS_FAILED);
	status = store_step(catalog, stmt);
	return finish(stmt, status);
}

/* *id: the newest answer that goes, 0 where all fit. An answer that comes again
 * is entered anew, so that ids go as the time goes: what is as large as the
 * cache is not sorted, which would be done in memory. */
static enum status find_last(struct catalog *catalog, int64_t bytes,
			     int64_t *id, int64_t *left)
{
	sqlite3_stmt *stmt = STORE_USE(
		catalog,
		"SELECT id, length(body) + length(target) + ? FROM answer"
		" ORDER BY id DESC",
		INT(WORK_ANSWER_BYTES));
	enum status status;

	*id = *left = 0;
	while (!(status = store_step(catalog, stmt))) {
		int64_t size = sqlite3_column_int64(stmt, 1);

		if (*left + size > bytes) {
			*id = sqlite3_column_int64(stmt, 0);
			break;
		}
		*left += size;
	}
	return finish(stmt, status);
}

enum status work_trim(struct catalog *catalog, int64_t now, int64_t bytes,
		      int64_t *left)
{
	int64_t last = 0;
	enum status status =
		STORE_RUN(catalog,
			  "DELETE FROM answer WHERE until <= ? AND etag = ''"
			  " AND modified = ''",
			  INT(now));

	if (!status)
		status = find_last(catalog, bytes, &last, left);
	if (!status && last)
		status = STORE_RUN(catalog, "DELETE FROM answer WHERE id <= ?",
				   INT(last));
	return status;
}
