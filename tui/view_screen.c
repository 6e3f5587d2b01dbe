/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_screen: the panels of a layout, each in its place. */
#include "tui/views.h"

#include "tui/pen.h"

#include <stdio.h>

static const char *policy_title(enum policy policy)
{
	switch (policy) {
	case POLICY_LIFT: return "Next, to lift the mood";
	case POLICY_SURPRISE: return "Next, to surprise";
	case POLICY_MATCH: break;
	}
	return "Next, to match the mood";
}

/* A rule's title is that of the panel just below it. */
static void draw_rule(struct area side, int row, const struct layout *l,
		      const struct snapshot *s)
{
	int below = l->rules[row] + 1;
	const char *title = NULL;
	bool focus = false;

	if (below == l->queue.row && !rect_is_empty(l->queue)) {
		title = policy_title(s->policy);
		focus = s->ui.focus == FOCUS_QUEUE;
	} else if (below == l->events.row && !rect_is_empty(l->events)) {
		title = "Events";
		focus = s->ui.focus == FOCUS_EVENTS;
	}
	pen_rule(side, l->rules[row] - side.rect.row, title, focus);
}

static const char *side_note(const struct layout *l, const struct snapshot *s,
			     char *out, size_t size)
{
	if (!s->has_reading || s->reading.lead < 0)
		return "no face";
	if (!s->corrections)
		return l->kind == LAYOUT_LARGE ? "smoothed, and the last 60 s"
					       : "smoothed";
	snprintf(out, size, "personal: %d correction%s", s->corrections,
		 s->corrections == 1 ? "" : "s");
	return out;
}

static void draw_side(struct canvas *canvas, const struct layout *l,
		      const struct snapshot *s)
{
	struct area side = area_of(canvas, l->side);
	bool split = l->kind == LAYOUT_COMPACT && l->mood.col > l->bars.col;

	char note[64];

	if (area_is_empty(side))
		return;
	pen_frame(side, "Emotion", side_note(l, s, note, sizeof(note)),
		  split && s->ui.focus == FOCUS_QUEUE);
	for (int i = 0; i < l->rule_count; i++)
		draw_rule(side, i, l, s);
	view_bars(area_of(canvas, l->bars), s);
	view_mood(area_of(canvas, l->mood), s);
	view_trail(area_of(canvas, l->trail), s);
	view_events(area_of(canvas, l->events), s);
}

static void draw_music(struct canvas *canvas, const struct layout *l,
		       const struct snapshot *s)
{
	struct area playing = area_of(canvas, l->playing);

	if (!rect_is_empty(l->queue_frame))
		pen_frame(area_of(canvas, l->queue_frame),
			  policy_title(s->policy), "",
			  s->ui.focus == FOCUS_QUEUE);
	if (!rect_is_empty(l->queue))
		view_queue(area_of(canvas, l->queue), s);
	if (playing.rect.rows >= 4)
		view_playing(playing, s);
	else if (!area_is_empty(playing))
		view_playing_bare(playing, s);
}

void view_screen(struct canvas *canvas, const struct layout *l,
		 const struct snapshot *s)
{
	canvas_clear(canvas);
	if (l->kind == LAYOUT_LINE) {
		view_line(area_of(canvas, l->mood), area_of(canvas, l->message),
			  s);
		view_queue(area_of(canvas, l->queue), s);
		view_hints(area_of(canvas, l->hints), s);
		view_overlay(canvas, s);
		return;
	}
	if (!rect_is_empty(l->camera))
		view_camera(area_of(canvas, l->camera), s);
	draw_side(canvas, l, s);
	draw_music(canvas, l, s);
	view_timeline(area_of(canvas, l->timeline), s);
	view_privacy(area_of(canvas, l->privacy), s);
	view_message(area_of(canvas, l->message), s);
	view_hints(area_of(canvas, l->hints), s);
	view_overlay(canvas, s);
}
