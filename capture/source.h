/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * source: what every giver of pictures (v4l2, ffmpeg, demo) looks like to the
 * capture thread. Inside this room only. One thread at a time uses a source.
 */
#ifndef MIEN_CAPTURE_SOURCE_H
#define MIEN_CAPTURE_SOURCE_H

#include "base/clock.h"
#include "capture/frame.h"

#include <stdbool.h>

/* Nothing came for so long: it stalls. Slow cameras give a picture a second. */
#define SOURCE_QUIET_NS (3 * CLOCK_NS_PER_S)

enum source_kind {
	SOURCE_CAMERA,
	SOURCE_DEMO,
	SOURCE_FILE,
	SOURCE_STDIN,
	SOURCE_URL
};

struct source_opts {
	const char *spec;
	int width, height, rate; /* wished for; 0: the source's own */
	bool loop;  /* a file starts over; a still picture comes again */
	bool paced; /* at its own speed; false: as fast as it is read */
	uint64_t seed;
	int stop_fd; /* when readable every wait ends; -1: none */
	/* Called while read waits and nothing has come for SOURCE_QUIET_NS. */
	void (*quiet)(void *user);
	void *user;
};

struct source_info {
	char name[64];  /* what the driver calls it, or "" */
	char bus[64];   /* where a camera is plugged in, or "" */
	char format[8]; /* fourcc or codec */
	int width, height;
	double rate;  /* frames a second it promises, 0 unknown */
	bool endless; /* a camera or a live stream */
};

struct source;

struct source_ops {
	/*
	 * One step. STATUS_OK: *out is the next picture, not yet counted;
	 * the caller owns it. STATUS_AGAIN: none yet, wait and call again.
	 * STATUS_END, or an error that ends this source. Its times are set.
	 */
	enum status (*read)(struct source *source, struct frame_pool *pool,
			    struct frame **out, struct fault *fault);
	void (*close)(struct source *source);
};

/* The head of every source; the rest is its own. */
struct source {
	const struct source_ops *ops;
	struct source_info info;
	uint64_t skipped; /* damaged, late, or without a free frame */
	int fd;           /* read when POLLIN, POLLERR or POLLHUP; or -1: */
	int64_t due_ns;   /* read not before this, CLOCK_MONOTONIC */
};

enum source_kind source_kind(const char *spec);

/*
 * How spec may be shown: cleaned; of a URL neither password nor query, which
 * may hold a key.
 */
void source_label(const char *spec, char *out, size_t size);

/*
 * Opens opts->spec, whose strings and callback must outlive the source. "auto"
 * is no source: the caller chooses a device. May block as long as drivers and
 * networks do, at most until stop_fd is readable.
 */
enum status source_open(struct source **out, const struct source_opts *opts,
			struct fault *fault);
void source_close(struct source *source); /* NULL is allowed */

/*
 * Waits until read is worth calling: STATUS_OK; STATUS_AGAIN when stop_fd is
 * readable; STATUS_TIMEOUT at until_ns.
 */
enum status source_wait(const struct source *source, int stop_fd,
			int64_t until_ns);

/* Whether fd is readable now. -1 never is. */
bool source_stopped(int fd);

enum status v4l2_open_source(struct source **out,
			     const struct source_opts *opts,
			     struct fault *fault);
enum status ffmpeg_open_source(struct source **out,
			       const struct source_opts *opts,
			       struct fault *fault);
enum status demo_open_source(struct source **out,
			     const struct source_opts *opts,
			     struct fault *fault);

/*
 * "libavformat 59.27, libavcodec 59.37 ...": ffmpeg's libraries, which read
 * all but cameras, and the demo's portraits. Loads them.
 */
enum status source_libraries(char *out, size_t size, struct fault *fault);

#endif
