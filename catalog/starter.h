/* SPDX-License-Identifier: GPL-3.0-or-later */
/* starter: enters the pieces that come with the program into a catalog. */
#ifndef MIEN_CATALOG_STARTER_H
#define MIEN_CATALOG_STARTER_H

#include "catalog/catalog.h"

/*
 * Reads folder/starter.tsv (file, title, artist, genre, seconds, valence,
 * arousal, tags joined by commas; a header line) and adds its pieces as
 * absolute paths, source "starter". *added counts them. One transaction: a
 * line that is wrong, or whose file is missing, is a fault with its number,
 * and nothing is added.
 */
enum status starter_add(struct catalog *catalog, const char *folder, int *added,
			struct fault *fault);

#endif
