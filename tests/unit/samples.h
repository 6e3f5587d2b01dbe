/* SPDX-License-Identifier: GPL-3.0-or-later */
/* samples: answers of services, out of tests/data/samples or made up. */
#ifndef MIEN_TESTS_SAMPLES_H
#define MIEN_TESTS_SAMPLES_H

#include "etl/source.h"

/* The file as an answer of status 200, its type by its name. Its body is on
 * the heap and has not a byte more than its length and a NUL. */
struct http_answer samples_load(const char *name);

struct http_answer samples_make(int status, const char *type, const char *body,
				size_t length);
/* JSON of status 200. */
struct http_answer samples_json(const char *body);

void samples_drop(struct http_answer *answer);

/* All files' names, sorted, NULL at the end. Static. */
const char *const *samples_names(void);

#endif
