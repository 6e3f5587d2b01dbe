/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main line with a real catalog and picker, in memory. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "tui/session.h"

#include <locale.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct catalog *catalog;
static struct picker *picker;
static struct session *session;
static struct snapshot snap;
static int64_t now = 1000 * CLOCK_NS_PER_S;

/* Sixteen songs over the plane, from (-.75, -.75) to (.75, .75). */
static void fill_catalog(void)
{
	for (int i = 0; i < 16; i++) {
		char title[32], artist[32], uri[32];
		struct track_facts facts = {
			.title = title,
			.artist = artist,
			.uri = uri,
			.length_s = 90,
			.source = "test",
			.has_mood = true,
			.valence = -0.75f + 0.5f * (float)(i % 4),
			.arousal = -0.75f + 0.5f * (float)(i / 4),
			.confidence = 1,
			.provenance = "test"};

		snprintf(title, sizeof(title), "Song %d", i);
		snprintf(artist, sizeof(artist), "Artist %d", i);
		snprintf(uri, sizeof(uri), "/music/%d.opus", i);
		assert_int_equal(catalog_add(catalog, &facts, NULL, NULL),
				 STATUS_OK);
	}
}

static void begin(void)
{
	struct session_opts opts = {.mood = MOOD_OPTS_DEFAULT,
				    .queue = 4,
				    .now_ns = now,
				    .now_s = 1700000000};

	assert_int_equal(picker_new(&picker, catalog, 1), STATUS_OK);
	assert_int_equal(session_new(&session, &opts), STATUS_OK);
	session_connect(session, catalog, picker, NULL);
	session_begin(session);
}

static void open_session(bool filled)
{
	assert_int_equal(catalog_open(&catalog, NULL, CATALOG_MEMORY, NULL),
			 STATUS_OK);
	if (filled)
		fill_catalog();
	begin();
}

static int set_up(void **state)
{
	(void)state;
	open_session(true);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	session_free(session);
	picker_free(picker);
	catalog_close(catalog);
	return 0;
}

static void look(void)
{
	memset(&snap, 0, sizeof(snap));
	session_fill(session, &snap);
}

static const char *newest(void)
{
	look();
	return messages_at(snap.messages, 0)->text;
}

/* A second of readings, eight of them, of one face with one emotion. */
static void see(enum emotion emotion, int seconds)
{
	struct reading r = {.frame_width = 640,
			    .frame_height = 480,
			    .face_count = 1,
			    .lead = 0};

	for (int e = 0; e < EMOTION_COUNT; e++)
		r.faces[0].smooth[e] = r.faces[0].raw[e] =
			e == (int)emotion ? 0.88f : 0.02f;
	for (int i = 0; i < seconds * 8; i++) {
		now += CLOCK_NS_PER_S / 8;
		session_clock(session, now, 1700000000 + now / CLOCK_NS_PER_S);
		session_reading(session, &r);
	}
}

static float mean_valence(void)
{
	float sum = 0;

	look();
	for (int i = 0; i < snap.music.queue_count; i++)
		sum += snap.music.queue[i].valence;
	return sum / (float)snap.music.queue_count;
}

static void keys_wait_for_a_player_that_is_opened(void **state)
{
	(void)state;
	session_await_player(session);
	look();
	assert_true(snap.music.awaits_player);
	session_pause(session);
	assert_string_equal(newest(), "The sound is still being opened.");
	session_player_came(session, NULL);
	look();
	assert_false(snap.music.awaits_player);
	session_pause(session);
	assert_non_null(strstr(newest(), "There is no sound"));
}

static void a_face_changes_what_comes_next(void **state)
{
	float happy, sad;

	(void)state;
	look();
	assert_int_equal(snap.music.queue_count, 4);
	see(EMOTION_HAPPY, 3);
	look();
	assert_int_equal(snap.mood.emotion, EMOTION_HAPPY);
	assert_non_null(strstr(newest(), "happy"));
	assert_non_null(strstr(newest(), snap.music.queue[0].title));
	assert_true(strlen(snap.music.queue[0].reason) > 0);
	happy = mean_valence();
	see(EMOTION_SAD, 3);
	sad = mean_valence();
	if (happy < sad + 0.5f) {
		for (int i = 0; i < 4; i++)
			print_message("%s\n", snap.music.queue[i].reason);
		fail_msg("happy songs at %f, sad ones at %f", happy, sad);
	}
	assert_int_equal(snap.music.queue_count, 4);
}

