/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style: one table, monochrome first. */
#include "tui/style.h"

struct row {
	unsigned mono;
	int color8;
	unsigned attributes8;
	int color256;
	unsigned attributes256;
};

/* The eight colours: 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan,
 * 7 white. The 256 are xterm's. */
static const struct row rows[STYLE_COUNT] = {
	[STYLE_TEXT] = {0, -1, 0, -1, 0},
	[STYLE_DIM] = {0, -1, 0, 245, 0},
	[STYLE_STRONG] = {STYLE_BOLD, -1, STYLE_BOLD, -1, STYLE_BOLD},
	[STYLE_FRAME] = {0, -1, 0, 240, 0},
	[STYLE_TITLE] = {STYLE_BOLD, 6, STYLE_BOLD, 110, STYLE_BOLD},
	[STYLE_FOCUS] = {STYLE_REVERSE, 6, STYLE_REVERSE, 110, STYLE_REVERSE},
	[STYLE_SELECTED] = {STYLE_REVERSE, 6, STYLE_REVERSE, 110,
			    STYLE_REVERSE},
	[STYLE_KEY] = {STYLE_BOLD, -1, STYLE_BOLD, 110, STYLE_BOLD},
	[STYLE_GOOD] = {0, 2, 0, 114, 0},
	[STYLE_WARNING] = {STYLE_BOLD, 3, STYLE_BOLD, 221, 0},
	[STYLE_ERROR] = {STYLE_REVERSE, 1, STYLE_BOLD, 203, STYLE_BOLD},
	[STYLE_REST] = {0, -1, 0, 238, 0},
	[STYLE_PROGRESS] = {STYLE_BOLD, 6, 0, 110, 0},
	[STYLE_LEAD] = {STYLE_BOLD, 2, STYLE_BOLD, 120, STYLE_BOLD},
	[STYLE_FACE] = {0, 6, 0, 152, 0},
	[STYLE_EMOTION + EMOTION_ANGRY] = {0, 1, 0, 203, 0},
	[STYLE_EMOTION + EMOTION_DISGUST] = {0, 2, 0, 107, 0},
	[STYLE_EMOTION + EMOTION_FEAR] = {0, 5, 0, 140, 0},
	[STYLE_EMOTION + EMOTION_HAPPY] = {0, 3, 0, 221, 0},
	[STYLE_EMOTION + EMOTION_SAD] = {0, 4, 0, 75, 0},
	[STYLE_EMOTION + EMOTION_SURPRISE] = {0, 6, 0, 80, 0},
	[STYLE_EMOTION + EMOTION_NEUTRAL] = {0, 7, 0, 250, 0},
};

struct style_look style_look(enum style style, int colors)
{
	const struct row *row = &rows[style];

	if (colors >= 256)
		return (struct style_look){row->color256, row->attributes256};
	if (colors >= 8)
		return (struct style_look){row->color8, row->attributes8};
	return (struct style_look){-1, row->mono};
}

enum style style_emotion(enum emotion emotion)
{
	return (enum style)(STYLE_EMOTION + (int)emotion);
}
