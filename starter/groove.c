/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * groove: the drum grooves as a table, the reader of rhythms, the walk.
 * Knows nothing of sections or of the score.
 */
#include "starter/groove.h"

#include <stdlib.h>
#include <string.h>

enum {
	KICK = 36,
	STICK = 37,
	SNARE = 38,
	CLAP = 39,
	FLOOR = 41,
	HAT = 42,
	LOWTOM = 45,
	PEDAL = 44,
	OPEN = 46,
	MIDTOM = 47,
	CRASH = 49,
	HIGHTOM = 50,
	RIDE = 51,
	BELL = 53,
	TAMBOURINE = 54,
	COWBELL = 56,
	HIBONGO = 60,
	LOBONGO = 61,
	CABASA = 69,
	MARACAS = 70,
	CLAVES = 75,
	HIBLOCK = 76,
	LOBLOCK = 77,
	TRIANGLE = 81,
	SHAKER = 82,
	BRUSH_TAP = 38,
	BRUSH_SWIRL = 40,
};

static const struct groove grooves[] = {
	{"pop",
	 {{KICK, "X...x...x.x.....|X...x...x.x...o.", "X...x...x......."},
	  {SNARE, "....X.......X..o", "....X...X.x.XxXX"},
	  {HAT, "x.o.x.o.x.o.x.o.", "x.o.x.o........."},
	  {TAMBOURINE, "....x.......x...", NULL},
	  {HIGHTOM, "................", "........x......."}}},
	{"folk",
	 {{KICK, "x.......x.......", "x.......x......."},
	  {STICK, "....o.......o...", "....o.......o.o."},
	  {SHAKER, "o.ooo.ooo.ooo.oo", NULL}}},
	{"bossa",
	 {{KICK, "x..ox..ox..ox..o", "x..ox..ox..ox..o"},
	  {STICK, "x..x..x...x..x..", "x..x..x...x.x.x."},
	  {CABASA, "o.o.o.o.o.o.o.o.", NULL}}},
	{"ska",
	 {{KICK, "X.......X.......", "X.......X......."},
	  {SNARE, "....X.......X...", "....X..xX.xxXxXX"},
	  {HAT, "..x...x...x...x.", "..x...x........."},
	  {STICK, "................", NULL}}},
	{"reggae",
	 {{KICK, "........X.......", "........X......."},
	  {STICK, "........X.....o.", "....x..xX..x..x."},
	  {HAT, "x.o.x.o.x.o.x.oo", NULL}}},
	{"chip",
	 {{KICK, "X.....x.X.......", "X.....x.X......."},
	  {SNARE, "....X.......X...", "....X...X.X.XXXX"},
	  {HAT, "x.x.x.x.x.x.x.xx", "x.x.x.x........."}}},
	{"waltz",
	 {{KICK, "x...........", "x..........."},
	  {BRUSH_TAP, "....o...o...", "....o...o.o."},
	  {TRIANGLE, "............|........o...", NULL}}},
	{"march",
	 {{KICK, "X...x...X...x...", "X...x...X...X..."},
	  {SNARE, "..xox.xo..xox.xx", "x.xoxoxox.xoXxXx"},
	  {CRASH, "................", "X..............."}}},
	{"lofi",
	 {{KICK, "X......x..x.....|X......x..x....o", "X......x..x....."},
	  {SNARE, "....x.......x...", "....x.....o.x..o"},
	  {HAT, "x.o.x.o.x.o.x.oo", NULL},
	  {MARACAS, "..o...o...o...o.", NULL}}},
	{"rock",
	 {{KICK, "X.....x.X.x.....", "X.....x.X......."},
	  {SNARE, "....X.......X...", "....X...XxX.XXXX"},
	  {HAT, "X.x.X.x.X.x.X.x.", "X.x.X.x........."},
	  {LOWTOM, "................", "..........x....."}}},
	{"techno",
	 {{KICK, "X...X...X...X...", "X...X...X......."},
	  {CLAP, "....x.......x...", "....x.......x.xx"},
	  {OPEN, "..x...x...x...x.", "..x...x...x...x."},
	  {HAT, "o.oxo.oxo.oxo.ox", "oxoxoxoxoxoxoxox"}}},
	{"drive",
	 {{KICK, "X..x..x.X..x..x.", "X..x..x.X.x.x.x."},
	  {FLOOR, "x..x..x...x.x...", "x.xxx.xxx.xxXxXx"},
	  {SNARE, "....x.......x..o", "....x.......X.XX"}}},
	{"five",
	 {{KICK, "X.....X.....X...x...", "X.....X.....X...X..."},
	  {FLOOR, "..x.x...x.x...x...x.", "x.x.x.x.x.x.x.xxXxXx"},
	  {HAT, "x.x.x.x.x.x.x.x.x.x.", NULL}}},
	{"seven",
	 {{KICK, "X...x...x.....", "X...x...x....."},
	  {LOBONGO, "..x...o.....x.", "..x.x.o.x.x.xx"},
	  {HIBONGO, "...o.o...oo..o", "...o.o.o.o.o.x"},
	  {TAMBOURINE, "x...x...x...o.", NULL}}},
	{"swing",
	 {{RIDE, "x...x.o.x...x.o.", "x...x.o.x...x.o."},
	  {PEDAL, "....x.......x...", NULL},
	  {BRUSH_SWIRL, "o.......o.......", NULL},
	  {BRUSH_TAP, "......o.........|..............o.", "......o...x.o.x."},
	  {KICK, "o...o...o...o...", NULL}}},
	{"blues",
	 {{KICK, "x.....x.....", "x.....x....."},
	  {STICK, "...x.....x..", "...x.....xxx"},
	  {RIDE, "xooxooxooxoo", NULL}}},
	{"surf",
	 {{KICK, "X...x...X.x.x...", "X...x...X......."},
	  {SNARE, "....X..o..X.X...|....X..o..X.X..x", "XxxxXxxxXxxxXXXX"},
	  {RIDE, "x.x.x.x.x.x.x.x.", "x..............."}}},
	{"polka",
	 {{KICK, "x.......x.......", "x.......x......."},
	  {SNARE, "....x.......x...", "....x...x.xxx.x."},
	  {HIBLOCK, "..o...o...o...oo|..o...o...oo.ooo", NULL},
	  {LOBLOCK, "................", "x.......x......."}}},
	{"pulse",
	 {{SHAKER, "o.o.o.o.o.o.o.o.", NULL},
	  {LOBLOCK, "x.....o...x.....|x..o......x...o.", NULL}}},
	{"heart", {{FLOOR, "x.o.............", NULL}}},
};

