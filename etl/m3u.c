/* SPDX-License-Identifier: GPL-3.0-or-later */
/* m3u: line by line; directives gather what the next entry is. */
#include "etl/m3u.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

struct line {
	const char *text;
	size_t length;
};

/* Up to the end of the line; *rest moves behind it. */
static struct line next_line(const char **rest, const char *end)
{
	const char *from = *rest;
	const char *stop = from;

	while (stop < end && *stop != '\n' && *stop != '\r')
		stop++;
	*rest = stop;
	if (*rest < end && **rest == '\r')
		++*rest;
	if (*rest < end && **rest == '\n')
		++*rest;
	while (from < stop && (*from == ' ' || *from == '\t'))
		from++;
	while (stop > from && (stop[-1] == ' ' || stop[-1] == '\t'))
		stop--;
	return (struct line){from, (size_t)(stop - from)};
}

static bool is_utf8(const char *text, size_t length)
{
	while (length) {
		int32_t code;
		utf8proc_ssize_t n =
			utf8proc_iterate((const utf8proc_uint8_t *)text,
					 (utf8proc_ssize_t)length, &code);

		if (n < 1)
			return false;
		text += n;
		length -= (size_t)n;
	}
	return true;
}

/* Old lists are Latin-1: then every byte is its character's number. */
static void take_text(char *dst, size_t size, const char *src, size_t length)
{
	char wide[1024];
	size_t used = 0;

	if (is_utf8(src, length)) {
		song_text_n(dst, size, src, length);
		return;
	}
	for (size_t i = 0; i < length && used + 2 < sizeof(wide); i++) {
		unsigned char c = (unsigned char)src[i];

		if (c >= 0x80) {
			wide[used++] = (char)(0xc0 | c >> 6);
			c = 0x80 | (c & 0x3f);
		}
		wide[used++] = (char)c;
	}
	song_text_n(dst, size, wide, used);
}

/* The comma that ends the numbers and attributes of #EXTINF, not one in
 * quotes (tvg-name="a, b"). */
static size_t title_at(const char *s, size_t length)
{
	bool quoted = false;

	for (size_t i = 0; i < length; i++) {
		if (s[i] == '"')
			quoted = !quoted;
		else if (s[i] == ',' && !quoted)
			return i + 1;
	}
	return length;
}

static void take_extinf(struct song *song, const char *s, size_t length)
{
	size_t at = title_at(s, length), dash;
	double seconds = strtod(s, NULL); /* the text ends in a NUL */
	char shown[512];

	song->length_s = seconds > 0 && seconds < 1e6 ? seconds : 0;
	take_text(shown, sizeof(shown), s + at, length - at);
	dash = (size_t)(strstr(shown, " - ") ? strstr(shown, " - ") - shown
					     : 0);
	if (dash) {
		song_text_n(song->artist, sizeof(song->artist), shown, dash);
		song_text(song->title, sizeof(song->title), shown + dash + 3);
	} else {
		song_text(song->title, sizeof(song->title), shown);
	}
}

static bool is_directive(struct line line, const char *name)
{
	return line.length >= strlen(name) &&
	       !strncasecmp(line.text, name, strlen(name));
}

static void take_directive(struct song *song, struct line line)
{
	static const char *const names[] = {
		"#EXTINF:", "#EXTART:", "#EXTALB:", "#EXTGENRE:"};
	for (int i = 0; i < 4; i++) {
		size_t skip = strlen(names[i]);
		const char *s = line.text + skip;

		if (!is_directive(line, names[i]))
			continue;
		if (i == 0)
			take_extinf(song, s, line.length - skip);
		else if (i == 1)
			take_text(song->artist, sizeof(song->artist), s,
				  line.length - skip);
		else if (i == 2)
			take_text(song->album, sizeof(song->album), s,
				  line.length - skip);
		else
			take_text(song->genre, sizeof(song->genre), s,
				  line.length - skip);
	}
}

static bool take_entry(struct song *song, struct line line, unsigned number,
		       const char *name, const struct sink *sink)
{
	struct fault fault;
	bool more = true;

	if (line.length >= sizeof(song->uri) ||
	    memchr(line.text, '\0', line.length)) {
		fault_set(&fault, STATUS_BAD_DATA, name,
			  line.length >= sizeof(song->uri)
				  ? "an address of over 1023 bytes"
				  : "a NUL byte in an address");
		fault_at(&fault, number, 0);
		sink->bad(&fault, sink->user);
	} else {
		memcpy(song->uri, line.text, line.length);
		song->uri[line.length] = '\0';
		song->shown = true;
		more = sink->song(song, number, sink->user);
	}
	*song = (struct song){0};
	return more;
}

enum status m3u_read(const char *text, size_t length, const char *name,
		     const struct sink *sink, struct fault *fault)
{
	const char *rest = text, *end = text + length;
	struct song song = {0};

	for (unsigned number = 1; rest < end; number++) {
		struct line line = next_line(&rest, end);

		if (is_directive(line, "#EXT-X-TARGETDURATION") ||
		    is_directive(line, "#EXT-X-STREAM-INF")) {
			fault_set(fault, STATUS_BAD_DATA, name,
				  "is the parts list of one stream, not a "
				  "list of songs");
			fault_at(fault, number, 0);
			fault_hint(fault, "give its web address instead, in a "
					  "playlist of your own");
			return STATUS_BAD_DATA;
		}
		if (line.length && line.text[0] == '#')
			take_directive(&song, line);
		else if (line.length &&
			 !take_entry(&song, line, number, name, sink))
			break;
	}
	return STATUS_OK;
}
