/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found by what a person types. */
#include "tests/unit/unit.h"

#include "catalog/catalog.h"

#include <stdlib.h>
#include <string.h>

static struct catalog *open_memory(void)
{
	struct catalog *catalog = NULL;

	assert_int_equal(catalog_open(&catalog, NULL, CATALOG_MEMORY, NULL),
			 STATUS_OK);
	return catalog;
}

static void add(struct catalog *catalog, const char *artist, const char *title,
		const char *uri)
{
	assert_int_equal(catalog_add(catalog,
				     &(struct track_facts){.artist = artist,
							   .title = title,
							   .uri = uri,
							   .source = "import",
							   .fetched_at = 1000},
				     NULL, NULL),
			 STATUS_OK);
}

/* The titles found, in their order, one letter each. */
static const char *found(struct catalog *catalog, const char *query)
{
	static char titles[64];
	struct track tracks[16];
	int n = -1;

	titles[0] = '\0';
	assert_int_equal(catalog_search(catalog, query, tracks, 16, &n),
			 STATUS_OK);
	assert_in_range(n, 0, 16);
	for (int i = 0; i < n; i++)
		strncat(titles, strrchr(tracks[i].title, ' ') + 1, 1);
	return titles;
}

static struct catalog *open_library(void)
{
	struct catalog *catalog = open_memory();

	add(catalog, "Sigur Rós", "Hoppípolla A", "/A");
	add(catalog, "Beyoncé", "Halo B", "/B");
	add(catalog, "AC/DC", "Thunderstruck C", "/C");
	add(catalog, "Fleetwood Mac", "Don\xe2\x80\x99t Stop D", "/D");
	add(catalog, "The Halo Benders", "Virginia E", "/E");
	add(catalog, "坂本龍一", "戦場のメリークリスマス F", "/F");
	catalog_add(catalog,
		    &(struct track_facts){.artist = "Nick Drake",
					  .title = "Pink Moon G",
					  .album = "Halogen",
					  .genre = "Folk",
					  .uri = "/G",
					  .source = "import"},
		    NULL, NULL);
	return catalog;
}

static void searches_words_prefixes_and_accents(void **state)
{
	struct catalog *catalog = open_library();

	(void)state;
	assert_string_equal(found(catalog, "sigur ros"), "A");
	assert_string_equal(found(catalog, "hoppi SIG"), "A");
	assert_string_equal(found(catalog, "HOPPÍ"), "A");
	assert_string_equal(found(catalog, "beyonce"), "B");
	assert_string_equal(found(catalog, "acdc"), "");
	assert_string_equal(found(catalog, "ac/dc thun"), "C");
	assert_string_equal(found(catalog, "ac dc"), "C");
	assert_string_equal(found(catalog, "dont stop"), "D");
	assert_string_equal(found(catalog, "don't st"), "D");
	assert_string_equal(found(catalog, "坂"), "F");
	assert_string_equal(found(catalog, "fol"), "G");
	assert_string_equal(found(catalog, "stop halo"), "");
	assert_string_equal(found(catalog, "zzz"), "");
	/* a title that begins so, then artists and albums that contain it */
	assert_string_equal(found(catalog, "halo"), "BGE");
	catalog_close(catalog);
}

static void lists_all_for_an_empty_query(void **state)
{
	struct catalog *catalog = open_library();
	struct track two[2];
	int n;

	(void)state;
	assert_string_equal(found(catalog, ""), "CBDGAEF");
	assert_string_equal(found(catalog, " \t "), "CBDGAEF");
	assert_int_equal(catalog_search(catalog, "", two, 2, &n), STATUS_OK);
	assert_int_equal(n, 2);
	assert_int_equal(catalog_search(catalog, "halo", two, 2, &n),
			 STATUS_OK);
	assert_int_equal(n, 2);
	assert_string_equal(two[0].title, "Halo B");
	catalog_close(catalog);
}

static void searches_hostile_text_as_text(void **state)
{
	static const char *const nothing[] = {"\"",
					      "\"\"\"",
					      "*",
					      "^",
					      "(",
					      "halo AND",
					      "halo NOT beyonce",
					      "NEAR(halo beyonce)",
					      "title:halo",
					      "{title}:halo",
					      "halo\" OR \"x",
					      "';DROP TABLE track;--",
					      "- halo",
					      "halo -",
					      "%",
					      "_",
					      "\\",
					      "\xff\xfe"};
	struct catalog *catalog = open_library();
	char *flood = malloc(10241);
	int64_t tracks = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(nothing) / sizeof(*nothing); i++)
		found(catalog, nothing[i]);
	assert_string_equal(found(catalog, "\"halo\""), "BGE");
	assert_string_equal(found(catalog, "hal*"), "BGE");
	assert_string_equal(found(catalog, "NEAR(halo beyonce)"), "");
	assert_string_equal(found(catalog, "halo NOT"), "");
	for (int kind = 0; kind < 3; kind++) {
		memset(flood, "x\" "[kind], 10240);
		for (int i = 0; kind == 2 && i < 10240; i += 2)
			flood[i] = 'h';
		flood[10240] = '\0';
		assert_string_equal(found(catalog, flood),
				    kind == 2 ? "BGAE" : "");
	}
	free(flood);
	assert_int_equal(catalog_count(catalog, &tracks), STATUS_OK);
	assert_int_equal(tracks, 7);
	catalog_close(catalog);
}

static void finds_by_new_names_only(void **state)
{
	struct catalog *catalog = open_memory();

	(void)state;
	add(catalog, "Wrong", "Name X", "/x");
	add(catalog, "Right", "Title X", "/x");
	assert_string_equal(found(catalog, "wrong"), "");
	assert_string_equal(found(catalog, "name"), "");
	assert_string_equal(found(catalog, "right title"), "X");
	catalog_add(catalog,
		    &(struct track_facts){.artist = "Right",
					  .title = "Title X",
					  .album = "Later",
					  .uri = "/x",
					  .source = "import"},
		    NULL, NULL);
	assert_string_equal(found(catalog, "later"), "X");
	catalog_close(catalog);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(searches_words_prefixes_and_accents),
		cmocka_unit_test(lists_all_for_an_empty_query),
		cmocka_unit_test(searches_hostile_text_as_text),
		cmocka_unit_test(finds_by_new_names_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
