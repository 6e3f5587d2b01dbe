/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalog: opening, adding, merging, noting. */
#include "tests/unit/unit.h"

#include "base/text.h"
#include "catalog/catalog.h"
#include "catalog/list.h"
#include "catalog/work.h"
#include "model/emotion.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/mien-catalog-XXXXXX";

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static struct catalog *open_memory(void)
{
	struct catalog *catalog = NULL;
	struct fault fault = {0};

	assert_int_equal(catalog_open(&catalog, NULL, CATALOG_MEMORY, &fault),
			 STATUS_OK);
	return catalog;
}

static int64_t add(struct catalog *catalog, const char *artist,
		   const char *title, const char *uri)
{
	int64_t id = 0;
	struct fault fault = {0};

	assert_int_equal(catalog_add(catalog,
				     &(struct track_facts){.artist = artist,
							   .title = title,
							   .uri = uri,
							   .source = "import",
							   .fetched_at = 1000},
				     &id, &fault),
			 STATUS_OK);
	return id;
}

static int64_t count(struct catalog *catalog)
{
	int64_t tracks = -1;

	assert_int_equal(catalog_count(catalog, &tracks), STATUS_OK);
	return tracks;
}

static struct track get(struct catalog *catalog, int64_t id)
{
	struct track track;

	assert_int_equal(catalog_get(catalog, id, &track), STATUS_OK);
	return track;
}

/* ---- adding ---------------------------------------------------------- */

static void adds_and_gets_what_was_given(void **state)
{
	struct catalog *catalog = open_memory();
	const char *const tags[] = {"sad", "piano", NULL};
	struct track_facts facts = {.artist = " Sigur R\xc3\xb3s\t",
				    .title = "Hopp\xc3\xad\x1b[31mpolla",
				    .uri = "/music/a.opus",
				    .album = "Takk",
				    .genre = "post-rock",
				    .artwork = "https://example.org/a.jpg",
				    .tags = tags,
				    .length_s = 268.5,
				    .source = "import",
				    .has_mood = true,
				    .valence = 0.5f,
				    .arousal = -0.25f,
				    .confidence = 0.8f,
				    .provenance = "composer",
				    .lyric = LYRIC_POSITIVE};
	struct track track;
	int64_t id = 0;

	(void)state;
	assert_int_equal(catalog_add(catalog, &facts, &id, NULL), STATUS_OK);
	track = get(catalog, id);
	assert_int_equal(track.id, id);
	assert_string_equal(track.artist, "Sigur R\xc3\xb3s");
	assert_string_equal(track.title, "Hopp\xc3\xad[31mpolla");
	assert_string_equal(track.album, "Takk");
	assert_string_equal(track.genre, "post-rock");
	assert_string_equal(track.uri, "/music/a.opus");
	assert_string_equal(track.artwork, "https://example.org/a.jpg");
	assert_string_equal(track.reason, "");
	assert_float_equal(track.length_s, 268.5, 1e-9);
	assert_float_equal(track.valence, 0.5f, 1e-6f);
	assert_float_equal(track.arousal, -0.25f, 1e-6f);
	assert_float_equal(track.confidence, 0.8f, 1e-6f);
	assert_int_equal(track.lyric, LYRIC_POSITIVE);
	assert_false(track.liked);
	assert_int_equal(catalog_get(catalog, id + 1, &track),
			 STATUS_NOT_FOUND);
	catalog_close(catalog);
}

static void adds_the_same_once(void **state)
{
	struct catalog *catalog = open_memory();
	int64_t first = add(catalog, "Björk", "Jóga", "/a");

	(void)state;
	assert_int_equal(add(catalog, "Björk", "Jóga", "/a"), first);
	assert_int_equal(add(catalog, "BJORK", "Joga (2011 Remaster)", "/b"),
			 first);
	assert_int_equal(add(catalog, "bjork", "joga feat. X", "/a"), first);
	assert_int_equal(count(catalog), 1);
	/* the form that came first is the one that is shown */
	assert_string_equal(get(catalog, first).artist, "Björk");
	assert_true(add(catalog, "Björk", "Hunter", "/c") != first);
	assert_int_equal(count(catalog), 2);
	catalog_close(catalog);
}

