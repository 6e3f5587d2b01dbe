/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_camera: the picture, the faces framed over it, and in words why there
 * is none. */
#include "tui/views.h"

#include "model/notice.h"
#include "tui/pen.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UPPER_HALF   0x2580
#define POINTER      0x25ba
#define HORIZONTAL   0x2500
#define VERTICAL     0x2502
#define TOP_LEFT     0x250c
#define TOP_RIGHT    0x2510
#define BOTTOM_LEFT  0x2514
#define BOTTOM_RIGHT 0x2518
#define LABEL_PAPER  1 /* grey */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

static void note_text(const struct snapshot *s, int cols, char *out,
		      size_t size)
{
	const struct capture_status *c = &s->camera;

	out[0] = '\0';
	if (!s->camera_on)
		snprintf(out, size, "○ off");
	else if (c->state == CAPTURE_STREAMING && cols >= 60)
		snprintf(out, size, "%s ● %dx%d %s  %.0f fps  %s",
			 base_name(c->device), c->width, c->height, c->format,
			 c->rate, caps_preview_name(s->ui.preview));
	else if (c->state == CAPTURE_STREAMING)
		snprintf(out, size, "%s ● %.0f fps", base_name(c->device),
			 c->rate);
	else
		snprintf(out, size,
			 c->state == CAPTURE_ENDED ? "○ ended"
						   : "○ no picture");
}

void view_camera_sentence(const struct capture_status *status, char *out,
			  size_t size)
{
	size_t n;

	capture_sentence(status, out, size);
	n = strlen(out);
	out[0] = (char)toupper((unsigned char)out[0]);
	if (n && n + 1 < size && out[n - 1] != '.')
		memcpy(out + n, ".", 2);
}

/* Why there is no picture, and what can be done. */
static void explain(struct area area, const struct snapshot *s)
{
	const char *help = "Moods by hand: 1 to 7.";
	char sentence[512], key[64];
	int rows;

	if (s->starting) {
		snprintf(sentence, sizeof(sentence), "Starting.");
		help = "";
	} else if (!s->camera_on) {
		keys_text(s->keys, ACTION_CAMERA, key, sizeof(key));
		snprintf(sentence, sizeof(sentence),
			 "The camera is off, and its device closed. %s turns "
			 "it on.",
			 key);
	} else if (s->camera.state == CAPTURE_STREAMING &&
		   s->ui.preview == PREVIEW_OFF) {
		keys_text(s->keys, ACTION_PREVIEW, key, sizeof(key));
		snprintf(sentence, sizeof(sentence),
			 "The preview is off; faces are read all the same. %s "
			 "shows it.",
			 key);
		help = "";
	} else {
		view_camera_sentence(&s->camera, sentence, sizeof(sentence));
		if (s->camera.state == CAPTURE_STREAMING ||
		    s->camera.state == CAPTURE_OPENING)
			help = "";
	}
	area = area_part(area, 0, 1, area.rect.rows, area.rect.cols - 2);
	rows = pen_wrap(area, area.rect.rows / 3, STYLE_TEXT, sentence);
	pen_wrap(area, area.rect.rows / 3 + rows + 1, STYLE_DIM, help);
}

static void draw_half(struct area area, const struct preview *p)
{
	for (int row = 0; row < area.rect.rows; row++)
		for (int col = 0; col < area.rect.cols; col++) {
			int top = preview_grey(p, col, row * 2);
			int bottom = preview_grey(p, col, row * 2 + 1);
			struct cell *c;

			if (top < 0 || bottom < 0)
				continue;
			/* One step of grey inside a cell is not seen, but costs
			 * a third more on the wire: such cells are flat. */
			if (abs(top - bottom) <= 1)
				top = bottom = (top + bottom + 1) / 2;
			area_put(area, row, col, STYLE_TEXT,
				 top == bottom ? ' ' : UPPER_HALF);
			c = canvas_cell(area.canvas, area.rect.row + row,
					area.rect.col + col);
			c->ink = (uint8_t)(top);
			c->paper = (uint8_t)bottom;
		}
}

static void draw_ascii(struct area area, const struct preview *p)
{
	for (int row = 0; row < area.rect.rows; row++)
		for (int col = 0; col < area.rect.cols; col++) {
			int step = preview_step(p, col, row);

			if (step >= 0)
				area_put(area, row, col, STYLE_TEXT,
					 (uint32_t)PREVIEW_RAMP[step]);
		}
}

/* Over the picture, whose grey stays behind the sign. */
static void put_over(struct area area, const struct preview *p, int row,
		     int col, enum style style, uint32_t code)
{
	struct cell *c = canvas_cell(area.canvas, area.rect.row + row,
				     area.rect.col + col);
	int top, bottom;

	if (row < 0 || col < 0 || row >= area.rect.rows ||
	    col >= area.rect.cols)
		return;
	area_put(area, row, col, style, code);
	if (!p->tall)
		return;
	top = preview_grey(p, col, row * 2);
	bottom = preview_grey(p, col, row * 2 + 1);
	if (c && top >= 0 && bottom >= 0)
		c->paper = (uint8_t)((top + bottom) / 2);
}

