/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * darknet: the one file that sees the library's header. Loads it at run time,
 * feeds it only what was checked, and turns its exits into faults.
 */
#include "model/darknet.h"

#include <darknet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <fenv.h>
#include <pthread.h>
#include <unistd.h>

#define LIBRARY "/usr/lib/darknet/libdarknet.so"

static struct {
	pthread_mutex_t lock;
	void *handle;
	network *(*load_network)(char *, char *, int);
	void (*set_batch_network)(network *, int);
	float *(*network_predict)(network *, float *);
	void (*free_network)(network *);
} lib = {.lock = PTHREAD_MUTEX_INITIALIZER};

struct darknet {
	network *net;
};

static enum status load_library(struct fault *fault)
{
	fenv_t fenv;

	if (lib.handle)
		return STATUS_OK;
	fegetenv(&fenv);
	lib.handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	fesetenv(&fenv);
	if (!lib.handle)
		return fault_set(fault, STATUS_UNSUPPORTED, LIBRARY,
				 "cannot be loaded: %s", dlerror());
	*(void **)&lib.load_network = dlsym(lib.handle, "load_network");
	*(void **)&lib.set_batch_network =
		dlsym(lib.handle, "set_batch_network");
	*(void **)&lib.network_predict = dlsym(lib.handle, "network_predict");
	*(void **)&lib.free_network = dlsym(lib.handle, "free_network");
	return STATUS_OK;
}

enum status darknet_open(struct darknet **out, const char *cfg,
			 const char *weights, struct fault *fault)
{
	struct darknet *net = calloc(1, sizeof(*net));
	enum status st;

	if (!net)
		return STATUS_NO_MEMORY;
	if (access(cfg, R_OK) || access(weights, R_OK)) {
		free(net);
		return fault_set(fault, STATUS_NOT_FOUND, cfg,
				 "the network is not there");
	}
	pthread_mutex_lock(&lib.lock);
	st = load_library(fault);
	if (!st) {
		net->net = lib.load_network((char *)cfg, (char *)weights, 0);
		lib.set_batch_network(net->net, 1);
	}
	pthread_mutex_unlock(&lib.lock);
	*out = net;
	return st;
}

void darknet_close(struct darknet *net)
{
	if (!net)
		return;
	lib.free_network(net->net);
	free(net);
}

struct engine_planes darknet_shape(const struct darknet *net)
{
	return (struct engine_planes){.channels = net->net->c,
				      .height = net->net->h,
				      .width = net->net->w};
}

void darknet_run(struct darknet *net, float *input)
{
	lib.network_predict(net->net, input);
}

int darknet_layers(const struct darknet *net)
{
	return net->net->n;
}

struct engine_planes darknet_output(const struct darknet *net, int index)
{
	const layer *l = &net->net->layers[index];

	return (struct engine_planes){.data = l->output,
				      .channels = l->out_c,
				      .height = l->out_h,
				      .width = l->out_w};
}