static void keeps_what_a_later_source_does_not_know(void **state)
{
	struct catalog *catalog = open_memory();
	struct track_facts facts = {.artist = "A",
				    .title = "T",
				    .uri = "/a",
				    .album = "Album",
				    .genre = "Folk",
				    .length_s = 60,
				    .source = "import",
				    .lyric = LYRIC_NEGATIVE};
	int64_t id;

	(void)state;
	assert_int_equal(catalog_add(catalog, &facts, &id, NULL), STATUS_OK);
	facts = (struct track_facts){.artist = "A",
				     .title = "T",
				     .uri = "https://example.org/t",
				     .genre = "folk",
				     .source = "web"};
	assert_int_equal(catalog_add(catalog, &facts, &id, NULL), STATUS_OK);
	assert_string_equal(get(catalog, id).album, "Album");
	assert_string_equal(get(catalog, id).genre, "Folk");
	assert_int_equal(get(catalog, id).lyric, LYRIC_NEGATIVE);
	assert_float_equal(get(catalog, id).length_s, 60, 1e-9);
	catalog_close(catalog);
}

static void plays_a_file_before_a_stream_and_the_newest_file(void **state)
{
	struct catalog *catalog = open_memory();
	struct track_facts facts = {.artist = "A",
				    .title = "T",
				    .uri = "/old",
				    .source = "import",
				    .fetched_at = 10};
	int64_t id;

	(void)state;
	catalog_add(catalog, &facts, &id, NULL);
	facts.uri = "https://example.org/t";
	facts.fetched_at = 30;
	catalog_add(catalog, &facts, &id, NULL);
	assert_string_equal(get(catalog, id).uri, "/old");
	facts.uri = "/new";
	facts.fetched_at = 20;
	catalog_add(catalog, &facts, &id, NULL);
	assert_string_equal(get(catalog, id).uri, "/new");
	catalog_close(catalog);
}

static void keeps_odd_addresses_as_urls(void **state)
{
	struct catalog *catalog = open_memory();

	(void)state;
	assert_string_equal(
		get(catalog, add(catalog, "A", "1", "/a b/\xe9\n.mp3")).uri,
		"file:///a%20b/%E9%0A.mp3");
	assert_string_equal(
		get(catalog, add(catalog, "A", "2", "/a b/\xc3\xa9%.mp3")).uri,
		"/a b/\xc3\xa9%.mp3");
	assert_string_equal(
		get(catalog, add(catalog, "A", "3", "http://x/?q=\x1b&r=%20"))
			.uri,
		"http://x/?q=%1B&r=%20");
	catalog_close(catalog);
}

static void follows_a_file_to_its_new_name(void **state)
{
	struct catalog *catalog = open_memory();
	int64_t wrong = add(catalog, "Unknown", "Track 1", "/a");
	int64_t right;

	(void)state;
	/* the tags were put right: same track, new name, old artist gone */
	catalog_note(catalog, wrong, CATALOG_LIKED, EMOTION_HAPPY, 0, 5);
	right = add(catalog, "Nina", "Sinnerman", "/a");
	assert_int_equal(right, wrong);
	assert_string_equal(get(catalog, right).artist, "Nina");
	assert_string_equal(get(catalog, right).title, "Sinnerman");
	assert_true(get(catalog, right).liked);
	/* and where that name was known already, the two become one */
	wrong = add(catalog, "Unknown", "Track 2", "/b");
	catalog_note(catalog, wrong, CATALOG_PLAYED, EMOTION_HAPPY, 60, 7);
	assert_int_equal(count(catalog), 2);
	assert_int_equal(add(catalog, "Nina", "Sinnerman", "/b"), right);
	assert_int_equal(count(catalog), 1);
	assert_int_equal(catalog_get(catalog, wrong, &(struct track){0}),
			 STATUS_NOT_FOUND);
	catalog_close(catalog);
}

static void add_mood(struct catalog *catalog, const char *provenance,
		     float valence, float arousal, float confidence)
{
	assert_int_equal(
		catalog_add(catalog,
			    &(struct track_facts){.artist = "A",
						  .title = "T",
						  .uri = "/a",
						  .source = "import",
						  .has_mood = true,
						  .valence = valence,
						  .arousal = arousal,
						  .confidence = confidence,
						  .provenance = provenance},
			    NULL, NULL),
		STATUS_OK);
}

