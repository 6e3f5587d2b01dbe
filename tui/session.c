/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session: its mood, and what is told of it. */
#include "tui/session_inner.h"

#include "catalog/feeling.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

void session_await_player(struct session *s)
{
	s->awaits_player = true;
}

void session_player_came(struct session *s, struct player *player)
{
	s->awaits_player = false;
	s->player = player;
}

/* ---- moods -------------------------------------------------------------- */

static void tell_mood(struct session *s, enum emotion before)
{
	const char *to = emotion_name(s->mood.mood.emotion);

	session_choose_anew(s);
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
	session_choose_anew(s);
	session_say(s, LOG_INFO, "Policy %s: %s.", policy_name(s->policy),
		    meaning[s->policy]);
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
