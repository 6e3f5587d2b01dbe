/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * netshape: one function a kind of layer. The semantics are Darknet's of
 * 2018-09-14 (Debian's package).
 */
#include "model/netshape.h"

#include <stdarg.h>
#include <stdio.h>

struct shaping {
	const struct netcfg *cfg;
	char *why;
	size_t size;
};

static enum status refuse(struct shaping *s, enum status st, const char *format,
			  ...) __attribute__((format(printf, 3, 4)));

static enum status refuse(struct shaping *s, enum status st, const char *format,
			  ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(s->why, s->size, format, args);
	va_end(args);
	return st;
}

static enum status infer_conv(struct shaping *s, struct netcfg_layer *l)
{
	if (l->filters < 1)
		return refuse(s, STATUS_BAD_DATA,
			      "[convolutional] needs filters=");
	if (l->in.channels % l->groups || l->filters % l->groups)
		return refuse(s, STATUS_BAD_DATA,
			      "%d groups do not divide %d channels and %d "
			      "filters",
			      l->groups, l->in.channels, l->filters);
	if (l->size == 1 && (l->stride > 1 || l->padding > 0))
		return refuse(s, STATUS_UNSUPPORTED,
			      "Darknet runs a 1x1 convolution wrong when it "
			      "has a stride or padding");
	if (l->padding >= l->size)
		return refuse(s, STATUS_BAD_DATA,
			      "padding %d is not smaller than size %d",
			      l->padding, l->size);
	l->out.channels = l->filters;
	l->out.height = (l->in.height + 2 * l->padding - l->size) / l->stride;
	l->out.width = (l->in.width + 2 * l->padding - l->size) / l->stride;
	if (l->in.height + 2 * l->padding < l->size ||
	    l->in.width + 2 * l->padding < l->size)
		return refuse(s, STATUS_BAD_DATA,
			      "a %dx%d convolution does not fit into %dx%d",
			      l->size, l->size, l->in.width, l->in.height);
	l->out.height++;
	l->out.width++;
	l->weights = (size_t)l->filters * (size_t)(l->in.channels / l->groups) *
		     (size_t)(l->size * l->size);
	return STATUS_OK;
}

static enum status infer_maxpool(struct shaping *s, struct netcfg_layer *l)
{
	int h, w;

	if (!l->size)
		l->size = l->stride;
	if (l->padding < 0)
		l->padding = l->size - 1;
	h = l->in.height + l->padding - l->size;
	w = l->in.width + l->padding - l->size;
	if (h < 0 || w < 0 || l->padding >= l->size)
		return refuse(s, STATUS_BAD_DATA,
			      "[maxpool] of size %d and padding %d does not "
			      "fit %dx%d",
			      l->size, l->padding, l->in.width, l->in.height);
	l->out = (struct netcfg_shape){l->in.channels, h / l->stride + 1,
				       w / l->stride + 1};
	return STATUS_OK;
}

static enum status infer_shortcut(struct shaping *s, struct netcfg_layer *l)
{
	const struct netcfg_shape *other;

	if (!l->from_count)
		return refuse(s, STATUS_BAD_DATA, "[shortcut] needs from=");
	other = &s->cfg->layers[l->from[0]].out;
	if (other->width != l->in.width || other->height != l->in.height)
		return refuse(s, STATUS_UNSUPPORTED,
			      "[shortcut] from %dx%d to %dx%d: the sizes must "
			      "be equal",
			      other->width, other->height, l->in.width,
			      l->in.height);
	l->out = l->in;
	return STATUS_OK;
}

static enum status infer_route(struct shaping *s, struct netcfg_layer *l)
{
	if (!l->from_count)
		return refuse(s, STATUS_BAD_DATA, "[route] needs layers=");
	l->out = s->cfg->layers[l->from[0]].out;
	for (int i = 1; i < l->from_count; i++) {
		const struct netcfg_shape *one =
			&s->cfg->layers[l->from[i]].out;

		if (one->width != l->out.width || one->height != l->out.height)
			return refuse(s, STATUS_BAD_DATA,
				      "[route] joins %dx%d and %dx%d",
				      l->out.width, l->out.height, one->width,
				      one->height);
		l->out.channels += one->channels;
	}
	return STATUS_OK;
}

static enum status infer_connected(struct shaping *s, struct netcfg_layer *l)
{
	if (l->filters < 1)
		return refuse(s, STATUS_BAD_DATA, "[connected] needs output=");
	l->out = (struct netcfg_shape){l->filters, 1, 1};
	l->weights = netcfg_values(l->in) * (size_t)l->filters;
	return STATUS_OK;
}

static enum status infer_softmax(struct shaping *s, struct netcfg_layer *l)
{
	if (netcfg_values(l->in) % (size_t)l->groups)
		return refuse(s, STATUS_BAD_DATA,
			      "%d groups do not divide %zu values", l->groups,
			      netcfg_values(l->in));
	/* atof() reads what is written as text; 0 would divide */
	if (l->temperature < 0.01f)
		return refuse(s, STATUS_BAD_DATA,
			      "a temperature must be at least 0.01");
	l->out = l->in;
	return STATUS_OK;
}

enum status netshape_infer(const struct netcfg *cfg, struct netcfg_layer *l,
			   char *why, size_t size)
{
	struct shaping shaping = {.cfg = cfg, .why = why, .size = size};
	struct shaping *s = &shaping;

	if (s->cfg->count && l->kind != NETCFG_ROUTE &&
	    s->cfg->layers[s->cfg->count - 1].kind == NETCFG_SOFTMAX)
		return refuse(s, STATUS_UNSUPPORTED,
			      "only [route] may follow [softmax]: Darknet "
			      "forgets the shape there");
	l->out = l->in;
	switch (l->kind) {
	case NETCFG_CONV: return infer_conv(s, l);
	case NETCFG_MAXPOOL: return infer_maxpool(s, l);
	case NETCFG_SHORTCUT: return infer_shortcut(s, l);
	case NETCFG_ROUTE: return infer_route(s, l);
	case NETCFG_CONNECTED: return infer_connected(s, l);
	case NETCFG_SOFTMAX: return infer_softmax(s, l);
	case NETCFG_AVGPOOL: l->out.height = l->out.width = 1; break;
	case NETCFG_UPSAMPLE:
		l->out.height *= l->stride;
		l->out.width *= l->stride;
		break;
	case NETCFG_DROPOUT: /* Darknet lends it the output before it */
		if (!s->cfg->count)
			return refuse(s, STATUS_UNSUPPORTED,
				      "[dropout] cannot come first");
		break;
	default: break;
	}
	return STATUS_OK;
}
