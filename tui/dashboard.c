/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dashboard: opens the parts, the screen first, and closes them, the screen
 * first too. What cannot be opened is told of; the rest goes on without.
 */
#include "tui/dash.h"

#include "base/clock.h"
#include "base/paths.h"
#include "tui/commands.h"
#include "tui/library.h"
#include "tui/lock.h"
#include "tui/places.h"
#include "tui/say.h"
#include "tui/sound.h"
#include "tui/start.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __SANITIZE_THREAD__ /* many times slower */
#define CLOSE_SECONDS 60
#else
#define CLOSE_SECONDS 5
#endif
#define LARGE_BYTES (1 << 20)

/* ---- opening ------------------------------------------------------------ */

/* A part that cannot be opened is told of; the dashboard goes on without. */
static void tell_fault(struct dashboard *d, const char *what,
		       const struct fault *fault)
{
	char sentence[700];

	session_say(d->session, LOG_ERROR, "%s: %s", what,
		    fault_sentence(fault, sentence, sizeof(sentence)));
}

/* Without its file the log is kept in memory, for its view. */
static void open_log(struct dashboard *d)
{
	const char *path = d->config->log.file;
	enum log_level least;
	struct fault fault;
	char file[4096];

	if (log_level_from_name(d->config->log.level, &least))
		log_set_least(least);
	if (!path[0])
		path = paths_user(PATHS_STATE, "mien.log", file, sizeof(file))
			       ? NULL
			       : file;
	if (log_open(path, &fault)) {
		log_open(NULL, NULL);
		tell_fault(d, "No log file", &fault);
	}
}

static enum status open_terminal(struct dashboard *d, struct fault *fault)
{
	struct terminal_opts opts = {
		.color = d->config->screen.color,
		.show_cursor = d->config->screen.show_cursor,
	};

	if (!caps_preview_from_name(d->config->screen.preview, &opts.has_wish,
				    &opts.wish)) {
		fault_set(fault, STATUS_BAD_ARGUMENT, d->config->screen.preview,
			  "there is no such preview mode");
		fault_hint(fault, "use auto, half, ascii or off");
		return STATUS_BAD_ARGUMENT;
	}
	return terminal_open(&d->terminal, &opts, fault);
}

static int64_t ns_of(double seconds)
{
	return (int64_t)(seconds * (double)CLOCK_NS_PER_S);
}

static enum status open_session(struct dashboard *d)
{
	struct session_opts opts = {
		.mood = {.into_ns = ns_of(d->config->mood.into_s),
			 .neutral_ns = ns_of(d->config->mood.neutral_s),
			 .min_margin = (float)d->config->mood.min_margin,
			 .together = !strcmp(d->config->mood.faces, "all")},
		.queue = d->config->music.queue,
		.folders = &d->folders,
		.now_ns = clock_monotonic_ns(),
		.now_s = clock_wall_s(),
	};

	opts.manual = emotion_from_name(d->config->mood.mode, &opts.emotion);
	if (!policy_from_name(d->config->music.policy, &opts.policy))
		opts.policy = POLICY_MATCH;
	return session_new(&d->session, &opts);
}

static void open_catalog(struct dashboard *d)
{
	uint64_t seed = d->options->has_seed ? d->options->seed
					     : (uint64_t)clock_monotonic_ns();
	struct fault fault;

	if (library_open(&d->catalog, d->config, &fault)) {
		tell_fault(d, "No catalog", &fault);
		return;
	}
	if (picker_new(&d->picker, d->catalog, seed))
		session_say(d->session, LOG_ERROR, "No songs: %s.",
			    status_text(STATUS_NO_MEMORY));
}

/* Before the first thread: they inherit it. What cannot be given up is told
 * of, and kept. */
static void lock_up(struct dashboard *d)
{
	struct sandbox_report report;
	struct fault fault;
	char sentence[256], folder[4096];
	bool web = false;

	if (d->catalog && (folders_read(&d->opened, d->catalog) ||
			   catalog_has_web(d->catalog, &web)))
		session_say(d->session, LOG_ERROR,
			    "The catalog could not be asked where music lies.");
	/* later it could not be made */
	if (!paths_user(PATHS_DATA, "", folder, sizeof(folder)))
		paths_make_parents(folder, NULL);
	if (lock_enter(d->config, &d->opened, web, &report, &fault))
		tell_fault(d, "Not locked", &fault);
	d->offline = !report.network;
	d->locked = report.landlock > 0;
	if (d->catalog)
		folders_follow(&d->folders, d->catalog);
	lock_sentence(&report, sentence, sizeof(sentence));
	log_write(LOG_INFO, "Locked: %s.", sentence);
}

/* The music begins when it is open: dashboard_player_came. */
static void open_player(struct dashboard *d)
{
	struct player_opts opts;

	sound_opts(d->config, &opts);
	opts.folders = &d->folders;
	opts.opened = d->locked ? &d->opened : NULL;
	opts.offline = d->offline;
	if (opening_begin(&d->opening, &opts))
		session_say(d->session, LOG_ERROR,
			    "No sound: no thread for it.");
	else
		session_await_player(d->session);
}

void dashboard_player_came(struct dashboard *d)
{
	struct opening *opening = d->opening;
	struct fault fault;

	d->opening = NULL;
	d->dirty = true;
	if (opening_end(opening, &d->player, &fault))
		tell_fault(d, "No sound", &fault);
	else
		start_log("sound ready");
	session_player_came(d->session, d->player);
	session_begin(d->session);
}

