/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layer: one layer of a network by itself, on numbers of no meaning, run by
 * the kernels as model/darknet.c has them run it.
 */
#ifndef MIEN_BENCH_LAYER_H
#define MIEN_BENCH_LAYER_H

#include "model/kernels.h"

#include <stdbool.h>

struct layer {
	const struct netcfg_layer *cfg;
	const struct kernels *kernels;
	struct kernels_conv conv; /* one group, or all planes of a depthwise */
	int groups;
	bool depthwise;
	float *in, *out, *weights, *biases, *packed, *work;
};

/* Does anything run in a layer of this kind? A route only copies. */
bool layer_works(const struct netcfg_layer *cfg);

/* cfg is borrowed. false: no memory; layer_done all the same. */
bool layer_init(struct layer *layer, const struct netcfg_layer *cfg,
		const struct kernels *kernels);
void layer_done(struct layer *layer);
void layer_run(const struct layer *layer);

#endif
