/* SPDX-License-Identifier: GPL-3.0-or-later */
/* messages: a ring. */
#include "tui/messages.h"

#include "base/text.h"

#include <string.h>

static struct message *slot(const struct messages *list, unsigned number)
{
	return (struct message *)&list->ring[number % MESSAGES_KEPT];
}

void messages_add(struct messages *list, int64_t at, enum log_level level,
		  const char *text)
{
	struct message m = {.at = at, .level = level}, *last;

	text_clean(m.text, sizeof(m.text), text);
	last = list->total ? slot(list, list->total - 1) : NULL;
	if (last && !strcmp(last->text, m.text))
		*last = m;
	else
		*slot(list, list->total++) = m;
}

int messages_count(const struct messages *list)
{
	return list->total < MESSAGES_KEPT ? (int)list->total : MESSAGES_KEPT;
}

const struct message *messages_at(const struct messages *list, int index)
{
	if (index < 0 || index >= messages_count(list))
		return NULL;
	return slot(list, list->total - 1 - (unsigned)index);
}
