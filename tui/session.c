/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session: mood, queue, history and what is told of them. */
#include "tui/session.h"

#include "catalog/feeling.h"
#include "tui/pick.h"
#include "tui/queue.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RESTART_S     3 /* later than this, "previous" starts over */
#define HEARD_S       1 /* a song that was heard so long did play */
#define MOST_FAILURES 8 /* in a row, then it waits for a person */
#define MOST_VOLUME   100

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

void session_say(struct session *s, enum log_level level, const char *format,
		 ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	messages_add(&s->messages, s->now_s, level, text);
	log_write(level, "%s", text);
}

void session_show(struct session *s, enum log_level level, const char *text)
{
	messages_add(&s->messages, s->now_s, level, text);
}

enum status session_new(struct session **out, const struct session_opts *opts)
{
	struct session *s = calloc(1, sizeof(*s));

	if (!s)
		return STATUS_NO_MEMORY;
	s->policy = opts->policy;
	s->folders = opts->folders;
	s->queue.wanted = opts->queue < SNAPSHOT_QUEUE ? opts->queue
						       : SNAPSHOT_QUEUE;
	mood_init(&s->mood, &opts->mood, opts->now_ns);
	if (opts->manual)
		mood_set(&s->mood, opts->emotion, opts->now_ns);
	session_clock(s, opts->now_ns, opts->now_s);
	*out = s;
	return STATUS_OK;
}

void session_free(struct session *s)
{
	free(s);
}

void session_clock(struct session *s, int64_t now_ns, int64_t now_s)
{
	s->now_ns = now_ns;
	s->now_s = now_s;
	/* a second without a face has a mood all the same */
	trail_add(&s->trail, now_ns, s->mood.mood.emotion, NULL);
}

/* What the player would refuse is neither chosen nor asked for. */
static bool may_play(const char *uri, void *user)
{
	struct session *s = user;

	return !s->player || player_accepts(s->player, uri, &s->left_out);
}

void session_connect(struct session *s, struct catalog *catalog,
		     struct picker *picker, struct player *player)
{
	s->catalog = catalog;
	s->picker = picker;
	s->player = player;
	if (picker)
		picker_allow(picker, may_play, s);
	if (catalog && catalog_count(catalog, &s->tracks))
		s->tracks = 0;
}

void session_await_player(struct session *s)
{
	s->awaits_player = true;
}

void session_player_came(struct session *s, struct player *player)
{
	s->awaits_player = false;
	s->player = player;
}

/* ---- the queue ---------------------------------------------------------- */

/* Music may have been imported meanwhile. */
static void follow_catalog(struct session *s)
{
	if (s->catalog && s->folders && folders_follow(s->folders, s->catalog))
		catalog_count(s->catalog, &s->tracks);
}

/* Nothing can be chosen: why not, where songs are there. */
static void say_nothing(struct session *s, const char *otherwise)
{
	char sentence[512];

	if (s->left_out.status)
		session_say(s, LOG_WARNING, "No song can be played: %s",
			    fault_sentence(&s->left_out, sentence,
					   sizeof(sentence)));
	else if (otherwise)
		session_say(s, LOG_WARNING, "%s", otherwise);
}

static void fill_queue(struct session *s)
{
	struct mood mood = pick_aim(&s->mood.mood, s->now_ns);
	enum status status;

	s->left_out.status = STATUS_OK;
	if (s->queue.count < s->queue.wanted)
		follow_catalog(s);
	if (!s->picker || !s->tracks)
		return;
	status = queue_fill(&s->queue, s->picker, &mood, s->policy, s->now_s);
	if (status)
		session_say(s, LOG_ERROR, "The catalog could not be asked: %s.",
			    status_text(status));
}

/* The player holds the first of the queue ready, so that it follows without
 * a gap. */
static void prepare_next(struct session *s)
{
	fill_queue(s);
	if (s->player && s->queue.count && (s->current.id || s->coming.id))
		player_queue(s->player, &s->queue.at[0]);
}

/* Another mood or policy: what was chosen for the old one is given back. The
 * song that plays goes on to its end. */
static void choose_anew(struct session *s)
{
	queue_give_back(&s->queue, s->picker);
	prepare_next(s);
}

/* What was asked for by name may have another address that may be played. */
static void find_address(struct session *s, struct track *track)
{
	if (s->catalog && !may_play(track->uri, s))
		catalog_address(s->catalog, track->id, may_play, s, track->uri,
				sizeof(track->uri));
}

