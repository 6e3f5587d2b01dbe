/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sound: rows of the table of the same name. */
#include "catalog/sound.h"

#include "catalog/store.h"
#include "catalog/uri.h"

enum status sound_known(struct catalog *catalog, const struct sound_file *file,
			bool *known)
{
	char uri[URI_SIZE];
	int64_t one;
	enum status status = uri_from_path(file->path, uri, sizeof(uri));

	*known = false;
	if (!status)
		status = STORE_INTEGER(catalog,
				       "SELECT 1 FROM sound WHERE path = ?"
				       " AND size = ? AND changed_ns = ?",
				       &one, TEXT(uri), INT(file->size),
				       INT(file->changed_ns));
	*known = !status;
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status put(struct catalog *catalog, const char *uri,
		       const struct sound_file *file, const struct sound *sound)
{
	return STORE_RUN(catalog,
			 "INSERT OR REPLACE INTO sound (path, size, changed_ns,"
			 " tempo, onsets, loudness, brightness)"
			 " VALUES (?, ?, ?, ?, ?, ?, ?)",
			 TEXT(uri), INT(file->size), INT(file->changed_ns),
			 REAL(sound->tempo), REAL(sound->onsets),
			 REAL(sound->loudness), REAL(sound->brightness));
}

static enum status tell(struct catalog *catalog, const char *uri,
			const struct mood_fact *fact, struct fault *fault)
{
	int64_t track;
	enum status status = STORE_INTEGER(
		catalog,
		"SELECT track FROM source WHERE uri = ? ORDER BY id LIMIT 1",
		&track, TEXT(uri));

	if (status)
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	return catalog_tell(catalog, track, fact, fault);
}

enum status sound_remember(struct catalog *catalog,
			   const struct sound_file *file,
			   const struct sound *sound,
			   const struct mood_fact *fact, struct fault *fault)
{
	char uri[URI_SIZE];
	bool own = false;
	enum status status = uri_from_path(file->path, uri, sizeof(uri));

	if (!status)
		status = store_enter(catalog, &own);
	if (status)
		return fault_set(fault, status, file->path,
				 "its sound cannot be remembered: %s",
				 status_text(status));
	status = put(catalog, uri, file, sound);
	if (!status && fact)
		status = tell(catalog, uri, fact, fault);
	status = store_leave(catalog, own, status);
	if (status)
		fault_set(fault, status, file->path,
			  "its sound could not be remembered: %s",
			  status_text(status));
	return status;
}
