/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rest of the leaf: faults, paths, the log, the generator. */
#include "tests/unit/unit.h"

#include "base/log.h"
#include "base/paths.h"
#include "base/rng.h"
#include "base/status.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char home[] = "/tmp/mien-base-XXXXXX";

static void every_status_has_its_words(void **state)
{
	(void)state;
	for (int a = 0; a < STATUS_COUNT; a++) {
		assert_string_not_equal(status_text(a), "an unknown error");
		for (int b = 0; b < a; b++)
			assert_string_not_equal(status_text(a), status_text(b));
	}
	assert_string_equal(status_text(STATUS_COUNT), "an unknown error");
}

static void a_fault_becomes_a_sentence(void **state)
{
	struct fault f;
	char s[700];

	(void)state;
	assert_int_equal(
		fault_set(&f, STATUS_BAD_DATA, "a\x1b[1m.cfg", "%d bad", 3),
		STATUS_BAD_DATA);
	assert_string_equal(fault_sentence(&f, s, sizeof(s)),
			    "a[1m.cfg: 3 bad.");
	fault_at(&f, 4, 2);
	fault_hint(&f, "take another");
	assert_string_equal(fault_sentence(&f, s, sizeof(s)),
			    "a[1m.cfg:4:2: 3 bad; take another.");
	assert_int_equal(fault_set_errno(&f, ENOENT, "x", "opening"),
			 STATUS_NOT_FOUND);
	assert_string_equal(fault_sentence(&f, s, sizeof(s)),
			    "x: opening: No such file or directory.");
	assert_int_equal(fault_set(NULL, STATUS_BUSY, NULL, "x"), STATUS_BUSY);
	assert_string_equal(fault_sentence(&f, s, 6), "x: op");
}

static void users_paths_follow_xdg(void **state)
{
	char path[512], expected[512];

	(void)state;
	setenv("HOME", home, 1);
	unsetenv("XDG_DATA_HOME");
	assert_int_equal(paths_user(PATHS_DATA, "c.db", path, sizeof(path)), 0);
	snprintf(expected, sizeof(expected), "%s/.local/share/mien/c.db", home);
	assert_string_equal(path, expected);
	setenv("XDG_DATA_HOME", "/x", 1);
	assert_int_equal(paths_user(PATHS_DATA, "c.db", path, sizeof(path)), 0);
	assert_string_equal(path, "/x/mien/c.db");
	setenv("XDG_DATA_HOME", "relative", 1);
	assert_int_equal(paths_user(PATHS_DATA, "c.db", path, sizeof(path)), 0);
	assert_string_equal(path, expected);
	assert_int_equal(paths_user(PATHS_DATA, "c.db", path, 8),
			 STATUS_BAD_ARGUMENT);
	unsetenv("HOME");
	assert_int_equal(paths_user(PATHS_DATA, "c.db", path, sizeof(path)),
			 STATUS_NOT_FOUND);
}

static void the_programs_files_are_found(void **state)
{
	char path[512], file[512];

	(void)state;
	setenv("MIEN_DATADIR", home, 1);
	assert_int_equal(paths_program("x", path, sizeof(path)),
			 STATUS_NOT_FOUND);
	snprintf(file, sizeof(file), "%s/x", home);
	fclose(fopen(file, "w"));
	assert_int_equal(paths_program("x", path, sizeof(path)), STATUS_OK);
	assert_string_equal(path, file);
	unlink(file);
}

static void parents_are_made_and_private(void **state)
{
	struct fault f;
	struct stat st;
	char path[512];

	(void)state;
	snprintf(path, sizeof(path), "%s/a/b/c", home);
	assert_int_equal(paths_make_parents(path, &f), STATUS_OK);
	*strrchr(path, '/') = '\0';
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	rmdir(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	assert_int_equal(paths_make_parents("/proc/none/x", &f),
			 STATUS_NOT_FOUND);
	assert_string_equal(f.subject, "/proc/none");
}

static void the_log_keeps_its_last_lines(void **state)
{
	char path[512], lines[4][LOG_LINE_SIZE];
	struct fault f;
	struct stat st;
	unsigned total;

	(void)state;
	log_write(LOG_INFO, "before it is open");
	assert_int_equal(log_recent(lines, 4, &total), 0);
	snprintf(path, sizeof(path), "%s/log/mien.log", home);
	assert_int_equal(log_open(path, &f), STATUS_OK);
	for (int i = 0; i < LOG_RING_LINES + 10; i++)
		log_write(LOG_WARNING, "line %d \x1b[2J", i);
	assert_int_equal(log_recent(lines, 4, &total), 4);
	assert_int_equal(total, LOG_RING_LINES + 10);
	assert_non_null(strstr(lines[3], " W line 265 [2J"));
	assert_non_null(strstr(lines[0], " W line 262 "));
	assert_true(log_fd() >= 0);
	log_close();
	assert_int_equal(log_fd(), -1);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(st.st_size > LOG_RING_LINES * 30);
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	assert_int_not_equal(log_open("/proc/none/x", &f), STATUS_OK);
}

static void a_seed_gives_the_same_numbers(void **state)
{
	struct rng a, b;
	int counts[5] = {0};

	(void)state;
	rng_init(&a, 42);
	rng_init(&b, 42);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(rng_u32(&a), rng_u32(&b));
	rng_init(&b, 43);
	assert_int_not_equal(rng_u32(&a), rng_u32(&b));
	for (int i = 0; i < 5000; i++)
		counts[rng_below(&a, 5)]++;
	for (int i = 0; i < 5; i++)
		assert_in_range(counts[i], 880, 1120);
	for (int i = 0; i < 1000; i++) {
		double u = rng_unit(&a);

		assert_true(u >= 0 && u < 1);
	}
}

static int make_home(void **state)
{
	(void)state;
	return mkdtemp(home) ? 0 : -1;
}

static int remove_home(void **state)
{
	(void)state;
	return rmdir(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_status_has_its_words),
		cmocka_unit_test(a_fault_becomes_a_sentence),
		cmocka_unit_test(users_paths_follow_xdg),
		cmocka_unit_test(the_programs_files_are_found),
		cmocka_unit_test(parents_are_made_and_private),
		cmocka_unit_test(the_log_keeps_its_last_lines),
		cmocka_unit_test(a_seed_gives_the_same_numbers),
	};

	return cmocka_run_group_tests(tests, make_home, remove_home);
}
