/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text: cleaning, measuring and comparing, over utf8proc. */
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define MAX_MARKS 4
#define ELLIPSIS  "\xe2\x80\xa6"

static size_t append(char *dst, size_t size, size_t used, int32_t code)
{
	uint8_t bytes[4];
	size_t n = (size_t)utf8proc_encode_char(code, bytes);

	if (used + n >= size)
		return 0;
	memcpy(dst + used, bytes, n);
	return n;
}

/* What a terminal or a reader must never get from outside. */
static bool is_invisible(int32_t code)
{
	switch (utf8proc_category(code)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN: return true;
	default: break;
	}
	/* Variation selectors and the combining grapheme joiner: marks that
	 * change nothing here and confuse widths. */
	return (code >= 0xfe00 && code <= 0xfe0f) || code == 0x034f ||
	       (code >= 0xe0100 && code <= 0xe01ef);
}

static bool is_mark(int32_t code)
{
	utf8proc_category_t category = utf8proc_category(code);

	return category == UTF8PROC_CATEGORY_MN ||
	       category == UTF8PROC_CATEGORY_ME;
}

static bool is_space(int32_t code)
{
	switch (utf8proc_category(code)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP: return true;
	default: return code == '\n' || code == '\r' || code == '\t';
	}
}

size_t text_clean_n(char *dst, size_t size, const char *src, size_t length)
{
	size_t used = 0, at = 0;
	int marks = MAX_MARKS;

	length = strnlen(src, length);
	while (at < length) {
		int32_t code;
		utf8proc_ssize_t n = utf8proc_iterate(
			(const uint8_t *)src + at,
			(utf8proc_ssize_t)(length - at), &code);
		size_t wrote;

		if (n < 1) {
			n = 1;
			code = 0xfffd;
		}
		at += (size_t)n;
		if (is_space(code))
			code = ' ';
		else if (is_invisible(code))
			continue;
		/* marks before any base have nothing to stand on */
		marks = is_mark(code) ? marks + 1 : 0;
		if (marks > MAX_MARKS)
			continue;
		wrote = append(dst, size, used, code);
		if (!wrote)
			break;
		used += wrote;
	}
	dst[used] = '\0';
	return used;
}

size_t text_clean(char *dst, size_t size, const char *src)
{
	return text_clean_n(dst, size, src, strlen(src));
}

/* Decodes one character of clean text; 0 at the end. */
static int32_t next_code(const char **s)
{
	int32_t code;
	utf8proc_ssize_t n =
		**s ? utf8proc_iterate((const uint8_t *)*s, -1, &code) : 0;

	if (n < 1)
		return 0;
	*s += n;
	return code;
}

uint32_t text_next(const char **s, int *width)
{
	int32_t code = next_code(s);

	if (width)
		*width = code ? utf8proc_charwidth(code) : 0;
	return (uint32_t)code;
}

int text_width(const char *s)
{
	int width = 0;
	int32_t code;

	while ((code = next_code(&s)))
		width += utf8proc_charwidth(code);
	return width;
}

size_t text_copy(char *dst, size_t size, const char *src)
{
	size_t length = strlen(src);

	if (length >= size) {
		length = size - 1;
		while (length && ((uint8_t)src[length] & 0xc0) == 0x80)
			length--;
	}
	memcpy(dst, src, length);
	dst[length] = '\0';
	return length;
}

char *text_fit(char *dst, size_t size, const char *s, int columns, bool ascii)
{
	const char *sign = ascii ? "~" : ELLIPSIS;
	bool whole = text_width(s) <= columns;
	int room = whole ? columns : columns - 1;
	int width = 0;
	size_t used = 0;

	for (;;) {
		const char *from = s;
		int32_t code = next_code(&s);
		size_t n = (size_t)(s - from);

		if (!code || used + n >= size ||
		    width + utf8proc_charwidth(code) > room)
			break;
		memcpy(dst + used, from, n);
		used += n;
		width += utf8proc_charwidth(code);
	}
	if (!whole && columns > 0 && used + strlen(sign) < size) {
		memcpy(dst + used, sign, strlen(sign));
		used += strlen(sign);
		width++;
	}
	while (width++ < columns && used + 1 < size)
		dst[used++] = ' ';
	dst[used] = '\0';
	return dst;
}

static bool is_word(int32_t code)
{
	switch (utf8proc_category(code)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO: return true;
	default: return false;
	}
}

static bool has_prefix(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

/* Where a folded name's by-words begin: guests, and notes in brackets. */
static size_t main_part(const char *folded)
{
	static const char *const guests[] = {"feat. ", "feat ", "ft. ", "ft ",
					     "featuring "};
	static const char *const notes[] = {"remaster", "mono",    "stereo",
					    "deluxe",   "bonus",   "feat",
					    "single",   "album v", "explicit"};

	for (size_t at = 1; folded[0] && folded[at]; at++) {
		const char *word = folded + at;
		char before = folded[at - 1];

		if (before == '(' || before == '[')
			for (size_t i = 0; i < sizeof(notes) / sizeof(*notes);
			     i++)
				if (has_prefix(word, notes[i]) ||
				    (*word >= '1' && *word <= '2' &&
				     strstr(word, "remaster")))
					return at - 1;
		if (before == ' ')
			for (size_t i = 0; i < sizeof(guests) / sizeof(*guests);
			     i++)
				if (has_prefix(word, guests[i]))
					return at;
		if (before == ' ' && has_prefix(word, "- ") &&
		    strstr(word, "remaster"))
			return at;
	}
	return strlen(folded);
}

size_t text_key(char *dst, size_t size, const char *s)
{
	uint8_t *folded = NULL;
	size_t used = 0;
	bool gap = false;
	const char *at, *end;
	int32_t code;

	dst[0] = '\0';
	if (utf8proc_map((const uint8_t *)s, 0, &folded,
			 UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPAT |
				 UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
				 UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK) < 0)
		return 0;
	at = (const char *)folded;
	end = at + main_part(at);
	while (at < end && (code = next_code(&at))) {
		size_t wrote;

		/* an apostrophe joins, any other sign parts */
		if (code == '\'' || code == 0x2019)
			continue;
		if (!is_word(code)) {
			gap = used > 0;
			continue;
		}
		if (gap && used + 2 < size)
			dst[used++] = ' ';
		gap = false;
		wrote = append(dst, size, used, code);
		if (!wrote)
			break;
		used += wrote;
	}
	/* a name of signs alone ("!!!", "+/-") is its own key */
	if (!used)
		used = text_copy(dst, size, (const char *)folded);
	free(folded);
	dst[used] = '\0';
	return used;
}
