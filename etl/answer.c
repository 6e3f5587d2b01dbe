/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer: the judgement that all services share. */
#include "etl/answer.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A challenge says so at its head. */
#define CHALLENGE_HEAD 65536

enum source_outcome answer_say(struct facts *facts, enum source_outcome outcome,
			       const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(facts->error, sizeof(facts->error), format, args);
	va_end(args);
	return outcome;
}

/* Whether text stands in the head of the body, case aside. */
static bool has(const struct http_answer *answer, const char *text)
{
	size_t size = strlen(text), length = answer->length;

	if (length > CHALLENGE_HEAD)
		length = CHALLENGE_HEAD;
	for (size_t i = 0; i + size <= length; i++)
		if (!strncasecmp(answer->body + i, text, size))
			return true;
	return false;
}

bool answer_is_challenge(const struct http_answer *answer)
{
	/* not "/cdn-cgi/challenge-platform": good pages have that too */
	static const char *const signs[] = {
		"just a moment",
		"cf-challenge",
		"cf_chl",
		"enable javascript and cookies",
		"attention required",
		"checking your brows",
		"are you a robot",
		"not a robot",
		"unusual traffic",
		"access denied",
		"captcha",
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (has(answer, signs[i]))
			return true;
	return false;
}

static bool type_has(const struct http_answer *answer, const char *word)
{
	return strcasestr(answer->content_type, word) != NULL;
}

/* An untold type is taken for what the first byte looks like. */
static bool is_html(const struct http_answer *answer)
{
	size_t at = 0;

	if (answer->content_type[0])
		return type_has(answer, "html");
	while (at < answer->length && strchr(" \t\r\n", answer->body[at]) &&
	       answer->body[at])
		at++;
	return at < answer->length && answer->body[at] == '<';
}

static bool is_json(const struct http_answer *answer)
{
	return !answer->content_type[0] || type_has(answer, "json") ||
	       type_has(answer, "javascript");
}

/* Whether what was asked for is not there, is to be told by the caller. */
static enum source_outcome judge_status(const struct http_answer *answer,
					struct facts *facts)
{
	int status = answer->status;

	facts->wait_s = answer->retry_after_s;
	if (status >= 200 && status < 300)
		return SOURCE_OK;
	if (status == 429 || status == 408 || status == 425)
		return answer_say(facts, SOURCE_RETRY,
				  "asked to slow down (status %d)", status);
	if (status == 403 || status == 407 || status == 451 || status == 511 ||
	    (status == 503 && is_html(answer) && answer_is_challenge(answer)))
		return answer_say(facts, SOURCE_BLOCKED,
				  "turned away (status %d)", status);
	if (status >= 500)
		return answer_say(facts, SOURCE_RETRY,
				  "the service is in trouble (status %d)",
				  status);
	if (status == 401)
		return answer_say(facts, SOURCE_FATAL,
				  "the key was refused (status 401)");
	if (status == 404 || status == 410)
		return answer_say(facts, SOURCE_MISSING,
				  "there is none (status %d)", status);
	return answer_say(facts, SOURCE_BAD, "an unexpected answer (status %d)",
			  status);
}

/* A body that is not the service's own. */
static enum source_outcome foreign(const struct http_answer *answer,
				   enum source_outcome by_status,
				   const char *wanted, struct facts *facts)
{
	if (by_status != SOURCE_OK && by_status != SOURCE_MISSING)
		return by_status;
	if (is_html(answer) && answer_is_challenge(answer))
		return answer_say(facts, SOURCE_BLOCKED,
				  "a page that wants a human came instead of "
				  "%s",
				  wanted);
	return answer_say(facts, SOURCE_BAD, "%s came instead of %s",
			  is_html(answer) ? "a page" : "something else",
			  wanted);
}

enum source_outcome answer_json(const struct http_answer *answer, json_t **root,
				struct facts *facts)
{
	enum source_outcome outcome = judge_status(answer, facts);
	struct fault fault = {0};
	enum status st;

	*root = NULL;
	if (!is_json(answer) || is_html(answer))
		return foreign(answer, outcome, "JSON", facts);
	st = json_read(answer->body, answer->length, root, &fault);
	if (!st || (outcome != SOURCE_OK && outcome != SOURCE_MISSING))
		return outcome;
	if (st == STATUS_NO_MEMORY)
		return answer_say(facts, SOURCE_RETRY, "%s", fault.detail);
	return answer_say(facts, SOURCE_BAD, "%s (line %u)", fault.detail,
			  fault.line);
}

enum source_outcome answer_html(const struct http_answer *answer,
				struct facts *facts)
{
	enum source_outcome outcome = judge_status(answer, facts);

	return is_html(answer) ? outcome
			       : foreign(answer, outcome, "a page", facts);
}

bool answer_is_list(const json_t *node)
{
	for (size_t i = 0; i < json_array_size(node); i++)
		if (json_is_object(json_array_get(node, i)))
			return true;
	return json_is_object(node) || json_is_null(node) ||
	       (json_is_array(node) && !json_array_size(node));
}

void answer_join(char *list, size_t size, const char *tag)
{
	size_t used = strlen(list), length = strlen(tag);

	for (const char *at = list; length && (at = strstr(at, tag)); at++)
		if ((at == list || (at - list > 1 && at[-2] == ';')) &&
		    (!at[length] || at[length] == ';'))
			return;
	if (!length || used + length + 2 >= size)
		return;
	snprintf(list + used, size - used, "%s%s", used ? "; " : "", tag);
}

bool answer_seen(struct answer_seen *seen, const char *name)
{
	uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
	char key[512];

	text_key(key, sizeof(key), name);
	for (const char *c = key; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
	for (int i = 0; i < seen->count; i++)
		if (seen->hashes[i] == hash)
			return true;
	if (seen->count < FACTS_MAX)
		seen->hashes[seen->count++] = hash;
	return false;
}

bool answer_address_at(const json_t *node, const char *path, char *dst,
		       size_t size)
{
	if (json_text_at(node, path, dst, size) && strlen(dst) + 1 < size &&
	    (!strncmp(dst, "https://", 8) || !strncmp(dst, "http://", 7)) &&
	    !strpbrk(dst, " \"<>"))
		return true;
	dst[0] = '\0';
	return false;
}
