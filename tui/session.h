/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session: the main line: readings become a mood, a mood becomes songs, and a
 * hand on the keys comes before both. Knows no screen and no camera, and
 * reads no clock: session_clock hands the time in.
 */
#ifndef MIEN_TUI_SESSION_H
#define MIEN_TUI_SESSION_H

#include "catalog/folders.h"
#include "tui/snapshot.h"

struct session;

struct session_opts {
	struct mood_opts mood;
	bool manual; /* begin with an emotion set by hand */
	enum emotion emotion;
	enum policy policy;
	int queue; /* songs chosen ahead, 1..SNAPSHOT_QUEUE */
	int64_t now_ns, now_s;
	/* the player's; they follow the catalog (NULL: they do not). The
	 * caller's, for as long as the session */
	struct folders *folders;
};

enum status session_new(struct session **out, const struct session_opts *opts);
void session_free(struct session *session); /* NULL is allowed */

/* What the time is, for all that follows. */
void session_clock(struct session *session, int64_t now_ns, int64_t now_s);

/*
 * The catalog and its picker, and the player, once they stand; any may be
 * NULL: the session goes on without. They stay the caller's and must outlive
 * the session. session_begin then plays the first song.
 */
void session_connect(struct session *session, struct catalog *catalog,
		     struct picker *picker, struct player *player);
void session_begin(struct session *session);

/*
 * Between session_connect without a player and session_begin: it is on its
 * way; it is here, or NULL as it will not come.
 */
void session_await_player(struct session *session);
void session_player_came(struct session *session, struct player *player);

/* A sentence for the message line and the log. */
void session_say(struct session *session, enum log_level level,
		 const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same for the message line alone: who knows it logged it. */
void session_show(struct session *session, enum log_level level,
		  const char *text);

/* Takes a reading in; a changed mood changes what comes next. */
void session_reading(struct session *session, const struct reading *reading);

/* Hears the player out; call when its descriptor is readable. */
void session_player(struct session *session);

/* By hand. */
void session_set_mood(struct session *session, enum emotion emotion);
void session_auto(struct session *session);
void session_feel(struct session *session, const char *text);
void session_next_policy(struct session *session);
void session_pause(struct session *session);
void session_next(struct session *session);
void session_previous(struct session *session);
void session_seek(struct session *session, double seconds);
void session_volume(struct session *session, int more);
void session_mute(struct session *session);
void session_like(struct session *session);
void session_play(struct session *session, const struct track *track);
void session_play_queued(struct session *session, int index);
void session_remove_queued(struct session *session, int index);

/* Fills the session's part of the snapshot. */
void session_fill(const struct session *session, struct snapshot *out);

#endif
