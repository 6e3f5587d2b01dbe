/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * capture: the thread. It opens what was asked for, hands on its pictures,
 * says what became of it, and tries again where that can help. Which devices
 * to try is search.c's; what a picture is, the sources'.
 */
#include "capture/capture.h"

#include "base/log.h"
#include "base/text.h"
#include "capture/search.h"
#include "capture/source.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* In hand: one being written, one in each mailbox, two at each reader. */
#define POOL_FRAMES   8
#define CAMERA_AGAIN  (1 * CLOCK_NS_PER_S)
#define URL_AGAIN     (3 * CLOCK_NS_PER_S)
#define STALL_PATIENT (4 * CLOCK_NS_PER_S) /* stalled so long: open again */
#define NEVER         INT64_MAX

struct capture {
	struct capture_opts opts;
	char spec[4096];
	enum source_kind kind;
	pthread_t thread;
	bool started;
	int wake_fd; /* readable: leave what you do, and look at these: */
	atomic_bool stop, enabled;
	struct frame_pool *pool;
	struct mailbox *boxes[CAPTURE_READERS];
	struct search search;
	int64_t rate_from_ns; /* since when rate_frames were counted */
	unsigned rate_frames;
	uint64_t skipped; /* by the sources that are closed again */
	char said[512];   /* the last sentence that was told */
	int tick_fd;
	pthread_mutex_t lock; /* of status */
	struct capture_status status;
};

/* ---- the status ---------------------------------------------------------- */

static bool is_trouble(enum capture_state state)
{
	return state == CAPTURE_STALLED || state == CAPTURE_LOST ||
	       state == CAPTURE_BUSY || state == CAPTURE_FAILED;
}

static void set_state(struct capture *c, enum capture_state state,
		      const struct fault *fault)
{
	static const struct fault none;
	char sentence[sizeof(c->said)];
	bool changed;

	pthread_mutex_lock(&c->lock);
	changed = c->status.state != state;
	c->status.state = state;
	c->status.fault = fault ? *fault : none;
	if (state != CAPTURE_STREAMING)
		c->status.rate = 0;
	capture_sentence(&c->status, sentence, sizeof(sentence));
	changed |= strcmp(sentence, c->said) != 0;
	if (changed && is_trouble(state)) {
		c->status.troubles++;
		text_copy(c->status.trouble, sizeof(c->status.trouble),
			  sentence);
	}
	pthread_mutex_unlock(&c->lock);
	if (!changed)
		return;
	memcpy(c->said, sentence, sizeof(sentence));
	eventfd_write(c->tick_fd, 1);
	log_write(state == CAPTURE_FAILED ? LOG_WARNING : LOG_INFO, "%s",
		  sentence);
}

/* Only the thread writes the state, so it may read it without the lock. */
static enum capture_state state_of(const struct capture *c)
{
	return c->status.state;
}

static void note_source(struct capture *c, const struct source *source,
			const char *spec)
{
	pthread_mutex_lock(&c->lock);
	source_label(spec, c->status.device, sizeof(c->status.device));
	text_copy(c->status.name, sizeof(c->status.name), source->info.name);
	text_copy(c->status.format, sizeof(c->status.format),
		  source->info.format);
	c->status.width = source->info.width;
	c->status.height = source->info.height;
	c->status.rate_asked = source->info.rate;
	c->status.rate = 0;
	pthread_mutex_unlock(&c->lock);
	c->rate_from_ns = 0;
}

static void note_frame(struct capture *c, const struct source *source,
		       const struct frame *frame)
{
	int64_t elapsed_ns = frame->captured_ns - c->rate_from_ns;

	c->rate_frames++;
	if (!c->rate_from_ns) {
		c->rate_from_ns = frame->captured_ns;
		c->rate_frames = 0;
		elapsed_ns = 0;
	}
	pthread_mutex_lock(&c->lock);
	c->status.frames = frame->sequence;
	c->status.skipped = c->skipped + source->skipped;
	c->status.width = frame->width;
	c->status.height = frame->height;
	if (elapsed_ns >= CLOCK_NS_PER_S) {
		c->status.rate = c->rate_frames * 1e9 / (double)elapsed_ns;
		c->rate_from_ns = frame->captured_ns;
		c->rate_frames = 0;
	}
	pthread_mutex_unlock(&c->lock);
}

/* ---- one source ---------------------------------------------------------- */

static void publish(struct capture *c, const struct source *source,
		    struct frame *frame)
{
	bool first = state_of(c) != CAPTURE_STREAMING;

	if (first)
		c->rate_from_ns = 0; /* a stall is no low rate */
	frame->sequence = (uint32_t)(c->status.frames + 1);
	note_frame(c, source, frame);
	mailbox_put(c->boxes[CAPTURE_FOR_MODEL], frame_ref(frame));
	mailbox_put(c->boxes[CAPTURE_FOR_SCREEN], frame);
	if (first)
		set_state(c, CAPTURE_STREAMING, NULL);
}

