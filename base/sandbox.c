/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sandbox: Landlock by its system calls, for the C library has no functions
 * for them; rights that an older kernel does not know are left out.
 */
#include "base/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* linux/landlock.h as of version 6; the header here may be older. */
#define FS_EXECUTE   (UINT64_C(1) << 0)
#define FS_WRITE     (UINT64_C(1) << 1)
#define FS_READ      (UINT64_C(1) << 2)
#define FS_READ_DIR  (UINT64_C(1) << 3)
#define FS_MAKE_REG  (UINT64_C(1) << 8)
#define FS_MAKE_DIR  (UINT64_C(1) << 7)
#define FS_UNLINK    (UINT64_C(1) << 5)
#define FS_FIRST     ((UINT64_C(1) << 13) - 1) /* all of version 1 */
#define FS_REFER     (UINT64_C(1) << 13)       /* version 2 */
#define FS_TRUNCATE  (UINT64_C(1) << 14)       /* 3 */
#define NET_BIND     (UINT64_C(1) << 0)        /* 4 */
#define FS_IOCTL     (UINT64_C(1) << 15)       /* 5 */
#define SCOPE_SIGNAL (UINT64_C(1) << 1)        /* 6 */
#define OF_FILES     (FS_EXECUTE | FS_WRITE | FS_READ | FS_TRUNCATE | FS_IOCTL)
#define READ         (FS_READ | FS_READ_DIR)
#define CHANGE       (FS_WRITE | FS_TRUNCATE | FS_MAKE_REG | FS_UNLINK)

struct ruleset {
	uint64_t fs, net, scoped;
};

struct rule {
	uint64_t allowed;
	int32_t parent;
} __attribute__((packed));

struct sandbox {
	int version, fd; /* 0, -1: no Landlock */
	uint64_t fs;     /* the rights that this kernel knows */
	char home[PATH_MAX];
};

static int make_ruleset(const struct ruleset *rules)
{
	return (int)syscall(SYS_landlock_create_ruleset, rules,
			    rules ? sizeof(*rules) : 0, rules ? 0 : 1);
}

static uint64_t rights_of(int version)
{
	uint64_t fs = FS_FIRST;

	if (version >= 2)
		fs |= FS_REFER;
	if (version >= 3)
		fs |= FS_TRUNCATE;
	if (version >= 5)
		fs |= FS_IOCTL;
	return fs;
}

enum status sandbox_new(struct sandbox **out)
{
	struct sandbox *box = calloc(1, sizeof(*box));
	struct ruleset rules = {0};
	const char *home = getenv("HOME");

	if (!box)
		return STATUS_NO_MEMORY;
	if (!home || home[0] != '/' || !realpath(home, box->home))
		box->home[0] = '\0';
	box->fd = -1;
	box->version = make_ruleset(NULL);
	if (box->version < 1) {
		box->version = 0;
		*out = box;
		return STATUS_OK;
	}
	rules.fs = box->fs = rights_of(box->version);
	if (box->version >= 4)
		rules.net = NET_BIND;
	if (box->version >= 6)
		rules.scoped = SCOPE_SIGNAL;
	box->fd = make_ruleset(&rules);
	if (box->fd < 0) {
		free(box);
		return STATUS_FAILED;
	}
	fcntl(box->fd, F_SETFD, FD_CLOEXEC);
	*out = box;
	return STATUS_OK;
}

void sandbox_free(struct sandbox *box)
{
	if (!box)
		return;
	if (box->fd >= 0)
		close(box->fd);
	free(box);
}

/* ---- the list ------------------------------------------------------------ */

static void allow(struct sandbox *box, const char *path, uint64_t rights)
{
	struct rule rule = {.allowed = rights & box->fs};
	struct stat found;

	if (box->fd < 0 || !path[0])
		return;
	rule.parent = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent < 0)
		return;
	if (!fstat(rule.parent, &found) && !S_ISDIR(found.st_mode))
		rule.allowed &= OF_FILES;
	syscall(SYS_landlock_add_rule, box->fd, 1 /* below a path */, &rule, 0);
	close(rule.parent);
}

