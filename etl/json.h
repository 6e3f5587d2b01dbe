/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json: a service's answer, read with suspicion: bytes are cleaned before the
 * parser sees them, so that one bad title does not lose its page, and every
 * value is asked for in the forms that services are known to send it in.
 * Over jansson; knows no service. Pure.
 */
#ifndef MIEN_ETL_JSON_H
#define MIEN_ETL_JSON_H

#include "base/status.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JSON_BODY_MAX   (8u << 20) /* bytes of one answer */
#define JSON_DEPTH_MAX  64         /* the services' own: under 12 */
#define JSON_VALUES_MAX 300000     /* under 100 MB when parsed */

/*
 * Parses length bytes into *out, which the caller gives back with
 * json_decref. Invalid UTF-8, NULs, control bytes in strings, \u0000 and lone
 * surrogates become U+FFFD or a space; a byte order mark is passed over.
 * STATUS_BAD_DATA: no JSON, too deep, too many values or over JSON_BODY_MAX;
 * fault says where, without quoting the body. *out is NULL then.
 */
enum status json_read(const char *body, size_t length, json_t **out,
		      struct fault *fault);

/* The member at a path of keys ("toptracks.@attr.artist"); NULL: there is
 * none. The reference is borrowed, as everywhere below. */
json_t *json_at(const json_t *node, const char *path);

/*
 * A list, as an array, as its single member itself (an object or a string),
 * or as nothing (null, missing, a number, blank text).
 */
size_t json_count(const json_t *node);
json_t *json_item(const json_t *node, size_t index);

/*
 * A string or integer as clean bounded text without blanks at its ends; ""
 * for anything else. Returns whether there is any. size > 0.
 */
bool json_text(const json_t *node, char *dst, size_t size);

/* The same member by path. */
bool json_text_at(const json_t *node, const char *path, char *dst, size_t size);

/* A number, or a string that is one as a whole; fallback for anything else,
 * and for what is not finite. */
double json_decimal(const json_t *node, double fallback);
double json_decimal_at(const json_t *node, const char *path, double fallback);

/* The same, cut to an integer; fallback beyond int64_t. */
int64_t json_integer_at(const json_t *node, const char *path, int64_t fallback);

/* true, a number but 0, "1" or "true". */
bool json_flag_at(const json_t *node, const char *path);

#endif
