/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weights: see the header for the format. */
#include "model/weights.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Darknet adds it outside the root. */
#define EPSILON 1e-6

size_t weights_size(const struct netcfg *cfg)
{
	size_t n = 0;

	for (int i = 0; i < cfg->count; i++)
		n += netcfg_parameters(&cfg->layers[i]);
	return WEIGHTS_HEADER_SIZE + n * sizeof(float);
}

enum status weights_check(const struct netcfg *cfg, const void *bytes,
			  size_t length, const char *subject,
			  struct fault *fault)
{
	size_t expected = weights_size(cfg);
	int32_t version[2];

	if (length != expected)
		return fault_set(fault, STATUS_BAD_DATA, subject,
				 "has %zu bytes, and weights for this network "
				 "have %zu",
				 length, expected);
	memcpy(version, bytes, sizeof(version));
	if (version[0] != 0 || version[1] != 2)
		return fault_set(fault, STATUS_BAD_DATA, subject,
				 "is no Darknet weights file of version 0.2");
	for (size_t at = WEIGHTS_HEADER_SIZE; at < length; at += 4) {
		float value;

		memcpy(&value, (const char *)bytes + at, sizeof(value));
		if (!isfinite(value))
			return fault_set(fault, STATUS_BAD_DATA, subject,
					 "holds a number that is not finite at "
					 "byte %zu",
					 at);
	}
	return STATUS_OK;
}

/*
 * y = scale * (w x - mean) / (sqrt(variance) + e) + bias, as one convolution.
 * n filters of each weights. A negative variance (foreign file) counts as 0.
 */
static void fold_layer(size_t n, size_t each, float *biases,
		       const float *scales, const float *means,
		       const float *variances, float *weights)
{
	for (size_t f = 0; f < n; f++) {
		double s = scales[f] / (sqrt(fmax(variances[f], 0)) + EPSILON);

		biases[f] = (float)(biases[f] - means[f] * s);
		for (size_t i = 0; i < each; i++)
			weights[f * each + i] =
				(float)(weights[f * each + i] * s);
	}
}

/* Copies one layer folded from in to out. */
static void fold_into(const struct netcfg_layer *l, const float *in, float *out)
{
	size_t n = (size_t)l->filters;
	bool first = l->kind == NETCFG_CONNECTED; /* weights before scales */
	const float *weights = in + (first || !l->batch_normalize ? n : 4 * n);
	const float *norm = in + (first ? n + l->weights : n);

	memcpy(out, in, n * sizeof(*out));
	memcpy(out + n, weights, l->weights * sizeof(*out));
	if (l->batch_normalize)
		fold_layer(n, l->weights / n, out, norm, norm + n, norm + 2 * n,
			   out + n);
}

void *weights_fold(struct netcfg *cfg, const void *bytes, size_t *size)
{
	const float *in =
		(const float *)((const char *)bytes + WEIGHTS_HEADER_SIZE);
	float *out;
	char *file;

	/* the folded file is never longer */
	file = malloc(weights_size(cfg));
	if (!file)
		return NULL;
	memcpy(file, bytes, WEIGHTS_HEADER_SIZE);
	out = (float *)(file + WEIGHTS_HEADER_SIZE);
	for (int i = 0; i < cfg->count; i++) {
		struct netcfg_layer *l = &cfg->layers[i];
		size_t before = netcfg_parameters(l);

		if (!before)
			continue;
		fold_into(l, in, out);
		l->batch_normalize = 0;
		in += before;
		out += netcfg_parameters(l);
	}
	*size = weights_size(cfg);
	return file;
}
