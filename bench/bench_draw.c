/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_draw: the dashboard's screen drawn by its own code into a
 * pseudo-terminal, in a child; the parent counts what comes out of the other
 * end. Once the first screen stands, only the picture changes.
 */
#include "bench/bench.h"

#include "base/clock.h"
#include "bench/crowd.h"
#include "bench/pty.h"
#include "tui/terminal.h"
#include "tui/views.h"

#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RATE         15
#define FIRST        3 /* drawings that are not counted */
#define LEAST_FRAMES 8
#define FRAMES_A_S   90 /* of b->seconds; more tells no more */
#define FRAME_MS     0.5

/* What a child is to draw, and on what. */
struct drawing {
	const char *term;
	int cols, rows;
	enum preview_mode mode;
	enum { STILL, MOVING, PORTRAIT } what; /* a sketch; a photograph */
	double most;                           /* bytes a frame */
	int frames;
};

/* What it tells at its end. */
struct drawn {
	bool done, has_mode;
	int cols, rows; /* of the picture's panel */
	double cpu_ms;  /* a frame */
};

/* ---- the child ----------------------------------------------------------- */

struct screen {
	struct terminal *terminal;
	struct canvas canvas;
	struct layout layout;
	struct snapshot snap;
	struct preview preview;
	struct keys keys;
	struct messages messages;
	struct trail trail;
	struct found found;
};

/* A dashboard in the middle of its work. */
static void fill(struct screen *s, enum preview_mode mode)
{
	struct face *face = &s->snap.reading.faces[0];

	keys_defaults(&s->keys);
	s->snap = (struct snapshot){.keys = &s->keys,
				    .messages = &s->messages,
				    .trail = &s->trail,
				    .found = &s->found,
				    .preview = &s->preview,
				    .model_fault = "",
				    .now_ns = 1000 * CLOCK_NS_PER_S,
				    .now_s = 1700000000,
				    .ticking = true,
				    .camera_on = true,
				    .camera = {.state = CAPTURE_STREAMING,
					       .device = "/dev/video0",
					       .rate = RATE},
				    .model = INFERENCE_READY,
				    .has_reading = true,
				    .mirror = true,
				    .reading = {.frame_width = 640,
						.frame_height = 480,
						.face_count = 1},
				    .mood = {.emotion = EMOTION_HAPPY}};
	s->snap.ui.preview = mode;
	*face = (struct face){
		.x = 220, .y = 120, .width = 180, .height = 180, .score = 1};
	face->smooth[EMOTION_HAPPY] = face->raw[EMOTION_HAPPY] = 1;
}

static bool open_screen(struct screen *s, const struct drawing *what)
{
	struct terminal_opts opts = {
		.has_wish = true, .wish = what->mode, .color = true};
	struct fault fault;
	struct rect inside;
	int rows, cols;

	setlocale(LC_ALL, "C.UTF-8");
	setenv("TERM", what->term, 1);
	unsetenv("NO_COLOR");
	if (terminal_open(&s->terminal, &opts, &fault))
		return false;
	terminal_size(s->terminal, &rows, &cols);
	if (canvas_resize(&s->canvas, rows, cols))
		return false;
	s->canvas.glyphs = terminal_caps(s->terminal)->glyphs;
	s->layout = layout_compute(rows, cols, false);
	inside = rect_inside(s->layout.camera);
	preview_resize(&s->preview, inside.cols, inside.rows,
		       what->mode == PREVIEW_HALF);
	fill(s, what->mode);
	return true;
}

/* All that the last drawing wrote is out when this returns. */
static void draw(struct screen *s, const struct frame *frame)
{
	preview_update(&s->preview, frame, true);
	view_screen(&s->canvas, &s->layout, &s->snap);
	terminal_show(s->terminal, &s->canvas, -1, 0);
	while (terminal_out_fd(s->terminal) >= 0) {
		struct pollfd fd = {.fd = terminal_out_fd(s->terminal),
				    .events = POLLOUT};

		poll(&fd, 1, -1);
		terminal_flush(s->terminal);
	}
}

