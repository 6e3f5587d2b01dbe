/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * inner: what player.c (commands out) and heard.c (mpv's events in) share;
 * nobody else's.
 */
#ifndef MIEN_PLAYER_INNER_H
#define MIEN_PLAYER_INNER_H

#include "player/engine.h"
#include "player/gate.h"
#include "player/player.h"
#include "player/slots.h"

#define OUTBOX 16
/* Of the command that stops; those that load count up from 1. */
#define STOP_TICKET UINT64_MAX

struct player {
	mpv_handle *mpv;
	int fd;
	bool untimed;
	struct gate gate;
	bool any_output; /* which one was left to mpv */
	uint64_t last_ticket;
	struct slot slots[SLOTS];
	unsigned loading; /* loads that mpv has not answered */
	/* what comes next, ticket 0: nothing; sent when all are answered, so
	 * that no haste of keys makes more of them than there are slots */
	struct slot waiting;
	struct slot current; /* a copy; ticket 0: none */
	bool started;        /* STARTED was said of current */
	bool idle_said;      /* since something was last asked for */
	/* heard seconds of current: positions added up, seeks left out */
	double heard_s, last_s;
	bool have_last;
	int64_t last_ns;
	char path[URI_SIZE]; /* what mpv plays for current, "" once said */
	char log_line[160];  /* mpv's first complaint since a file opened */
	struct player_state state;
	char codec[24];
	unsigned short kbits;
	struct player_event outbox[OUTBOX];
	unsigned out_first, out_count;
};

/* An event for the outbox, to be filled in; track may be NULL. */
struct player_event *player_push(struct player *player,
				 enum player_event_kind kind,
				 const struct track *track);

/* PLAYER_IDLE, once, where nothing plays and nothing was asked for. */
void player_say_idle_if_so(struct player *player);

/* player_play (replace) and player_queue, but for a pause. */
enum status player_load(struct player *player, const struct track *track,
			bool replace);

/* One event of mpv: into state and outbox, at most HEARD_MOST of them. */
#define HEARD_MOST 4
void player_heard(struct player *player, const mpv_event *event);

/* Puts mpv's complaint to the failure in the outbox that it belongs to. */
void player_add_causes(struct player *player);

#endif
