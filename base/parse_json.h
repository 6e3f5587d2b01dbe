/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * parse_json: jansson's parser where there may be no memory. By itself it
 * ignores that a string could not be kept (lex_save has no result) and then
 * reads past the end of what was. Any thread.
 */
#ifndef MIEN_BASE_PARSE_JSON_H
#define MIEN_BASE_PARSE_JSON_H

#include "base/status.h"

#include <jansson.h>

/*
 * As json_loadb: *out, for the caller to give back with json_decref, and where
 * it is no JSON error (NULL is allowed). STATUS_BAD_DATA, STATUS_NO_MEMORY:
 * *out is NULL, and nothing of it is left.
 */
enum status parse_json(const char *text, size_t length, size_t flags,
		       json_t **out, json_error_t *error);

#endif
