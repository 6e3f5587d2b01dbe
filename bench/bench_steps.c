/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_steps: what stands between the networks, step by step. */
#include "bench/bench.h"

#include "base/rng.h"
#include "bench/crowd.h"
#include "model/crop.h"
#include "model/engine.h"
#include "model/letterbox.h"
#include "model/track.h"
#include "tui/preview.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
	int width, height;
} sizes[] = {{320, 240}, {640, 480}, {1280, 720}};

#define SIZES   ((int)(sizeof(sizes) / sizeof(*sizes)))
#define PERSONS 6

struct steps {
	struct letterbox letterbox;
	struct engine_planes input;
	const struct frame *frame;
	struct detection face;
	struct detection faces[PERSONS];
	struct tracker tracker;
	struct preview preview;
	uint8_t crop[CROP_SIDE * CROP_SIDE];
};

static void fill(void *user, int round)
{
	struct steps *s = user;
	float scale[2];

	(void)round;
	letterbox_fill(&s->letterbox, s->frame, &s->input, 1, scale);
}

static void crop(void *user, int round)
{
	struct steps *s = user;

	(void)round;
	crop_face(s->frame, &s->face, s->crop);
}

static void track(void *user, int round)
{
	struct steps *s = user;

	for (int i = 0; i < PERSONS; i++)
		s->faces[i].x += round % 20 < 10 ? 2 : -2;
	track_update(&s->tracker, s->faces, PERSONS, (int64_t)round * 66666667);
}

static void shrink(void *user, int round)
{
	struct steps *s = user;

	(void)round;
	preview_update(&s->preview, s->frame, true);
}

static struct detection face_at(float x, float y, float side)
{
	return (struct detection){.x = x,
				  .y = y,
				  .width = side,
				  .height = side,
				  .score = 0.95f,
				  .eyes = {{x + side * .3f, y + side * .35f},
					   {x + side * .7f, y + side * .40f}}};
}

static void run_size(struct bench *b, struct steps *s, int width, int height)
{
	struct bench_times times = bench_time(b, fill, s);

	bench_timed(b, &times, BENCH_MOST(2), BENCH_NONE,
		    "letterbox of %dx%d to %dx%d", width, height,
		    s->input.width, s->input.height);
	s->face =
		face_at((float)width / 3, (float)height / 4, (float)height / 3);
	times = bench_time(b, crop, s);
	bench_timed(b, &times, BENCH_MOST(1), BENCH_NONE,
		    "crop of a face %d wide, of %dx%d", height / 3, width,
		    height);
	times = bench_time(b, shrink, s);
	bench_timed(b, &times, BENCH_MOST(1), BENCH_NONE,
		    "picture of %dx%d cells of %dx%d", s->preview.cols,
		    s->preview.rows / 2, width, height);
}

int bench_steps(struct bench *b)
{
	struct steps *s = calloc(1, sizeof(*s));
	struct engine *engine = NULL;
	struct bench_times times;
	struct fault fault;

	if (!s)
		return bench_failed("the steps", STATUS_NO_MEMORY);
	if (engine_open(&engine, b->model, "face", &fault)) {
		free(s);
		return bench_complain(&fault);
	}
	s->input = engine_input(engine);
	preview_resize(&s->preview, 64, 26, true);
	for (int i = 0; i < SIZES; i++) {
		struct crowd *crowd = NULL;

		if (crowd_open(&crowd, sizes[i].width, sizes[i].height,
			       &fault)) {
			bench_complain(&fault);
			break;
		}
		s->frame = crowd_paint(crowd, 1, 0);
		run_size(b, s, sizes[i].width, sizes[i].height);
		crowd_close(crowd);
	}
	track_init(&s->tracker);
	for (int i = 0; i < PERSONS; i++)
		s->faces[i] = face_at((float)(100 * i), 100, 80);
	times = bench_time(b, track, s);
	bench_timed(b, &times, BENCH_MOST(0.1), BENCH_NONE,
		    "tracking of %d faces", PERSONS);
	engine_close(engine);
	free(s);
	return 0;
}
