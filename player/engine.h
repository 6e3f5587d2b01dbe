/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine: an mpv handle set up the way the player wants it, and asynchronous
 * commands. Knows nothing of tracks. Private to player/.
 */
#ifndef MIEN_PLAYER_ENGINE_H
#define MIEN_PLAYER_ENGINE_H

#include "player/libmpv.h"
#include "player/player.h"

/* A handle with our options, started; its properties are observed. */
enum status engine_start(mpv_handle **out, const struct player_opts *opts,
			 struct fault *fault);

/* Sends a command of words, NULL-terminated; its reply carries ticket. */
enum status engine_do(mpv_handle *mpv, uint64_t ticket, const char *word, ...)
	__attribute__((sentinel));

/*
 * Sends loadfile for target (from uri_check); the reply's result holds the
 * playlist entry's id. from_web lets what it names be followed (a station's
 * playlist, HLS); a local file may never make mpv open anything else.
 */
enum status engine_load(mpv_handle *mpv, uint64_t ticket, const char *target,
			bool replace, bool from_web);

/* The entry's id in the result of engine_load's reply, 0 if there is none. */
int64_t engine_entry_id(const mpv_node *result);

enum status engine_set_flag(mpv_handle *mpv, const char *name, bool value);
enum status engine_set_number(mpv_handle *mpv, const char *name, double value);

#endif
