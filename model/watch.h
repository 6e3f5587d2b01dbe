/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * watch: how much of the detector a frame of a camera is worth. A pass over
 * the whole frame ten times a second, one over a tile in between, nothing
 * while nothing changes. Pure: time comes in as an argument.
 */
#ifndef MIEN_MODEL_WATCH_H
#define MIEN_MODEL_WATCH_H

#include <stdbool.h>
#include <stdint.h>

/* Between passes over the whole frame; a face is followed meanwhile. */
#define WATCH_WHOLE_NS     INT64_C(100000000)
#define WATCH_WHOLE_FRAMES 4 /* and never more frames than this */
/* Between tiles, with nobody in view, and with somebody. */
#define WATCH_TILE_NS  INT64_C(120000000)
#define WATCH_TILE2_NS INT64_C(250000000)
/* Looked at often enough: so many passes since the last change. */
#define WATCH_WHOLES 3
#define WATCH_TILES  4
/* And then again after so long, with somebody in view, and with nobody. */
#define WATCH_AGAIN_NS  INT64_C(500000000)
#define WATCH_AGAIN2_NS INT64_C(2000000000)

struct watch_scene {
	int64_t now_ns;
	bool changed; /* since the frame that the last change was seen in */
	bool anybody; /* a face is shown */
	bool missed;  /* one that the last pass over the frame did not find */
	bool near;    /* it fills the frame: tiles are not worth it */
	bool look;    /* what may be a new face waits for a second look */
};

struct watch_plan {
	bool rest;        /* all is as it was; none of these */
	bool whole, tile; /* passes; with none, faces are followed */
	bool look;        /* one, at what waits for it */
	bool more;        /* there is time for further passes */
};

/* Embedded by value, zero at first. */
struct watch {
	bool begun;
	int64_t frame_ns, whole_ns, tile_ns;
	unsigned since_whole;   /* frames */
	unsigned wholes, tiles; /* passes since the last change */
};

struct watch_plan watch_next(struct watch *watch,
			     const struct watch_scene *scene);

/* A pass over the frame is made that was not planned: a face was lost. */
void watch_whole(struct watch *watch, int64_t now_ns);

#endif
