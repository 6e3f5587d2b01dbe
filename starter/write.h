/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write: a mastered piece into an Opus file with tags. */
#ifndef MIEN_STARTER_WRITE_H
#define MIEN_STARTER_WRITE_H

#include "starter/render.h"

#include <stdbool.h>

struct write_tags {
	const char *title, *artist, *genre;
	uint64_t digest; /* of the score, see score_digest */
};

/*
 * Encodes pcm into path, through a temporary file beside it, so that what
 * stands there is always whole.
 */
enum status write_opus(const char *path, const struct render_pcm *pcm,
		       const struct write_tags *tags, struct fault *fault);

/* Whether path was made by this version of the program from this score. */
bool write_is_current(const char *path, uint64_t digest);

#endif
