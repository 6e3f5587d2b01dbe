/* SPDX-License-Identifier: GPL-3.0-or-later */
/* queue: the songs that come next, chosen ahead, and those that were. */
#ifndef MIEN_TUI_QUEUE_H
#define MIEN_TUI_QUEUE_H

#include "tui/snapshot.h"

struct picker;

struct queue {
	struct track at[SNAPSHOT_QUEUE]; /* the first comes next */
	int count;
	int wanted; /* how many queue_fill makes them */
};

/* The place of a track, or -1. */
int queue_find(const struct queue *queue, int64_t id);

/* Takes the one at index out; the picker will not choose it again soon. */
void queue_drop(struct queue *queue, int index);

/* Gives all of them back to the picker (NULL: forgets them). */
void queue_give_back(struct queue *queue, struct picker *picker);

/*
 * Chooses until as many as wanted are there, or no song is left, which is
 * STATUS_OK, too; otherwise what the catalog answered.
 */
enum status queue_fill(struct queue *queue, struct picker *picker,
		       const struct mood *mood, enum policy policy,
		       int64_t now_s);

#define PAST_KEPT 32

struct past {
	struct track at[PAST_KEPT]; /* the last played is the last */
	int count;
};

/* Forgets the oldest for it where there are PAST_KEPT. */
void past_add(struct past *past, const struct track *track);

#endif
