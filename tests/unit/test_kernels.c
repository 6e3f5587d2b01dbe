/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random networks, run by Darknet as packaged and by our loops of every kind
 * that this processor has: each layer's output must agree.
 */
#include "tests/unit/unit.h"

#include "base/rng.h"
#include "model/darknet.h"
#include "model/weights.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define TOLERANCE 1e-4
#define NETS      150

static struct rng rng;

static int between(int low, int high)
{
	return low + (int)rng_below(&rng, (uint32_t)(high - low + 1));
}

static const char *any_activation(void)
{
	static const char *const names[] = {"linear", "relu", "leaky",
					    "logistic"};

	return names[rng_below(&rng, 4)];
}

static int any_divisor(int n)
{
	int d = between(1, n);

	while (n % d)
		d--;
	return d;
}

/* Appends a random layer that fits a picture of side pixels and channels. */
static size_t add_layer(char *text, size_t size, int channels, int side)
{
	int n = between(0, 9), k = between(1, 6), filters = between(1, 70);
	int k_fit = k > side ? 1 : k, groups = any_divisor(channels);

	if (n <= 2) /* convolution */
		return (size_t)snprintf(
			text, size,
			"[convolutional]\nfilters=%d\nsize=%d\nstride=%d\n"
			"padding=%d\nbatch_normalize=%d\nactivation=%s\n",
			filters, k_fit, k_fit == 1 ? 1 : between(1, 3),
			between(0, k_fit - 1), between(0, 1), any_activation());
	if (n <= 4) /* depthwise, as the detector has it */
		return (size_t)snprintf(
			text, size,
			"[convolutional]\nfilters=%d\ngroups=%d\nsize=%d\n"
			"stride=%d\npadding=%d\nactivation=%s\n",
			channels, channels, k_fit,
			k_fit == 1 ? 1 : between(1, 3), between(0, k_fit - 1),
			any_activation());
	if (n <= 5) /* groups of any size, of as many or more filters */
		return (size_t)snprintf(
			text, size,
			"[convolutional]\nfilters=%d\ngroups=%d\nsize=%d\n"
			"stride=%d\npadding=%d\nactivation=%s\n",
			groups * (1 + filters / groups), groups, k_fit,
			k_fit == 1 ? 1 : between(1, 3), between(0, k_fit - 1),
			any_activation());
	if (n <= 6)
		return (size_t)snprintf(text, size,
					"[convolutional]\nfilters=%d\nsize=1\n"
					"activation=%s\n",
					filters, any_activation());
	if (n <= 7)
		return (size_t)snprintf(text, size,
					"[maxpool]\nsize=%d\nstride=%d\n"
					"padding=%d\n",
					k_fit, between(1, 3),
					between(0, k_fit - 1));
	if (n <= 8)
		return (size_t)snprintf(text, size,
					"[convolutional]\nfilters=%d\nsize=1\n"
					"activation=leaky\n[shortcut]\n"
					"from=-2\nactivation=%s\n",
					filters, any_activation());
	return (size_t)snprintf(
		text, size, "[upsample]\nstride=2\n[route]\nlayers=-1,-1\n");
}

static void parse(struct netcfg *cfg, const char *text)
{
	struct fault fault;
	char sentence[512];

	if (netcfg_parse(cfg, text, strlen(text), "random.cfg", &fault))
		fail_msg("%s\n%s", fault_sentence(&fault, sentence, 512), text);
}

/* A picture and its first convolution; one in three is wide and low, for the
 * loops that take rows of pixels. */
static size_t begin_net(char *text, size_t size)
{
	bool wide = between(0, 2) == 0;
	int k = wide ? between(2, 7) : 3;

	return (size_t)snprintf(
		text, size,
		"[net]\nwidth=%d\nheight=%d\nchannels=%d\n"
		"[convolutional]\nfilters=%d\nsize=%d\nstride=%d\n"
		"padding=%d\nbatch_normalize=1\nactivation=leaky\n",
		wide ? between(70, 140) : between(3, 40),
		wide ? between(7, 16) : between(3, 40), between(1, 3),
		between(1, 40), k, wide ? between(1, 3) : 1,
		wide ? between(0, k - 1) : 1);
}

static void random_net(struct netcfg *cfg)
{
	char text[4096];
	size_t at = begin_net(text, sizeof(text));
	int layers = between(1, 6);

	parse(cfg, text);
	for (int i = 0; i < layers; i++) {
		const struct netcfg_shape *s = &cfg->layers[cfg->count - 1].out;
		int side = s->width < s->height ? s->width : s->height;

		if (side > 80 || s->channels > 140)
			break;
		at += add_layer(text + at, sizeof(text) - at, s->channels,
				side);
		parse(cfg, text);
	}
	snprintf(text + at, sizeof(text) - at,
		 "[avgpool]\n[connected]\noutput=%d\nactivation=linear\n"
		 "batch_normalize=%d\n[dropout]\n[softmax]\ntemperature=1.7\n",
		 between(1, 40), between(0, 1));
	parse(cfg, text);
}

