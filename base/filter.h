/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * filter: the system calls that this program never makes, refused by a seccomp
 * filter from now on: whoever took it over cannot make them either.
 */
#ifndef MIEN_BASE_FILTER_H
#define MIEN_BASE_FILTER_H

#include "base/status.h"

#include <stdbool.h>

struct filter_opts {
	bool programs; /* others may be started */
	bool network;  /* IP sockets may be made; never listened on */
};

/*
 * For this thread and those that it starts, for good; needs no_new_privs. A
 * refused call fails with EPERM. STATUS_UNSUPPORTED: the kernel has no such
 * filters.
 */
enum status filter_enter(const struct filter_opts *opts);

/* How many system calls are refused whatever the options say. */
int filter_count(void);

#endif
