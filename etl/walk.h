/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walk: every music file below a folder, in the order of their names. */
#ifndef MIEN_ETL_WALK_H
#define MIEN_ETL_WALK_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

struct walk {
	char **paths; /* absolute, without symbolic links */
	size_t count, room;
};

/*
 * Fills walk with the music files below folder (an absolute path). Links are
 * followed, each folder entered once, hidden folders left out; bad is called
 * for what cannot be entered. walk_free in every case.
 */
enum status walk_folder(struct walk *walk, const char *folder,
			void (*bad)(const struct fault *fault, void *user),
			void *user, struct fault *fault);

/* The one file of this name, instead of a folder's. */
enum status walk_one(struct walk *walk, const char *path, struct fault *fault);

void walk_free(struct walk *walk);

#endif
