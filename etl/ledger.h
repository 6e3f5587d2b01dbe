/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ledger: how far refreshes have come, for status: stages, quotas, errors. */
#ifndef MIEN_ETL_LEDGER_H
#define MIEN_ETL_LEDGER_H

#include "catalog/catalog.h"

#include <jansson.h>

/* "pending", "done" ...: static. */
const char *ledger_state(int state);

void ledger_print(struct catalog *catalog);

/* Adds "stages", "left_out", "quotas", "stopped" and "errors" to object. */
void ledger_json(struct catalog *catalog, json_t *object);

#endif
