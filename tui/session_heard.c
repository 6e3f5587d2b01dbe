/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session_heard: what the player says, and what follows from it. */
#include "tui/session_inner.h"

#include <string.h>

#define HEARD_S 1 /* a song that was heard so long did play */

static void on_started(struct session *s, const struct track *track)
{
	if (!s->going_back && s->current.id != track->id)
		past_add(&s->past, &s->current);
	s->going_back = false;
	s->skipped = false;
	s->current = *track;
	session_leave_out(s, track->id);
	s->coming.id = 0;
	session_say(s, LOG_INFO, "Playing %s by %s%s%s.", track->title,
		    track->artist, track->reason[0] ? ": " : "", track->reason);
	session_prepare_next(s);
}

/* A song that is refused before it starts leaves what plays as it is, and no
 * end of it brings the next one: it is asked for here. */
static void pass_over(struct session *s, bool was_coming)
{
	if (s->failures < MOST_FAILURES &&
	    (!was_coming || (s->stepping && session_start_next(s)))) {
		session_prepare_next(s);
		return;
	}
	s->skipped = s->going_back = false;
	if (s->failures >= MOST_FAILURES)
		session_say(s, LOG_ERROR,
			    "What plays goes on: songs after it would not "
			    "play. L tells why; the key for the next song "
			    "tries again.");
}

/* No song is to blame, and none would do better: they all wait. */
static void wait_for_sound(struct session *s, const struct player_event *event)
{
	char sentence[512];

	if (s->failures < MOST_FAILURES)
		session_say(s, LOG_ERROR, "%s is not heard: %s",
			    event->track.title,
			    fault_sentence(&event->fault, sentence,
					   sizeof(sentence)));
	s->failures = MOST_FAILURES;
	s->coming.id = 0;
	player_stop(s->player);
}

static void on_failed(struct session *s, const struct player_event *event)
{
	int index = queue_find(&s->queue, event->track.id);
	bool was_coming = s->coming.id == event->track.id;
	bool refused = event->fault.status == STATUS_DENIED;
	char sentence[512];

	if (event->fault.status == STATUS_UNSUPPORTED) {
		wait_for_sound(s, event);
		return;
	}
	/* held ready and then asked for: it was told of already */
	if (refused && s->current.id && !was_coming && index < 0)
		return;
	session_say(s, LOG_ERROR, "%s is passed over: %s",
		    event->track.title[0] ? event->track.title : "A song",
		    fault_sentence(&event->fault, sentence, sizeof(sentence)));
	session_note(s, event->track.id, CATALOG_FAILED, event->heard_s);
	if (index >= 0)
		queue_drop(&s->queue, index);
	if (was_coming)
		s->coming.id = 0;
	s->failures++;
	if (refused && s->current.id && (was_coming || !s->coming.id))
		pass_over(s, was_coming);
}

/* Nothing is left: the next song, unless none of them will play. */
static void on_idle(struct session *s)
{
	if (s->coming.id)
		return;
	s->current.id = 0;
	if (s->failures >= MOST_FAILURES)
		session_say(s, LOG_ERROR,
			    "The music stopped: songs would not play. L tells "
			    "why; the key for the next song tries again.");
	else if (!session_start_next(s))
		session_say_nothing(s, "Nothing is left to play.");
}

/* The next time it plays without a search. */
static void on_found(struct session *s, const struct track *track)
{
	if (s->current.id == track->id)
		memcpy(s->current.uri, track->uri, sizeof(s->current.uri));
	if (s->catalog &&
	    catalog_found(s->catalog, track->id, track->uri, s->now_s))
		log_write(LOG_WARNING, "%s: where it was found is not kept",
			  track->title);
}

static void on_event(struct session *s, const struct player_event *event)
{
	switch (event->kind) {
	case PLAYER_STARTED: on_started(s, &event->track); break;
	case PLAYER_ENDED:
		session_note(s, event->track.id, CATALOG_PLAYED,
			     event->heard_s);
		s->failures = 0;
		break;
	case PLAYER_STOPPED:
		if (s->skipped && event->track.id == s->current.id)
			session_note(s, event->track.id, CATALOG_SKIPPED,
				     event->heard_s);
		if (event->heard_s > HEARD_S)
			s->failures = 0;
		break;
	case PLAYER_FAILED: on_failed(s, event); break;
	case PLAYER_FOUND: on_found(s, &event->track); break;
	case PLAYER_IDLE: on_idle(s); break;
	}
}

void session_player(struct session *s)
{
	struct player_event event;
	struct player_state state;

	if (!s->player)
		return;
	while (player_next_event(s->player, &event))
		on_event(s, &event);
	player_state(s->player, &state);
	if (state.unheard && !s->unheard)
		session_say(s, LOG_WARNING,
			    "No sound device opens: songs pass unheard; "
			    "\"mien doctor\" says more.");
	else if (s->unheard && !state.unheard)
		session_say(s, LOG_INFO,
			    "A sound device opens: songs are heard again.");
	s->unheard = state.unheard;
}
