/* SPDX-License-Identifier: GPL-3.0-or-later */
/* probe: which terminal this is and what it can show, touching nothing. */
#ifndef MIEN_TUI_PROBE_H
#define MIEN_TUI_PROBE_H

#include "tui/caps.h"

/* Of standard output, by the environment and terminfo. color: as configured. */
struct caps probe_caps(bool color);

#endif
