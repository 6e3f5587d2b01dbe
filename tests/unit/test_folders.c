/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files lie in the library, and that the catalog keeps its folders. */
#include "tests/unit/unit.h"

#include "catalog/folders.h"

#include <stdlib.h>

static void a_file_lies_in_a_folder_or_not(void **state)
{
	static const struct {
		const char *folder, *path;
		bool held;
	} cases[] = {
		{"/music", "/music/a.mp3", true},
		{"/music/", "/music/a/b/c.mp3", true},
		{"/music", "/music/...and a dot.mp3", true},
		{"/", "/a.mp3", true},
		{"/people/u/.music", "/people/u/.music/a.mp3", true},
		{"/music", "/music", false},
		{"/music", "/music/", false},
		{"/music", "/musical/a.mp3", false},
		{"/music", "/music/../etc/passwd", false},
		{"/music", "/music/a/../../etc/passwd", false},
		{"/music", "/music/..", false},
		{"/music", "/music//etc/passwd", false},
		{"/people/u", "/people/u/.ssh/id", false},
		{"/people/u", "/people/u/a/.git/x", false},
		{"/", "/admin/.ssh/id", false},
		{"/music", "/etc/passwd", false},
		{"/music", "music/a.mp3", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *paths[] = {(char *)(uintptr_t)cases[i].folder};
		struct folders folders = {.paths = paths, .count = 1};

		if (folders_hold(&folders, cases[i].path) != cases[i].held)
			fail_msg("%s in %s", cases[i].path, cases[i].folder);
	}
	assert_false(folders_hold(&(struct folders){0}, "/a"));
}

static void the_catalog_keeps_them(void **state)
{
	struct catalog *catalog = NULL;
	struct folders folders;

	(void)state;
	assert_int_equal(catalog_open(&catalog, NULL, CATALOG_MEMORY, NULL), 0);
	assert_int_equal(folders_read(&folders, catalog), 0);
	assert_int_equal(folders.count, 0);
	assert_int_equal(folders_add(catalog, "/m/odd\xff\n", NULL), 0);
	assert_int_equal(folders_add(catalog, "/m/plain", NULL), 0);
	assert_int_equal(folders_add(catalog, "/m/plain", NULL), 0);
	assert_int_not_equal(folders_add(catalog, "plain", NULL), 0);
	assert_int_equal(folders_read(&folders, catalog), 0);
	assert_int_equal(folders.count, 2);
	assert_true(folders_hold(&folders, "/m/odd\xff\n/a.mp3"));
	assert_true(folders_hold(&folders, "/m/plain/a.mp3"));
	assert_false(folders_hold(&folders, "/m/other/a.mp3"));
	folders_done(&folders);
	catalog_close(catalog);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_lies_in_a_folder_or_not),
		cmocka_unit_test(the_catalog_keeps_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