static void a_hand_comes_before_the_face(void **state)
{
	(void)state;
	session_set_mood(session, EMOTION_SAD);
	look();
	assert_true(snap.mood.manual);
	see(EMOTION_HAPPY, 5);
	look();
	assert_int_equal(snap.mood.emotion, EMOTION_SAD);
	session_auto(session);
	see(EMOTION_HAPPY, 3);
	look();
	assert_false(snap.mood.manual);
	assert_int_equal(snap.mood.emotion, EMOTION_HAPPY);
}

static void words_set_the_mood(void **state)
{
	(void)state;
	session_feel(session, "I am so happy today");
	look();
	assert_int_equal(snap.mood.emotion, EMOTION_HAPPY);
	assert_true(snap.mood.manual);
	assert_non_null(strstr(newest(), "happy"));
	session_feel(session, "xyzzy");
	assert_non_null(strstr(newest(), "No word"));
	look();
	assert_int_equal(snap.mood.emotion, EMOTION_HAPPY);
}

static void policies_go_round(void **state)
{
	(void)state;
	session_next_policy(session);
	look();
	assert_int_equal(snap.policy, POLICY_LIFT);
	assert_non_null(strstr(newest(), "lift"));
	session_next_policy(session);
	session_next_policy(session);
	look();
	assert_int_equal(snap.policy, POLICY_MATCH);
	assert_int_equal(snap.music.queue_count, 4);
}

static void the_queue_can_be_thinned(void **state)
{
	int64_t second;

	(void)state;
	look();
	second = snap.music.queue[1].id;
	session_remove_queued(session, 0);
	look();
	assert_int_equal(snap.music.queue[0].id, second);
	assert_int_equal(snap.music.queue_count, 4);
	session_remove_queued(session, 99);
	session_remove_queued(session, -1);
	look();
	assert_int_equal(snap.music.queue_count, 4);
}

static void works_without_a_player(void **state)
{
	(void)state;
	session_pause(session);
	session_next(session);
	session_previous(session);
	session_seek(session, 5);
	session_volume(session, 5);
	session_mute(session);
	session_like(session);
	session_player(session);
	assert_non_null(strstr(newest(), "no sound"));
}

static void an_empty_catalog_says_how_to_fill_it(void **state)
{
	(void)state;
	open_session(false);
	assert_non_null(strstr(newest(), "mien-etl"));
	assert_int_equal(snap.music.queue_count, 0);
	see(EMOTION_HAPPY, 3);
	look();
	assert_int_equal(snap.mood.emotion, EMOTION_HAPPY);
	tear_down(state);
}

/* ---- with a player ------------------------------------------------------ */

static char folder[] = "/tmp/mien-session-XXXXXX";

static const char *in_folder(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s.wav", folder, name);
	return path;
}

/* A minute of silence in the folder: 8000 samples a second, of 8 bits. */
static int64_t add_silence(struct catalog *to, const char *name)
{
	static const unsigned char head[] =
		"RIFF\x24\x53\x07\0WAVEfmt \x10\0\0\0\1\0\1\0"
		"\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data\0\x53\x07";
	struct track_facts facts = {.title = name,
				    .artist = name,
				    .uri = in_folder(name),
				    .source = "test"};
	int64_t id = 0;
	FILE *file;

	file = fopen(facts.uri, "w");
	assert_non_null(file);
	fwrite(head, 1, sizeof(head), file);
	for (int i = 0; i < 480000; i++)
		fputc(0x80, file);
	fclose(file);
	assert_int_equal(catalog_add(to, &facts, &id, NULL), STATUS_OK);
	return id;
}

/* Until wanted plays or never: the rest of what the player says, too. */
static bool plays(struct player *player, int64_t wanted)
{
	int64_t end = clock_monotonic_ns() + 40 * CLOCK_NS_PER_S;
	struct player_state state = {0};

	do {
		struct pollfd fd = {player_fd(player), POLLIN, 0};
		int more = poll(&fd, 1, state.track.id == wanted ? 200 : 1000);

		session_player(session);
		player_state(player, &state);
		if (!more && state.track.id == wanted)
			return true;
	} while (clock_monotonic_ns() < end);
	return false;
}

