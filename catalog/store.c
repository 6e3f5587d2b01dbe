/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store: opening, statements, transactions, and SQLite's words as ours. */
#include "catalog/store.h"

#include "base/log.h"
#include "base/paths.h"
#include "catalog/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * How long a writer waits for another. A transaction takes a few milliseconds,
 * but many may be in the line, on a machine that has other things to do: ten
 * dashboards that make their catalog together took three seconds.
 */
#define BUSY_MS 10000

#define WAL_PAUSE_MS 20 /* turn_to_wal's, between two tries */

enum status store_status(int sqlite_code)
{
	switch (sqlite_code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW: return STATUS_OK;
	case SQLITE_DONE: return STATUS_END;
	case SQLITE_NOMEM: return STATUS_NO_MEMORY;
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return STATUS_BUSY;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH: return STATUS_DENIED;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB: return STATUS_BAD_DATA;
	case SQLITE_CANTOPEN:
	case SQLITE_FULL:
	case SQLITE_IOERR: return STATUS_IO;
	case SQLITE_CONSTRAINT:
	case SQLITE_RANGE:
	case SQLITE_MISMATCH:
	case SQLITE_TOOBIG: return STATUS_BAD_ARGUMENT;
	default: return STATUS_FAILED;
	}
}

static const char *file_of(const struct catalog *catalog)
{
	const char *file =
		catalog->db ? sqlite3_db_filename(catalog->db, "main") : NULL;

	return file && file[0] ? file : "the catalog in memory";
}

/* Asked for when something failed: "no error" is then a failure still. */
static enum status last_error(const struct catalog *catalog)
{
	enum status status = store_status(sqlite3_errcode(catalog->db));

	return status == STATUS_OK || status == STATUS_END ? STATUS_FAILED
							   : status;
}

enum status store_fault(struct catalog *catalog, struct fault *fault,
			const char *doing)
{
	enum status status = last_error(catalog);

	fault_set(fault, status, file_of(catalog), "%s: %s", doing,
		  sqlite3_errmsg(catalog->db));
	if (status == STATUS_BAD_DATA)
		fault_hint(fault, "move the file away; a new catalog is made "
				  "with mien-etl");
	else if (status == STATUS_BUSY)
		fault_hint(fault, "another program is writing to it; try again "
				  "when it is done");
	return status;
}

static enum status complain(struct catalog *catalog, const char *sql)
{
	log_write(LOG_ERROR, "catalog: %s (in \"%.60s\")",
		  sqlite3_errmsg(catalog->db), sql);
	return last_error(catalog);
}

static sqlite3_stmt *prepared(struct catalog *catalog, const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	for (int i = 0; i < catalog->cached_count; i++)
		if (catalog->cached[i].sql == sql)
			return catalog->cached[i].stmt;
	if (catalog->cached_count == STORE_STATEMENTS ||
	    sqlite3_prepare_v3(catalog->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
			       &stmt, NULL)) {
		complain(catalog, sql);
		return NULL;
	}
	catalog->cached[catalog->cached_count].sql = sql;
	catalog->cached[catalog->cached_count++].stmt = stmt;
	return stmt;
}

static int bind(sqlite3_stmt *stmt, int at, const struct store_arg *arg)
{
	switch (arg->type) {
	case STORE_INT: return sqlite3_bind_int64(stmt, at, arg->integer);
	case STORE_REAL: return sqlite3_bind_double(stmt, at, arg->real);
	case STORE_TEXT:
		return sqlite3_bind_text(stmt, at, arg->text, -1,
					 SQLITE_STATIC);
	case STORE_NULL: break;
	}
	return sqlite3_bind_null(stmt, at);
}

sqlite3_stmt *store_use(struct catalog *catalog, const char *sql,
			const struct store_arg *args, int count)
{
	sqlite3_stmt *stmt = prepared(catalog, sql);

	if (!stmt)
		return NULL;
	sqlite3_reset(stmt);
	for (int i = 0; i < count; i++) {
		if (bind(stmt, i + 1, &args[i])) {
			complain(catalog, sql);
			return NULL;
		}
	}
	return stmt;
}

enum status store_step(struct catalog *catalog, sqlite3_stmt *stmt)
{
	enum status status;

