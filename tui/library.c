/* SPDX-License-Identifier: GPL-3.0-or-later */
/* library: the catalog, which is never empty. */
#include "tui/library.h"

#include "base/log.h"
#include "base/paths.h"
#include "catalog/starter.h"
#include "tui/places.h"

/*
 * Enters the pieces each time, for the program may have moved or have more of
 * them than when the catalog was made. That fails the opening only where it
 * leaves nothing to play; music may come from mien-etl alone.
 */
static enum status refill(struct catalog *catalog, struct fault *fault)
{
	char folder[4096], sentence[512];
	int64_t tracks;
	int added;
	enum status st = catalog_count(catalog, &tracks);

	if (st)
		return fault_set(fault, st, "the catalog", "counting tracks");
	if (paths_program("starter", folder, sizeof(folder)))
		return STATUS_OK;
	st = starter_add(catalog, folder, &added, fault);
	if (!st || !tracks)
		return st;
	log_write(LOG_WARNING, "the pieces that come with mien: %s",
		  fault_sentence(fault, sentence, sizeof(sentence)));
	return STATUS_OK;
}

/* Once it is open, keys and pictures wait with it. */
#define PATIENCE_MS 1000

enum status library_open(struct catalog **out, const struct config *config,
			 struct fault *fault)
{
	char path[4096];
	struct catalog *catalog = NULL;
	enum status st = places_catalog(config, path, sizeof(path), fault);

	if (!st)
		st = catalog_open(&catalog, path, CATALOG_WRITE, fault);
	if (!st)
		st = refill(catalog, fault);
	if (st) {
		catalog_close(catalog);
		return st;
	}
	catalog_patience(catalog, PATIENCE_MS);
	*out = catalog;
	return STATUS_OK;
}
