/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * files: preloaded writes that fail, fall short, or end the process, and a
 * clock that jumps.
 *
 *   FAULT_WRITE=N:KIND[:keep]  the Nth write, fsync, truncate, rename or
 *       removal of a file whose path holds FAULT_FILE: eio, full, short (half
 *       of it is written), die (the process is gone before it), torn (after
 *       half of it); with keep all later ones fail, too. N = 0: none.
 *   FAULT_COUNT=FILE           how many there were, appended at the end
 *   FAULT_FULL=PATH            below it every write finds the disk full
 *   FAULT_READONLY=PATH        below it nothing may be made or changed
 *   FAULT_CLOCK=SECONDS        the time of day jumps a year on, or back, so
 *       often, for the program and SQLite; threads of others wait for times
 *       that the kernel has to know, too
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum kind { NOTHING, FAIL, SHORT, DIE, TORN };

static struct {
	const char *file, *full, *readonly, *count;
	long at;
	enum kind kind;
	int error;
	bool keep;
	time_t jump_s;
	_Atomic long done;
} faults;

__attribute__((constructor)) static void prepare(void)
{
	static const struct {
		const char *name;
		enum kind kind;
		int error;
	} kinds[] = {{"eio", FAIL, EIO},
		     {"full", FAIL, ENOSPC},
		     {"short", SHORT, ENOSPC},
		     {"die", DIE, 0},
		     {"torn", TORN, 0}};
	const char *write = getenv("FAULT_WRITE"), *clock;

	faults.file = getenv("FAULT_FILE");
	faults.full = getenv("FAULT_FULL");
	faults.readonly = getenv("FAULT_READONLY");
	faults.count = getenv("FAULT_COUNT");
	clock = getenv("FAULT_CLOCK");
	faults.jump_s = clock ? atol(clock) : 0;
	if (!write)
		return;
	faults.at = atol(write);
	faults.keep = strstr(write, ":keep") != NULL;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strstr(write, kinds[i].name)) {
			faults.kind = kinds[i].kind;
			faults.error = kinds[i].error;
		}
}

__attribute__((destructor)) static void tell(void)
{
	char line[32];
	int fd = faults.count ? open(faults.count,
				     O_WRONLY | O_APPEND | O_CREAT, 0600)
			      : -1;

	if (fd < 0)
		return;
	if (write(fd, line,
		  (size_t)snprintf(line, sizeof(line), "%ld\n", faults.done)))
		close(fd);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* ---- what happens to a change ---------------------------------------------
 */

static bool is_below(const char *path, const char *folder)
{
	return folder && !strncmp(path, folder, strlen(folder));
}

/* What is to happen to this change of the file at path. */
static enum kind change_path(const char *path)
{
	long number;

	if (is_below(path, faults.readonly)) {
		faults.error = EROFS;
		return FAIL;
	}
	if (!faults.file || !strstr(path, faults.file))
		return NOTHING;
	number = ++faults.done;
	if (number == faults.at)
		return faults.kind;
	if (faults.keep && faults.at && number > faults.at)
		return FAIL;
	return NOTHING;
}

static enum kind change_fd(int fd, bool grows)
{
	char link[40], path[PATH_MAX];
	ssize_t n;

	if (!faults.file && !faults.full && !faults.readonly)
		return NOTHING;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path) - 1);
	if (n < 0)
		return NOTHING;
	path[n] = '\0';
	if (grows && is_below(path, faults.full)) {
		faults.error = ENOSPC;
		return FAIL;
	}
	if (is_below(path, faults.readonly)) /* it was open before */
		return NOTHING;
	return change_path(path);
}

/* For what has no half: 0 to go on, -1 to fail. */
static int whole(enum kind kind)
{
	if (kind == NOTHING)
		return 0;
	if (kind == DIE || kind == TORN)
		_exit(99);
	errno = faults.error;
	return -1;
}

/* ---- the calls ------------------------------------------------------------
 */

/* Does half of it, where there are halves. */
#define HALF(call, size)                      \
	do {                                  \
		if ((size) > 1 && (call) < 0) \
			_exit(98);            \
	} while (0)