static void blends_what_sources_say_of_a_mood(void **state)
{
	struct catalog *catalog = open_memory();
	int64_t id = add(catalog, "A", "T", "/a");
	float alone;

	(void)state;
	assert_float_equal(get(catalog, id).confidence, 0, 0);
	add_mood(catalog, "tags", 0.8f, 0.2f, 0.5f);
	assert_float_equal(get(catalog, id).valence, 0.8f, 1e-6f);
	alone = get(catalog, id).confidence;
	assert_float_equal(alone, 0.5f, 1e-6f);
	/* tags to lyrics are 5 to 3 */
	add_mood(catalog, "lyrics", 0.0f, 0.2f, 0.5f);
	assert_float_equal(get(catalog, id).valence, 0.5f, 1e-6f);
	assert_float_equal(get(catalog, id).arousal, 0.2f, 1e-6f);
	/* a second word of the same provenance replaces the first */
	add_mood(catalog, "lyrics", 0.8f, 0.2f, 0.5f);
	assert_float_equal(get(catalog, id).valence, 0.8f, 1e-6f);
	assert_true(get(catalog, id).confidence > alone);
	/* two that contradict each other leave less confidence than one */
	add_mood(catalog, "lyrics", -0.8f, 0.2f, 0.5f);
	assert_true(get(catalog, id).confidence < alone);
	catalog_close(catalog);
}

struct told {
	int count;
	double valence, arousal; /* sums of the shares */
	double lyrics_valence, lyrics_arousal;
};

static bool take_told(const struct list_mood *mood, void *user)
{
	struct told *told = user;

	told->count++;
	told->valence += mood->valence_share;
	told->arousal += mood->arousal_share;
	if (!strcmp(mood->provenance, "lyrics")) {
		told->lyrics_valence = mood->valence_share;
		told->lyrics_arousal = mood->arousal_share;
	}
	return true;
}

static void who_knows_one_axis_tells_one_axis(void **state)
{
	static const struct mood_fact genre = {"genre", MOOD_BOTH, 0.2f, 0.8f,
					       0.5f},
				      lyrics = {"lyrics", MOOD_VALENCE, -0.8f,
						0.9f, 0.5f},
				      sound = {"audio", MOOD_AROUSAL, 0.9f,
					       -0.7f, 0.5f};
	struct catalog *catalog = open_memory();
	int64_t id = add(catalog, "A", "T", "/a");
	struct told told = {0};

	(void)state;
	assert_int_equal(catalog_tell(catalog, id, &lyrics, NULL), STATUS_OK);
	assert_float_equal(get(catalog, id).valence, -0.8f, 1e-6f);
	assert_float_equal(get(catalog, id).arousal, 0, 1e-6f);
	/* half of the mood is known as well as the words are */
	assert_float_equal(get(catalog, id).confidence, 0.25f, 1e-6f);
	assert_int_equal(catalog_tell(catalog, id, &genre, NULL), STATUS_OK);
	/* 3 : 2 of valence, and arousal of the genre alone */
	assert_float_equal(get(catalog, id).valence, -0.4f, 1e-6f);
	assert_float_equal(get(catalog, id).arousal, 0.8f, 1e-6f);
	assert_int_equal(catalog_tell(catalog, id, &sound, NULL), STATUS_OK);
	assert_float_equal(get(catalog, id).valence, -0.4f, 1e-6f);
	assert_float_equal(get(catalog, id).arousal, -0.1f, 1e-6f);
	assert_int_equal(catalog_moods(catalog, id, take_told, &told),
			 STATUS_OK);
	assert_int_equal(told.count, 3);
	assert_float_equal(told.valence, 1, 1e-9);
	assert_float_equal(told.arousal, 1, 1e-9);
	assert_float_equal(told.lyrics_valence, 0.6, 1e-6);
	assert_float_equal(told.lyrics_arousal, 0, 0);
	assert_int_equal(catalog_tell(catalog, id + 1, &genre, NULL),
			 STATUS_NOT_FOUND);
	assert_int_equal(
		catalog_tell(catalog, id,
			     &(struct mood_fact){"x", MOOD_BOTH, 2, 0, 0.5f},
			     NULL),
		STATUS_BAD_ARGUMENT);
	catalog_close(catalog);
}