static void open_camera(struct dashboard *d)
{
	const struct config *c = d->config;
	struct capture_opts opts = {
		.spec = c->camera.source,
		.width = c->camera.width,
		.height = c->camera.height,
		.rate = c->camera.rate,
		.loop = c->camera.loop,
		.seed = d->options->has_seed ? d->options->seed : 0,
		.max_frames = d->options->frames,
	};
	struct fault fault;

	if (capture_open(&d->capture, &opts, &fault))
		tell_fault(d, "No camera", &fault);
}

static void open_model(struct dashboard *d)
{
	char folder[4096];
	struct reader_opts opts = {
		.folder = folder,
		.max_faces = d->config->model.max_faces,
		.smooth_ns = ns_of(d->config->model.smooth_s),
	};
	struct fault fault = {.status = STATUS_NO_MEMORY};
	enum status st = d->capture ? places_model(d->config, folder,
						   sizeof(folder), &fault)
				    : STATUS_NOT_FOUND;

	if (!st)
		st = inference_start(
			&d->inference, &opts,
			capture_mailbox(d->capture, CAPTURE_FOR_MODEL));
	if (!st)
		return;
	d->snap.model = INFERENCE_FAILED;
	fault_sentence(&fault, d->model_fault, sizeof(d->model_fault));
	if (d->capture)
		tell_fault(d, "No model", &fault);
}

/* Corrections that cannot be read are told of, and readings go on without. */
static void open_personal(struct dashboard *d)
{
	struct fault fault;

	if (!d->inference)
		return;
	if (corrections_open(&d->corrections, d->config, &fault))
		tell_fault(d, "No corrections", &fault);
	act_personal(d);
}

/* ---- from the first screen to the last ---------------------------------- */

/* Whatever is shown later, it has a canvas. */
static enum status lay_out(struct dashboard *d, struct fault *fault)
{
	if (loop_lay_out(d))
		return fault_set(fault, STATUS_NO_MEMORY, NULL,
				 "not enough memory for the screen");
	return STATUS_OK;
}

static void fill_snapshot(struct dashboard *d)
{
	const struct caps *caps = terminal_caps(d->terminal);

	d->canvas.glyphs = caps->glyphs;
	d->snap.keys = &d->keys;
	d->snap.found = &d->found;
	d->snap.log_lines = d->log_lines;
	d->snap.preview = &d->preview;
	d->snap.model_fault = d->model_fault;
	d->snap.mirror = d->config->camera.mirror;
	d->snap.together = !strcmp(d->config->mood.faces, "all");
	d->snap.ui.preview = caps->preview;
	d->snap.camera_on = true;
	session_fill(d->session, &d->snap);
	preview_clear(&d->preview);
	pace_init(&d->pace, d->config->screen.rate);
}

static enum status begin(struct dashboard *d, struct fault *fault)
{
	enum status st;

	keys_defaults(&d->keys);
	st = keys_configure(&d->keys, d->config, fault);
	if (!st)
		st = open_session(d);
	if (!st) {
		open_log(d);
		st = wakeups_new(&d->wakeups);
	}
	if (st && st != STATUS_BAD_DATA)
		fault_set(fault, st, NULL, "%s", status_text(st));
	if (!st)
		st = open_terminal(d, fault);
	if (st)
		return st;
	fill_snapshot(d);
	return lay_out(d, fault);
}

/* The screen stands before anything slow begins. */
static void open_parts(struct dashboard *d)
{
	d->snap.starting = true;
	loop_draw(d);
	start_log("first screen");
	d->snap.starting = false;
	open_catalog(d);
	lock_up(d);
	open_camera(d);
	open_model(d);
	open_personal(d);
	open_player(d);
	session_connect(d->session, d->catalog, d->picker, NULL);
	if (!d->opening)
		session_begin(d->session);
}

static int late_fd; /* standard error, for on_late alone */

static void on_late(int signal)
{
	static const char text[] =
		"mien: a part did not close in time, and was left.\n";
	ssize_t n = write(late_fd, text, sizeof(text) - 1);

	(void)n;
	(void)signal;
	_exit(0);
}

/* The person has the terminal back before the parts are closed, which a
 * device or a network may hold up: Ctrl-C again, or time, then ends it. */
static void end(struct dashboard *d)
{
	late_fd = terminal_leave(d->terminal);
	wakeups_free(d->wakeups);
	signal(SIGALRM, on_late);
	alarm(CLOSE_SECONDS);
	if (d->opening)
		opening_end(d->opening, &d->player, NULL);
	player_close(d->player);
	inference_stop(d->inference);
	capture_close(d->capture);
	session_free(d->session);
	picker_free(d->picker);
	catalog_close(d->catalog);
	folders_done(&d->folders);
	folders_done(&d->opened);
	canvas_done(&d->canvas);
	terminal_close(d->terminal);
	log_close();
	alarm(0);
}

/*
 * A song's buffers (mpv takes 10 MB) are given back when it ends. Left to
 * itself, the C library learns from the first that is freed to keep such ones,
 * one for each of mpv's threads that ever had it.
 */
static void keep_memory_small(void)
{
	mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
}

int dashboard_main(const struct options *options, const struct config *config)
{
	struct dashboard *d = calloc(1, sizeof(*d));
	struct fault fault = {.status = STATUS_NO_MEMORY};
	int signal;

	if (!d)
		return say_fault(&fault);
	keep_memory_small();
	d->options = options;
	d->config = config;
	if (begin(d, &fault)) {
		end(d);
		free(d);
		return say_fault(&fault);
	}
	open_parts(d);
	loop_run(d);
	signal = d->signal;
	end(d);
	free(d);
	return signal ? 128 + signal : 0;
}
