/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * language: which language a text is in, by libexttextcat's statistics of
 * letters, offline. It says nothing where it is not sure.
 */
#ifndef MIEN_ETL_LANGUAGE_H
#define MIEN_ETL_LANGUAGE_H

#include "base/status.h"

#include <stdbool.h>

struct language;

/* Reads the statistics, some 2 MB. STATUS_NOT_FOUND: they are not there. One
 * thread at a time. */
enum status language_open(struct language **out, struct fault *fault);
void language_close(struct language *language); /* NULL is allowed */

/* Shorter texts (in bytes) are not judged. */
#define LANGUAGE_LEAST 40
/* A longer text does not change the answer. */
#define LANGUAGE_ENOUGH 1500

/*
 * The ISO 639 code ("en", "pt") of clean text into out (12 bytes). false, and
 * "": too short, or of no language that it is sure of.
 */
bool language_of(struct language *language, const char *text, char out[12]);

#endif
