/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * netcfg: one table says which key may stand in which section and in what
 * range. The semantics are Darknet's of 2018-09-14 (Debian's package).
 */
#include "model/netcfg.h"

#include "model/netshape.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TEXT   ((size_t)1 << 20)
#define MAX_LINE   256
#define MAX_VALUES ((size_t)1 << 24) /* of one layer's output or weights */
#define MAX_TOTAL  ((size_t)1 << 26) /* of all layers together: 256 MB */
#define MAX_WORK   4e9 /* multiply-adds: half a second; what ships has 0.1e9 */

/* The first name is the one that is written. */
static const char *const kind_names[NETCFG_KINDS][2] = {
	[NETCFG_NET] = {"net", "network"},
	[NETCFG_CONV] = {"convolutional", "conv"},
	[NETCFG_MAXPOOL] = {"maxpool", "max"},
	[NETCFG_AVGPOOL] = {"avgpool", "avg"},
	[NETCFG_SHORTCUT] = {"shortcut", NULL},
	[NETCFG_ROUTE] = {"route", NULL},
	[NETCFG_UPSAMPLE] = {"upsample", NULL},
	[NETCFG_CONNECTED] = {"connected", "conn"},
	[NETCFG_SOFTMAX] = {"softmax", "soft"},
	[NETCFG_DROPOUT] = {"dropout", NULL},
};

static const char *const activation_names[NETCFG_ACTIVATIONS] = {
	[NETCFG_LINEAR] = "linear",
	[NETCFG_RELU] = "relu",
	[NETCFG_LEAKY] = "leaky",
	[NETCFG_LOGISTIC] = "logistic",
};

/* A section while it is read. */
struct section {
	struct netcfg_layer layer;
	struct netcfg_shape input;
	int pad; /* Darknet's flag: padding = size / 2 */
	int one; /* batch, subdivisions */
	float scale;
};

enum type { INT, FLOAT, ACTIVATION, LAYERS, NAME, IGNORED };

#define KIND(k)    (1u << NETCFG_##k)
#define ANY_LAYER  (~KIND(NET))
#define FIELD(f)   offsetof(struct section, layer.f)
#define SECTION(f) offsetof(struct section, f)

static const struct key {
	const char *name;
	unsigned kinds;
	enum type type;
	size_t offset;
	int min, max;
} keys[] = {
	{"width", KIND(NET), INT, SECTION(input.width), 1, 2048},
	{"height", KIND(NET), INT, SECTION(input.height), 1, 2048},
	{"channels", KIND(NET), INT, SECTION(input.channels), 1, 64},
	{"batch", KIND(NET), INT, SECTION(one), 1, 1},
	{"subdivisions", KIND(NET), INT, SECTION(one), 1, 1},
	{"filters", KIND(CONV), INT, FIELD(filters), 1, 4096},
	{"output", KIND(CONNECTED), INT, FIELD(filters), 1, 65536},
	{"size", KIND(CONV) | KIND(MAXPOOL), INT, FIELD(size), 1, 15},
	{"stride", KIND(CONV) | KIND(MAXPOOL) | KIND(UPSAMPLE), INT,
	 FIELD(stride), 1, 8},
	{"pad", KIND(CONV), INT, SECTION(pad), 0, 1},
	{"padding", KIND(CONV) | KIND(MAXPOOL), INT, FIELD(padding), 0, 14},
	{"groups", KIND(CONV) | KIND(SOFTMAX), INT, FIELD(groups), 1, 4096},
	{"batch_normalize", KIND(CONV) | KIND(CONNECTED), INT,
	 FIELD(batch_normalize), 0, 1},
	{"activation", KIND(CONV) | KIND(CONNECTED) | KIND(SHORTCUT),
	 ACTIVATION, FIELD(activation), 0, 0},
	{"from", KIND(SHORTCUT), LAYERS, 0, 1, 1},
	{"layers", KIND(ROUTE), LAYERS, 0, 1, NETCFG_MAX_FROM},
	{"temperature", KIND(SOFTMAX), FLOAT, FIELD(temperature), 0, 100},
	{"scale", KIND(UPSAMPLE), FLOAT, SECTION(scale), 1, 1},
	{"name", ANY_LAYER, NAME, 0, 0, 0},
	/* of training only */
	{"probability", KIND(DROPOUT), IGNORED, 0, 0, 0},
	{"noloss", KIND(SOFTMAX), IGNORED, 0, 0, 0},
	{"learning_rate", KIND(NET), IGNORED, 0, 0, 0},
	{"momentum", KIND(NET), IGNORED, 0, 0, 0},
	{"decay", KIND(NET), IGNORED, 0, 0, 0},
	{"max_batches", KIND(NET), IGNORED, 0, 0, 0},
	{"policy", KIND(NET), IGNORED, 0, 0, 0},
	{"power", KIND(NET), IGNORED, 0, 0, 0},
	{"burn_in", KIND(NET), IGNORED, 0, 0, 0},
	{"steps", KIND(NET), IGNORED, 0, 0, 0},
	{"scales", KIND(NET), IGNORED, 0, 0, 0},
};

