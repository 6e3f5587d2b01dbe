/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json: the cleaning pass, and values in all their forms. */
#include "etl/json.h"

#include "base/parse_json.h"
#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* ---- the cleaning pass --------------------------------------------------- */

struct cleaner {
	const unsigned char *at, *end;
	char *out;
	size_t values;
	int depth, deepest;
	bool in_string;
};

/*
 * Bytes of the well-formed character at s, 0 for none (Unicode 15, table
 * 3-7).
 */
static size_t character(const unsigned char *s, size_t left)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t size;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	size = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (s[0] == 0xe0)
		low = 0xa0;
	else if (s[0] == 0xed)
		high = 0x9f;
	else if (s[0] == 0xf0)
		low = 0x90;
	else if (s[0] == 0xf4)
		high = 0x8f;
	if (left < size || s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < size; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return size;
}

static void put(struct cleaner *cl, const void *bytes, size_t count)
{
	memcpy(cl->out, bytes, count);
	cl->out += count;
}

/* The value of "\uXXXX" at s, -1: it is none. */
static int32_t escape(const unsigned char *s, const unsigned char *end)
{
	int32_t code = 0;

	if (end - s < 6 || s[0] != '\\' || s[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *digit =
			s[i] ? strchr(digits, s[i] | (s[i] > '9' ? 0x20 : 0))
			     : NULL;

		if (!digit)
			return -1;
		code = code << 4 | (int32_t)(digit - digits);
	}
	return code;
}

static bool is_high(int32_t code)
{
	return code >= 0xd800 && code <= 0xdbff;
}

static bool is_low(int32_t code)
{
	return code >= 0xdc00 && code <= 0xdfff;
}

/* A backslash in a string: what the parser would refuse is replaced. */
static void clean_escape(struct cleaner *cl)
{
	int32_t code = escape(cl->at, cl->end);
	size_t size = code < 0 ? 2 : 6;

	if (is_high(code) && is_low(escape(cl->at + 6, cl->end))) {
		size = 12;
	} else if (code == 0 || is_high(code) || is_low(code)) {
		put(cl, REPLACEMENT, 3);
		cl->at += 6;
		return;
	}
	/* behind the backslash stands a byte that is judged by itself */
	if (size == 2 &&
	    (cl->end - cl->at < 2 || cl->at[1] >= 0x80 || cl->at[1] < 0x20))
		size = 1;
	put(cl, cl->at, size);
	cl->at += size;
}

static void clean_one(struct cleaner *cl)
{
	unsigned char c = *cl->at;
	size_t size = character(cl->at, (size_t)(cl->end - cl->at));

	if (!size) {
		put(cl, REPLACEMENT, 3);
		cl->at++;
		return;
	}
	if (cl->in_string && c == '\\') {
		clean_escape(cl);
		return;
	}
	if (c == '"') {
		cl->in_string = !cl->in_string;
	} else if (!cl->in_string) {
		cl->values += c == ',' || c == '[' || c == '{';
		cl->depth += c == '[' || c == '{';
		cl->depth -= c == ']' || c == '}';
		if (cl->depth > cl->deepest)
			cl->deepest = cl->depth;
	}
	if (c == '\0' || (cl->in_string && c < 0x20))
		put(cl, " ", 1);
	else
		put(cl, cl->at, size);
	cl->at += size;
}

/* The cleaned copy, for free(); NULL: no memory, or a limit that fault
 * names. */
static char *clean(const char *body, size_t length, size_t *cleaned,
		   struct fault *fault)
{
	/* each bad byte takes three at most */
	char *copy = malloc(length * 3 + 1);
	struct cleaner cl = {.at = (const unsigned char *)body,
			     .end = (const unsigned char *)body + length,
			     .out = copy};

	if (!copy) {
		fault_set(fault, STATUS_NO_MEMORY, NULL,
			  "no memory for an answer of %zu bytes", length);
		return NULL;
	}
	if (length >= 3 && !memcmp(body, "\xef\xbb\xbf", 3))
		cl.at += 3;
	while (cl.at < cl.end && cl.deepest <= JSON_DEPTH_MAX &&
	       cl.values <= JSON_VALUES_MAX)
		clean_one(&cl);
	if (cl.at < cl.end) {
		fault_set(fault, STATUS_BAD_DATA, NULL,
			  cl.deepest > JSON_DEPTH_MAX
				  ? "the answer is nested deeper than %d levels"
				  : "the answer has more than %d values",
			  cl.deepest > JSON_DEPTH_MAX ? JSON_DEPTH_MAX
						      : JSON_VALUES_MAX);
		free(copy);
		return NULL;
	}
	*cleaned = (size_t)(cl.out - copy);
	return copy;
}

enum status json_read(const char *body, size_t length, json_t **out,
		      struct fault *fault)
{
	struct fault own = {0};
	size_t cleaned = 0;
	json_error_t error;
	enum status st;
	char *copy, *near;

	*out = NULL;
	if (length > JSON_BODY_MAX)
		return fault_set(fault, STATUS_BAD_DATA, NULL,
				 "the answer has more than %u bytes",
				 JSON_BODY_MAX);
	copy = clean(body, length, &cleaned, &own);
	if (!copy) {
		if (fault)
			*fault = own;
		return own.status;
	}
	st = parse_json(copy, cleaned, 0, out, &error);
	free(copy);
	if (st == STATUS_NO_MEMORY)
		fault_set(fault, st, NULL, "no memory for what it says");
	if (st != STATUS_BAD_DATA)
		return st;
	/* the body may echo a secret: its text stays out of the words */
	near = strstr(error.text, " near ");
	if (near)
		*near = '\0';
	fault_set(fault, STATUS_BAD_DATA, NULL, "the answer is no JSON: %s",
		  error.text);
	fault_at(fault, error.line > 0 ? (unsigned)error.line : 0,
		 error.column > 0 ? (unsigned)error.column : 0);
	return STATUS_BAD_DATA;
}

/* ---- values -------------------------------------------------------------- */

json_t *json_at(const json_t *node, const char *path)
{
	const json_t *at = node;

	while (at && *path) {
		size_t length = strcspn(path, ".");
		char key[64];

		if (length >= sizeof(key))
			return NULL;
		memcpy(key, path, length);
		key[length] = '\0';
		at = json_object_get(at, key);
		path += length + (path[length] == '.');
	}
	return (json_t *)at;
}

size_t json_count(const json_t *node)
{
	if (json_is_array(node))
		return json_array_size(node);
	if (json_is_string(node)) {
		const char *text = json_string_value(node);

		return text[strspn(text, " \t\r\n")] != '\0';
	}
	return json_is_object(node);
}

json_t *json_item(const json_t *node, size_t index)
{
	if (json_is_array(node))
		return json_array_get(node, index);
	return index < json_count(node) ? (json_t *)node : NULL;
}

bool json_text(const json_t *node, char *dst, size_t size)
{
	const char *text = json_string_value(node);
	size_t used;

	dst[0] = '\0';
	if (json_is_integer(node)) {
		char number[24];

		snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT,
			 json_integer_value(node));
		return text_copy(dst, size, number) > 0;
	}
	if (!text)
		return false;
	text += strspn(text, " \t\r\n");
	used = text_clean(dst, size, text);
	while (used && dst[used - 1] == ' ')
		dst[--used] = '\0';
	return used > 0;
}

bool json_text_at(const json_t *node, const char *path, char *dst, size_t size)
{
	return json_text(json_at(node, path), dst, size);
}

double json_decimal(const json_t *node, double fallback)
{
	const char *text = json_string_value(node);
	double value = fallback;

	if (json_is_number(node)) {
		value = json_number_value(node);
	} else if (text && *text) {
		char *end;

		value = strtod(text, &end);
		if (*end)
			return fallback;
	}
	return isfinite(value) ? value : fallback;
}

double json_decimal_at(const json_t *node, const char *path, double fallback)
{
	return json_decimal(json_at(node, path), fallback);
}

int64_t json_integer_at(const json_t *node, const char *path, int64_t fallback)
{
	const json_t *at = json_at(node, path);
	double value;

	if (json_is_integer(at))
		return json_integer_value(at);
	value = json_decimal(at, NAN);
	return value > -9e18 && value < 9e18 ? (int64_t)value : fallback;
}

bool json_flag_at(const json_t *node, const char *path)
{
	const json_t *at = json_at(node, path);
	const char *text = json_string_value(at);

	if (text)
		return !strcmp(text, "1") || !strcmp(text, "true");
	return json_is_true(at) ||
	       (json_is_number(at) && json_number_value(at) != 0);
}
