/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_play: playful and surprising: odd metres, leaps, sudden turns. */
#include "starter/pieces.h"

/* clang-format off */

const struct piece piece_jack = {
	.file = "jack-in-the-box", .title = "Jack in the Box",
	.artist = "Kestrel and Vole", .genre = "polka",
	.tags = "surprise,playful,comic,quirky,instrumental",
	.valence = 0.45, .arousal = 0.8,
	.tonic = 65, .mode = MODE_MAJOR, .bpm = 150, .beats = 4, .unit = 0.5,
	.loose = 6, .room = 0.4, .ritard = 0,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_CLARINET, 84, 58, 40, 12, 62)},
		{SINGS('X', ROLE_TUNE, GM_XYLOPHONE, 99, 82, 45, 12, 90)},
		{SINGS('S', ROLE_TUNE, GM_PICCOLO, 43, 46, 45, 24, 60)},
		{SINGS('L', ROLE_TUNE, GM_BASSOON, 82, 68, 45, -12, 84), .vibrato = 12},
		{SINGS('H', ROLE_BELOW, GM_PIZZICATO, 79, 40, 45, 12, 60)},
		{PLAYS('G', ROLE_COMP, GM_PIZZICATO, 68, 46, 40, 55, 74, 60, "..x...x...x...x."), .voices = 3},
		{PLAYS('O', ROLE_COMP, GM_ACCORDION, 72, 90, 35, 55, 74, 40, "..x...x...x...x."), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_TUBA, 118, 64, 25, 34, 50, 60, "1...5...1...5...")},
		{DRUMS('D', KIT_ROOM, 56, 25, "polka")},
	},
	.section = {
		{'I', "F | C7 | F | C7", NULL, NULL},
		{'A', "F | F | Gm | C7 | F | Db | C7 | F",
		 "5 #4 5 3 1 . 3 . | 5 #4 5 6 5 . 3 . | 4 3 4 2 6, . 2 . | 4 3 2 7, 5, ... |"
		 "5 #4 5 3 1 . 5 . | b6* 5 b6 1' b6 . b3 . | 5 6 7 5 2' . 7 . | 1' . 5 . 1...", NULL},
		{'B', "Dm | G7 | Dm | G7 | Bb | Bdim7 | F/C | C7",
		 "6,-- 1 3- 1- | 2-- #4 6- #4- | 3-- 1 6,- 1- | 2--- 6,--- |"
		 "4 4 6 6 1'- 6- | #4 #4 6 6 1'- b3'- | 5- 1'- 3'- 1'- | 2'* . 7* . 5*...", NULL},
		{'O', "Gm C7 | F Db | Gm C7 | F",
		 "4 3 4 2 5 . 7 . | 1' . 5 . b6 . 1' . | 2 4 6 4 5 6 7 . | 1'-......", NULL},
	},
	.step = {
		{'I', "GB", 86, 0},
		{'A', "TGBD", 94, 0},
		{'A', "TXGBDO", 100, 0},
		{'B', "LGB", 92, VARY_PLAIN},
		{'A', "TXSGBDO", 104, VARY_DECORATE},
		{'B', "LXHGBDO", 100, 0},
		{'O', "TXSHGBDO", 110, 0},
	},
};

