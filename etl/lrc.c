/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lrc: from one name to the other. */
#include "etl/lrc.h"

#include "etl/load.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool lrc_read(const char *music, struct language *language, bool hip_hop,
	      struct lyrics *out)
{
	const char *slash = strrchr(music, '/');
	const char *dot = strrchr(slash ? slash : music, '.');
	char path[PATH_MAX], *text;
	size_t length;
	int used;

	if (!dot)
		return false;
	used = snprintf(path, sizeof(path), "%.*s.lrc", (int)(dot - music),
			music);
	if (used >= (int)sizeof(path) || load_text(path, &text, &length, NULL))
		return false;
	lyrics_read(text, length, language, hip_hop, out);
	free(text);
	return true;
}
