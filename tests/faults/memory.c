/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memory: a preloaded malloc that refuses. A place ("site") is told by who
 * asks: the innermost frames of the program's own code and of the libraries
 * that answer for want of memory (SQLite, jansson, libyaml); what the others
 * (Darknet, mpv, ffmpeg, glib ...) ask for themselves is always given, for
 * they abort without.
 *
 *   FAULT_SITES=FILE   each new site is appended: its number, and addresses
 *   FAULT_SITE=NUMBER  the first request there gets nothing
 *   FAULT_KEEP=1       and so does every later one, from anywhere
 *   FAULT_HIT=FILE     the number of what was refused is appended
 *   FAULT_EACH=FILE    each site gets nothing once, but for those whose
 *                      numbers stand in FILE
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unwind.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

#define FRAMES    48
#define OWN       5     /* frames of the program that tell a site */
#define LENT      4     /* frames of a library that do */
#define SITES_MAX 65536 /* a power of two */

static struct {
	bool ready, keep, each;
	int list, hit;
	uint64_t wanted;
	const char *self;
	_Atomic bool refused;
	_Atomic uint64_t seen[SITES_MAX];
} faults = {.list = -1, .hit = -1};

static _Thread_local int busy __attribute__((tls_model("initial-exec")));

static int open_for(const char *variable)
{
	const char *path = getenv(variable);

	return path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
			   0600)
		    : -1;
}

static bool is_new(uint64_t hash);

/* Enters the sites of a file that lists them as seen. */
static void pass_over(const char *path)
{
	FILE *file = fopen(path, "re");
	unsigned long long hash;

	while (file && fscanf(file, "%llx", &hash) == 1)
		is_new(hash);
	if (file)
		fclose(file);
}

__attribute__((constructor)) static void prepare(void)
{
	const char *each = getenv("FAULT_EACH");
	const char *site = getenv("FAULT_SITE");
	struct dl_find_object here;

	busy++;
	faults.wanted = site ? strtoull(site, NULL, 16) : 0;
	faults.keep = getenv("FAULT_KEEP") != NULL;
	faults.list = open_for("FAULT_SITES");
	faults.hit = open_for("FAULT_HIT");
	if (!_dl_find_object(__builtin_return_address(0), &here))
		faults.self = here.dlfo_link_map->l_name;
	if (!_dl_find_object((void *)prepare, &here))
		faults.self = here.dlfo_link_map->l_name;
	faults.each = each;
	if (each)
		pass_over(each);
	faults.ready = site || each || faults.list >= 0;
	busy--;
}

enum whose { OURS, ANSWERS, THROUGH, OTHERS };

/* Whose code stands at address; *offset in it. */
static enum whose whose(void *address, uintptr_t *offset)
{
	static const char *const answers[] = {"libsqlite3.", "libjansson.",
					      "libyaml-"};
	struct dl_find_object found;
	const char *name;

	if (_dl_find_object(address, &found))
		return OTHERS;
	*offset = (uintptr_t)address - found.dlfo_link_map->l_addr;
	name = found.dlfo_link_map->l_name;
	if (!*name)
		return OURS;
	if (name == faults.self || strstr(name, "/libc.so."))
		return THROUGH;
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++)
		if (strstr(name, answers[i]))
			return ANSWERS;
	return OTHERS;
}

struct walk {
	int frames, own, lent;
	bool eligible, other;
	uint64_t hash;
	uintptr_t at[OWN + 1];
};

static void mix(struct walk *walk, uintptr_t value)
{
	walk->hash = (walk->hash ^ value) * 0x100000001b3;
	walk->hash ^= walk->hash >> 29;
}

static _Unwind_Reason_Code step(struct _Unwind_Context *context, void *user)
{
	struct walk *walk = user;
	uintptr_t offset = 0;
	enum whose who = whose((void *)_Unwind_GetIP(context), &offset);

	if (++walk->frames > FRAMES)
		return _URC_END_OF_STACK;
	if (who == OTHERS && !walk->eligible) {
		walk->other = true;
		return _URC_END_OF_STACK;
	}
	if (who == OURS || (who == ANSWERS && walk->lent < LENT)) {
		walk->eligible = true;
		mix(walk, offset);
		walk->lent += who == ANSWERS;
		if (who == OURS)
			walk->at[walk->own++] = offset;
	}
	return walk->own == OWN ? _URC_END_OF_STACK : _URC_NO_REASON;
}

/* Whether the site was not seen before. */
static bool is_new(uint64_t hash)
{
	for (size_t i = hash % SITES_MAX;; i = (i + 1) % SITES_MAX) {
		uint64_t there = 0;

		if (atomic_compare_exchange_strong(&faults.seen[i], &there,
						   hash))
			return true;
		if (there == hash)
			return false;
	}
}

/* A line: the site's number, and where it is. */
static void append(int file, const struct walk *walk, bool places)
{
	char line[256];
	int used = snprintf(line, sizeof(line), "%016llx",
			    (unsigned long long)walk->hash);
	ssize_t ignored;

	for (int i = 0; places && i < walk->own; i++)
		used += snprintf(line + used, sizeof(line) - (size_t)used,
				 " %llx", (unsigned long long)walk->at[i]);
	line[used++] = '\n';
	ignored = write(file, line, (size_t)used);
	(void)ignored;
}

/* Whether this request gets nothing. caller: the return address. */
static bool refuses(void *caller)
{
	struct walk walk = {.hash = 0xcbf29ce484222325};
	uintptr_t offset;
	bool refused = false;

	if (!faults.ready || busy || whose(caller, &offset) == OTHERS)
		return false;
	busy++;
	_Unwind_Backtrace(step, &walk);
	if (walk.eligible && !walk.other) {
		walk.hash |= !walk.hash;
		if (faults.list >= 0 && is_new(walk.hash))
			append(faults.list, &walk, true);
		if (faults.each)
			refused = is_new(walk.hash);
		else
			refused = faults.refused ? faults.keep
						 : walk.hash == faults.wanted;
		if (refused &&
		    (!atomic_exchange(&faults.refused, true) || faults.each))
			append(faults.hit, &walk, false);
	}
	busy--;
	if (refused)
		errno = ENOMEM;
	return refused;
}

#define REFUSED refuses(__builtin_return_address(0))

void *malloc(size_t size)
{
	return REFUSED ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return REFUSED ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return REFUSED ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return REFUSED ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
	void *made = REFUSED ? NULL : __libc_memalign(alignment, size);

	if (!made)
		return ENOMEM;
	*out = made;
	return 0;
}
