/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_tense: angry, driven: minor or phrygian, loud, hard accents. */
#include "starter/pieces.h"

/* clang-format off: the tables line up as music does */

const struct piece piece_wire = {
	.file = "wire-and-rust",
	.title = "Wire and Rust",
	.artist = "Halfpenny Circuit",
	.genre = "rock",
	.tags = "angry,driving,heavy,guitar,instrumental",
	.valence = -0.65,
	.arousal = 0.85,
	.tonic = 64,
	.mode = MODE_PHRYGIAN,
	.bpm = 152,
	.beats = 4,
	.unit = 0.5,
	.loose = 4,
	.room = 0.3,
	.ritard = 0,
	.voice =
		{
			{SINGS('T', ROLE_TUNE, GM_OVERDRIVE, 88, 70, 40, 0, 94),
			 .vibrato = 40},
			{SINGS('U', ROLE_TUNE, GM_SAW, 58, 54, 40, 12, 90),
			 .chorus = 40, .vibrato = 20},
			{PLAYS('G', ROLE_COMP, GM_DISTORTION, 74, 24, 20, 40,
			       59, 72, "X.xxX.xxX.xX.xxx"),
			 .voices = 3},
			{PLAYS('R', ROLE_COMP, GM_DISTORTION, 70, 104, 20, 40,
			       59, 90, "X-----X-----X---|X-----X---X-X-X-"),
			 .voices = 3},
			{PLAYS('B', ROLE_BASS, GM_PICK_BASS, 96, 64, 8, 28, 43,
			       80, "1.111.111.11111a")},
			{DRUMS('D', KIT_POWER, 104, 22, "rock")},
		},
	.section =
		{
			{'I', "E5 | E5 | F5 | E5", NULL, NULL},
			{'A', "E5 | E5 | F5 | E5 | G5 | F5 | E5 | E5",
			 "1* . 1 2 1- 7,- | 1* . 1 3 1--- | 2* . 2 3 2- 1- | "
			 "1--- 5,-.. |"
			 "3* . 3 4 3- 2- | 2* . 2 4 6- 4- | 5- 4 3 1- 3 4 | "
			 "5--- ....",
			 NULL},
			{'B', "C5 | D5 | E5 | E5 | C5 | D5 | F5 | Bdim",
			 "6- 5 6 3'--- | 4'- 3' 2' 7--- | 1'--- 5- 1'- | 5-- . "
			 "5 6 5 4 |"
			 "3- 3 4 6--- | 4- 4 5 7--- | 6- 5 6 2'--- | 2'- 7 5 "
			 "7- 2'-",
			 NULL},
			{'O', "C5 D5 | F5 | C5 D5 | E5",
			 "6- 3'- 7- 4'- | 2'- 1' 2' 6--- | 6- 3'- 7- 2'- | "
			 "1'-------",
			 NULL},
		},
	.step =
		{
			{'I', "GD", 98, VARY_PLAIN},
			{'A', "GRBDT", 104, 0},
			{'A', "GRBDTU", 108, 0},
			{'B', "GRBDT", 104, 0},
			{'A', "GBDU", 98, 0},
			{'B', "GRBDTU", 110, 0},
			{'O', "GRBDTU", 112, 0},
		},
};
