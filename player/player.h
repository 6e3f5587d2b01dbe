/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * player: plays tracks through libmpv and says where it is. Everything is
 * asynchronous: no call waits for mpv. Main thread only.
 */
#ifndef MIEN_PLAYER_PLAYER_H
#define MIEN_PLAYER_PLAYER_H

#include "base/status.h"
#include "catalog/track.h"

#include <stdbool.h>

struct player_opts {
	const char *ao;	     /* mpv's --ao, NULL: mpv chooses */
	const char *ao_file; /* for ao=pcm: the file to write, NULL otherwise */
	int volume;	     /* 0..130 percent */
	bool ytdl;	     /* let mpv call yt-dlp for web pages */
};

enum player_event_kind {
	PLAYER_STARTED, /* track is heard now */
	PLAYER_ENDED,	/* track came to its end */
	PLAYER_STOPPED, /* track was replaced or stopped by a command */
	PLAYER_FAILED,	/* track would not play: see fault */
	PLAYER_IDLE	/* nothing is left to play */
};

struct player_event {
	enum player_event_kind kind;
	struct track track; /* id 0 where none */
	double heard_s;
	struct fault fault;
};

/* A snapshot by value, kept up to date by player_next_event. */
struct player_state {
	bool active; /* a track is loaded */
	bool paused, muted, buffering;
	double position_s, length_s; /* length 0: unknown */
	int volume;		     /* percent */
	char codec[32];		     /* "opus 96k" or "" */
	struct track track;
};

struct player;

/* setlocale(LC_NUMERIC, "C") must be in force. */
enum status player_open(struct player **out, const struct player_opts *opts,
			struct fault *fault);
void player_close(struct player *player); /* NULL is allowed */

/* An eventfd, readable while mpv has something to say. */
int player_fd(const struct player *player);

/* One event, or false when there is none left: call until false. */
bool player_next_event(struct player *player, struct player_event *out);
void player_state(const struct player *player, struct player_state *out);

/* Cuts what plays. */
enum status player_play(struct player *player, const struct track *track);

/* Plays after the current one, gapless; replaces what was queued before. */
enum status player_queue(struct player *player, const struct track *track);

enum status player_stop(struct player *player);
enum status player_pause(struct player *player, bool paused);
enum status player_seek(struct player *player, double seconds); /* relative */
enum status player_seek_to(struct player *player, double seconds);
enum status player_volume(struct player *player, int percent);
enum status player_mute(struct player *player, bool muted);

#endif
