/* SPDX-License-Identifier: GPL-3.0-or-later */
/* search: three passes over the nodes, the surest match first. */
#include "capture/search.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum match { MATCH_CAMERA, MATCH_NAME, MATCH_PLACE };

void search_init(struct search *search, const char *spec)
{
	*search = (struct search){0};
	text_copy(search->spec, sizeof(search->spec), spec);
}

void search_found(struct search *search, const struct source_info *info)
{
	if (!info->bus[0])
		return;
	text_copy(search->name, sizeof(search->name), info->name);
	text_copy(search->bus, sizeof(search->bus), info->bus);
}

/* A node that cannot be asked may be a camera: trying it tells why not. */
static bool matches(const struct search *s, const struct device *node,
		    enum match how)
{
	if (how == MATCH_CAMERA)
		return node->captures || node->status;
	if (!node->captures || !s->bus[0] || strcmp(node->name, s->name) != 0)
		return false;
	return how == MATCH_NAME || !strcmp(node->bus, s->bus);
}

static int add(char (*paths)[SEARCH_PATH], int count, const char *path)
{
	for (int i = 0; i < count; i++)
		if (!strcmp(paths[i], path))
			return count;
	text_copy(paths[count], SEARCH_PATH, path);
	return count + 1;
}

int search_order(const struct search *s, const struct device *nodes, int count,
		 char (*paths)[SEARCH_PATH])
{
	bool any = !strcmp(s->spec, "auto");
	int n = 0;

	for (int how = MATCH_PLACE; how >= MATCH_CAMERA; how--) {
		/* Another of the same name is no substitute for the one. */
		if (!any && (n || how == MATCH_CAMERA))
			break;
		for (int i = 0; i < count; i++)
			if (matches(s, &nodes[i], how))
				n = add(paths, n, nodes[i].path);
	}
	return any ? n : add(paths, n, s->spec);
}

enum status search_cameras(const struct search *s, char (*paths)[SEARCH_PATH],
			   int *count, struct fault *fault)
{
	struct device *nodes = calloc(DEVICES_MAX, sizeof(*nodes));
	int n;

	*count = 0;
	if (!nodes)
		return fault_set(fault, STATUS_NO_MEMORY, s->spec, "looking");
	n = devices_identify(nodes, DEVICES_MAX);
	*count = search_order(s, nodes, n, paths);
	free(nodes);
	if (*count)
		return STATUS_OK;
	fault_set(fault, STATUS_NOT_FOUND, NULL, "no camera was found");
	fault_hint(fault, "plug one in; it is looked for every second");
	return STATUS_NOT_FOUND;
}
