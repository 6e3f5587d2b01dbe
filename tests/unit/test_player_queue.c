/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player against the real libmpv: what comes next, and what may come. */
#include "tests/unit/tones.h"

#include "base/clock.h"

#include <locale.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void queue_follows_in_order(void **state)
{
	struct player *player = tones_player("null");
	int64_t ended, started;

	(void)state;
	tones_play(player, 1, "one.wav");
	tones_queue(player, 2, "short.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	tones_expect(player, PLAYER_ENDED, 1);
	ended = clock_monotonic_ns();
	tones_expect(player, PLAYER_STARTED, 2);
	started = clock_monotonic_ns();
	assert_true(started - ended < 500 * CLOCK_NS_PER_MS);
	tones_queue(player, 3, "other-rate.wav");
	tones_expect(player, PLAYER_ENDED, 2);
	tones_expect(player, PLAYER_STARTED, 3);
	tones_expect(player, PLAYER_ENDED, 3);
	tones_expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

static void queue_plays_at_once_when_idle(void **state)
{
	struct player *player = tones_player("null");

	(void)state;
	tones_queue(player, 5, "short.wav");
	tones_expect(player, PLAYER_STARTED, 5);
	tones_expect(player, PLAYER_ENDED, 5);
	tones_expect(player, PLAYER_IDLE, 0);
	tones_queue(player, 6, "short.wav");
	tones_expect(player, PLAYER_STARTED, 6);
	player_close(player);
}

/* The heart of it: a new mood changes what comes, not what plays. */
static void queue_is_replaced_without_a_cut(void **state)
{
	struct player *player = tones_player("null");
	struct player_event event;

	(void)state;
	tones_play(player, 1, "one.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	for (int id = 2; id < 30; id++)
		tones_queue(player, id, "long.wav");
	tones_queue(player, 30, "short.wav");
	event = tones_expect(player, PLAYER_ENDED, 1);
	assert_near(event.heard_s, 1, 0.05);
	tones_expect(player, PLAYER_STARTED, 30);
	tones_expect(player, PLAYER_ENDED, 30);
	tones_expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

/* A song that begins while keys change what comes is still known. */
static void no_haste_hides_what_plays(void **state)
{
	struct player *player = tones_player("null");
	struct player_event event = {0};
	struct player_state now;

	(void)state;
	tones_play(player, 1, "short.wav");
	tones_queue(player, 2, "long.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	usleep(1200000); /* the second begins, and nobody asks */
	for (int id = 3; id < 40; id++)
		tones_queue(player, id, "short.wav");
	tones_expect(player, PLAYER_ENDED, 1);
	/* on a slow machine it is another that begins */
	while (event.track.id != 39) {
		assert_true(tones_next(player, &event, 10));
		assert_int_equal(event.kind, PLAYER_STARTED);
		if (event.track.id == 2) {
			player_state(player, &now);
			assert_true(now.active);
			player_seek_to(player, 29.5);
		}
		tones_expect(player, PLAYER_ENDED, (int)event.track.id);
	}
	tones_expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

static void play_cuts_and_drops_the_queue(void **state)
{
	struct player *player = tones_player("null");
	struct player_event event;

	(void)state;
	tones_play(player, 1, "long.wav");
	tones_queue(player, 2, "long.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	tones_settle(player, 0.6);
	tones_play(player, 3, "short.wav");
	event = tones_expect(player, PLAYER_STOPPED, 1);
	assert_near(event.heard_s, 0.6, 0.3);
	tones_expect(player, PLAYER_STARTED, 3);
	tones_expect(player, PLAYER_ENDED, 3);
	tones_expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

static void stop_stops(void **state)
{
	struct player *player = tones_player("null");

	(void)state;
	tones_play(player, 1, "long.wav");
	tones_queue(player, 2, "long.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	assert_int_equal(player_stop(player), STATUS_OK);
	tones_expect(player, PLAYER_STOPPED, 1);
	tones_expect(player, PLAYER_IDLE, 0);
	assert_false(tones_settle(player, 0.2).active);
	player_close(player);
}

/* mpv may take both commands before it begins anything, and says nothing. */
static void stop_before_it_begins_is_idle_once(void **state)
{
	struct player *player = tones_player("null");
	struct player_event event;

	(void)state;
	for (int i = 0; i < 20; i++) {
		tones_play(player, 1, "long.wav");
		tones_queue(player, 2, "long.wav");
		assert_int_equal(player_stop(player), STATUS_OK);
		do
			assert_true(tones_next(player, &event, 10));
		while (event.kind == PLAYER_STOPPED ||
		       event.kind == PLAYER_STARTED);
		assert_int_equal(event.kind, PLAYER_IDLE);
	}
	assert_int_equal(player_stop(player), STATUS_OK);
	tones_play(player, 3, "short.wav");
	tones_expect(player, PLAYER_STARTED, 3);
	tones_expect(player, PLAYER_ENDED, 3);
	tones_expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

static void bad_files_are_skipped(void **state)
{
	struct player *player = tones_player("null");
	struct player_event event;
	char sentence[512];

	(void)state;
	tones_play(player, 1, "not-there.mp3");
	tones_queue(player, 2, "short.wav");
	event = tones_expect(player, PLAYER_FAILED, 1);
	fault_sentence(&event.fault, sentence, sizeof(sentence));
	if (!strstr(sentence, "No such file"))
		fail_msg("%s", sentence);
	assert_non_null(strstr(sentence, "not-there.mp3"));
	tones_expect(player, PLAYER_STARTED, 2);
	tones_queue(player, 3, "text.mp3");
	tones_expect(player, PLAYER_ENDED, 2);
	event = tones_expect(player, PLAYER_FAILED, 3);
	assert_int_equal(event.fault.status, STATUS_BAD_DATA);
	tones_expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

/* A playlist or folder in a track's place must not choose what plays. */
static void files_cannot_name_others(void **state)
{
	struct player *player = tones_player("null");
	struct track t = {.id = 2};

	(void)state;
	tones_play(player, 1, "list.m3u");
	tones_expect(player, PLAYER_FAILED, 1);
	tones_expect(player, PLAYER_IDLE, 0);
	snprintf(t.uri, sizeof(t.uri), "%s", tones_folder);
	assert_int_equal(player_play(player, &t), STATUS_OK);
	tones_expect(player, PLAYER_FAILED, 2);
	tones_expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

static void addresses_are_refused(void **state)
{
	static const char *const bad[] = {"av://lavfi:sine",
					  "edl:///etc/passwd", "memory://x",
					  "ytdl://ytsearch1:x"};
	struct player *player = tones_player("null");
	struct player_event event;

	(void)state;
	for (int i = 0; i < 4; i++) {
		tones_play(player, 10 + i, bad[i]);
		event = tones_expect(player, PLAYER_FAILED, 10 + i);
		assert_int_equal(event.fault.status, STATUS_DENIED);
		tones_expect(player, PLAYER_IDLE, 0);
	}
	tones_play(player, 1, "one.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	tones_queue(player, 2, "short.wav");
	tones_queue(player, 3, "lavfi://sine");
	tones_expect(player, PLAYER_FAILED, 3);
	tones_expect(player, PLAYER_ENDED, 1);
	tones_expect(player, PLAYER_STARTED, 2);
	player_close(player);
}

static void a_file_address_is_decoded(void **state)
{
	struct player *player = tones_player("null");
	struct track t = {.id = 1};

	(void)state;
	snprintf(t.uri, sizeof(t.uri), "file://%s/sh%%6Frt.wav", tones_folder);
	assert_int_equal(player_play(player, &t), STATUS_OK);
	tones_expect(player, PLAYER_STARTED, 1);
	tones_expect(player, PLAYER_ENDED, 1);
	player_close(player);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queue_follows_in_order),
		cmocka_unit_test(queue_plays_at_once_when_idle),
		cmocka_unit_test(queue_is_replaced_without_a_cut),
		cmocka_unit_test(no_haste_hides_what_plays),
		cmocka_unit_test(play_cuts_and_drops_the_queue),
		cmocka_unit_test(stop_stops),
		cmocka_unit_test(stop_before_it_begins_is_idle_once),
		cmocka_unit_test(bad_files_are_skipped),
		cmocka_unit_test(files_cannot_name_others),
		cmocka_unit_test(addresses_are_refused),
		cmocka_unit_test(a_file_address_is_decoded),
	};

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	return cmocka_run_group_tests(tests, tones_make, tones_remove);
}
