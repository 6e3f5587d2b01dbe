/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tones: a folder of tones as WAV files, a player for them over the real
 * libmpv, and what it says, for the player's tests.
 */
#ifndef MIEN_TESTS_TONES_H
#define MIEN_TESTS_TONES_H

#include "tests/unit/unit.h"

#include "player/player.h"

#include <math.h>

#define TONES_RATE 8000 /* but that of other-rate.wav */

/* Group fixtures: short.wav (0.8 s), one.wav (1 s), long.wav (30 s),
 * other-rate.wav (0.4 s at 44,100), text.mp3, list.m3u; out.wav goes, too. */
int tones_make(void **state);
int tones_remove(void **state);

extern char tones_folder[];
const char *tones_path(const char *name); /* in it; static */

/* name: one of the folder, or an address. */
struct track tones_track(int id, const char *name);

/* At volume 80; ao "pcm" writes out.wav. */
struct player *tones_player(const char *ao);
void tones_play(struct player *player, int id, const char *name);
void tones_queue(struct player *player, int id, const char *name);

/* Waits by the eventfd alone, as the dashboard does. */
bool tones_next(struct player *player, struct player_event *event,
		double seconds);

/* The next event, which must be this one. */
struct player_event tones_expect(struct player *player,
				 enum player_event_kind kind, int id);

/* Handles mpv's news for a while; nothing may happen to tracks. */
struct player_state tones_settle(struct player *player, double seconds);

#define assert_near(a, b, tolerance)                                  \
	do {                                                          \
		if (fabs((a) - (b)) > (tolerance))                    \
			fail_msg("%s is %g, not %g", #a, (double)(a), \
				 (double)(b));                        \
	} while (0)

#endif
