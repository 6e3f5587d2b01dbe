/* SPDX-License-Identifier: GPL-3.0-or-later */
/* folders: a table of paths, and whether one lies in another. */
#include "catalog/folders.h"

#include "catalog/store.h"
#include "catalog/uri.h"

#include <stdlib.h>
#include <string.h>

enum status folders_add(struct catalog *catalog, const char *path,
			struct fault *fault)
{
	char uri[URI_SIZE];
	enum status st = uri_from_path(path, uri, sizeof(uri));

	if (st)
		return fault_set(fault, st, path,
				 "the folder has a path of over 1023 bytes");
	st = STORE_RUN(catalog, "INSERT OR IGNORE INTO folder VALUES (?)",
		       TEXT(uri));
	return st ? store_fault(catalog, fault, "entering a folder") : st;
}

static enum status keep(struct folders *folders, const char *path)
{
	char **paths = reallocarray(folders->paths, folders->count + 1,
				    sizeof(*paths));
	char *copy = strdup(path);

	if (paths)
		folders->paths = paths;
	if (!paths || !copy) {
		free(copy);
		return STATUS_NO_MEMORY;
	}
	paths[folders->count++] = copy;
	return STATUS_OK;
}

enum status folders_read(struct folders *out, struct catalog *catalog)
{
	sqlite3_stmt *stmt;
	enum status st;

	*out = (struct folders){0};
	stmt = store_use(catalog, "SELECT path FROM folder", NULL, 0);
	while (stmt && !(st = store_step(catalog, stmt))) {
		char path[URI_SIZE];
		enum uri_kind kind;
		const char *uri = (const char *)sqlite3_column_text(stmt, 0);

		/* a row that is no path holds nothing */
		if (uri && !uri_check(uri, path, &kind, NULL) &&
		    kind == URI_FILE)
			st = keep(out, path);
		if (st) {
			sqlite3_reset(stmt);
			return st;
		}
	}
	return !stmt || st != STATUS_END ? STATUS_FAILED : STATUS_OK;
}

bool folders_follow(struct folders *folders, struct catalog *catalog)
{
	struct folders now;
	int64_t version = 0;

	if (store_integer(catalog, "PRAGMA data_version", &version, NULL, 0) ||
	    (version && version == folders->version))
		return false;
	if (folders_read(&now, catalog)) {
		folders_done(&now);
		return false;
	}
	folders_done(folders);
	*folders = now;
	folders->version = version;
	return true;
}

void folders_done(struct folders *folders)
{
	for (int i = 0; i < folders->count; i++)
		free(folders->paths[i]);
	free(folders->paths);
	*folders = (struct folders){0};
}

/* Below the folder: no way back up, and no hidden folder. */
static bool is_plain(const char *rest)
{
	for (const char *slash; (slash = strchr(rest, '/')); rest = slash + 1)
		if (rest[0] == '.' || slash == rest)
			return false;
	return rest[0] && strcmp(rest, ".") && strcmp(rest, "..");
}

bool folders_hold(const struct folders *folders, const char *path)
{
	for (int i = 0; i < folders->count; i++) {
		const char *folder = folders->paths[i];
		size_t length = strlen(folder);

		while (length && folder[length - 1] == '/')
			length--;
		if (!strncmp(path, folder, length) && path[length] == '/' &&
		    is_plain(path + length + 1))
			return true;
	}
	return false;
}
