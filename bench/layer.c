/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer: arrays for one layer, and the call of its kernel. */
#include "bench/layer.h"

#include "base/rng.h"

#include <stdlib.h>

static float *numbers(size_t count, struct rng *rng)
{
	float *out = malloc((count + 1) * sizeof(*out));

	for (size_t i = 0; out && i < count; i++)
		out[i] = (float)(2 * rng_unit(rng) - 1);
	return out;
}

bool layer_works(const struct netcfg_layer *cfg)
{
	switch (cfg->kind) {
	case NETCFG_CONV:
	case NETCFG_CONNECTED:
	case NETCFG_MAXPOOL:
	case NETCFG_SHORTCUT:
	case NETCFG_AVGPOOL: return true;
	default: return false;
	}
}

static bool is_conv(const struct netcfg_layer *cfg)
{
	return cfg->kind == NETCFG_CONV || cfg->kind == NETCFG_CONNECTED;
}

/* One group of it; a connected layer is a 1x1 convolution of a 1x1 input. */
static void describe(struct layer *l, const struct netcfg_layer *cfg)
{
	bool connected = cfg->kind == NETCFG_CONNECTED;

	l->groups = connected || cfg->groups < 1 ? 1 : cfg->groups;
	l->depthwise = l->groups > 1 && l->groups == cfg->in.channels &&
		       l->groups == cfg->out.channels;
	l->conv = (struct kernels_conv){.in = cfg->in,
					.out = cfg->out,
					.size = connected ? 1 : cfg->size,
					.stride = connected ? 1 : cfg->stride,
					.padding = connected ? 0 : cfg->padding,
					.activation = cfg->activation};
	if (connected)
		l->conv.in = (struct netcfg_shape){(int)netcfg_values(cfg->in),
						   1, 1};
	if (l->depthwise)
		l->groups = 1;
	l->conv.in.channels /= l->groups;
	l->conv.out.channels /= l->groups;
}

/* As model/darknet.c lays a convolution out for the kernels. */
static bool init_conv(struct layer *l, const struct netcfg_layer *cfg,
		      struct rng *rng)
{
	size_t each, plain;

	describe(l, cfg);
	each = l->kernels->packed_size(&l->conv);
	plain = cfg->weights / (size_t)l->groups;
	l->weights = numbers(cfg->weights, rng);
	l->biases = numbers((size_t)cfg->out.channels, rng);
	l->packed = numbers(each * (size_t)l->groups, rng);
	l->work = numbers(l->kernels->work_size(&l->conv), rng);
	if (!l->weights || !l->biases || !l->packed || !l->work)
		return false;
	l->conv.biases = l->biases;
	l->conv.weights = l->weights;
	for (int g = 0; !l->depthwise && g < l->groups; g++) {
		l->conv.biases = l->biases + g * l->conv.out.channels;
		l->kernels->pack(&l->conv, l->weights + (size_t)g * plain,
				 l->packed + (size_t)g * each);
	}
	return true;
}

bool layer_init(struct layer *l, const struct netcfg_layer *cfg,
		const struct kernels *kernels)
{
	struct rng rng;

	rng_init(&rng, 1);
	*l = (struct layer){.cfg = cfg, .kernels = kernels};
	l->in = numbers(netcfg_values(cfg->in), &rng);
	l->out = numbers(netcfg_values(cfg->out), &rng);
	return l->in && l->out && (!is_conv(cfg) || init_conv(l, cfg, &rng));
}

void layer_done(struct layer *l)
{
	free(l->in);
	free(l->out);
	free(l->weights);
	free(l->biases);
	free(l->packed);
	free(l->work);
}

static void run_groups(const struct layer *l)
{
	struct kernels_conv conv = l->conv;
	size_t each = l->kernels->packed_size(&conv);

	for (int g = 0; g < l->groups; g++) {
		conv.weights = l->packed + (size_t)g * each;
		l->kernels->conv(
			&conv, l->in + (size_t)g * netcfg_values(conv.in),
			l->out + (size_t)g * netcfg_values(conv.out), l->work);
	}
}

void layer_run(const struct layer *l)
{
	const struct netcfg_layer *cfg = l->cfg;

	if (l->depthwise)
		l->kernels->depthwise(&l->conv, l->in, l->out, l->work);
	else if (is_conv(cfg))
		run_groups(l);
	else if (cfg->kind == NETCFG_MAXPOOL)
		l->kernels->maxpool(cfg->in, cfg->size, cfg->stride,
				    cfg->padding, l->in, l->out);
	else if (cfg->kind == NETCFG_AVGPOOL)
		l->kernels->mean(cfg->in, l->in, l->out);
	else if (cfg->kind == NETCFG_SHORTCUT) /* with itself: as much work */
		l->kernels->add(netcfg_values(cfg->out), l->in,
				netcfg_values(cfg->out), l->in, cfg->activation,
				l->out);
}
