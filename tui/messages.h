/* SPDX-License-Identifier: GPL-3.0-or-later */
/* messages: the one list of what the dashboard has told, newest last. */
#ifndef MIEN_TUI_MESSAGES_H
#define MIEN_TUI_MESSAGES_H

#include "base/log.h"

#include <stdint.h>

#define MESSAGES_KEPT 64

struct message {
	int64_t at; /* seconds since the epoch */
	enum log_level level;
	char text[256]; /* clean */
};

/* All zero is an empty list. */
struct messages {
	unsigned total; /* ever */
	struct message ring[MESSAGES_KEPT];
};

/* Cleans the text. The same text again right after itself is not repeated:
 * its time moves. */
void messages_add(struct messages *list, int64_t at, enum log_level level,
		  const char *text);

/* index 0: the newest; NULL when there are not so many. */
const struct message *messages_at(const struct messages *list, int index);
int messages_count(const struct messages *list);

#endif
