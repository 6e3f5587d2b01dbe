/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pick costs: the pages it reads, the addresses it asks about. */
#include "tests/unit/unit.h"

#include "base/rng.h"
#include "catalog/picker.h"
#include "catalog/store.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SONGS 6000
#define NOW   1000000

static const struct mood calm = {
	.emotion = EMOTION_NEUTRAL, .valence = 0.1f, .arousal = -0.1f};

static char path[] = "/tmp/mien-pool-XXXXXX";

/* Every hundredth lies in /here, the others in /there. */
static void add(struct catalog *catalog, int number, struct rng *rng)
{
	char title[32], artist[32], uri[32];
	struct track_facts facts = {.title = title,
				    .artist = artist,
				    .uri = uri,
				    .source = "starter",
				    .genre = "folk",
				    .has_mood = true,
				    .confidence = 1,
				    .provenance = "composer",
				    .fetched_at = 1};

	facts.valence = 2 * (float)rng_unit(rng) - 1;
	facts.arousal = 2 * (float)rng_unit(rng) - 1;
	snprintf(title, sizeof(title), "Song %d", number);
	snprintf(artist, sizeof(artist), "Artist %d", number);
	snprintf(uri, sizeof(uri), "%s/%d", number % 100 ? "/there" : "/here",
		 number);
	assert_int_equal(catalog_add(catalog, &facts, NULL, NULL), STATUS_OK);
}

static struct catalog *open_path(void)
{
	struct catalog *catalog = NULL;

	assert_int_equal(catalog_open(&catalog, path, CATALOG_WRITE, NULL),
			 STATUS_OK);
	return catalog;
}

static int make_file(void **state)
{
	struct catalog *catalog;
	struct rng rng;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	rng_init(&rng, 3);
	catalog = open_path();
	assert_int_equal(catalog_begin(catalog, NULL), STATUS_OK);
	for (int i = 0; i < SONGS; i++)
		add(catalog, i, &rng);
	assert_int_equal(catalog_commit(catalog, NULL), STATUS_OK);
	catalog_close(catalog);
	return 0;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static int pages_read(struct catalog *catalog)
{
	int pages = 0, most = 0;

	assert_int_equal(sqlite3_db_status(catalog->db,
					   SQLITE_DBSTATUS_CACHE_MISS, &pages,
					   &most, false),
			 SQLITE_OK);
	return pages;
}

/* Each song that is drawn lies on a page of its own of its table: a disk would
 * have to look for hundreds. */
static void a_pick_reads_few_pages(void **state)
{
	(void)state;
	for (int policy = 0; policy <= POLICY_SURPRISE; policy++) {
		struct catalog *catalog = open_path();
		struct picker *picker;
		struct track track;
		int before = pages_read(catalog);

		assert_int_equal(picker_new(&picker, catalog, 1), STATUS_OK);
		assert_int_equal(picker_next(picker, &calm, (enum policy)policy,
					     NOW, &track),
				 STATUS_OK);
		assert_in_range(pages_read(catalog) - before, 1, 45);
		picker_free(picker);
		catalog_close(catalog);
	}
}

struct asked {
	const char *folder; /* what lies there may be played */
	int count;
};

static bool may_play(const char *uri, void *user)
{
	struct asked *asked = user;

	asked->count++;
	return !strncmp(uri, asked->folder, strlen(asked->folder));
}

static void pick(const char *from, int picks, struct asked *asked)
{
	struct catalog *catalog = open_path();
	struct picker *picker;
	struct track track;

	*asked = (struct asked){.folder = from};
	assert_int_equal(picker_new(&picker, catalog, 1), STATUS_OK);
	picker_allow(picker, may_play, asked);
	for (int i = 0; i < picks; i++) {
		assert_int_equal(
			picker_next(picker, &calm, POLICY_MATCH, NOW, &track),
			STATUS_OK);
		assert_int_equal(strncmp(track.uri, from, strlen(from)), 0);
	}
	picker_free(picker);
	catalog_close(catalog);
}

static void asks_about_what_it_picks(void **state)
{
	struct asked asked;

	(void)state;
	pick("/", 20, &asked);
	assert_int_equal(asked.count, 20);
}

/* As where a folder with most of the music is not there today. */
static void finds_the_few_that_may_be_played(void **state)
{
	struct asked asked;

	(void)state;
	pick("/here", 20, &asked);
	assert_true(asked.count > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pick_reads_few_pages),
		cmocka_unit_test(asks_about_what_it_picks),
		cmocka_unit_test(finds_the_few_that_may_be_played),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
