/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store: the open SQLite file below the catalog: statements prepared once a
 * handle, typed arguments, and SQLite's results as status and fault. Seen by
 * this room only; the one header that includes sqlite3.h.
 */
#ifndef MIEN_CATALOG_STORE_H
#define MIEN_CATALOG_STORE_H

#include "base/status.h"
#include "catalog/catalog.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* More statements than this program has; prepared ones stay for the handle. */
#define STORE_STATEMENTS 128

struct catalog {
	sqlite3 *db;
	struct {
		const char *sql; /* compared by address */
		sqlite3_stmt *stmt;
	} cached[STORE_STATEMENTS];
	int cached_count;
};

/* A value for a parameter of a statement. */
struct store_arg {
	enum { STORE_NULL, STORE_INT, STORE_REAL, STORE_TEXT } type;
	union {
		int64_t integer;
		double real;
		const char *text; /* NULL is SQL's NULL */
	};
};

#define INT(v)  ((struct store_arg){STORE_INT, {.integer = (v)}})
#define REAL(v) ((struct store_arg){STORE_REAL, {.real = (v)}})
#define TEXT(v) ((struct store_arg){STORE_TEXT, {.text = (v)}})
#define NONE    ((struct store_arg){STORE_NULL, {.integer = 0}})

#define STORE_ARGS(...)                                           \
	(struct store_arg[]){__VA_ARGS__},                        \
		(int)(sizeof((struct store_arg[]){__VA_ARGS__}) / \
		      sizeof(struct store_arg))

enum status store_status(int sqlite_code);

/* Fills fault with what SQLite said last about this handle. */
enum status store_fault(struct catalog *catalog, struct fault *fault,
			const char *doing);

/*
 * The statement of sql (a string that lives as long as the program), ready
 * with its arguments bound; NULL where it cannot be. Texts are not copied:
 * they must live until the last store_step.
 */
sqlite3_stmt *store_use(struct catalog *catalog, const char *sql,
			const struct store_arg *args, int count);

/* STATUS_OK: a row; STATUS_END: no more, and the statement is reset. */
enum status store_step(struct catalog *catalog, sqlite3_stmt *stmt);

/* Runs sql to its end and drops its rows. */
enum status store_run(struct catalog *catalog, const char *sql,
		      const struct store_arg *args, int count);

/*
 * The first column of the first row, as an integer. STATUS_NOT_FOUND without
 * a row.
 */
enum status store_integer(struct catalog *catalog, const char *sql,
			  int64_t *out, const struct store_arg *args,
			  int count);

#define STORE_USE(catalog, sql, ...) \
	store_use(catalog, sql, STORE_ARGS(__VA_ARGS__))
#define STORE_RUN(catalog, sql, ...) \
	store_run(catalog, sql, STORE_ARGS(__VA_ARGS__))
#define STORE_INTEGER(catalog, sql, out, ...) \
	store_integer(catalog, sql, out, STORE_ARGS(__VA_ARGS__))

/*
 * Begins what store_leave ends: a transaction of its own, or a savepoint
 * where one is open already.
 */
enum status store_enter(struct catalog *catalog, bool *own);

/* Commits when status is STATUS_OK, undoes otherwise; returns what failed. */
enum status store_leave(struct catalog *catalog, bool own, enum status status);

#endif
