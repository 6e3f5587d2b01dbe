/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * player: tracks, events and the snapshot over mpv's asynchronous client API.
 * mpv's playlist holds what plays and at most one more; entry ids tie its
 * events to our tracks. Knows nothing of moods, catalogs or screens.
 */
#include "player/player.h"

#include "base/clock.h"
#include "base/text.h"
#include "player/engine.h"
#include "player/gate.h"
#include "player/slots.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define OUTBOX 16
/* A position may run ahead of the wall clock by what lay in the buffers. */
#define SLACK_S 1.0
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

/* ---- what goes out ------------------------------------------------------ */

static struct player_event *push(struct player *player,
				 enum player_event_kind kind,
				 const struct track *track)
{
	struct player_event *event;

	/* pump() leaves room for what one mpv event makes; refusals of a
	 * caller that never reads are the only ones that can get lost */
	if (player->out_count == OUTBOX)
		player->out_count--;
	event = &player->outbox[(player->out_first + player->out_count++) %
				OUTBOX];
	*event = (struct player_event){.kind = kind};
	if (track)
		event->track = *track;
	return event;
}

static void say_idle_if_so(struct player *player)
{
	if (player->idle_said || player->current.ticket ||
	    player->waiting.ticket || slots_any(player->slots))
		return;
	player->idle_said = true;
	push(player, PLAYER_IDLE, NULL);
}

static void wake_self(struct player *player)
{
	eventfd_write(player->fd, 1);
}

/* ---- commands ----------------------------------------------------------- */

static void drop_queue(struct player *player)
{
	slots_drop(player->slots);
	player->waiting.ticket = 0;
}

/* Has target loaded for track, which has a slot until it starts or fails. */
static enum status send_load(struct player *player, const struct track *track,
			     const char *target, bool from_web, bool replace)
{
	uint64_t ticket = player->last_ticket + 1;
	enum status st = STATUS_OK;

	if (!replace) {
		st = engine_do(player->mpv, 0, "playlist-clear", NULL);
		if (!st)
			drop_queue(player);
	}
	if (!st)
		st = engine_load(player->mpv, ticket, target, replace,
				 from_web);
	if (st)
		return st;
	drop_queue(player);
	player->last_ticket = ticket;
	player->loading++;
	*slots_take(player->slots) =
		(struct slot){.ticket = ticket, .track = *track};
	return STATUS_OK;
}

static enum status load(struct player *player, const struct track *track,
			bool replace)
{
	char target[URI_SIZE];
	enum uri_kind kind;
	struct fault fault;
	enum status st =
		gate_check(&player->gate, track->uri, target, &kind, &fault);

	player->idle_said = false;
	if (st) {
		push(player, PLAYER_FAILED, track)->fault = fault;
		say_idle_if_so(player);
		wake_self(player);
		return STATUS_OK;
	}
	if (!replace && player->loading) {
		player->waiting = (struct slot){.ticket = 1, .track = *track};
		return STATUS_OK;
	}
	return send_load(player, track, target, kind != URI_FILE, replace);
}

bool player_accepts(const struct player *player, const char *uri,
		    struct fault *fault)
{
	char target[URI_SIZE];
	enum uri_kind kind;

	return !gate_check(&player->gate, uri, target, &kind, fault);
}

enum status player_play(struct player *player, const struct track *track)
{
	enum status st = load(player, track, true);

	return st ? st : player_pause(player, false);
}

enum status player_queue(struct player *player, const struct track *track)
{
	return load(player, track, false);
}

enum status player_stop(struct player *player)
{
	drop_queue(player);
	return engine_do(player->mpv, STOP_TICKET, "stop", NULL);
}

enum status player_pause(struct player *player, bool paused)
{
	enum status st = engine_set_flag(player->mpv, "pause", paused);

	/* mpv tells of it a little later, and another key may come first */
	if (!st)
		player->state.paused = paused;
	return st;
}

enum status player_mute(struct player *player, bool muted)
{
	return engine_set_flag(player->mpv, "mute", muted);
}

enum status player_volume(struct player *player, int percent)
{
	if (percent < 0)
		percent = 0;
	if (percent > PLAYER_VOLUME_MAX)
		percent = PLAYER_VOLUME_MAX;
	return engine_set_number(player->mpv, "volume", percent);
}

static enum status seek(struct player *player, double seconds, const char *how)
{
	char text[32];

