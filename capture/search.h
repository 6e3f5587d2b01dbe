/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * search: which camera nodes to try, in which order. A camera that was seen
 * once is known again by what it is and where it is plugged in, also under
 * another number.
 */
#ifndef MIEN_CAPTURE_SEARCH_H
#define MIEN_CAPTURE_SEARCH_H

#include "capture/devices.h"
#include "capture/source.h"

#define SEARCH_MAX  (DEVICES_MAX + 1)
#define SEARCH_PATH 256

struct search {
	char spec[SEARCH_PATH];
	char name[64], bus[64]; /* of the camera that was seen, or "" */
};

void search_init(struct search *search, const char *spec);

/* Remembers the camera that opened. */
void search_found(struct search *search, const struct source_info *info);

/*
 * Orders count nodes for search: pure. Of "auto" all that capture, the known
 * one first; else the known camera wherever it is, then the named path.
 */
int search_order(const struct search *search, const struct device *nodes,
		 int count, char (*paths)[SEARCH_PATH]);

/* The same of this machine's nodes. STATUS_NOT_FOUND with *count 0. */
enum status search_cameras(const struct search *search,
			   char (*paths)[SEARCH_PATH], int *count,
			   struct fault *fault);

#endif
