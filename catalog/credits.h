/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * credits: the services that mien-etl asks, in the words that they ask to be
 * named in, and which of them the catalog has something of.
 */
#ifndef MIEN_CATALOG_CREDITS_H
#define MIEN_CATALOG_CREDITS_H

#include "catalog/catalog.h"

#include <stdbool.h>

#define CREDITS_MAX 16

struct credit {
	const char *name;  /* as in etl.sources.NAME */
	const char *words; /* sentences, with links */
};

/* In the order of etl/'s services, whose numbers stand in catalogs. Static. */
const struct credit *credits_list(int *count);

/* held: CREDITS_MAX of them, by the list's order. Walks through all that was
 * asked: not for every frame. */
enum status credits_held(struct catalog *catalog, bool *held);

#endif