static bool was_said(const char *words)
{
	look();
	for (int i = 0; messages_at(snap.messages, i); i++)
		if (strstr(messages_at(snap.messages, i)->text, words))
			return true;
	return false;
}

/* The player tells of what it does in its own time. */
static bool says(struct player *player, const char *words)
{
	int64_t end = clock_monotonic_ns() + 40 * CLOCK_NS_PER_S;

	while (!was_said(words) && clock_monotonic_ns() < end) {
		struct pollfd fd = {player_fd(player), POLLIN, 0};

		poll(&fd, 1, 100);
		session_player(session);
	}
	return was_said(words);
}

static void play(struct player *player, int64_t id)
{
	struct track track;

	assert_int_equal(catalog_get(catalog, id, &track), STATUS_OK);
	session_play(session, &track);
	assert_true(plays(player, id));
}

/* A player for the session, which may play what lies in the folder. */
static struct player *connect_player(const char *ao)
{
	static char *paths[] = {folder};
	static struct folders folders = {.paths = paths, .count = 1};
	struct player_opts sound = {.ao = ao, .folders = &folders};
	struct player *player;

	assert_int_equal(player_open(&player, &sound, NULL), STATUS_OK);
	session_connect(session, catalog, picker, player);
	return player;
}

/* It must be empty; the next test makes another. */
static void remove_folder(void)
{
	assert_int_equal(rmdir(folder), 0);
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
}

/* What "next" plays from first on, where only what lies in the folder may be
 * played, and the rest of the songs are elsewhere. all: they are picked. */
static void next_among(int others, const char *where, bool another, bool all,
		       const char *words)
{
	struct player *player;
	int64_t first, second = 0;

	open_session(false);
	assert_non_null(mkdtemp(folder));
	first = add_silence(catalog, "first");
	/* by name alone */
	catalog_note(catalog, first, CATALOG_BANNED, 0, 0, 1);
	if (another)
		second = add_silence(catalog, "second");
	for (int i = 0; i < others; i++) {
		char name[32];
		struct track_facts facts = {.title = name,
					    .artist = name,
					    .uri = name,
					    .source = "test"};

		snprintf(name, sizeof(name), "%s%d", where, i);
		assert_int_equal(catalog_add(catalog, &facts, NULL, NULL),
				 STATUS_OK);
	}
	player = connect_player("null");
	if (all)
		picker_allow(picker, NULL, NULL);
	play(player, first);
	session_next(session);
	assert_true(plays(player, another ? second : first));
	assert_true(says(player, words));
	for (int i = 0; !all && messages_at(snap.messages, i); i++)
		assert_null(strstr(messages_at(snap.messages, i)->text,
				   "passed over"));
	player_close(player);
	unlink(in_folder("first"));
	unlink(in_folder("second"));
	remove_folder();
	tear_down(NULL);
}

static void next_goes_past_what_is_refused(void **state)
{
	(void)state;
	next_among(5, "/elsewhere/", true, true, "");
}

static void next_gives_up_when_all_are_refused(void **state)
{
	(void)state;
	next_among(30, "/elsewhere/", false, true, "What plays goes on");
}

static void what_would_be_refused_is_not_chosen(void **state)
{
	(void)state;
	next_among(30, "/elsewhere/", true, false, "second");
	next_among(30, "ytdl://ytsearch1:x ", true, false, "second");
	next_among(3, "/elsewhere/", false, false, "in no folder");
	next_among(3, "ytdl://ytsearch1:x ", false, false, "set music.ytdl");
}

/* Its newest address is one that is refused. */
static int64_t add_copied(const char *name)
{
	int64_t id = add_silence(catalog, name), again = 0;
	char copy[64];
	struct track_facts facts = {
		.title = name, .artist = name, .uri = copy, .source = "test"};

	snprintf(copy, sizeof(copy), "/elsewhere/%s", name);
	assert_int_equal(catalog_add(catalog, &facts, &again, NULL), STATUS_OK);
	assert_int_equal(again, id);
	return id;
}

static void a_copy_elsewhere_takes_nothing_away(void **state)
{
	struct player *player;
	int64_t first, second;

	(void)state;
	open_session(false);
	assert_non_null(mkdtemp(folder));
	first = add_copied("first");
	/* by name alone */
	catalog_note(catalog, first, CATALOG_BANNED, 0, 0, 1);
	second = add_copied("second");
	player = connect_player("null");
	play(player, first);
	session_next(session);
	assert_true(plays(player, second));
	assert_false(was_said("passed over"));
	player_close(player);
	unlink(in_folder("first"));
	unlink(in_folder("second"));
	remove_folder();
	tear_down(NULL);
}