	if (!isfinite(seconds))
		return STATUS_BAD_ARGUMENT;
	snprintf(text, sizeof(text), "%.3f", seconds);
	return engine_do(player->mpv, 0, "seek", text, how, NULL);
}

enum status player_seek(struct player *player, double seconds)
{
	return seek(player, seconds, "relative+exact");
}

enum status player_seek_to(struct player *player, double seconds)
{
	return seek(player, seconds < 0 ? 0 : seconds, "absolute+exact");
}

/* ---- what mpv says ------------------------------------------------------ */

static void forget_current(struct player *player)
{
	player->current.ticket = 0;
	player->state.active = player->state.buffering = false;
	player->state.position_s = player->state.length_s = 0;
	player->state.codec[0] = player->codec[0] = '\0';
	player->kbits = 0;
	player->state.track = (struct track){0};
}

static void on_start_file(struct player *player, const mpv_event *event)
{
	const mpv_event_start_file *start = event->data;
	struct slot *slot =
		slots_by_id(player->slots, start->playlist_entry_id);

	forget_current(player);
	player->started = player->have_last = false;
	player->heard_s = 0;
	player->path[0] = '\0';
	if (!slot)
		return;
	player->current = *slot;
	slot->ticket = 0;
	player->idle_said = false;
	player->state.active = true;
	player->state.track = player->current.track;
	player->state.length_s = player->current.track.length_s;
}

/* A search became a page: where it leads to is worth knowing, once it plays. */
static void say_found(struct player *player)
{
	const struct track *track = &player->current.track;
	enum uri_kind sought, found;
	char target[URI_SIZE];

	if (!player->started || !player->current.ticket || !player->path[0] ||
	    uri_check(track->uri, target, &sought, NULL) ||
	    sought != URI_YTDL ||
	    uri_check(player->path, target, &found, NULL) || found != URI_WEB)
		return;
	text_copy(push(player, PLAYER_FOUND, track)->track.uri,
		  sizeof(track->uri), player->path);
	player->path[0] = '\0';
}

static void say_started(struct player *player)
{
	if (player->started || !player->current.ticket)
		return;
	player->started = true;
	push(player, PLAYER_STARTED, &player->current.track);
	say_found(player);
}

static void on_playback_restart(struct player *player)
{
	if (!player->started) {
		/* A sound card that was plugged in again is found by asking. */
		if (player->state.unheard)
			engine_do(player->mpv, 0, "ao-reload", NULL);
		player->last_s = 0;
		player->last_ns = clock_monotonic_ns();
		player->have_last = true;
	}
	say_started(player);
}

/* The end was reached: what lies between the last position and it was heard,
 * even where no position was ever told (sound written to a file). */
static void hear_the_rest(struct player *player)
{
	double length = player->state.length_s;

	if (player->have_last && length > player->last_s)
		player->heard_s += length - player->last_s;
}

static void explain_failure(struct player *player, struct fault *fault,
			    int error)
{
	const struct track *track = &player->current.track;
	enum status st = error == MPV_ERROR_AO_INIT_FAILED ? STATUS_UNSUPPORTED
							   : STATUS_BAD_DATA;

	if (st == STATUS_UNSUPPORTED) {
		fault_set(fault, st, "sound", "the sound device does not open");
		fault_hint(fault, "see that no other program holds it, or "
				  "choose another with --ao");
		return;
	}
	fault_set(fault, st, track->uri, "would not play: %s",
		  libmpv.error_string(error));
	fault_hint(fault, "it was skipped");
}

/* A playlist on the web took its own entry's place: the track stands for what
 * it named. */
static void on_redirect(struct player *player, const mpv_event_end_file *end)
{
	struct slot *slot = slots_take(player->slots);

	*slot = player->current;
	slot->first_id = end->playlist_insert_id;
	slot->last_id = slot->first_id + end->playlist_insert_num_entries - 1;
	forget_current(player);
}

static void on_end_file(struct player *player, const mpv_event *event)
{
	const mpv_event_end_file *end = event->data;
	struct player_event *said;

	if (!player->current.ticket)
		return;
	if (end->reason == MPV_END_FILE_REASON_REDIRECT &&
	    end->playlist_insert_num_entries > 0) {
		on_redirect(player, end);
		return;
	}
	if (end->reason == MPV_END_FILE_REASON_EOF) {
		if (!player->started)
			on_playback_restart(player);
		hear_the_rest(player);
		said = push(player, PLAYER_ENDED, &player->current.track);
	} else if (end->reason == MPV_END_FILE_REASON_STOP ||
		   end->reason == MPV_END_FILE_REASON_QUIT) {
		said = push(player, PLAYER_STOPPED, &player->current.track);
	} else {
		said = push(player, PLAYER_FAILED, &player->current.track);
		explain_failure(player, &said->fault, end->error);
	}
	said->heard_s = player->heard_s;
	forget_current(player);
	say_idle_if_so(player);
}

