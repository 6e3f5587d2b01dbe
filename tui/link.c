/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link: a queue of questions, of which the oldest counts. */
#include "tui/link.h"

#include <string.h>

static int64_t lost_ns(const struct link *link)
{
	int64_t since_ns = link->times[0];

	if (link->answered_ns > since_ns)
		since_ns = link->answered_ns;
	return since_ns + LINK_LOST_NS;
}

/* A terminal that never answered is not asked again: it may not know how. */
bool link_ask(struct link *link, int64_t now_ns)
{
	if (link->answers && link->count && now_ns >= lost_ns(link))
		*link = (struct link){.asked = true};
	if (link->asked && !link->answers)
		return false;
	if (link->count == LINK_ASKED)
		return false;
	link->asked = true;
	link->times[link->count++] = now_ns;
	return true;
}

/* What an answer takes where nothing is in its way. */
static int64_t way_ns(const struct link *link)
{
	return link->least_ns < LINK_WAY_NS ? link->least_ns : 0;
}

int link_cells(const struct link *link)
{
	return LINK_CELLS_MOST - link->saved;
}

void link_answered(struct link *link, int64_t now_ns)
{
	int64_t took_ns;
	int cells;

	if (!link->count)
		return;
	took_ns = now_ns - link->times[0];
	memmove(&link->times[0], &link->times[1],
		sizeof(link->times[0]) * (size_t)--link->count);
	if (!link->answers || took_ns < link->least_ns)
		link->least_ns = took_ns;
	link->answers = true;
	link->answered_ns = now_ns;
	cells = link_cells(link);
	if (took_ns > way_ns(link) + LINK_LONG_NS)
		cells /= 2;
	else
		cells += cells / 4;
	if (cells < LINK_CELLS_LEAST)
		cells = LINK_CELLS_LEAST;
	if (cells > LINK_CELLS_MOST)
		cells = LINK_CELLS_MOST;
	link->saved = LINK_CELLS_MOST - cells;
}

bool link_is_waiting(const struct link *link)
{
	return link->count > 0;
}

int64_t link_free_ns(const struct link *link, int64_t now_ns)
{
	if (!link->answers || !link->count)
		return 0;
	if (now_ns - link->times[0] <= way_ns(link) + LINK_SLACK_NS &&
	    link->count < LINK_ASKED)
		return 0;
	return lost_ns(link);
}