#define WRITES(name, type)                                               \
	ssize_t name(int fd, const void *bytes, size_t size, type at)    \
	{                                                                \
		enum kind kind = change_fd(fd, true);                    \
                                                                         \
		if (kind == NOTHING)                                     \
			return REAL(name)(fd, bytes, size, at);          \
		if (kind == SHORT || kind == TORN)                       \
			HALF(REAL(name)(fd, bytes, size / 2, at), size); \
		return whole(kind);                                      \
	}

WRITES(pwrite, off_t)
WRITES(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t size)
{
	enum kind kind = change_fd(fd, true);

	if (kind == NOTHING)
		return REAL(write)(fd, bytes, size);
	if (kind == SHORT || kind == TORN)
		HALF(REAL(write)(fd, bytes, size / 2), size);
	return whole(kind);
}

int fsync(int fd)
{
	return whole(change_fd(fd, false)) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
	return whole(change_fd(fd, false)) ? -1 : REAL(fdatasync)(fd);
}

int ftruncate(int fd, off_t size)
{
	return whole(change_fd(fd, false)) ? -1 : REAL(ftruncate)(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
	return whole(change_fd(fd, false)) ? -1 : REAL(ftruncate64)(fd, size);
}

int unlink(const char *path)
{
	return whole(change_path(path)) ? -1 : REAL(unlink)(path);
}

int rename(const char *from, const char *to)
{
	return whole(change_path(to)) ? -1 : REAL(rename)(from, to);
}

int mkdir(const char *path, mode_t mode)
{
	struct stat there;

	if (stat(path, &there) && is_below(path, faults.readonly)) {
		errno = EROFS;
		return -1;
	}
	return REAL(mkdir)(path, mode);
}

/* Opening to write is what a read-only place refuses. */
static bool may_open(const char *path, int flags)
{
	struct stat there;

	if (!is_below(path, faults.readonly) ||
	    ((flags & O_ACCMODE) == O_RDONLY &&
	     (!(flags & O_CREAT) || !stat(path, &there))))
		return true;
	errno = EROFS;
	return false;
}

#define OPENS(name)                                                          \
	int name(const char *path, int flags, ...)                           \
	{                                                                    \
		va_list more;                                                \
		mode_t mode;                                                 \
                                                                             \
		va_start(more, flags);                                       \
		mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t)  \
						     : 0;                    \
		va_end(more);                                                \
		return may_open(path, flags) ? REAL(name)(path, flags, mode) \
					     : -1;                           \
	}

OPENS(open)
OPENS(open64)

#define FOPENS(name)                                                          \
	FILE *name(const char *path, const char *mode)                        \
	{                                                                     \
		int flags = *mode == 'r' && !strchr(mode, '+')                \
				    ? O_RDONLY                                \
				    : O_RDWR | O_CREAT;                       \
                                                                              \
		return may_open(path, flags) ? REAL(name)(path, mode) : NULL; \
	}

FOPENS(fopen)
FOPENS(fopen64)

int access(const char *path, int mode)
{
	if ((mode & W_OK) && is_below(path, faults.readonly)) {
		errno = EROFS;
		return -1;
	}
	return REAL(access)(path, mode);
}

/* ---- the time of day ------------------------------------------------------
 */

#define YEAR_S (365 * 24 * 3600L)

static bool is_fooled(void *caller)
{
	struct dl_find_object found;

	return !_dl_find_object(caller, &found) &&
	       (!*found.dlfo_link_map->l_name ||
		strstr(found.dlfo_link_map->l_name, "libsqlite3."));
}

static time_t leap(void *caller)
{
	struct timespec now;

	if (!faults.jump_s || !is_fooled(caller))
		return 0;
	REAL(clock_gettime)(CLOCK_MONOTONIC, &now);
	switch (now.tv_sec / faults.jump_s % 3) {
	case 0: return 0;
	case 1: return YEAR_S;
	default: return -YEAR_S;
	}
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
	int code = REAL(clock_gettime)(clock, out);

	if (!code && clock == CLOCK_REALTIME)
		out->tv_sec += leap(__builtin_return_address(0));
	return code;
}

time_t time(time_t *out)
{
	struct timespec now;

	REAL(clock_gettime)(CLOCK_REALTIME, &now);
	now.tv_sec += leap(__builtin_return_address(0));
	if (out)
		*out = now.tv_sec;
	return now.tv_sec;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
	int code = REAL(gettimeofday)(out, zone);

	if (!code)
		out->tv_sec += leap(__builtin_return_address(0));
	return code;
}
