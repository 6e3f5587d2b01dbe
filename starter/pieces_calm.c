/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_calm: calm and content: slow or easy, soft, consonant. */
#include "starter/pieces.h"

/* clang-format off */

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
			{SINGS('V', ROLE_TUNE, GM_VIBRAPHONE, 106, 74, 55, 0,
			       98)},
			{SINGS('F', ROLE_TUNE, GM_FLUTE, 77, 58, 60, 12, 96),
			 .vibrato = 26},
			{PLAYS('G', ROLE_COMP, GM_NYLON, 89, 44, 40, 52, 70, 88,
			       "x-.x-.x-..x-.x-."),
			 .spread = 6},
			{PLAYS('P', ROLE_PAD, GM_SLOW_STRINGS, 67, 64, 70, 53,
			       72, 99, NULL),
			 .chorus = 20},
			{PLAYS('B', ROLE_BASS, GM_FRETLESS, 103, 64, 15, 36, 50,
			       92, "1-----5-5-----a-")},
			{DRUMS('D', KIT_STANDARD, 79, 30, "bossa")},
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

const struct piece piece_river = {
	.file = "slow-river", .title = "Slow River",
	.artist = "Kestrel and Vole", .genre = "folk",
	.tags = "calm,gentle,nature,acoustic,instrumental",
	.valence = 0.5, .arousal = -0.55,
	.tonic = 67, .mode = MODE_MAJOR, .bpm = 76, .beats = 4, .unit = 0.5,
	.loose = 11, .room = 0.65, .ritard = 6,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_FLUTE, 97, 58, 60, 12, 100), .vibrato = 24},
		{SINGS('C', ROLE_TUNE, GM_CELLO, 80, 72, 60, -12, 102), .vibrato = 30},
		{SINGS('H', ROLE_BELOW, GM_CLARINET, 69, 76, 60, 12, 100)},
		{PLAYS('A', ROLE_ARP, GM_NYLON, 104, 48, 45, 50, 69, 160, "1-3-2-4-1-3-4-2-|1-3-2-4-3-2-4-3-")},
		{PLAYS('X', ROLE_ARP, GM_HARP, 62, 86, 60, 62, 84, 200, "....4-......5-6-|......4-..5-....")},
		{PLAYS('P', ROLE_PAD, GM_SLOW_STRINGS, 63, 64, 80, 52, 71, 100, NULL)},
		{PLAYS('B', ROLE_BASS, GM_UPRIGHT, 112, 60, 25, 38, 50, 98, "1-------5-----a-|1-------1-----5-")},
	},
	.section = {
		{'I', "G | Cmaj7", NULL, NULL},
		{'A', "G | D/F# | Em7 | C | G/B | Am7 | D7sus4 D7 | G",
		 "5,-- 1 3--- | 2-- 1 2- 5,- | 6,-- 1 3- 5- | 4-- 3 1--- |"
		 "5-- 3 5- 6- | 6-- 5 4- 2- | 2- 1 2 4- 2- | 1----- ..", NULL},
		{'B', "Em | Bm7 | C | G | Am7 | G/B | C | D7sus4",
		 "3'-- 2' 1'- 6- | 2'-- 7 5--- | 1'-- 6 4- 6- | 5----- 3- |"
		 "4- 6- 1'-- 2' | 3'-- 2' 1'- 5- | 6-- 1' 6- 4- | 5-- 4 2- 5,-", NULL},
		{'O', "C | G", "4-- 3 2 1 6,- | 1-------", NULL},
	},
	.step = {
		{'I', "A", 80, 0},
		{'A', "TAB", 88, 0},
		{'B', "CABPX", 94, 0},
		{'A', "THABPX", 92, VARY_DECORATE},
		{'O', "TABP", 80, 0},
	},
};

