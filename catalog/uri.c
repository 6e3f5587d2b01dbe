/* SPDX-License-Identifier: GPL-3.0-or-later */
/* uri: the allow list of addresses. Knows nothing of who plays them. */
#include "catalog/uri.h"

#include "base/text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define FILE_SCHEME "file://"

static enum status refuse(struct fault *fault, const char *uri, const char *why)
{
	fault_set(fault, STATUS_DENIED, uri, "%s", why);
	fault_hint(fault, "an absolute path, file:, http:, https: and ytdl: "
			  "addresses are played");
	return STATUS_DENIED;
}

static bool has_scheme(const char *uri, const char *scheme)
{
	return !strncasecmp(uri, scheme, strlen(scheme));
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decodes; false for a bad escape, a NUL, or no room. */
static bool decode(const char *s, char *out, size_t size)
{
	size_t used = 0;

	for (; *s; s++) {
		char c = *s;

		if (c == '%') {
			int high = hex_digit(s[1]);
			int low = high < 0 ? -1 : hex_digit(s[2]);

			if (low < 0 || high + low == 0)
				return false;
			c = (char)(high << 4 | low);
			s += 2;
		}
		if (used + 1 >= size)
			return false;
		out[used++] = c;
	}
	out[used] = '\0';
	return true;
}

static enum status check_file(const char *uri, char *out, struct fault *fault)
{
	const char *path = uri + strlen(FILE_SCHEME);

	if (has_scheme(path, "localhost/"))
		path += strlen("localhost");
	if (path[0] != '/')
		return refuse(fault, uri,
			      "a file: address names another machine or no "
			      "absolute path");
	if (!decode(path, out, URI_SIZE))
		return refuse(
			fault, uri,
			"a file: address has a bad %-escape or is too long");
	return STATUS_OK;
}

/* Spaces and controls have no place in an address; quotes and the like mpv
 * and yt-dlp take as they are, never through a shell. */
static bool is_address(const char *s)
{
	if (!*s)
		return false;
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7f)
			return false;
	return true;
}

/* http://HOST...: an empty host would let mpv guess. */
static bool has_host(const char *after_scheme)
{
	return !strchr("/?#:@", after_scheme[0]) && is_address(after_scheme);
}

static enum status check_scheme(const char *uri, char *out, enum uri_kind *kind,
				struct fault *fault)
{
	*kind = URI_WEB;
	if ((has_scheme(uri, "http://") || has_scheme(uri, "https://"))) {
		if (!has_host(strstr(uri, "://") + 3))
			return refuse(fault, uri,
				      "a web address without a host, or with "
				      "spaces in it");
	} else if (has_scheme(uri, "ytdl://")) {
		char clean[URI_SIZE];

		*kind = URI_YTDL;
		text_clean(clean, sizeof(clean), uri);
		/* yt-dlp's searches may hold spaces; "-" would be an option */
		if (strcmp(clean, uri) || !uri[7] || uri[7] == '-')
			return refuse(
				fault, uri,
				"a ytdl: address without anything to find");
	} else {
		return refuse(
			fault, uri,
			strchr(uri, ':')
				? "an address of a kind that is not played"
				: "not an absolute path nor an address");
	}
	text_copy(out, URI_SIZE, uri);
	/* mpv tells a scheme by its small letters alone */
	for (char *c = out; *c != ':'; c++)
		*c = (char)tolower((unsigned char)*c);
	return STATUS_OK;
}

enum status uri_check(const char *uri, char *out, enum uri_kind *kind,
		      struct fault *fault)
{
	enum uri_kind dummy;

	if (!kind)
		kind = &dummy;
	if (!uri[0])
		return refuse(fault, NULL, "an empty address");
	if (strlen(uri) >= URI_SIZE)
		return refuse(fault, uri, "an address of over 1023 bytes");
	*kind = URI_FILE;
	if (uri[0] == '/') {
		text_copy(out, URI_SIZE, uri);
		return STATUS_OK;
	}
	if (has_scheme(uri, FILE_SCHEME))
		return check_file(uri, out, fault);
	return check_scheme(uri, out, kind, fault);
}

static bool is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("/-._~", c));
}

enum status uri_from_path(const char *path, char *out, size_t size)
{
	char clean[URI_SIZE];
	size_t used;

	if (path[0] != '/')
		return STATUS_BAD_ARGUMENT;
	text_clean(clean, sizeof(clean), path);
	if (!strcmp(clean, path)) {
		if (strlen(path) >= size)
			return STATUS_BAD_ARGUMENT;
		text_copy(out, size, path);
		return STATUS_OK;
	}
	used = text_copy(out, size, FILE_SCHEME);
	for (; *path; path++) {
		unsigned char c = (unsigned char)*path;

		if (used + 4 > size)
			return STATUS_BAD_ARGUMENT;
		if (is_plain(c))
			out[used++] = (char)c;
		else
			used += (size_t)sprintf(out + used, "%%%02X", c);
	}
	out[used] = '\0';
	return STATUS_OK;
}
