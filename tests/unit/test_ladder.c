/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ladder behind MusicBrainz' links: one listing for all songs, lengths,
 * searches that become needless, and videos that go. */
#include "tests/unit/unit.h"

#include "catalog/credits.h"
#include "catalog/list.h"
#include "etl/index.h"
#include "etl/ladder.h"
#include "etl/manners.h"
#include "tests/unit/samples.h"

#include <stdio.h>
#include <stdlib.h>

static struct config config;
static struct etl etl;
static int64_t songs[4];

/* Four songs of a band, the calls of which are all made but the videos'. */
static int setup(void **state)
{
	struct fault fault;

	(void)state;
	etl = (struct etl){.config = &config};
	for (int i = 0; i < SOURCE_COUNT; i++)
		etl.on[i] = true;
	if (catalog_open(&etl.catalog, "", CATALOG_MEMORY, &fault))
		return 1;
	for (int i = 0; i < 4; i++) {
		char title[16];

		snprintf(title, sizeof(title), "Song %c", 'A' + i);
		if (work_draft(etl.catalog, "The Band", title, 5000 + i,
			       &songs[i]))
			return 1;
	}
	return 0;
}

static int done(void **state)
{
	(void)state;
	catalog_close(etl.catalog);
	return 0;
}

/* Stage's first pending task; its key is "" where there is none. */
static struct task next(enum stage_id stage)
{
	struct task task = {.key = ""};

	work_next(etl.catalog, stage_list()[stage].lane, stage, 1e12, &task);
	return task;
}

/* Answers the stage's first task. */
static enum source_outcome take(enum stage_id stage, const char *body)
{
	const struct stage *s = &stage_list()[stage];
	struct http_answer answer = samples_json(body);
	struct task task = next(stage);
	struct source_request request = {.target = ""};
	struct facts facts = {0};
	enum status status = STATUS_OK;
	enum source_outcome outcome;

	assert_true(s->ask(&etl, &task, &request));
	outcome = s->take(&etl, &task, &answer, &facts, &status);
	assert_int_equal(status, STATUS_OK);
	assert_int_equal(work_settle(etl.catalog, &task,
				     outcome ? TASK_MISSING : TASK_DONE, 0, 1,
				     NULL),
			 STATUS_OK);
	if (outcome && s->without)
		assert_int_equal(s->without(&etl, &task), STATUS_OK);
	facts_done(&facts);
	samples_drop(&answer);
	return outcome;
}

static const char *fact(int64_t draft, const char *name)
{
	static char value[512];

	work_get(etl.catalog, draft, name, value, sizeof(value));
	return value;
}

static const char *video(int song)
{
	return fact(songs[song], "video");
}

static void length(int song, double length_s)
{
	const struct task task = {.draft = songs[song], .rank = 5000 + song};

	assert_int_equal(
		ladder_length(&etl, &task, "musicbrainz_length", length_s),
		STATUS_OK);
}

static void climb(int song)
{
	assert_int_equal(ladder_climb(&etl, songs[song], 5000 + song),
			 STATUS_OK);
}

/* MusicBrainz knows the artist, and the channel. */
static void know_channel(void)
{
	int64_t artist;

	assert_int_equal(ladder_artist(&etl, songs[0], &artist), STATUS_OK);
	work_put(etl.catalog, artist, FACT_MBID,
		 "00000001-0000-4000-8000-000000000001");
	climb(0);
	assert_int_equal(
		take(STAGE_CHANNELS,
		     "{\"relations\":[{\"url\":{\"resource\":\"https://"
		     "www.youtube.com/channel/UC0000000000000000000007\"}}]}"),
		SOURCE_OK);
}

#define ITEM(id, title)                                            \
	"{\"snippet\":{\"title\":\"" title                         \
	"\",\"channelTitle\":\"The Band - Topic\",\"resourceId\":" \
	"{\"videoId\":\"" id "\"}}}"
#define VIDEO(id, title, duration)                           \
	"{\"id\":\"" id "\",\"snippet\":{\"title\":\"" title \
	"\"},\"contentDetails\":{\"duration\":\"" duration "\"}}"
#define FOUND(id, title)                                                   \
	"{\"id\":{\"videoId\":\"" id "\"},\"snippet\":{\"title\":\"" title \
	"\",\"channelTitle\":\"The Band - Topic\",\"channelId\":"          \
	"\"UC0000000000000000000009\"}}"
#define LIST(items) "{\"items\":[" items "]}"

