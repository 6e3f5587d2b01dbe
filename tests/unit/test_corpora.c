/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the fuzzers found and start from (tests/fuzz/), again: every input
 * whole, cut, and with some bytes turned. Needs no fuzzer.
 */
#include "tests/unit/unit.h"

#include "base/rng.h"
#include "tests/fuzz/targets.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define INPUT_MAX (1 << 20)
#define TURNED    24 /* variants of each */

/* Bytes at the end of memory of just this size: reading on is seen. */
static void run_exactly(const struct fuzz_target *target, const uint8_t *bytes,
			size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	assert_non_null(copy);
	memcpy(copy, bytes, size);
	target->run(copy, size);
	free(copy);
}

static void run_input(const struct fuzz_target *target, uint8_t *bytes,
		      size_t size)
{
	struct rng rng;

	rng_init(&rng, size);
	run_exactly(target, bytes, size);
	for (int i = 0; size && i < TURNED; i++) {
		size_t cut = rng_below(&rng, (uint32_t)size);
		uint8_t was = bytes[cut];

		run_exactly(target, bytes, cut);
		bytes[cut] = (uint8_t)rng_below(&rng, 256);
		run_exactly(target, bytes, size);
		if (i % 3)
			bytes[cut] = was;
	}
}

static int run_folder(const struct fuzz_target *target, const char *folder)
{
	static uint8_t bytes[INPUT_MAX];
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		char path[1024];
		FILE *file;
		size_t size;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		file = fopen(path, "rb");
		assert_non_null(file);
		size = fread(bytes, 1, sizeof(bytes), file);
		fclose(file);
		run_input(target, bytes, size);
		count++;
	}
	closedir(dir);
	return count;
}

static void corpus_does_no_harm(void **state)
{
	const struct fuzz_target *target = *state;
	const char *root = getenv("MIEN_ROOT");
	char folder[512];

	snprintf(folder, sizeof(folder), "%s/tests/fuzz/corpus/%s",
		 root ? root : ".", target->name);
	assert_true(run_folder(target, folder) >= 3);
}

int main(void)
{
	struct CMUnitTest tests[FUZZ_TARGETS];

	for (int i = 0; i < FUZZ_TARGETS; i++)
		tests[i] = (struct CMUnitTest){
			.name = fuzz_targets[i].name,
			.test_func = corpus_does_no_harm,
			.initial_state = (void *)(uintptr_t)&fuzz_targets[i]};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
