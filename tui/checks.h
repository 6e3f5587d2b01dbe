/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * checks: what "mien doctor" looks at, one function each. They change nothing
 * and print nothing; the sound check plays a moment of silence.
 */
#ifndef MIEN_TUI_CHECKS_H
#define MIEN_TUI_CHECKS_H

#include "base/config.h"

enum check_level {
	CHECK_OK,
	CHECK_WARN, /* the main job runs without it */
	CHECK_FAIL
};

struct check {
	const char *name; /* "camera", static */
	enum check_level level;
	char text[320]; /* what was found, a clause */
	char hint[200]; /* what to do, or "" */
};

/* Runs the index-th; false past the last. */
bool checks_run(int index, const struct config *config, struct check *out);

#endif
