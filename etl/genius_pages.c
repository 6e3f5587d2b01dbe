/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * genius_pages: the words on a song's page at Genius, through libxml2's HTML
 * parser. Only a person's wish turns this on, and the text is never kept. The
 * page's class names change with every build: none is trusted but one prefix.
 */
#include "etl/answer.h"
#include "etl/query.h"
#include "etl/verse.h"

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_BYTES (4u << 20) /* real ones have under 2 MB */
#define TAGS_MAX   200000     /* real ones have some 10,000 */
#define DEPTH      200        /* of elements in each other */

/* ---- what is asked ------------------------------------------------------- */

bool genius_ask_page(struct source_request *request, const char *path)
{
	struct query query;

	char target[1024];

	/* a path may come encoded */
	if (path[0] != '/' || path[1] == '/' || strstr(path, "..") ||
	    !query_encode(target, sizeof(target), path, "/%"))
		target[0] = '\0';
	query_start(&query, request, SOURCE_GENIUS_PAGES, target);
	query.whole = target[0] != '\0';
	request->accept = ACCEPT_HTML;
	return query_end(&query);
}

/* ---- the words ----------------------------------------------------------- */

struct words {
	char *text;
	size_t used;
	bool full;
};

static void add(struct words *words, const char *bytes, size_t count)
{
	if (words->full || words->used + count >= VERSE_BYTES) {
		words->full = true;
		return;
	}
	memcpy(words->text + words->used, bytes, count);
	words->used += count;
	words->text[words->used] = '\0';
}

/* Text as it stands, but for no-break spaces and line ends in the source. */
static void add_text(struct words *words, const char *text)
{
	for (; *text; text++) {
		bool is_nbsp = !strncmp(text, "\xc2\xa0", 2);

		if (is_nbsp || *text == '\n' || *text == '\r' || *text == '\t')
			add(words, " ", 1);
		else
			add(words, text, 1);
		text += is_nbsp;
	}
}

static bool is_named(const xmlNode *node, const char *name)
{
	return !xmlStrcmp(node->name, (const xmlChar *)name);
}

static bool has_attribute(xmlNode *node, const char *name, const char *part)
{
	xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
	bool has = value && strstr((const char *)value, part);

	xmlFree(value);
	return has;
}

/* Headers, advertisements and the like between the words. */
static bool is_excluded(xmlNode *node)
{
	return has_attribute(node, "data-exclude-from-selection", "true") ||
	       has_attribute(node, "class", "LyricsHeader") ||
	       is_named(node, "script") || is_named(node, "style");
}

static void walk(struct words *words, xmlNode *parent, int depth)
{
	for (xmlNode *node = parent->children; node && depth < DEPTH;
	     node = node->next) {
		if (node->type == XML_TEXT_NODE)
			add_text(words, (const char *)node->content);
		else if (node->type != XML_ELEMENT_NODE)
			continue;
		else if (is_named(node, "br"))
			add(words, "\n", 1);
		else if (!is_excluded(node))
			walk(words, node, depth + 1);
	}
}

/* ---- belt and braces: what older pages left at head and tail ------------- */

/* Behind "12 Contributors ... Lyrics" and its line end. */
static const char *after_header(const char *text)
{
	size_t digits = strspn(text, "0123456789"), line;

	if (!digits || strncmp(text + digits, " Contributor", 12) != 0)
		return text;
	line = strcspn(text, "\n");
	if (line >= 6 && !strncmp(text + line - 6, "Lyrics", 6))
		return text + line + (text[line] == '\n');
	/* "... Lyrics[Verse 1]", "10 Contributors" alone */
	for (const char *at = text; at < text + line; at++)
		if (!strncmp(at, " Lyrics[", 8))
			return at + 7;
	return digits + strlen(" Contributors") >= line
		       ? text + line + (text[line] == '\n')
		       : text;
}

