/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_emotion: the seven bars, the mood in force, and both over time. */
#include "tui/views.h"

#include "base/clock.h"
#include "model/notice.h"
#include "tui/pen.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define NAME_COLS   12 /* " 1 surprise " */
#define NUMBER_COLS 5  /* " 100%" */
#define TREND_COLS  2
#define SPARKS      20
#define SPARK_S     3 /* seconds each */
#define SPARK_COLS  (SPARKS + 3)
#define TREND_S     2     /* the trend is against so long ago */
#define TREND_LEAST 0.03f /* and says nothing below this */
#define SLOT_S      5     /* of the timeline */

static const struct face *lead_face(const struct snapshot *s)
{
	if (!s->has_reading || s->reading.lead < 0 ||
	    s->reading.lead >= s->reading.face_count)
		return NULL;
	return &s->reading.faces[s->reading.lead];
}

/* ---- bars --------------------------------------------------------------- */

/* Where there are fewer rows than emotions: the strongest, in their order. */
static bool is_among(const float *scores, int emotion, int most)
{
	int stronger = 0;

	for (int i = 0; i < EMOTION_COUNT; i++)
		stronger += scores[i] > scores[emotion] ||
			    (scores[i] == scores[emotion] && i < emotion);
	return stronger < most;
}

static void draw_trend(struct area area, int row, int col,
		       const struct snapshot *s, enum emotion e, float value)
{
	float before = trail_mean(s->trail, s->now_ns, e, TREND_S, 1);

	if (before < 0 || fabsf(value - before) < TREND_LEAST)
		return;
	if (value > before)
		area_put(area, row, col, STYLE_GOOD, 0x25b2);
	else
		area_put(area, row, col, STYLE_DIM, 0x25bc);
}

static void draw_bar(struct area area, int row, const struct snapshot *s,
		     enum emotion e, const struct face *face, bool first)
{
	bool sparks = area.rect.cols >= NAME_COLS + 18 + SPARK_COLS + 8;
	int bar = area.rect.cols - NAME_COLS - NUMBER_COLS - TREND_COLS - 1 -
		  (sparks ? SPARK_COLS : 0);
	int col = NAME_COLS;

	area_print(area, row, 1, STYLE_KEY, "%d", (int)e + 1);
	area_text(area, row, 3, first ? STYLE_STRONG : STYLE_TEXT,
		  emotion_name(e));
	if (bar >= 4) {
		pen_bar(area, row, col, bar, face ? face->smooth[e] : 0,
			style_emotion(e));
		col += bar;
	}
	if (face) {
		area_print(area, row, col, first ? STYLE_STRONG : STYLE_TEXT,
			   "%4d%%", (int)lroundf(face->smooth[e] * 100));
		draw_trend(area, row, col + NUMBER_COLS + 1, s, e,
			   face->smooth[e]);
	} else {
		area_text(area, row, col, STYLE_DIM, "    -");
	}
	if (!sparks)
		return;
	col += NUMBER_COLS + TREND_COLS + 1;
	for (int i = 0; i < SPARKS; i++)
		pen_spark(area, row, col + 2 + i,
			  trail_mean(s->trail, s->now_ns, e,
				     (SPARKS - 1 - i) * SPARK_S, SPARK_S),
			  style_emotion(e));
}

void view_bars(struct area area, const struct snapshot *s)
{
	const struct face *face = lead_face(s);
	static const float none[EMOTION_COUNT];
	const float *scores = face ? face->smooth : none;
	int row = 0;

	for (int e = 0; e < EMOTION_COUNT; e++)
		if (is_among(scores, e, area.rect.rows))
			draw_bar(area, row++, s, (enum emotion)e, face,
				 face && is_among(scores, e, 1));
}

/* ---- mood --------------------------------------------------------------- */

