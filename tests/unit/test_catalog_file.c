/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalog's file: older versions, other programs' files, damage, several
 * handles and processes at once. Looks behind the catalog with SQLite.
 */
#include "tests/unit/catalog_old.h"
#include "tests/unit/unit.h"

#include "base/rng.h"
#include "catalog/catalog.h"
#include "catalog/grid.h"
#include "catalog/picker.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/mien-catalog-file-XXXXXX";

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static struct catalog *open_file(const char *name, enum catalog_mode mode)
{
	struct catalog *catalog = NULL;
	struct fault fault = {0};

	if (catalog_open(&catalog, path_of(name), mode, &fault))
		fail_msg("%s: %s", fault.subject, fault.detail);
	return catalog;
}

static enum status try_open(const char *name, enum catalog_mode mode,
			    struct fault *fault)
{
	struct catalog *catalog = NULL;
	enum status status;

	*fault = (struct fault){0};
	status = catalog_open(&catalog, path_of(name), mode, fault);
	if (status)
		assert_true(fault->detail[0]);
	else
		catalog_close(catalog);
	return status;
}

static enum status add_tagged(struct catalog *catalog, int number,
			      const char *tag)
{
	const char *const tags[] = {tag, NULL};
	char title[32], uri[32];

	snprintf(title, sizeof(title), "Song %d", number);
	snprintf(uri, sizeof(uri), "/%d", number);
	return catalog_add(
		catalog,
		&(struct track_facts){.artist = number % 2 ? "Odd" : "Even",
				      .title = title,
				      .uri = uri,
				      .tags = tags,
				      .source = "import",
				      .fetched_at = 1},
		NULL, NULL);
}

static void add(struct catalog *catalog, int number)
{
	assert_int_equal(add_tagged(catalog, number, "tag"), STATUS_OK);
}

static int64_t count(struct catalog *catalog)
{
	int64_t tracks = -1;

	assert_int_equal(catalog_count(catalog, &tracks), STATUS_OK);
	return tracks;
}

/* Runs sql on the file behind the catalog's back. */
static void raw(const char *name, const char *sql)
{
	sqlite3 *db;
	char *error = NULL;

	assert_int_equal(sqlite3_open(path_of(name), &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &error))
		fail_msg("%s", error);
	sqlite3_close(db);
}

/* What sql gives, row by row; the caller frees it. */
static char *asked(const char *name, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *stmt;
	char *all = calloc(1, 65536);

	assert_int_equal(sqlite3_open(path_of(name), &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL),
			 SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *text = (const char *)sqlite3_column_text(stmt, 0);

		assert_true(strlen(all) + strlen(text ? text : "") < 65000);
		strcat(all, text ? text : "NULL");
		strcat(all, "\n");
	}
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return all;
}

static void assert_asked(const char *name, const char *sql, const char *wanted)
{
	char *got = asked(name, sql);

	assert_string_equal(got, wanted);
	free(got);
}

/* Indexes agree with tables, and the word index with the tracks. */
static void assert_whole(const char *name)
{
	assert_asked(name, "PRAGMA integrity_check", "ok\n");
	assert_asked(name, "SELECT count(*) FROM pragma_foreign_key_check",
		     "0\n");
	raw(name, "INSERT INTO track_words (track_words, rank)"
		  " VALUES ('integrity-check', 1)");
	assert_asked(name,
		     "SELECT (SELECT count(*) FROM track) = tracks AND"
		     " (SELECT count(*) FROM artist) = artists FROM tally",
		     "1\n");
}

/* ---- versions --------------------------------------------------------- */

static const char tables[] =
	"SELECT type || name || coalesce(sql, '') FROM sqlite_schema"
	" WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name";

