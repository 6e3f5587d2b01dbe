/* SPDX-License-Identifier: GPL-3.0-or-later */
/* darknet: the library behind engine.c, loaded at run time. */
#ifndef MIEN_MODEL_DARKNET_H
#define MIEN_MODEL_DARKNET_H

#include "model/engine.h"

struct darknet;

enum status darknet_open(struct darknet **out, const char *cfg,
			 const char *weights, struct fault *fault);
void darknet_close(struct darknet *net);
struct engine_planes darknet_shape(const struct darknet *net);
void darknet_run(struct darknet *net, float *input);
int darknet_layers(const struct darknet *net);
struct engine_planes darknet_output(const struct darknet *net, int index);

#endif
