/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * secret: the keys of services, from the environment or from the file
 * $XDG_CONFIG_HOME/mien/secrets (lines NAME=VALUE, mode 0600). They go into a
 * request and nowhere else.
 */
#ifndef MIEN_ETL_SECRET_H
#define MIEN_ETL_SECRET_H

#include "base/keyfile.h"
#include "etl/source.h"

#define SECRET_SIZE KEYFILE_KEY_SIZE

struct secrets {
	char of[SOURCE_COUNT][SECRET_SIZE]; /* "" for none */
};

/*
 * STATUS_DENIED: others may read the file; STATUS_BAD_DATA: a line in it is no
 * key, with the line. No file is fine. The environment comes first.
 */
enum status secrets_read(struct secrets *secrets, struct fault *fault);
void secrets_wipe(struct secrets *secrets);

/*
 * The address of a request, and its header ("" for none), with the key where
 * the service wants it. false: too long.
 */
bool secret_address(const struct secrets *secrets, const char *base_url,
		    const struct source_request *request, char *url,
		    size_t url_size, char *header, size_t header_size);

/* Overwrites the key of the service in what it answered, with stars. */
void secret_mask(const struct secrets *secrets, enum source_id source,
		 char *body, size_t length);

#endif
