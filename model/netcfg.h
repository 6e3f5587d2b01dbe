/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * netcfg: Darknet's network description, read and checked by code of our own,
 * so that the library is only ever shown what it runs right. Pure: text in,
 * shapes out.
 */
#ifndef MIEN_MODEL_NETCFG_H
#define MIEN_MODEL_NETCFG_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

#define NETCFG_MAX_LAYERS 160
#define NETCFG_MAX_FROM   4
#define NETCFG_NAME_SIZE  24
/* netcfg_write's longest */
#define NETCFG_TEXT_SIZE (NETCFG_MAX_LAYERS * 192)

enum netcfg_kind {
	NETCFG_NET, /* the first section; never the kind of a layer */
	NETCFG_CONV,
	NETCFG_MAXPOOL,
	NETCFG_AVGPOOL,
	NETCFG_SHORTCUT,
	NETCFG_ROUTE,
	NETCFG_UPSAMPLE,
	NETCFG_CONNECTED,
	NETCFG_SOFTMAX,
	NETCFG_DROPOUT,
	NETCFG_KINDS
};

enum netcfg_activation {
	NETCFG_LINEAR,
	NETCFG_RELU,
	NETCFG_LEAKY, /* slope 0.1 */
	NETCFG_LOGISTIC,
	NETCFG_ACTIVATIONS
};

struct netcfg_shape {
	int channels, height, width;
};

/* What a section says, defaults filled in; and what follows from it. */
struct netcfg_layer {
	enum netcfg_kind kind;
	unsigned line; /* of the section's head */
	char name[NETCFG_NAME_SIZE];
	int filters; /* convolutional; [connected] calls it output */
	int size, stride, padding, groups;
	int batch_normalize; /* 0 or 1 */
	enum netcfg_activation activation;
	int from[NETCFG_MAX_FROM]; /* shortcut, route: absolute */
	int from_count;
	float temperature; /* softmax */
	struct netcfg_shape in, out;
	size_t weights; /* without biases and batch-norm */
};

struct netcfg {
	struct netcfg_shape input;
	int count;
	struct netcfg_layer layers[NETCFG_MAX_LAYERS];
};

/*
 * Reads length bytes of text. subject names it in faults: STATUS_BAD_DATA
 * with a line, or STATUS_UNSUPPORTED for what Darknet would run wrong (an
 * unknown activation, a 1x1 convolution with stride 2) or this wrapper does
 * not run.
 */
enum status netcfg_parse(struct netcfg *out, const char *text, size_t length,
			 const char *subject, struct fault *fault);

/*
 * The same network in Darknet's words, with nothing left to a default.
 * Returns the length without the NUL, or 0 when size is too small.
 */
size_t netcfg_write(const struct netcfg *cfg, char *out, size_t size);

/* Floats that the layer takes in a weights file. */
size_t netcfg_parameters(const struct netcfg_layer *layer);

/* Values in a shape. */
size_t netcfg_values(struct netcfg_shape shape);

#endif
