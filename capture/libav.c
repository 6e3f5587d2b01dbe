/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libav: four libraries, named by the headers' versions. */
#include "capture/libav.h"

#include "base/late.h"
#include "capture/source.h"

#include <stdio.h>
#include <string.h>

struct libav libav;

#define ENTRY(function) {#function, &libav.function},
static const struct late_function util[] = {LIBAV_UTIL(ENTRY)};
static const struct late_function codec[] = {LIBAV_CODEC(ENTRY)};
static const struct late_function format[] = {LIBAV_FORMAT(ENTRY)};
static const struct late_function scale[] = {LIBAV_SCALE(ENTRY)};
#undef ENTRY

/* Debian's packages are named after the library and the same number. */
#define LIBRARY(name, major, table)                                        \
	{                                                                  \
		.soname = name ".so." AV_STRINGIFY(major),                 \
		.package = name AV_STRINGIFY(major), .functions = (table), \
		.count = sizeof(table) / sizeof(*(table)),                 \
	}

static const struct late_library libraries[] = {
	LIBRARY("libavutil", LIBAVUTIL_VERSION_MAJOR, util),
	LIBRARY("libavcodec", LIBAVCODEC_VERSION_MAJOR, codec),
	LIBRARY("libavformat", LIBAVFORMAT_VERSION_MAJOR, format),
	LIBRARY("libswscale", LIBSWSCALE_VERSION_MAJOR, scale),
};

/* "libavformat 59.27" after what is there. */
static void add_version(char *out, size_t size, const char *name,
			unsigned version)
{
	size_t used = strlen(out);

	snprintf(out + used, size - used, "%s%s %u.%u", used ? ", " : "", name,
		 AV_VERSION_MAJOR(version), AV_VERSION_MINOR(version));
}

enum status source_libraries(char *out, size_t size, struct fault *fault)
{
	enum status st = libav_load(fault);

	*out = '\0';
	if (st)
		return st;
	add_version(out, size, "libavformat", libav.avformat_version());
	add_version(out, size, "libavcodec", libav.avcodec_version());
	add_version(out, size, "libswscale", libav.swscale_version());
	add_version(out, size, "libavutil", libav.avutil_version());
	return STATUS_OK;
}

enum status libav_load(struct fault *fault)
{
	static struct late late = LATE_INIT;

	return late_load(&late, libraries,
			 sizeof(libraries) / sizeof(*libraries), fault);
}
