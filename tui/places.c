/* SPDX-License-Identifier: GPL-3.0-or-later */
/* places: a setting that is empty means a place that is known. */
#include "tui/places.h"

#include "base/paths.h"
#include "base/text.h"

enum status places_catalog(const struct config *config, char *out, size_t size,
			   struct fault *fault)
{
	if (*config->music.catalog) {
		text_copy(out, size, config->music.catalog);
		return STATUS_OK;
	}
	if (!paths_user(PATHS_DATA, "catalog.db", out, size))
		return STATUS_OK;
	fault_set(fault, STATUS_NOT_FOUND, NULL,
		  "there is no home folder for the catalog: HOME is not set");
	fault_hint(fault, "name a file with --catalog");
	return STATUS_NOT_FOUND;
}

enum status places_model(const struct config *config, char *out, size_t size,
			 struct fault *fault)
{
	if (*config->model.folder) {
		text_copy(out, size, config->model.folder);
		return STATUS_OK;
	}
	if (!paths_program("model", out, size))
		return STATUS_OK;
	fault_set(fault, STATUS_NOT_FOUND, "the model",
		  "the networks that come with mien are not there");
	fault_hint(fault, "install mien again, or run make");
	return STATUS_NOT_FOUND;
}
