/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * late: shared libraries that are loaded when they are first needed, as the
 * first screen does not wait for them. A room writes down the functions that
 * it calls, and gets a pointer to each. Knows no library by name.
 */
#ifndef MIEN_BASE_LATE_H
#define MIEN_BASE_LATE_H

#include "base/status.h"

#include <pthread.h>
#include <stdbool.h>

/* A function of a library, and the function pointer to be set to it. */
struct late_function {
	const char *name;
	void *pointer;
};

struct late_library {
	const char *soname;  /* of the headers that were compiled against */
	const char *package; /* Debian's, for the hint where it is missing */
	const struct late_function *functions;
	size_t count;
};

/* Whether they were loaded; static, begun with LATE_INIT. */
struct late {
	pthread_mutex_t lock;
	bool loaded;
};

#define LATE_INIT                                 \
	{                                         \
		.lock = PTHREAD_MUTEX_INITIALIZER \
	}

/*
 * Loads the libraries in their order, once; they stay. Any thread: whoever
 * comes second waits. STATUS_UNSUPPORTED: one is missing, or too old, and the
 * fault's hint names its package; the next call tries again.
 */
enum status late_load(struct late *late, const struct late_library *libraries,
		      size_t count, struct fault *fault);

#endif
