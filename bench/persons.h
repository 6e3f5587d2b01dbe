/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * persons: pictures split into groups that stand for persons, for a table that
 * knows none: those that are alike once what is common to their emotion is
 * taken away. Pure.
 */
#ifndef MIEN_BENCH_PERSONS_H
#define MIEN_BENCH_PERSONS_H

#include "base/status.h"
#include "model/emotion.h"

#include <stdint.h>

/*
 * points: n rows of dims values; labels: an emotion a row. Each column is put
 * to a deviation of one and each row less the mean of its emotion's rows, and
 * k-means (Lloyd, seeded) makes `groups` of them; group[i] in 0..groups - 1.
 * n >= groups.
 */
enum status persons_split(const float *points, int n, int dims,
			  const enum emotion *labels, int groups, uint64_t seed,
			  int *group);

#endif