static void one_listing_serves_all(void **state)
{
	(void)state;
	know_channel();
	assert_non_null(strstr(next(STAGE_UPLOADS).key, "UC000"));
	climb(1);
	assert_int_equal(take(STAGE_UPLOADS,
			      LIST(ITEM("aaaaaaaaaaa", "Song A") "," ITEM(
				      "bbbbbbbbbbb",
				      "Song B (Live)") "," ITEM("ccccccccccc",
								"Song C"))),
			 SOURCE_OK);
	assert_string_equal(next(STAGE_UPLOADS).key, "");
	assert_string_equal(video(0), "aaaaaaaaaaa");
	/* the ladder has not come so far with it */
	assert_string_equal(video(2), "");
	climb(2);
	assert_string_equal(video(2), "ccccccccccc");
	climb(3);
	assert_string_equal(video(3), "");
	/* of what is not listed */
	assert_int_equal(next(STAGE_VIDEOS).draft, songs[3]);
}

static void a_page_is_followed(void **state)
{
	(void)state;
	know_channel();
	assert_int_equal(
		take(STAGE_UPLOADS,
		     "{\"items\":[" ITEM(
			     "aaaaaaaaaaa",
			     "Song A") "],\"nextPageToken\":\"EAAa\"}"),
		SOURCE_OK);
	assert_non_null(strstr(next(STAGE_UPLOADS).key, " 1 EAAa"));
	climb(1);
	assert_int_equal(
		take(STAGE_UPLOADS, LIST(ITEM("bbbbbbbbbbb", "Song B"))),
		SOURCE_OK);
	assert_string_equal(video(1), "bbbbbbbbbbb");
	/* the search that it had meanwhile is taken back */
	assert_string_equal(next(STAGE_VIDEOS).key, "");
}

static void a_wrong_length_is_not_taken(void **state)
{
	(void)state;
	length(0, 200);
	know_channel();
	assert_int_equal(take(STAGE_UPLOADS,
			      LIST(ITEM("aaaaaaaaaaa", "Song A") "," ITEM(
				      "ddddddddddd", "Song A (Official)"))),
			 SOURCE_OK);
	assert_string_equal(video(0), "ddddddddddd");
	assert_int_equal(
		take(STAGE_LENGTHS,
		     LIST(VIDEO("aaaaaaaaaaa", "x", "PT3M29S") "," VIDEO(
			     "ddddddddddd", "x", "PT3M31S"))),
		SOURCE_OK);
	assert_string_equal(video(0), "aaaaaaaaaaa");
	/* a surer word on the length: now neither is it */
	work_put(etl.catalog, songs[0], "deezer_length", "100");
	length(0, 200);
	assert_string_equal(video(0), "");
	assert_int_equal(next(STAGE_VIDEOS).draft, songs[0]);
}

static void what_was_searched_has_a_length_too(void **state)
{
	(void)state;
	length(1, 200);
	climb(1);
	assert_int_equal(take(STAGE_VIDEOS,
			      LIST(FOUND("eeeeeeeeeee", "Song B") "," FOUND(
				      "fffffffffff", "Song B"))),
			 SOURCE_OK);
	assert_string_equal(video(1), "eeeeeeeeeee");
	assert_int_equal(take(STAGE_LENGTHS,
			      LIST(VIDEO("eeeeeeeeeee", "x", "PT9M") "," VIDEO(
				      "fffffffffff", "x", "PT3M20S"))),
			 SOURCE_OK);
	assert_string_equal(video(1), "fffffffffff");
}

/* The order of what is known tells nothing. */
static void lengths_may_come_late(void **state)
{
	(void)state;
	climb(2);
	take(STAGE_VIDEOS, LIST(FOUND("ggggggggggg", "Song C") "," FOUND(
				   "hhhhhhhhhhh", "Song C")));
	take(STAGE_LENGTHS, LIST(VIDEO("ggggggggggg", "x", "PT9M") "," VIDEO(
				    "hhhhhhhhhhh", "x", "PT3M20S")));
	assert_string_equal(video(2), "ggggggggggg");
	length(2, 200);
	assert_string_equal(video(2), "hhhhhhhhhhh");
}

static void a_search_finds_the_channel(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		climb(i);
	assert_int_equal(next(STAGE_VIDEOS).draft, songs[0]);
	take(STAGE_VIDEOS, LIST(FOUND("aaaaaaaaaaa", "Song A")));
	assert_non_null(strstr(next(STAGE_UPLOADS).key, "UC000"));
	take(STAGE_UPLOADS,
	     LIST(ITEM("aaaaaaaaaaa", "Song A") "," ITEM(
		     "bbbbbbbbbbb", "Song B") "," ITEM("ccccccccccc",
						       "Song C")));
	assert_string_equal(video(1), "bbbbbbbbbbb");
	assert_string_equal(video(2), "ccccccccccc");
	assert_string_equal(next(STAGE_VIDEOS).key, "");
}

