/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lock: which files, devices and calls the dashboard needs once it stands, or
 * "mien look" for its pictures, and all others given up (base/sandbox.h).
 */
#ifndef MIEN_TUI_LOCK_H
#define MIEN_TUI_LOCK_H

#include "base/config.h"
#include "base/sandbox.h"
#include "catalog/folders.h"

/* web: a song, or the camera, needs the network. */
bool lock_needs_network(const struct config *config, bool web);

/*
 * Before any other thread is started, after the catalog was opened. folders
 * (may be NULL): where the music lies. With security.sandbox: off nothing is
 * given up, and report is all zero but for what is allowed.
 */
enum status lock_enter(const struct config *config,
		       const struct folders *folders, bool web,
		       struct sandbox_report *report, struct fault *fault);

/*
 * Of "mien look", which opens no sound and reads the sources alone, each file
 * by its name: before the first is opened, after the catalog was.
 */
enum status lock_enter_look(const struct config *config, char *const *sources,
			    int count, struct sandbox_report *report,
			    struct fault *fault);

/* "no new privileges, no core dumps, ..." as a clause. */
void lock_sentence(const struct sandbox_report *report, char *out, size_t size);

#endif
