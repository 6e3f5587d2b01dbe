/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * manners: how each service is to be asked: at which address, how often, and
 * whose quota counts. Pure.
 */
#ifndef MIEN_ETL_MANNERS_H
#define MIEN_ETL_MANNERS_H

#include "base/config.h"
#include "etl/stage.h"

/* Quotas that are counted, and their days. */
#define QUOTA_SEARCH     "youtube-search"
#define QUOTA_LIST       "youtube"
#define QUOTA_SEARCH_MAX 100
#define QUOTA_LIST_MAX   10000

/* Whom a lane asks, and under which name its stops and quotas are kept. */
enum source_id manners_source(int lane);
const char *manners_name(int lane);

/*
 * The documented address or the configured one. A service may have several,
 * which say the same: number counts on, and goes round. Returns how many there
 * are.
 */
#define MANNERS_ADDRESS 256
int manners_address(const struct config *config, enum source_id id,
		    unsigned number, char *out, size_t size);
/* Calls a second, the documented ones or the configured. */
double manners_rate(const struct config *config, int lane);
double manners_default_rate(int lane);

/* How the program names itself to all of them; returns out. */
const char *manners_agent(const struct config *config, char *out, size_t size);

#endif
