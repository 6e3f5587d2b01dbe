/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * heard: mpv's events become the player's own events and its state. Entry ids
 * tie them to tracks. Sends what had to wait for an answer, and asks again for
 * a sound device that was missing.
 */
#include "player/inner.h"

#include "base/clock.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A position may run ahead of the wall clock by what lay in the buffers. */
#define SLACK_S 1.0

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
	text_copy(player_push(player, PLAYER_FOUND, track)->track.uri,
		  sizeof(track->uri), player->path);
	player->path[0] = '\0';
}

static void say_started(struct player *player)
{
	if (player->started || !player->current.ticket)
		return;
	player->started = true;
	player_push(player, PLAYER_STARTED, &player->current.track);
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
		said = player_push(player, PLAYER_ENDED,
				   &player->current.track);
	} else if (end->reason == MPV_END_FILE_REASON_STOP ||
		   end->reason == MPV_END_FILE_REASON_QUIT) {
		said = player_push(player, PLAYER_STOPPED,
				   &player->current.track);
	} else {
		said = player_push(player, PLAYER_FAILED,
				   &player->current.track);
		explain_failure(player, &said->fault, end->error);
	}
	said->heard_s = player->heard_s;
	forget_current(player);
	player_say_idle_if_so(player);
}

static void on_loaded(struct player *player, const mpv_event *event)
{
	struct slot *slot =
		slots_by_ticket(player->slots, event->reply_userdata);
	const mpv_event_command *reply = event->data;
	int64_t id = event->error < 0 ? 0 : engine_entry_id(&reply->result);
	struct player_event *failed;

	player->loading--;
	if (!slot)
		return;
	if (id) {
		slot->first_id = slot->last_id = id;
		return;
	}
	failed = player_push(player, PLAYER_FAILED, &slot->track);
	explain_failure(player, &failed->fault, event->error);
	slot->ticket = 0;
	player_say_idle_if_so(player);
}

static void send_waiting(struct player *player)
{
	struct track track = player->waiting.track;

	player->waiting.ticket = 0;
	if (player_load(player, &track, false))
		player_say_idle_if_so(player);
}

static void on_reply(struct player *player, const mpv_event *event)
{
	/* what it takes out of mpv's list ends without a word */
	if (event->reply_userdata == STOP_TICKET)
		player_say_idle_if_so(player);
	else if (event->reply_userdata)
		on_loaded(player, event);
	if (player->waiting.ticket && !player->loading)
		send_waiting(player);
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
	else if (!strcmp(name, "audio-bitrate") && value < 6e7)
		player->kbits = (unsigned short)lround(value / 1000);
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
		/* paused-for-cache */
		player->state.buffering = *(int *)property->data &&
					  player->current.ticket;
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

void player_add_causes(struct player *player)
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
	player_add_causes(player);
	player->log_line[0] = '\0';
}

void player_heard(struct player *player, const mpv_event *event)
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
