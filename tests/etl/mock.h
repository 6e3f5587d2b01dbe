/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mock: the services that it plays, apart from how they are served. */
#ifndef MIEN_TESTS_ETL_MOCK_H
#define MIEN_TESTS_ETL_MOCK_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct call {
	struct MHD_Connection *connection;
	const char *service, *path;
	FILE *out;
	bool missing; /* 404 */
};

struct service {
	const char *name;
	void (*answer)(struct call *call); /* writes to its out */
	const char *type;
};

/* NULL: no service has this name. */
const struct service *mock_service(const char *name);

/* A number for a text, the same one every time. */
uint32_t mock_hash(const char *text);

#endif
