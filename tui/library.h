/* SPDX-License-Identifier: GPL-3.0-or-later */
/* library: the one way in which the program's parts come by the catalog. */
#ifndef MIEN_TUI_LIBRARY_H
#define MIEN_TUI_LIBRARY_H

#include "base/config.h"
#include "catalog/catalog.h"

/*
 * Opens the catalog (places_catalog) for writing, made when it is missing, and
 * enters the pieces that come with the program. The caller closes.
 */
enum status library_open(struct catalog **out, const struct config *config,
			 struct fault *fault);

#endif
