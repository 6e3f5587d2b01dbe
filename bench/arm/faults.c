/* SPDX-License-Identifier: GPL-3.0-or-later */
/* faults: base/status.c's words for programs of no libraries: said at once. */
#include "base/status.h"

#include <stdio.h>

enum status fault_set(struct fault *fault, enum status status,
		      const char *subject, const char *detail, ...)
{
	(void)fault;
	fprintf(stderr, "%s: %s\n", subject ? subject : "", detail);
	return status;
}

void fault_at(struct fault *fault, unsigned line, unsigned column)
{
	(void)fault;
	fprintf(stderr, "line %u, column %u\n", line, column);
}
