/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine: one neural network, loaded, checked and run. What runs it (Darknet)
 * is seen in darknet.c only. One engine belongs to one thread at a time;
 * different engines may run in different threads.
 */
#ifndef MIEN_MODEL_ENGINE_H
#define MIEN_MODEL_ENGINE_H

#include "base/status.h"

struct engine;

/* Planes: value (c, y, x) stands at data[(c * height + y) * width + x]. */
struct engine_planes {
	float *data; /* the engine's own, at one address until engine_close */
	int channels, height, width;
};

/*
 * Opens folder/name.cfg and folder/name.weights. The first open in the
 * process loads libdarknet (0.2 s, 70 MB) on the calling thread; opens wait
 * for each other.
 *
 * Files that folder/SHA256SUMS lists must match it. Others are a person's
 * own: they are tried in a child process first. Faults: STATUS_NOT_FOUND (a
 * file is missing), STATUS_BAD_DATA (damaged, or not a network),
 * STATUS_UNSUPPORTED (a network that Darknet would run wrong, or no
 * libdarknet), STATUS_NO_MEMORY.
 */
enum status engine_open(struct engine **out, const char *folder,
			const char *name, struct fault *fault);
void engine_close(struct engine *engine); /* NULL is allowed */

/* Where the caller puts the input before each run; kept from run to run. */
struct engine_planes engine_input(const struct engine *engine);

/*
 * From input to outputs. Allocates nothing. STATUS_BAD_DATA when the result
 * is not finite: the input was not, or the weights are not for this input.
 */
enum status engine_run(struct engine *engine);

/*
 * The output of a layer, as the last run left it: 0 is the first section
 * below [net], -1 the last of all. index must be in range.
 */
struct engine_planes engine_output(const struct engine *engine, int index);
int engine_layers(const struct engine *engine);

/* The layer whose section says "name=NAME", or STATUS_NOT_FOUND. */
enum status engine_find(const struct engine *engine, const char *name,
			int *index);

#endif