static void every_old_version_becomes_the_current_one(void **state)
{
	char *fresh, *migrated;
	struct track track;
	int n;

	(void)state;
	catalog_close(open_file("fresh.db", CATALOG_WRITE));
	fresh = asked("fresh.db", tables);
	assert_non_null(strstr(fresh, "track_words"));
	for (size_t i = 0; i < sizeof(catalog_old) / sizeof(*catalog_old);
	     i++) {
		struct catalog *catalog;
		struct picker *picker;
		struct fault fault;
		struct mood sad = {.emotion = EMOTION_SAD,
				   .valence = -0.5f,
				   .arousal = -0.5f};
		char name[16];

		snprintf(name, sizeof(name), "old%zu.db", i + 1);
		for (size_t step = i > 1 ? 1 : i; step <= i; step++)
			raw(name, catalog_old[step]);
		assert_int_equal(try_open(name, CATALOG_READ, &fault),
				 STATUS_UNSUPPORTED);
		assert_non_null(strstr(fault.detail, "older"));
		catalog = open_file(name, CATALOG_WRITE);
		assert_int_equal(
			catalog_search(catalog, "bjork", &track, 1, &n),
			STATUS_OK);
		assert_int_equal(n, 1);
		assert_string_equal(track.uri, "/a");
		assert_int_equal(picker_new(&picker, catalog, 1), STATUS_OK);
		assert_int_equal(
			picker_next(picker, &sad, POLICY_MATCH, 100, &track),
			STATUS_OK);
		assert_int_equal(count(catalog), 2);
		picker_free(picker);
		catalog_close(catalog);
		migrated = asked(name, tables);
		assert_string_equal(migrated, fresh);
		free(migrated);
		assert_whole(name);
		assert_asked(name, "SELECT track FROM event", "2\n2\n");
		assert_asked(name, "SELECT path FROM folder", "/\n");
	}
	/* one text for every version but the current */
	assert_asked("fresh.db", "PRAGMA user_version",
		     (char[]){(char)('1' + sizeof(catalog_old) /
						   sizeof(*catalog_old)),
			      '\n', '\0'});
	free(fresh);
}

