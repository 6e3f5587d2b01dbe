/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_calm: calm and content: slow or easy, soft, consonant. */
#include "starter/pieces.h"

/* clang-format off: the tables line up as music does */

const struct piece piece_bossa = {
	.file = "lamplight-bossa",
	.title = "Lamplight Bossa",
	.artist = "Odile Marr Trio",
	.genre = "bossa nova",
	.tags = "calm,warm,evening,mellow,instrumental",
	.valence = 0.55,
	.arousal = -0.25,
	.tonic = 65,
	.mode = MODE_MAJOR,
	.bpm = 108,
	.beats = 4,
	.unit = 0.5,
	.loose = 9,
	.room = 0.5,
	.ritard = 6,
	.voice =
		{
			{SINGS('V', ROLE_TUNE, GM_VIBRAPHONE, 92, 74, 55, 0,
			       98)},
			{SINGS('F', ROLE_TUNE, GM_FLUTE, 84, 58, 60, 12, 96),
			 .vibrato = 26},
			{PLAYS('G', ROLE_COMP, GM_NYLON, 92, 44, 40, 52, 70, 88,
			       "x-.x-.x-..x-.x-."),
			 .spread = 6},
			{PLAYS('P', ROLE_PAD, GM_SLOW_STRINGS, 46, 64, 70, 53,
			       72, 99, NULL),
			 .chorus = 20},
			{PLAYS('B', ROLE_BASS, GM_FRETLESS, 90, 64, 15, 36, 50,
			       92, "1-----5-5-----a-")},
			{DRUMS('D', KIT_STANDARD, 58, 30, "bossa")},
		},
	.section =
		{
			{'I', "Fmaj7 | Gm7 C9 | Fmaj7 | Gm7 C9", NULL, NULL},
			{'A',
			 "Fmaj7 | F6 | Gm7 | C9 | Am7 | D7b9 | Gm7 C9 | F69",
			 "5-- 3 5- 7- | 6-- 5 3--- | 4-- 2 4- 6- | 5-- 4 2--- |"
			 "3-- 5 7- 2'- | 5-- 6 3--- | 4- 6- 5- 2- | 3---- . 5, "
			 "1",
			 NULL},
			{'B',
			 "Bbmaj7 | Bbm6 | Am7 | Abdim7 | Gm7 | Gm7 | C9sus4 | "
			 "C9",
			 "6-- 4 6- 1'- | 2'-- 1' b6--- | 5-- 3 5- 7- | 1'-- 7 "
			 "6--- |"
			 "4-- 2 4- 6- | 1'-- 6 4--- | 5-- 4 5- 6- | 7-- 6 5- "
			 "2-",
			 NULL},
			{'O', "Gm7 C9 | Am7 D7b9 | Gm7 C9 | Fmaj9",
			 "4- 6- 5- 2- | 3- 5- 5- 3- | 4- 6- 5- 7,- | 5,-------",
			 NULL},
		},
	.step =
		{
			{'I', "GD", 80, VARY_PLAIN},
			{'A', "VGBD", 88, 0},
			{'A', "VGBDP", 90, VARY_DECORATE},
			{'B', "FGBDP", 92, 0},
			{'A', "FGBDP", 94, VARY_ANTICIPATE},
			{'O', "VGBDP", 84, VARY_PLAIN},
		},
};
