/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * demo: two portraits that come, move, tilt and go in front of a wandering
 * background, with spells of nobody. Every picture follows from the seed, the
 * size, the rate and its number alone. Knows nothing of what is read in it.
 */
#include "capture/source.h"

#include "base/paths.h"
#include "base/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PORTRAITS 2
#define NOBODY    PORTRAITS
#define FACE_S    7.0 /* a face stays so long, and up to SPREAD_S longer: */
#define NOBODY_S  4.5 /* well over the 3 s that a mood is held without one */
#define SPREAD_S  1.5
#define SLIDE_S   0.7
#define GRAIN     4096  /* entries in the table of sensor noise */
#define ONE       65536 /* of the fixed point in warp */

static const char *const names[PORTRAITS] = {"demo/astronaut.jpg",
					     "demo/admiral.jpg"};

struct demo {
	struct source source;
	int width, height, rate;
	bool paced;
	struct frame_pool *pool; /* of the portraits */
	struct frame *portraits[PORTRAITS];
	uint8_t *mask; /* one for both: they have one size */
	struct rng rng;
	double phase[8];
	uint64_t number; /* of the next picture */
	int who, last;   /* portrait, or NOBODY; who was here last */
	double from_s, to_s;
	int side; /* where a face comes from: -1 left, 1 right */
	int8_t grain[GRAIN];
	uint8_t *columns; /* a row of background, luma */
};

/* One plane's way from the frame back into a portrait, in ONE-th pixels. */
struct warp {
	double x, y;        /* the portrait's centre in the frame */
	double cos, sin;    /* of its tilt, divided by its zoom */
	int x0, y0, x1, y1; /* the box in the frame that it may touch */
};

static struct demo *of(struct source *source)
{
	return (struct demo *)(void *)source;
}

/* ---- who is there -------------------------------------------------------- */

static void next_spell(struct demo *d)
{
	bool face = d->who == NOBODY;
	double length =
		(face ? FACE_S : NOBODY_S) + SPREAD_S * rng_unit(&d->rng);

	if (face) {
		d->last = (d->last + 1) % PORTRAITS;
		d->who = d->last;
		d->side = rng_below(&d->rng, 2) ? 1 : -1;
	} else {
		d->who = NOBODY;
	}
	d->from_s = d->to_s;
	d->to_s += length;
}

/* From 1 (away) to 0 (there), softly. */
static double away(const struct demo *d, double t)
{
	double nearest = fmin(t - d->from_s, d->to_s - t) / SLIDE_S;
	double x = 1 - fmin(fmax(nearest, 0), 1);

	return x * x * (3 - 2 * x);
}

static double wave(const struct demo *d, int i, double t, double period_s)
{
	return sin(2 * M_PI * t / period_s + d->phase[i]);
}

/* ---- painting ------------------------------------------------------------ */

static void paint_background(struct demo *d, struct frame *f, double t)
{
	uint32_t grain = (uint32_t)(d->number * 2654435761U);
	int cw = (f->width + 1) / 2, ch = (f->height + 1) / 2;

	for (int x = 0; x < f->width; x++)
		d->columns[x] = (uint8_t)(64 + 28 * sin(x * 4.0 / f->width +
							t / 3 + d->phase[0]));
	for (int y = 0; y < f->height; y++) {
		uint8_t *row = f->luma + (size_t)y * (size_t)f->stride;
		int base = 56 + (int)(24 * sin(y * 3.0 / f->height - t / 4 +
					       d->phase[1]));

		grain = grain * 1664525 + 1013904223;
		for (int x = 0; x < f->width; x++)
			row[x] = (uint8_t)(d->columns[x] + base +
					   d->grain[((grain >> 16) +
						     (unsigned)x) %
						    GRAIN]);
	}
	for (int y = 0; y < ch; y++) {
		size_t at = (size_t)y * (size_t)f->chroma_stride;

		memset(f->u + at, 128 + (int)(14 * wave(d, 2, t + y * .01, 11)),
		       (size_t)cw);
		memset(f->v + at, 128 + (int)(10 * wave(d, 3, t - y * .01, 13)),
		       (size_t)cw);
	}
}

