/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_foot: messages, what is kept of the pictures, the hints, and the whole
 * dashboard in one line. */
#include "tui/views.h"

#include "base/clock.h"
#include "base/text.h"
#include "tui/pen.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static enum style level_style(enum log_level level)
{
	switch (level) {
	case LOG_WARNING: return STYLE_WARNING;
	case LOG_ERROR: return STYLE_ERROR;
	case LOG_DEBUG:
	case LOG_INFO: break;
	}
	return STYLE_TEXT;
}

static const char *clock_text(int64_t at, char out[16])
{
	time_t when = (time_t)at;
	struct tm local;

	localtime_r(&when, &local);
	strftime(out, 16, "%H:%M:%S", &local);
	return out;
}

void view_events(struct area area, const struct snapshot *s)
{
	int skip = s->ui.focus == FOCUS_EVENTS ? s->ui.scroll : 0;
	char time[16];

	for (int row = 0; row < area.rect.rows; row++) {
		const struct message *m = messages_at(s->messages, row + skip);

		if (!m)
			break;
		area_text(area, row, 1, STYLE_DIM, clock_text(m->at, time));
		area_fit(area, row, 11, area.rect.cols - 12,
			 level_style(m->level), m->text);
	}
}

void view_message(struct area area, const struct snapshot *s)
{
	const struct message *m = messages_at(s->messages, 0);

	if (m)
		area_fit(area, 0, 1, area.rect.cols - 2, level_style(m->level),
			 m->text);
}

void view_privacy(struct area area, const struct snapshot *s)
{
	const char *device = s->camera.device, *what = "camera";
	bool streams = s->camera_on && s->camera.state == CAPTURE_STREAMING;

	/* a file or a stream is not this machine's camera */
	if (!strcmp(device, "demo"))
		what = "demo";
	else if (streams && strncmp(device, "/dev/", 5) != 0)
		what = "picture";
	area_print_right(area, 0, STYLE_TEXT, "%s %s %s · %s or sent ",
			 streams ? "●" : "○", what, streams ? "on" : "off",
			 /* but what was said of readings, as numbers */
			 s->corrections ? "no picture kept" : "nothing stored");
}

/* ---- hints -------------------------------------------------------------- */

/* first, or first and last together under a label of their own; those that
 * matter most come first, and the last two always stand. */
static const struct {
	enum action first, last;
	const char *join, *label;
} hints[] = {
	{ACTION_PAUSE, ACTION_NONE, "", NULL},
	{ACTION_NEXT, ACTION_PREVIOUS, "/", "song"},
	{ACTION_MOOD_1, ACTION_MOOD_7, "-", "mood"},
	{ACTION_AUTO, ACTION_NONE, "", NULL},
	{ACTION_CAMERA, ACTION_NONE, "", NULL},
	{ACTION_VOLUME_UP, ACTION_VOLUME_DOWN, "/", "vol"},
	{ACTION_SEARCH, ACTION_NONE, "", NULL},
	{ACTION_SEEK_BACK, ACTION_SEEK_FORWARD, "/", "seek"},
	{ACTION_FEEL, ACTION_NONE, "", NULL},
	{ACTION_POLICY, ACTION_NONE, "", NULL},
	{ACTION_LIKE, ACTION_NONE, "", NULL},
	{ACTION_PREVIEW, ACTION_NONE, "", NULL},
	{ACTION_MUTE, ACTION_NONE, "", NULL},
	{ACTION_FOCUS_NEXT, ACTION_NONE, "", NULL},
	{ACTION_LOG, ACTION_NONE, "", NULL},
	{ACTION_HELP, ACTION_NONE, "", NULL},
	{ACTION_QUIT, ACTION_NONE, "", NULL},
};

#define HINTS       ((int)(sizeof(hints) / sizeof(*hints)))
#define HINTS_FIXED 2 /* the last ones */

static void first_key(const struct keys *keys, enum action action, char *out,
		      size_t size)
{
	key_code code = action ? keys->codes[action][0] : KEY_CODE_NONE;

	if (code == KEY_CODE_LEFT)
		snprintf(out, size, "←");
	else if (code == KEY_CODE_RIGHT)
		snprintf(out, size, "→");
	else
		keys_code_name(code, out, size);
}

static void hint_keys(const struct keys *keys, int i, char *out, size_t size)
{
	char a[24], b[24];

	first_key(keys, hints[i].first, a, sizeof(a));
	first_key(keys, hints[i].last, b, sizeof(b));
	snprintf(out, size, "%s%s%s", a, b[0] ? hints[i].join : "", b);
}

static const char *hint_label(int i)
{
	return hints[i].label ? hints[i].label : keys_label(hints[i].first);
}

static int hint_cols(const struct keys *keys, int i)
{
	char text[64];

	hint_keys(keys, i, text, sizeof(text));
	if (!text[0])
		return 0;
	return text_width(text) + 1 + text_width(hint_label(i)) + 2;
}

void view_hints(struct area area, const struct snapshot *s)
{
	int room = area.rect.cols - 1, col = 1;
	bool fits = true;
	char text[64];

	for (int i = HINTS - HINTS_FIXED; i < HINTS; i++)
		room -= hint_cols(s->keys, i);
	for (int i = 0; i < HINTS; i++) {
		int cols = hint_cols(s->keys, i);

		if (i < HINTS - HINTS_FIXED) {
			fits = fits && cols <= room;
			if (!fits)
				continue;
			room -= cols;
		}
		if (!cols)
			continue;
		hint_keys(s->keys, i, text, sizeof(text));
		col += area_text(area, 0, col, STYLE_KEY, text) + 1;
		col += area_text(area, 0, col, STYLE_TEXT, hint_label(i)) + 2;
	}
}

/* ---- below 40x10 -------------------------------------------------------- */

void view_line(struct area mood, struct area message, const struct snapshot *s)
{
	const struct player_state *p = &s->music.player;
	char at[16], length[16], right[40] = "";
	int col, end = mood.rect.cols;

	if (p->active) {
		pen_time(at, sizeof(at), p->position_s);
		pen_time(length, sizeof(length),
			 p->length_s > 0 ? p->length_s : -1);
		snprintf(right, sizeof(right), "%s/%s", at, length);
	}
	col = area_text(mood, 0, 0, style_emotion(s->mood.emotion),
			emotion_name(s->mood.emotion));
	if (s->mood.manual)
		col += area_text(mood, 0, col, STYLE_WARNING, "!");
	if (end - col >= text_width(right) + 6)
		end = area_print_right(mood, 0, STYLE_TEXT, "%s", right);
	if (p->active) {
		area_put(mood, 0, col + 1, STYLE_GOOD,
			 p->paused ? 0x2016 : 0x25ba);
		area_fit(mood, 0, col + 3, end - col - 4, STYLE_STRONG,
			 p->track.title);
	}
	view_message(message, s);
}