static void draw_all(const struct drawing *what, int report)
{
	static struct screen s;
	struct crowd *crowd = NULL;
	struct drawn drawn = {.done = true};
	struct fault fault;
	int64_t cpu = 0;

	if (crowd_open(&crowd, 640, 480, &fault) || !open_screen(&s, what))
		_exit(1);
	drawn.has_mode = terminal_caps(s.terminal)->modes[what->mode];
	drawn.cols = s.preview.cols;
	drawn.rows = s.preview.tall ? s.preview.rows / 2 : s.preview.rows;
	for (int i = -FIRST; drawn.has_mode && i < what->frames; i++) {
		double t = what->what == STILL ? 0 : (double)i / RATE;
		const struct frame *frame = what->what == PORTRAIT
						    ? crowd_paint(crowd, 1, t)
						    : crowd_sketch(crowd, t);
		int64_t from;

		if (!i && !pty_mark())
			_exit(1);
		from = bench_cpu_ns();
		draw(&s, frame);
		cpu += i < 0 ? 0 : bench_cpu_ns() - from;
	}
	drawn.cpu_ms = (double)cpu / 1e6 / what->frames;
	_exit(write(report, &drawn, sizeof(drawn)) != sizeof(drawn));
}

/* ---- the parent ---------------------------------------------------------- */

static int run(struct bench *b, const struct drawing *what)
{
	struct pty pty;
	struct drawn drawn = {0};
	static const char *const names[] = {"still", "moving", "a portrait"};
	uint64_t bytes;
	char name[96];

	if (pty_fork(&pty, what->rows, what->cols))
		return bench_failed("a pseudo-terminal", STATUS_IO);
	if (!pty.child)
		draw_all(what, pty.report);
	bytes = pty_count(&pty, &drawn, sizeof(drawn));
	pty_close(&pty);
	if (!drawn.done)
		return bench_failed(what->term, STATUS_FAILED);
	if (!drawn.has_mode)
		return 0;
	snprintf(name, sizeof(name), "%s, %s, %dx%d, %s", what->term,
		 caps_preview_name(what->mode), drawn.cols, drawn.rows,
		 names[what->what]);
	bench_row(b, (double)bytes / what->frames, "bytes",
		  what->what == PORTRAIT ? BENCH_NONE : BENCH_MOST(what->most),
		  "%s, a frame: bytes", name);
	bench_row(b, drawn.cpu_ms, "ms cpu", BENCH_MOST(FRAME_MS),
		  "%s, a frame: time", name);
	return 0;
}

/*
 * What curses wrote elsewhere for a drawn face that moved, where a cell changed
 * only once it had moved by 6 of 255: bytes a frame, in pictures of 38x15 and
 * of 64x26. The sketch sways so that, with every change drawn, a terminal of
 * one colour gets as much of it as was written there: 64 and 236 bytes.
 */
static const struct {
	const char *term;
	enum preview_mode mode;
	double most[2];
} terms[] = {
	{"xterm-256color", PREVIEW_HALF, {886, 2201}},
	{"xterm-256color", PREVIEW_ASCII, {112, 288}},
	{"linux", PREVIEW_ASCII, {112, 288}},
	{"vt100", PREVIEW_ASCII, {40, 112}},
};

int bench_draw(struct bench *b)
{
	static const int sizes[][2] = {{80, 24}, {110, 35}};
	int frames = (int)(b->seconds * FRAMES_A_S), failed = 0;

	if (frames < LEAST_FRAMES)
		frames = LEAST_FRAMES;
	for (size_t i = 0; i < 6 * sizeof(terms) / sizeof(*terms); i++) {
		int size = (int)(i / 3 % 2);
		struct drawing d = {
			.term = terms[i / 6].term,
			.mode = terms[i / 6].mode,
			.cols = sizes[size][0],
			.rows = sizes[size][1],
			.what = (int)(i % 3),
			.most = i % 3 == STILL ? 0 : terms[i / 6].most[size],
			.frames = frames,
		};

		failed |= run(b, &d);
	}
	return failed;
}
