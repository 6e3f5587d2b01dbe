/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similar: an edit distance over keys. */
#include "etl/similar.h"

#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define KEY_SIZE 512
#define CODES    128

static const char *without_the(const char *key)
{
	return !strncmp(key, "the ", 4) && key[4] ? key + 4 : key;
}

static int decode(const char *key, uint32_t codes[CODES])
{
	int count = 0;
	uint32_t code;

	while (count < CODES && (code = text_next(&key, NULL)))
		codes[count++] = code;
	return count;
}

static int least(int a, int b, int c)
{
	int ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* One row of the table is kept. */
static int distance(const uint32_t *a, int m, const uint32_t *b, int n)
{
	int row[CODES + 1];

	for (int j = 0; j <= n; j++)
		row[j] = j;
	for (int i = 1; i <= m; i++) {
		/* n is no less than 0: NOLINTNEXTLINE(clang-analyzer-*) */
		int corner = row[0];

		row[0] = i;
		for (int j = 1; j <= n; j++) {
			int above = row[j];

			row[j] = least(above + 1, row[j - 1] + 1,
				       corner + (a[i - 1] != b[j - 1]));
			corner = above;
		}
	}
	return row[n];
}

double similar(const char *a, const char *b)
{
	char key_a[KEY_SIZE], key_b[KEY_SIZE];
	uint32_t codes_a[CODES], codes_b[CODES];
	int m, n;

	text_key(key_a, sizeof(key_a), a);
	text_key(key_b, sizeof(key_b), b);
	m = decode(without_the(key_a), codes_a);
	n = decode(without_the(key_b), codes_b);
	if (!m || !n)
		return 0;
	return 1 - (double)distance(codes_a, m, codes_b, n) / (m > n ? m : n);
}

double similar_song(const char *artist, const char *title,
		    const char *other_artist, const char *other_title)
{
	double names = similar(artist, other_artist);
	double titles = similar(title, other_title);

	return names < SIMILAR_ENOUGH || titles < SIMILAR_ENOUGH
		       ? 0
		       : (names + titles) / 2;
}

/* Where the bracket or dash opens that holds at, which is behind name. */
static const char *opening(const char *name, const char *at)
{
	const char *open = at;

	while (open > name && !strchr("([", *open) &&
	       strncmp(open, " - ", 3) != 0)
		open--;
	return open;
}

void similar_plain(char *dst, size_t size, const char *name)
{
	static const char *const guests[] = {" (feat",     " [feat", " feat. ",
					     " (ft",       " [ft",   " ft. ",
					     " featuring "};
	const char *end = name + strlen(name);
	const char *note = strcasestr(name, "remaster");
	size_t length;

	for (size_t i = 0; i < sizeof(guests) / sizeof(*guests); i++) {
		const char *at = strcasestr(name, guests[i]);

		if (at && at < end)
			end = at;
	}
	if (note && note < end)
		end = opening(name, note);
	length = (size_t)(end - name);
	while (length && name[length - 1] == ' ')
		length--;
	if (!length)
		length = strlen(name);
	if (length >= size)
		length = size - 1;
	text_clean_n(dst, size, name, length);
}

/* Signs that stand between names; a name of signs ("!!!") stays. */
static bool is_gap(const char *key)
{
	static const char *const gaps[] = {"-",
					   "|",
					   "/",
					   "&",
					   "+",
					   ":",
					   "~",
					   "\xe2\x80\x93",
					   "\xe2\x80\x94",
					   "\xe2\x80\xa2"};

	for (size_t i = 0; i < sizeof(gaps) / sizeof(*gaps); i++)
		if (!strcmp(key, gaps[i]))
			return true;
	return !key[0];
}

void similar_words(char *dst, size_t size, const char *text)
{
	size_t used = 0;

	dst[0] = '\0';
	while (*text) {
		size_t length = strcspn(text, " ");
		char word[KEY_SIZE], key[KEY_SIZE];

		/* word by word: a bracket's first word is not seen as a note */
		snprintf(word, sizeof(word), "%.*s", (int)length, text);
		text += length + strspn(text + length, " ");
		text_key(key, sizeof(key), word + strspn(word, "([{"));
		if (is_gap(key) || used + strlen(key) + 2 > size)
			continue;
		used += (size_t)snprintf(dst + used, size - used, "%s%s",
					 used ? " " : "", key);
	}
}

bool similar_has(const char *words, const char *key)
{
	size_t length = strlen(key);

	for (const char *at = words; length && (at = strstr(at, key)); at++)
		if ((at == words || at[-1] == ' ') &&
		    (at[length] == ' ' || !at[length]))
			return true;
	return false;
}
