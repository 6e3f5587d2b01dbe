/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snapshot: all that the screen shows, gathered by the main thread before it
 * draws. Views read it and change nothing.
 */
#ifndef MIEN_TUI_SNAPSHOT_H
#define MIEN_TUI_SNAPSHOT_H

#include "capture/capture.h"
#include "catalog/credits.h"
#include "catalog/picker.h"
#include "model/inference.h"
#include "player/player.h"
#include "tui/caps.h"
#include "tui/keys.h"
#include "tui/messages.h"
#include "tui/preview.h"
#include "tui/trail.h"

#define SNAPSHOT_QUEUE 16
#define SNAPSHOT_FOUND 200

enum focus { FOCUS_NONE, FOCUS_QUEUE, FOCUS_EVENTS, FOCUS_COUNT };

enum overlay {
	OVERLAY_NONE,
	OVERLAY_HELP,
	OVERLAY_SEARCH,
	OVERLAY_LOG,
	OVERLAY_FEEL,
	OVERLAY_CORRECT
};

/* A line that a person types, UTF-8. */
struct line {
	char text[160];
};

/* Where the person is: what of the screen is on top, and what is chosen. */
struct ui {
	enum focus focus;
	enum overlay overlay;
	bool full_screen;
	int chosen;       /* in the queue or in what was found */
	int scroll;       /* lines of help, log or events passed over */
	struct line line; /* of search and feel */
	bool in_list;     /* search: the list has the keys, not the line */
	enum preview_mode preview;
};

/* What a search found; lives beside the snapshot. */
struct found {
	int count;
	struct track tracks[SNAPSHOT_FOUND];
};

/* The musical half, filled by the session. */
struct music {
	bool has_player, has_catalog;
	bool awaits_player; /* it is being opened */
	int64_t tracks;     /* in the catalog */
	struct player_state player;
	bool liked;
	char reason[160]; /* why the song that plays was chosen */
	int queue_count;
	struct track queue[SNAPSHOT_QUEUE];
};

struct snapshot {
	int64_t now_ns; /* CLOCK_MONOTONIC */
	int64_t now_s;  /* since the epoch */
	bool ticking;   /* false: nothing moves, counters would stand still */
	bool starting;  /* camera, model and sound are not asked for yet */
	struct ui ui;
	const struct keys *keys;
	const struct messages *messages;
	const struct trail *trail;
	const struct found *found;
	const char *credits[CREDITS_MAX]; /* of services; read with help */
	int credit_count;
	const char (*log_lines)[LOG_LINE_SIZE]; /* oldest first */
	int log_count;

	bool camera_on; /* wished; the status says what came of it */
	struct capture_status camera;
	const struct preview *preview;
	bool mirror;

	enum inference_state model;
	const char *model_fault; /* a sentence, "" for none */
	bool has_reading;        /* of the running camera, and not old */
	struct reading reading;
	double readings_per_s;
	int corrections;      /* that shape the reading */
	struct face regarded; /* to be corrected, as it was when x was hit */
	bool together;        /* all faces make the mood, not the nearest */

	struct mood mood;
	enum policy policy;
	struct music music;
};

#endif