/* No length is asked for twice, and what was measured was seen. */
static void a_length_is_asked_for_once(void **state)
{
	(void)state;
	climb(0);
	take(STAGE_VIDEOS, LIST(FOUND("aaaaaaaaaaa", "Song A")));
	take(STAGE_LENGTHS, LIST(VIDEO("aaaaaaaaaaa", "x", "PT3M")));
	take(STAGE_UPLOADS, LIST(ITEM("aaaaaaaaaaa", "Song A")));
	assert_string_equal(next(STAGE_LENGTHS).key, "");
	assert_int_equal(stage_verify(&etl, 1), STATUS_OK);
	assert_string_equal(next(STAGE_VERIFY).key, "");
	length(0, 100);
	assert_string_equal(video(0), "");
}

/* A song that is new asks for the list again (the cache has it). */
static void a_new_song_looks_at_the_list(void **state)
{
	int64_t more;

	know_channel();
	take(STAGE_UPLOADS, LIST(ITEM("aaaaaaaaaaa", "Song A")));
	(void)state;
	assert_int_equal(
		work_draft(etl.catalog, "The Band", "Song N", 5010, &more),
		STATUS_OK);
	assert_int_equal(ladder_climb(&etl, more, 5010), STATUS_OK);
	take(STAGE_UPLOADS, LIST(ITEM("nnnnnnnnnnn", "Song N")));
	assert_string_equal(fact(more, "video"), "nnnnnnnnnnn");
}

static void no_channel_means_a_search(void **state)
{
	int64_t artist;

	(void)state;
	assert_int_equal(ladder_artist(&etl, songs[0], &artist), STATUS_OK);
	work_put(etl.catalog, artist, FACT_MBID,
		 "00000001-0000-4000-8000-000000000001");
	climb(0);
	assert_string_equal(next(STAGE_VIDEOS).key, "");
	assert_int_equal(take(STAGE_CHANNELS, "{\"relations\":[]}"),
			 SOURCE_MISSING);
	assert_int_equal(next(STAGE_VIDEOS).draft, songs[0]);
}

static void a_handle_is_looked_up(void **state)
{
	int64_t artist;

	(void)state;
	assert_int_equal(ladder_artist(&etl, songs[0], &artist), STATUS_OK);
	work_put(etl.catalog, artist, FACT_MBID,
		 "00000001-0000-4000-8000-000000000001");
	climb(0);
	take(STAGE_CHANNELS, "{\"relations\":[{\"url\":{\"resource\":"
			     "\"https://www.youtube.com/@theband\"}}]}");
	take(STAGE_UPLOADS, LIST("{\"id\":\"UC0000000000000000000001\"}"));
	assert_non_null(
		strstr(next(STAGE_UPLOADS).key, "UC0000000000000000000001"));
}

/* Genius' and MusicBrainz' word stands above all lists. */
static void links_stand_above_lists(void **state)
{
	(void)state;
	know_channel();
	take(STAGE_UPLOADS, LIST(ITEM("aaaaaaaaaaa", "Song A")));
	ladder_put(&etl, songs[0], "lllllllllll", RUNG_LINKS);
	assert_string_equal(video(0), "lllllllllll");
	length(0, 10);
	assert_string_equal(video(0), "lllllllllll");
	ladder_put(&etl, songs[0], "aaaaaaaaaaa", RUNG_SEARCH);
	assert_string_equal(video(0), "lllllllllll");
}

static void what_is_gone_makes_room(void **state)
{
	(void)state;
	know_channel();
	take(STAGE_UPLOADS, LIST(ITEM("aaaaaaaaaaa", "Song A") "," ITEM(
				    "bbbbbbbbbbb", "Song A")));
	take(STAGE_LENGTHS, LIST(VIDEO("aaaaaaaaaaa", "x", "PT3M") "," VIDEO(
				    "bbbbbbbbbbb", "x", "PT3M")));
	assert_string_equal(video(0), "aaaaaaaaaaa");
	assert_int_equal(stage_verify(&etl, INT64_MAX), STATUS_OK);
	assert_string_equal(next(STAGE_VERIFY).key, "aaaaaaaaaaa");
	take(STAGE_VERIFY, LIST(""));
	assert_string_equal(video(0), "bbbbbbbbbbb");
}

/* ---- what is entered ----------------------------------------------------- */

