/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walk: fts, and the folders that were entered already. */
#include "etl/walk.h"

#include "etl/tags.h"

#include <errno.h>
#include <fts.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct place {
	dev_t device;
	ino_t inode;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	if (x->inode != y->inode)
		return x->inode < y->inode ? -1 : 1;
	return 0;
}

/* Links may lead to the same folder on many ways (n folders that link to one
 * another: n! of them); the first one counts. */
static enum status enter(void **entered, const struct stat *info, bool *first)
{
	struct place *place = malloc(sizeof(*place));
	struct place **found;

	*first = false;
	if (!place)
		return STATUS_NO_MEMORY;
	*place = (struct place){info->st_dev, info->st_ino};
	found = tsearch(place, entered, compare_places);
	*first = found && *found == place;
	if (!*first)
		free(place);
	return found ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status keep(struct walk *walk, const char *path)
{
	char *real = realpath(path, NULL);

	if (!real)
		return errno == ENOMEM ? STATUS_NO_MEMORY : STATUS_OK;
	if (walk->count == walk->room) {
		size_t room = walk->room ? 2 * walk->room : 256;
		char **paths = realloc(walk->paths, room * sizeof(*paths));

		if (!paths) {
			free(real);
			return STATUS_NO_MEMORY;
		}
		walk->paths = paths;
		walk->room = room;
	}
	walk->paths[walk->count++] = real;
	return STATUS_OK;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static enum status take(struct walk *walk, FTS *fts, FTSENT *entry,
			void **entered,
			void (*bad)(const struct fault *fault, void *user),
			void *user)
{
	struct fault fault;
	enum status st = STATUS_OK;
	bool first = false;

	switch (entry->fts_info) {
	case FTS_D:
		if (entry->fts_level == 0 || entry->fts_name[0] != '.')
			st = enter(entered, entry->fts_statp, &first);
		if (!first)
			fts_set(fts, entry, FTS_SKIP);
		return st;
	case FTS_F:
		return tags_is_music(entry->fts_path)
			       ? keep(walk, entry->fts_accpath)
			       : STATUS_OK;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		fault_set_errno(&fault, entry->fts_errno, entry->fts_path,
				"reading it");
		bad(&fault, user);
		return STATUS_OK;
	default: return STATUS_OK; /* loops, dangling links, devices */
	}
}

enum status walk_folder(struct walk *walk, const char *folder,
			void (*bad)(const struct fault *fault, void *user),
			void *user, struct fault *fault)
{
	char *root = strdup(folder);
	char *roots[] = {root, NULL};
	FTS *fts = root ? fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name)
			: NULL;
	enum status st = fts ? STATUS_OK : STATUS_NO_MEMORY;
	void *entered = NULL;
	FTSENT *entry;

	*walk = (struct walk){0};
	while (!st && (entry = fts_read(fts)))
		st = take(walk, fts, entry, &entered, bad, user);
	if (fts)
		fts_close(fts);
	tdestroy(entered, free);
	free(root);
	if (st)
		fault_set(fault, st, folder, "no memory to list it");
	return st;
}

enum status walk_one(struct walk *walk, const char *path, struct fault *fault)
{
	enum status st = keep(walk, path);

	return st ? fault_set(fault, st, path, "no memory for its name") : st;
}

void walk_free(struct walk *walk)
{
	for (size_t i = 0; i < walk->count; i++)
		free(walk->paths[i]);
	free(walk->paths);
	*walk = (struct walk){0};
}
