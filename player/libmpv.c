/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libmpv: its name follows from the header's version, as mpv's own does. */
#include "player/libmpv.h"

#include "base/late.h"

#include <stdio.h>

struct libmpv libmpv;

static const struct late_function functions[] = {
#define LIBMPV_ENTRY(name) {"mpv_" #name, &libmpv.name},
	LIBMPV_FUNCTIONS(LIBMPV_ENTRY)
#undef LIBMPV_ENTRY
};

enum status libmpv_load(struct fault *fault)
{
	static struct late late = LATE_INIT;
	unsigned long major = MPV_CLIENT_API_VERSION >> 16;
	char soname[32], package[32];
	struct late_library library = {
		.soname = soname,
		.package = package,
		.functions = functions,
		.count = sizeof(functions) / sizeof(*functions),
	};

	snprintf(soname, sizeof(soname), "libmpv.so.%lu", major);
	snprintf(package, sizeof(package), "libmpv%lu", major);
	return late_load(&late, &library, 1, fault);
}
