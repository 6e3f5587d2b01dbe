/* SPDX-License-Identifier: GPL-3.0-or-later */
/* song: tidy texts, and names out of paths. Pure. */
#include "etl/song.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void song_text_n(char *dst, size_t size, const char *src, size_t length)
{
	size_t used;

	while (length && strchr(" \t\r\n", src[0]) && src[0])
		src++, length--;
	used = text_clean_n(dst, size, src, length);
	while (used && dst[used - 1] == ' ')
		dst[--used] = '\0';
}

void song_text(char *dst, size_t size, const char *src)
{
	song_text_n(dst, size, src, strlen(src));
}

#define FILL(field)                                                 \
	do {                                                        \
		if (!song->field[0])                                \
			text_copy(song->field, sizeof(song->field), \
				  other->field);                    \
	} while (0)

void song_complete(struct song *song, const struct song *other)
{
	FILL(artist);
	FILL(title);
	FILL(album);
	FILL(genre);
	FILL(tags);
	if (song->length_s <= 0)
		song->length_s = other->length_s;
	if (!song->has_mood && other->has_mood) {
		song->has_mood = true;
		song->valence = other->valence;
		song->arousal = other->arousal;
		song->confidence = other->confidence;
		FILL(provenance);
	}
	FILL(language);
	if (!song->lyric)
		song->lyric = other->lyric;
}

/* "01 - ", "1. ", "03_": a track's number before its name. */
static const char *after_number(const char *name)
{
	size_t digits = strspn(name, "0123456789");
	size_t gap = strspn(name + digits, " .-_)");

	return digits >= 1 && digits <= 3 && gap && name[digits + gap]
		       ? name + digits + gap
		       : name;
}

/* The file's name without its folders, number and ending. */
static void stem_of(const char *path, char *out, size_t size)
{
	const char *slash = strrchr(path, '/');
	char *dot;

	song_text(out, size, after_number(slash ? slash + 1 : path));
	dot = strrchr(out, '.');
	if (dot && dot != out)
		*dot = '\0';
	if (!strchr(out, ' '))
		for (char *c = out; *c; c++)
			if (*c == '_')
				*c = ' ';
}

/* The folders between root and the file: from the left, at most two. */
static int folders_below(const char *path, const char *root, char dirs[2][256])
{
	size_t skip = strlen(root);
	int count = 0;

	if (!skip || strncmp(path, root, skip) != 0)
		return 0;
	path += skip + strspn(path + skip, "/");
	for (const char *slash = strchr(path, '/'); slash && count < 2;
	     slash = strchr(path, '/')) {
		song_text_n(dirs[count++], 256, path, (size_t)(slash - path));
		path = slash + 1;
	}
	return count;
}

void song_from_path(struct song *song, const char *path, const char *root)
{
	char stem[320], dirs[2][256];
	struct song named = {0};
	int count = folders_below(path, root, dirs);
	char *dash;

	stem_of(path, stem, sizeof(stem));
	dash = strstr(stem, " - ");
	if (dash) {
		*dash = '\0';
		song_text(named.artist, sizeof(named.artist), stem);
		song_text(named.title, sizeof(named.title), dash + 3);
	} else {
		song_text(named.title, sizeof(named.title), stem);
		if (count)
			text_copy(named.artist, sizeof(named.artist), dirs[0]);
	}
	if (count == 2)
		text_copy(named.album, sizeof(named.album), dirs[1]);
	if (!named.artist[0])
		text_copy(named.artist, sizeof(named.artist), "Unknown artist");
	song_complete(song, &named);
}

double song_length(const char *text)
{
	double seconds = 0;

	for (int part = 0; part < 3; part++) {
		char *end;
		double value = strtod(text, &end);

		if (end == text || !isfinite(value) || value < 0)
			return 0;
		seconds = seconds * 60 + value;
		if (*end != ':')
			return !end[strspn(end, " \t\r\n")] && seconds < 1e6
				       ? seconds
				       : 0;
		text = end + 1;
	}
	return 0;
}
