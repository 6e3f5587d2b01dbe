/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * invent: a large catalog of invented tracks, as uneven as real ones: a few
 * artists have many, words are Zipf's, a third have their mood from their
 * genre alone and so lie on a handful of points, a fifth have none.
 */
#ifndef MIEN_BENCH_INVENT_H
#define MIEN_BENCH_INVENT_H

#include "base/rng.h"
#include "base/status.h"

#define INVENT_NOW INT64_C(1800000000) /* seconds: after all that happened */

/* Makes path. The same number of tracks gives the same catalog. */
enum status invent_catalog(const char *path, int tracks, struct fault *fault);

/* So many of the words that the tracks are named with; out: 256 bytes. */
void invent_words(char *out, struct rng *rng, int count);

#endif