const struct groove *groove_find(const char *name)
{
	for (size_t i = 0; i < sizeof(grooves) / sizeof(*grooves); i++)
		if (strcmp(grooves[i].name, name) == 0)
			return &grooves[i];
	return NULL;
}

int groove_bar(const char *rhythm, int bar, const char **steps)
{
	int bars = 1;

	for (const char *at = rhythm; *at; at++)
		bars += *at == '|';
	for (bar %= bars; bar > 0; bar--)
		rhythm += strcspn(rhythm, "|") + 1;
	*steps = rhythm;
	return (int)strcspn(rhythm, "|");
}

int groove_velocity(char letter)
{
	switch (letter) {
	case 'X': return 108;
	case 'x': return 84;
	case 'o': return 52;
	default: return 0;
	}
}

/*
 * The key of a pitch class near another, rather towards the middle of the
 * walk's range than on to its ends.
 */
static int place(const struct groove_walk *walk, int pitch, int near)
{
	int middle = (walk->low + walk->high) / 2;
	int key = theory_nearest(1u << pitch, (2 * near + middle) / 3);

	while (key < walk->low)
		key += 12;
	while (key > walk->high)
		key -= 12;
	return key;
}

int groove_walk(struct groove_walk *walk, const struct theory_chord *chord,
		const struct theory_chord *next, unsigned scale, bool first,
		bool last, struct rng *rng)
{
	int from = walk->key ? walk->key : (walk->low + walk->high) / 2;
	int target = place(walk, next->bass, from);
	int toward = target >= from ? 1 : -1;
	int key;

	if (first) {
		key = place(walk, chord->bass, from);
	} else if (last) {
		/* from above or below by a semitone, or along the scale */
		key = rng_below(rng, 3) ? target - toward
					: theory_step(scale, target, -toward);
		if (key == from)
			key = target + toward;
	} else if (rng_below(rng, 2)) {
		key = theory_step(theory_chord_set(chord), from, toward);
	} else {
		key = theory_step(scale, from, toward);
	}
	if (key < walk->low || key > walk->high)
		key = theory_step(theory_chord_set(chord), from, -toward);
	walk->key = key;
	return key;
}
