/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_inner: what session.c (moods, and what the screen is told),
 * session_songs.c (what comes next, and keys) and session_heard.c (what the
 * player says) share; nobody else's.
 */
#ifndef MIEN_TUI_SESSION_INNER_H
#define MIEN_TUI_SESSION_INNER_H

#include "tui/queue.h"
#include "tui/session.h"

#define MOST_FAILURES 8 /* in a row, then it waits for a person */

struct session {
	struct catalog *catalog;
	struct picker *picker;
	struct folders *folders;
	struct player *player;
	bool awaits_player; /* it is being opened */
	int64_t now_ns, now_s, tracks;
	struct mood_tracker mood;
	enum policy policy;
	struct messages messages;
	struct trail trail;

	struct queue queue;
	struct track current; /* heard now; id 0: none */
	struct track coming;  /* asked for by player_play, not heard yet */
	struct past past;
	bool going_back; /* the coming one is from the past */
	bool skipped;    /* the current one is left by hand */
	bool stepping;   /* the coming one is whichever is next */
	int failures;
	struct fault left_out; /* why songs may not be picked; status 0: none */
	bool unheard;          /* no sound device: it was said */
};

/* The player holds the first of the queue ready, so that it follows without
 * a gap. */
void session_prepare_next(struct session *s);

/* Another mood or policy: what was chosen for the old one is given back. The
 * song that plays goes on to its end. */
void session_choose_anew(struct session *s);

/* Cuts what plays, by the first of the queue; false where it stays empty. */
bool session_start_next(struct session *s);

/* Nothing can be chosen: why not, where songs are there. */
void session_say_nothing(struct session *s, const char *otherwise);

/* A song is not to come again next. */
void session_leave_out(struct session *s, int64_t id);

/* Into the catalog's history, where it has the song. */
void session_note(struct session *s, int64_t id, enum catalog_event event,
		  double heard_s);

#endif
