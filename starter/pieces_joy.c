/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_joy: bright and lively: major, quick, light-footed. */
#include "starter/pieces.h"

/* clang-format off: the tables line up as music does */

const struct piece piece_bicycle = {
	.file = "sunday-bicycle",
	.title = "Sunday Bicycle",
	.artist = "Tin Cup Union",
	.genre = "folk pop",
	.tags = "happy,upbeat,sunny,acoustic,instrumental",
	.valence = 0.8,
	.arousal = 0.5,
	.tonic = 60,
	.mode = MODE_MAJOR,
	.bpm = 126,
	.beats = 4,
	.unit = 0.5,
	.loose = 7,
	.room = 0.4,
	.ritard = 4,
	.voice =
		{
			{SINGS('T', ROLE_TUNE, GM_RECORDER, 92, 60, 45, 12, 88),
			 .vibrato = 20},
			{SINGS('X', ROLE_TUNE, GM_GLOCKENSPIEL, 62, 84, 55, 12,
			       100)},
			{SINGS('H', ROLE_BELOW, GM_CLARINET, 74, 44, 45, 12,
			       90)},
			{PLAYS('G', ROLE_COMP, GM_STEEL, 78, 40, 30, 50, 69, 95,
			       "X---x-u-.-u-x-u-"),
			 .spread = 11},
			{PLAYS('A', ROLE_ARP, GM_BANJO, 58, 92, 30, 55, 76, 90,
			       "1.3.2.4.1.3.4.2.")},
			{PLAYS('P', ROLE_PAD, GM_ACCORDION, 50, 76, 40, 52, 70,
			       96, NULL),
			 .voices = 3},
			{PLAYS('B', ROLE_BASS, GM_FINGER_BASS, 92, 64, 12, 36,
			       50, 88, "1---..5-1---5-a-")},
			{DRUMS('S', KIT_ROOM, 80, 25, "folk")},
			{DRUMS('D', KIT_ROOM, 88, 25, "pop")},
		},
	.section =
		{
			{'I', "C | F | C | G", NULL, NULL},
			{'A', "C | G/B | Am | F | C | G | F G | C",
			 "3 5 5- 6 5 3- | 2 3 2 7, 5,--- | 1 3 3- 4 3 1- | 6, "
			 "1 4 3 1--- |"
			 "3 5 5- 6 5 1'- | 7 6 5 2 5--- | 4 6 5 4 2 4 3 2 | "
			 "1-- 5, 1-..",
			 NULL},
			{'B', "Am7 | Em | F | C | Dm | Am | F | G",
			 "1'- 7 1' 6- 5- | 5- 4 5 3--- | 6- 5 6 4- 3- | 3- 2 3 "
			 "1--- |"
			 "2 2 4 6 6- 4- | 3 3 5 6 1'- 6- | 4 6 1' 6 1'- 2'- | "
			 "2'--- 7. 5.",
			 NULL},
			{'O', "F G | C/E F | G7sus4 G7 | C",
			 "4 6 5 4 2 4 3 2 | 3 5 5- 6 5 4- | 2- 1 2 7,- 5,- | "
			 "1-------",
			 NULL},
		},
	.step =
		{
			{'I', "GS", 84, 0},
			{'A', "TGBS", 90, 0},
			{'A', "TXGBDA", 98, VARY_DECORATE},
			{'B', "HTGBDP", 96, 0},
			{'A', "TXHGBDAP", 106, VARY_ANTICIPATE},
			{'O', "TXHGBDAP", 100, 0},
		},
};
