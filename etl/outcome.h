/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outcome: what came of a call, written as one with what follows from it: the
 * task's state, its retries, and when a service is left alone.
 */
#ifndef MIEN_ETL_OUTCOME_H
#define MIEN_ETL_OUTCOME_H

#include "etl/http.h"
#include "etl/refresh.h"

/* For http_step; the ticket is a flight. */
void outcome_landed(void *ticket, enum http_trouble trouble,
		    struct http_answer *answer, const char *why);
/* An answer that stood in the cache. */
void outcome_recalled(struct flight *flight, struct work_answer *kept);
/* It cannot even be asked. */
void outcome_unasked(struct flight *flight, const char *why);
/* Drops answers beyond the cache's byte budget, in the open transaction. */
enum status outcome_trim(struct refresh *refresh);

#endif
