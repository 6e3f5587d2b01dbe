/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lyrics: lines, their weights, and the sums over them. */
#include "etl/lyrics.h"

#include "base/text.h"
#include "catalog/sentiment.h"
#include "catalog/words.h"

#include <ctype.h>
#include <math.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_SIZE    512
#define HEADER_SIZE  32 /* no header is longer */
#define PHRASE_WORDS 4
#define PHRASE_SIZE  48

/*
 * Lexicons agree with people on the polarity of about three of four songs
 * (Cano and Morisio, MoodyLyrics, 2017): half a certainty, then, once there
 * are some ten lines, and half of all lines tell something.
 */
#define CEILING         0.5
#define ENOUGH_LINES    10.0
#define ENOUGH_COVERAGE 0.5

/* Most lines are neutral: a mean of half is as happy as a song can be. */
#define VALENCE_OF_MEAN 2.0

static const struct song_word {
	const char *words;
	double valence, hip_hop;
} song_words[] = {
#include "etl/songwords_rows.inc"
};

/* Sorted. With letters said long made short: "oooh" is "oh". */
static const char *const ad_libs[] = {
	"a",   "ah",  "ai",   "ay",  "ayo",  "ba",   "bap",   "bop", "br",
	"da",  "dam", "do",   "du",  "dum",  "eh",   "ey",    "gr",  "ha",
	"hey", "hm",  "ho",   "hu",  "huh",  "la",   "m",     "mh",  "na",
	"nah", "o",   "oh",   "pa",  "ra",   "sh",   "sha",   "sk",  "skrt",
	"u",   "uh",  "uhuh", "um",  "wa",   "whoa", "whoah", "wo",  "woah",
	"y",   "ya",  "yah",  "yea", "yeah", "yeh",  "yo",    "yup",
};

static int by_text(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

static int by_words(const void *key, const void *row)
{
	return strcmp(key, ((const struct song_word *)row)->words);
}

/* ---- what of a text is a line ------------------------------------------- */

/* Takes "[Verse 2]", "[00:12.30]" and "<00:12.30>" out of a line. */
static void drop_brackets(char *line)
{
	char *to = line;

	for (const char *from = line; *from;) {
		const char *end = NULL;

		if (*from == '[')
			end = strchr(from, ']');
		else if (*from == '<')
			end = strchr(from, '>');
		if (end)
			from = end + 1;
		else
			*to++ = *from++;
	}
	*to = '\0';
}

/* "Chorus:", "(Verse 2)", "BRIDGE", "[Hook" left open. */
static bool is_header(const char *line)
{
	static const char *const names[] = {
		"intro",  "verse",     "chorus", "pre chorus",  "post chorus",
		"bridge", "hook",      "outro",  "refrain",     "interlude",
		"break",  "breakdown", "solo",   "guitar solo", "instrumental",
		"repeat", "coda",      "drop",
	};
	char key[HEADER_SIZE];
	size_t length = strlen(line);

	if (length >= HEADER_SIZE)
		return false;
	length = text_key(key, sizeof(key), line);
	while (length && (isdigit((unsigned char)key[length - 1]) ||
			  key[length - 1] == ' ' ||
			  (key[length - 1] == 'x' && length > 1 &&
			   key[length - 2] == ' ')))
		key[--length] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(key, names[i]))
			return true;
	return false;
}

static bool is_ad_lib(const char *word, size_t length)
{
	char shorter[24];
	const char *found = shorter;
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		char c = (char)tolower((unsigned char)word[i]);

		if (n && shorter[n - 1] == c)
			continue;
		if (n == sizeof(shorter) - 1)
			return false;
		shorter[n++] = c;
	}
	shorter[n] = '\0';
	return bsearch(found, ad_libs, sizeof(ad_libs) / sizeof(*ad_libs),
		       sizeof(*ad_libs), by_text) != NULL;
}

/* Whether any word of it is more than an ad-lib. */
static bool says_something(const char *line)
{
	static const char between[] = " .,;:!?()\"'-~*/&x0123456789";

	while (*(line += strspn(line, between))) {
		size_t length = strcspn(line, between);

		if (!is_ad_lib(line, length))
			return true;
		line += length;
	}
	return false;
}

/* The next line that counts, into out; false: there is none. */
static bool next_line(const char **text, size_t *left, char out[LINE_SIZE])
{
	while (*left) {
		size_t length = 0;

		while (length < *left && !strchr("\n\r", (*text)[length]))
			length++;
		text_clean_n(out, LINE_SIZE, *text, length);
		length += length < *left;
		*text += length;
		*left -= length;
		drop_brackets(out);
		if (out[0] && !is_header(out) && says_something(out))
			return true;
	}
	return false;
}

/* ---- one line ----------------------------------------------------------- */

/* Gives the words at..at+count-1 the valence of a phrase, on the last. */
static void set_phrase(struct words *words, int at, int count, double valence)
{
	for (int i = at; i < at + count; i++) {
		struct word *word = &words->list[i];
		bool last = i == at + count - 1;

		word->known = true;
		word->valence = last ? valence : 0;
		word->boost = 0;
		word->negates = false;
		/* VADER's rules are not to see the words inside */
		if (count > 1)
			word->lower = "";
	}
}

/* What songs mean by words and phrases; the longest goes first. Returns
 * whether hip hop means anything else by one of them. */
