/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine: from two files to a network that runs: read, compare with the list,
 * check, fold, try, load. Knows nothing of faces.
 */
#include "model/engine.h"

#include "base/text.h"
#include "model/check.h"
#include "model/darknet.h"
#include "model/weights.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_CFG     ((size_t)1 << 20)
#define MAX_WEIGHTS ((size_t)1 << 28)
#define NAME_SIZE   64

struct engine {
	struct netcfg cfg;
	struct darknet *net;
};

/* The two files while an engine is opened. */
struct files {
	const char *folder;
	char cfg_name[NAME_SIZE], weights_name[NAME_SIZE];
	char *cfg, *weights;
	size_t cfg_length, weights_length;
	bool shipped;
};

static enum status read_one(const struct files *f, const char *name,
			    size_t most, char **bytes, size_t *length,
			    bool *listed, struct fault *fault)
{
	enum status st =
		check_read(f->folder, name, most, bytes, length, fault);

	if (st == STATUS_NOT_FOUND)
		fault_hint(fault, "a network is two files, .cfg and .weights");
	if (!st)
		st = check_sum(f->folder, name, *bytes, *length, listed, fault);
	return st;
}

static enum status read_files(struct files *f, struct fault *fault)
{
	bool cfg_listed = false, weights_listed = false;
	enum status st = read_one(f, f->cfg_name, MAX_CFG, &f->cfg,
				  &f->cfg_length, &cfg_listed, fault);

	if (!st)
		st = read_one(f, f->weights_name, MAX_WEIGHTS, &f->weights,
			      &f->weights_length, &weights_listed, fault);
	f->shipped = cfg_listed && weights_listed;
	return st;
}

static enum status check_files(struct engine *engine, struct files *f,
			       struct fault *fault)
{
	enum status st = netcfg_parse(&engine->cfg, f->cfg, f->cfg_length,
				      f->cfg_name, fault);

	if (!st)
		st = weights_check(&engine->cfg, f->weights, f->weights_length,
				   f->weights_name, fault);
	return st;
}

static enum status load(struct engine *engine, const struct files *f,
			struct fault *fault)
{
	const struct kernels *kernels = kernels_choice(0);
	enum status st = STATUS_OK;
	size_t size;
	void *folded = weights_fold(&engine->cfg, f->weights, &size);

	if (!folded)
		return fault_set(fault, STATUS_NO_MEMORY, f->weights_name,
				 "not enough memory");
	if (!f->shipped)
		st = darknet_probe(&engine->cfg, folded, size, kernels, fault);
	if (!st)
		st = darknet_open(&engine->net, &engine->cfg, folded, size,
				  kernels, fault);
	if (st && fault && !fault->subject[0])
		text_clean(fault->subject, sizeof(fault->subject), f->cfg_name);
	free(folded);
	return st;
}

enum status engine_open(struct engine **out, const char *folder,
			const char *name, struct fault *fault)
{
	struct engine *engine = calloc(1, sizeof(*engine));
	struct files files = {.folder = folder};
	enum status st = STATUS_OK;

	assert(strlen(name) + sizeof(".weights") <= NAME_SIZE);
	if (!engine)
		return fault_set(fault, STATUS_NO_MEMORY, name,
				 "not enough memory");
	snprintf(files.cfg_name, NAME_SIZE, "%s.cfg", name);
	snprintf(files.weights_name, NAME_SIZE, "%s.weights", name);
	st = read_files(&files, fault);
	if (!st)
		st = check_files(engine, &files, fault);
	if (!st)
		st = load(engine, &files, fault);
	free(files.cfg);
	free(files.weights);
	if (st) {
		engine_close(engine);
		return st;
	}
	*out = engine;
	return STATUS_OK;
}

void engine_close(struct engine *engine)
{
	if (!engine)
		return;
	darknet_close(engine->net);
	free(engine);
}

static struct engine_planes planes(float *data, struct netcfg_shape shape)
{
	return (struct engine_planes){.data = data,
				      .channels = shape.channels,
				      .height = shape.height,
				      .width = shape.width};
}

struct engine_planes engine_input(const struct engine *engine)
{
	return planes(darknet_input(engine->net), engine->cfg.input);
}

int engine_layers(const struct engine *engine)
{
	return engine->cfg.count;
}

struct engine_planes engine_output(const struct engine *engine, int index)
{
	if (index < 0)
		index += engine->cfg.count;
	assert(index >= 0 && index < engine->cfg.count);
	return planes(darknet_output(engine->net, index),
		      engine->cfg.layers[index].out);
}

enum status engine_find(const struct engine *engine, const char *name,
			int *index)
{
	for (int i = 0; i < engine->cfg.count; i++)
		if (*name && !strcmp(engine->cfg.layers[i].name, name)) {
			*index = i;
			return STATUS_OK;
		}
	return STATUS_NOT_FOUND;
}

enum status engine_run(struct engine *engine)
{
	struct engine_planes last = engine_output(engine, -1);
	size_t n = (size_t)last.channels * (size_t)last.height *
		   (size_t)last.width;
	enum status st = darknet_run(engine->net);

	for (size_t i = 0; !st && i < n; i++)
		if (!isfinite(last.data[i]))
			st = STATUS_BAD_DATA;
	return st;
}
