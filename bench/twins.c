/* SPDX-License-Identifier: GPL-3.0-or-later */
/* twins: two lists of hashes, and a search. */
#include "bench/twins.h"

#include <stdlib.h>

/* Fowler, Noll and Vo's 64 bit hash, 1a: of 36,000 pictures no two meet by
 * chance in thirty billion tables. */
static uint64_t hash(const uint8_t *pixels, size_t size)
{
	uint64_t out = 0xcbf29ce484222325;

	for (size_t i = 0; i < size; i++)
		out = (out ^ pixels[i]) * 0x100000001b3;
	return out;
}

static enum status add(struct twin_list *list, struct twin twin)
{
	if (list->count == list->size) {
		size_t size = list->size ? 2 * list->size : 4096;
		struct twin *grown = realloc(list->at, size * sizeof(*grown));

		if (!grown)
			return STATUS_NO_MEMORY;
		list->at = grown;
		list->size = size;
	}
	list->at[list->count++] = twin;
	return STATUS_OK;
}

enum status twins_learn(struct twins *twins, const uint8_t *pixels, size_t size)
{
	return add(&twins->learned,
		   (struct twin){.picture = hash(pixels, size)});
}

enum status twins_ask(struct twins *twins, const uint8_t *pixels, size_t size,
		      bool right)
{
	return add(&twins->asked, (struct twin){.picture = hash(pixels, size),
						.right = right});
}

static int by_picture(const void *a, const void *b)
{
	uint64_t x = ((const struct twin *)a)->picture;
	uint64_t y = ((const struct twin *)b)->picture;

	return (x > y) - (x < y);
}

struct score twins_apart(struct twins *twins)
{
	struct twin_list *learned = &twins->learned;
	struct score score = {0};

	if (!learned->count)
		return score;
	qsort(learned->at, learned->count, sizeof(*learned->at), by_picture);
	for (size_t i = 0; i < twins->asked.count; i++)
		if (!bsearch(&twins->asked.at[i], learned->at, learned->count,
			     sizeof(*learned->at), by_picture))
			score_add(&score, twins->asked.at[i].right);
	return score;
}

void twins_free(struct twins *twins)
{
	free(twins->learned.at);
	free(twins->asked.at);
	*twins = (struct twins){0};
}