static int failures_in(const char *path)
{
	sqlite3_stmt *stmt;
	sqlite3 *db;
	int failures;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT sum(failures) FROM track",
					    -1, &stmt, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	failures = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return failures;
}

/* A sound device that was asked for and is not there is no fault of songs. */
static void songs_wait_for_the_device(void **state)
{
	static const char *const names[] = {"first", "second", "third"};
	struct player *player;
	struct track track;

	(void)state;
	setenv("PULSE_SERVER", "unix:/nowhere", 1);
	assert_non_null(mkdtemp(folder));
	assert_int_equal(catalog_open(&catalog, in_folder("catalog"),
				      CATALOG_WRITE, NULL),
			 STATUS_OK);
	begin();
	for (int i = 0; i < 3; i++)
		assert_int_equal(catalog_get(catalog,
					     add_silence(catalog, names[i]),
					     &track),
				 STATUS_OK);
	player = connect_player("pulse");
	session_play(session, &track);
	assert_true(says(player, "is not heard: sound: the sound device"));
	assert_true(says(player, "The music stopped"));
	assert_false(was_said("passed over"));
	for (int i = 0; i < 3; i++)
		unlink(in_folder(names[i]));
	player_close(player);
	unsetenv("PULSE_SERVER");
	tear_down(NULL);
	assert_int_equal(failures_in(in_folder("catalog")), 0);
	unlink(in_folder("catalog"));
	remove_folder();
}

/* What another program imports into the catalog after the start. */
static void import(const char *path)
{
	struct catalog *other;

	assert_int_equal(catalog_open(&other, path, CATALOG_WRITE, NULL),
			 STATUS_OK);
	assert_int_equal(folders_add(other, folder, NULL), STATUS_OK);
	add_silence(other, "first");
	catalog_close(other);
}

static void imported_meanwhile(bool locked)
{
	struct folders folders = {0}, opened = {0};
	struct session_opts opts = {
		.mood = MOOD_OPTS_DEFAULT, .queue = 2, .folders = &folders};
	struct player_opts sound = {.ao = "null",
				    .folders = &folders,
				    .opened = locked ? &opened : NULL};
	struct player *player;
	char path[64];

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s", in_folder("catalog"));
	assert_int_equal(catalog_open(&catalog, path, CATALOG_WRITE, NULL),
			 STATUS_OK);
	assert_int_equal(picker_new(&picker, catalog, 1), STATUS_OK);
	assert_int_equal(session_new(&session, &opts), STATUS_OK);
	assert_int_equal(player_open(&player, &sound, NULL), STATUS_OK);
	session_connect(session, catalog, picker, player);
	session_begin(session);
	assert_non_null(strstr(newest(), "empty"));
	import(path);
	session_next(session);
	if (locked)
		assert_non_null(strstr(newest(), "start mien again to play"));
	else
		assert_true(plays(player, 1));
	player_close(player);
	tear_down(NULL);
	folders_done(&folders);
	unlink(path);
	unlink(in_folder("first"));
	remove_folder();
}

static void what_is_imported_meanwhile_plays(void **state)
{
	(void)state;
	imported_meanwhile(false);
	imported_meanwhile(true);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(keys_wait_for_a_player_that_is_opened),
		TEST(a_face_changes_what_comes_next),
		TEST(a_hand_comes_before_the_face),
		TEST(words_set_the_mood),
		TEST(policies_go_round),
		TEST(the_queue_can_be_thinned),
		TEST(works_without_a_player),
		cmocka_unit_test(an_empty_catalog_says_how_to_fill_it),
		cmocka_unit_test(next_goes_past_what_is_refused),
		cmocka_unit_test(next_gives_up_when_all_are_refused),
		cmocka_unit_test(what_would_be_refused_is_not_chosen),
		cmocka_unit_test(a_copy_elsewhere_takes_nothing_away),
		cmocka_unit_test(songs_wait_for_the_device),
		cmocka_unit_test(what_is_imported_meanwhile_plays),
	};

	/* mpv wants numbers as C writes them */
	setlocale(LC_NUMERIC, "C");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
