/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loops: the networks' loops against the same sums written down naively, in
 * double, over random shapes, strides, paddings and activations. Needs no
 * library, so that it can be compiled for another processor and run by an
 * emulator (test_arm.sh). TAP on standard output.
 */
#include "base/rng.h"
#include "model/kernels.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOLERANCE 1e-4
#define SLACK     64 /* floats behind each array that nobody may change */
#define GUARD     12345.5f

static struct rng rng;

static int between(int low, int high)
{
	return low + (int)rng_below(&rng, (uint32_t)(high - low + 1));
}

static float *numbers(size_t count)
{
	float *out = malloc((count + SLACK) * sizeof(*out));

	if (!out)
		exit(71);
	for (size_t i = 0; i < count; i++)
		out[i] = (float)(2 * rng_unit(&rng) - 1);
	for (size_t i = count; i < count + SLACK; i++)
		out[i] = GUARD;
	return out;
}

static double activate(enum netcfg_activation a, double x)
{
	switch (a) {
	case NETCFG_RELU: return x > 0 ? x : 0;
	case NETCFG_LEAKY: return x > 0 ? x : 0.1 * x;
	case NETCFG_LOGISTIC: return 1 / (1 + exp(-x));
	default: return x;
	}
}

/* Compares and frees both; what stands behind out must be as it was. */
static bool same(const char *what, const struct kernels *kernels, float *out,
		 double *want, size_t n)
{
	bool good = true;

	for (size_t i = 0; good && i < n; i++)
		if (!(fabs(out[i] - want[i]) <=
		      TOLERANCE * fmax(1, fabs(want[i])))) {
			printf("# %s, %s: at %zu of %zu %g instead of %g\n",
			       kernels->name, what, i, n, (double)out[i],
			       want[i]);
			good = false;
		}
	for (size_t i = n; good && i < n + SLACK; i++)
		if (out[i] != GUARD) {
			printf("# %s, %s: writes %zu behind its end\n",
			       kernels->name, what, i - n);
			good = false;
		}
	free(out);
	free(want);
	return good;
}

static double *room(size_t n)
{
	double *out = malloc((n + 1) * sizeof(*out));

	if (!out)
		exit(71);
	return out;
}

static struct kernels_conv any_conv(bool depthwise)
{
	struct kernels_conv c = {.size = between(1, 6),
				 .stride = between(1, 3),
				 .activation =
					 (enum netcfg_activation)between(0, 3)};

	c.padding = between(0, c.size);
	c.in = (struct netcfg_shape){between(1, 70), between(1, 33),
				     between(1, 33)};
	c.out.channels = depthwise ? c.in.channels : between(1, 70);
	c.out.height = (c.in.height + 2 * c.padding - c.size) / c.stride + 1;
	c.out.width = (c.in.width + 2 * c.padding - c.size) / c.stride + 1;
	return c;
}

static bool is_possible(const struct kernels_conv *c)
{
	return c->in.height + 2 * c->padding >= c->size &&
	       c->in.width + 2 * c->padding >= c->size &&
	       !(c->size == 1 && (c->stride > 1 || c->padding));
}

/* One output: the channels from first on, count of them. */
static double sum_at(const struct kernels_conv *c, const float *in,
		     const float *weights, int first, int count, int oy, int ox)
{
	double sum = 0;

	for (int k = 0; k < count * c->size * c->size; k++) {
		int channel = first + k / (c->size * c->size);
		int y = oy * c->stride - c->padding + k / c->size % c->size;
		int x = ox * c->stride - c->padding + k % c->size;

		if (y >= 0 && y < c->in.height && x >= 0 && x < c->in.width)
			sum += (double)weights[k] *
			       in[(channel * c->in.height + y) * c->in.width +
				  x];
	}
	return sum;
}

static double *naive(const struct kernels_conv *c, const float *in,
		     const float *weights, bool depthwise)
{
	int area = c->out.height * c->out.width;
	int depth = depthwise ? 1 : c->in.channels;
	double *out = room((size_t)(c->out.channels * area));

	for (int i = 0; i < c->out.channels * area; i++) {
		int f = i / area;

		out[i] = activate(
			c->activation,
			c->biases[f] +
				sum_at(c, in,
				       weights + f * depth * c->size * c->size,
				       depthwise ? f : 0, depth,
				       i % area / c->out.width,
				       i % c->out.width));
	}
	return out;
}

