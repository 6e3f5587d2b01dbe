/* SPDX-License-Identifier: GPL-3.0-or-later */
/* say: sentences to the person on stderr and into the log; exit statuses. */
#ifndef MIEN_ETL_SAY_H
#define MIEN_ETL_SAY_H

#include "base/status.h"

/* "mien-etl: SENTENCE" on stderr and in the log. Returns say_exit. */
int say_fault(const struct fault *fault);

/*
 * The same for one of many: from the given number on only the log has it, so
 * that a thousand bad files do not bury the rest.
 */
#define SAY_MANY 10
void say_one_of_many(const struct fault *fault, unsigned number);

/* sysexits.h where one fits, 0 for STATUS_OK, 1 otherwise. */
int say_exit(enum status status);

#endif
