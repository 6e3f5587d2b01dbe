/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * query: the target of a request, piece by piece, percent-encoded as RFC 3986
 * has it. What does not fit, or is asked for without a word, is told once, at
 * the end.
 */
#ifndef MIEN_ETL_QUERY_H
#define MIEN_ETL_QUERY_H

#include "etl/source.h"

struct query {
	struct source_request *request;
	size_t used;
	bool whole, asked; /* all fitted so far; "?" is written */
};

/* path is written as it is: "/search", or "". */
void query_start(struct query *query, struct source_request *request,
		 enum source_id source, const char *path);

/*
 * text with all but RFC 3986's unreserved bytes and those of keep as %XX.
 * false: it does not fit; dst is a head of it then.
 */
bool query_encode(char *dst, size_t size, const char *text, const char *keep);

/* "/" and text, encoded; slashes in text too. */
void query_segment(struct query *query, const char *text);

/* name=text. NULL and "" make the request fail. */
void query_text(struct query *query, const char *name, const char *text);
void query_number(struct query *query, const char *name, int number);

/* Whether request is whole; it is emptied if not. */
bool query_end(struct query *query);

#endif
