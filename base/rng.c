/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rng: PCG-XSH-RR 64/32, M. E. O'Neill, 2014, with one fixed stream. */
#include "base/rng.h"

#define MULTIPLIER UINT64_C(6364136223846793005)
#define STREAM     UINT64_C(1442695040888963407)

void rng_init(struct rng *rng, uint64_t seed)
{
	rng->state = 0;
	rng_u32(rng);
	rng->state += seed;
	rng_u32(rng);
}

uint32_t rng_u32(struct rng *rng)
{
	uint64_t old = rng->state;
	uint32_t shifted = (uint32_t)(((old >> 18) ^ old) >> 27);
	uint32_t turn = (uint32_t)(old >> 59);

	rng->state = old * MULTIPLIER + STREAM;
	return (shifted >> turn) | (shifted << (-turn & 31));
}

uint32_t rng_below(struct rng *rng, uint32_t below)
{
	/* Values under the threshold would make the first ones likelier. */
	uint32_t threshold = -below % below;
	uint32_t value;

	do
		value = rng_u32(rng);
	while (value < threshold);
	return value % below;
}

double rng_unit(struct rng *rng)
{
	return rng_u32(rng) / 4294967296.0;
}