/* Words must be read over white, too. */
static void put_on_dark(struct area area, const struct preview *p, int row,
			int col, enum style style, uint32_t code)
{
	struct cell *c;

	put_over(area, p, row, col, style, code);
	c = canvas_cell(area.canvas, area.rect.row + row, area.rect.col + col);
	if (p->tall && c && col < area.rect.cols && row < area.rect.rows)
		c->paper = LABEL_PAPER;
}

/* Four corners with short arms, as a viewfinder's: they hide least. */
static void draw_corners(struct area area, const struct preview *p,
			 const struct preview_box *b, enum style style)
{
	int arm = b->cols >= 8 ? b->cols / 4 : 1;
	int leg = b->rows >= 6 ? b->rows / 5 : 0;
	int right = b->col + b->cols - 1, bottom = b->row + b->rows - 1;

	for (int i = 1; i <= arm && i < b->cols - 1; i++) {
		put_over(area, p, b->row, b->col + i, style, HORIZONTAL);
		put_over(area, p, b->row, right - i, style, HORIZONTAL);
		put_over(area, p, bottom, b->col + i, style, HORIZONTAL);
		put_over(area, p, bottom, right - i, style, HORIZONTAL);
	}
	for (int i = 1; i <= leg && i < b->rows - 1; i++) {
		put_over(area, p, b->row + i, b->col, style, VERTICAL);
		put_over(area, p, b->row + i, right, style, VERTICAL);
		put_over(area, p, bottom - i, b->col, style, VERTICAL);
		put_over(area, p, bottom - i, right, style, VERTICAL);
	}
	put_over(area, p, b->row, b->col, style, TOP_LEFT);
	put_over(area, p, b->row, right, style, TOP_RIGHT);
	put_over(area, p, bottom, b->col, style, BOTTOM_LEFT);
	put_over(area, p, bottom, right, style, BOTTOM_RIGHT);
}

static enum emotion strongest(const float scores[EMOTION_COUNT])
{
	int best = 0;

	for (int i = 1; i < EMOTION_COUNT; i++)
		if (scores[i] > scores[best])
			best = i;
	return (enum emotion)best;
}

/* "► happy 72%" (or why it cannot be said) above the box, or inside it at the
 * picture's top. */
static void draw_label(struct area area, const struct preview *p,
		       const struct preview_box *b, const struct face *face,
		       enum style style)
{
	enum emotion e = strongest(face->smooth);
	int row = b->row > 0 ? b->row - 1 : b->row;
	char label[32];
	int at = b->col, length;

	if (face->notices)
		length = snprintf(label, sizeof(label), " %s ",
				  notice_text(face->notices));
	else
		length = snprintf(label, sizeof(label), " %s %d%% ",
				  emotion_name(e),
				  (int)lroundf(face->smooth[e] * 100));
	if (at + length + 2 > area.rect.cols)
		at = area.rect.cols - length - 2;
	if (at < 0)
		at = 0;
	if (b->lead)
		put_on_dark(area, p, row, at++, style, POINTER);
	for (int i = 0; label[i]; i++)
		put_on_dark(area, p, row, at + i, style, (uint32_t)label[i]);
}

static void draw_faces(struct area area, const struct snapshot *s)
{
	struct preview_box boxes[READING_MAX_FACES];
	int count;

	if (!s->has_reading)
		return;
	count = preview_boxes(s->preview, &s->reading, s->mirror, boxes);
	for (int i = 0; i < count; i++) {
		enum style style = boxes[i].lead ? STYLE_LEAD : STYLE_FACE;

		draw_corners(area, s->preview, &boxes[i], style);
		draw_label(area, s->preview, &boxes[i],
			   &s->reading.faces[boxes[i].face], style);
	}
}

void view_camera(struct area area, const struct snapshot *s)
{
	struct area inside = area_inside(area);
	bool still = s->camera.state == CAPTURE_ENDED;
	bool shown = s->camera_on && s->ui.preview != PREVIEW_OFF &&
		     !s->preview->fresh &&
		     (still || s->camera.state == CAPTURE_STREAMING);
	char note[160];

	note_text(s, area.rect.cols, note, sizeof(note));
	pen_frame(area, "Camera", note, false);
	if (area_is_empty(inside))
		return;
	if (!shown) {
		explain(inside, s);
		return;
	}
	if (s->preview->tall)
		draw_half(inside, s->preview);
	else
		draw_ascii(inside, s->preview);
	draw_faces(inside, s);
}
