/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels: which of the compiled loops this processor can run. */
#include "model/kernels.h"

#include <stdbool.h>

static bool has_avx2(void)
{
#if defined(__x86_64__)
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
	return false;
#endif
}

static bool has_avx512(void)
{
#if defined(__x86_64__)
	return has_avx2() && __builtin_cpu_supports("avx512f");
#else
	return false;
#endif
}

const struct kernels *kernels_choice(int index)
{
	if (has_avx512() && kernels_avx512 && !index--)
		return kernels_avx512;
	if (has_avx2() && kernels_avx2 && !index--)
		return kernels_avx2;
	return index ? NULL : kernels_plain;
}
