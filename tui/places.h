/* SPDX-License-Identifier: GPL-3.0-or-later */
/* places: where the catalog and the model are, as configured or by default. */
#ifndef MIEN_TUI_PLACES_H
#define MIEN_TUI_PLACES_H

#include "base/config.h"

/* The catalog's file: as configured, else in the user's data folder. */
enum status places_catalog(const struct config *config, char *out, size_t size,
			   struct fault *fault);

/* The networks' folder: as configured, else the one that comes with mien. */
enum status places_model(const struct config *config, char *out, size_t size,
			 struct fault *fault);

#endif