/* "held 0:42", or since when where nothing would count the seconds. */
static void held_text(const struct snapshot *s, bool words, char *out,
		      size_t size)
{
	double held = (double)(s->now_ns - s->mood.since_ns) / CLOCK_NS_PER_S;
	time_t since = (time_t)(s->now_s - (int64_t)held);
	struct tm local;
	char time[16];

	if (s->ticking) {
		snprintf(out, size, "%s%s", words ? "held " : "",
			 pen_time(time, sizeof(time), held));
		return;
	}
	localtime_r(&since, &local);
	snprintf(out, size, "%s%02d:%02d", words ? "since " : "from ",
		 local.tm_hour, local.tm_min);
}

static void draw_name(struct area area, int row, int col,
		      const struct snapshot *s)
{
	const char *name = emotion_name(s->mood.emotion);

	for (int i = 0; name[i]; i++) {
		struct cell *cell = canvas_cell(area.canvas,
						area.rect.row + row,
						area.rect.col + col + i);

		area_put(area, row, col + i, style_emotion(s->mood.emotion),
			 (uint32_t)toupper((unsigned char)name[i]));
		if (cell && col + i < area.rect.cols)
			cell->bold = true;
	}
}

static void draw_mood(struct area area, int row, const struct snapshot *s)
{
	bool wide = area.rect.cols >= 36;
	int col = 1;
	char held[32];

	held_text(s, wide, held, sizeof(held));
	if (wide)
		col += area_text(area, row, col, STYLE_DIM, "MOOD") + 2;
	draw_name(area, row, col, s);
	col += (int)strlen(emotion_name(s->mood.emotion)) + 2;
	area_text(area, row, col, STYLE_TEXT, held);
	area_print_right(area, row, s->mood.manual ? STYLE_WARNING : STYLE_GOOD,
			 "[%s] ", s->mood.manual ? "manual" : "auto");
}

/* One line: the model's trouble, no face, or the face and how fast. */
static void draw_state(struct area area, int row, const struct snapshot *s)
{
	const struct face *face = lead_face(s);
	int cols = area.rect.cols - 2;
	char text[160];

	if (s->model == INFERENCE_FAILED) {
		area_fit(area, row, 1, cols, STYLE_ERROR, s->model_fault);
		return;
	}
	if (!s->camera_on || s->camera.state != CAPTURE_STREAMING ||
	    !s->has_reading) {
		area_fit(area, row, 1, cols, STYLE_DIM,
			 s->starting || s->model == INFERENCE_LOADING
				 ? "the model is being loaded"
			 : !s->camera_on ? "camera off: moods by hand, 1 to 7"
					 : "no picture: moods by hand, 1 to 7");
		return;
	}
	if (!face) {
		snprintf(text, sizeof(text), "no face: %s",
			 notice_text(s->reading.notices));
		area_fit(area, row, 1, cols, STYLE_WARNING,
			 s->reading.notices ? text : "no face in the picture");
		return;
	}
	if (face->notices) {
		snprintf(text, sizeof(text), "%s: the mood stays as it is",
			 notice_text(face->notices));
		area_fit(area, row, 1, cols, STYLE_WARNING, text);
		return;
	}
	snprintf(text, sizeof(text), "face %.2f  %3.0f ms  %.1f/s%s",
		 (double)face->score, (double)s->reading.took_ns / 1e6,
		 s->readings_per_s,
		 s->reading.notices & NOTICE_DARK ? "  dark" : "");
	area_fit(area, row, 1, cols, STYLE_TEXT, text);
}

static void draw_numbers(struct area area, int row, const struct snapshot *s)
{
	char text[160];

	snprintf(text, sizeof(text),
		 "margin %2.0f%%  valence %+.2f  arousal %+.2f",
		 (double)s->mood.margin * 100, (double)s->mood.valence,
		 (double)s->mood.arousal);
	area_fit(area, row, 1, area.rect.cols - 2, STYLE_TEXT, text);
}