static bool try_conv(const struct kernels *k, bool depthwise)
{
	struct kernels_conv c = any_conv(depthwise);
	size_t count, work_size;
	float *in, *out, *weights, *biases, *packed = NULL, *work;
	char what[160];
	bool good;

	while (!is_possible(&c))
		c = any_conv(depthwise);
	count = netcfg_values(c.out);
	in = numbers(netcfg_values(c.in));
	out = numbers(count);
	weights = numbers((size_t)(c.out.channels *
				   (depthwise ? 1 : c.in.channels) * c.size *
				   c.size));
	c.biases = biases = numbers((size_t)c.out.channels);
	work_size = k->work_size(&c);
	work = numbers(work_size);
	c.weights = weights;
	if (!depthwise) {
		packed = numbers(k->packed_size(&c));
		k->pack(&c, weights, packed);
		c.weights = packed;
	}
	(depthwise ? k->depthwise : k->conv)(&c, in, out, work);
	snprintf(what, sizeof(what),
		 "%s %dx%dx%d to %d, size %d, stride %d, padding %d",
		 depthwise ? "depthwise" : "dense", c.in.width, c.in.height,
		 c.in.channels, c.out.channels, c.size, c.stride, c.padding);
	good = same(what, k, out, naive(&c, in, weights, depthwise), count);
	if (good && work[work_size] != GUARD) {
		printf("# %s, %s: works behind its room\n", k->name, what);
		good = false;
	}
	free(in);
	free(weights);
	free(biases);
	free(packed);
	free(work);
	return good;
}

static bool try_maxpool(const struct kernels *k)
{
	struct netcfg_shape s = {between(1, 9), between(3, 33), between(3, 33)};
	int size = between(1, 3), stride = between(1, 3);
	int padding = between(0, size - 1);
	int h = (s.height + padding - size) / stride + 1;
	int w = (s.width + padding - size) / stride + 1;
	size_t n = (size_t)(s.channels * h * w);
	float *in = numbers(netcfg_values(s)), *out = numbers(n);
	double *want = room(n);
	bool good;

	for (size_t i = 0; i < n; i++) {
		int oy = (int)i / w % h, ox = (int)i % w, c = (int)i / (h * w);

		want[i] = -INFINITY;
		for (int j = 0; j < size * size; j++) {
			int y = oy * stride - padding / 2 + j / size;
			int x = ox * stride - padding / 2 + j % size;

			if (y >= 0 && y < s.height && x >= 0 && x < s.width)
				want[i] = fmax(
					want[i],
					in[(c * s.height + y) * s.width + x]);
		}
	}
	k->maxpool(s, size, stride, padding, in, out);
	good = same("maxpool", k, out, want, n);
	free(in);
	return good;
}

static bool try_add(const struct kernels *k)
{
	size_t n = (size_t)between(1, 500), n_b = (size_t)between(1, 500);
	enum netcfg_activation a = (enum netcfg_activation)between(0, 3);
	float *one = numbers(n), *other = numbers(n_b), *out = numbers(n);
	double *want = room(n);
	bool good;

	for (size_t i = 0; i < n; i++)
		want[i] = activate(a, (double)one[i] +
					      (i < n_b ? (double)other[i] : 0));
	k->add(n, one, n_b, other, a, out);
	good = same("add", k, out, want, n);
	free(one);
	free(other);
	return good;
}

static bool try_mean(const struct kernels *k)
{
	struct netcfg_shape s = {between(1, 70), between(1, 20),
				 between(1, 20)};
	int area = s.height * s.width;
	float *in = numbers(netcfg_values(s));
	float *out = numbers((size_t)s.channels);
	double *want = room((size_t)s.channels);
	bool good;

	for (int c = 0; c < s.channels; c++) {
		want[c] = 0;
		for (int i = 0; i < area; i++)
			want[c] += (double)in[c * area + i] / area;
	}
	k->mean(s, in, out);
	good = same("mean", k, out, want, (size_t)s.channels);
	free(in);
	return good;
}

static bool try_one(const struct kernels *k, int kind)
{
	switch (kind) {
	case 0:
	case 1: return try_conv(k, false);
	case 2: return try_conv(k, true);
	case 3: return try_maxpool(k);
	case 4: return try_add(k);
	default: return try_mean(k);
	}
}

int main(int argc, char **argv)
{
	int trials = argc > 1 ? atoi(argv[1]) : 300, failed = 0;
	const struct kernels *k;

	for (int i = 0; (k = kernels_choice(i)); i++) {
		bool good = true;

		rng_init(&rng, 1);
		for (int t = 0; good && t < trials; t++)
			good = try_one(k, t % 6);
		printf("%sok - %s loops give the naive sums\n",
		       good ? "" : "not ", k->name);
		failed |= !good;
	}
	return failed;
}