static void a_step_that_fails_leaves_the_file_as_it_was(void **state)
{
	struct fault fault;
	char *before, *after;

	(void)state;
	raw("torn.db", catalog_old[0]);
	raw("torn.db", "CREATE TABLE artist_taste (x)");
	before = asked("torn.db", tables);
	assert_int_not_equal(try_open("torn.db", CATALOG_WRITE, &fault),
			     STATUS_OK);
	assert_non_null(strstr(fault.detail, "version 2"));
	assert_asked("torn.db", "PRAGMA user_version", "1\n");
	after = asked("torn.db", tables);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void newer_and_foreign_files_are_left_alone(void **state)
{
	struct fault fault;

	(void)state;
	catalog_close(open_file("newer.db", CATALOG_WRITE));
	raw("newer.db", "PRAGMA user_version = 99");
	for (int mode = CATALOG_READ; mode <= CATALOG_WRITE; mode++) {
		assert_int_equal(
			try_open("newer.db", (enum catalog_mode)mode, &fault),
			STATUS_UNSUPPORTED);
		assert_non_null(strstr(fault.detail, "99"));
		assert_true(fault.hint[0]);
	}
	assert_asked("newer.db", "PRAGMA user_version", "99\n");
	raw("foreign.db", "CREATE TABLE places (url); PRAGMA user_version = 1");
	for (int mode = CATALOG_READ; mode <= CATALOG_WRITE; mode++) {
		assert_int_equal(
			try_open("foreign.db", (enum catalog_mode)mode, &fault),
			STATUS_BAD_DATA);
		assert_non_null(strstr(fault.detail, "another program"));
	}
	assert_asked("foreign.db", "SELECT name FROM sqlite_schema",
		     "places\n");
	assert_asked("foreign.db", "PRAGMA journal_mode", "delete\n");
}

static void the_schema_computes_the_grid(void **state)
{
	struct catalog *catalog = open_file("grid.db", CATALOG_WRITE);
	sqlite3 *db;
	sqlite3_stmt *stmt;
	int rows = 0;

	(void)state;
	assert_int_equal(catalog_begin(catalog, NULL), STATUS_OK);
	for (int i = 0; i <= 40 * 40; i++) {
		char title[16];

		snprintf(title, sizeof(title), "%d", i);
		catalog_add(catalog,
			    &(struct track_facts){
				    .artist = "A",
				    .title = title,
				    .uri = title,
				    .source = "s",
				    .has_mood = i < 40 * 40,
				    .valence = (float)(i / 40) / 19.5f - 1,
				    .arousal = (float)(i % 40) / 19.5f - 1,
				    .confidence = 1,
				    .provenance = "user"},
			    NULL, NULL);
	}
	assert_int_equal(catalog_commit(catalog, NULL), STATUS_OK);
	catalog_close(catalog);
	sqlite3_open(path_of("grid.db"), &db);
	sqlite3_prepare_v2(db, "SELECT valence, arousal, cell FROM track", -1,
			   &stmt, NULL);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		int cell = sqlite3_column_type(stmt, 0) == SQLITE_NULL
				   ? GRID_UNKNOWN
				   : grid_cell(sqlite3_column_double(stmt, 0),
					       sqlite3_column_double(stmt, 1));

		assert_int_equal(sqlite3_column_int(stmt, 2), cell);
		rows++;
	}
	assert_int_equal(rows, 40 * 40 + 1);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

/* ---- damage ----------------------------------------------------------- */

static void write_bytes(const char *name, const void *bytes, size_t length)
{
	FILE *file = fopen(path_of(name), "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

/* A whole catalog's bytes; the caller frees them. */
static char *good_bytes(size_t *length)
{
	struct catalog *catalog = open_file("good.db", CATALOG_WRITE);
	struct stat info;
	char *bytes;
	FILE *file;

	assert_int_equal(catalog_begin(catalog, NULL), STATUS_OK);
	for (int i = 0; i < 300; i++)
		add(catalog, i);
	assert_int_equal(catalog_commit(catalog, NULL), STATUS_OK);
	catalog_close(catalog);
	assert_int_equal(stat(path_of("good.db"), &info), 0);
	*length = (size_t)info.st_size;
	bytes = malloc(*length);
	file = fopen(path_of("good.db"), "r");
	assert_int_equal(fread(bytes, 1, *length, file), *length);
	fclose(file);
	return bytes;
}

static void what_is_no_catalog_is_refused(void **state)
{
	static const char text[] = "This is a letter, not a database. It is "
				   "long enough to have a header of its own, "
				   "and goes on for more than a hundred bytes.";
	struct fault fault;
	size_t length;
	char *bytes = good_bytes(&length);
	const size_t cuts[] = {16,   99,         511,          512,
			       4096, length / 2, length - 4096};

	(void)state;
	write_bytes("letter.db", text, sizeof(text));
	assert_int_equal(mkdir(path_of("folder.db"), 0700), 0);
	for (int mode = CATALOG_READ; mode <= CATALOG_WRITE; mode++) {
		assert_int_equal(
			try_open("letter.db", (enum catalog_mode)mode, &fault),
			STATUS_BAD_DATA);
		assert_non_null(strstr(fault.subject, "letter.db"));
		assert_true(fault.hint[0]);
		assert_int_not_equal(
			try_open("folder.db", (enum catalog_mode)mode, &fault),
			STATUS_OK);
		for (size_t i = 0; i < sizeof(cuts) / sizeof(*cuts); i++) {
			write_bytes("cut.db", bytes, cuts[i]);
			assert_int_equal(try_open("cut.db",
						  (enum catalog_mode)mode,
						  &fault),
					 STATUS_BAD_DATA);
		}
	}
	write_bytes("empty.db", "", 0);
	assert_int_equal(try_open("empty.db", CATALOG_READ, &fault),
			 STATUS_NOT_FOUND);
	assert_int_equal(try_open("empty.db", CATALOG_WRITE, &fault),
			 STATUS_OK);
	free(bytes);
}

static bool ignore(const struct track *track, void *user)
{
	*(size_t *)user += strlen(track->title);
	return true;
}

/* Whatever the bytes are, it is an answer or an error. */
static void damage_inside_is_survived(void **state)
{
	struct rng rng;
	size_t length;
	char *bytes = good_bytes(&length);
	int errors = 0;

	(void)state;
	rng_init(&rng, 3);
	for (int round = 0; round < 60; round++) {
		struct catalog *catalog = NULL;
		struct picker *picker = NULL;
		struct mood mood = {.emotion = EMOTION_SAD};
		struct track track;
		size_t seen = 0;
		int64_t tracks;
		int n;

		char *hurt = malloc(length);

		memcpy(hurt, bytes, length);
		for (int i = 0; i < 200; i++)
			hurt[100 + rng_below(&rng, (uint32_t)length - 100)] =
				(char)rng_u32(&rng);
		write_bytes("hurt.db", hurt, length);
		free(hurt);
		if (catalog_open(&catalog, path_of("hurt.db"), CATALOG_WRITE,
				 NULL)) {
			errors++;
			continue;
		}
		errors += catalog_count(catalog, &tracks) != STATUS_OK;
		errors += catalog_each(catalog, ignore, &seen) != STATUS_OK;
		errors += catalog_search(catalog, "song", &track, 1, &n) !=
			  STATUS_OK;
		errors += add_tagged(catalog, 1000, "x") != STATUS_OK;
		errors += picker_new(&picker, catalog, 1) != STATUS_OK;
		for (int i = 0; i < 3; i++)
			errors += picker_next(picker, &mood, (enum policy)i, 5,
					      &track) != STATUS_OK;
		picker_free(picker);
		catalog_close(catalog);
	}
	assert_true(errors > 0);
	free(bytes);
}

/* Root may write everywhere: be somebody else for a while. */
static void become(uid_t uid)
{
	if (getuid() == 0)
		assert_int_equal(seteuid(uid), 0);
}

static void a_file_that_may_not_be_written_can_be_read(void **state)
{
	struct catalog *catalog = open_file("kept.db", CATALOG_WRITE);
	struct fault fault;
	struct track track;

	(void)state;
	add(catalog, 1);
	catalog_close(catalog);
	assert_int_equal(chmod(path_of("kept.db"), 0444), 0);
	assert_int_equal(chmod(folder, 0555), 0);
	become(65534);
	assert_int_equal(try_open("kept.db", CATALOG_WRITE, &fault),
			 STATUS_DENIED);
	assert_true(fault.hint[0]);
	assert_int_equal(try_open("new.db", CATALOG_WRITE, &fault),
			 STATUS_DENIED);
	catalog = open_file("kept.db", CATALOG_READ);
	assert_int_equal(count(catalog), 1);
	assert_int_equal(catalog_get(catalog, 1, &track), STATUS_OK);
	assert_int_equal(
		catalog_note(catalog, 1, CATALOG_LIKED, EMOTION_SAD, 0, 1),
		STATUS_DENIED);
	catalog_close(catalog);
	become(0);
	assert_int_equal(chmod(folder, 0700), 0);
}

/* ---- several at once -------------------------------------------------- */

static void one_reads_while_another_writes(void **state)
{
	struct catalog *writer = open_file("two.db", CATALOG_WRITE);
	struct catalog *reader = open_file("two.db", CATALOG_READ);
	struct catalog *other = open_file("two.db", CATALOG_WRITE);
	struct track track;
	struct fault fault = {0};
	int n;

	(void)state;
	add(writer, 1);
	assert_int_equal(count(reader), 1);
	assert_int_equal(catalog_begin(writer, NULL), STATUS_OK);
	add(writer, 2);
	assert_int_equal(count(reader), 1);
	assert_int_equal(catalog_search(reader, "2", &track, 1, &n), STATUS_OK);
	assert_int_equal(n, 0);
	/* two writers: the second is told (test_patience.c: it waits) */
	catalog_patience(other, 0);
	assert_int_equal(catalog_begin(other, &fault), STATUS_BUSY);
	assert_true(fault.hint[0]);
	assert_int_equal(catalog_note(other, 1, CATALOG_LIKED, 0, 0, 1),
			 STATUS_BUSY);
	assert_int_equal(catalog_commit(writer, NULL), STATUS_OK);
	assert_int_equal(count(reader), 2);
	assert_int_equal(catalog_search(reader, "2", &track, 1, &n), STATUS_OK);
	assert_int_equal(n, 1);
	assert_int_equal(catalog_note(other, 1, CATALOG_LIKED, 0, 0, 1),
			 STATUS_OK);
	catalog_close(other);
	catalog_close(reader);
	catalog_close(writer);
}

/* A process that makes or opens the file and writes into it. */
static int write_many(int from)
{
	struct catalog *catalog = NULL;
	int failed = 0;

	if (catalog_open(&catalog, path_of("many.db"), CATALOG_WRITE, NULL))
		return 1;
	for (int i = 0; i < 60; i++)
		failed += add_tagged(catalog, from + i, "tag") != STATUS_OK;
	catalog_close(catalog);
	return failed ? 2 : 0;
}

static void several_processes_share_a_file(void **state)
{
	struct catalog *catalog;
	int status;

	(void)state;
	/* all four may be the one that makes the tables */
	for (int i = 0; i < 4; i++)
		if (!fork())
			_exit(write_many(i * 30));
	for (int i = 0; i < 4; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	catalog = open_file("many.db", CATALOG_READ);
	assert_int_equal(count(catalog), 150);
	catalog_close(catalog);
	assert_whole("many.db");
}

static void a_track_that_fails_takes_no_other_along(void **state)
{
	struct catalog *catalog = open_file("boom.db", CATALOG_WRITE);

	(void)state;
	raw("boom.db", "CREATE TRIGGER boom BEFORE INSERT ON tag"
		       " WHEN new.name = 'boom'"
		       " BEGIN SELECT raise(ABORT, 'boom'); END");
	assert_int_equal(catalog_begin(catalog, NULL), STATUS_OK);
	add(catalog, 1);
	assert_int_not_equal(add_tagged(catalog, 2, "boom"), STATUS_OK);
	add(catalog, 3);
	assert_int_equal(catalog_commit(catalog, NULL), STATUS_OK);
	assert_int_not_equal(add_tagged(catalog, 4, "boom"), STATUS_OK);
	add(catalog, 5);
	assert_int_equal(count(catalog), 3);
	catalog_close(catalog);
	assert_asked("boom.db", "SELECT title FROM track ORDER BY id",
		     "Song 1\nSong 3\nSong 5\n");
	assert_whole("boom.db");
}

static void renaming_and_folding_keep_everything_whole(void **state)
{
	struct catalog *catalog = open_file("names.db", CATALOG_WRITE);
	struct track_facts facts = {.source = "import", .genre = "folk"};
	char title[16], uri[16];

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 20; i++) {
			snprintf(title, sizeof(title), "T %d",
				 i % (20 - 6 * round));
			snprintf(uri, sizeof(uri), "/%d", i);
			facts.artist = round == 1 ? "Wrong" : "Right";
			facts.title = title;
			facts.uri = uri;
			facts.album = round ? "Later" : NULL;
			assert_int_equal(
				catalog_add(catalog, &facts, NULL, NULL),
				STATUS_OK);
		}
	}
	assert_int_equal(count(catalog), 8);
	catalog_close(catalog);
	assert_asked("names.db", "SELECT name FROM artist", "Right\n");
	assert_asked("names.db", "SELECT count(*) FROM source", "20\n");
	assert_whole("names.db");
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return unit_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_old_version_becomes_the_current_one),
		cmocka_unit_test(a_step_that_fails_leaves_the_file_as_it_was),
		cmocka_unit_test(newer_and_foreign_files_are_left_alone),
		cmocka_unit_test(the_schema_computes_the_grid),
		cmocka_unit_test(what_is_no_catalog_is_refused),
		cmocka_unit_test(damage_inside_is_survived),
		cmocka_unit_test(a_file_that_may_not_be_written_can_be_read),
		cmocka_unit_test(one_reads_while_another_writes),
		cmocka_unit_test(several_processes_share_a_file),
		cmocka_unit_test(a_track_that_fails_takes_no_other_along),
		cmocka_unit_test(renaming_and_folding_keep_everything_whole),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