static void keeps_numbers_of_lyrics(void **state)
{
	const struct lyric_facts lyrics = {.mean = -0.3,
					   .lines = 12,
					   .hash = "ab12",
					   .page = "https://a.example/x"};
	struct track_facts facts = {.artist = "A",
				    .title = "T",
				    .uri = "/a",
				    .source = "lrclib",
				    .lyric = LYRIC_NEGATIVE,
				    .language = "en",
				    .lyrics = &lyrics};
	struct catalog *catalog = open_memory();
	int64_t id = 0;

	(void)state;
	assert_int_equal(catalog_add(catalog, &facts, &id, NULL), STATUS_OK);
	facts.lyric = LYRIC_UNKNOWN;
	facts.language = NULL;
	facts.lyrics = NULL;
	assert_int_equal(catalog_add(catalog, &facts, &id, NULL), STATUS_OK);
	assert_int_equal(get(catalog, id).lyric, LYRIC_NEGATIVE);
	assert_string_equal(get(catalog, id).language, "en");
	catalog_close(catalog);
}

static bool is_kept(struct catalog *catalog, const char *target)
{
	struct work_answer kept = {0};
	enum status status = work_recall(catalog, "lastfm", target, &kept);

	free(kept.body);
	return !status;
}

static void drops_the_oldest_answers(void **state)
{
	struct catalog *catalog = open_memory();
	char body[900] = "";
	struct work_answer answer = {
		.body = body, .length = 898, .status = 200, .until = 1000};
	int64_t left = 0;

	(void)state;
	/* each is 1000 bytes, with its target of two */
	for (int i = 0; i < 8; i++) {
		const char target[] = {'t', (char)('0' + i), '\0'};

		answer.at = 100 + i;
		assert_int_equal(work_keep(catalog, "lastfm", target, &answer),
				 STATUS_OK);
	}
	/* the first comes again, and is the newest */
	answer.at = 200;
	assert_int_equal(work_keep(catalog, "lastfm", "t0", &answer),
			 STATUS_OK);
	assert_int_equal(work_trim(catalog, 300, 8000, &left), STATUS_OK);
	assert_int_equal(left, 8000);
	assert_int_equal(work_trim(catalog, 300, 3999, &left), STATUS_OK);
	assert_int_equal(left, 3000);
	assert_true(is_kept(catalog, "t0") && is_kept(catalog, "t7") &&
		    is_kept(catalog, "t6"));
	assert_false(is_kept(catalog, "t1") || is_kept(catalog, "t5"));
	assert_int_equal(work_trim(catalog, 1000, 8000, &left), STATUS_OK);
	assert_int_equal(left, 0);
	catalog_close(catalog);
}

static void refuses_what_is_no_track(void **state)
{
	static const struct track_facts good = {
		.artist = "A", .title = "T", .uri = "/a", .source = "import"};
	struct catalog *catalog = open_memory();
	struct fault fault;
	struct track_facts bad[7];
	char longest[1100];

	(void)state;
	memset(longest, 'x', sizeof(longest));
	longest[0] = '/';
	longest[sizeof(longest) - 1] = '\0';
	for (size_t i = 0; i < 7; i++)
		bad[i] = good;
	bad[0].artist = NULL;
	bad[1].artist = " \t ";
	bad[2].title = "\x1b";
	bad[3].uri = "";
	bad[4].source = NULL;
	bad[5].uri = longest;
	bad[6].has_mood = true;
	bad[6].valence = 1.5f;
	bad[6].provenance = "tags";
	for (size_t i = 0; i < 7; i++) {
		fault = (struct fault){0};
		assert_int_equal(catalog_add(catalog, &bad[i], NULL, &fault),
				 STATUS_BAD_ARGUMENT);
		assert_true(fault.detail[0]);
	}
	assert_int_equal(count(catalog), 0);
	catalog_close(catalog);
}

static bool collect(const struct track *track, void *user)
{
	strcat(user, track->title);
	return strcmp(track->title, "4") != 0;
}

static void lists_by_artist_and_title(void **state)
{
	struct catalog *catalog = open_memory();
	char seen[64] = "";

	(void)state;
	add(catalog, "Zed", "5", "/5");
	add(catalog, "beta", "3", "/3");
	add(catalog, "Ábel", "2", "/2");
	add(catalog, "Ábel", "1", "/1");
	add(catalog, "Zed", "4", "/4");
	assert_int_equal(catalog_each(catalog, collect, seen), STATUS_OK);
	assert_string_equal(seen, "1234");
	catalog_close(catalog);
}