/* The sample at (x, y) in ONE-th pixels, between its four neighbours. */
static int sample(const uint8_t *plane, int stride, int x, int y)
{
	const uint8_t *p = plane + (y >> 16) * stride + (x >> 16);
	int fx = (x & (ONE - 1)) >> 8, fy = (y & (ONE - 1)) >> 8;
	int top = p[0] * (256 - fx) + p[1] * fx;
	int bottom = p[stride] * (256 - fx) + p[stride + 1] * fx;

	return (top * (256 - fy) + bottom * fy) >> 16;
}

/* shift: 0 for luma, 1 for planes of half the size. */
static void warp_plane(uint8_t *to, int to_stride, const uint8_t *from,
		       int from_stride, int width, int height,
		       const uint8_t *mask, int shift, const struct warp *w)
{
	int step_x = (int)(w->cos * ONE), step_y = (int)(-w->sin * ONE);
	int x_end = (width - 1) * ONE, y_end = (height - 1) * ONE;

	for (int y = w->y0 >> shift; y < w->y1 >> shift; y++) {
		double dx = (w->x0 >> shift) - w->x / (1 << shift);
		double dy = y - w->y / (1 << shift);
		int u = (int)((dx * w->cos + dy * w->sin + width / 2.0) * ONE);
		int v = (int)((dy * w->cos - dx * w->sin + height / 2.0) * ONE);
		uint8_t *row = to + (ptrdiff_t)y * to_stride;

		for (int x = w->x0 >> shift; x < w->x1 >> shift;
		     x++, u += step_x, v += step_y) {
			int alpha;

			if (u < 0 || v < 0 || u >= x_end || v >= y_end)
				continue;
			alpha = mask[((v >> 16) << shift) * (width << shift) +
				     ((u >> 16) << shift)];
			row[x] = (uint8_t)(row[x] +
					   (((sample(from, from_stride, u, v) -
					      row[x]) *
					     alpha) >>
					    8));
		}
	}
}

static int clamp(double v, int max)
{
	return v < 0 ? 0 : v > max ? max : (int)v;
}

static void paint_face(struct demo *d, struct frame *f, double t)
{
	const struct frame *p = d->portraits[d->who];
	double gone = away(d, t);
	double zoom =
		f->height * (0.70 + 0.14 * wave(d, 4, t, 6.1)) / p->height;
	double tilt = 0.14 * wave(d, 5, t, 4.7);
	double x = f->width * (0.5 + 0.14 * wave(d, 6, t, 7.3));
	double reach = zoom * hypot(p->width, p->height) / 2;
	struct warp w = {
		.x = x + d->side * gone * (f->width / 2.0 + reach),
		.y = f->height * (0.5 + 0.06 * wave(d, 7, t, 5.1)),
		.cos = cos(tilt) / zoom,
		.sin = sin(tilt) / zoom,
	};

	w.x0 = clamp(w.x - reach, f->width) & ~1;
	w.x1 = clamp(w.x + reach, f->width);
	w.y0 = clamp(w.y - reach, f->height) & ~1;
	w.y1 = clamp(w.y + reach, f->height);
	warp_plane(f->luma, f->stride, p->luma, p->stride, p->width, p->height,
		   d->mask, 0, &w);
	warp_plane(f->u, f->chroma_stride, p->u, p->chroma_stride, p->width / 2,
		   p->height / 2, d->mask, 1, &w);
	warp_plane(f->v, f->chroma_stride, p->v, p->chroma_stride, p->width / 2,
		   p->height / 2, d->mask, 1, &w);
}

static enum status demo_read(struct source *source, struct frame_pool *pool,
			     struct frame **out, struct fault *fault)
{
	struct demo *d = of(source);
	double t = (double)d->number / d->rate;
	int64_t now = clock_monotonic_ns();
	struct frame *frame;

	(void)fault;
	if (now < source->due_ns)
		return STATUS_AGAIN;
	while (t >= d->to_s)
		next_spell(d);
	frame = frame_take(pool, d->width, d->height, 1);
	if (frame) {
		paint_background(d, frame, t);
		if (d->who != NOBODY)
			paint_face(d, frame, t);
		frame->captured_ns = now;
		frame->media_ns = (int64_t)d->number * CLOCK_NS_PER_S / d->rate;
		*out = frame;
	} else {
		source->skipped++;
	}
	d->number++;
	if (d->paced) {
		source->due_ns += CLOCK_NS_PER_S / d->rate;
		if (source->due_ns < now) /* the first, or after a sleep */
			source->due_ns = now + CLOCK_NS_PER_S / d->rate;
	}
	return frame ? STATUS_OK : STATUS_AGAIN;
}

