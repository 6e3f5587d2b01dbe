/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cfg: a network's description from its folder, and the work in it. */
#ifndef MIEN_BENCH_CFG_H
#define MIEN_BENCH_CFG_H

#include "model/netcfg.h"

enum status cfg_read(struct netcfg *out, const char *folder, const char *name,
		     struct fault *fault);

/* Of a convolutional or connected layer, and of all; 0 for the others. */
double cfg_layer_multiply_adds(const struct netcfg_layer *layer);
double cfg_multiply_adds(const struct netcfg *cfg);

#endif
