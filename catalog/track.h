/* SPDX-License-Identifier: GPL-3.0-or-later */
/* track: a song as it is handed around: a plain value, all text clean. */
#ifndef MIEN_CATALOG_TRACK_H
#define MIEN_CATALOG_TRACK_H

#include <stdbool.h>
#include <stdint.h>

enum lyric_label {
	LYRIC_UNKNOWN,
	LYRIC_POSITIVE,
	LYRIC_NEUTRAL,
	LYRIC_NEGATIVE
};

struct track {
	int64_t id; /* the catalog's row, 0: none */
	char artist[128], title[160], album[128];
	char genre[48];
	char uri[1024];         /* a file's absolute path or a URL */
	char artwork[512];      /* URL or path, "" for none */
	char reason[160];       /* why the picker chose it, "" otherwise */
	double length_s;        /* 0: unknown */
	float valence, arousal; /* -1..1, Russell's */
	float confidence;       /* of the two, 0..1 */
	enum lyric_label lyric;
	char language[12]; /* of the lyrics, ISO 639 ("en"), "" for unknown */
	bool liked;
};

#endif
