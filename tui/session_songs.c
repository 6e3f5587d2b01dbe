/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session_songs: what comes next, chosen by the mood or by hand. */
#include "tui/session_inner.h"

#include "tui/pick.h"

#define RESTART_S   3 /* later than this, "previous" starts over */
#define MOST_VOLUME 100

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

/* Music may have been imported meanwhile. */
static void follow_catalog(struct session *s)
{
	if (s->catalog && s->folders && folders_follow(s->folders, s->catalog))
		catalog_count(s->catalog, &s->tracks);
}

void session_say_nothing(struct session *s, const char *otherwise)
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

void session_prepare_next(struct session *s)
{
	fill_queue(s);
	if (s->player && s->queue.count && (s->current.id || s->coming.id))
		player_queue(s->player, &s->queue.at[0]);
}

void session_choose_anew(struct session *s)
{
	queue_give_back(&s->queue, s->picker);
	session_prepare_next(s);
}

/* What was asked for by name may have another address that may be played. */
static void find_address(struct session *s, struct track *track)
{
	if (s->catalog && !may_play(track->uri, s))
		catalog_address(s->catalog, track->id, may_play, s, track->uri,
				sizeof(track->uri));
}

void session_leave_out(struct session *s, int64_t id)
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
	session_leave_out(s, s->coming.id);
	s->stepping = false;
	if (s->player && player_play(s->player, &s->coming))
		session_say(s, LOG_ERROR, "The player does not answer.");
	session_prepare_next(s);
}

bool session_start_next(struct session *s)
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
	else if (s->player && !session_start_next(s))
		session_say_nothing(s, NULL);
	else if (!s->player)
		fill_queue(s);
}

void session_note(struct session *s, int64_t id, enum catalog_event event,
		  double heard_s)
{
	if (s->catalog && id)
		catalog_note(s->catalog, id, event, (int)s->mood.mood.emotion,
			     heard_s, s->now_s);
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
	if (!session_start_next(s))
		session_say_nothing(s, "Nothing comes next.");
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
	session_prepare_next(s);
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
	session_note(s, s->current.id,
		     s->current.liked ? CATALOG_LIKED : CATALOG_UNLIKED, 0);
	session_say(s, LOG_INFO,
		    s->current.liked ? "You like %s."
				     : "%s is liked no longer.",
		    s->current.title);
}