void sandbox_read(struct sandbox *box, const char *path)
{
	allow(box, path, READ);
}

void sandbox_write(struct sandbox *box, const char *path)
{
	allow(box, path, READ | CHANGE);
}

void sandbox_devices(struct sandbox *box, const char *path)
{
	allow(box, path, READ | FS_WRITE | FS_IOCTL);
}

void sandbox_run(struct sandbox *box, const char *program)
{
	allow(box, program, FS_READ | FS_EXECUTE);
}

/* Whether path is the home folder or one above it. */
static bool holds_home(const struct sandbox *box, const char *path)
{
	size_t length = strlen(path);

	if (!strcmp(path, "/"))
		return true;
	return box->home[0] && !strncmp(box->home, path, length) &&
	       strchr("/", box->home[length]);
}

void sandbox_read_public(struct sandbox *box, const char *path)
{
	char real[PATH_MAX], name[PATH_MAX];
	const struct dirent *entry;
	DIR *dir;

	if (box->fd < 0 || !realpath(path, real))
		return;
	if (!holds_home(box, real)) {
		sandbox_read(box, real);
		return;
	}
	dir = opendir(real);
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' ||
		    snprintf(name, sizeof(name), "%s/%s",
			     strcmp(real, "/") ? real : "",
			     entry->d_name) >= (int)sizeof(name))
			continue;
		/* a link out of it is followed no further than its own place */
		if (entry->d_type != DT_LNK)
			sandbox_read_public(box, name);
	}
	if (dir)
		closedir(dir);
}

void sandbox_write_public(struct sandbox *box, const char *path)
{
	char real[PATH_MAX];

	if (realpath(path, real) && !holds_home(box, real))
		sandbox_write(box, real);
}

void sandbox_read_system(struct sandbox *box)
{
	static const char *const folders[] = {
		"/usr", "/lib", "/lib64", "/lib32", "/opt",
		"/etc", "/sys", "/proc",  "/run",   "/var/cache/fontconfig",
		"/nix", "/gnu"};
	char variable[PATH_MAX];
	const char *more = getenv("LD_LIBRARY_PATH");
	char *rest = variable, *folder;

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		sandbox_read(box, folders[i]);
	if (!more || strlen(more) >= sizeof(variable))
		return;
	memcpy(variable, more, strlen(more) + 1);
	while ((folder = strsep(&rest, ":")))
		sandbox_read_public(box, folder);
}

/* ---- in force ------------------------------------------------------------ */

void sandbox_keep_secrets(struct sandbox_report *report)
{
	const struct rlimit none = {0, 0};

	report->privileges = !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	report->cores = !setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* its leak checker looks in from outside */
	/* a program that takes cores from a pipe asks for no limit */
	report->cores = !prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) && report->cores;
#endif
}

enum status sandbox_enter(struct sandbox *box, const struct filter_opts *opts,
			  struct sandbox_report *report, struct fault *fault)
{
	struct sandbox_report dummy;
	enum status st;

	if (!report)
		report = &dummy;
	*report = (struct sandbox_report){.network = opts->network,
					  .programs = opts->programs};
	sandbox_keep_secrets(report);
	if (!report->privileges)
		return fault_set_errno(fault, errno, NULL,
				       "giving up new privileges");
	if (box->fd >= 0 && syscall(SYS_landlock_restrict_self, box->fd, 0))
		return fault_set_errno(fault, errno, "Landlock",
				       "giving up files");
	report->landlock = box->version;
	st = filter_enter(opts);
	report->filter = st ? 0 : filter_count();
	if (st) /* without it nothing is held back but files */
		report->network = report->programs = true;
	return STATUS_OK;
}
