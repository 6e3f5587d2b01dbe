/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops for x86-64 with AVX-512; called only where it is there. */
#if defined(__x86_64__)
#pragma GCC target("avx2,fma,avx512f")
#define LANES    16
#define MAX_TILE 12
#include "model/kernels_loops.inc"

static const struct kernels table = KERNELS_TABLE("avx512");
const struct kernels *const kernels_avx512 = &table;
#else
#include "model/kernels.h"

const struct kernels *const kernels_avx512 = NULL;
#endif
