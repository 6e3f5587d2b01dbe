/* SPDX-License-Identifier: GPL-3.0-or-later */
/* songs: keeps songs. */
#include "tests/unit/songs.h"

#include <stdlib.h>
#include <string.h>

static bool keep(const struct song *song, unsigned line, void *user)
{
	struct songs *songs = user;

	if (songs->count < 16) {
		songs->lines[songs->count] = line;
		songs->all[songs->count++] = *song;
	}
	return !songs->stop_after || songs->count < songs->stop_after;
}

static void keep_bad(const struct fault *fault, void *user)
{
	struct songs *songs = user;

	songs->bad++;
	songs->last_bad = *fault;
}

struct sink songs_sink(struct songs *songs)
{
	*songs = (struct songs){.stop_after = songs->stop_after};
	return (struct sink){keep, keep_bad, songs};
}

char *songs_text(const char *text, size_t length)
{
	char *copy = malloc(length + 1);

	if (!copy)
		abort();
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}
