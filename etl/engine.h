/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine: a refresh: asks what is to be asked, each service in its own manner
 * and all at once, and writes each answer with what follows from it in one
 * transaction.
 */
#ifndef MIEN_ETL_ENGINE_H
#define MIEN_ETL_ENGINE_H

#include "etl/secret.h"
#include "etl/stage.h"

#include <signal.h>

struct engine_opts {
	struct etl etl; /* catalog, config, which services are on */
	const struct secrets *secrets;
	int only;      /* a stage, -1: all */
	int64_t limit; /* calls, 0: any number */
	int64_t since; /* cached answers from before do not count */
	bool on_terminal;
	const volatile sig_atomic_t *stop;
};

struct engine_report {
	int64_t calls, cached;      /* asked; answered from the cache */
	int64_t useful, failed;     /* tasks: done or missing; not */
	unsigned entered, left_out; /* songs */
	bool refused;               /* a service refused its key */
	bool interrupted, quota;
	char words[SOURCE_COUNT][256]; /* why a service stopped, "" */
};

/* Enters what a refresh begins with, in the open transaction: what is new,
 * what grew old, and what failed a day ago. */
enum status engine_prepare(struct etl *etl);

/* A fault is for what ends the refresh: the catalog, or no memory. */
enum status engine_refresh(const struct engine_opts *opts,
			   struct engine_report *report, struct fault *fault);

#endif