struct parser {
	struct netcfg *cfg;
	struct section section;
	bool in_section, in_net;
	unsigned line;
	size_t total; /* values of all layers so far */
	double work;  /* multiply-adds so far */
	const char *subject;
	struct fault *fault;
};

static enum status refuse(struct parser *p, enum status st, const char *format,
			  ...) __attribute__((format(printf, 3, 4)));

static enum status refuse(struct parser *p, enum status st, const char *format,
			  ...)
{
	char text[200];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fault_set(p->fault, st, p->subject, "%s", text);
	fault_at(p->fault, p->line, 0);
	return st;
}

size_t netcfg_values(struct netcfg_shape s)
{
	return (size_t)s.channels * (size_t)s.height * (size_t)s.width;
}

size_t netcfg_parameters(const struct netcfg_layer *l)
{
	if (l->kind != NETCFG_CONV && l->kind != NETCFG_CONNECTED)
		return 0;
	return l->weights + (size_t)l->filters * (l->batch_normalize ? 4 : 1);
}

/* ---- sections -------------------------------------------------------------
 */

static enum status finish_net(struct parser *p)
{
	size_t values = netcfg_values(p->section.input);

	if (!values)
		return refuse(p, STATUS_BAD_DATA,
			      "[net] needs width=, height= and channels=");
	if (values > MAX_VALUES)
		return refuse(p, STATUS_UNSUPPORTED, "the input is too large");
	p->cfg->input = p->section.input;
	return STATUS_OK;
}

/* Does the layer leave the network within its limits? */
static enum status add_cost(struct parser *p, const struct netcfg_layer *l)
{
	size_t out = netcfg_values(l->out), own = netcfg_parameters(l);
	size_t area = (size_t)l->out.height * (size_t)l->out.width;

	p->work += (double)l->weights * (double)area;
	if (l->kind == NETCFG_CONV) /* stock Darknet keeps its im2col as well */
		own += l->weights / (size_t)l->filters * area;
	p->total += out + own;
	if (out <= MAX_VALUES && own <= MAX_VALUES && p->total <= MAX_TOTAL &&
	    p->work <= MAX_WORK)
		return STATUS_OK;
	return refuse(p, STATUS_UNSUPPORTED,
		      "the network is too large: [%s] makes %dx%dx%d",
		      kind_names[l->kind][0], l->out.width, l->out.height,
		      l->out.channels);
}

/* The section is over: what does it make of its input? */
static enum status finish_section(struct parser *p)
{
	struct netcfg_layer *l = &p->section.layer;
	unsigned line = p->line;
	char why[NETSHAPE_WHY];
	enum status st;

	if (!p->in_section)
		return STATUS_OK;
	p->line = l->line;
	if (l->kind == NETCFG_NET) {
		st = finish_net(p);
	} else {
		if (l->kind == NETCFG_CONV && p->section.pad)
			l->padding = l->size / 2;
		st = netshape_infer(p->cfg, l, why, sizeof(why));
		if (st)
			refuse(p, st, "%s", why);
		if (!st)
			st = add_cost(p, l);
		if (!st)
			p->cfg->layers[p->cfg->count++] = *l;
	}
	if (!st)
		p->line = line;
	return st;
}

/* ---- lines ----------------------------------------------------------------
 */

static int kind_of(const char *name)
{
	for (int k = 0; k < NETCFG_KINDS; k++)
		for (int i = 0; i < 2; i++)
			if (kind_names[k][i] && !strcmp(name, kind_names[k][i]))
				return k;
	return -1;
}

static void set_defaults(struct parser *p, enum netcfg_kind kind)
{
	struct netcfg_layer *l = &p->section.layer;
	const struct netcfg *cfg = p->cfg;

	p->section = (struct section){0};
	l->kind = kind;
	l->line = p->line;
	l->groups = 1;
	l->temperature = 1;
	l->in = cfg->count ? cfg->layers[cfg->count - 1].out : cfg->input;
	l->stride = kind == NETCFG_UPSAMPLE ? 2 : 1;
	if (kind == NETCFG_CONV || kind == NETCFG_CONNECTED)
		l->activation = NETCFG_LOGISTIC;
	if (kind == NETCFG_CONV)
		l->size = 1;
	if (kind == NETCFG_MAXPOOL)
		l->padding = -1;
}

