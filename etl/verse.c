/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verse: line by line, and LRC's stamps off. */
#include "etl/verse.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define LINE_BYTES 4096

/* Bytes of a stamp at text, 0 for none; its time into *seconds. */
static size_t stamp(const char *text, double *seconds)
{
	char close = *text == '[' ? ']' : '>';
	size_t minutes, rest;

	if (*text != '[' && *text != '<')
		return 0;
	minutes = strspn(text + 1, "0123456789");
	if (!minutes || minutes > 3 || text[1 + minutes] != ':')
		return 0;
	rest = strspn(text + minutes + 2, "0123456789.:");
	if (!rest || rest > 6 || text[minutes + 2 + rest] != close)
		return 0;
	*seconds =
		strtod(text + 1, NULL) * 60 + strtod(text + minutes + 2, NULL);
	return minutes + rest + 3;
}

/* "[ar:...]" and the like, a line of its own. */
static bool is_lrc_tag(const char *line, size_t length)
{
	static const char *const keys[] = {"ar", "ti", "al",     "au",
					   "by", "re", "ve",     "la",
					   "id", "#",  "length", "offset"};

	if (length < 4 || line[0] != '[' || line[length - 1] != ']')
		return false;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		size_t size = strlen(keys[i]);

		if (length > size + 2 && !strncmp(line + 1, keys[i], size) &&
		    line[1 + size] == ':')
			return true;
	}
	return false;
}

/* The line without its stamps into out; returns its bytes. */
static size_t unstamp(const char *line, size_t length, char *out, size_t size)
{
	size_t used = 0, at = 0;

	while (length && strchr(" \r\t", line[length - 1]))
		length--;
	if (is_lrc_tag(line, length))
		return 0;
	while (at < length && used + 1 < size) {
		double seconds;
		size_t skip = stamp(line + at, &seconds);

		if (!skip || at + skip > length)
			out[used++] = line[at++];
		else
			at += skip;
	}
	return used;
}

static void trim(char *line, size_t *length)
{
	size_t head = strspn(line, " ");

	memmove(line, line + head, *length - head + 1);
	*length -= head;
	while (*length && line[*length - 1] == ' ')
		line[--*length] = '\0';
}

/* Clean and without blanks at its ends; line has LINE_BYTES. A mark that stood
 * on a blank has nothing to stand on then, and goes with it. */
static size_t clean_line(char *line, const char *src, size_t size)
{
	char copy[LINE_BYTES];

	size = text_clean_n(line, LINE_BYTES, src, size);
	for (;;) {
		size_t left;

		trim(line, &size);
		left = text_clean_n(copy, sizeof(copy), line, size);
		if (left == size)
			return size;
		memcpy(line, copy, left + 1);
		size = left;
	}
}

char *verse_lines(const char *text, bool stamped)
{
	char *out = malloc(VERSE_BYTES);
	size_t used = 0;
	bool first = true;

	if (!out)
		return NULL;
	while (*text) {
		size_t length = strcspn(text, "\n");
		char raw[LINE_BYTES], line[LINE_BYTES];
		size_t size = stamped ? unstamp(text, length, raw, sizeof(raw))
				      : length;

		size = clean_line(line, stamped ? raw : text, size);
		text += length + (text[length] == '\n');
		if (used + size + 2 > VERSE_BYTES)
			break;
		if (first && !size)
			continue;
		if (!first)
			out[used++] = '\n';
		first = false;
		memcpy(out + used, line, size);
		used += size;
	}
	while (used && out[used - 1] == '\n')
		used--;
	out[used] = '\0';
	return out;
}

double verse_end(const char *text)
{
	double last = 0;

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		double seconds;

		if (stamp(text, &seconds) && seconds > last)
			last = seconds;
	}
	return last;
}
