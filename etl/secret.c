/* SPDX-License-Identifier: GPL-3.0-or-later */
/* secret: read, put to use, and struck out where a service repeats them. */
#include "etl/secret.h"

#include "base/keyfile.h"
#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the key called name goes; NULL: nobody wants it. */
static char *place_of(struct secrets *secrets, const char *name)
{
	const struct source *list = source_list();

	for (int i = 0; i < SOURCE_COUNT; i++)
		if (list[i].secret_env && !strcmp(list[i].secret_env, name))
			return secrets->of[i];
	return NULL;
}

static bool take_key(const char *name, const char *key, void *user)
{
	char *place = place_of(user, name);

	if (place)
		text_copy(place, SECRET_SIZE, key);
	return place != NULL;
}

enum status secrets_read(struct secrets *secrets, struct fault *fault)
{
	const struct source *list = source_list();
	enum status status;

	memset(secrets, 0, sizeof(*secrets));
	status = keyfile_read(take_key, secrets, fault);
	for (int i = 0; !status && i < SOURCE_COUNT; i++) {
		const char *value =
			list[i].secret_env ? getenv(list[i].secret_env) : NULL;

		if (!value || !*value)
			continue;
		if (!keyfile_is_key(value)) {
			fault_set(fault, STATUS_BAD_DATA, list[i].secret_env,
				  "the key holds spaces or other signs that no "
				  "key has");
			return STATUS_BAD_DATA;
		}
		text_copy(secrets->of[i], SECRET_SIZE, value);
	}
	return status;
}

void secrets_wipe(struct secrets *secrets)
{
	explicit_bzero(secrets, sizeof(*secrets));
}

/* Percent-encoded (RFC 3986) behind used; the new length, 0: too long. */
static size_t encode(char *out, size_t size, size_t used, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		bool plain = isalnum(c) || strchr("-._~", c);

		if (used + 4 > size)
			return 0;
		used += (size_t)snprintf(out + used, size - used,
					 plain ? "%c" : "%%%02X", c);
	}
	return used;
}

bool secret_address(const struct secrets *secrets, const char *base_url,
		    const struct source_request *request, char *url,
		    size_t url_size, char *header, size_t header_size)
{
	const struct source *source = &source_list()[request->source];
	const char *secret = secrets->of[request->source];
	size_t base = strlen(base_url);
	int length;

	header[0] = '\0';
	/* one slash between the two, or none before a query */
	if (base && base_url[base - 1] == '/' && request->target[0] == '/')
		base--;
	length = snprintf(url, url_size, "%.*s%s", (int)base, base_url,
			  request->target);
	if (length < 0 || (size_t)length >= url_size)
		return false;
	if (!*secret)
		return true;
	if (source->secret == SECRET_HEADER) {
		length = snprintf(header, header_size, "%s: %s%s",
				  source->secret_name, source->secret_prefix,
				  secret);
		return length > 0 && (size_t)length < header_size;
	}
	length += snprintf(url + length, url_size - (size_t)length,
			   "%c%s=", strchr(request->target, '?') ? '&' : '?',
			   source->secret_name);
	if ((size_t)length >= url_size)
		return false;
	return encode(url, url_size, (size_t)length, secret) > 0;
}

static void strike(char *body, size_t length, const char *word)
{
	size_t size = strlen(word);

	/* shorter ones would strike out words, and are no secrets */
	if (size < 4)
		return;
	for (char *at = body;
	     (at = memmem(at, length - (size_t)(at - body), word, size));
	     at += size)
		memset(at, '*', size);
}

void secret_mask(const struct secrets *secrets, enum source_id source,
		 char *body, size_t length)
{
	char encoded[3 * SECRET_SIZE + 4];
	const char *secret = secrets->of[source];

	if (!*secret || !body)
		return;
	strike(body, length, secret);
	if (encode(encoded, sizeof(encoded), 0, secret))
		strike(body, length, encoded);
	explicit_bzero(encoded, sizeof(encoded));
}
