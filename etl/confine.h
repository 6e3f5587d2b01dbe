/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * confine: what mien-etl gives up before it reads what others wrote (tags,
 * lists, answers): base/sandbox.h with what the commands need.
 */
#ifndef MIEN_ETL_CONFINE_H
#define MIEN_ETL_CONFINE_H

#include "base/status.h"

#include <stdbool.h>

struct confine_opts {
	const char *catalog; /* the file; its folder is written to */
	bool off;            /* security.sandbox */
	bool network;        /* the command asks services */
	bool any_file;       /* it reads files that a person names */
};

/* STATUS_OK too where the kernel has less of it than others. */
enum status confine(const struct confine_opts *opts, struct fault *fault);

#endif
