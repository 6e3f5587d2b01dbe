/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crowd: portraits pasted by their nearest pixels, in a grid. */
#include "bench/crowd.h"

#include "base/paths.h"
#include "base/rng.h"
#include "capture/capture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PORTRAITS 2
#define NOISE     3 /* its deviation: a webcam's in a room */
#define GRAIN     8192
#define SWAY_S    3.1 /* there and back */
#define SKETCH_S  6.2 /* a head at its calmest */

struct crowd {
	struct frame *portraits[PORTRAITS];
	struct frame frame;
	int8_t grain[GRAIN];
};

static bool keep(struct frame *frame, void *user)
{
	*(struct frame **)user = frame_ref(frame);
	return false;
}

static enum status load(struct frame **out, const char *name,
			struct fault *fault)
{
	char path[4096], file[64];
	struct capture_opts opts = {.spec = path};
	enum status st;

	snprintf(file, sizeof(file), "demo/%s.jpg", name);
	st = paths_program(file, path, sizeof(path));
	if (st)
		return fault_set(fault, st, file, "is not beside the program");
	st = capture_each(&opts, 0, keep, out, fault);
	return st || *out ? st
			  : fault_set(fault, STATUS_BAD_DATA, path,
				      "has no picture");
}

/* Noise of about a normal distribution, drawn once. */
static void draw_grain(int8_t *grain)
{
	struct rng rng;

	rng_init(&rng, 1);
	for (int i = 0; i < GRAIN; i++) {
		double sum = -6;

		for (int k = 0; k < 12; k++)
			sum += rng_unit(&rng);
		grain[i] = (int8_t)lround(NOISE * sum);
	}
}

enum status crowd_open(struct crowd **out, int width, int height,
		       struct fault *fault)
{
	static const char *const names[PORTRAITS] = {"astronaut", "admiral"};
	struct crowd *c = calloc(1, sizeof(*c));
	size_t half = (size_t)((width + 1) / 2) * (size_t)((height + 1) / 2);
	enum status st = STATUS_OK;

	if (!c)
		return fault_set(fault, STATUS_NO_MEMORY, NULL, "a frame");
	c->frame =
		(struct frame){.luma = malloc((size_t)width * (size_t)height),
			       .u = malloc(half),
			       .v = malloc(half),
			       .width = width,
			       .height = height,
			       .stride = width,
			       .chroma_stride = (width + 1) / 2};
	draw_grain(c->grain);
	if (!c->frame.luma || !c->frame.u || !c->frame.v)
		st = fault_set(fault, STATUS_NO_MEMORY, NULL, "a frame");
	for (int i = 0; !st && i < PORTRAITS; i++)
		st = load(&c->portraits[i], names[i], fault);
	if (st) {
		crowd_close(c);
		return st;
	}
	*out = c;
	return STATUS_OK;
}

void crowd_close(struct crowd *c)
{
	if (!c)
		return;
	for (int i = 0; i < PORTRAITS; i++)
		frame_unref(c->portraits[i]);
	free(c->frame.luma);
	free(c->frame.u);
	free(c->frame.v);
	free(c);
}

struct place {
	int x, y, width, height;
};

/* One plane of a portrait, scaled to its place. */
static void paste(const uint8_t *from, int from_stride, int from_w, int from_h,
		  struct place at, uint8_t *to, int to_stride, int to_w,
		  int to_h)
{
	for (int y = 0; y < at.height; y++) {
		const uint8_t *row = from + (size_t)(y * from_h / at.height) *
						    (size_t)from_stride;
		int ty = at.y + y;

		for (int x = 0; ty >= 0 && ty < to_h && x < at.width; x++)
			if (at.x + x >= 0 && at.x + x < to_w)
				to[(size_t)ty * (size_t)to_stride +
				   (size_t)(at.x + x)] =
					row[x * from_w / at.width];
	}
}

static void paste_portrait(struct frame *f, const struct frame *p,
			   struct place at)
{
	struct place half = {at.x / 2, at.y / 2, at.width / 2, at.height / 2};
	int cw = (f->width + 1) / 2, ch = (f->height + 1) / 2;

