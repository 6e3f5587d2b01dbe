/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops as every processor of the architecture runs them (SSE2, NEON). */
#define LANES    4
#define MAX_TILE 6
#include "model/kernels_loops.inc"

static const struct kernels table = KERNELS_TABLE("plain");
const struct kernels *const kernels_plain = &table;
