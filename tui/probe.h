/* SPDX-License-Identifier: GPL-3.0-or-later */
/* probe: which terminal this is and what it can show, touching nothing. */
#ifndef MIEN_TUI_PROBE_H
#define MIEN_TUI_PROBE_H

#include "tui/caps.h"

/*
 * Of the terminal behind fd, by the environment and terminfo. color: as
 * configured. wish: a preview mode, or NULL.
 */
struct caps probe_caps(int fd, bool color, const enum preview_mode *wish);

#endif