static void on_loaded(struct player *player, const mpv_event *event)
{
	struct slot *slot =
		slots_by_ticket(player->slots, event->reply_userdata);
	const mpv_event_command *reply = event->data;
	int64_t id = event->error < 0 ? 0 : engine_entry_id(&reply->result);

	player->loading--;
	if (!slot)
		return;
	if (id) {
		slot->first_id = slot->last_id = id;
		return;
	}
	explain_failure(player,
			&push(player, PLAYER_FAILED, &slot->track)->fault,
			event->error);
	slot->ticket = 0;
}

static void send_waiting(struct player *player)
{
	struct track track = player->waiting.track;

	player->waiting.ticket = 0;
	if (load(player, &track, false))
		fault_set(&push(player, PLAYER_FAILED, &track)->fault,
			  STATUS_FAILED, track.uri, "mpv takes no command");
}

static void on_reply(struct player *player, const mpv_event *event)
{
	if (!event->reply_userdata)
		return;
	if (event->reply_userdata != STOP_TICKET)
		on_loaded(player, event);
	if (player->waiting.ticket && !player->loading)
		send_waiting(player);
	/* what a stop takes out of mpv's list ends without a word */
	say_idle_if_so(player);
}

static void on_position(struct player *player, double position)
{
	int64_t now = clock_monotonic_ns();
	double step = position - player->last_s;
	double real = (double)(now - player->last_ns) / CLOCK_NS_PER_S;

	if (!player->current.ticket || position < 0)
		return;
	/* A longer step than the time that passed is no playing: a position
	 * of the track before that was still under way. */
	if (player->have_last && step > 0 &&
	    (player->untimed || step < real + SLACK_S))
		player->heard_s += step;
	player->state.position_s = player->last_s = position;
	player->last_ns = now;
	player->have_last = true;
}

static void show_codec(struct player *player)
{
	char *out = player->state.codec;
	size_t size = sizeof(player->state.codec);

	if (player->codec[0] && player->kbits > 0)
		snprintf(out, size, "%s %uk", player->codec, player->kbits);
	else
		text_copy(out, size, player->codec);
}

static void on_number(struct player *player, const char *name, double value)
{
	if (!isfinite(value))
		return;
	if (!strcmp(name, "time-pos"))
		on_position(player, value);
	else if (!strcmp(name, "duration") && value > 0)
		player->state.length_s = value;
	else if (!strcmp(name, "volume"))
		player->state.volume = (int)lround(value);
	else if (!strcmp(name, "audio-bitrate") && value < 6e7)
		player->kbits = (unsigned short)lround(value / 1000);
}

static void on_flag(struct player *player, const char *name, bool value)
{
	if (!strcmp(name, "pause"))
		player->state.paused = value;
	else if (!strcmp(name, "mute"))
		player->state.muted = value;
	else
		player->state.buffering = value && player->current.ticket;
}

static void on_text(struct player *player, const char *name, const char *value)
{
	if (!strcmp(name, "current-ao")) {
		text_clean(player->state.output, sizeof(player->state.output),
			   value);
		player->state.unheard = player->any_output &&
					!strcmp(value, "null");
	} else if (!strcmp(name, "path")) {
		text_clean(player->path, sizeof(player->path), value);
		say_found(player);
	} else {
		text_clean(player->codec, sizeof(player->codec), value);
	}
}

static void on_property(struct player *player, const mpv_event *event)
{
	const mpv_event_property *property = event->data;

	switch (property->format) {
	case MPV_FORMAT_DOUBLE:
		on_number(player, property->name, *(double *)property->data);
		break;
	case MPV_FORMAT_FLAG:
		on_flag(player, property->name, *(int *)property->data);
		break;
	case MPV_FORMAT_STRING:
		on_text(player, property->name, *(char **)property->data);
		break;
	default: break;
	}
	show_codec(player);
}

