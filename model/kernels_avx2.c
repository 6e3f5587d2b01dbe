/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops for x86-64 with AVX2 and FMA; called only where they are there. */
#if defined(__x86_64__)
#pragma GCC target("avx2,fma")
#define LANES    8
#define MAX_TILE 6
#include "model/kernels_loops.inc"

static const struct kernels table = KERNELS_TABLE("avx2");
const struct kernels *const kernels_avx2 = &table;
#else
#include "model/kernels.h"

const struct kernels *const kernels_avx2 = NULL;
#endif
