/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loop: one poll() for keys, signals, the camera, the model and the player.
 * Keys are taken before anything is drawn; with nothing moving there is no
 * timer.
 */
#include "base/clock.h"
#include "tui/dash.h"
#include "tui/start.h"

#include <poll.h>
#include <signal.h>

#define READING_OLD_NS (2 * CLOCK_NS_PER_S) /* no face any more */

/* ---- drawing ------------------------------------------------------------ */

static bool preview_is_shown(const struct dashboard *d)
{
	return d->capture && d->snap.camera_on &&
	       !rect_is_empty(d->layout.camera) &&
	       d->snap.ui.preview != PREVIEW_OFF;
}

const struct face *loop_lead_face(const struct dashboard *d)
{
	const struct reading *r = &d->snap.reading;

	if (!d->snap.has_reading || r->lead < 0 || r->lead >= r->face_count)
		return NULL;
	return &r->faces[r->lead];
}

struct input_view loop_input_view(const struct dashboard *d)
{
	int events = messages_count(d->snap.messages);

	return (struct input_view){
		.keys = &d->keys,
		.layout = &d->layout,
		.queued = d->snap.music.queue_count,
		.found = d->found.count,
		.events = events,
		.log_lines = d->snap.log_count,
		.help_lines = 1 + view_help_hidden(d->canvas.rows,
						   d->canvas.cols, &d->snap),
		.face = loop_lead_face(d) != NULL,
		.page = d->layout.rows > 6 ? d->layout.rows - 6 : 1,
	};
}

enum status loop_lay_out(struct dashboard *d)
{
	struct rect inside;
	int rows, cols;

	terminal_size(d->terminal, &rows, &cols);
	if (rows != d->canvas.rows || cols != d->canvas.cols) {
		enum status st = canvas_resize(&d->canvas, rows, cols);

		if (st)
			return st;
		terminal_forget(d->terminal);
	}
	d->layout = layout_compute(rows, cols, d->snap.ui.full_screen);
	inside = rect_inside(d->layout.camera);
	preview_resize(&d->preview, inside.cols, inside.rows,
		       d->snap.ui.preview == PREVIEW_HALF);
	d->dirty = true;
	return STATUS_OK;
}

/* The rate moves without the camera's descriptor telling. A change of state
 * that is met here is left for see_camera to tell. */
static void refresh_rate(struct dashboard *d, int64_t now)
{
	struct capture_status c;

	d->status_ns = now;
	capture_status(d->capture, &c);
	if (c.state == d->snap.camera.state &&
	    c.troubles == d->snap.camera.troubles)
		d->snap.camera = c;
	else
		d->camera_changed = true;
}

static void gather(struct dashboard *d, int64_t now)
{
	struct snapshot *s = &d->snap;
	struct input_view view;

	s->now_ns = now;
	s->now_s = clock_wall_s();
	session_fill(d->session, s);
	if (s->ui.overlay == OVERLAY_LOG)
		s->log_count = log_recent(d->log_lines, LOG_RING_LINES, NULL);
	if (s->has_reading &&
	    (!s->camera_on || now - d->reading_ns > READING_OLD_NS)) {
		s->has_reading = false;
		s->readings_per_s = 0;
	}
	if (d->capture && now - d->status_ns >= CLOCK_NS_PER_S)
		refresh_rate(d, now);
	s->ticking = (s->camera_on && s->camera.state == CAPTURE_STREAMING) ||
		     (s->music.player.active && !s->music.player.paused);
	view = loop_input_view(d);
	input_settle(&s->ui, &view);
}

void loop_draw(struct dashboard *d)
{
	int64_t begin = clock_monotonic_ns(), end;
	int row = -1, col = 0;

	gather(d, begin);
	view_screen(&d->canvas, &d->layout, &d->snap);
	if (!view_cursor(&d->canvas, &d->snap, &row, &col))
		row = -1;
	d->dirty = !terminal_show(d->terminal, &d->canvas, row, col);
	end = clock_monotonic_ns();
	pace_drawn(&d->pace, begin, end);
	if (d->captured_ns)
		log_write(LOG_DEBUG, "picture: %.3f ms from capture to screen",
			  (double)(end - d->captured_ns) / CLOCK_NS_PER_MS);
	d->captured_ns = 0;
}

/* ---- what arrives ------------------------------------------------------- */