/* "7Embed", "1.2KEmbed" at the end. */
static void cut_tail(char *text)
{
	size_t end = strlen(text);

	if (end < 5 || strcmp(text + end - 5, "Embed") != 0)
		return;
	end -= 5;
	if (end && text[end - 1] == 'K')
		end--;
	while (end && strchr("0123456789.", text[end - 1]))
		end--;
	text[end] = '\0';
}

static void cut_line(char *text, const char *line)
{
	size_t length = strlen(line);
	char *at = text;

	while ((at = strstr(at, line))) {
		bool whole = (at == text || at[-1] == '\n') &&
			     (at[length] == '\n' || !at[length]);

		if (!whole) {
			at++;
			continue;
		}
		length += at[length] == '\n';
		memmove(at, at + length, strlen(at + length) + 1);
		length = strlen(line);
	}
}

/* Clean lines, in place of the walk's text. */
static char *tidied(char *text)
{
	char *lines = verse_lines(text, false), *again;
	const char *body;

	if (!lines)
		return NULL;
	body = after_header(lines);
	memmove(lines, body, strlen(body) + 1);
	cut_tail(lines);
	cut_line(lines, "You might also like");
	again = verse_lines(lines, false);
	free(lines);
	return again;
}

/* ---- the page ------------------------------------------------------------ */

/* The containers' words in their order, one line end between; NULL: there is
 * no container, or no memory. */
static char *read_words(xmlDoc *doc)
{
	xmlXPathContext *context = xmlXPathNewContext(doc);
	xmlXPathObject *found =
		context ? xmlXPathEvalExpression(
				  (const xmlChar *)"//div[@data-lyrics-"
						   "container='true']",
				  context)
			: NULL;
	int count = found && found->nodesetval ? found->nodesetval->nodeNr : 0;
	struct words words = {.text = count ? calloc(1, VERSE_BYTES) : NULL};
	char *lines;

	for (int i = 0; words.text && i < count; i++) {
		if (i)
			add(&words, "\n", 1);
		walk(&words, found->nodesetval->nodeTab[i], 0);
	}
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	lines = words.text ? tidied(words.text) : NULL;
	free(words.text);
	return lines;
}

static bool page_says(const struct http_answer *answer, const char *text)
{
	return memmem(answer->body, answer->length, text, strlen(text)) != NULL;
}

/* A page without words may say why. */
static enum source_outcome read_placeholder(const struct http_answer *answer,
					    struct facts *facts)
{
	if (page_says(answer, "This song is an instrumental")) {
		facts->lyrics.instrumental = true;
		return SOURCE_OK;
	}
	if (page_says(answer, "have yet to be released") ||
	    page_says(answer, "have yet to be transcribed"))
		return answer_say(facts, SOURCE_MISSING,
				  "the words are not out yet");
	if (answer_is_challenge(answer))
		return answer_say(facts, SOURCE_BLOCKED,
				  "a page that wants a human came instead of "
				  "the song's");
	return answer_say(facts, SOURCE_BAD,
			  "the page holds no words where they used to be");
}

static bool is_too_much(const struct http_answer *answer)
{
	size_t tags = 0;

	for (size_t i = 0; i < answer->length && tags <= TAGS_MAX; i++)
		tags += answer->body[i] == '<';
	return answer->length > PAGE_BYTES || tags > TAGS_MAX;
}

enum source_outcome genius_read_page(const struct http_answer *answer,
				     struct facts *facts)
{
	enum source_outcome outcome = answer_html(answer, facts);
	xmlDoc *doc;
	char *text;

	if (outcome)
		return outcome;
	if (is_too_much(answer))
		return answer_say(facts, SOURCE_BAD, "the page is too long");
	doc = htmlReadMemory(answer->body, (int)answer->length, NULL, "UTF-8",
			     HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
				     HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
	if (!doc)
		return answer_say(facts, SOURCE_BAD, "the page is no HTML");
	text = read_words(doc);
	xmlFreeDoc(doc);
	if (!text)
		return read_placeholder(answer, facts);
	if (!text[0]) {
		free(text);
		return answer_say(facts, SOURCE_MISSING,
				  "the page has no words");
	}
	facts->lyrics.text = text;
	return SOURCE_OK;
}
