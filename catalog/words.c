/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * words: the tokens of VADER (Hutto and Gilbert 2014) and its two word lists.
 * Knows nothing of how a score is made of them.
 */
#include "catalog/words.h"

#include "base/text.h"
#include "catalog/lexicon.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define BOOST 0.293

#define PUNCTUATION "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

/* Both lists sorted, for bsearch. */
static const char *const negations[] = {
	"ain't",   "aint",     "aren't",   "arent",    "can't",     "cannot",
	"cant",    "couldn't", "couldnt",  "daren't",  "darent",    "despite",
	"didn't",  "didnt",    "doesn't",  "doesnt",   "don't",     "dont",
	"hadn't",  "hadnt",    "hasn't",   "hasnt",    "haven't",   "havent",
	"isn't",   "isnt",     "mightn't", "mightnt",  "mustn't",   "mustnt",
	"needn't", "neednt",   "neither",  "never",    "none",      "nope",
	"nor",     "not",      "nothing",  "nowhere",  "oughtn't",  "oughtnt",
	"rarely",  "seldom",   "shan't",   "shant",    "shouldn't", "shouldnt",
	"uh-uh",   "uhuh",     "wasn't",   "wasnt",    "weren't",   "werent",
	"without", "won't",    "wont",     "wouldn't", "wouldnt",
};

static const char *const boosters[] = {
	"absolutely",    "amazingly",    "awfully",       "completely",
	"considerable",  "considerably", "decidedly",     "deeply",
	"effing",        "enormous",     "enormously",    "entirely",
	"especially",    "exceptional",  "exceptionally", "extreme",
	"extremely",     "fabulously",   "flippin",       "flipping",
	"frackin",       "fracking",     "frickin",       "fricking",
	"friggin",       "frigging",     "fuckin",        "fucking",
	"fuggin",        "fugging",      "fully",         "greatly",
	"hella",         "highly",       "hugely",        "incredible",
	"incredibly",    "intensely",    "major",         "majorly",
	"more",          "most",         "particularly",  "purely",
	"quite",         "really",       "remarkably",    "so",
	"substantially", "thoroughly",   "total",         "totally",
	"tremendous",    "tremendously", "uber",          "unbelievably",
	"unusually",     "utter",        "utterly",       "very",
};

static const char *const dampeners[] = {
	"almost",   "barely",     "hardly",     "just enough",  "kind of",
	"kind-of",  "kinda",      "kindof",     "less",         "little",
	"marginal", "marginally", "occasional", "occasionally", "partly",
	"scarce",   "scarcely",   "slight",     "slightly",     "somewhat",
	"sort of",  "sort-of",    "sorta",      "sortof",
};

static int by_name(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

#define STANDS_IN(list, word)                                                 \
	(bsearch(word, list, sizeof(list) / sizeof(*(list)), sizeof(*(list)), \
		 by_name) != NULL)

double words_boost(const char *lower)
{
	if (STANDS_IN(boosters, lower))
		return BOOST;
	return STANDS_IN(dampeners, lower) ? -BOOST : 0;
}

/* Pictographs and their like; a skin tone goes with the one before it. */
static bool is_emoji(int32_t code)
{
	return code >= 0x2600 &&
	       utf8proc_category(code) == UTF8PROC_CATEGORY_SO;
}

static bool is_skin_tone(int32_t code)
{
	return code >= 0x1f3fb && code <= 0x1f3ff;
}

/* Copies from (clean) to out with blanks around each emoji. */
static size_t space_out(const char *from, char *out, size_t size)
{
	size_t used = 0;
	int32_t code;

	while (*from) {
		utf8proc_ssize_t n =
			utf8proc_iterate((const uint8_t *)from, -1, &code);
		bool apart = is_emoji(code);

		if (n < 1 || used + (size_t)n + 3 > size)
			break;
		if (code == 0x2019) {
			out[used++] = '\'';
		} else if (!is_skin_tone(code)) {
			if (apart)
				out[used++] = ' ';
			memcpy(out + used, from, (size_t)n);
			used += (size_t)n;
			if (apart)
				out[used++] = ' ';
		}
		from += n;
	}
	out[used] = '\0';
	return used;
}

/* Characters, not bytes. */
static int length_of(const char *s, size_t bytes)
{
	int n = 0;

	for (size_t i = 0; i < bytes; i++)
		n += ((uint8_t)s[i] & 0xc0) != 0x80;
	return n;
}

static bool is_punctuation(char c)
{
	return c && strchr(PUNCTUATION, c);
}

static bool is_upper(const char *raw)
{
	bool upper = false;
	int32_t code;

	while (*raw) {
		utf8proc_ssize_t n =
			utf8proc_iterate((const uint8_t *)raw, -1, &code);

		if (n < 1)
			break;
		raw += n;
		switch (utf8proc_category(code)) {
		case UTF8PROC_CATEGORY_LL:
		case UTF8PROC_CATEGORY_LT: return false;
		case UTF8PROC_CATEGORY_LU: upper = true; break;
		default: break;
		}
	}
	return upper;
}

/*
 * The token of length bytes at offset: ends its copies with a NUL. VADER
 * strips punctuation unless two characters or fewer are left, for those are
 * likely an emoticon.
 */
static void take_token(struct words *w, size_t offset, size_t length)
{
	struct word *word = &w->list[w->count++];
	char *raw = w->raw + offset;
	size_t head = 0, tail = length;

	w->raw[offset + length] = w->lower[offset + length] = '\0';
	*word = (struct word){
		.ends_clause = strchr(",.;:!?", raw[length - 1]) != NULL};
	while (head < tail && is_punctuation(raw[head]))
		head++;
	while (tail > head && is_punctuation(raw[tail - 1]))
		tail--;
	if (length_of(raw + head, tail - head) > 2) {
		w->raw[offset + tail] = w->lower[offset + tail] = '\0';
		offset += head;
	}
	word->raw = w->raw + offset;
	word->lower = w->lower + offset;
	word->known = lexicon_valence(word->lower, &word->valence);
	word->boost = words_boost(word->lower);
	word->negates = STANDS_IN(negations, word->lower) ||
			strstr(word->lower, "n't");
	word->upper = is_upper(word->raw);
}

void words_split(const char *text, struct words *out)
{
	size_t used, at = 0;
	int upper = 0;

	out->count = out->exclamations = out->questions = 0;
	/* lower is free until the copy: it holds the cleaned text */
	text_clean(out->lower, sizeof(out->lower), text);
	used = space_out(out->lower, out->raw, sizeof(out->raw));
	for (size_t i = 0; i <= used; i++) {
		char c = out->raw[i];

		out->exclamations += c == '!';
		out->questions += c == '?';
		out->lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	while (out->count < WORDS_MAX) {
		size_t length;

		at += strspn(out->raw + at, " ");
		length = strcspn(out->raw + at, " ");
		if (!length)
			break;
		take_token(out, at, length);
		upper += out->list[out->count - 1].upper;
		at += length;
		/* take_token ended the token where a blank stood */
		if (at < used)
			at++;
	}
	out->some_upper = upper > 0 && upper < out->count;
}

bool words_phrase(const struct words *words, int at, int count, char *out,
		  size_t size)
{
	size_t used = 0;

	if (at < 0 || at + count > words->count)
		return false;
	for (int i = 0; i < count; i++) {
		const char *word = words->list[at + i].lower;
		size_t length = strlen(word);

		if (used + length + 2 > size)
			return false;
		if (i)
			out[used++] = ' ';
		memcpy(out + used, word, length);
		used += length;
	}
	out[used] = '\0';
	return true;
}
