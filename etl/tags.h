/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tags: what a music file says of itself, through TagLib. */
#ifndef MIEN_ETL_TAGS_H
#define MIEN_ETL_TAGS_H

#include "etl/song.h"

/* Whether a file of this name is one that we take for music. */
bool tags_is_music(const char *path);

/*
 * Artist, title, album, genre and length into song, each where the file has
 * it; uri is the path. STATUS_BAD_DATA: no music that can be read;
 * STATUS_NOT_FOUND, STATUS_DENIED: no file that can be.
 */
enum status tags_read(const char *path, struct song *song, struct fault *fault);

#endif
