/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load: a text file whole, as UTF-8, whatever it was written in. */
#ifndef MIEN_ETL_LOAD_H
#define MIEN_ETL_LOAD_H

#include "base/status.h"

/* Lists of songs are not longer; larger files are refused. */
#define LOAD_MAX (64u << 20)

/*
 * Reads path; *out is the caller's to free, *length bytes and a NUL. A byte
 * order mark is taken off, UTF-16 becomes UTF-8; other bytes stay what they
 * are.
 */
enum status load_text(const char *path, char **out, size_t *length,
		      struct fault *fault);

/* The same for bytes in memory; *text is replaced, its memory too. */
enum status load_decode(char **text, size_t *length, const char *name,
			struct fault *fault);

#endif