	if (!stmt)
		return STATUS_FAILED;
	status = store_status(sqlite3_step(stmt));
	if (status == STATUS_OK)
		return STATUS_OK;
	if (status != STATUS_END)
		status = complain(catalog, sqlite3_sql(stmt));
	sqlite3_reset(stmt);
	return status;
}

enum status store_run(struct catalog *catalog, const char *sql,
		      const struct store_arg *args, int count)
{
	sqlite3_stmt *stmt = store_use(catalog, sql, args, count);
	enum status status;

	do
		status = store_step(catalog, stmt);
	while (status == STATUS_OK);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status store_integer(struct catalog *catalog, const char *sql,
			  int64_t *out, const struct store_arg *args, int count)
{
	sqlite3_stmt *stmt = store_use(catalog, sql, args, count);
	enum status status = store_step(catalog, stmt);

	if (status == STATUS_END)
		return STATUS_NOT_FOUND;
	if (status)
		return status;
	*out = sqlite3_column_int64(stmt, 0);
	/* runs an INSERT ... RETURNING to its end, too */
	sqlite3_reset(stmt);
	return STATUS_OK;
}

enum status store_enter(struct catalog *catalog, bool *own)
{
	*own = sqlite3_get_autocommit(catalog->db);
	return store_run(catalog, *own ? "BEGIN IMMEDIATE" : "SAVEPOINT inner",
			 NULL, 0);
}

enum status store_leave(struct catalog *catalog, bool own, enum status status)
{
	if (!status)
		status = store_run(catalog, own ? "COMMIT" : "RELEASE inner",
				   NULL, 0);
	if (!status)
		return STATUS_OK;
	if (own) {
		catalog_rollback(catalog);
	} else if (!sqlite3_get_autocommit(catalog->db)) {
		store_run(catalog, "ROLLBACK TO inner", NULL, 0);
		store_run(catalog, "RELEASE inner", NULL, 0);
	}
	return status;
}

/* A catalog tells what a person listens to: nobody else's business. */
static enum status make_private(const char *path, struct fault *fault)
{
	enum status status = paths_make_parents(path, fault);
	int fd;

	if (status)
		return status;
	/* Only a new file: closing one that another handle of this process
	 * has open would drop its locks. */
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	else if (errno != EEXIST)
		return fault_set_errno(fault, errno, path,
				       "making the catalog");
	return STATUS_OK;
}

static enum status connect_file(struct catalog *catalog, const char *path,
				int flags, struct fault *fault)
{
	int error;

	sqlite3_close(catalog->db);
	catalog->db = NULL;
	error = sqlite3_open_v2(
		path, &catalog->db,
		flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (!catalog->db)
		return fault_set(fault, STATUS_NO_MEMORY, path,
				 "opening the catalog");
	if (error) /* SQLite has no name for a file that it did not open */
		return fault_set(fault, last_error(catalog), path,
				 "opening the catalog: %s",
				 sqlite3_errmsg(catalog->db));
	sqlite3_busy_timeout(catalog->db, BUSY_MS);
	return STATUS_OK;
}

/*
 * On a medium that cannot be written to, WAL's shared memory cannot be made:
 * the file is then read as one that nobody changes. Not where a WAL is left
 * beside it, for half of the truth may stand in there.
 */
static enum status connect_frozen(struct catalog *catalog, const char *path,
				  struct fault *fault)
{
	char *wal = sqlite3_mprintf("%s-wal", path);
	char *uri = sqlite3_mprintf("file:%s?immutable=1", path);
	enum status status = store_fault(catalog, fault, "reading the catalog");

	/* a path with a sign that has a meaning in a URI stays refused */
	if (wal && uri && access(wal, F_OK) && !strpbrk(path, "?#%"))
		status = connect_file(catalog, uri,
				      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
				      fault);
	sqlite3_free(wal);
	sqlite3_free(uri);
	return status;
}

static enum status connect_read(struct catalog *catalog, const char *path,
				struct fault *fault)
{
	enum status status;

	if (access(path, R_OK)) {
		status = fault_set_errno(fault, errno, path,
					 "opening the catalog");
		fault_hint(fault, "mien-etl starter makes one");
		return status;
	}
	status = connect_file(catalog, path, SQLITE_OPEN_READONLY, fault);
	if (!status && sqlite3_exec(catalog->db, "PRAGMA user_version", NULL,
				    NULL, NULL)) {
		int code = sqlite3_errcode(catalog->db) & 0xff;

		if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)
			status = connect_frozen(catalog, path, fault);
	}
	return status;
}

static enum status connect_write(struct catalog *catalog, const char *path,
				 struct fault *fault)
{
	enum status status = make_private(path, fault);

	if (!status)
		status = connect_file(catalog, path, SQLITE_OPEN_READWRITE,
				      fault);
	if (!status && sqlite3_db_readonly(catalog->db, "main")) {
		status = fault_set(fault, STATUS_DENIED, path,
				   "the catalog may not be written to");
		fault_hint(fault, "give yourself the right to write to it, or "
				  "name another with --catalog");
	}
	return status;
}

static enum status set(struct catalog *catalog, const char *pragmas,
		       struct fault *fault)
{
	if (sqlite3_exec(catalog->db, pragmas, NULL, NULL, NULL))
		return store_fault(catalog, fault, "opening the catalog");
	return STATUS_OK;
}

/*
 * SQLite looks at the file before it asks for the right to change it, and who
 * looks already is not made to wait for a writer (that could be each waiting
 * for the other): two programs that make a catalog at once would meet.
 */
static enum status turn_to_wal(struct catalog *catalog, struct fault *fault)
{
	int left_ms = BUSY_MS;

	while (sqlite3_exec(catalog->db, "PRAGMA journal_mode = WAL", NULL,
			    NULL, NULL)) {
		if ((sqlite3_errcode(catalog->db) & 0xff) != SQLITE_BUSY ||
		    left_ms <= 0)
			return store_fault(catalog, fault,
					   "opening the catalog");
		left_ms -= sqlite3_sleep(WAL_PAUSE_MS);
	}
	return STATUS_OK;
}

static enum status settle(struct catalog *catalog, enum catalog_mode mode,
			  struct fault *fault)
{
	enum status status;

	sqlite3_db_config(catalog->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	status = set(catalog,
		     "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;"
		     "PRAGMA cache_size = -16384;"
		     /* no copy of it in /tmp, which may not be written to */
		     "PRAGMA temp_store = MEMORY",
		     fault);
	if (!status)
		status = schema_prepare(catalog, mode != CATALOG_READ, fault);
	/* not before the file is known to be ours */
	if (!status && mode == CATALOG_WRITE)
		status = turn_to_wal(catalog, fault);
	return status;
}

enum status catalog_open(struct catalog **out, const char *path,
			 enum catalog_mode mode, struct fault *fault)
{
	struct catalog *catalog = calloc(1, sizeof(*catalog));
	enum status status;

	if (!catalog)
		return fault_set(fault, STATUS_NO_MEMORY, path,
				 "opening the catalog");
	if (mode == CATALOG_READ)
		status = connect_read(catalog, path, fault);
	else if (mode == CATALOG_WRITE)
		status = connect_write(catalog, path, fault);
	else
		status = connect_file(
			catalog,
			":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
			fault);
	if (!status)
		status = settle(catalog, mode, fault);
	if (status) {
		catalog_close(catalog);
		return status;
	}
	*out = catalog;
	return STATUS_OK;
}

void catalog_close(struct catalog *catalog)
{
	if (!catalog)
		return;
	for (int i = 0; i < catalog->cached_count; i++)
		sqlite3_finalize(catalog->cached[i].stmt);
	sqlite3_close(catalog->db);
	free(catalog);
}

void catalog_patience(struct catalog *catalog, int ms)
{
	sqlite3_busy_timeout(catalog->db, ms);
}

enum status catalog_begin(struct catalog *catalog, struct fault *fault)
{
	enum status status = store_run(catalog, "BEGIN IMMEDIATE", NULL, 0);

	return status ? store_fault(catalog, fault, "beginning to write")
		      : STATUS_OK;
}

enum status catalog_commit(struct catalog *catalog, struct fault *fault)
{
	enum status status = store_run(catalog, "COMMIT", NULL, 0);

	if (status) {
		status = store_fault(catalog, fault, "writing");
		catalog_rollback(catalog);
	}
	return status;
}

void catalog_rollback(struct catalog *catalog)
{
	/* SQLite may have undone it already, as on a full disk */
	if (!sqlite3_get_autocommit(catalog->db))
		store_run(catalog, "ROLLBACK", NULL, 0);
}
