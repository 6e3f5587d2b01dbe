/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * caller: the next call of a lane: which it is, whether it may go out now,
 * and from the cache where that has the answer.
 */
#ifndef MIEN_ETL_CALLER_H
#define MIEN_ETL_CALLER_H

#include "etl/refresh.h"

/*
 * One call of a lane, if it has one to make now. The day's searches are few,
 * and go to the songs highest in rank: in phase 0 one is made where one would
 * be left even if all songs before it came to need one, too.
 */
bool caller_ask(struct refresh *refresh, int lane);

#endif
