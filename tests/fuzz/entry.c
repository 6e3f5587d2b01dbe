/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entry: libFuzzer's; MIEN_FUZZ names the target. */
#include "tests/fuzz/targets.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const struct fuzz_target *target;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("MIEN_FUZZ");

	(void)argc;
	(void)argv;
	target = fuzz_find(name ? name : "");
	if (!target) {
		fputs("MIEN_FUZZ must name what is to be fuzzed.\n", stderr);
		exit(64);
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	target->run(bytes, size);
	return 0;
}
