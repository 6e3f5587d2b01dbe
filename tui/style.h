/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * style: how each element of the screen looks, in colours and without. Colour
 * is never the only sign of anything.
 */
#ifndef MIEN_TUI_STYLE_H
#define MIEN_TUI_STYLE_H

#include "model/emotion.h"

enum style {
	STYLE_TEXT,
	STYLE_DIM,
	STYLE_STRONG,
	STYLE_FRAME,
	STYLE_TITLE,
	STYLE_FOCUS,    /* title of the panel that has the keys */
	STYLE_SELECTED, /* the line in a list */
	STYLE_KEY,
	STYLE_GOOD,
	STYLE_WARNING,
	STYLE_ERROR,
	STYLE_REST, /* the empty part of a bar */
	STYLE_PROGRESS,
	STYLE_LEAD,    /* frame of the face that leads */
	STYLE_FACE,    /* frames of the others */
	STYLE_EMOTION, /* + enum emotion */
	STYLE_COUNT = STYLE_EMOTION + EMOTION_COUNT
};

enum { STYLE_BOLD = 1, STYLE_REVERSE = 2 };

struct style_look {
	int color; /* terminal's number, -1: its own */
	unsigned attributes;
};

/* colors: 0, 8 or 256, as caps has them. */
struct style_look style_look(enum style style, int colors);

enum style style_emotion(enum emotion emotion);

#endif