/* Weights that keep the values of all layers around 1. */
static void *random_weights(const struct netcfg *cfg, size_t *size)
{
	static const int32_t version[3] = {0, 2, 0};
	char *file = calloc(1, weights_size(cfg));
	float *w = (float *)(file + WEIGHTS_HEADER_SIZE);

	assert_non_null(file);
	memcpy(file, version, sizeof(version));
	for (int i = 0; i < cfg->count; i++) {
		const struct netcfg_layer *l = &cfg->layers[i];
		size_t n = netcfg_parameters(l), each;
		double scale;

		if (!n)
			continue;
		each = l->weights / (size_t)l->filters;
		scale = sqrt(3.0 / (double)each);
		for (size_t k = 0; k < n; k++)
			*w++ = (float)((2 * rng_unit(&rng) - 1) * scale);
		if (!l->batch_normalize)
			continue;
		/* scales and variances near 1 */
		for (size_t k = 0; k < (size_t)l->filters; k++) {
			bool last = l->kind == NETCFG_CONNECTED;
			float *norm =
				w - (last ? 3 : 3 + each) * (size_t)l->filters;

			norm[k] = (float)(0.5 + rng_unit(&rng));
			norm[k + 2 * (size_t)l->filters] =
				(float)(0.5 + rng_unit(&rng));
		}
	}
	*size = weights_size(cfg);
	return file;
}

static struct darknet *open_net(const struct netcfg *cfg, const void *weights,
				size_t size, const struct kernels *kernels)
{
	struct darknet *net = NULL;
	struct fault fault = {0};

	if (darknet_open(&net, cfg, weights, size, kernels, &fault))
		fail_msg("%s: %s", fault.subject, fault.detail);
	return net;
}

static void compare(const struct netcfg *cfg, const struct darknet *stock,
		    const struct darknet *ours, const char *name)
{
	for (int i = 0; i < cfg->count; i++) {
		const struct netcfg_layer *l = &cfg->layers[i];
		const float *a = darknet_output(stock, i);
		const float *b = darknet_output(ours, i);

		for (size_t k = 0; k < netcfg_values(l->out); k++) {
			double limit = TOLERANCE * fmax(1, fabs(a[k]));

			if (!(fabs((double)a[k] - b[k]) <= limit))
				fail_msg("%s: layer %d (kind %d, size %d, "
					 "stride %d, padding %d, groups %d, "
					 "%dx%dx%d to %dx%dx%d) at %zu: "
					 "Darknet %g, ours %g",
					 name, i, (int)l->kind, l->size,
					 l->stride, l->padding, l->groups,
					 l->in.width, l->in.height,
					 l->in.channels, l->out.width,
					 l->out.height, l->out.channels, k,
					 (double)a[k], (double)b[k]);
		}
	}
}

static void check_net(uint64_t seed)
{
	static struct netcfg cfg, folded;
	size_t size, folded_size;
	void *weights, *folded_weights;
	struct darknet *stock;
	const struct kernels *kernels;
	float *input;

	rng_init(&rng, seed);
	random_net(&cfg);
	weights = random_weights(&cfg, &size);
	assert_int_equal(weights_check(&cfg, weights, size, "random", NULL),
			 STATUS_OK);
	folded = cfg;
	folded_weights = weights_fold(&folded, weights, &folded_size);
	stock = open_net(&cfg, weights, size, NULL);
	input = darknet_input(stock);
	for (size_t i = 0; i < netcfg_values(cfg.input); i++)
		input[i] = (float)(4 * rng_unit(&rng) - 2);
	assert_int_equal(darknet_run(stock), STATUS_OK);
	for (int i = 0; (kernels = kernels_choice(i)); i++) {
		struct darknet *ours =
			open_net(&folded, folded_weights, folded_size, kernels);

		memcpy(darknet_input(ours), input,
		       netcfg_values(cfg.input) * sizeof(float));
		/* twice: nothing may be left over from the first */
		assert_int_equal(darknet_run(ours), STATUS_OK);
		assert_int_equal(darknet_run(ours), STATUS_OK);
		compare(&cfg, stock, ours, kernels->name);
		darknet_close(ours);
	}
	darknet_close(stock);
	free(weights);
	free(folded_weights);
}

static void agrees_with_darknet(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= NETS; seed++)
		check_net(seed);
}

static void keeps_small_numbers(void **state)
{
	volatile float tiny = 1e-38f;

	(void)state; /* the library is loaded by now */
	assert_true(tiny * 0.1f > 0);
}

static void has_loops(void **state)
{
	int n = 0;

	(void)state;
	while (kernels_choice(n))
		n++;
	assert_in_range(n, 1, 3);
	assert_string_equal(kernels_choice(n - 1)->name, "plain");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_loops),
		cmocka_unit_test(agrees_with_darknet),
		cmocka_unit_test(keeps_small_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
