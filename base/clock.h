/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock: the clocks, read at the edges and handed inwards as arguments. */
#ifndef MIEN_BASE_CLOCK_H
#define MIEN_BASE_CLOCK_H

#include <stdint.h>

#define CLOCK_NS_PER_MS INT64_C(1000000)
#define CLOCK_NS_PER_S  INT64_C(1000000000)

/* Nanoseconds of CLOCK_MONOTONIC. Any thread. */
int64_t clock_monotonic_ns(void);

/* Nanoseconds that the calling thread has run: what a thing cost, whoever else
 * had the processor meanwhile. */
int64_t clock_thread_ns(void);

/* Seconds since the epoch, UTC; what the catalog stores. Any thread. */
int64_t clock_wall_s(void);

#endif