static enum status stalled(const struct capture *c, struct fault *fault)
{
	fault_set(fault, STATUS_STALLED, c->status.device,
		  "no picture for %d s",
		  (int)(SOURCE_QUIET_NS / CLOCK_NS_PER_S));
	fault_hint(fault, "check its cable and the program that feeds it");
	return STATUS_STALLED;
}

/* From inside a source that blocks. */
static void on_quiet(void *user)
{
	struct capture *c = user;
	struct fault fault;

	if (state_of(c) == CAPTURE_STREAMING) {
		stalled(c, &fault);
		set_state(c, CAPTURE_STALLED, &fault);
	}
}

static bool had_all(const struct capture *c)
{
	return c->opts.max_frames && c->status.frames >= c->opts.max_frames;
}

/* Pictures until the source ends, fails or stalls; STATUS_AGAIN: stopped. */
static enum status stream(struct capture *c, struct source *source,
			  struct fault *fault)
{
	uint64_t before = c->status.frames;
	int64_t quiet_ns = clock_monotonic_ns() + SOURCE_QUIET_NS;

	for (;;) {
		bool timed = source->fd < 0; /* it minds its own waits */
		struct frame *frame = NULL;
		enum status st = source_wait(source, c->wake_fd,
					     timed ? NEVER : quiet_ns);

		if (st == STATUS_AGAIN)
			return st;
		if (!st)
			st = source->ops->read(source, c->pool, &frame, fault);
		if (!st) {
			publish(c, source, frame);
			quiet_ns = clock_monotonic_ns() + SOURCE_QUIET_NS;
			if (had_all(c))
				return STATUS_END;
			continue;
		}
		if (st != STATUS_AGAIN && st != STATUS_TIMEOUT)
			return st;
		if (timed || clock_monotonic_ns() < quiet_ns)
			continue;
		st = stalled(c, fault);
		if (state_of(c) == CAPTURE_STALLED ||
		    c->status.frames == before)
			return st;
		set_state(c, CAPTURE_STALLED, fault);
		quiet_ns += STALL_PATIENT;
	}
}

static enum status run_source(struct capture *c, const char *spec,
			      struct fault *fault)
{
	struct source_opts opts = {
		.spec = spec,
		.width = c->opts.width,
		.height = c->opts.height,
		.rate = c->opts.rate,
		.loop = c->opts.loop,
		.paced = true,
		.seed = c->opts.seed,
		.stop_fd = c->wake_fd,
		.quiet = on_quiet,
		.user = c,
	};
	struct source *source;
	enum status st = source_open(&source, &opts, fault);

	if (st)
		return st;
	note_source(c, source, spec);
	search_found(&c->search, &source->info);
	st = stream(c, source, fault);
	c->skipped += source->skipped;
	pthread_mutex_lock(&c->lock);
	c->status.skipped = c->skipped;
	pthread_mutex_unlock(&c->lock);
	source_close(source);
	return st;
}

/* ---- trying, and trying again -------------------------------------------- */

/* One round over the devices that may be meant. */
static enum status attempt(struct capture *c, struct fault *fault)
{
	char paths[SEARCH_MAX][SEARCH_PATH];
	uint64_t before = c->status.frames;
	enum status st;
	int count;

	if (c->kind != SOURCE_CAMERA)
		return run_source(c, c->spec, fault);
	st = search_cameras(&c->search, paths, &count, fault);
	for (int i = 0; i < count; i++) {
		struct fault why = {0};

		st = run_source(c, paths[i], &why);
		if (st == STATUS_AGAIN || c->status.frames > before) {
			*fault = why;
			return st;
		}
		/* A camera that is in use says more than one that is none. */
		if (i == 0 || st == STATUS_BUSY)
			*fault = why;
	}
	return count ? fault->status : st;
}

static enum capture_state camera_state(const struct capture *c, enum status st)
{
	switch (st) {
	case STATUS_NOT_FOUND:
	case STATUS_GONE:
		return c->status.frames ? CAPTURE_LOST : CAPTURE_SEARCHING;
	case STATUS_BUSY: return CAPTURE_BUSY;
	case STATUS_STALLED: return CAPTURE_STALLED;
	default: return CAPTURE_FAILED;
	}
}