static bool apply_song_words(struct words *words, bool hip_hop)
{
	bool swears = false;

	for (int at = 0; at < words->count; at++) {
		int count = PHRASE_WORDS;

		for (; count; count--) {
			char phrase[PHRASE_SIZE];
			const struct song_word *found = NULL;

			if (words_phrase(words, at, count, phrase,
					 sizeof(phrase)))
				found = bsearch(phrase, song_words,
						sizeof(song_words) /
							sizeof(*song_words),
						sizeof(*song_words), by_words);
			if (!found)
				continue;
			set_phrase(words, at, count,
				   hip_hop ? found->hip_hop : found->valence);
			swears |= found->hip_hop != found->valence;
			at += count - 1;
			break;
		}
	}
	return swears;
}

static double score_line(const char *line, bool hip_hop, bool *told,
			 bool *swears)
{
	struct words words;
	struct sentiment sentiment;

	words_split(line, &words);
	*swears |= apply_song_words(&words, hip_hop);
	sentiment_of_words(&words, &sentiment);
	*told = false;
	for (int i = 0; i < words.count; i++)
		*told |= words.list[i].known && words.list[i].valence != 0;
	return sentiment.compound;
}

double lyrics_line(const char *line, bool hip_hop, bool *told)
{
	bool swears = false;

	return score_line(line, hip_hop, told, &swears);
}

/* ---- all lines ---------------------------------------------------------- */

/* FNV-1a, 64 bits: lines that are equal but for case and signs. */
static uint64_t line_key(const char *line)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	char key[LINE_SIZE];

	text_key(key, sizeof(key), line);
	for (const char *c = key; *c; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	return hash;
}

struct line {
	uint64_t key;
	double compound;
	bool told;
	int times;
};

static int gather(const char *text, size_t left, bool hip_hop,
		  struct line *lines, bool *swears)
{
	char line[LINE_SIZE];
	int count = 0;

	while (next_line(&text, &left, line)) {
		uint64_t key = line_key(line);
		int i = 0;

		while (i < count && lines[i].key != key)
			i++;
		if (i == LYRICS_MAX_LINES)
			continue;
		if (i == count) {
			lines[count] = (struct line){.key = key};
			lines[count].compound = score_line(
				line, hip_hop, &lines[count].told, swears);
			count++;
		}
		lines[i].times++;
	}
	return count;
}

static void sum_up(const struct line *lines, int count, struct lyrics *out)
{
	double weights = 0, squares = 0, covered = 0;

	for (int i = 0; i < count; i++) {
		double weight = 1 + log(lines[i].times);

		weights += weight;
		out->mean += weight * lines[i].compound;
		squares += weight * lines[i].compound * lines[i].compound;
		if (lines[i].compound >= SENTIMENT_POSITIVE)
			out->positive += weight;
		else if (lines[i].compound <= SENTIMENT_NEGATIVE)
			out->negative += weight;
		covered += lines[i].told ? weight : 0;
	}
	out->lines = count;
	if (!count)
		return;
	out->mean /= weights;
	out->positive /= weights;
	out->negative /= weights;
	out->volatility =
		sqrt(fmax(0, squares / weights - out->mean * out->mean));
	out->confidence = CEILING * (1 - exp(-count / ENOUGH_LINES)) *
			  fmin(1, covered / weights / ENOUGH_COVERAGE);
	out->label = out->mean >= SENTIMENT_POSITIVE   ? LYRIC_POSITIVE
		     : out->mean <= SENTIMENT_NEGATIVE ? LYRIC_NEGATIVE
						       : LYRIC_NEUTRAL;
	/* where no word told, neutral would be a guess */
	if (covered <= 0)
		out->label = LYRIC_UNKNOWN;
}

static void fill_hash(const char *text, size_t length, char out[65])
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx context;

	sha256_init(&context);
	sha256_update(&context, length, (const uint8_t *)text);
	sha256_digest(&context, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static void find_language(const char *text, size_t left,
			  struct language *language, char out[12])
{
	char sample[LANGUAGE_ENOUGH] = "", line[LINE_SIZE];
	size_t used = 0;

	while (used < sizeof(sample) - 2 && next_line(&text, &left, line)) {
		used += text_copy(sample + used, sizeof(sample) - used - 1,
				  line);
		sample[used++] = ' ';
		sample[used] = '\0';
	}
	language_of(language, sample, out);
}

void lyrics_read(const char *text, size_t length, struct language *language,
		 bool hip_hop, struct lyrics *out)
{
	struct line lines[LYRICS_MAX_LINES];

	*out = (struct lyrics){.label = LYRIC_UNKNOWN};
	fill_hash(text, length, out->hash);
	if (length > LYRICS_MAX)
		length = LYRICS_MAX;
	if (language)
		find_language(text, length, language, out->language);
	if (!strcmp(out->language, "en"))
		sum_up(lines,
		       gather(text, length, hip_hop, lines, &out->swears), out);
}

bool lyrics_mood(const struct lyrics *lyrics, struct mood_fact *fact)
{
	*fact = (struct mood_fact){
		.provenance = "lyrics",
		.axes = MOOD_VALENCE,
		.valence = (float)fmax(-1,
				       fmin(1, VALENCE_OF_MEAN * lyrics->mean)),
		.confidence = (float)lyrics->confidence,
	};
	return lyrics->label != LYRIC_UNKNOWN && lyrics->confidence > 0;
}

struct lyric_facts lyrics_facts(const struct lyrics *lyrics, const char *page)
{
	return (struct lyric_facts){
		.mean = lyrics->mean,
		.positive = lyrics->positive,
		.negative = lyrics->negative,
		.volatility = lyrics->volatility,
		.lines = lyrics->lines,
		.hash = lyrics->hash,
		.page = page,
	};
}
