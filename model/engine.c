/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine: from files to a network that runs. Knows nothing of faces. */
#include "model/engine.h"

#include "model/darknet.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct engine {
	struct darknet *net;
	struct engine_planes input;
};

enum status engine_open(struct engine **out, const char *folder,
			const char *name, struct fault *fault)
{
	struct engine *engine = calloc(1, sizeof(*engine));
	char cfg[4096], weights[4096];
	enum status st = STATUS_OK;

	if (!engine)
		return fault_set(fault, STATUS_NO_MEMORY, name,
				 "not enough memory");
	snprintf(cfg, sizeof(cfg), "%s/%s.cfg", folder, name);
	snprintf(weights, sizeof(weights), "%s/%s.weights", folder, name);
	st = darknet_open(&engine->net, cfg, weights, fault);
	if (!st) {
		engine->input = darknet_shape(engine->net);
		engine->input.data = calloc((size_t)engine->input.channels *
						    engine->input.height *
						    engine->input.width,
					    sizeof(float));
		if (!engine->input.data)
			st = STATUS_NO_MEMORY;
	}
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
	free(engine->input.data);
	free(engine);
}

struct engine_planes engine_input(const struct engine *engine)
{
	return engine->input;
}

enum status engine_run(struct engine *engine)
{
	struct engine_planes last;

	darknet_run(engine->net, engine->input.data);
	last = engine_output(engine, -1);
	for (int i = 0; i < last.channels * last.height * last.width; i++)
		if (!isfinite(last.data[i]))
			return STATUS_BAD_DATA;
	return STATUS_OK;
}

int engine_layers(const struct engine *engine)
{
	return darknet_layers(engine->net);
}

struct engine_planes engine_output(const struct engine *engine, int index)
{
	if (index < 0)
		index += engine_layers(engine);
	assert(index >= 0 && index < engine_layers(engine));
	return darknet_output(engine->net, index);
}

enum status engine_find(const struct engine *engine, const char *name,
			int *index)
{
	(void)engine, (void)name, (void)index;
	return STATUS_NOT_FOUND;
}
