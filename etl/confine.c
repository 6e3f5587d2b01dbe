/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confine: read what the command reads, write beside the catalog alone. */
#include "etl/confine.h"

#include "base/log.h"
#include "base/paths.h"
#include "base/sandbox.h"
#include "base/text.h"

#include <limits.h>
#include <string.h>

static void allow_catalog(struct sandbox *box, const char *catalog)
{
	char folder[PATH_MAX], *slash;

	text_copy(folder, sizeof(folder), catalog);
	slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	/* the catalog may be yet to be made */
	if (slash)
		paths_make_parents(catalog, NULL);
	sandbox_write(box, slash ? folder : ".");
}

static void allow_own(struct sandbox *box)
{
	char path[PATH_MAX];

	/* the keys of the services */
	if (!paths_user(PATHS_CONFIG, "", path, sizeof(path)))
		sandbox_read(box, path);
	if (!paths_program("starter", path, sizeof(path)))
		sandbox_read(box, path);
}

enum status confine(const struct confine_opts *opts, struct fault *fault)
{
	const struct filter_opts calls = {.network = opts->network};
	struct sandbox_report report;
	struct sandbox *box = NULL;
	enum status st;

	/* keys are in memory whatever a person wants to debug */
	sandbox_keep_secrets(&report);
	if (opts->off)
		return STATUS_OK;
	st = sandbox_new(&box);
	if (st)
		return fault_set(fault, st, "the sandbox", "%s",
				 status_text(st));
	if (opts->any_file)
		sandbox_read(box, "/");
	sandbox_read_system(box);
	sandbox_devices(box, "/dev");
	allow_own(box);
	allow_catalog(box, opts->catalog);
	st = sandbox_enter(box, &calls, &report, fault);
	sandbox_free(box);
	log_write(LOG_DEBUG, "files by Landlock %d, %d calls refused",
		  report.landlock, report.filter);
	return st;
}
