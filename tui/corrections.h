/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * corrections: what a person said of wrong readings, kept in a file of
 * numbers: no picture, no name. Each is of one network and counts for that
 * one alone.
 */
#ifndef MIEN_TUI_CORRECTIONS_H
#define MIEN_TUI_CORRECTIONS_H

#include "base/config.h"
#include "model/personal.h"

#include <jansson.h>

/* The head of the SHA-256 of emotion.weights, in hex, and a NUL. */
#define CORRECTIONS_NETWORK 17

struct corrections {
	char path[4096];
	char network[CORRECTIONS_NETWORK]; /* the one in use; "": none */
	int count;
	struct correction list[PERSONAL_MAX]; /* oldest first */
	char networks[PERSONAL_MAX][CORRECTIONS_NETWORK];
};

/*
 * Finds the file, reads it, and asks which network is in use. No file is no
 * fault. On a fault there are no corrections, and what a file holds that is
 * none of ours stays as it is until one is added.
 */
enum status corrections_open(struct corrections *c, const struct config *config,
			     struct fault *fault);

/* How many count: they are of the network in use. */
int corrections_count(const struct corrections *c);
void corrections_fit(const struct corrections *c, struct personal *out);

/*
 * Reads the file again (another mien may have changed it), adds one, and
 * replaces the file at once, mode 0600. A file that is none of ours is kept
 * beside it with ".damaged" behind its name. On a fault it is not kept, and c
 * is as the file was read.
 */
enum status corrections_add(struct corrections *c, const struct correction *one,
			    struct fault *fault);

/* Takes the file away. None there is no fault. */
enum status corrections_reset(struct corrections *c, struct fault *fault);

/* The file's own form; the caller's reference. NULL: no memory. */
json_t *corrections_json(const struct corrections *c);

#endif
