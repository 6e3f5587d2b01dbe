/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths: XDG folders and the program's own data. */
#include "base/paths.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
	const char *variable, *below_home;
} bases[] = {
	[PATHS_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
	[PATHS_DATA] = {"XDG_DATA_HOME", ".local/share"},
	[PATHS_STATE] = {"XDG_STATE_HOME", ".local/state"},
	[PATHS_CACHE] = {"XDG_CACHE_HOME", ".cache"},
};

static enum status fits(int length, size_t size)
{
	return length < 0 || (size_t)length >= size ? STATUS_BAD_ARGUMENT
						    : STATUS_OK;
}

enum status paths_user(enum paths_base base, const char *name, char *out,
		       size_t size)
{
	const char *xdg = getenv(bases[base].variable);
	const char *home = getenv("HOME");

	/* The specification: a relative path is invalid and is ignored. */
	if (xdg && xdg[0] == '/')
		return fits(snprintf(out, size, "%s/mien/%s", xdg, name), size);
	if (!home || home[0] != '/')
		return STATUS_NOT_FOUND;
	return fits(snprintf(out, size, "%s/%s/mien/%s", home,
			     bases[base].below_home, name),
		    size);
}

static bool found(char *out, size_t size, const char *folder,
		  const char *middle, const char *name)
{
	return !fits(snprintf(out, size, "%s%s/%s", folder, middle, name),
		     size) &&
	       !access(out, R_OK);
}

enum status paths_program(const char *name, char *out, size_t size)
{
	const char *given = getenv("MIEN_DATADIR");
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	if (given && given[0])
		return found(out, size, given, "", name) ? STATUS_OK
							 : STATUS_NOT_FOUND;
	self[n < 0 ? 0 : n] = '\0';
	slash = strrchr(self, '/');
	if (slash)
		*slash = '\0';
	if (slash && (found(out, size, self, "/share/mien", name) ||
		      found(out, size, self, "/../share/mien", name)))
		return STATUS_OK;
	return STATUS_NOT_FOUND;
}

enum status paths_make_parents(const char *path, struct fault *fault)
{
	char folder[4096];

	if (fits(snprintf(folder, sizeof(folder), "%s", path), sizeof(folder)))
		return fault_set(fault, STATUS_BAD_ARGUMENT, NULL,
				 "a path of over 4095 bytes");
	for (char *slash = strchr(folder + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0700) && errno != EEXIST)
			return fault_set_errno(fault, errno, folder,
					       "making the folder");
		*slash = '/';
	}
	return STATUS_OK;
}
