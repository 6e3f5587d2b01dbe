/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * player: tracks, events and the snapshot over mpv's asynchronous client API.
 * mpv's playlist holds what plays and at most one more; entry ids tie its
 * events to our tracks. Knows nothing of moods, catalogs or screens.
 */
#include "player/inner.h"

#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* ---- what goes out ------------------------------------------------------ */

struct player_event *player_push(struct player *player,
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

void player_say_idle_if_so(struct player *player)
{
	if (player->idle_said || player->current.ticket ||
	    player->waiting.ticket || slots_any(player->slots))
		return;
	player->idle_said = true;
	player_push(player, PLAYER_IDLE, NULL);
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

	if (!replace)
		st = engine_do(player->mpv, 0, "playlist-clear", NULL);
	if (st)
		return st;
	st = engine_load(player->mpv, ticket, target, replace, from_web);
	/* cleared it is, whether or not the load was taken */
	if (!st || !replace)
		drop_queue(player);
	if (st)
		return st;
	player->last_ticket = ticket;
	player->loading++;
	*slots_take(player->slots) =
		(struct slot){.ticket = ticket, .track = *track};
	return STATUS_OK;
}

enum status player_load(struct player *player, const struct track *track,
			bool replace)
{
	char target[URI_SIZE];
	enum uri_kind kind;
	struct fault fault;
	enum status st =
		gate_check(&player->gate, track->uri, target, &kind, &fault);

	player->idle_said = false;
	if (st) {
		player_push(player, PLAYER_FAILED, track)->fault = fault;
		player_say_idle_if_so(player);
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
	enum status st = player_load(player, track, true);

	return st ? st : player_pause(player, false);
}

enum status player_queue(struct player *player, const struct track *track)
{
	return player_load(player, track, false);
}

enum status player_stop(struct player *player)
{
	drop_queue(player);
	return engine_do(player->mpv, STOP_TICKET, "stop", NULL);
}

/* Nobody else changes these three, so they are known when they are asked for:
 * mpv tells of them a little later, and another key may come first. */
enum status player_pause(struct player *player, bool paused)
{
	enum status st = engine_set_flag(player->mpv, "pause", paused);

	if (!st)
		player->state.paused = paused;
	return st;
}

enum status player_mute(struct player *player, bool muted)
{
	enum status st = engine_set_flag(player->mpv, "mute", muted);

	if (!st)
		player->state.muted = muted;
	return st;
}

enum status player_volume(struct player *player, int percent)
{
	enum status st;

	if (percent < 0)
		percent = 0;
	if (percent > PLAYER_VOLUME_MAX)
		percent = PLAYER_VOLUME_MAX;
	st = engine_set_number(player->mpv, "volume", percent);
	if (!st)
		player->state.volume = percent;
	return st;
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

/* ---- asked from outside -------------------------------------------------- */

/* Empties mpv's queue into ours, as far as there is room. */
static void pump(struct player *player)
{
	eventfd_t drained;

	eventfd_read(player->fd, &drained);
	while (player->out_count + HEARD_MOST <= OUTBOX) {
		const mpv_event *event = libmpv.wait_event(player->mpv, 0);

		if (event->event_id == MPV_EVENT_NONE)
			break;
		player_heard(player, event);
	}
	player_add_causes(player);
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
