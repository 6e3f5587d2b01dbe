/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * twins: of FER2013's test pictures some stand in Training, too, so they are
 * no test of what was learned. Counts the others. Rows come in any order.
 */
#ifndef MIEN_BENCH_TWINS_H
#define MIEN_BENCH_TWINS_H

#include "bench/score.h"

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

struct twin {
	uint64_t picture; /* FNV-1a of its pixels */
	bool right;
};

/* All zero: none. */
struct twins {
	struct twin_list {
		struct twin *at;
		size_t count, size;
	} learned, asked;
};

/* STATUS_NO_MEMORY, or STATUS_OK. */
enum status twins_learn(struct twins *twins, const uint8_t *pixels,
			size_t size);
enum status twins_ask(struct twins *twins, const uint8_t *pixels, size_t size,
		      bool right);

/* Those asked that were not learned. Sorts what was learned. */
struct score twins_apart(struct twins *twins);

void twins_free(struct twins *twins);

#endif
