/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rng: a small seeded generator (PCG32, O'Neill 2014), so that what a seed
 * chose once it chooses again on every machine.
 */
#ifndef MIEN_BASE_RNG_H
#define MIEN_BASE_RNG_H

#include <stdint.h>

struct rng {
	uint64_t state;
};

void rng_init(struct rng *rng, uint64_t seed);
uint32_t rng_u32(struct rng *rng);

/* Uniform in [0, below); below > 0. */
uint32_t rng_below(struct rng *rng, uint32_t below);

/* Uniform in [0, 1). */
double rng_unit(struct rng *rng);

#endif
