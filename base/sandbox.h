/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sandbox: gives up what a program does not need, so that a bug in it or in
 * one of its libraries finds little to take: no new privileges, no core dumps,
 * files by a list (Landlock), system calls by a filter (filter.h). For the
 * calling thread and those that it starts afterwards; nothing takes it back.
 */
#ifndef MIEN_BASE_SANDBOX_H
#define MIEN_BASE_SANDBOX_H

#include "base/filter.h"
#include "base/status.h"

#include <stdbool.h>

struct sandbox;

/* What is in force. */
struct sandbox_report {
	bool privileges; /* can gain none */
	bool cores;      /* leaves none behind, nor can others look in */
	int landlock;    /* the version, 0: the kernel has none */
	int filter; /* system calls refused, 0: the kernel has no filters */
	bool network, programs; /* still allowed */
};

/* The list is empty at first: no file can be opened once it is in force. */
enum status sandbox_new(struct sandbox **out);
void sandbox_free(struct sandbox *box); /* NULL is allowed */

/*
 * What may be opened below path (or path itself, where it is a file). What
 * does not exist is passed over.
 */
void sandbox_read(struct sandbox *box, const char *path);
void sandbox_write(struct sandbox *box, const char *path); /* and made */
void sandbox_devices(struct sandbox *box, const char *path);
void sandbox_run(struct sandbox *box, const char *program);

/*
 * As sandbox_read and sandbox_write; but of a folder that the home folder lies
 * in, or that is it, only what is not hidden (all of it to be read, nothing to
 * be written): keys stand in ~/.ssh.
 */
void sandbox_read_public(struct sandbox *box, const char *path);
void sandbox_write_public(struct sandbox *box, const char *path);

/* Libraries, settings of the system, devices' descriptions. */
void sandbox_read_system(struct sandbox *box);

/*
 * Puts in force what the kernel has of it; report (may be NULL) says what that
 * is. Can fail only where a part is there and does not work.
 */
enum status sandbox_enter(struct sandbox *box, const struct filter_opts *opts,
			  struct sandbox_report *report, struct fault *fault);

/* No core dumps, and no new privileges: for those who keep keys in memory. */
void sandbox_keep_secrets(struct sandbox_report *report);

#endif
