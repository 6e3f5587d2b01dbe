/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player against the real libmpv: tones as WAV files, ao=null and pcm. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "player/opening.h"

#include <locale.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define RATE 8000

static char folder[] = "/tmp/mien-player-XXXXXX";

/* ---- tones -------------------------------------------------------------- */

static void put32(unsigned char *at, unsigned value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

static const char *in_folder(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

/* A sine of 440 Hz, 16 bit mono, half of full scale. */
static void write_tone(const char *name, double seconds, unsigned rate)
{
	unsigned samples = (unsigned)(seconds * rate);
	unsigned char head[44] = "RIFF....WAVEfmt ....\1\0\1\0";
	FILE *file = fopen(in_folder(name), "wb");

	assert_non_null(file);
	put32(head + 4, 36 + 2 * samples);
	put32(head + 16, 16);
	put32(head + 24, rate);
	put32(head + 28, 2 * rate);
	memcpy(head + 32, "\2\0\20\0data", 8);
	put32(head + 40, 2 * samples);
	fwrite(head, sizeof(head), 1, file);
	for (unsigned i = 0; i < samples; i++) {
		int16_t v = (int16_t)(16384 * sin(i * 2 * M_PI * 440 / rate));

		fwrite(&v, 2, 1, file);
	}
	assert_int_equal(fclose(file), 0);
}

static void write_bytes(const char *name, const char *bytes)
{
	FILE *file = fopen(in_folder(name), "wb");

	assert_non_null(file);
	fputs(bytes, file);
	fclose(file);
}

static struct track track(int id, const char *name)
{
	struct track t = {.id = id};

	snprintf(t.title, sizeof(t.title), "tone %d", id);
	snprintf(t.uri, sizeof(t.uri), "%s",
		 strchr(name, ':') ? name : in_folder(name));
	return t;
}

static int make_tones(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	/* mpv says that a track ended when its last sound is in the device's
	 * buffer, 0.4 s ahead: what must be acted on in time lasts longer */
	write_tone("short.wav", 0.8, RATE);
	write_tone("one.wav", 1, RATE);
	write_tone("other-rate.wav", 0.4, 44100);
	write_tone("long.wav", 30, RATE);
	write_bytes("text.mp3", "This is no music.\n");
	write_bytes("list.m3u", "#EXTM3U\nshort.wav\n");
	return 0;
}

static int remove_tones(void **state)
{
	static const char *const names[] = {
		"short.wav", "one.wav",  "text.mp3", "other-rate.wav",
		"long.wav",  "list.m3u", "out.wav"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(in_folder(names[i]));
	return rmdir(folder);
}

/* ---- a player and what it said ------------------------------------------ */

static struct player *open_player(const char *ao)
{
	const char *file = in_folder("out.wav");
	struct player_opts opts = {.ao = ao, .volume = 80};
	struct player *player = NULL;
	struct fault fault;

	if (!strcmp(ao, "pcm"))
		opts.ao_file = file;
	assert_int_equal(player_open(&player, &opts, &fault), STATUS_OK);
	return player;
}

/* Waits by the eventfd alone, as the dashboard does. */
static bool next(struct player *player, struct player_event *event,
		 double seconds)
{
	int64_t end =
		clock_monotonic_ns() + (int64_t)(seconds * CLOCK_NS_PER_S);

	while (!player_next_event(player, event)) {
		struct pollfd fd = {player_fd(player), POLLIN, 0};
		int64_t left = (end - clock_monotonic_ns()) / CLOCK_NS_PER_MS;

		if (left <= 0 || poll(&fd, 1, (int)left) < 1)
			return false;
	}
	return true;
}

static struct player_event expect(struct player *player,
				  enum player_event_kind kind, int id)
{
	struct player_event event;

	if (!next(player, &event, 10))
		fail_msg("no event in 10 s; wanted %d of track %d", kind, id);
	if (event.kind != kind || event.track.id != id)
		print_error("got %d of %d (%s), wanted %d of %d\n", event.kind,
			    (int)event.track.id, event.fault.detail, kind, id);
	assert_int_equal(event.kind, kind);
	assert_int_equal(event.track.id, id);
	return event;
}

/* Handles mpv's news for a while; nothing may happen to tracks. */
static struct player_state settle(struct player *player, double seconds)
{
	struct player_state state;
	struct player_event event;

	assert_false(next(player, &event, seconds));
	player_state(player, &state);
	return state;
}

static void play(struct player *player, int id, const char *name)
{
	struct track t = track(id, name);

	assert_int_equal(player_play(player, &t), STATUS_OK);
}

static void queue(struct player *player, int id, const char *name)
{
	struct track t = track(id, name);

	assert_int_equal(player_queue(player, &t), STATUS_OK);
}

#define assert_near(a, b, tolerance)                                  \
	do {                                                          \
		if (fabs((a) - (b)) > (tolerance))                    \
			fail_msg("%s is %g, not %g", #a, (double)(a), \
				 (double)(b));                        \
	} while (0)

/* ---- tests -------------------------------------------------------------- */

static void plays_to_the_end(void **state)
{
	struct player *player = open_player("null");
	struct player_state now;
	struct player_event event;

	(void)state;
	play(player, 1, "one.wav");
	event = expect(player, PLAYER_STARTED, 1);
	assert_string_equal(event.track.title, "tone 1");
	player_state(player, &now);
	assert_true(now.active);
	assert_int_equal(now.track.id, 1);
	event = expect(player, PLAYER_ENDED, 1);
	assert_near(event.heard_s, 1, 0.05);
	expect(player, PLAYER_IDLE, 0);
	player_state(player, &now);
	assert_false(now.active);
	player_close(player);
}

static void tells_length_codec_and_position(void **state)
{
	struct player *player = open_player("null");
	struct player_state now;

	(void)state;
	play(player, 1, "long.wav");
	expect(player, PLAYER_STARTED, 1);
	now = settle(player, 1.0);
	assert_near(now.length_s, 30, 0.01);
	assert_near(now.position_s, 1.0, 0.4);
	assert_non_null(strstr(now.codec, "pcm_s16le"));
	assert_string_equal(now.output, "null");
	player_close(player);
}

static void queue_follows_in_order(void **state)
{
	struct player *player = open_player("null");
	int64_t ended, started;

	(void)state;
	play(player, 1, "one.wav");
	queue(player, 2, "short.wav");
	expect(player, PLAYER_STARTED, 1);
	expect(player, PLAYER_ENDED, 1);
	ended = clock_monotonic_ns();
	expect(player, PLAYER_STARTED, 2);
	started = clock_monotonic_ns();
	assert_true(started - ended < 500 * CLOCK_NS_PER_MS);
	queue(player, 3, "other-rate.wav");
	expect(player, PLAYER_ENDED, 2);
	expect(player, PLAYER_STARTED, 3);
	expect(player, PLAYER_ENDED, 3);
	expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

static void queue_plays_at_once_when_idle(void **state)
{
	struct player *player = open_player("null");

	(void)state;
	queue(player, 5, "short.wav");
	expect(player, PLAYER_STARTED, 5);
	expect(player, PLAYER_ENDED, 5);
	expect(player, PLAYER_IDLE, 0);
	queue(player, 6, "short.wav");
	expect(player, PLAYER_STARTED, 6);
	player_close(player);
}

/* The heart of it: a new mood changes what comes, not what plays. */
static void queue_is_replaced_without_a_cut(void **state)
{
	struct player *player = open_player("null");
	struct player_event event;

	(void)state;
	play(player, 1, "one.wav");
	expect(player, PLAYER_STARTED, 1);
	for (int id = 2; id < 30; id++)
		queue(player, id, "long.wav");
	queue(player, 30, "short.wav");
	event = expect(player, PLAYER_ENDED, 1);
	assert_near(event.heard_s, 1, 0.05);
	expect(player, PLAYER_STARTED, 30);
	expect(player, PLAYER_ENDED, 30);
	expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

/* A song that begins while keys change what comes is still known. */
static void no_haste_hides_what_plays(void **state)
{
	struct player *player = open_player("null");

	(void)state;
	play(player, 1, "short.wav");
	queue(player, 2, "long.wav");
	expect(player, PLAYER_STARTED, 1);
	usleep(1200000); /* the second begins, and nobody asks */
	for (int id = 3; id < 40; id++)
		queue(player, id, "short.wav");
	expect(player, PLAYER_ENDED, 1);
	expect(player, PLAYER_STARTED, 2);
	assert_true(settle(player, 0).active);
	player_seek_to(player, 29.5);
	expect(player, PLAYER_ENDED, 2);
	expect(player, PLAYER_STARTED, 39);
	expect(player, PLAYER_ENDED, 39);
	expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

static void play_cuts_and_drops_the_queue(void **state)
{
	struct player *player = open_player("null");
	struct player_event event;

	(void)state;
	play(player, 1, "long.wav");
	queue(player, 2, "long.wav");
	expect(player, PLAYER_STARTED, 1);
	settle(player, 0.6);
	play(player, 3, "short.wav");
	event = expect(player, PLAYER_STOPPED, 1);
	assert_near(event.heard_s, 0.6, 0.3);
	expect(player, PLAYER_STARTED, 3);
	expect(player, PLAYER_ENDED, 3);
	expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

static void stop_stops(void **state)
{
	struct player *player = open_player("null");

	(void)state;
	play(player, 1, "long.wav");
	queue(player, 2, "long.wav");
	expect(player, PLAYER_STARTED, 1);
	assert_int_equal(player_stop(player), STATUS_OK);
	expect(player, PLAYER_STOPPED, 1);
	expect(player, PLAYER_IDLE, 0);
	assert_false(settle(player, 0.2).active);
	player_close(player);
}

/* mpv may take both commands before it begins anything, and says nothing. */
static void stop_before_it_begins_is_idle_once(void **state)
{
	struct player *player = open_player("null");
	struct player_event event;

	(void)state;
	for (int i = 0; i < 20; i++) {
		play(player, 1, "long.wav");
		queue(player, 2, "long.wav");
		assert_int_equal(player_stop(player), STATUS_OK);
		do
			assert_true(next(player, &event, 10));
		while (event.kind == PLAYER_STOPPED ||
		       event.kind == PLAYER_STARTED);
		assert_int_equal(event.kind, PLAYER_IDLE);
	}
	assert_int_equal(player_stop(player), STATUS_OK);
	play(player, 3, "short.wav");
	expect(player, PLAYER_STARTED, 3);
	expect(player, PLAYER_ENDED, 3);
	expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

static void pause_freezes_and_is_quiet(void **state)
{
	struct player *player = open_player("null");
	struct player_state now;
	struct pollfd fd;
	double position;

	(void)state;
	play(player, 1, "long.wav");
	expect(player, PLAYER_STARTED, 1);
	assert_int_equal(player_pause(player, true), STATUS_OK);
	player_state(player, &now); /* the next key may come at once */
	assert_true(now.paused);
	position = settle(player, 0.4).position_s;
	assert_true(settle(player, 0.3).paused);
	/* nothing to do while paused: the descriptor stays silent */
	fd = (struct pollfd){player_fd(player), POLLIN, 0};
	assert_int_equal(poll(&fd, 1, 400), 0);
	assert_near(settle(player, 0.1).position_s, position, 0.001);
	assert_int_equal(player_pause(player, false), STATUS_OK);
	assert_true(settle(player, 0.6).position_s > position + 0.2);

	assert_int_equal(player_pause(player, true), STATUS_OK);
	play(player, 2, "short.wav");
	expect(player, PLAYER_STOPPED, 1);
	expect(player, PLAYER_STARTED, 2);
	expect(player, PLAYER_ENDED, 2);
	player_close(player);
}

static void seeks_count_as_not_heard(void **state)
{
	struct player *player = open_player("null");
	struct player_event event;

	(void)state;
	play(player, 1, "long.wav");
	expect(player, PLAYER_STARTED, 1);
	assert_int_equal(player_seek_to(player, 20), STATUS_OK);
	assert_near(settle(player, 0.4).position_s, 20.4, 0.4);
	assert_int_equal(player_seek(player, -10), STATUS_OK);
	assert_near(settle(player, 0.4).position_s, 10.8, 0.7);
	assert_int_equal(player_seek(player, NAN), STATUS_BAD_ARGUMENT);
	assert_int_equal(player_stop(player), STATUS_OK);
	event = expect(player, PLAYER_STOPPED, 1);
	assert_near(event.heard_s, 0.8, 0.5);
	player_close(player);
}

/* Keys come faster than mpv tells of what the one before did. */
static void what_keys_set_is_known_at_once(void **state)
{
	struct player *player = open_player("null");
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
	play(player, 1, "long.wav"); /* ends a pause */
	expect(player, PLAYER_STARTED, 1);
	now = settle(player, 0.3);
	assert_int_equal(now.volume, 19);
	assert_true(now.muted && !now.paused && now.position_s > 0);
	assert_int_equal(player_volume(player, 9999), STATUS_OK);
	assert_int_equal(settle(player, 0.1).volume, PLAYER_VOLUME_MAX);
	assert_int_equal(player_volume(player, -3), STATUS_OK);
	assert_int_equal(settle(player, 0.1).volume, 0);
	player_close(player);
}

static void bad_files_are_skipped(void **state)
{
	struct player *player = open_player("null");
	struct player_event event;
	char sentence[512];

	(void)state;
	play(player, 1, "not-there.mp3");
	queue(player, 2, "short.wav");
	event = expect(player, PLAYER_FAILED, 1);
	fault_sentence(&event.fault, sentence, sizeof(sentence));
	if (!strstr(sentence, "No such file"))
		fail_msg("%s", sentence);
	assert_non_null(strstr(sentence, "not-there.mp3"));
	expect(player, PLAYER_STARTED, 2);
	queue(player, 3, "text.mp3");
	expect(player, PLAYER_ENDED, 2);
	event = expect(player, PLAYER_FAILED, 3);
	assert_int_equal(event.fault.status, STATUS_BAD_DATA);
	expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

/* A playlist or folder in a track's place must not choose what plays. */
static void files_cannot_name_others(void **state)
{
	struct player *player = open_player("null");
	struct track t = {.id = 2};

	(void)state;
	play(player, 1, "list.m3u");
	expect(player, PLAYER_FAILED, 1);
	expect(player, PLAYER_IDLE, 0);
	snprintf(t.uri, sizeof(t.uri), "%s", folder);
	assert_int_equal(player_play(player, &t), STATUS_OK);
	expect(player, PLAYER_FAILED, 2);
	expect(player, PLAYER_IDLE, 0);
	player_close(player);
}

static void addresses_are_refused(void **state)
{
	static const char *const bad[] = {"av://lavfi:sine",
					  "edl:///etc/passwd", "memory://x",
					  "ytdl://ytsearch1:x"};
	struct player *player = open_player("null");
	struct player_event event;

	(void)state;
	for (int i = 0; i < 4; i++) {
		play(player, 10 + i, bad[i]);
		event = expect(player, PLAYER_FAILED, 10 + i);
		assert_int_equal(event.fault.status, STATUS_DENIED);
		expect(player, PLAYER_IDLE, 0);
	}
	play(player, 1, "one.wav");
	expect(player, PLAYER_STARTED, 1);
	queue(player, 2, "short.wav");
	queue(player, 3, "lavfi://sine");
	expect(player, PLAYER_FAILED, 3);
	expect(player, PLAYER_ENDED, 1);
	expect(player, PLAYER_STARTED, 2);
	player_close(player);
}

static void a_file_address_is_decoded(void **state)
{
	struct player *player = open_player("null");
	struct track t = {.id = 1};

	(void)state;
	snprintf(t.uri, sizeof(t.uri), "file://%s/sh%%6Frt.wav", folder);
	assert_int_equal(player_play(player, &t), STATUS_OK);
	expect(player, PLAYER_STARTED, 1);
	expect(player, PLAYER_ENDED, 1);
	player_close(player);
}

static double rms_of_output(double *seconds)
{
	FILE *file = fopen(in_folder("out.wav"), "rb");
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
	*seconds = (double)count / (head[22] * RATE);
	return count ? sqrt(sum / (double)count) / 32768 : 0;
}

/* What was played can be heard, both tracks of it, in one file. */
static void pcm_holds_what_was_heard(void **state)
{
	struct player *player = open_player("pcm");
	struct track one = track(1, "one.wav");
	struct player_event event;
	double seconds, rms;

	(void)state;
	assert_int_equal(player_volume(player, 100), STATUS_OK);
	/* the end may come before mpv tells the length: the catalog has it */
	one.length_s = 1;
	assert_int_equal(player_play(player, &one), STATUS_OK);
	queue(player, 2, "other-rate.wav");
	expect(player, PLAYER_STARTED, 1);
	event = expect(player, PLAYER_ENDED, 1);
	assert_near(event.heard_s, 1, 0.05);
	expect(player, PLAYER_STARTED, 2);
	expect(player, PLAYER_ENDED, 2);
	expect(player, PLAYER_IDLE, 0);
	player_close(player);
	rms = rms_of_output(&seconds);
	/* a sine of half scale: .5 / sqrt 2 */
	assert_near(rms, 0.354, 0.03);
	assert_near(seconds, 1.4, 0.05);
}

static double loudness(int volume, bool muted)
{
	struct player *player = open_player("pcm");
	double seconds;

	player_volume(player, volume);
	player_mute(player, muted);
	play(player, 1, "one.wav");
	expect(player, PLAYER_STARTED, 1);
	expect(player, PLAYER_ENDED, 1);
	expect(player, PLAYER_IDLE, 0);
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
		play(player, 1, "short.wav");
		expect(player, PLAYER_STARTED, 1);
		event = expect(player, PLAYER_FAILED, 1);
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
	play(player, 1, "short.wav");
	expect(player, PLAYER_STARTED, 1);
	event = expect(player, PLAYER_ENDED, 1);
	assert_int_equal(event.track.id, 1);
	player_close(player);
}

static void closes_at_any_moment(void **state)
{
	(void)state;
	player_close(NULL);
	player_close(open_player("null"));
	for (int i = 0; i < 3; i++) {
		struct player *player = open_player("null");
		struct player_event event;

		play(player, 1, "long.wav");
		queue(player, 2, "long.wav");
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
		cmocka_unit_test(queue_follows_in_order),
		cmocka_unit_test(queue_plays_at_once_when_idle),
		cmocka_unit_test(queue_is_replaced_without_a_cut),
		cmocka_unit_test(no_haste_hides_what_plays),
		cmocka_unit_test(play_cuts_and_drops_the_queue),
		cmocka_unit_test(stop_stops),
		cmocka_unit_test(stop_before_it_begins_is_idle_once),
		cmocka_unit_test(pause_freezes_and_is_quiet),
		cmocka_unit_test(seeks_count_as_not_heard),
		cmocka_unit_test(what_keys_set_is_known_at_once),
		cmocka_unit_test(bad_files_are_skipped),
		cmocka_unit_test(files_cannot_name_others),
		cmocka_unit_test(addresses_are_refused),
		cmocka_unit_test(a_file_address_is_decoded),
		cmocka_unit_test(pcm_holds_what_was_heard),
		cmocka_unit_test(sound_is_as_loud_as_was_said),
		cmocka_unit_test(a_deaf_device_is_told_apart),
		cmocka_unit_test(opens_on_another_thread),
		cmocka_unit_test(closes_at_any_moment),
	};

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	return cmocka_run_group_tests(tests, make_tones, remove_tones);
}