/* mpv tells the cause of a failure in its log, and after the failure. */
static void on_log(struct player *player, const mpv_event *event)
{
	const mpv_event_log_message *message = event->data;

	if (player->log_line[0])
		return;
	text_clean_n(player->log_line, sizeof(player->log_line), message->text,
		     strcspn(message->text, "\n"));
}

/* Puts mpv's complaint to the failure that it belongs to. */
static void add_causes(struct player *player)
{
	for (unsigned i = 0; player->log_line[0] && i < player->out_count;
	     i++) {
		struct player_event *event =
			&player->outbox[(player->out_first + i) % OUTBOX];
		struct fault *fault = &event->fault;
		size_t used = strlen(fault->detail);

		if (event->kind != PLAYER_FAILED ||
		    fault->status == STATUS_DENIED)
			continue;
		snprintf(fault->detail + used, sizeof(fault->detail) - used,
			 " (%s)", player->log_line);
		player->log_line[0] = '\0';
	}
}

static void on_file_loaded(struct player *player)
{
	add_causes(player);
	player->log_line[0] = '\0';
}

static void take(struct player *player, const mpv_event *event)
{
	switch (event->event_id) {
	case MPV_EVENT_START_FILE: on_start_file(player, event); break;
	case MPV_EVENT_FILE_LOADED: on_file_loaded(player); break;
	case MPV_EVENT_PLAYBACK_RESTART: on_playback_restart(player); break;
	case MPV_EVENT_END_FILE: on_end_file(player, event); break;
	case MPV_EVENT_COMMAND_REPLY: on_reply(player, event); break;
	case MPV_EVENT_SEEK: player->have_last = false; break;
	case MPV_EVENT_PROPERTY_CHANGE: on_property(player, event); break;
	case MPV_EVENT_LOG_MESSAGE: on_log(player, event); break;
	default: break;
	}
}

/* Empties mpv's queue into ours, as far as there is room. */
static void pump(struct player *player)
{
	eventfd_t drained;

	eventfd_read(player->fd, &drained);
	while (player->out_count + 4 <= OUTBOX) {
		const mpv_event *event = libmpv.wait_event(player->mpv, 0);

		if (event->event_id == MPV_EVENT_NONE)
			break;
		take(player, event);
	}
	add_causes(player);
}

bool player_next_event(struct player *player, struct player_event *out)
{
	if (!player->out_count)
		pump(player);
	if (!player->out_count)
		return false;
	*out = player->outbox[player->out_first];
	player->out_first = (player->out_first + 1) % OUTBOX;
	player->out_count--;
	return true;
}

void player_state(const struct player *player, struct player_state *out)
{
	*out = player->state;
}

int player_fd(const struct player *player)
{
	return player->fd;
}

void player_version(char *out, size_t size)
{
	unsigned long version =
		libmpv.client_api_version ? libmpv.client_api_version() : 0;

	if (version)
		snprintf(out, size, "%lu.%lu", version >> 16, version & 0xffff);
	else
		text_copy(out, size, "");
}

/* ---- opening and closing ------------------------------------------------ */

/* On mpv's thread: nothing of mpv may be called here. */
static void on_wakeup(void *user)
{
	wake_self(user);
}

enum status player_open(struct player **out, const struct player_opts *opts,
			struct fault *fault)
{
	struct player *player = calloc(1, sizeof(*player));
	enum status st;

	if (!player)
		return fault_set(fault, STATUS_NO_MEMORY, "mpv", "no memory");
	player->gate = (struct gate){.ytdl = opts->ytdl,
				     .no_ytdlp = !gate_finds("yt-dlp"),
				     .offline = opts->offline,
				     .folders = opts->folders,
				     .opened = opts->opened};
	player->untimed = opts->ao && !strcmp(opts->ao, "pcm");
	player->any_output = !opts->ao;
	player->state.volume = opts->volume;
	player->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	st = player->fd < 0
		     ? fault_set_errno(fault, errno, NULL, "making an eventfd")
		     : engine_start(&player->mpv, opts, fault);
	if (st) {
		player_close(player);
		return st;
	}
	libmpv.set_wakeup_callback(player->mpv, on_wakeup, player);
	*out = player;
	return STATUS_OK;
}

void player_close(struct player *player)
{
	if (!player)
		return;
	if (player->mpv) {
		libmpv.set_wakeup_callback(player->mpv, NULL, NULL);
		libmpv.terminate_destroy(player->mpv);
	}
	if (player->fd >= 0)
		close(player->fd);
	free(player);
}
