/* SPDX-License-Identifier: GPL-3.0-or-later */
/* probe: terminfo asked, curses not started. */
#include "tui/probe.h"

#include <curses.h>
#include <langinfo.h>
#include <stdlib.h>
#include <term.h>
#include <unistd.h>

struct caps probe_caps(int fd, bool color, const enum preview_mode *wish)
{
	int error = 0;
	bool known = setupterm(NULL, fd, &error) == OK;
	const struct caps_facts facts = {
		.term = getenv("TERM"),
		.no_color = getenv("NO_COLOR"),
		.codeset = nl_langinfo(CODESET),
		.colors = known ? tigetnum("colors") : -1,
		.pairs = known ? tigetnum("pairs") : -1,
		.is_tty = isatty(fd),
		.can_move = known && cursor_address != NULL,
		.mono_wished = !color,
		.has_wish = wish != NULL,
		.wish = wish ? *wish : PREVIEW_OFF,
	};

	if (known)
		del_curterm(cur_term);
	return caps_decide(&facts);
}