static enum status open_section(struct parser *p, char *line)
{
	size_t length = strlen(line);
	enum status st = finish_section(p);
	int kind;

	if (st)
		return st;
	if (line[length - 1] != ']')
		return refuse(p, STATUS_BAD_DATA,
			      "a section's name must end with ]");
	line[length - 1] = '\0';
	kind = kind_of(line + 1);
	if (kind < 0)
		return refuse(p, STATUS_UNSUPPORTED,
			      "section [%.40s] is none that mien runs",
			      line + 1);
	if ((kind == NETCFG_NET) == p->in_net)
		return refuse(p, STATUS_BAD_DATA,
			      "the first section, and no other, must be [net]");
	if (p->cfg->count == NETCFG_MAX_LAYERS)
		return refuse(p, STATUS_UNSUPPORTED, "more than %d layers",
			      NETCFG_MAX_LAYERS);
	p->in_section = p->in_net = true;
	set_defaults(p, (enum netcfg_kind)kind);
	return STATUS_OK;
}

static bool to_int(const char *text, char **end, int *out)
{
	long value;

	errno = 0;
	value = strtol(text, end, 10);
	if (*end == text || errno || value < -65536 || value > 65536)
		return false;
	*out = (int)value;
	return true;
}

static enum status set_int(struct parser *p, const struct key *key,
			   const char *value)
{
	char *end;
	int n;

	if (!to_int(value, &end, &n) || *end || n < key->min || n > key->max)
		return refuse(p, STATUS_BAD_DATA,
			      "%s=%.40s: expected a whole number from %d to %d",
			      key->name, value, key->min, key->max);
	*(int *)((char *)&p->section + key->offset) = n;
	return STATUS_OK;
}

static enum status set_float(struct parser *p, const struct key *key,
			     const char *value)
{
	char *end;
	double x = strtod(value, &end);

	if (end == value || *end || !(x >= key->min && x <= key->max))
		return refuse(p, STATUS_BAD_DATA,
			      "%s=%.40s: expected a number from %d to %d",
			      key->name, value, key->min, key->max);
	*(float *)((char *)&p->section + key->offset) = (float)x;
	return STATUS_OK;
}

static enum status set_activation(struct parser *p, const char *value)
{
	for (int a = 0; a < NETCFG_ACTIVATIONS; a++)
		if (!strcmp(value, activation_names[a])) {
			p->section.layer.activation = (enum netcfg_activation)a;
			return STATUS_OK;
		}
	return refuse(p, STATUS_UNSUPPORTED,
		      "activation=%.40s: expected linear, relu, leaky or "
		      "logistic",
		      value);
}

/* Layers before this one: negative counts back from here. */
static enum status set_layers(struct parser *p, const struct key *key,
			      const char *value)
{
	struct netcfg_layer *l = &p->section.layer;
	const char *at = value;

	l->from_count = 0;
	for (;;) {
		char *end;
		int n;

		if (!to_int(at, &end, &n) || l->from_count == key->max)
			break;
		if (n < 0)
			n += p->cfg->count;
		if (n < 0 || n >= p->cfg->count ||
		    p->cfg->layers[n].kind == NETCFG_SOFTMAX)
			break;
		l->from[l->from_count++] = n;
		if (!*end)
			return STATUS_OK;
		if (*end != ',')
			break;
		at = end + 1;
	}
	return refuse(p, STATUS_BAD_DATA,
		      "%s=%.40s: expected at most %d layers before this one, "
		      "no [softmax]",
		      key->name, value, key->max);
}

static enum status set_name(struct parser *p, const char *value)
{
	struct netcfg_layer *l = &p->section.layer;

	if (!*value || strlen(value) >= sizeof(l->name) ||
	    value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789_")])
		return refuse(p, STATUS_BAD_DATA,
			      "name=%.40s: expected at most %d of a-z, 0-9, _",
			      value, NETCFG_NAME_SIZE - 1);
	for (int i = 0; i < p->cfg->count; i++)
		if (!strcmp(p->cfg->layers[i].name, value))
			return refuse(p, STATUS_BAD_DATA,
				      "name=%s stands twice", value);
	memcpy(l->name, value, strlen(value) + 1);
	return STATUS_OK;
}

static enum status set_key(struct parser *p, char *line)
{
	unsigned kind = 1u << p->section.layer.kind;
	char *value = strchr(line, '=');

	if (!p->in_section || !value)
		return refuse(p, STATUS_BAD_DATA,
			      "expected [section] or key=value, not \"%.40s\"",
			      line);
	*value++ = '\0';
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const struct key *key = &keys[i];

