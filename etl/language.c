/* SPDX-License-Identifier: GPL-3.0-or-later */
/* language: libexttextcat, and which of its answers are believed. */
#include "etl/language.h"

#include "base/text.h"

#include <libexttextcat/textcat.h>
#include <stdlib.h>
#include <string.h>

/* Debian's libexttextcat-data. */
#define FOLDER "/usr/share/libexttextcat/"

/* Two words of English among so many are asked for before it is believed. */
#define ENGLISH_SHARE 12

struct language {
	void *textcat;
	candidate_t *candidates;
};

/*
 * Languages that songs are found in. The library knows many more, and takes
 * a short text for one of them easily (a row of "la" for Esperanto, Scots for
 * English).
 */
static const char *const spoken[] = {
	"af", "ar", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el",
	"en", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi",
	"hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "kn", "ko", "lt",
	"lv", "mk", "ml", "mn", "mr", "ms", "nb", "nl", "nn", "pa", "pl", "pt",
	"ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tl", "tr",
	"uk", "ur", "uz", "vi", "yi", "yo", "zh", "zu",
};

/* The commonest words of English that are none in its neighbours. */
static const char *const english[] = {
	"a",     "all",  "and",  "are",   "be",   "but",   "can",  "do",
	"don't", "dont", "for",  "from",  "get",  "gonna", "have", "i",
	"i'll",  "i'm",  "i've", "if",    "im",   "in",    "is",   "it",
	"it's",  "its",  "just", "know",  "like", "love",  "me",   "my",
	"never", "no",   "not",  "now",   "of",   "oh",    "on",   "out",
	"so",    "that", "the",  "there", "they", "this",  "to",   "up",
	"was",   "we",   "what", "when",  "will", "with",  "you",  "you're",
	"your",
};

enum status language_open(struct language **out, struct fault *fault)
{
	struct language *language = calloc(1, sizeof(*language));

	*out = NULL;
	if (!language)
		return fault_set(fault, STATUS_NO_MEMORY, FOLDER,
				 "no memory for its languages");
	language->textcat = special_textcat_Init(FOLDER "fpdb.conf", FOLDER);
	if (language->textcat)
		language->candidates =
			textcat_GetClassifyFullOutput(language->textcat);
	if (language->candidates) {
		*out = language;
		return STATUS_OK;
	}
	language_close(language);
	fault_set(fault, STATUS_NOT_FOUND, FOLDER "fpdb.conf",
		  "the statistics of languages cannot be read");
	fault_hint(fault, "install the package libexttextcat-data");
	return STATUS_NOT_FOUND;
}

void language_close(struct language *language)
{
	if (!language)
		return;
	if (language->candidates)
		textcat_ReleaseClassifyFullOutput(language->textcat,
						  language->candidates);
	if (language->textcat)
		textcat_Done(language->textcat);
	free(language);
}

static int by_text(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

#define STANDS_IN(list, word)                                                 \
	(bsearch(word, list, sizeof(list) / sizeof(*(list)), sizeof(*(list)), \
		 by_text) != NULL)

/* Names look like "en--utf8" and "zh-TW-utf8". */
static bool code_of(const char *name, char out[12])
{
	size_t length = strcspn(name, "-");

	if (length > 3)
		return false;
	memcpy(out, name, length);
	out[length] = '\0';
	return STANDS_IN(spoken, out);
}

/* Those that no other language has, not even by chance. */
static const char *const only_english[] = {
	"and", "don't", "i'll", "i'm",  "it's", "just", "that",
	"the", "they",  "this", "what", "with", "you",  "your",
};

/* Words, those in the list, and those that are English alone. */
struct sound {
	int words, known, sure;
};

static struct sound listen(const char *text)
{
	struct sound sound = {0};

	while (*text) {
		char word[16];
		size_t length, n = 0;

		text += strspn(text, " .,;:!?()\"-");
		length = strcspn(text, " .,;:!?()\"-");
		for (; n < length && n < sizeof(word) - 1; n++)
			word[n] = text[n] >= 'A' && text[n] <= 'Z'
					  ? (char)(text[n] + 32)
					  : text[n];
		word[n] = '\0';
		sound.words += length > 0;
		sound.known += STANDS_IN(english, word);
		sound.sure += STANDS_IN(only_english, word);
		text += length;
	}
	return sound;
}

/* Whether it can be English at all. */
static bool may_be_english(const struct sound *sound)
{
	return sound->known >= 2 &&
	       sound->known * ENGLISH_SHARE >= sound->words * 2;
}

/* So many that statistics, which cost a millisecond, say nothing new. */
static bool is_english(const struct sound *sound)
{
	return sound->sure >= 4 && sound->sure * 8 >= sound->words &&
	       sound->known * 3 >= sound->words;
}

bool language_of(struct language *language, const char *text, char out[12])
{
	char sample[LANGUAGE_ENOUGH];
	size_t length = text_copy(sample, sizeof(sample), text);
	struct sound sound;
	int count;

	out[0] = '\0';
	if (length < LANGUAGE_LEAST)
		return false;
	sound = listen(sample);
	if (is_english(&sound)) {
		text_copy(out, 12, "en");
		return true;
	}
	count = textcat_ClassifyFull(language->textcat, sample, length,
				     language->candidates);
	for (int i = 0; i < count; i++) {
		if (!code_of(language->candidates[i].name, out))
			continue;
		if (!strcmp(out, "en") && !may_be_english(&sound))
			break;
		return true;
	}
	out[0] = '\0';
	return false;
}
