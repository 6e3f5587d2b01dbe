/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_tense: angry, driven: minor or phrygian, loud, hard accents. */
#include "starter/pieces.h"

/* clang-format off */

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
			{SINGS('T', ROLE_TUNE, GM_OVERDRIVE, 101, 70, 40, 0, 94),
			 .vibrato = 40},
			{SINGS('U', ROLE_TUNE, GM_SAW, 56, 54, 40, 12, 90),
			 .chorus = 40, .vibrato = 20},
			{PLAYS('G', ROLE_COMP, GM_DISTORTION, 85, 24, 20, 40,
			       59, 72, "X.xxX.xxX.xX.xxx"),
			 .voices = 3},
			{PLAYS('R', ROLE_COMP, GM_DISTORTION, 68, 104, 20, 40,
			       59, 90, "X-----X-----X---|X-----X---X-X-X-"),
			 .voices = 3},
			{PLAYS('B', ROLE_BASS, GM_PICK_BASS, 110, 64, 8, 28, 43,
			       80, "1.111.111.11111a")},
			{DRUMS('D', KIT_POWER, 75, 22, "rock")},
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

const struct piece piece_freight = {
	.file = "night-freight", .title = "Night Freight",
	.artist = "Halfpenny Circuit", .genre = "techno",
	.tags = "tense,driving,dark,electronic,instrumental",
	.valence = -0.35, .arousal = 0.7,
	.tonic = 69, .mode = MODE_MINOR, .bpm = 130, .beats = 4, .unit = 0.5,
	.loose = 0, .room = 0.5, .ritard = 0,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_SAW, 71, 58, 45, 0, 80), .chorus = 30},
		{SINGS('U', ROLE_TUNE, GM_SQUARE, 46, 96, 60, 0, 60)},
		{SINGS('L', ROLE_TUNE, GM_SYNTH_STRINGS, 80, 64, 60, 0, 100), .chorus = 30},
		{PLAYS('A', ROLE_ARP, GM_POLY, 89, 40, 40, 57, 76, 60, "1.3.2.4.1.3.2.41|1.3.2.4.3.1.4.23")},
		{PLAYS('G', ROLE_COMP, GM_SAW, 59, 84, 40, 57, 74, 40, "..x..x....x..x.x"), .voices = 3, .chorus = 30},
		{PLAYS('P', ROLE_PAD, GM_SWEEP, 69, 64, 60, 50, 69, 100, NULL), .chorus = 30},
		{PLAYS('B', ROLE_BASS, GM_SYNTH_BASS, 100, 64, 5, 33, 48, 65, "..11..1...11..8.|..11..1...11.8.a")},
		{DRUMS('D', KIT_808, 69, 12, "techno")},
	},
	.section = {
		{'I', "Am | Am | F | G", NULL, NULL},
		{'A', "Am | Am | F | G | Am | Am | F | Em",
		 "5-- 3 . 3 1 . | 5-- 3 . 4 3 1 | 6-- 3 . 3 1 . | 7-- 4 . 4 2 . |"
		 "5-- 3 . 3 1 . | 1'-- 5 . 5 3 1 | 6-- 3 . 4 3 1 | 7--- 2---", NULL},
		{'B', "Dm | Am | F | E7 | Dm | Am | F | E7",
		 "4--- 6--- | 5--- 3--- | 1--- 6,--- | #7,--- 2--- |"
		 "4--- 6--- | 5--- 1'--- | 6--- 3--- | 5--- #7---", NULL},
		{'O', "Am | F | E7 | Am",
		 "5-- 3 . 3 1 . | 6-- 3 . 3 1 . | 5-- 2 . 4 2 #7, | 1-......", NULL},
	},
	.step = {
		{'I', "BD", 92, VARY_PLAIN},
		{'I', "ABD", 94, 0},
		{'A', "TABDG", 98, 0},
		{'B', "LAP", 84, VARY_SWELL},
		{'A', "TUABDGP", 104, 0},
		{'B', "LTABDG", 102, 0},
		{'O', "TUABDGP", 106, 0},
	},
};

const struct piece piece_clock = {
	.file = "red-clock", .title = "Red Clock",
	.artist = "The Lanternfish", .genre = "cinematic",
	.tags = "angry,threat,chase,orchestral,instrumental",
	.valence = -0.8, .arousal = 0.6,
	.tonic = 60, .mode = MODE_MINOR, .bpm = 146, .beats = 5, .unit = 0.5,
	.loose = 5, .room = 0.6, .ritard = 0,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_HORNS, 69, 54, 60, 0, 98), .vibrato = 10},
		{SINGS('U', ROLE_TUNE, GM_TRUMPET, 63, 74, 60, 12, 94), .vibrato = 14},
		{SINGS('H', ROLE_BELOW, GM_TROMBONE, 74, 78, 60, 0, 98)},
		{PLAYS('A', ROLE_ARP, GM_STRINGS, 76, 44, 45, 48, 68, 45, "1.1.2.1.1.3.1.2.1.3.")},
		{PLAYS('X', ROLE_ARP, GM_PIZZICATO, 100, 90, 45, 60, 79, 60, "4...3...2...4...3...")},
		{PLAYS('G', ROLE_COMP, GM_BRASS, 89, 64, 55, 50, 69, 50, "X.....X.........X...|X.....X.....x.x.X..."), .voices = 4},
		{PLAYS('P', ROLE_PAD, GM_TREMOLO, 73, 64, 65, 55, 74, 100, NULL), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_CONTRABASS, 118, 64, 35, 31, 46, 60, "1..1..1.5.")},
		{PLAYS('K', ROLE_BASS, GM_TIMPANI, 80, 64, 50, 36, 48, 90, "1.......5.")},
		{DRUMS('D', KIT_ORCHESTRA, 70, 45, "five")},
	},
	.section = {
		{'I', "Cm | Cm | Cm | G7b9", NULL, NULL},
		{'A', "Cm | Cm | Ab | Ab | Fm | Fm | G7 | G7",
		 "5----- 3- 1- | 5----- 6- 5- | 6----- 5- 6- | 1'---- 3'-- 1'- |"
		 "6----- 5- 4- | 4----- 3- 2- | 2----- 3- 4- | 5--------.", NULL},
		{'B', "Db | Cm | Db | Cm | Fm | Ab | G7b9 | G7b9",
		 "4----- 6- 4- | 5----- 3- 1- | 6----- 4- 6- | 1'----- 7- 5- |"
		 "1'----- 6- 1'- | 3'----- 1'- 6- | 2'----- 1'- #7- | #7---- 5-- 4-", NULL},
		{'O', "Fm | Db | G7b9 | Cm",
		 "1'----- 6- 4- | 4----- 6- 1'- | #7----- 6- 4- | 1'---------", NULL},
	},
	.step = {
		{'I', "AB", 88, VARY_SWELL},
		{'A', "TABKX", 94, 0},
		{'A', "THABKXDP", 102, 0},
		{'B', "UABKPG", 98, VARY_SWELL},
		{'A', "TUHABKGDP", 110, 0},
		{'O', "TUHABKGDP", 112, 0},
	},
};
