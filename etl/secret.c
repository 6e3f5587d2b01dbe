/* SPDX-License-Identifier: GPL-3.0-or-later */
/* secret: read, put to use, and struck out where a service repeats them. */
#include "etl/secret.h"

#include "base/paths.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Letters that a key is made of; nothing that could end a header or query. */
static bool is_key(const char *text)
{
	for (const char *c = text; *c; c++)
		if (!isgraph((unsigned char)*c))
			return false;
	return strlen(text) < SECRET_SIZE;
}

/* Where the key called name goes; NULL: nobody wants it. */
static char *place_of(struct secrets *secrets, const char *name)
{
	const struct source *list = source_list();

	for (int i = 0; i < SOURCE_COUNT; i++)
		if (list[i].secret_env && !strcmp(list[i].secret_env, name))
			return secrets->of[i];
	return NULL;
}

static enum status read_line(struct secrets *secrets, char *line)
{
	char *end = line + strlen(line), *value, *place;

	while (end > line && isspace((unsigned char)end[-1]))
		*--end = '\0';
	line += strspn(line, " \t");
	if (!*line || *line == '#')
		return STATUS_OK;
	value = strchr(line, '=');
	if (!value)
		return STATUS_BAD_DATA;
	*value++ = '\0';
	place = place_of(secrets, line);
	if (!place || !is_key(value))
		return STATUS_BAD_DATA;
	strcpy(place, value);
	return STATUS_OK;
}

static enum status read_file(struct secrets *secrets, FILE *file,
			     const char *path, struct fault *fault)
{
	char line[SECRET_SIZE + 128];
	struct stat info;
	unsigned number = 0;
	enum status status = STATUS_OK;

	if (fstat(fileno(file), &info) || !S_ISREG(info.st_mode) ||
	    (info.st_mode & 077)) {
		fault_set(fault, STATUS_DENIED, path,
			  "others may read the keys in it");
		fault_hint(fault, "chmod 600 makes it yours alone");
		return STATUS_DENIED;
	}
	while (!status && fgets(line, sizeof(line), file)) {
		number++;
		status = read_line(secrets, line);
	}
	explicit_bzero(line, sizeof(line));
	if (!status)
		return STATUS_OK;
	fault_set(fault, status, path, "this is no line NAME=KEY");
	fault_at(fault, number, 0);
	fault_hint(fault, "mien-etl sources lists the names");
	return status;
}

enum status secrets_read(struct secrets *secrets, struct fault *fault)
{
	const struct source *list = source_list();
	char path[PATH_MAX];
	FILE *file = NULL;
	enum status status = STATUS_OK;

	memset(secrets, 0, sizeof(*secrets));
	if (!paths_user(PATHS_CONFIG, "secrets", path, sizeof(path)))
		file = fopen(path, "re");
	if (file) {
		setvbuf(file, NULL, _IONBF, 0);
		status = read_file(secrets, file, path, fault);
		fclose(file);
	}
	for (int i = 0; !status && i < SOURCE_COUNT; i++) {
		const char *value =
			list[i].secret_env ? getenv(list[i].secret_env) : NULL;

		if (!value || !*value)
			continue;
		if (!is_key(value)) {
			fault_set(fault, STATUS_BAD_DATA, list[i].secret_env,
				  "the key holds spaces or other signs that no "
				  "key has");
			return STATUS_BAD_DATA;
		}
		strcpy(secrets->of[i], value);
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
