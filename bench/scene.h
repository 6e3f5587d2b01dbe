/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scene: a small picture of a face put into a camera's frame, where the
 * detector has to find it again. Pure, from a seed.
 */
#ifndef MIEN_BENCH_SCENE_H
#define MIEN_BENCH_SCENE_H

#include "base/rng.h"
#include "capture/frame.h"
#include "model/crop.h"

#define SCENE_WIDTH  640
#define SCENE_HEIGHT 480

struct scene {
	uint8_t luma[SCENE_WIDTH * SCENE_HEIGHT];
	float x, y;  /* the middle of the picture in the frame */
	float side;  /* of the picture in the frame, pixels */
	float angle; /* its turn to the right, radians */
	uint8_t row[SCENE_WIDTH > SCENE_HEIGHT ? SCENE_WIDTH : SCENE_HEIGHT];
};

/* What stands between the face and a good picture. All zero: nothing. */
struct scene_weather {
	const char *name;
	float tilt;  /* turned by at most so much, radians */
	int blur;    /* width of the box that runs over it thrice, pixels */
	int motion;  /* so many pixels sideways while the shutter is open */
	float noise; /* its deviation; 0: a webcam's by daylight */
	float light; /* so much of it; 0: all */
	float side;  /* light comes from a side; the other has so much less */
};

/*
 * Draws pixels with a side of side pixels, in such a weather,
 * somewhere before a smooth background, with a sensor's noise. The picture's
 * edge runs out into the background.
 */
void scene_draw(struct scene *scene,
		const uint8_t pixels[CROP_SIDE * CROP_SIDE], float side,
		const struct scene_weather *weather, struct rng *rng);

/* A grey frame that borrows scene's luma. */
struct frame scene_frame(struct scene *scene);

#endif
