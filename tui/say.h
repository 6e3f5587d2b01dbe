/* SPDX-License-Identifier: GPL-3.0-or-later */
/* say: sentences to the person on stderr, and the exit status of a fault. */
#ifndef MIEN_TUI_SAY_H
#define MIEN_TUI_SAY_H

#include "base/status.h"

/* "mien: SENTENCE" on stderr. Returns say_exit(fault->status). */
int say_fault(const struct fault *fault);

/* sysexits.h where one fits, 0 for STATUS_OK, 1 otherwise. */
int say_exit(enum status status);

#endif
