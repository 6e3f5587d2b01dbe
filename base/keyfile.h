/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keyfile: the file of the services' keys, $XDG_CONFIG_HOME/mien/secrets:
 * lines NAME=KEY, comments behind #, for its owner alone (mode 0600).
 */
#ifndef MIEN_BASE_KEYFILE_H
#define MIEN_BASE_KEYFILE_H

#include "base/status.h"

#include <stdbool.h>

#define KEYFILE_KEY_SIZE 512

/*
 * Calls each for every line; false from it means that it is none, as for lines
 * that are no NAME=KEY: STATUS_BAD_DATA, with the line. STATUS_DENIED: others
 * may read the file. No file is fine. Nothing of it stays in memory.
 */
enum status keyfile_read(bool (*each)(const char *name, const char *key,
				      void *user),
			 void *user, struct fault *fault);

/* Letters that a key is made of, nothing that could end a header or query. */
bool keyfile_is_key(const char *text);

#endif
