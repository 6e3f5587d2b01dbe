/* SPDX-License-Identifier: GPL-3.0-or-later */
/* late: dlopen and dlsym, with a sentence for what they cannot find. */
#include "base/late.h"

#include <dlfcn.h>
#include <fenv.h>
#include <string.h>

static enum status find_all(void *handle, const struct late_library *library,
			    struct fault *fault)
{
	for (size_t i = 0; i < library->count; i++) {
		const struct late_function *function = &library->functions[i];
		void *found = dlsym(handle, function->name);

		if (!found) {
			fault_set(fault, STATUS_UNSUPPORTED, library->soname,
				  "has no function %s", function->name);
			fault_hint(fault,
				   "install the package %s as this "
				   "Debian has it",
				   library->package);
			return STATUS_UNSUPPORTED;
		}
		memcpy(function->pointer, &found, sizeof(found));
	}
	return STATUS_OK;
}

static enum status load(const struct late_library *library, struct fault *fault)
{
	void *handle;
	fenv_t floats;

	/* The start-up code of some makes the thread round otherwise. */
	fegetenv(&floats);
	handle = dlopen(library->soname, RTLD_LAZY | RTLD_LOCAL);
	fesetenv(&floats);
	if (!handle) {
		fault_set(fault, STATUS_UNSUPPORTED, library->soname,
			  "cannot be loaded: %s", dlerror());
		fault_hint(fault, "install the package %s", library->package);
		return STATUS_UNSUPPORTED;
	}
	return find_all(handle, library, fault);
}

enum status late_load(struct late *late, const struct late_library *libraries,
		      size_t count, struct fault *fault)
{
	enum status st = STATUS_OK;

	pthread_mutex_lock(&late->lock);
	for (size_t i = 0; !st && !late->loaded && i < count; i++)
		st = load(&libraries[i], fault);
	late->loaded |= !st;
	pthread_mutex_unlock(&late->lock);
	return st;
}
