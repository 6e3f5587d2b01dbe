/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * paths: where things stand, by the XDG Base Directory specification, and
 * where the program's own data (model, starter, demo) lies.
 */
#ifndef MIEN_BASE_PATHS_H
#define MIEN_BASE_PATHS_H

#include "base/status.h"

enum paths_base { PATHS_CONFIG, PATHS_DATA, PATHS_STATE, PATHS_CACHE };

/*
 * "$XDG_..._HOME/mien/name" (or its default below $HOME) into out.
 * STATUS_NOT_FOUND without a home, STATUS_BAD_ARGUMENT when too long.
 */
enum status paths_user(enum paths_base base, const char *name, char *out,
		       size_t size);

/*
 * The program's own file: $MIEN_DATADIR/name where that is set, else
 * share/mien/name beside the executable (as built) or ../share/mien/name (as
 * installed), so that an installation can be moved.
 */
enum status paths_program(const char *name, char *out, size_t size);

/* Makes every folder above the last slash of path, mode 0700. */
enum status paths_make_parents(const char *path, struct fault *fault);

#endif
