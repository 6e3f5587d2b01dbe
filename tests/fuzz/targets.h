/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * targets: what is fuzzed: every reader of what comes from outside, each as a
 * function of bytes that aborts where something does not hold that must.
 */
#ifndef MIEN_TESTS_FUZZ_TARGETS_H
#define MIEN_TESTS_FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct fuzz_target {
	const char *name; /* and its folder in tests/fuzz/corpus/ */
	void (*run)(const uint8_t *bytes, size_t size);
};

#define FUZZ_TARGETS 11

extern const struct fuzz_target fuzz_targets[FUZZ_TARGETS];

/* NULL: there is none of this name. */
const struct fuzz_target *fuzz_find(const char *name);

/* Holds in a build without assert, too. */
#define FUZZ_MUST(condition)                                             \
	do {                                                             \
		if (!(condition)) {                                      \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, \
				__LINE__, #condition);                   \
			abort();                                         \
		}                                                        \
	} while (0)

/* text_clean changes nothing of it. */
void fuzz_must_be_clean(const char *text);

/* The bytes with a NUL behind them; free() it. */
char *fuzz_text(const uint8_t *bytes, size_t size);

void fuzz_config(const uint8_t *bytes, size_t size);
void fuzz_network(const uint8_t *bytes, size_t size);
void fuzz_m3u(const uint8_t *bytes, size_t size);
void fuzz_csv(const uint8_t *bytes, size_t size);
void fuzz_jspf(const uint8_t *bytes, size_t size);
void fuzz_ndjson(const uint8_t *bytes, size_t size);
void fuzz_sources(const uint8_t *bytes, size_t size);
void fuzz_page(const uint8_t *bytes, size_t size);
void fuzz_lyrics(const uint8_t *bytes, size_t size);
void fuzz_feeling(const uint8_t *bytes, size_t size);
void fuzz_text_clean(const uint8_t *bytes, size_t size);

#endif
