/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * player: plays tracks through libmpv and says where it is. After player_open
 * everything is asynchronous: no call waits for mpv. One thread only; it may
 * be opened on another (opening.h).
 */
#ifndef MIEN_PLAYER_PLAYER_H
#define MIEN_PLAYER_PLAYER_H

#include "base/status.h"
#include "catalog/folders.h"
#include "catalog/track.h"

#include <stdbool.h>

#define PLAYER_VOLUME_MAX 130

struct player_opts {
	const char *ao;      /* mpv's --ao, NULL: mpv chooses */
	const char *ao_file; /* for ao=pcm: the file to write, NULL otherwise */
	int volume;          /* 0..PLAYER_VOLUME_MAX percent */
	bool ytdl;           /* let mpv call yt-dlp for web pages */
	bool offline;        /* the network was given up */
	/* files elsewhere are refused; NULL: none. Outlives the player */
	const struct folders *folders;
	/* the same, of those that the sandbox lets be read; NULL: all */
	const struct folders *opened;
};

enum player_event_kind {
	PLAYER_STARTED, /* track is heard now */
	PLAYER_ENDED,   /* track came to its end */
	PLAYER_STOPPED, /* track was replaced or stopped by a command */
	PLAYER_FAILED,  /* track would not play and was skipped: see fault */
	PLAYER_FOUND, /* track was searched for: track.uri is what was found */
	PLAYER_IDLE   /* nothing is left to play */
};

/*
 * Of one track: STARTED, then one of ENDED, STOPPED or FAILED; or FAILED or
 * STOPPED alone. FOUND comes behind STARTED. A queued track that is replaced
 * before it starts gives none. The fault of FAILED is STATUS_UNSUPPORTED where
 * the sound device would not open: then the next track will not do better.
 */
struct player_event {
	enum player_event_kind kind;
	struct track track; /* id 0 where none */
	double heard_s;     /* of ENDED, STOPPED, FAILED: seconds played */
	struct fault fault;
};

/* A snapshot by value, kept up to date by player_next_event. */
struct player_state {
	bool active; /* a track is loaded */
	bool paused, muted, buffering;
	double position_s, length_s; /* length 0: unknown */
	int volume;                  /* percent */
	char codec[32];              /* "opus 96k" or "" */
	char output[32]; /* mpv's name: "alsa"; "" before one is open */
	/* no sound device opens; it plays on all the same, and each track
	 * looks for one again */
	bool unheard;
	struct track track; /* all zero when not active */
};

struct player;

/* "2.1": of libmpv's interface, once a player was opened; else "". */
void player_version(char *out, size_t size);

/*
 * setlocale(LC_NUMERIC, "C") must be in force. Loads libmpv, some 60 ms
 * of work, and waits for mpv, some 10 ms.
 */
enum status player_open(struct player **out, const struct player_opts *opts,
			struct fault *fault);
void player_close(struct player *player); /* NULL is allowed */

/* An eventfd, readable while mpv has something to say. */
int player_fd(const struct player *player);

/*
 * One event, or false when there is none left: call until false, which also
 * quiets the eventfd.
 */
bool player_next_event(struct player *player, struct player_event *out);
void player_state(const struct player *player, struct player_state *out);

/*
 * Whether an address would be taken by player_play; fault (may be NULL) says
 * why not and what would help.
 */
bool player_accepts(const struct player *player, const char *uri,
		    struct fault *fault);

/*
 * Cuts what plays, drops what is queued, ends a pause. A track whose address
 * is refused (player/gate.h) changes nothing and comes back as PLAYER_FAILED,
 * from player_queue too. Returns STATUS_FAILED or STATUS_NO_MEMORY when mpv
 * took no command.
 */
enum status player_play(struct player *player, const struct track *track);

/*
 * Plays after the current one, gapless, or now if nothing plays; replaces what
 * was queued before and never cuts what plays.
 */
enum status player_queue(struct player *player, const struct track *track);

enum status player_stop(struct player *player); /* and drops the queue */
enum status player_pause(struct player *player, bool paused);
enum status player_seek(struct player *player, double seconds); /* relative */
enum status player_seek_to(struct player *player, double seconds);
enum status player_volume(struct player *player, int percent); /* clamped */
enum status player_mute(struct player *player, bool muted);

#endif