static void undoes_a_batch_as_one(void **state)
{
	struct catalog *catalog = open_memory();

	(void)state;
	assert_int_equal(catalog_begin(catalog, NULL), STATUS_OK);
	add(catalog, "A", "1", "/1");
	/* a refused track takes nothing else with it */
	catalog_add(catalog, &(struct track_facts){.artist = "A"}, NULL, NULL);
	assert_int_equal(catalog_commit(catalog, NULL), STATUS_OK);
	assert_int_equal(count(catalog), 1);
	assert_int_equal(catalog_begin(catalog, NULL), STATUS_OK);
	add(catalog, "A", "2", "/2");
	add(catalog, "A", "3", "/3");
	catalog_rollback(catalog);
	assert_int_equal(count(catalog), 1);
	catalog_close(catalog);
}

/* ---- what was done with tracks ---------------------------------------- */

static void notes_and_counts_what_happened(void **state)
{
	struct catalog *catalog = open_memory();
	int64_t id = add(catalog, "A", "T", "/a");
	int played = -1, skipped = -1;

	(void)state;
	assert_int_equal(
		catalog_note(catalog, id, CATALOG_PLAYED, EMOTION_SAD, 60, 100),
		STATUS_OK);
	catalog_note(catalog, id, CATALOG_SKIPPED, EMOTION_SAD, 5, 200);
	catalog_note(catalog, id, CATALOG_SKIPPED, EMOTION_SAD, 5, 300);
	assert_int_equal(catalog_history(catalog, 0, &played, &skipped),
			 STATUS_OK);
	assert_int_equal(played, 1);
	assert_int_equal(skipped, 2);
	catalog_history(catalog, 101, &played, &skipped);
	assert_int_equal(played, 0);
	assert_int_equal(skipped, 2);
	catalog_note(catalog, id, CATALOG_LIKED, EMOTION_SAD, 0, 400);
	assert_true(get(catalog, id).liked);
	catalog_note(catalog, id, CATALOG_UNLIKED, EMOTION_SAD, 0, 500);
	assert_false(get(catalog, id).liked);
	assert_int_equal(
		catalog_note(catalog, id + 9, CATALOG_LIKED, EMOTION_SAD, 0, 1),
		STATUS_NOT_FOUND);
	catalog_close(catalog);
}

/* ---- files ------------------------------------------------------------ */

static enum status try_open(const char *name, enum catalog_mode mode,
			    struct fault *fault)
{
	struct catalog *catalog = NULL;
	enum status status;

	*fault = (struct fault){0};
	status = catalog_open(&catalog, path_of(name), mode, fault);
	catalog_close(catalog);
	return status;
}

static void opens_what_it_wrote(void **state)
{
	struct catalog *catalog = NULL;
	struct stat before, after;
	struct fault fault;
	int64_t id;

	(void)state;
	assert_int_equal(try_open("none.db", CATALOG_READ, &fault),
			 STATUS_NOT_FOUND);
	assert_true(fault.hint[0]);
	assert_int_equal(catalog_open(&catalog, path_of("deep/er/a.db"),
				      CATALOG_WRITE, &fault),
			 STATUS_OK);
	id = add(catalog, "A", "T", "/a");
	catalog_close(catalog);
	assert_int_equal(stat(path_of("deep/er/a.db"), &before), 0);
	assert_int_equal(before.st_mode & 0777, 0600);
	for (int mode = CATALOG_READ; mode <= CATALOG_WRITE; mode++) {
		assert_int_equal(catalog_open(&catalog, path_of("deep/er/a.db"),
					      (enum catalog_mode)mode, &fault),
				 STATUS_OK);
		assert_string_equal(get(catalog, id).title, "T");
		catalog_close(catalog);
	}
	/* opening a current file writes nothing */
	stat(path_of("deep/er/a.db"), &after);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
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
		cmocka_unit_test(adds_and_gets_what_was_given),
		cmocka_unit_test(adds_the_same_once),
		cmocka_unit_test(keeps_what_a_later_source_does_not_know),
		cmocka_unit_test(
			plays_a_file_before_a_stream_and_the_newest_file),
		cmocka_unit_test(keeps_odd_addresses_as_urls),
		cmocka_unit_test(follows_a_file_to_its_new_name),
		cmocka_unit_test(blends_what_sources_say_of_a_mood),
		cmocka_unit_test(who_knows_one_axis_tells_one_axis),
		cmocka_unit_test(keeps_numbers_of_lyrics),
		cmocka_unit_test(drops_the_oldest_answers),
		cmocka_unit_test(refuses_what_is_no_track),
		cmocka_unit_test(lists_by_artist_and_title),
		cmocka_unit_test(undoes_a_batch_as_one),
		cmocka_unit_test(notes_and_counts_what_happened),
		cmocka_unit_test(opens_what_it_wrote),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
