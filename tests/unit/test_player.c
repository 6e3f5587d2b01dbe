/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player against the real libmpv: one song at a time, as it is heard. */
#include "tests/unit/tones.h"

#include "base/clock.h"
#include "player/opening.h"

#include <locale.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void plays_to_the_end(void **state)
{
	struct player *player = tones_player("null");
	struct player_state now;
	struct player_event event;

	(void)state;
	tones_play(player, 1, "one.wav");
	event = tones_expect(player, PLAYER_STARTED, 1);
	assert_string_equal(event.track.title, "tone 1");
	player_state(player, &now);
	assert_true(now.active);
	assert_int_equal(now.track.id, 1);
	event = tones_expect(player, PLAYER_ENDED, 1);
	assert_near(event.heard_s, 1, 0.05);
	tones_expect(player, PLAYER_IDLE, 0);
	player_state(player, &now);
	assert_false(now.active);
	player_close(player);
}

static void tells_length_codec_and_position(void **state)
{
	struct player *player = tones_player("null");
	struct player_state now;

	(void)state;
	tones_play(player, 1, "long.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	now = tones_settle(player, 1.0);
	assert_near(now.length_s, 30, 0.01);
	assert_near(now.position_s, 1.0, 0.4);
	assert_non_null(strstr(now.codec, "pcm_s16le"));
	assert_string_equal(now.output, "null");
	player_close(player);
}

static void pause_freezes_and_is_quiet(void **state)
{
	struct player *player = tones_player("null");
	struct player_state now;
	struct pollfd fd;
	double position;

	(void)state;
	tones_play(player, 1, "long.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	assert_int_equal(player_pause(player, true), STATUS_OK);
	player_state(player, &now); /* the next key may come at once */
	assert_true(now.paused);
	position = tones_settle(player, 0.4).position_s;
	assert_true(tones_settle(player, 0.3).paused);
	/* nothing to do while paused: the descriptor stays silent */
	fd = (struct pollfd){player_fd(player), POLLIN, 0};
	assert_int_equal(poll(&fd, 1, 400), 0);
	assert_near(tones_settle(player, 0.1).position_s, position, 0.001);
	assert_int_equal(player_pause(player, false), STATUS_OK);
	assert_true(tones_settle(player, 0.6).position_s > position + 0.2);

	assert_int_equal(player_pause(player, true), STATUS_OK);
	tones_play(player, 2, "short.wav");
	tones_expect(player, PLAYER_STOPPED, 1);
	tones_expect(player, PLAYER_STARTED, 2);
	tones_expect(player, PLAYER_ENDED, 2);
	player_close(player);
}

static void seeks_count_as_not_heard(void **state)
{
	struct player *player = tones_player("null");
	struct player_event event;

	(void)state;
	tones_play(player, 1, "long.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	assert_int_equal(player_seek_to(player, 20), STATUS_OK);
	assert_near(tones_settle(player, 0.4).position_s, 20.4, 0.4);
	assert_int_equal(player_seek(player, -10), STATUS_OK);
	assert_near(tones_settle(player, 0.4).position_s, 10.8, 0.7);
	assert_int_equal(player_seek(player, NAN), STATUS_BAD_ARGUMENT);
	assert_int_equal(player_stop(player), STATUS_OK);
	event = tones_expect(player, PLAYER_STOPPED, 1);
	assert_near(event.heard_s, 0.8, 0.5);
	player_close(player);
}

/* Keys come faster than mpv tells of what the one before did. */
static void what_keys_set_is_known_at_once(void **state)
{
	struct player *player = tones_player("null");
	struct player_state now;

	(void)state;
	player_state(player, &now);
	assert_int_equal(now.volume, 80);
	assert_false(now.muted || now.paused);
	assert_int_equal(player_volume(player, 35), STATUS_OK);
	assert_int_equal(player_mute(player, true), STATUS_OK);
	assert_int_equal(player_pause(player, true), STATUS_OK);
	player_state(player, &now);
	assert_int_equal(now.volume, 35);
	assert_true(now.muted && now.paused);
	for (int i = 0; i < 20; i++) {
		player_pause(player, i % 2);
		player_volume(player, i);
	}
	tones_play(player, 1, "long.wav"); /* ends a pause */
	tones_expect(player, PLAYER_STARTED, 1);
	now = tones_settle(player, 0.3);
	assert_int_equal(now.volume, 19);
	assert_true(now.muted && !now.paused && now.position_s > 0);
	assert_int_equal(player_volume(player, 9999), STATUS_OK);
	assert_int_equal(tones_settle(player, 0.1).volume, PLAYER_VOLUME_MAX);
	assert_int_equal(player_volume(player, -3), STATUS_OK);
	assert_int_equal(tones_settle(player, 0.1).volume, 0);
	player_close(player);
}

static double rms_of_output(double *seconds)
{
	FILE *file = fopen(tones_path("out.wav"), "rb");
	unsigned char head[24];
	int16_t v[2048];
	double sum = 0;
	size_t n, count = 0;

	assert_non_null(file);
	assert_int_equal(fread(head, 1, sizeof(head), file), sizeof(head));
	assert_memory_equal(head, "RIFF", 4);
	assert_int_equal(fseek(file, 68, SEEK_SET), 0);
	while ((n = fread(v, 2, 2048, file)))
		for (size_t i = 0; i < n; i++, count++)
			sum += (double)v[i] * v[i];
	fclose(file);
	*seconds = (double)count / (head[22] * TONES_RATE);
	return count ? sqrt(sum / (double)count) / 32768 : 0;
}

/* What was played can be heard, both tracks of it, in one file. */
static void pcm_holds_what_was_heard(void **state)
{
	struct player *player = tones_player("pcm");
	struct track one = tones_track(1, "one.wav");
	struct player_event event;
	double seconds, rms;

	(void)state;
	assert_int_equal(player_volume(player, 100), STATUS_OK);
	/* the end may come before mpv tells the length: the catalog has it */
	one.length_s = 1;
	assert_int_equal(player_play(player, &one), STATUS_OK);
	tones_queue(player, 2, "other-rate.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	event = tones_expect(player, PLAYER_ENDED, 1);
	assert_near(event.heard_s, 1, 0.05);
	tones_expect(player, PLAYER_STARTED, 2);
	tones_expect(player, PLAYER_ENDED, 2);
	tones_expect(player, PLAYER_IDLE, 0);
	player_close(player);
	rms = rms_of_output(&seconds);
	/* a sine of half scale: .5 / sqrt 2 */
	assert_near(rms, 0.354, 0.03);
	assert_near(seconds, 1.4, 0.05);
}

static double loudness(int volume, bool muted)
{
	struct player *player = tones_player("pcm");
	double seconds;

	player_volume(player, volume);
	player_mute(player, muted);
	tones_play(player, 1, "one.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	tones_expect(player, PLAYER_ENDED, 1);
	tones_expect(player, PLAYER_IDLE, 0);
	player_close(player);
	return rms_of_output(&seconds);
}

static void sound_is_as_loud_as_was_said(void **state)
{
	(void)state;
	/* mpv's scale is cubic: half of it is an eighth of the amplitude */
	assert_near(loudness(50, false), 0.354 / 8, 0.005);
	assert_near(loudness(100, true), 0, 0.0001);
}

/* No device, no skipping through the whole catalog: the fault says so. */
static void a_deaf_device_is_told_apart(void **state)
{
	static const struct {
		struct player_opts opts;
		const char *cause;
	} deaf[] = {
		{{.ao = "pcm", .ao_file = "/nowhere/at/all.wav"}, "/nowhere"},
		{{.ao = "no-such-thing"}, "no-such-thing"},
	};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct player *player = NULL;
		struct player_event event;

		assert_int_equal(player_open(&player, &deaf[i].opts, NULL), 0);
		tones_play(player, 1, "short.wav");
		tones_expect(player, PLAYER_STARTED, 1);
		event = tones_expect(player, PLAYER_FAILED, 1);
		assert_int_equal(event.fault.status, STATUS_UNSUPPORTED);
		assert_non_null(strstr(event.fault.detail, deaf[i].cause));
		assert_near(event.heard_s, 0, 0.01);
		player_close(player);
	}
}

static void opens_on_another_thread(void **state)
{
	struct player_opts opts = {.ao = "null", .volume = 70};
	struct opening *opening = NULL;
	struct player *player = NULL;
	struct player_event event;
	struct pollfd ready = {.events = POLLIN};

	(void)state;
	assert_int_equal(opening_end(NULL, &player, NULL), STATUS_OK);
	assert_null(player);
	assert_int_equal(opening_begin(&opening, &opts), STATUS_OK);
	ready.fd = opening_fd(opening);
	assert_int_equal(poll(&ready, 1, 60000), 1);
	assert_int_equal(opening_end(opening, &player, NULL), STATUS_OK);
	assert_non_null(player);
	tones_play(player, 1, "short.wav");
	tones_expect(player, PLAYER_STARTED, 1);
	event = tones_expect(player, PLAYER_ENDED, 1);
	assert_int_equal(event.track.id, 1);
	player_close(player);
}

static void closes_at_any_moment(void **state)
{
	(void)state;
	player_close(NULL);
	player_close(tones_player("null"));
	for (int i = 0; i < 3; i++) {
		struct player *player = tones_player("null");
		struct player_event event;

		tones_play(player, 1, "long.wav");
		tones_queue(player, 2, "long.wav");
		if (i)
			player_next_event(player, &event);
		player_close(player);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plays_to_the_end),
		cmocka_unit_test(tells_length_codec_and_position),
		cmocka_unit_test(pause_freezes_and_is_quiet),
		cmocka_unit_test(seeks_count_as_not_heard),
		cmocka_unit_test(what_keys_set_is_known_at_once),
		cmocka_unit_test(pcm_holds_what_was_heard),
		cmocka_unit_test(sound_is_as_loud_as_was_said),
		cmocka_unit_test(a_deaf_device_is_told_apart),
		cmocka_unit_test(opens_on_another_thread),
		cmocka_unit_test(closes_at_any_moment),
	};

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	return cmocka_run_group_tests(tests, tones_make, tones_remove);
}
