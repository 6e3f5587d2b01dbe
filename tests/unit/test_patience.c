/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A catalog in which another program is writing: who opens it or writes to it
 * waits for that to end, longer than a transaction takes on a busy machine.
 */
#include "tests/unit/unit.h"

#include "catalog/catalog.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAMS 8
#define ROUNDS   100

#define HELD_S 2 /* longer than a loop that people look at would wait */

static char folder[] = "/tmp/mien-patience-XXXXXX";
static char path[64];

/* Another process: begins to write, tells it, and ends it later. */
static void hold(int tell)
{
	sqlite3 *db = NULL;
	bool good = !sqlite3_open(path, &db) &&
		    !sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) &&
		    write(tell, "", 1) == 1;

	sleep(HELD_S);
	_exit(good && !sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) ? 0 : 1);
}

static pid_t begin_to_hold(void)
{
	int pipes[2];
	pid_t pid;
	char byte;

	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (!pid)
		hold(pipes[1]);
	close(pipes[1]);
	assert_int_equal(read(pipes[0], &byte, 1), 1);
	close(pipes[0]);
	return pid;
}

static void assert_held_to_its_end(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static struct catalog *open_catalog(void)
{
	struct catalog *catalog = NULL;
	struct fault fault = {0};

	if (catalog_open(&catalog, path, CATALOG_WRITE, &fault))
		fail_msg("%s", fault.detail);
	return catalog;
}

static void a_new_file_is_opened_when_the_writer_is_done(void **state)
{
	pid_t pid = begin_to_hold();

	(void)state;
	catalog_close(open_catalog());
	assert_held_to_its_end(pid);
}

static void as_is_one_without_wal(void **state)
{
	sqlite3 *db = NULL;
	pid_t pid;

	(void)state;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA journal_mode = DELETE", NULL,
				      NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	pid = begin_to_hold();
	catalog_close(open_catalog());
	assert_held_to_its_end(pid);
}

static void a_writer_waits_for_the_other(void **state)
{
	struct catalog *catalog = open_catalog();
	pid_t pid = begin_to_hold();

	(void)state;
	assert_int_equal(catalog_begin(catalog, NULL), STATUS_OK);
	assert_int_equal(catalog_commit(catalog, NULL), STATUS_OK);
	catalog_close(catalog);
	assert_held_to_its_end(pid);
}

static void unless_it_has_no_patience(void **state)
{
	struct catalog *catalog = open_catalog();
	struct fault fault = {0};
	pid_t pid = begin_to_hold();

	(void)state;
	catalog_patience(catalog, 0);
	assert_int_equal(catalog_begin(catalog, &fault), STATUS_BUSY);
	assert_true(fault.hint[0]);
	catalog_close(catalog);
	assert_held_to_its_end(pid);
}

/* A child that opens the catalog when the pipe is closed; its status is that of
 * opening. */
static pid_t await_to_open(const int pipes[2])
{
	struct catalog *catalog = NULL;
	pid_t pid = fork();
	char byte;

	if (pid)
		return pid;
	close(pipes[1]);
	if (read(pipes[0], &byte, 1))
		_exit(99);
	_exit((int)catalog_open(&catalog, path, CATALOG_WRITE, NULL));
}

/* What one has half made, or just made, is no stranger's to the others. */
static void many_make_a_new_file_at_once(void **state)
{
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		pid_t pids[PROGRAMS];
		int pipes[2];

		snprintf(path, sizeof(path), "%s/new%d.db", folder, round);
		assert_int_equal(pipe(pipes), 0);
		for (int i = 0; i < PROGRAMS; i++)
			pids[i] = await_to_open(pipes);
		close(pipes[0]);
		close(pipes[1]);
		for (int i = 0; i < PROGRAMS; i++) {
			int status;

			assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
			assert_int_equal(status, 0);
		}
	}
}

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/catalog.db", folder);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	return unit_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_file_is_opened_when_the_writer_is_done),
		cmocka_unit_test(as_is_one_without_wal),
		cmocka_unit_test(a_writer_waits_for_the_other),
		cmocka_unit_test(unless_it_has_no_patience),
		cmocka_unit_test(many_make_a_new_file_at_once),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