static bool is_genre(const struct list_mood *mood, void *user)
{
	bool *found = user;

	*found |= !strcmp(mood->provenance, "genre");
	return true;
}

/* A genre that is the artist's tells of the mood of a song whose own tags name
 * none; and whom calls were answered by is credited. */
static void a_borrowed_genre_tells_of_the_mood(void **state)
{
	struct index_place place = INDEX_BEGIN;
	struct index_tally tally = {0};
	bool found = false, held[CREDITS_MAX];
	int64_t id = 0;

	(void)state;
	work_put(etl.catalog, songs[0], "tags", "100\tsad\n");
	work_put(etl.catalog, songs[1], "tags", "100\tmetal\n");
	assert_int_equal(
		index_drafts(etl.catalog, &place, true, 10, &tally, NULL),
		STATUS_OK);
	assert_int_equal(catalog_find(etl.catalog, "The Band", "Song A", &id),
			 STATUS_OK);
	assert_int_equal(catalog_moods(etl.catalog, id, is_genre, &found),
			 STATUS_OK);
	assert_true(found);
	know_channel();
	assert_int_equal(credits_held(etl.catalog, held), STATUS_OK);
	assert_true(held[SOURCE_MUSICBRAINZ]);
	assert_false(held[SOURCE_YOUTUBE]);
}

/* The numbers of services are the same in both rooms. */
static void credits_are_in_order(void **state)
{
	int count;
	const struct credit *list = credits_list(&count);

	(void)state;
	assert_int_equal(count, SOURCE_COUNT);
	for (int i = 0; i < count; i++)
		assert_string_equal(list[i].name, source_list()[i].name);
}

static void a_contact_goes_into_the_agent(void **state)
{
	char agent[256];

	(void)state;
	assert_null(strchr(manners_agent(&config, agent, sizeof(agent)), ';'));
	strcpy(config.etl.contact, "me@(x)\r\nexample.org");
	assert_non_null(strstr(manners_agent(&config, agent, sizeof(agent)),
			       "; me@xexample.org)"));
	config.etl.contact[0] = '\0';
}

/* ---- candidates ---------------------------------------------------------- */

static void candidates_are_sorted(void **state)
{
	struct candidates a = {.count = 0}, b = {.count = 0};
	char one[CANDIDATES_TEXT], other[CANDIDATES_TEXT];

	(void)state;
	candidates_add(&a, "aaaaaaaaaaa", 0.5);
	candidates_add(&a, "bbbbbbbbbbb", 0.9);
	candidates_add(&a, "ccccccccccc", 0.5);
	candidates_add(&a, "ddddddddddd", 0.7);
	candidates_add(&b, "ddddddddddd", 0.7);
	candidates_add(&b, "ccccccccccc", 0.5);
	candidates_add(&b, "bbbbbbbbbbb", 0.9);
	candidates_add(&b, "aaaaaaaaaaa", 0.5);
	candidates_write(&a, one, sizeof(one));
	candidates_write(&b, other, sizeof(other));
	assert_string_equal(one, other);
	assert_true(candidates_tell(&a, "bbbbbbbbbbb", -1));
	assert_false(candidates_tell(&a, "ccccccccccc", 3));
	assert_string_equal(candidates_best(&a, 0)->id, "ddddddddddd");
	candidates_write(&a, one, sizeof(one));
	candidates_read(&b, one);
	assert_int_equal(b.count, 3);
	assert_true(b.list[0].length_s == -1);
	candidates_read(&b, "-");
	assert_int_equal(b.count, 0);
	assert_null(candidates_best(&b, 0));
}

#define LADDER(test) cmocka_unit_test_setup_teardown(test, setup, done)

int main(void)
{
	const struct CMUnitTest tests[] = {
		LADDER(one_listing_serves_all),
		LADDER(a_page_is_followed),
		LADDER(a_wrong_length_is_not_taken),
		LADDER(what_was_searched_has_a_length_too),
		LADDER(lengths_may_come_late),
		LADDER(a_search_finds_the_channel),
		LADDER(a_length_is_asked_for_once),
		LADDER(a_new_song_looks_at_the_list),
		LADDER(no_channel_means_a_search),
		LADDER(a_handle_is_looked_up),
		LADDER(links_stand_above_lists),
		LADDER(what_is_gone_makes_room),
		LADDER(a_borrowed_genre_tells_of_the_mood),
		cmocka_unit_test(credits_are_in_order),
		cmocka_unit_test(a_contact_goes_into_the_agent),
		cmocka_unit_test(candidates_are_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
