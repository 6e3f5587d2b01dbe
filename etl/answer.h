/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answer: what every adapter makes of an answer before it reads a fact:
 * status, type, challenge or not, JSON or not. Pure.
 */
#ifndef MIEN_ETL_ANSWER_H
#define MIEN_ETL_ANSWER_H

#include "etl/json.h"
#include "etl/source.h"

/*
 * Says why in facts->error and returns outcome. The words are ours: what a
 * service says may echo a secret.
 */
enum source_outcome answer_say(struct facts *facts, enum source_outcome outcome,
			       const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * The outcome as status and type have it, and the body parsed: *root is the
 * caller's to json_decref, and may stand with an outcome other than SOURCE_OK,
 * for the service's own word on it; with SOURCE_OK it always stands.
 * facts->wait_s is the answer's Retry-After.
 */
enum source_outcome answer_json(const struct http_answer *answer, json_t **root,
				struct facts *facts);

/* The same for a page; SOURCE_OK: HTML of status 200, whatever it says. */
enum source_outcome answer_html(const struct http_answer *answer,
				struct facts *facts);

/* Whether a page asks its reader to prove to be human, or turns him away. */
bool answer_is_challenge(const struct http_answer *answer);

/*
 * Whether node can be a list of entries: empty, null, an entry itself, or with
 * an object in it. A list of anything else is another shape, not an empty one.
 */
bool answer_is_list(const json_t *node);

/* Appends tag (clean) to a list "a; b", whole or not at all, and once. */
void answer_join(char *list, size_t size, const char *tag);

/* Names that came already, by text_key. Zeroed at first. */
struct answer_seen {
	uint64_t hashes[FACTS_MAX];
	int count;
};

/* Whether name is among them; it is from now on. */
bool answer_seen(struct answer_seen *seen, const char *name);

/* An http or https address, whole or "". Returns whether there is one. */
bool answer_address_at(const json_t *node, const char *path, char *dst,
		       size_t size);

#endif
