/* SPDX-License-Identifier: GPL-3.0-or-later */
/* proc: /proc/PID/task and /proc/PID/smaps, as of proc(5). */
#include "bench/proc.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- threads ------------------------------------------------------------- */

static void add_thread(struct proc_use *use, pid_t pid, const char *thread)
{
	char path[64];
	int64_t ran, waited, times;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%.16s/schedstat", (int)pid,
		 thread);
	f = fopen(path, "re");
	if (f && fscanf(f, "%" SCNd64 " %" SCNd64 " %" SCNd64, &ran, &waited,
			&times) == 3) {
		use->cpu_ns += ran;
		use->threads++;
	}
	if (f)
		fclose(f);
}

static void add_switches(struct proc_use *use, pid_t pid, const char *thread)
{
	char path[64], line[128];
	int64_t count;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%.16s/status", (int)pid,
		 thread);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "voluntary_ctxt_switches: %" SCNd64, &count) ==
		    1)
			use->wakeups += count;
	if (f)
		fclose(f);
}

struct proc_use proc_use_of(pid_t pid)
{
	struct proc_use use = {0};
	struct dirent *entry;
	char path[64];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.') {
			add_thread(&use, pid, entry->d_name);
			add_switches(&use, pid, entry->d_name);
		}
	if (dir)
		closedir(dir);
	return use;
}

/* ---- memory -------------------------------------------------------------- */

static enum proc_kind kind_of(const char *name, const char *program)
{
	const char *base = strrchr(name, '/');

	if (!strncmp(name, "[heap]", 6))
		return PROC_HEAP;
	if (!strncmp(name, "[stack", 6))
		return PROC_STACKS;
	if (name[0] != '/')
		return PROC_ANONYMOUS;
	if (!strcmp(name, program))
		return PROC_PROGRAM;
	return strstr(base, ".so") ? PROC_LIBRARIES : PROC_FILES;
}

/* The mapping's name in a line of smaps that begins one; NULL in others. */
static char *mapping_of(char *line)
{
	unsigned long from, to;
	int at = 0;

	if (sscanf(line, "%lx-%lx %*s %*s %*s %*s %n", &from, &to, &at) < 2 ||
	    !at)
		return NULL;
	line[strcspn(line, "\n")] = '\0';
	return line + at;
}

struct proc_memory proc_memory_of(pid_t pid)
{
	struct proc_memory m = {0};
	enum proc_kind kind = PROC_ANONYMOUS;
	char path[64], line[4608], program[4096] = "", last[4096] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/smaps", (int)pid);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f)) {
		char *name = mapping_of(line);
		long kb;

		if (name) {
			if (!program[0]) /* the program is mapped first */
				snprintf(program, sizeof(program), "%s", name);
			kind = kind_of(name, program);
			if (kind == PROC_LIBRARIES && strcmp(name, last) != 0)
				m.libraries++;
			snprintf(last, sizeof(last), "%s", name);
		} else if (sscanf(line, "Rss: %ld", &kb) == 1) {
			m.rss[kind] += (double)kb / 1024;
		} else if (sscanf(line, "Pss: %ld", &kb) == 1) {
			m.pss[kind] += (double)kb / 1024;
		} else if (sscanf(line, "Private_Dirty: %ld", &kb) == 1) {
			m.dirty[kind] += (double)kb / 1024;
		}
	}
	if (f)
		fclose(f);
	return m;
}

const char *proc_kind_name(enum proc_kind kind)
{
	static const char *const names[PROC_KINDS] = {
		[PROC_PROGRAM] = "the program",
		[PROC_LIBRARIES] = "shared libraries",
		[PROC_FILES] = "mapped files",
		[PROC_HEAP] = "the heap",
		[PROC_STACKS] = "the main stack",
		[PROC_ANONYMOUS] = "threads and buffers",
	};

	return names[kind];
}
