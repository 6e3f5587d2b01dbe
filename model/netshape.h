/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * netshape: what comes out of a layer, given what goes in. Pure; knows nothing
 * of the text that described it (netcfg).
 */
#ifndef MIEN_MODEL_NETSHAPE_H
#define MIEN_MODEL_NETSHAPE_H

#include "model/netcfg.h"

#define NETSHAPE_WHY 200 /* the longest refusal */

/*
 * Fills in what follows of l from its input and from the layers before it,
 * which are those of cfg: output, weights, a max pool's size and padding. When
 * it cannot be so, or Darknet would run it wrong, why says it in words.
 */
enum status netshape_infer(const struct netcfg *cfg, struct netcfg_layer *l,
			   char *why, size_t size);

#endif
