/* SPDX-License-Identifier: GPL-3.0-or-later */
/* probe: terminfo asked, curses not started. */
#include "tui/probe.h"

#include <curses.h>
#include <langinfo.h>
#include <stdlib.h>
#include <term.h>
#include <unistd.h>

struct caps probe_caps(bool color)
{
	int error = 0;
	bool known = setupterm(NULL, STDOUT_FILENO, &error) == OK;
	const struct caps_facts facts = {
		.term = getenv("TERM"),
		.no_color = getenv("NO_COLOR"),
		.codeset = nl_langinfo(CODESET),
		.colors = known ? tigetnum("colors") : -1,
		.pairs = known ? tigetnum("pairs") : -1,
		.is_tty = isatty(STDOUT_FILENO),
		.can_move = known && cursor_address != NULL,
		.mono_wished = !color,
	};

	if (known)
		del_curterm(cur_term);
	return caps_decide(&facts);
}
