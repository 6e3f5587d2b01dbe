/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manners: the documented ones, unless the configuration says otherwise. */
#include "etl/manners.h"

#include <stdio.h>
#include <string.h>

/* The blank-parted word of that number, or an empty one. */
static const char *word_at(const char *list, int number, size_t *length)
{
	list += strspn(list, " ");
	for (; number > 0; number--) {
		list += strcspn(list, " ");
		list += strspn(list, " ");
	}
	*length = strcspn(list, " ");
	return list;
}

int manners_address(const struct config *config, enum source_id id,
		    unsigned number, char *out, size_t size)
{
	const char *given = config->etl.sources[id].base_url, *word;
	const char *list = given[0] ? given : source_list()[id].base_url;
	size_t length = 0;
	int count = 0;

	while (word_at(list, count, &length), length)
		count++;
	word = word_at(list, (int)(number % (unsigned)(count ? count : 1)),
		       &length);
	snprintf(out, size, "%.*s", (int)length, word);
	return count;
}

/* YouTube's search goes at one a second by itself. */
#define SEARCH_RATE 1.0

enum source_id manners_source(int lane)
{
	return lane == LANE_SEARCH ? SOURCE_YOUTUBE : (enum source_id)lane;
}

double manners_default_rate(int lane)
{
	return lane == LANE_SEARCH ? SEARCH_RATE : source_list()[lane].rate;
}

double manners_rate(const struct config *config, int lane)
{
	double given = config->etl.sources[manners_source(lane)].rate;

	return given > 0 ? given : manners_default_rate(lane);
}

const char *manners_name(int lane)
{
	return lane == LANE_SEARCH ? QUOTA_SEARCH : source_list()[lane].name;
}

/* What could end the comment or the header is left out of an address. */
const char *manners_agent(const struct config *config, char *out, size_t size)
{
	char contact[sizeof(config->etl.contact)];
	size_t used = 0;

	for (const char *c = config->etl.contact; *c; c++)
		if (*c >= ' ' && *c < 127 && *c != '(' && *c != ')')
			contact[used++] = *c;
	contact[used] = '\0';
	snprintf(out, size, "mien-etl/" MIEN_VERSION " (+" MIEN_CONTACT "%s%s)",
		 used ? "; " : "", contact);
	return out;
}
