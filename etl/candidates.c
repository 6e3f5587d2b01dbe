/* SPDX-License-Identifier: GPL-3.0-or-later */
/* candidates: a short sorted list, and its lines. */
#include "etl/candidates.h"

#include "base/text.h"
#include "etl/video.h"

#include <stdio.h>
#include <string.h>

void candidates_read(struct candidates *candidates, const char *text)
{
	candidates->count = 0;
	while (candidates->count < CANDIDATES_MAX) {
		struct candidate *c = &candidates->list[candidates->count];
		int length = 0;

		if (sscanf(text, "%15s %lf %lf %n", c->id, &c->score,
			   &c->length_s, &length) < 3 ||
		    !video_is_id(c->id))
			return;
		candidates->count++;
		text += length;
	}
}

void candidates_write(const struct candidates *candidates, char *text,
		      size_t size)
{
	size_t used = 0;

	text_copy(text, size, "-");
	for (int i = 0; i < candidates->count && used < size; i++) {
		const struct candidate *c = &candidates->list[i];

		used += (size_t)snprintf(text + used, size - used,
					 "%s%s %.4f %.2f", used ? "\n" : "",
					 c->id, c->score, c->length_s);
	}
}

static int find(const struct candidates *candidates, const char *id)
{
	for (int i = 0; i < candidates->count; i++)
		if (!strcmp(candidates->list[i].id, id))
			return i;
	return -1;
}

/* Equal ones go by id: so it does not matter which was found first. */
static bool is_before(const struct candidate *a, const struct candidate *b)
{
	return a->score != b->score ? a->score > b->score
				    : strcmp(a->id, b->id) < 0;
}

void candidates_add(struct candidates *candidates, const char *id, double score)
{
	struct candidate one = {.score = score};
	int at = candidates->count;

	/* as it is written, so that what was read again sorts the same */
	one.score = (double)(int)(score * 10000 + 0.5) / 10000;
	text_copy(one.id, sizeof(one.id), id);
	if (find(candidates, id) >= 0)
		return;
	if (at == CANDIDATES_MAX) {
		if (!is_before(&one, &candidates->list[--at]))
			return;
	} else {
		candidates->count++;
	}
	for (; at && is_before(&one, &candidates->list[at - 1]); at--)
		candidates->list[at] = candidates->list[at - 1];
	candidates->list[at] = one;
}

bool candidates_tell(struct candidates *candidates, const char *id,
		     double length_s)
{
	int at = find(candidates, id);

	if (at >= 0)
		candidates->list[at].length_s = length_s;
	return at >= 0;
}

const struct candidate *candidates_best(const struct candidates *candidates,
					double length_s)
{
	for (int i = 0; i < candidates->count; i++) {
		const struct candidate *c = &candidates->list[i];

		if (c->length_s >= 0 &&
		    video_length_fits(c->length_s, length_s))
			return c;
	}
	return NULL;
}
