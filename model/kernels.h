/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernels: the loops in which the time goes, written once (kernels_loops.inc)
 * and compiled for each kind of processor. Plain arrays in planes; knows no
 * library. All pointers of one call lie apart; nothing is allocated.
 */
#ifndef MIEN_MODEL_KERNELS_H
#define MIEN_MODEL_KERNELS_H

#include "model/netcfg.h"

/* One group of a convolution; a connected layer is a 1x1 one of a 1x1 input. */
struct kernels_conv {
	struct netcfg_shape in, out;
	int size, stride, padding;
	enum netcfg_activation activation;
	const float *weights; /* packed; depthwise: as in the file */
	const float *biases;
};

struct kernels {
	const char *name;
	/* Floats that conv's packed weights take. */
	size_t (*packed_size)(const struct kernels_conv *conv);
	/* weights [out][in][size][size] into the order that conv reads. */
	void (*pack)(const struct kernels_conv *conv, const float *weights,
		     float *packed);
	/* Floats of work that conv and depthwise take. */
	size_t (*work_size)(const struct kernels_conv *conv);
	void (*conv)(const struct kernels_conv *conv, const float *in,
		     float *out, float *work);
	/* Each plane with its own filter; in.channels == out.channels. */
	void (*depthwise)(const struct kernels_conv *conv, const float *in,
			  float *out, float *work);
	/* Darknet's: the padding is the sum of both sides. */
	void (*maxpool)(struct netcfg_shape shape, int size, int stride,
			int padding, const float *in, float *out);
	/* out = activation(a + b); b may have fewer values. */
	void (*add)(size_t n, const float *a, size_t n_b, const float *b,
		    enum netcfg_activation activation, float *out);
	/* The mean of each plane. */
	void (*mean)(struct netcfg_shape shape, const float *in, float *out);
};

/* What this processor can run, the best first; NULL past the end. */
const struct kernels *kernels_choice(int index);

/* Each is NULL where the compiler does not target it. */
extern const struct kernels *const kernels_plain;
extern const struct kernels *const kernels_avx2;
extern const struct kernels *const kernels_avx512;

#endif
