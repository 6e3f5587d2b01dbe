/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops as every processor of the architecture runs them (SSE2, NEON). */
#define LANES 4
#ifdef __aarch64__ /* 32 registers; SSE2 has 16 */
#define MAX_TILE 12
#else
#define MAX_TILE 6
#endif
#include "model/kernels_loops.inc"

static const struct kernels table = KERNELS_TABLE("plain");
const struct kernels *const kernels_plain = &table;