/* It is not to come again next. */
static void leave_out(struct session *s, int64_t id)
{
	int index = queue_find(&s->queue, id);

	if (index >= 0)
		queue_drop(&s->queue, index);
	if (s->picker)
		picker_plays(s->picker, id);
}

/* Cuts what plays. */
static void start(struct session *s, const struct track *track)
{
	follow_catalog(s);
	s->coming = *track;
	find_address(s, &s->coming);
	leave_out(s, s->coming.id);
	s->stepping = false;
	if (s->player && player_play(s->player, &s->coming))
		session_say(s, LOG_ERROR, "The player does not answer.");
	prepare_next(s);
}

static bool start_next(struct session *s)
{
	struct track next;

	fill_queue(s);
	if (!s->queue.count)
		return false;
	next = s->queue.at[0];
	queue_drop(&s->queue, 0);
	start(s, &next);
	s->stepping = true;
	return true;
}

void session_begin(struct session *s)
{
	if (s->catalog && !s->tracks)
		session_say(s, LOG_WARNING,
			    "The catalog is empty: \"mien-etl starter\" or "
			    "\"mien-etl import FOLDER\" fills it.");
	else if (s->player && !start_next(s))
		say_nothing(s, NULL);
	else if (!s->player)
		fill_queue(s);
}

/* ---- what the player says ----------------------------------------------- */

static void note(struct session *s, int64_t id, enum catalog_event event,
		 double heard_s)
{
	if (s->catalog && id)
		catalog_note(s->catalog, id, event, (int)s->mood.mood.emotion,
			     heard_s, s->now_s);
}

static void on_started(struct session *s, const struct track *track)
{
	if (!s->going_back && s->current.id != track->id)
		past_add(&s->past, &s->current);
	s->going_back = false;
	s->skipped = false;
	s->current = *track;
	leave_out(s, track->id);
	s->coming.id = 0;
	session_say(s, LOG_INFO, "Playing %s by %s%s%s.", track->title,
		    track->artist, track->reason[0] ? ": " : "", track->reason);
	prepare_next(s);
}

/* A song that is refused before it starts leaves what plays as it is, and no
 * end of it brings the next one: it is asked for here. */
