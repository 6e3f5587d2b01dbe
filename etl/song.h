/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * song: what a file or list says of one song, on its way into the catalog,
 * and where the readers of files and lists put it.
 */
#ifndef MIEN_ETL_SONG_H
#define MIEN_ETL_SONG_H

#include "base/status.h"
#include "catalog/track.h"
#include "catalog/uri.h"
#include "etl/lyrics.h"

#include <stdbool.h>
#include <stddef.h>

/* A plain value; "" and 0 are unknown. All text is clean, but for uri. */
struct song {
	char artist[256], title[320], album[256], genre[96];
	char tags[512];     /* joined by "; " */
	char uri[URI_SIZE]; /* as it was given: an address, or a path's bytes */
	double length_s;
	bool has_mood; /* the next four are given */
	double valence, arousal, confidence;
	char provenance[48];
	enum lyric_label lyric;
	char language[12];   /* of the lyrics, ISO 639 */
	bool has_words;      /* the next is given; label and language of it */
	struct lyrics words; /* numbers, no text */
	bool shown; /* names are for show: the file's own tags come first */
};

/* A song's text field from length bytes of outside text, tidied. */
void song_text_n(char *dst, size_t size, const char *src, size_t length);
void song_text(char *dst, size_t size, const char *src);

/* Fills what song does not know from what other knows; uri is left alone. */
void song_complete(struct song *song, const struct song *other);

/*
 * Fills artist and title from a file's path below root (which may be "" for
 * none): "01 - Artist - Title.mp3", or the folders of Artist/Album/01
 * Title.mp3.
 */
void song_from_path(struct song *song, const char *path, const char *root);

/* "3:45", "1:02:03" or "225.5" as seconds; 0 for anything else. */
double song_length(const char *text);

/* What readers call. */
struct sink {
	/* One song of the given line (0: none); false ends the reading. */
	bool (*song)(const struct song *song, unsigned line, void *user);
	/* One entry is wrong; the reading goes on. */
	void (*bad)(const struct fault *fault, void *user);
	void *user;
};

#endif
