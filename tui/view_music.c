/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_music: the song that plays, and those that come next, with reasons. */
#include "tui/views.h"

#include "base/text.h"
#include "tui/pen.h"

#include <stdio.h>

#define VOLUME_COLS 20 /* "vol ██████████ 100%" and a space */
#define HEART       0x2665
#define WIDE_COLS   56 /* the queue shows lengths, and reasons below */

static void draw_volume(struct area area, int row, int col,
			const struct player_state *p)
{
	if (p->muted) {
		area_text(area, row, col, STYLE_WARNING, "muted");
		return;
	}
	if (p->unheard) {
		area_text(area, row, col, STYLE_WARNING, "no sound device");
		return;
	}
	area_text(area, row, col, STYLE_DIM, "vol");
	pen_bar(area, row, col + 4, 10, p->volume / 100.0, STYLE_PROGRESS);
	area_print(area, row, col + 14, STYLE_TEXT, "%4d%%", p->volume);
}

/* "1:23 ━━━╸─── 3:47    vol ████░░ 62%" over the row. */
static void draw_progress(struct area area, int row,
			  const struct player_state *p)
{
	int cols = area.rect.cols, volume = cols >= 44 ? VOLUME_COLS + 3 : 0;
	char at[16], length[16];
	double part = p->length_s > 0 ? p->position_s / p->length_s : 0;
	int col = 1, bar;

	pen_time(at, sizeof(at), p->active ? p->position_s : -1);
	pen_time(length, sizeof(length), p->length_s > 0 ? p->length_s : -1);
	col += area_print(area, row, col, STYLE_TEXT, "%s ", at);
	bar = cols - col - text_width(length) - 2 - volume;
	if (bar > 4) {
		pen_progress(area, row, col, bar, part);
		col += bar;
	}
	area_print(area, row, col, STYLE_TEXT, " %s", length);
	if (volume)
		draw_volume(area, row, cols - VOLUME_COLS, p);
}

/* What stands where no song is. */
static const char *silence(const struct snapshot *s)
{
	if (s->starting)
		return "Starting.";
	if (!s->music.has_catalog)
		return "The catalog cannot be read: see L.";
	if (!s->music.tracks)
		return "The catalog is empty: \"mien-etl starter\" or "
		       "\"mien-etl import FOLDER\" fills it.";
	if (s->music.awaits_player)
		return "Starting.";
	if (!s->music.has_player)
		return "There is no sound: see L.";
	return "Nothing plays.";
}

static const char *state_word(const struct player_state *p)
{
	return p->buffering ? "buffering" : p->paused ? "paused" : "";
}

/* "► Title — Artist", and at the right the state or what is left. */
static void draw_title(struct area area, int row, const struct snapshot *s)
{
	const struct player_state *p = &s->music.player;
	const char *word = state_word(p);
	char right[32], left_s[16], names[320];
	int end = area.rect.cols;

	if (!p->active) {
		area_fit(area, row, 1, end - 2,
			 s->starting || s->music.awaits_player ? STYLE_DIM
							       : STYLE_WARNING,
			 silence(s));
		return;
	}
	right[0] = '\0';
	if (*word)
		snprintf(right, sizeof(right), "%s ", word);
	else if (p->length_s > 0)
		snprintf(right, sizeof(right), "-%s ",
			 pen_time(left_s, sizeof(left_s),
				  p->length_s - p->position_s));
	end = area_print_right(area, row, *word ? STYLE_WARNING : STYLE_TEXT,
			       "%s", right);
	if (s->music.liked)
		area_put(area, row, end - 2, STYLE_ERROR, HEART);
	area_put(area, row, 1, STYLE_GOOD, p->paused ? 0x2016 : 0x25ba);
	snprintf(names, sizeof(names), "%s — %s", p->track.title,
		 p->track.artist);
	area_fit(area, row, 3, end - 3 - (s->music.liked ? 3 : 1), STYLE_STRONG,
		 names);
}

/* Seven rows and more: one thing a row. */
static void draw_tall(struct area area, const struct snapshot *s)
{
	const struct player_state *p = &s->music.player;
	int cols = area.rect.cols - 4;
	char text[256];

	draw_title(area, 1, s);
	if (p->active) {
		snprintf(text, sizeof(text), "%s%s%s", p->track.album,
			 p->track.album[0] && p->track.genre[0] ? " · " : "",
			 p->track.genre);
		area_fit(area, 2, 3, cols, STYLE_DIM, text);
		area_fit(area, 3, 3, cols, STYLE_TEXT, s->music.reason);
	}
	draw_progress(area, area.rect.rows - 2, p);
}

void view_playing(struct area area, const struct snapshot *s)
{
	struct area inside = area_inside(area);
	bool tall = inside.rect.rows >= 6;

	pen_frame(area, "Now playing",
		  !s->music.player.active ? ""
		  : tall                  ? s->music.player.codec
					  : s->music.reason,
		  false);
	if (tall)
		draw_tall(inside, s);
	else
		view_playing_bare(inside, s);
}

void view_playing_bare(struct area area, const struct snapshot *s)
{
	draw_title(area, 0, s);
	draw_progress(area, 1, &s->music.player);
}

/* "next Title  Artist  3:12", and below it the reason where there is room. */
static void draw_upcoming(struct area area, int row, const struct track *t,
			  int index, bool chosen)
{
	enum style style = chosen ? STYLE_SELECTED : STYLE_TEXT;
	enum style dim = chosen ? STYLE_SELECTED : STYLE_DIM;
	bool wide = area.rect.cols >= WIDE_COLS;
	int room = area.rect.cols - 8 - (wide ? 8 : 0);
	int title = room * 3 / 5;
	char length[16];

	area_fit(area, row, 0, area.rect.cols, style, "");
	area_text(area, row, 1, dim, index ? "then" : "next");
	area_fit(area, row, 6, title, style, t->title);
	area_fit(area, row, 7 + title, room - title, dim, t->artist);
	if (wide)
		area_print_right(area, row, style, "%s ",
				 pen_time(length, sizeof(length),
					  t->length_s > 0 ? t->length_s : -1));
}

void view_queue(struct area area, const struct snapshot *s)
{
	const struct music *m = &s->music;
	bool focus = s->ui.focus == FOCUS_QUEUE;
	/* with room a reason below each, else one for the next or chosen */
	int each = area.rect.rows >= 2 * m->queue_count && m->queue_count &&
				   area.rect.cols >= WIDE_COLS
			   ? 2
			   : 1;
	bool why = each == 1 && area.rect.rows >= 3;
	int rows = (area.rect.rows - (why ? 1 : 0)) / each;
	int chosen = focus ? s->ui.chosen : 0;
	int first = chosen >= rows ? chosen - rows + 1 : 0;

	if (!m->queue_count) {
		area_fit(area, 0, 1, area.rect.cols - 2, STYLE_DIM,
			 s->starting || m->awaits_player
				 ? ""
				 : "nothing comes next");
		return;
	}
	for (int i = 0; i < rows && first + i < m->queue_count; i++) {
		const struct track *t = &m->queue[first + i];

		draw_upcoming(area, i * each, t, first + i,
			      focus && first + i == chosen);
		if (each == 2)
			area_fit(area, i * 2 + 1, 6, area.rect.cols - 7,
				 STYLE_DIM, t->reason);
	}
	if (why && chosen < m->queue_count) {
		area_text(area, area.rect.rows - 1, 1, STYLE_DIM, "why");
		area_fit(area, area.rect.rows - 1, 6, area.rect.cols - 7,
			 STYLE_TEXT, m->queue[chosen].reason);
	}
}
