/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check: whole files into memory, and whether they are the ones that were
 * shipped. Knows nothing of networks.
 */
#ifndef MIEN_MODEL_CHECK_H
#define MIEN_MODEL_CHECK_H

#include "base/status.h"

#include <stdbool.h>

/*
 * Reads folder/file: a regular file of at most `most` bytes. *bytes is the
 * caller's to free, with a NUL behind its *length bytes.
 */
enum status check_read(const char *folder, const char *file, size_t most,
		       char **bytes, size_t *length, struct fault *fault);

/*
 * Looks file up in folder/SHA256SUMS (sha256sum's format). *listed: it stands
 * there. STATUS_BAD_DATA when it does and bytes have another sum, or when the
 * list cannot be read. No list: nothing is listed.
 */
enum status check_sum(const char *folder, const char *file, const char *bytes,
		      size_t length, bool *listed, struct fault *fault);

/* A sum in hex, and a NUL. */
#define CHECK_SUM_SIZE 65

/* The SHA-256 of folder/file, of at most `most` bytes. */
enum status check_sum_of(const char *folder, const char *file, size_t most,
			 char sum[CHECK_SUM_SIZE], struct fault *fault);

#endif
