/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http: requests in flight, all in one libcurl loop, connections kept. It
 * knows nothing of services; it never retries, waits its turn or reads a body.
 */
#ifndef MIEN_ETL_HTTP_H
#define MIEN_ETL_HTTP_H

#include "base/status.h"
#include "etl/source.h"

/* Longer answers are no answers. */
#define HTTP_BODY_MAX (8u << 20)

struct http;

/* user_agent names the program, its version and where to reach its makers. */
enum status http_open(struct http **out, const char *user_agent,
		      struct fault *fault);
void http_close(struct http *http); /* ends what is in flight; NULL allowed */

/* Why there is no answer. */
enum http_trouble {
	HTTP_FINE,
	HTTP_TEMPORARY, /* no connection, torn off, too slow */
	HTTP_WRONG,     /* too long, or not to be followed */
};

/*
 * Called from http_step when an answer is there. answer is the callee's for the
 * call, its body may be changed or taken (set to NULL). why: words without the
 * address.
 */
typedef void http_done_fn(void *ticket, enum http_trouble trouble,
			  struct http_answer *answer, const char *why);

/*
 * Sends a GET. header (may be NULL) carries the key: it goes to this host
 * alone. etag and modified are those of the answer that is known, or "": where
 * it still holds, the answer is of status 304. https only, and to no address of
 * a private network (etl/reach.h); plain http to this machine, and then to
 * nowhere else. Redirects likewise.
 */
enum status http_get(struct http *http, const char *url, const char *header,
		     enum source_accept accept, const char *etag,
		     const char *modified, void *ticket);

/* Moves what is in flight; waits at most so long for something to happen. */
void http_step(struct http *http, int wait_ms, http_done_fn *done);

int http_flying(const struct http *http);

#endif