static void pass_over(struct session *s, bool was_coming)
{
	if (s->failures < MOST_FAILURES &&
	    (!was_coming || (s->stepping && start_next(s)))) {
		prepare_next(s);
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
	note(s, event->track.id, CATALOG_FAILED, event->heard_s);
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
	else if (!start_next(s))
		say_nothing(s, "Nothing is left to play.");
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
		note(s, event->track.id, CATALOG_PLAYED, event->heard_s);
		s->failures = 0;
		break;
	case PLAYER_STOPPED:
		if (s->skipped && event->track.id == s->current.id)
			note(s, event->track.id, CATALOG_SKIPPED,
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

/* ---- moods -------------------------------------------------------------- */

static void tell_mood(struct session *s, enum emotion before)
{
	const char *to = emotion_name(s->mood.mood.emotion);

	choose_anew(s);
	if (s->queue.count)
		session_say(s, LOG_INFO, "Mood %s → %s; %s comes next.",
			    emotion_name(before), to, s->queue.at[0].title);
	else
		session_say(s, LOG_INFO, "Mood %s → %s.", emotion_name(before),
			    to);
}

void session_reading(struct session *s, const struct reading *reading)
{
	enum emotion before = s->mood.mood.emotion;
	bool face = reading->lead >= 0 && reading->lead < reading->face_count;

	if (mood_update(&s->mood, reading, s->now_ns))
		tell_mood(s, before);
	trail_add(&s->trail, s->now_ns, s->mood.mood.emotion,
		  face ? reading->faces[reading->lead].smooth : NULL);
}

void session_set_mood(struct session *s, enum emotion emotion)
{
	enum emotion before = s->mood.mood.emotion;

	if (mood_set(&s->mood, emotion, s->now_ns))
		tell_mood(s, before);
	else
		session_say(s, LOG_INFO, "Mood %s, by hand.",
			    emotion_name(emotion));
}

void session_auto(struct session *s)
{
	mood_automatic(&s->mood, s->now_ns);
	session_say(s, LOG_INFO, "The face leads the mood again.");
}

void session_feel(struct session *s, const char *text)
{
	struct feeling feeling;

	feeling_read(text, &feeling);
	if (!feeling.understood) {
		session_say(s, LOG_WARNING,
			    "No word of that says how you feel; try others, "
			    "or the keys 1 to 7.");
		return;
	}
	session_set_mood(s, feeling.mood.emotion);
	session_say(s, LOG_INFO, "You feel %s (%s)%s%s%s.",
		    emotion_name(feeling.mood.emotion), feeling.words,
		    s->queue.count ? "; " : "",
		    s->queue.count ? s->queue.at[0].title : "",
		    s->queue.count ? " comes next" : "");
}

void session_next_policy(struct session *s)
{
	static const char *const meaning[] = {
		[POLICY_MATCH] = "songs like the mood",
		[POLICY_LIFT] = "from a low mood to a better one",
		[POLICY_SURPRISE] = "songs that you would not expect",
	};

	s->policy = (enum policy)((s->policy + 1) % 3);
	choose_anew(s);
	session_say(s, LOG_INFO, "Policy %s: %s.", policy_name(s->policy),
		    meaning[s->policy]);
}

/* ---- music by hand ------------------------------------------------------ */

static bool can_play(struct session *s)
{
	if (s->awaits_player)
		session_say(s, LOG_INFO, "The sound is still being opened.");
	else if (!s->player)
		session_say(s, LOG_WARNING, "There is no sound; L tells why.");
	return s->player != NULL;
}

void session_pause(struct session *s)
{
	struct player_state state;

	if (!can_play(s))
		return;
	player_state(s->player, &state);
	if (state.active)
		player_pause(s->player, !state.paused);
	else
		session_next(s);
}

void session_next(struct session *s)
{
	if (!can_play(s))
		return;
	s->skipped = s->current.id != 0;
	s->failures = 0;
	if (!start_next(s))
		say_nothing(s, "Nothing comes next.");
}

void session_previous(struct session *s)
{
	struct player_state state;

	if (!can_play(s))
		return;
	player_state(s->player, &state);
	if (!s->past.count || (state.active && state.position_s > RESTART_S)) {
		player_seek_to(s->player, 0);
		return;
	}
	s->going_back = true;
	start(s, &s->past.at[--s->past.count]);
}

void session_play(struct session *s, const struct track *track)
{
	if (!can_play(s))
		return;
	s->failures = 0;
	start(s, track);
}

void session_play_queued(struct session *s, int index)
{
	struct track track;

	if (index < 0 || index >= s->queue.count || !can_play(s))
		return;
	track = s->queue.at[index];
	queue_drop(&s->queue, index);
	s->skipped = s->current.id != 0;
	s->failures = 0;
	start(s, &track);
}

void session_remove_queued(struct session *s, int index)
{
	if (index < 0 || index >= s->queue.count)
		return;
	session_say(s, LOG_INFO, "%s is out of the queue.",
		    s->queue.at[index].title);
	/* not returned to the picker: it would choose it again */
	queue_drop(&s->queue, index);
	prepare_next(s);
}

void session_seek(struct session *s, double seconds)
{
	if (can_play(s))
		player_seek(s->player, seconds);
}

void session_volume(struct session *s, int more)
{
	struct player_state state;
	int volume;

	if (!can_play(s))
		return;
	player_state(s->player, &state);
	volume = state.volume + more;
	volume = volume < 0 ? 0 : volume > MOST_VOLUME ? MOST_VOLUME : volume;
	player_volume(s->player, volume);
}

void session_mute(struct session *s)
{
	struct player_state state;

	if (!can_play(s))
		return;
	player_state(s->player, &state);
	player_mute(s->player, !state.muted);
}

void session_like(struct session *s)
{
	if (!s->current.id || !s->catalog)
		return;
	s->current.liked = !s->current.liked;
	note(s, s->current.id,
	     s->current.liked ? CATALOG_LIKED : CATALOG_UNLIKED, 0);
	session_say(s, LOG_INFO,
		    s->current.liked ? "You like %s."
				     : "%s is liked no longer.",
		    s->current.title);
}

/* ---- for the screen ----------------------------------------------------- */

void session_fill(const struct session *s, struct snapshot *out)
{
	struct music *m = &out->music;

	out->messages = &s->messages;
	out->trail = &s->trail;
	out->mood = s->mood.mood;
	out->policy = s->policy;
	m->has_catalog = s->catalog != NULL;
	m->has_player = s->player != NULL;
	m->awaits_player = s->awaits_player;
	m->tracks = s->tracks;
	m->player = (struct player_state){0};
	if (s->player)
		player_state(s->player, &m->player);
	m->liked = m->player.active && s->current.id == m->player.track.id &&
		   s->current.liked;
	memcpy(m->reason, m->player.track.reason, sizeof(m->reason));
	m->queue_count = s->queue.count;
	memcpy(m->queue, s->queue.at,
	       sizeof(m->queue[0]) * (size_t)s->queue.count);
}
