/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * weights: a Darknet weights file, checked against the network it is for, and
 * its batch-norm folded into the layers before it. Pure: bytes in, bytes out.
 *
 * The file: int32 major 0, minor 2, revision; uint64 pictures seen; then
 * float32 a layer: biases[n], with batch-norm scales[n], means[n],
 * variances[n], then weights (a connected layer's come before its scales).
 * All little-endian.
 */
#ifndef MIEN_MODEL_WEIGHTS_H
#define MIEN_MODEL_WEIGHTS_H

#include "model/netcfg.h"

#define WEIGHTS_HEADER_SIZE ((size_t)20)

/* Bytes that a weights file for cfg has. */
size_t weights_size(const struct netcfg *cfg);

/*
 * STATUS_BAD_DATA when the length is not exactly right, the header is of
 * another version, or a number is not finite.
 */
enum status weights_check(const struct netcfg *cfg, const void *bytes,
			  size_t length, const char *subject,
			  struct fault *fault);

/*
 * Changes cfg to the same network without batch-norm and returns a new weights
 * file for it (checked input; free() it), its size in *size. NULL: no memory.
 */
void *weights_fold(struct netcfg *cfg, const void *bytes, size_t *size);

#endif
