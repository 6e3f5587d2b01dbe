/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_sad: sad and reflective: minor, slow, low, legato. */
#include "starter/pieces.h"

/* clang-format off: the tables line up as music does */

const struct piece piece_platform = {
	.file = "rain-on-platform-two",
	.title = "Rain on Platform Two",
	.artist = "Vera Holm",
	.genre = "piano waltz",
	.tags = "sad,reflective,rain,piano,instrumental",
	.valence = -0.6,
	.arousal = -0.4,
	.tonic = 69,
	.mode = MODE_MINOR,
	.bpm = 88,
	.beats = 3,
	.unit = 0.5,
	.loose = 10,
	.room = 0.7,
	.ritard = 6,
	.voice =
		{
			{SINGS('T', ROLE_TUNE, GM_PIANO, 94, 66, 55, 0, 104)},
			{SINGS('C', ROLE_TUNE, GM_CLARINET, 78, 76, 65, 0, 98),
			 .vibrato = 18},
			{SINGS('H', ROLE_BELOW, GM_VIOLA, 62, 48, 70, 0, 98),
			 .vibrato = 26},
			{PLAYS('A', ROLE_ARP, GM_PIANO, 78, 58, 55, 48, 67, 150,
			       "1-24-3"),
			 .voices = 4},
			{PLAYS('P', ROLE_PAD, GM_SLOW_STRINGS, 50, 64, 80, 50,
			       69, 100, NULL)},
			{PLAYS('B', ROLE_BASS, GM_CELLO, 74, 56, 55, 36, 50, 96,
			       "1-----")},
			{PLAYS('L', ROLE_BASS, GM_PIANO, 80, 54, 50, 33, 47,
			       100, "1-----")},
		},
	.section =
		{
			{'I', "Am | Am/G | Fmaj7 | E7", NULL, NULL},
			{'A', "Am | Am/G | Fmaj7 | E7 | Am | Dm | E7 | Am",
			 "5--- 6 5 | 3--- 2 3 | 1--- 7, 1 | 2----. |"
			 "5- 6 5 1'- | 6--- 5 4 | 5- 4- 2- | 1----.",
			 NULL},
			{'B', "C | G/B | Am | Em | F | C/E | Bm7b5 | E7",
			 "5- 7- 3'- | 2'--- 1' 7 | 3'--- 2' 1' | 7----. |"
			 "6- 1'- 3'- | 3'--- 1' 7 | 6--- 4 2 | 5-- 4 #7, 2",
			 NULL},
			{'O', "Dm | Am/E | E7 | Am",
			 "4- 6- 1'- | 5--- 3 1 | 2- #7,- 5,- | 1-----", NULL},
		},
	.step =
		{
			{'I', "AL", 74, 0},
			{'A', "TAL", 84, 0},
			{'A', "TALP", 88, VARY_DECORATE},
			{'B', "CALPB", 92, 0},
			{'A', "CHALPB", 94, VARY_DECORATE},
			{'O', "TALP", 76, 0},
		},
};
