/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_frames: from a frame to the mood, as the inference thread does it. A
 * frame is painted before the clock starts.
 */
#include "bench/bench.h"

#include "base/clock.h"
#include "bench/crowd.h"
#include "capture/source.h"
#include "model/mood.h"
#include "model/reader.h"

#include <stdio.h>
#include <stdlib.h>

#define WARM_S      2 /* until every face is known and followed */
#define MOST_FRAMES 4000
#define A_HUNDRED   100 /* frames at least, in a second: p99 needs them */
#define RATE        15  /* frames a second, of the demo and most webcams */
/* A frame of the picture that cameras give most, with one face at most. */
#define MEDIAN_MS   8
#define SLOWEST_MS  16
#define DEMO_FRAMES 150 /* in a second of measuring: ten of its own */
#define MAX_FACES   6

struct scenery {
	int width, height, faces;
	bool moves;
	bool alone; /* each frame stands alone, as "mien look" reads it */
};

static const char *how(const struct scenery *s)
{
	return s->alone ? "a picture alone" : s->moves ? "moving" : "still";
}

static int read_frames(const struct bench *b, struct reader *reader,
		       struct crowd *crowd, const struct scenery *s,
		       struct bench_times *times, double *found)
{
	static int64_t cpu[MOST_FRAMES], wall[MOST_FRAMES];
	struct mood_tracker mood;
	double share = b->seconds < 1 ? b->seconds : 1;
	int warm = (int)(WARM_S * RATE * share);
	int least = (int)(A_HUNDRED * share) + 1;
	int64_t until = 0, faces = 0;
	int n = 0;

	mood_init(&mood, &MOOD_OPTS_DEFAULT, 0);
	for (int i = -warm; n < MOST_FRAMES; i++) {
		double t = s->moves ? (double)i / RATE : 0;
		const struct frame *f = crowd_paint(crowd, s->faces, t);
		struct reading reading;
		int64_t cpu_from, wall_from;

		if (!i)
			until = clock_monotonic_ns() +
				(int64_t)(b->seconds * 1e9);
		else if (n >= least && clock_monotonic_ns() >= until)
			break;
		wall_from = clock_monotonic_ns();
		cpu_from = bench_cpu_ns();
		if (reader_read(reader, f, s->alone, &reading))
			return -1;
		mood_update(&mood, &reading, f->captured_ns);
		if (i < 0)
			continue;
		cpu[n] = bench_cpu_ns() - cpu_from;
		wall[n++] = clock_monotonic_ns() - wall_from;
		faces += reading.face_count;
	}
	*found = (double)faces / n;
	*times = bench_times_of(cpu, wall, n);
	return 0;
}

static void tell(struct bench *b, const struct bench_times *times, bool goal,
		 double found, const char *name)
{
	bench_timed(b, times, goal ? BENCH_MOST(MEDIAN_MS) : BENCH_NONE,
		    goal ? BENCH_MOST(SLOWEST_MS) : BENCH_NONE, "%s", name);
	bench_row(b, times->cpu_mean, "ms cpu", BENCH_NONE, "%s, mean", name);
	bench_row(b, found, "faces", BENCH_NONE, "%s, found", name);
}

static int open_reader(const struct bench *b, struct reader **reader)
{
	struct reader_opts opts = {.folder = b->model,
				   .max_faces = READING_MAX_FACES,
				   .smooth_ns = CLOCK_NS_PER_S};
	struct fault fault;

	return reader_open(reader, &opts, &fault) ? bench_complain(&fault) : 0;
}

static int run(struct bench *b, const struct scenery *s)
{
	struct reader *reader = NULL;
	struct crowd *crowd = NULL;
	struct bench_times times;
	struct fault fault;
	double found = 0;
	char name[96];
	int failed;

	if (crowd_open(&crowd, s->width, s->height, &fault))
		return bench_complain(&fault);
	if (open_reader(b, &reader)) {
		crowd_close(crowd);
		return -1;
	}
	failed = read_frames(b, reader, crowd, s, &times, &found);
	reader_close(reader);
	crowd_close(crowd);
	if (failed)
		return bench_failed("a frame", STATUS_BAD_DATA);
	snprintf(name, sizeof(name), "%dx%d, %d face%s, %s", s->width,
		 s->height, s->faces, s->faces == 1 ? "" : "s", how(s));
	tell(b, &times,
	     s->width == 640 && s->faces <= 1 && s->moves && !s->alone, found,
	     name);
	return 0;
}

/* ---- the demo ------------------------------------------------------------ */

struct demo {
	struct source *source;
	struct frame_pool *pool;
	struct reader *reader;
	int64_t cpu[MOST_FRAMES], wall[MOST_FRAMES];
	int64_t faces;
};

static int read_demo(struct demo *d, int count)
{
	struct mood_tracker mood;

	mood_init(&mood, &MOOD_OPTS_DEFAULT, 0);
	for (int i = 0; i < count; i++) {
		struct frame *frame = NULL;
		struct reading reading;
		enum status st =
			d->source->ops->read(d->source, d->pool, &frame, NULL);

		if (st)
			return -1;
		frame->captured_ns = (i + 1) * CLOCK_NS_PER_S / RATE;
		d->wall[i] = clock_monotonic_ns();
		d->cpu[i] = bench_cpu_ns();
		st = reader_read(d->reader, frame, false, &reading);
		mood_update(&mood, &reading, frame->captured_ns);
		d->cpu[i] = bench_cpu_ns() - d->cpu[i];
		d->wall[i] = clock_monotonic_ns() - d->wall[i];
		d->faces += reading.face_count;
		frame_unref(frame);
		if (st)
			return -1;
	}
	return 0;
}

/* Persons who come and go, so that there is something new to look at. */
static int run_demo(struct bench *b)
{
	static struct demo d;
	struct source_opts opts = {
		.spec = "demo", .rate = RATE, .seed = 1, .stop_fd = -1};
	double seconds = b->seconds < 1 ? b->seconds : 2;
	int count = (int)(seconds * DEMO_FRAMES) + 1;
	struct bench_times times;
	struct fault fault;
	int failed = -1;

	if (source_open(&d.source, &opts, &fault))
		return bench_complain(&fault);
	if (frame_pool_new(&d.pool, 2, 640, 480))
		bench_failed("a frame", STATUS_NO_MEMORY);
	else if (!open_reader(b, &d.reader))
		failed = read_demo(&d, count);
	if (!failed) {
		times = bench_times_of(d.cpu, d.wall, count);
		tell(b, &times, true, (double)d.faces / count,
		     "640x480, the demo");
	}
	reader_close(d.reader);
	frame_pool_free(d.pool);
	source_close(d.source);
	return failed;
}

int bench_frames(struct bench *b)
{
	static const struct scenery sceneries[] = {
		{320, 240, 1, true, false}, {1280, 720, 1, true, false},
		{640, 480, 0, true, false}, {640, 480, 1, false, false},
		{640, 480, 1, false, true},
	};
	int failed = 0;

	for (int faces = 1; faces <= MAX_FACES; faces++)
		failed |=
			run(b, &(struct scenery){640, 480, faces, true, false});
	for (size_t i = 0; i < sizeof(sceneries) / sizeof(*sceneries); i++)
		failed |= run(b, &sceneries[i]);
	return failed | run_demo(b);
}
