/* SPDX-License-Identifier: GPL-3.0-or-later */
/* targets: the list, and what all of them use. */
#include "tests/fuzz/targets.h"

#include "base/text.h"

#include <string.h>

const struct fuzz_target fuzz_targets[FUZZ_TARGETS] = {
	{"config", fuzz_config},   {"network", fuzz_network},
	{"m3u", fuzz_m3u},         {"csv", fuzz_csv},
	{"jspf", fuzz_jspf},       {"ndjson", fuzz_ndjson},
	{"sources", fuzz_sources}, {"page", fuzz_page},
	{"lyrics", fuzz_lyrics},   {"feeling", fuzz_feeling},
	{"text", fuzz_text_clean},
};

const struct fuzz_target *fuzz_find(const char *name)
{
	for (int i = 0; i < FUZZ_TARGETS; i++)
		if (!strcmp(fuzz_targets[i].name, name))
			return &fuzz_targets[i];
	return NULL;
}

void fuzz_must_be_clean(const char *text)
{
	size_t size = strlen(text) + 1;
	char *clean = malloc(size);

	FUZZ_MUST(clean);
	text_clean(clean, size, text);
	FUZZ_MUST(!strcmp(clean, text));
	free(clean);
}

char *fuzz_text(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1);

	FUZZ_MUST(text);
	if (size)
		memcpy(text, bytes, size);
	text[size] = '\0';
	return text;
}
