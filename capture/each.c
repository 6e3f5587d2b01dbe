/* SPDX-License-Identifier: GPL-3.0-or-later */
/* each: pictures without a thread, for programs that look once and leave. */
#include "capture/capture.h"
#include "capture/search.h"
#include "capture/source.h"

#define CAMERA_WARM 10 /* pictures until exposure has settled, about */
#define DEMO_WARM_S 2  /* until the first face is there */

struct each {
	const struct capture_opts *opts;
	struct frame_pool *pool;
	int64_t step_ns, next_ns;
	uint64_t read, given;
	bool (*each)(struct frame *frame, void *user);
	void *user;
};

/* Of what never ends, one picture: after so many. -1: take them all. */
static int warm_up(const struct each *e, const struct source *source)
{
	enum source_kind kind = source_kind(e->opts->spec);

	if (kind == SOURCE_CAMERA)
		return CAMERA_WARM;
	if (kind == SOURCE_DEMO)
		return (int)(DEMO_WARM_S * source->info.rate);
	return kind == SOURCE_URL && source->info.endless ? 0 : -1;
}

/* Whether to go on. */
static bool give(struct each *e, struct frame *frame, int warm)
{
	uint64_t number = e->read++;
	bool go_on;

	if (warm >= 0 ? number < (uint64_t)warm
		      : number && frame->media_ns < e->next_ns)
		return true;
	e->next_ns = frame->media_ns + e->step_ns;
	frame->sequence = (uint32_t)++e->given;
	go_on = e->each(frame, e->user);
	return go_on && warm < 0 && e->given != e->opts->max_frames;
}

static enum status stalled(const char *spec, struct fault *fault)
{
	return fault_set(fault, STATUS_STALLED, spec,
			 "no picture came for %d s",
			 (int)(SOURCE_QUIET_NS / CLOCK_NS_PER_S));
}

static enum status read_all(struct each *e, const char *spec,
			    struct source *source, struct fault *fault)
{
	bool timed = source->fd < 0; /* it minds its own waits */
	int64_t quiet_ns = clock_monotonic_ns() + SOURCE_QUIET_NS;
	int warm = warm_up(e, source);
	bool go_on = true;

	while (go_on) {
		struct frame *frame = NULL;
		enum status st =
			source_wait(source, -1, timed ? INT64_MAX : quiet_ns);

		if (!st)
			st = source->ops->read(source, e->pool, &frame, fault);
		if (!st) {
			go_on = give(e, frame, warm);
			frame_unref(frame);
			quiet_ns = clock_monotonic_ns() + SOURCE_QUIET_NS;
		} else if (st == STATUS_END) {
			return STATUS_OK;
		} else if (st != STATUS_AGAIN && st != STATUS_TIMEOUT) {
			return st;
		} else if (!timed && clock_monotonic_ns() >= quiet_ns) {
			return stalled(spec, fault);
		}
	}
	return STATUS_OK;
}

static enum status run(struct each *e, const char *spec, struct fault *fault)
{
	struct source_opts opts = {
		.spec = spec,
		.width = e->opts->width,
		.height = e->opts->height,
		.rate = e->opts->rate,
		.seed = e->opts->seed,
		.stop_fd = -1,
	};
	struct source *source;
	enum status st = source_open(&source, &opts, fault);

	if (st)
		return st;
	st = read_all(e, spec, source, fault);
	source_close(source);
	return st;
}

/* The first camera that gives a picture. */
static enum status run_cameras(struct each *e, struct fault *fault)
{
	char paths[SEARCH_MAX][SEARCH_PATH];
	struct search search;
	enum status st;
	int count;

	search_init(&search, e->opts->spec);
	st = search_cameras(&search, paths, &count, fault);
	for (int i = 0; i < count; i++) {
		st = run(e, paths[i], fault);
		if (e->given)
			break;
	}
	return st;
}

enum status capture_each(const struct capture_opts *opts, int64_t step_ns,
			 bool (*each)(struct frame *frame, void *user),
			 void *user, struct fault *fault)
{
	struct each e = {
		.opts = opts, .step_ns = step_ns, .each = each, .user = user};
	enum status st =
		frame_pool_new(&e.pool, 4, FRAME_MAX_WIDTH, FRAME_MAX_HEIGHT);

	if (st)
		return fault_set(fault, st, opts->spec, "opening");
	st = source_kind(opts->spec) == SOURCE_CAMERA
		     ? run_cameras(&e, fault)
		     : run(&e, opts->spec, fault);
	frame_pool_free(e.pool);
	return st;
}