static enum log_level state_level(enum capture_state state)
{
	switch (state) {
	case CAPTURE_FAILED: return LOG_ERROR;
	case CAPTURE_LOST:
	case CAPTURE_STALLED:
	case CAPTURE_BUSY:
	case CAPTURE_SEARCHING: return LOG_WARNING;
	case CAPTURE_CLOSED:
	case CAPTURE_OPENING:
	case CAPTURE_STREAMING:
	case CAPTURE_ENDED: break;
	}
	return LOG_INFO;
}

static void see_camera(struct dashboard *d)
{
	enum capture_state before = d->snap.camera.state;
	uint64_t troubles = d->snap.camera.troubles;
	struct capture_status *c = &d->snap.camera;
	char sentence[512];

	capture_status(d->capture, c);
	d->camera_changed = false;
	d->dirty = true;
	if (c->state == CAPTURE_ENDED && d->options->frames)
		d->quit = true;
	/* What was over before it was looked at; else the state says it. */
	if (c->troubles != troubles && c->state == CAPTURE_STREAMING)
		session_show(d->session, LOG_WARNING, c->trouble);
	else if (c->state == before)
		return;
	if (c->state != CAPTURE_STREAMING && c->state != CAPTURE_ENDED)
		preview_clear(&d->preview);
	view_camera_sentence(c, sentence, sizeof(sentence));
	session_show(d->session, state_level(c->state), sentence);
}

static void see_frame(struct dashboard *d)
{
	struct frame *frame =
		mailbox_take(capture_mailbox(d->capture, CAPTURE_FOR_SCREEN));

	if (!frame)
		return;
	if (preview_is_shown(d)) {
		preview_update(&d->preview, frame, d->snap.mirror);
		d->captured_ns = frame->captured_ns;
		d->dirty = true;
	}
	frame_unref(frame);
}

static void see_model(struct dashboard *d, int64_t now)
{
	enum inference_state state;
	struct reading reading;
	struct fault fault;
	double span;

	d->dirty = true;
	if (inference_take(d->inference, &state, &reading, &fault) &&
	    d->snap.camera_on) {
		span = (double)(now - d->reading_ns) / CLOCK_NS_PER_S;
		if (d->snap.has_reading && span > 0)
			d->snap.readings_per_s +=
				(1 / span - d->snap.readings_per_s) / 8;
		d->reading_ns = now;
		d->snap.has_reading = true;
		d->snap.reading = reading;
		session_reading(d->session, &reading);
	}
	if (state == d->snap.model)
		return;
	d->snap.model = state;
	if (state == INFERENCE_READY) {
		session_say(d->session, LOG_INFO, "The model is ready.");
		start_log("inference ready");
	}
	if (state != INFERENCE_FAILED)
		return;
	fault_sentence(&fault, d->model_fault, sizeof(d->model_fault));
	session_say(d->session, LOG_ERROR, "%s Moods by hand: 1 to 7.",
		    d->model_fault);
}

static void see_signal(struct dashboard *d, int signal)
{
	switch (signal) {
	case SIGWINCH:
		/* back at the size of before, too: what stood there is gone */
		terminal_forget(d->terminal);
		loop_lay_out(d);
		break;
	case SIGTSTP:
		terminal_suspend(d->terminal);
		wakeups_stop(d->wakeups);
		terminal_resume(d->terminal);
		loop_lay_out(d);
		break;
	case SIGCONT:
		terminal_resume(d->terminal);
		loop_lay_out(d);
		break;
	default: d->signal = signal == SIGINT ? 0 : signal; d->quit = true;
	}
}

/* ---- the loop ----------------------------------------------------------- */

enum {
	WAIT_KEYS,
	WAIT_WAKEUPS,
	WAIT_CAMERA,
	WAIT_FRAME,
	WAIT_MODEL,
	WAIT_PLAYER,
	WAIT_OPENING,
	WAIT_SCREEN,
	WAITS
};

/* Not before: what a key changed is drawn at once, all else when the terminal
 * has taken what was drawn before. */
static int64_t slot_ns(const struct dashboard *d, int64_t now)
{
	int64_t at = pace_next(&d->pace);
	int64_t free_ns = at ? terminal_free_ns(d->terminal, now) : 0;

	return free_ns > at ? free_ns : at;
}

/* Pictures come: one is taken when it can be drawn, so that it is the newest.
 * Whatever else has changed waits a while for it, or it would wait for that. */
static bool pictures_come(const struct dashboard *d)
{
	return preview_is_shown(d) && d->snap.camera.state == CAPTURE_STREAMING;
}

