/* SPDX-License-Identifier: GPL-3.0-or-later */
/* act: from keys to what is done. */
#include "tui/dash.h"

#define KEYS_AT_ONCE 64

static void turn_camera(struct dashboard *d)
{
	d->snap.camera_on = !d->snap.camera_on;
	d->snap.has_reading = false;
	preview_clear(&d->preview);
	if (d->capture)
		capture_enable(d->capture, d->snap.camera_on);
	session_say(d->session, LOG_INFO,
		    d->snap.camera_on
			    ? "The camera is asked for again."
			    : "The camera is off and its device closed.");
}

static void turn_preview(struct dashboard *d)
{
	d->snap.ui.preview = caps_preview_next(terminal_caps(d->terminal),
					       d->snap.ui.preview);
	session_say(d->session, LOG_INFO, "Preview: %s.",
		    caps_preview_name(d->snap.ui.preview));
	loop_lay_out(d);
}

/* The face to be corrected is the one of now: it may change while a person
 * looks for the key. */
static void regard(struct dashboard *d)
{
	const struct face *face = loop_lead_face(d);

	if (face)
		d->snap.regarded = *face;
	else
		session_say(d->session, LOG_WARNING,
			    "There is no face whose reading could be put "
			    "right.");
}

void act_personal(struct dashboard *d)
{
	struct personal personal;

	corrections_fit(&d->corrections, &personal);
	d->snap.corrections = personal.corrections;
	if (d->inference)
		inference_set_personal(d->inference, &personal);
}

static void tell_correction(struct dashboard *d, enum emotion right,
			    enum emotion read)
{
	const float *shown = d->snap.regarded.said.shown;

	if (right == read)
		session_say(d->session, LOG_INFO, "%s was right; kept.",
			    emotion_name(read));
	else
		session_say(d->session, LOG_INFO, "That is %s, not %s; kept%s.",
			    emotion_name(right), emotion_name(read),
			    personal_can_turn(shown, right)
				    ? ", and minded from now on"
				    : ", but so clear a reading is not "
				      "overturned");
}

/* answer: as the keys have it, 0 for right as it is. */
static void correct(struct dashboard *d, int answer)
{
	enum emotion read = emotion_first(d->snap.regarded.smooth);
	struct correction one = {
		.at_s = d->snap.now_s,
		.right = answer ? (enum emotion)(answer - 1) : read,
		.scores = d->snap.regarded.said,
	};
	char sentence[700];
	struct fault fault;

	if (corrections_add(&d->corrections, &one, &fault)) {
		session_say(d->session, LOG_ERROR, "Not corrected: %s",
			    fault_sentence(&fault, sentence, sizeof(sentence)));
		return;
	}
	act_personal(d);
	tell_correction(d, one.right, read);
}

static void act(struct dashboard *d, enum action action)
{
	struct session *s = d->session;

	switch (action) {
	case ACTION_PAUSE: session_pause(s); break;
	case ACTION_NEXT: session_next(s); break;
	case ACTION_PREVIOUS: session_previous(s); break;
	case ACTION_SEEK_BACK: session_seek(s, -5); break;
	case ACTION_SEEK_FORWARD: session_seek(s, 5); break;
	case ACTION_SEEK_FAR_BACK: session_seek(s, -30); break;
	case ACTION_SEEK_FAR_FORWARD: session_seek(s, 30); break;
	case ACTION_VOLUME_DOWN: session_volume(s, -5); break;
	case ACTION_VOLUME_UP: session_volume(s, 5); break;
	case ACTION_VOLUME_LITTLE_DOWN: session_volume(s, -1); break;
	case ACTION_VOLUME_LITTLE_UP: session_volume(s, 1); break;
	case ACTION_MUTE: session_mute(s); break;
	case ACTION_LIKE: session_like(s); break;
	case ACTION_AUTO: session_auto(s); break;
	case ACTION_POLICY: session_next_policy(s); break;
	case ACTION_CAMERA: turn_camera(d); break;
	case ACTION_PREVIEW: turn_preview(d); break;
	case ACTION_REDRAW: terminal_forget(d->terminal); break;
	case ACTION_QUIT: d->quit = true; break;
	default:
		if (action >= ACTION_MOOD_1 && action <= ACTION_MOOD_7)
			session_set_mood(
				s, (enum emotion)(action - ACTION_MOOD_1));
	}
}

static void search(struct dashboard *d)
{
	d->found.count = 0;
	if (d->catalog)
		catalog_search(d->catalog, d->snap.ui.line.text,
			       d->found.tracks, SNAPSHOT_FOUND,
			       &d->found.count);
}

static void grant(struct dashboard *d, const struct wish *wish)
{
	switch (wish->kind) {
	case WISH_NONE: break;
	case WISH_ACTION: act(d, wish->action); break;
	case WISH_SEARCH: search(d); break;
	case WISH_PLAY_FOUND:
		session_play(d->session, &d->found.tracks[wish->index]);
		break;
	case WISH_PLAY_QUEUED:
		session_play_queued(d->session, wish->index);
		break;
	case WISH_REMOVE_QUEUED:
		session_remove_queued(d->session, wish->index);
		break;
	case WISH_FEEL: session_feel(d->session, wish->text); break;
	case WISH_REGARD: regard(d); break;
	case WISH_CORRECT: correct(d, wish->index); break;
	}
}

/* Help names the services that the catalog has something of. */
static void read_credits(struct dashboard *d)
{
	bool held[CREDITS_MAX];
	int count;
	const struct credit *list = credits_list(&count);

	d->snap.credit_count = 0;
	if (!d->catalog || credits_held(d->catalog, held))
		return;
	for (int i = 0; i < count; i++)
		if (held[i])
			d->snap.credits[d->snap.credit_count++] = list[i].words;
}

void act_keys(struct dashboard *d)
{
	for (int i = 0; i < KEYS_AT_ONCE && !d->quit; i++) {
		key_code code = terminal_key(d->terminal);
		struct input_view view;
		bool full = d->snap.ui.full_screen;
		enum overlay before = d->snap.ui.overlay;
		struct wish wish;

		if (!code)
			break;
		session_fill(d->session, &d->snap);
		view = loop_input_view(d);
		wish = input_key(&d->snap.ui, &view, code);
		grant(d, &wish);
		if (d->snap.ui.overlay == OVERLAY_HELP &&
		    before != OVERLAY_HELP)
			read_credits(d);
		if (full != d->snap.ui.full_screen)
			loop_lay_out(d);
		/* an answer to a key is drawn at once */
		d->dirty = true;
		pace_hurry(&d->pace);
	}
}
