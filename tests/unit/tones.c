/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tones: see the header. */
#include "tests/unit/tones.h"

#include "base/clock.h"

#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define RATE TONES_RATE

char tones_folder[] = "/tmp/mien-player-XXXXXX";

static void put32(unsigned char *at, unsigned value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

const char *tones_path(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", tones_folder, name);
	return path;
}

/* A sine of 440 Hz, 16 bit mono, half of full scale. */
static void write_tone(const char *name, double seconds, unsigned rate)
{
	unsigned samples = (unsigned)(seconds * rate);
	unsigned char head[44] = "RIFF....WAVEfmt ....\1\0\1\0";
	FILE *file = fopen(tones_path(name), "wb");

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
	FILE *file = fopen(tones_path(name), "wb");

	assert_non_null(file);
	fputs(bytes, file);
	fclose(file);
}

struct track tones_track(int id, const char *name)
{
	struct track t = {.id = id};

	snprintf(t.title, sizeof(t.title), "tone %d", id);
	snprintf(t.uri, sizeof(t.uri), "%s",
		 strchr(name, ':') ? name : tones_path(name));
	return t;
}

int tones_make(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(tones_folder));
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

int tones_remove(void **state)
{
	static const char *const names[] = {
		"short.wav", "one.wav",  "text.mp3", "other-rate.wav",
		"long.wav",  "list.m3u", "out.wav"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(tones_path(names[i]));
	return rmdir(tones_folder);
}

struct player *tones_player(const char *ao)
{
	const char *file = tones_path("out.wav");
	struct player_opts opts = {.ao = ao, .volume = 80};
	struct player *player = NULL;
	struct fault fault;

	if (!strcmp(ao, "pcm"))
		opts.ao_file = file;
	assert_int_equal(player_open(&player, &opts, &fault), STATUS_OK);
	return player;
}

bool tones_next(struct player *player, struct player_event *event,
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

struct player_event tones_expect(struct player *player,
				 enum player_event_kind kind, int id)
{
	struct player_event event;

	if (!tones_next(player, &event, 10))
		fail_msg("no event in 10 s; wanted %d of track %d", kind, id);
	if (event.kind != kind || event.track.id != id)
		print_error("got %d of %d (%s), wanted %d of %d\n", event.kind,
			    (int)event.track.id, event.fault.detail, kind, id);
	assert_int_equal(event.kind, kind);
	assert_int_equal(event.track.id, id);
	return event;
}

struct player_state tones_settle(struct player *player, double seconds)
{
	struct player_state state;
	struct player_event event;

	assert_false(tones_next(player, &event, seconds));
	player_state(player, &state);
	return state;
}

void tones_play(struct player *player, int id, const char *name)
{
	struct track t = tones_track(id, name);

	assert_int_equal(player_play(player, &t), STATUS_OK);
}

void tones_queue(struct player *player, int id, const char *name)
{
	struct track t = tones_track(id, name);

	assert_int_equal(player_queue(player, &t), STATUS_OK);
}