	paste(p->luma, p->stride, p->width, p->height, at, f->luma, f->stride,
	      f->width, f->height);
	if (!p->u)
		return;
	paste(p->u, p->chroma_stride, (p->width + 1) / 2, (p->height + 1) / 2,
	      half, f->u, f->chroma_stride, cw, ch);
	paste(p->v, p->chroma_stride, (p->width + 1) / 2, (p->height + 1) / 2,
	      half, f->v, f->chroma_stride, cw, ch);
}

static void paint_room(struct frame *f)
{
	size_t half = (size_t)f->chroma_stride * (size_t)((f->height + 1) / 2);

	for (int y = 0; y < f->height; y++)
		memset(f->luma + (size_t)y * (size_t)f->stride,
		       90 + 60 * y / f->height, (size_t)f->width);
	memset(f->u, 128, half);
	memset(f->v, 128, half);
}

/* Nobody there, but something that moves: a curtain, a third as wide. */
static void paint_curtain(struct frame *f, double sway)
{
	int width = f->width / 3, left = width + (int)(sway * width / 4);

	for (int y = 0; y < f->height; y++)
		memset(f->luma + (size_t)y * (size_t)f->stride + left,
		       60 + 30 * (y / 16 % 2), (size_t)width);
}

static void add_noise(struct crowd *c)
{
	size_t n = (size_t)c->frame.height * (size_t)c->frame.stride;
	uint32_t at = c->frame.sequence * 2654435761U;

	for (size_t i = 0; i < n; i++) {
		int value = c->frame.luma[i] + c->grain[(at >> 8) % GRAIN];

		at = at * 1664525 + 1013904223;
		c->frame.luma[i] = (uint8_t)(value < 0     ? 0
					     : value > 255 ? 255
							   : value);
	}
}

static bool is_in(double x, double y, double wide, double high)
{
	return x * x / (wide * wide) + y * y / (high * high) <= 1;
}

/* x and y from the middle of the face, in parts of the frame's height. */
static int sketch_at(double x, double y)
{
	if (!is_in(x, y, 0.26, 0.38))
		return -1;
	if (is_in(fabs(x) - 0.1, y + 0.08, 0.035, 0.02))
		return 50; /* an eye */
	if (is_in(x, y - 0.18, 0.09, 0.02))
		return 70; /* the mouth */
	return x < -0.12 ? 150 : 190;
}

const struct frame *crowd_sketch(struct crowd *c, double t)
{
	struct frame *f = &c->frame;
	double high = f->height, middle = f->width / 2.0;

	middle += sin(2 * M_PI * t / SKETCH_S) * f->width / 20;
	paint_room(f);
	for (int y = 0; y < f->height; y++)
		for (int x = 0; x < f->width; x++) {
			bool dark = (x * 6 / f->width + y * 5 / f->height) % 2;
			int face = sketch_at((x - middle) / high,
					     (y - high * 0.52) / high);

			f->luma[y * f->stride + x] = (uint8_t)(face >= 0 ? face
							       : dark    ? 90
									 : 110);
		}
	f->sequence++;
	f->captured_ns = (int64_t)f->sequence * INT64_C(1000000000) / 15;
	add_noise(c);
	return f;
}

/* A grid of as few cells as hold the faces; each sways in its cell. */
const struct frame *crowd_paint(struct crowd *c, int faces, double t)
{
	struct frame *f = &c->frame;
	int cols = faces > 4 ? 3 : faces > 1 ? 2 : 1;
	int rows = (faces + cols - 1) / cols;

	paint_room(f);
	if (!faces)
		paint_curtain(f, sin(2 * M_PI * t / SWAY_S));
	for (int i = 0; i < faces; i++) {
		const struct frame *p = c->portraits[i % PORTRAITS];
		int cell_w = f->width / cols, cell_h = f->height / rows;
		int height = cell_h * 9 / 10;
		int width = height * p->width / p->height;
		double sway = sin(2 * M_PI * t / SWAY_S + i);

		if (width > cell_w * 8 / 10) {
			width = cell_w * 8 / 10;
			height = width * p->height / p->width;
		}
		paste_portrait(
			f, p,
			(struct place){i % cols * cell_w +
					       (cell_w - width) / 2 +
					       (int)(sway * cell_w / 20),
				       i / cols * cell_h + cell_h - height,
				       width, height});
	}
	f->sequence++;
	f->captured_ns = (int64_t)f->sequence * INT64_C(1000000000) / 15;
	add_noise(c);
	return f;
}