const struct piece piece_porcelain = {
	.file = "porcelain-morning", .title = "Porcelain Morning",
	.artist = "Pocket Observatory", .genre = "ambient",
	.tags = "peaceful,still,sleep,meditation,instrumental",
	.valence = 0.4, .arousal = -0.85,
	.tonic = 74, .mode = MODE_LYDIAN, .bpm = 62, .beats = 4, .unit = 0.5,
	.loose = 16, .room = 0.85, .ritard = 4,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_VIBRAPHONE, 90, 70, 85, 0, 130)},
		{SINGS('U', ROLE_TUNE, GM_OCARINA, 47, 54, 90, 0, 104), .vibrato = 14},
		{PLAYS('P', ROLE_PAD, GM_WARM_PAD, 80, 64, 80, 50, 69, 104, NULL), .chorus = 40},
		{PLAYS('C', ROLE_PAD, GM_OOHS, 64, 64, 90, 57, 76, 104, NULL), .voices = 3},
		{PLAYS('A', ROLE_ARP, GM_EPIANO, 73, 46, 80, 57, 78, 220, "1---3---2---4---|1---2---4---5---"), .chorus = 30},
		{PLAYS('X', ROLE_ARP, GM_CELESTA, 80, 88, 90, 69, 88, 200, "........4-......|......3-....5---")},
		{PLAYS('B', ROLE_BASS, GM_FRETLESS, 74, 64, 30, 38, 50, 100, "1---------------")},
	},
	.section = {
		{'I', "Dmaj9 | E/D", NULL, NULL},
		{'A', "Dmaj9 | Dmaj9 | E/D | E/D | Bm7 | F#m7 | E9sus4 | Dmaj9",
		 "....5--- | 7------- | 6--- 4--- | 2------- |"
		 "....3--- | 5--- 2--- | 1--- 2--- | 3-------", NULL},
		{'B', "Bm7 | C#m7 | Dmaj9 | E9sus4",
		 "6--- 5--- | 4--- 2--- | 3--- 5--- | 6-------", NULL},
		{'O', "E/D | Dmaj9", "4--- 2--- | 3-------", NULL},
	},
	.step = {
		{'I', "PA", 76, 0},
		{'A', "TPAB", 84, 0},
		{'B', "UPABCX", 88, 0},
		{'A', "TUPABCX", 88, 0},
		{'O', "TPCA", 74, 0},
	},
};

const struct piece piece_veranda = {
	.file = "veranda-radio", .title = "Veranda Radio",
	.artist = "Nine Mile Ferry", .genre = "reggae",
	.tags = "relaxed,sunny,content,easygoing,instrumental",
	.valence = 0.65, .arousal = -0.1,
	.tonic = 60, .mode = MODE_MAJOR, .bpm = 76, .beats = 4, .unit = 0.5,
	.swing = 0.56, .swing_unit = 0.25,
	.loose = 9, .room = 0.45, .ritard = 4,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_STEEL_DRUM, 94, 72, 45, 12, 100)},
		{SINGS('M', ROLE_TUNE, GM_HARMONICA, 57, 54, 50, 12, 96), .vibrato = 18},
		{SINGS('H', ROLE_BELOW, GM_TROMBONE, 52, 82, 50, 0, 94), .vibrato = 14},
		{PLAYS('G', ROLE_COMP, GM_CLEAN_GUITAR, 57, 36, 35, 55, 74, 40, "....x.......x...|....x.......x.o."), .spread = 6},
		{PLAYS('O', ROLE_COMP, GM_ORGAN, 52, 92, 35, 55, 74, 50, "..x.o.x...x.o.x."), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_FINGER_BASS, 71, 64, 8, 31, 48, 85, "1--1..3.5-..5.3.|1--1..5.8-..5.a.")},
		{PLAYS('P', ROLE_PAD, GM_SLOW_STRINGS, 46, 64, 60, 55, 74, 100, NULL)},
		{DRUMS('D', KIT_ROOM, 48, 30, "reggae")},
	},
	.section = {
		{'I', "C | G7", NULL, NULL},
		{'A', "C | Am | F | G | C | Am | Dm7 | G7 C",
		 ". 5 3 6 5- 3- | . 6 5 6 1'- 6- | . 1' 6 5 4- 6- | 5---. 2 3 4 |"
		 "5 . 3 6 5- 3- | 1' . 6 5 3- 1- | 4 . 2 4 6- 4- | 5- 4 2 1---", NULL},
		{'B', "F | C/E | Dm7 | C | F | C/E | Dm7 | G7sus4",
		 "6-- 5 4- 6- | 5-- 3 1--- | 4-- 3 2- 4- | 3-----.. |"
		 "6-- 5 6- 1'- | 1'-- 7 5--- | 4-- 6 1'- 6- | 5-- 6 5- 2-", NULL},
		{'O', "Dm7 G7 | C", "4 . 2 4 5 4 2 7, | 1-------", NULL},
	},
	.step = {
		{'I', "GBDO", 88, 0},
		{'A', "TGBD", 92, VARY_PLAIN},
		{'B', "MHGBDOP", 94, 0},
		{'A', "TMGBDOP", 98, VARY_DECORATE},
		{'O', "TGBDO", 90, VARY_PLAIN},
	},
};
