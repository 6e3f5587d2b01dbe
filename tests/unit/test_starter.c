/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The starter list: good ones are entered whole, bad ones not at all. */
#include "tests/unit/unit.h"

#include "catalog/starter.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define HEADER "file\ttitle\tartist\tgenre\tseconds\tvalence\tarousal\ttags\n"
#define GOOD \
	"a.opus\tDawn\tVera Holm\tpiano waltz\t61.5\t-0.60\t-0.40\tsad,rain\n"
#define MORE "b.opus\tNoon\tVera Holm\tpiano\t60\t0.5\t1\t\n"

static char folder[] = "/tmp/mien-starter-XXXXXX";

static void write_file(const char *name, const char *text)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static struct catalog *open_memory(void)
{
	struct catalog *catalog = NULL;

	assert_int_equal(catalog_open(&catalog, NULL, CATALOG_MEMORY, NULL),
			 STATUS_OK);
	return catalog;
}

static void enters_every_piece(void **state)
{
	struct catalog *catalog = open_memory();
	char uri[64], dotted[64];
	struct track track;
	int64_t tracks;
	int added, found;

	(void)state;
	write_file("starter.tsv", HEADER GOOD "\r\n" MORE);
	for (int time = 0; time < 2; time++) {
		snprintf(dotted, sizeof(dotted), "%s/../%s/.", folder,
			 strrchr(folder, '/') + 1);
		assert_int_equal(starter_add(catalog, dotted, &added, NULL),
				 STATUS_OK);
		assert_int_equal(added, 2);
		catalog_count(catalog, &tracks);
		assert_int_equal(tracks, 2);
	}
	assert_int_equal(catalog_search(catalog, "dawn", &track, 1, &found),
			 STATUS_OK);
	assert_int_equal(found, 1);
	snprintf(uri, sizeof(uri), "%s/a.opus", folder);
	assert_string_equal(track.uri, uri);
	assert_string_equal(track.artist, "Vera Holm");
	assert_string_equal(track.genre, "piano waltz");
	assert_float_equal(track.length_s, 61.5, 1e-9);
	assert_float_equal(track.valence, -0.6f, 1e-6f);
	assert_float_equal(track.arousal, -0.4f, 1e-6f);
	assert_float_equal(track.confidence, 1, 1e-6f);
	catalog_close(catalog);
}

static void names_the_bad_line_and_adds_nothing(void **state)
{
	static const struct {
		const char *text, *says;
		enum status status;
		unsigned line;
	} cases[] = {
		{"", "empty", STATUS_BAD_DATA, 0},
		{GOOD, "first line", STATUS_BAD_DATA, 1},
		{HEADER GOOD "b.opus\tNoon\n", "8 columns", STATUS_BAD_DATA, 3},
		{HEADER "a.opus\tT\tA\tG\t1\t0\t0\tx\tmore\n", "8 columns",
		 STATUS_BAD_DATA, 2},
		{HEADER GOOD MORE "a.opus\tT\tA\tG\t1\t1.1\t0\t\n", "valence",
		 STATUS_BAD_DATA, 4},
		{HEADER "a.opus\tT\tA\tG\t1\t0\tnan\t\n", "arousal",
		 STATUS_BAD_DATA, 2},
		{HEADER "a.opus\tT\tA\tG\tlong\t0\t0\t\n", "no number",
		 STATUS_BAD_DATA, 2},
		{HEADER "a.opus\tT\tA\tG\t\t0\t0\t\n", "no number",
		 STATUS_BAD_DATA, 2},
		{HEADER "a.opus\t\tA\tG\t1\t0\t0\t\n", "no title",
		 STATUS_BAD_DATA, 2},
		{HEADER "../a.opus\tT\tA\tG\t1\t0\t0\t\n", "name of a file",
		 STATUS_BAD_DATA, 2},
		{HEADER GOOD "none.opus\tT\tA\tG\t1\t0\t0\t\n", "none.opus",
		 STATUS_NOT_FOUND, 3},
	};
	struct catalog *catalog = open_memory();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fault fault = {0};
		int64_t tracks = -1;
		int added = -1;

		write_file("starter.tsv", cases[i].text);
		assert_int_equal(starter_add(catalog, folder, &added, &fault),
				 cases[i].status);
		assert_non_null(strstr(fault.detail, cases[i].says));
		assert_non_null(strstr(fault.subject, "starter.tsv"));
		assert_int_equal(fault.line, cases[i].line);
		assert_int_equal(added, 0);
		catalog_count(catalog, &tracks);
		assert_int_equal(tracks, 0);
		/* and nobody needs to hear of it */
		assert_int_equal(starter_add(catalog, folder, &added, NULL),
				 cases[i].status);
	}
	catalog_close(catalog);
}

static void says_where_it_looked(void **state)
{
	struct catalog *catalog = open_memory();
	struct fault fault = {0};
	int added;

	(void)state;
	assert_int_equal(
		starter_add(catalog, "/nowhere/at/all", &added, &fault),
		STATUS_NOT_FOUND);
	assert_non_null(strstr(fault.subject, "/nowhere/at/all/starter.tsv"));
	assert_true(fault.hint[0]);
	catalog_close(catalog);
}

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	write_file("a.opus", "");
	write_file("b.opus", "");
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
		cmocka_unit_test(enters_every_piece),
		cmocka_unit_test(names_the_bad_line_and_adds_nothing),
		cmocka_unit_test(says_where_it_looked),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
