/* SPDX-License-Identifier: GPL-3.0-or-later */
/* query: appending, with all but the unreserved bytes encoded. */
#include "etl/query.h"

#include <stdio.h>
#include <string.h>

static void append(struct query *query, const char *bytes, size_t count)
{
	if (query->used + count >= sizeof(query->request->target)) {
		query->whole = false;
		return;
	}
	memcpy(query->request->target + query->used, bytes, count);
	query->used += count;
	query->request->target[query->used] = '\0';
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

bool query_encode(char *dst, size_t size, const char *text, const char *keep)
{
	size_t used = 0;

	for (; *text; text++) {
		bool plain = is_unreserved(*text) || strchr(keep, *text);
		size_t count = plain ? 1 : 3;

		if (used + count >= size)
			break;
		if (plain)
			dst[used] = *text;
		else
			snprintf(dst + used, 4, "%%%02X", (unsigned char)*text);
		used += count;
	}
	dst[used] = '\0';
	return !*text;
}

static void append_encoded(struct query *query, const char *text)
{
	char *dst = query->request->target + query->used;
	size_t room = sizeof(query->request->target) - query->used;

	if (!query_encode(dst, room, text, ""))
		query->whole = false;
	query->used += strlen(dst);
}

void query_start(struct query *query, struct source_request *request,
		 enum source_id source, const char *path)
{
	memset(request, 0, sizeof(*request));
	request->source = source;
	request->accept = ACCEPT_JSON;
	*query = (struct query){.request = request, .whole = true};
	append(query, path, strlen(path));
}

void query_segment(struct query *query, const char *text)
{
	/* dots alone would climb */
	if (!text || !text[strspn(text, ".")])
		query->whole = false;
	append(query, "/", 1);
	append_encoded(query, text ? text : "");
}

void query_text(struct query *query, const char *name, const char *text)
{
	if (!text || !*text)
		query->whole = false;
	append(query, query->asked ? "&" : "?", 1);
	query->asked = true;
	append_encoded(query, name);
	append(query, "=", 1);
	append_encoded(query, text ? text : "");
}

void query_number(struct query *query, const char *name, int number)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", number);
	query_text(query, name, text);
}

bool query_end(struct query *query)
{
	if (!query->whole)
		query->request->target[0] = '\0';
	return query->whole;
}