/* Says what came of an attempt; returns how long to wait for the next. */
static int64_t settle(struct capture *c, enum status st, bool streamed,
		      const struct fault *fault)
{
	if (st == STATUS_AGAIN)
		return 0;
	if (had_all(c) || (st == STATUS_END && c->kind != SOURCE_URL)) {
		set_state(c, CAPTURE_ENDED, NULL);
		return NEVER;
	}
	if (c->kind == SOURCE_CAMERA) {
		set_state(c, camera_state(c, st), fault);
		/* What ran until now is worth a try at once. */
		return streamed && st != STATUS_GONE ? 0 : CAMERA_AGAIN;
	}
	if (c->kind != SOURCE_URL) {
		set_state(c, CAPTURE_FAILED, fault);
		return NEVER;
	}
	set_state(c, c->status.frames ? CAPTURE_LOST : CAPTURE_FAILED, fault);
	return URL_AGAIN;
}

/* Until woken, or so long. */
static void rest(struct capture *c, int64_t wait_ns)
{
	struct pollfd wake = {.fd = c->wake_fd, .events = POLLIN};

	poll(&wake, 1,
	     wait_ns == NEVER ? -1 : (int)(wait_ns / CLOCK_NS_PER_MS));
}

static void *run(void *user)
{
	struct capture *c = user;

	while (!atomic_load(&c->stop)) {
		struct fault fault = {0};
		uint64_t before = c->status.frames;
		eventfd_t count;
		enum status st;

		eventfd_read(c->wake_fd, &count);
		if (atomic_load(&c->stop))
			break;
		if (!atomic_load(&c->enabled)) {
			set_state(c, CAPTURE_CLOSED, NULL);
			rest(c, NEVER);
			continue;
		}
		if (state_of(c) == CAPTURE_CLOSED)
			set_state(c, CAPTURE_OPENING, NULL);
		st = attempt(c, &fault);
		rest(c, settle(c, st, c->status.frames > before, &fault));
	}
	return NULL;
}

/* ---- opening and closing ------------------------------------------------- */

static enum status start_thread(struct capture *c)
{
	sigset_t all, old;
	int error;

	/* Signals are the main thread's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	error = pthread_create(&c->thread, NULL, run, c);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	c->started = !error;
	return error ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status prepare(struct capture *c, const struct capture_opts *opts)
{
	enum status st = STATUS_OK;

	pthread_mutex_init(&c->lock, NULL);
	atomic_init(&c->enabled, true);
	c->opts = *opts;
	text_copy(c->spec, sizeof(c->spec), opts->spec);
	c->opts.spec = c->spec;
	c->kind = source_kind(c->spec);
	search_init(&c->search, c->spec);
	source_label(c->spec, c->status.device, sizeof(c->status.device));
	c->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	c->tick_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (c->wake_fd < 0 || c->tick_fd < 0)
		st = STATUS_IO;
	if (!st)
		st = frame_pool_new(&c->pool, POOL_FRAMES, FRAME_MAX_WIDTH,
				    FRAME_MAX_HEIGHT);
	for (int i = 0; !st && i < CAPTURE_READERS; i++)
		st = mailbox_new(&c->boxes[i]);
	return st;
}

enum status capture_open(struct capture **out, const struct capture_opts *opts,
			 struct fault *fault)
{
	struct capture *c;
	enum status st;

	if (!opts->spec || !opts->spec[0] ||
	    strlen(opts->spec) >= sizeof(c->spec))
		return fault_set(fault, STATUS_BAD_ARGUMENT, "source",
				 "a name of 1 to %zu bytes is needed",
				 sizeof(c->spec) - 1);
	c = calloc(1, sizeof(*c));
	if (!c)
		return fault_set(fault, STATUS_NO_MEMORY, "capture", "opening");
	st = prepare(c, opts);
	if (!st)
		st = start_thread(c);
	if (st) {
		capture_close(c);
		return fault_set(fault, st, "capture", "opening");
	}
	*out = c;
	return STATUS_OK;
}

void capture_close(struct capture *c)
{
	if (!c)
		return;
	if (c->started) {
		atomic_store(&c->stop, true);
		eventfd_write(c->wake_fd, 1);
		pthread_join(c->thread, NULL);
	}
	for (int i = 0; i < CAPTURE_READERS; i++)
		mailbox_free(c->boxes[i]);
	frame_pool_free(c->pool);
	if (c->wake_fd >= 0)
		close(c->wake_fd);
	if (c->tick_fd >= 0)
		close(c->tick_fd);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

struct mailbox *capture_mailbox(struct capture *c, enum capture_reader reader)
{
	return c->boxes[reader];
}

int capture_fd(const struct capture *c)
{
	return c->tick_fd;
}

void capture_status(struct capture *c, struct capture_status *out)
{
	eventfd_t count;

	eventfd_read(c->tick_fd, &count);
	pthread_mutex_lock(&c->lock);
	*out = c->status;
	pthread_mutex_unlock(&c->lock);
}

void capture_enable(struct capture *c, bool on)
{
	if (atomic_exchange(&c->enabled, on) != on)
		eventfd_write(c->wake_fd, 1);
}
