/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * folders: where music was imported from. A file that lies elsewhere is not
 * played, whatever a list or a row of the catalog says: an address is not a
 * way to open any file.
 */
#ifndef MIEN_CATALOG_FOLDERS_H
#define MIEN_CATALOG_FOLDERS_H

#include "catalog/catalog.h"

#include <stdbool.h>

struct folders {
	char **paths; /* absolute, as the file system has them */
	int count;
	int64_t version; /* of the catalog's file, for folders_follow */
};

/* Enters an absolute path; again is no fault. */
enum status folders_add(struct catalog *catalog, const char *path,
			struct fault *fault);

/* All of them; folders_done in every case. */
enum status folders_read(struct folders *out, struct catalog *catalog);
void folders_done(struct folders *folders);

/*
 * Reads them again where another program has written to the catalog since;
 * whether it has. Cheap where it has not. What could not be read stays.
 */
bool folders_follow(struct folders *folders, struct catalog *catalog);

/*
 * Whether path (absolute) lies in one of them, not by way of ".." nor in a
 * hidden folder below it. Pure: links are not looked at.
 */
bool folders_hold(const struct folders *folders, const char *path);

#endif