		if (!(key->kinds & kind) || strcmp(key->name, line) != 0)
			continue;
		switch (key->type) {
		case INT: return set_int(p, key, value);
		case FLOAT: return set_float(p, key, value);
		case ACTIVATION: return set_activation(p, value);
		case LAYERS: return set_layers(p, key, value);
		case NAME: return set_name(p, value);
		case IGNORED: return STATUS_OK;
		}
	}
	return refuse(p, STATUS_UNSUPPORTED, "[%s] has no key %.40s here",
		      kind_names[p->section.layer.kind][0], line);
}

/* As Darknet: every blank goes; # and ; begin a comment line. */
static enum status take_line(struct parser *p, const char *text, size_t length)
{
	char line[MAX_LINE];
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == ' ' || c == '\t' || c == '\r')
			continue;
		if (n == 0 && (c == '#' || c == ';'))
			return STATUS_OK;
		if (c < 0x20 || c > 0x7e)
			return refuse(p, STATUS_BAD_DATA,
				      "byte 0x%02x in a network description",
				      c);
		if (n + 1 == sizeof(line))
			return refuse(p, STATUS_BAD_DATA,
				      "the line is longer than %d characters",
				      MAX_LINE - 1);
		line[n++] = (char)c;
	}
	line[n] = '\0';
	if (!n)
		return STATUS_OK;
	return line[0] == '[' ? open_section(p, line) : set_key(p, line);
}

enum status netcfg_parse(struct netcfg *out, const char *text, size_t length,
			 const char *subject, struct fault *fault)
{
	struct parser p = {.cfg = out, .subject = subject, .fault = fault};
	enum status st = STATUS_OK;

	*out = (struct netcfg){0};
	if (length > MAX_TEXT)
		return refuse(&p, STATUS_BAD_DATA,
			      "%zu bytes is too long for a network description",
			      length);
	for (size_t at = 0; !st && at < length;) {
		const char *end = memchr(text + at, '\n', length - at);
		size_t n = end ? (size_t)(end - text) - at : length - at;

		p.line++;
		st = take_line(&p, text + at, n);
		at += n + 1;
	}
	if (!st)
		st = finish_section(&p);
	p.line = 0;
	if (!st && !out->count)
		st = refuse(&p, STATUS_BAD_DATA, "no layer stands in it");
	return st;
}

/* ---- writing --------------------------------------------------------------
 */

static void put(char *out, size_t size, size_t *at, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void put(char *out, size_t size, size_t *at, const char *format, ...)
{
	size_t left = *at < size ? size - *at : 0;
	va_list args;

	va_start(args, format);
	*at += (size_t)vsnprintf(left ? out + *at : NULL, left, format, args);
	va_end(args);
}

static void put_layer(const struct netcfg_layer *l, char *out, size_t size,
		      size_t *at)
{
	put(out, size, at, "[%s]\n", kind_names[l->kind][0]);
	if (l->kind == NETCFG_CONV)
		put(out, size, at, "filters=%d\ngroups=%d\npad=0\n", l->filters,
		    l->groups);
	if (l->kind == NETCFG_CONV || l->kind == NETCFG_MAXPOOL)
		put(out, size, at, "size=%d\nstride=%d\npadding=%d\n", l->size,
		    l->stride, l->padding);
	if (l->kind == NETCFG_CONNECTED)
		put(out, size, at, "output=%d\n", l->filters);
	if (l->kind == NETCFG_CONV || l->kind == NETCFG_CONNECTED)
		put(out, size, at, "batch_normalize=%d\n", l->batch_normalize);
	if (l->kind == NETCFG_UPSAMPLE)
		put(out, size, at, "stride=%d\n", l->stride);
	if (l->kind == NETCFG_SHORTCUT)
		put(out, size, at, "from=%d\n", l->from[0]);
	if (l->kind == NETCFG_CONV || l->kind == NETCFG_CONNECTED ||
	    l->kind == NETCFG_SHORTCUT)
		put(out, size, at, "activation=%s\n",
		    activation_names[l->activation]);
	for (int i = 0; l->kind == NETCFG_ROUTE && i < l->from_count; i++)
		put(out, size, at, "%s%d%s", i ? "," : "layers=", l->from[i],
		    i + 1 == l->from_count ? "\n" : "");
	if (l->kind == NETCFG_SOFTMAX)
		put(out, size, at, "groups=%d\ntemperature=%.9g\n", l->groups,
		    (double)l->temperature);
}

size_t netcfg_write(const struct netcfg *cfg, char *out, size_t size)
{
	size_t at = 0;

	put(out, size, &at,
	    "[net]\nbatch=1\nsubdivisions=1\nwidth=%d\nheight=%d\n"
	    "channels=%d\n",
	    cfg->input.width, cfg->input.height, cfg->input.channels);
	for (int i = 0; i < cfg->count; i++)
		put_layer(&cfg->layers[i], out, size, &at);
	return at < size ? at : 0;
}
