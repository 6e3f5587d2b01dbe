/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * darknet: the library behind engine.c, loaded at run time. Takes only what
 * netcfg.c and weights.c have checked.
 */
#ifndef MIEN_MODEL_DARKNET_H
#define MIEN_MODEL_DARKNET_H

#include "model/kernels.h"
#include "model/netcfg.h"

struct darknet;

/*
 * Loads the network, and the library before the first one. With kernels (cfg
 * without batch-norm) its loops take the place of the library's; NULL leaves
 * the library as it is. Nothing of the library reaches the terminal. Loads
 * wait for each other; fd 2 leads nowhere meanwhile.
 */
enum status darknet_open(struct darknet **out, const struct netcfg *cfg,
			 const void *weights, size_t size,
			 const struct kernels *kernels, struct fault *fault);
void darknet_close(struct darknet *net); /* NULL is allowed */

/* The same in a child process, and a run on zeros: does it survive? */
enum status darknet_probe(const struct netcfg *cfg, const void *weights,
			  size_t size, const struct kernels *kernels,
			  struct fault *fault);

/* The library's input array, and its output of a layer. */
float *darknet_input(const struct darknet *net);
float *darknet_output(const struct darknet *net, int layer);

enum status darknet_run(struct darknet *net);

#endif