const struct piece piece_seven = {
	.file = "seven-left-shoes", .title = "Seven Left Shoes",
	.artist = "Kestrel and Vole", .genre = "balkan folk",
	.tags = "playful,surprise,dance,odd metre,instrumental",
	.valence = 0.35, .arousal = 0.6,
	.tonic = 67, .mode = MODE_MIXOLYDIAN, .bpm = 276, .beats = 7, .unit = 1,
	.loose = 6, .room = 0.4, .ritard = 7,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_CLARINET, 101, 58, 40, 0, 84), .vibrato = 12},
		{SINGS('V', ROLE_TUNE, GM_FIDDLE, 85, 78, 45, 0, 92), .vibrato = 22},
		{SINGS('H', ROLE_BELOW, GM_ACCORDION, 76, 84, 40, 0, 90)},
		{PLAYS('G', ROLE_COMP, GM_STEEL, 87, 40, 30, 50, 69, 55, "X.x.X.x.X.x.x."), .spread = 7},
		{PLAYS('O', ROLE_COMP, GM_ACCORDION, 89, 94, 35, 55, 72, 50, "..x...x...x.x."), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_UPRIGHT, 113, 64, 15, 33, 48, 80, "1...5...1.5.a.")},
		{DRUMS('D', KIT_ROOM, 74, 25, "seven")},
	},
	.section = {
		{'I', "G | F | G | G", NULL, NULL},
		{'A', "G | G | F | G | G | C | F | G",
		 "1 2 3 4 5 4 3 | 5- 4- 3 2 1 | 4 3 2 1 7,- 2 | 1- 1- 1-- |"
		 "5 4 3 4 5 6 7 | 6- 5- 4 5 6 | 4 5 4 3 2 1 7, | 1- 1- 1--", NULL},
		{'B', "Em | Em | C | G | Am | Em | F | D7",
		 "3'- 2'- 1' 7 6 | 1'- 7- 6-- | 6- (56)- 4 5 6 | 5- 5- 5-- |"
		 "6 7 1' 7 6 5 4 | 3- 4- 5 4 3 | 2- 3- 4 3 2 | #7,- 2- 5--", NULL},
		{'O', "C | G | D7 | G",
		 "6- 5- 4 5 6 | 5 4 3 4 5 6 7 | 4 3 2 1 #7,- 2 | 1------", NULL},
	},
	.step = {
		{'I', "GBD", 88, 0},
		{'A', "TGBD", 94, 0},
		{'A', "TVGBDO", 98, VARY_DECORATE},
		{'B', "VGBDO", 96, 0},
		{'A', "TVHGBDO", 102, VARY_DECORATE},
		{'B', "TVHGBDO", 104, 0},
		{'O', "TVHGBDO", 108, 0},
	},
};

const struct piece piece_surf = {
	.file = "salt-and-chrome", .title = "Salt and Chrome",
	.artist = "Halfpenny Circuit", .genre = "surf rock",
	.tags = "excited,thrill,fast,guitar,instrumental",
	.valence = 0.15, .arousal = 0.95,
	.tonic = 64, .mode = MODE_HARMONIC_MINOR, .bpm = 166, .beats = 4, .unit = 0.5,
	.loose = 4, .room = 0.7, .ritard = 0,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_CLEAN_GUITAR, 99, 56, 75, 0, 84)},
		{SINGS('U', ROLE_TUNE, GM_TENOR_SAX, 78, 80, 40, 0, 84), .vibrato = 16},
		{SINGS('H', ROLE_BELOW, GM_STEEL, 87, 88, 50, 0, 84)},
		{PLAYS('G', ROLE_COMP, GM_CLEAN_GUITAR, 69, 28, 45, 47, 66, 60, "x.x.x.xux.x.x.xu"), .spread = 5},
		{PLAYS('O', ROLE_COMP, GM_ORGAN_ROCK, 65, 96, 40, 55, 74, 70, "x---..x-x---..x-"), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_PICK_BASS, 118, 64, 15, 28, 45, 80, "1.1.1.5.1.1.5.a.")},
		{DRUMS('D', KIT_STANDARD, 77, 35, "surf")},
	},
	.section = {
		{'I', "Em | Em | Am | B7", NULL, NULL},
		{'A', "Em | Em | Am | Em | C | Am | B7 | Em",
		 "1 1 3 1 5- 3- | 1 1 3 1 5- 6 5 | 4 4 6 4 1'- 6- | 5---.... |"
		 "6 6 5 6 1'- 6- | 4 4 3 4 6- 4- | 5 4 2 7, 2- 4- | 3- 2- 1-..", NULL},
		{'B', "G | D | C | B7 | G | D | C B7 | Em",
		 "5- 5 6 5- 3- | 4- 4 5 4- 2- | 3- 3 4 3- 1- | 2--- 5,--- |"
		 "5- 5 6 b7- 5- | 4- 5 6 4- 2- | 1- 3- 2- 7,- | 1---....", NULL},
		{'O', "Am | C | B7 | Em",
		 "4 4 6 4 1'- 6- | 6 6 5 6 1'- 6- | 7 7 5 4 2- 7,- | 1-......", NULL},
	},
	.step = {
		{'I', "BD", 92, 0},
		{'A', "TGBD", 98, 0},
		{'A', "TGBDO", 102, VARY_DECORATE},
		{'B', "THGBDO", 100, 0},
		{'A', "UGBDO", 102, VARY_ANTICIPATE},
		{'B', "TUHGBDO", 106, 0},
		{'O', "TUGBDO", 110, 0},
	},
};