/* ---- opening ------------------------------------------------------------- */

static enum status load(struct demo *d, int i, struct fault *fault)
{
	char path[4096];
	struct source_opts opts = {.spec = path, .stop_fd = -1};
	struct source *file = NULL;
	enum status st = paths_program(names[i], path, sizeof(path));

	if (st) {
		fault_set(fault, st, names[i],
			  "the demo's picture is not installed");
		fault_hint(fault, "run make, or set MIEN_DATADIR to the folder "
				  "that holds demo/");
		return st;
	}
	st = ffmpeg_open_source(&file, &opts, fault);
	if (!st)
		st = file->ops->read(file, d->pool, &d->portraits[i], fault);
	source_close(file);
	if (!st && (!d->portraits[i]->u ||
		    d->portraits[i]->width != d->portraits[0]->width ||
		    d->portraits[i]->height != d->portraits[0]->height))
		return fault_set(fault, STATUS_BAD_DATA, path,
				 "not the demo's picture");
	return st;
}

/* An oval with a soft edge: 255 inside, 0 outside. */
static void draw_mask(uint8_t *mask, int width, int height)
{
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			double r = hypot(2.0 * x / (width - 1) - 1,
					 2.0 * y / (height - 1) - 1);

			*mask++ = (uint8_t)clamp((0.99 - r) / 0.09 * 255, 255);
		}
}

static enum status prepare(struct demo *d, uint64_t seed, struct fault *fault)
{
	enum status st = frame_pool_new(&d->pool, PORTRAITS, 640, 640);
	const struct frame *p;

	for (int i = 0; !st && i < PORTRAITS; i++)
		st = load(d, i, fault);
	if (st)
		return st;
	p = d->portraits[0];
	d->mask = malloc((size_t)p->width * (size_t)p->height);
	d->columns = malloc((size_t)d->width);
	if (!d->mask || !d->columns)
		return fault_set(fault, STATUS_NO_MEMORY, "demo", "opening");
	draw_mask(d->mask, p->width, p->height);
	rng_init(&d->rng, seed);
	for (size_t i = 0; i < sizeof(d->phase) / sizeof(*d->phase); i++)
		d->phase[i] = 2 * M_PI * rng_unit(&d->rng);
	for (int i = 0; i < GRAIN; i++)
		d->grain[i] = (int8_t)((int)rng_below(&d->rng, 5) - 2);
	d->who = NOBODY;
	d->last = PORTRAITS - 1;
	return STATUS_OK;
}

static void demo_close(struct source *source)
{
	struct demo *d = of(source);

	for (int i = 0; i < PORTRAITS; i++)
		frame_unref(d->portraits[i]);
	frame_pool_free(d->pool);
	free(d->mask);
	free(d->columns);
	free(d);
}

static const struct source_ops ops = {demo_read, demo_close};

enum status demo_open_source(struct source **out,
			     const struct source_opts *opts,
			     struct fault *fault)
{
	struct demo *d = calloc(1, sizeof(*d));
	enum status st;

	if (!d)
		return fault_set(fault, STATUS_NO_MEMORY, "demo", "opening");
	d->source.ops = &ops;
	d->source.fd = -1;
	d->paced = opts->paced;
	d->width = opts->width > 0 ? opts->width : 640;
	d->height = opts->height > 0 ? opts->height : 480;
	d->rate = opts->rate > 0 ? opts->rate : 15;
	d->source.info = (struct source_info){
		.name = "two portraits",
		.format = "drawn",
		.width = d->width,
		.height = d->height,
		.rate = d->rate,
		.endless = true,
	};
	st = d->width > FRAME_MAX_WIDTH || d->height > FRAME_MAX_HEIGHT
		     ? fault_set(fault, STATUS_BAD_ARGUMENT, "demo",
				 "%dx%d is over %dx%d", d->width, d->height,
				 FRAME_MAX_WIDTH, FRAME_MAX_HEIGHT)
		     : prepare(d, opts->seed, fault);
	if (st) {
		demo_close(&d->source);
		return st;
	}
	*out = &d->source;
	return STATUS_OK;
}