static int64_t draw_ns(const struct dashboard *d, int64_t now)
{
	int64_t at = slot_ns(d, now);

	if (at && !d->captured_ns && pictures_come(d))
		at += pace_interval(&d->pace) / 2;
	return at;
}

static void wait_for(struct dashboard *d, struct pollfd fds[WAITS], int64_t now)
{
	bool frame = preview_is_shown(d) && terminal_out_fd(d->terminal) < 0 &&
		     now >= slot_ns(d, now);

	for (int i = 0; i < WAITS; i++)
		fds[i] = (struct pollfd){.fd = -1, .events = POLLIN};
	fds[WAIT_KEYS].fd = terminal_fd(d->terminal);
	fds[WAIT_WAKEUPS].fd = wakeups_fd(d->wakeups);
	if (d->capture)
		fds[WAIT_CAMERA].fd = capture_fd(d->capture);
	if (frame)
		fds[WAIT_FRAME].fd = mailbox_fd(
			capture_mailbox(d->capture, CAPTURE_FOR_SCREEN));
	if (d->inference)
		fds[WAIT_MODEL].fd = inference_fd(d->inference);
	if (d->player)
		fds[WAIT_PLAYER].fd = player_fd(d->player);
	if (d->opening)
		fds[WAIT_OPENING].fd = opening_fd(d->opening);
	fds[WAIT_SCREEN].fd = terminal_out_fd(d->terminal);
	fds[WAIT_SCREEN].events = POLLOUT;
}

/* When to wake up although nothing arrives; 0: never. */
static int64_t next_deadline(const struct dashboard *d, int64_t now)
{
	/* A terminal that is behind wakes the loop itself. */
	bool behind = terminal_out_fd(d->terminal) >= 0;
	int64_t slot = slot_ns(d, now), at = 0;

	if (d->dirty)
		at = behind ? 0 : draw_ns(d, now);
	else if (d->snap.ticking)
		at = now - now % CLOCK_NS_PER_S + CLOCK_NS_PER_S;
	if (preview_is_shown(d) && !behind && slot > now && (!at || slot < at))
		at = slot;
	return at;
}

static void see_player(struct dashboard *d)
{
	struct player_state was = d->snap.music.player, is;

	session_player(d->session);
	player_state(d->player, &is);
	/* mpv speaks many times a second: only what is seen counts */
	if ((int)was.position_s != (int)is.position_s ||
	    was.active != is.active || was.paused != is.paused ||
	    was.volume != is.volume || was.muted != is.muted ||
	    was.unheard != is.unheard || was.track.id != is.track.id ||
	    was.buffering != is.buffering ||
	    (int)was.length_s != (int)is.length_s)
		d->dirty = true;
}

static void handle(struct dashboard *d, const struct pollfd fds[WAITS],
		   int64_t now)
{
	int signal;

	session_clock(d->session, now, clock_wall_s());
	/* A terminal that is gone reads as its end for ever, and SIGHUP need
	 * not come (nohup, a shell that was killed). */
	if (fds[WAIT_KEYS].revents & (POLLHUP | POLLERR | POLLNVAL))
		see_signal(d, SIGHUP);
	else if (fds[WAIT_KEYS].revents)
		act_keys(d);
	if (fds[WAIT_WAKEUPS].revents) {
		while ((signal = wakeups_signal(d->wakeups)))
			see_signal(d, signal);
		d->dirty |= wakeups_alarm(d->wakeups);
	}
	if (fds[WAIT_SCREEN].revents)
		terminal_flush(d->terminal);
	if (d->capture && (fds[WAIT_CAMERA].revents || d->camera_changed))
		see_camera(d);
	if (d->inference && fds[WAIT_MODEL].revents)
		see_model(d, now);
	if (d->opening && fds[WAIT_OPENING].revents)
		dashboard_player_came(d);
	if (d->player && fds[WAIT_PLAYER].revents)
		see_player(d);
	if (d->capture && fds[WAIT_FRAME].revents)
		see_frame(d);
}

void loop_run(struct dashboard *d)
{
	struct pollfd fds[WAITS];
	int64_t now = clock_monotonic_ns();

	while (!d->quit) {
		if (d->dirty && now >= draw_ns(d, now) &&
		    terminal_out_fd(d->terminal) < 0)
			loop_draw(d);
		now = clock_monotonic_ns();
		wakeups_set_alarm(d->wakeups, next_deadline(d, now));
		wait_for(d, fds, now);
		if (poll(fds, WAITS, -1) < 0)
			continue; /* EINTR: nothing was looked at */
		now = clock_monotonic_ns();
		handle(d, fds, now);
	}
}
