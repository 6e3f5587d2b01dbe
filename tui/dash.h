/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dash: what the files of the dashboard share; nobody else includes it. */
#ifndef MIEN_TUI_DASH_H
#define MIEN_TUI_DASH_H

#include "catalog/folders.h"
#include "player/opening.h"
#include "tui/corrections.h"
#include "tui/input.h"
#include "tui/options.h"
#include "tui/pace.h"
#include "tui/session.h"
#include "tui/terminal.h"
#include "tui/views.h"
#include "tui/wakeups.h"

struct dashboard {
	const struct options *options;
	const struct config *config;
	struct keys keys;
	struct terminal *terminal;
	struct wakeups *wakeups;
	struct catalog *catalog;
	struct folders folders; /* where music may lie */
	struct folders opened;  /* and did at the start */
	bool locked;            /* to these, for good */
	bool offline;           /* the network was given up */
	struct picker *picker;
	struct opening *opening; /* of the player; NULL: done */
	struct player *player;
	struct session *session;
	struct capture *capture;
	struct inference *inference;

	struct canvas canvas;
	struct layout layout;
	struct preview preview;
	struct snapshot snap;
	struct found found;
	struct corrections corrections;
	char log_lines[LOG_RING_LINES][LOG_LINE_SIZE];
	char model_fault[512];
	struct pace pace;    /* of drawing */
	int64_t reading_ns;  /* when the newest was taken */
	int64_t captured_ns; /* the picture that is to be drawn; 0: none */
	int64_t status_ns;   /* when the camera's rate was last asked for */
	bool camera_changed; /* its state, met while asking for the rate */
	bool dirty;          /* what is shown is not what is */
	bool quit;
	int signal; /* that ended it, 0: a key */
};

/* dashboard.c: the player is open, or will not be. */
void dashboard_player_came(struct dashboard *d);

/* act.c: from the next frame on, readings are as the corrections have it. */
void act_personal(struct dashboard *d);

/* act.c: takes the keys that wait and does what they say. */
void act_keys(struct dashboard *d);

/* loop.c: until d->quit. loop_lay_out: after a change of the screen's size,
 * or of what stands on it; STATUS_NO_MEMORY: it is as it was. */
void loop_run(struct dashboard *d);
enum status loop_lay_out(struct dashboard *d);
void loop_draw(struct dashboard *d);
const struct face *loop_lead_face(const struct dashboard *d); /* or NULL */
struct input_view loop_input_view(const struct dashboard *d);

#endif