/* The newest frame alone, beside the smoothed bars. */
static void draw_raw(struct area area, int row, const struct snapshot *s)
{
	const struct face *face = lead_face(s);
	char text[160];
	int best = 0, second = -1;

	if (!face)
		return;
	for (int i = 1; i < EMOTION_COUNT; i++)
		if (face->raw[i] > face->raw[best])
			best = i;
	for (int i = 0; i < EMOTION_COUNT; i++)
		if (i != best &&
		    (second < 0 || face->raw[i] > face->raw[second]))
			second = i;
	snprintf(text, sizeof(text), "raw %s %.0f  %s %.0f   %.0fx%.0f px%s",
		 emotion_name((enum emotion)best),
		 (double)face->raw[best] * 100,
		 emotion_name((enum emotion)second),
		 (double)face->raw[second] * 100, (double)face->width,
		 (double)face->height,
		 s->reading.face_count < 2 ? ""
		 : s->together             ? "  (mood of all)"
					   : "  (nearest leads)");
	area_fit(area, row, 1, area.rect.cols - 2, STYLE_DIM, text);
}

void view_mood(struct area area, const struct snapshot *s)
{
	draw_mood(area, 0, s);
	draw_state(area, 1, s);
	draw_numbers(area, 2, s);
	draw_raw(area, 3, s);
}

/* ---- over time ---------------------------------------------------------- */

/* How strong the mood's emotion was in a slot; less than 0: nothing known.
 * *mood: the newest of the slot. */
static float slot_strength(const struct snapshot *s, int slot,
			   enum emotion *mood)
{
	for (int i = 0; i < SLOT_S; i++) {
		const struct trail_slot *t =
			trail_at(s->trail, s->now_ns, slot * SLOT_S + i);

		if (!t)
			continue;
		*mood = t->mood;
		return fmaxf(0, trail_mean(s->trail, s->now_ns, t->mood,
					   slot * SLOT_S, SLOT_S));
	}
	return -1;
}

/* Slots, newest last, that fit with a name before each change of mood, and
 * that anything is known of. */
static int slots_that_fit(const struct snapshot *s, int cols)
{
	enum emotion mood = EMOTION_COUNT, last = EMOTION_COUNT;
	int used = 0, known = 0;

	for (int slot = 0; slot < TRAIL_SECONDS / SLOT_S; slot++) {
		bool is_known = slot_strength(s, slot, &mood) >= 0;

		if (is_known && mood != last)
			used += (int)strlen(emotion_name(mood)) + 2;
		if (++used > cols)
			break;
		if (is_known) {
			known = slot + 1;
			last = mood;
		}
	}
	return known;
}

void view_timeline(struct area area, const struct snapshot *s)
{
	enum emotion mood = EMOTION_COUNT, last = EMOTION_COUNT;
	int col = 8, slots;

	if (area.rect.cols < 20)
		return;
	slots = slots_that_fit(s, area.rect.cols - col);
	area_text(area, 0, 1, STYLE_DIM, "5 min");
	if (!slots)
		area_text(area, 0, col, STYLE_DIM, "nothing yet");
	for (int slot = slots - 1; slot >= 0; slot--, col++) {
		float value = slot_strength(s, slot, &mood);

		if (value < 0)
			continue;
		if (mood != last) {
			col += last != EMOTION_COUNT;
			col += area_print(area, 0, col, style_emotion(mood),
					  "%s ", emotion_name(mood));
		}
		pen_spark(area, 0, col, value, style_emotion(mood));
		last = mood;
	}
}

/* "low ───●─── high" for -1..1. */
static int draw_axis(struct area area, int row, int col, const char *low,
		     const char *high, float value)
{
	const int cols = 15;
	int at = (int)lroundf((fminf(1, fmaxf(-1, value)) + 1) / 2 *
			      (float)(cols - 1));

	col += area_print(area, row, col, STYLE_DIM, "%s ", low);
	for (int i = 0; i < cols; i++)
		area_put(area, row, col + i,
			 i == at ? STYLE_STRONG : STYLE_FRAME,
			 i == at ? 0x25cf : 0x2500);
	col += cols;
	return col + area_print(area, row, col, STYLE_DIM, " %s", high);
}

void view_trail(struct area area, const struct snapshot *s)
{
	int col;

	if (area.rect.rows < 2)
		return;
	view_timeline(area_part(area, 0, 0, 1, area.rect.cols), s);
	col = draw_axis(area, 1, 1, "sad", "glad", s->mood.valence);
	draw_axis(area, 1, col + 4, "calm", "lively", s->mood.arousal);
}
