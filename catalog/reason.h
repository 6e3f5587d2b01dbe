/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reason: why a song was picked, in words, from what decided. Pure. Seen by
 * this room only.
 */
#ifndef MIEN_CATALOG_REASON_H
#define MIEN_CATALOG_REASON_H

#include "catalog/score.h"
#include "model/emotion.h"

#include <stddef.h>

/* About a hundred columns at most, ASCII but for the genre's name. */
void reason_write(char *out, size_t size, const struct aim *aim,
		  const struct song *song, enum emotion emotion, int step,
		  const char *genre);

#endif
