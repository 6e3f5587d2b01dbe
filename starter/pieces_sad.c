/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_sad: sad and reflective: minor, slow, low, legato. */
#include "starter/pieces.h"

/* clang-format off */

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
			{SINGS('T', ROLE_TUNE, GM_PIANO, 108, 66, 55, 0, 104)},
			{SINGS('C', ROLE_TUNE, GM_CLARINET, 57, 76, 65, 0, 98),
			 .vibrato = 18},
			{SINGS('H', ROLE_BELOW, GM_VIOLA, 42, 48, 70, 0, 98),
			 .vibrato = 26},
			{PLAYS('A', ROLE_ARP, GM_PIANO, 107, 58, 55, 48, 67, 150,
			       "1-24-3"),
			 .voices = 4},
			{PLAYS('P', ROLE_PAD, GM_SLOW_STRINGS, 48, 64, 80, 50,
			       69, 100, NULL)},
			{PLAYS('B', ROLE_BASS, GM_CELLO, 51, 56, 55, 36, 50, 96,
			       "1-----")},
			{PLAYS('L', ROLE_BASS, GM_PIANO, 97, 54, 50, 33, 47,
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

const struct piece piece_letter = {
	.file = "letter-never-sent", .title = "Letter Never Sent",
	.artist = "Vera Holm", .genre = "chamber",
	.tags = "sad,grief,longing,cello,instrumental",
	.valence = -0.85, .arousal = -0.65,
	.tonic = 62, .mode = MODE_MINOR, .bpm = 62, .beats = 4, .unit = 0.5,
	.loose = 13, .room = 0.8, .ritard = 6,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_CELLO, 97, 62, 70, -12, 103), .vibrato = 36},
		{SINGS('V', ROLE_TUNE, GM_VIOLIN, 77, 52, 75, 0, 103), .vibrato = 34},
		{SINGS('N', ROLE_SECOND, GM_ENGLISH_HORN, 72, 78, 75, 0, 100), .vibrato = 20},
		{PLAYS('A', ROLE_ARP, GM_NYLON, 118, 46, 55, 50, 67, 170, "1---3---2---4---")},
		{PLAYS('P', ROLE_PAD, GM_SLOW_STRINGS, 83, 64, 85, 50, 67, 102, NULL)},
		{PLAYS('B', ROLE_BASS, GM_CONTRABASS, 88, 60, 50, 31, 45, 100, "1---------------")},
	},
	.section = {
		{'I', "Dm | Bbmaj7", NULL, NULL},
		{'A', "Dm | Dm/C | Bbmaj7 | A7 | Gm | Dm/F | Em7b5 A7 | Dm",
		 "5-- 4 3--- | 3-- 4 5- 1- | 6,-- 1 3- 5- | 4-- 3 2--- |"
		 "6-- 5 4- 1- | 5-- 4 3--- | 4- 3 2 #7,- 2- | 1------.",
		 "........ | ........ | ........ | ..5--- #7- |"
		 "1'------- | 1'--- 7- 5- | 6--- 5--- | 3------."},
		{'B', "F | C/E | Dm | Bb | Gm | Dm/F | A7sus4 | A7",
		 "5-- 7 3'--- | 2'-- 1' 7--- | 1'-- 7 5- 3- | 6-- 5 6--- |"
		 "6-- 1' 4'- 3'- | 3'-- 2' 1'- 5- | 5--- 1'--- | #7--- 5---",
		 "3------- | 4--- 2--- | 3--- 1--- | 3--- 1--- |"
		 "4--- 6--- | 5--- 3--- | 4------- | 2---4---"},
		{'O', "Gm | Dm/F | Em7b5 A7 | Dm",
		 "6-- 5 4- 1- | 5-- 4 3--- | 4- 3 2 #7,- 2- | 1-------",
		 "1'------- | 1'--- 7- 5- | 6--- 5--- | 3-------"},
	},
	.step = {
		{'I', "APB", 72, 0},
		{'A', "TAPB", 84, 0},
		{'B', "TVNAPB", 98, 0},
		{'O', "TNAPB", 80, 0},
	},
};

const struct piece piece_tide = {
	.file = "low-tide-blues", .title = "Low Tide Blues",
	.artist = "Odile Marr Trio", .genre = "blues",
	.tags = "melancholy,lonely,night,saxophone,instrumental",
	.valence = -0.4, .arousal = -0.3,
	.tonic = 60, .mode = MODE_MINOR, .bpm = 72, .beats = 4, .unit = 0.5,
	.swing = 0.655, .swing_unit = 0.5,
	.loose = 10, .room = 0.5, .bright_db = -2, .ritard = 4,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_TENOR_SAX, 97, 62, 50, 0, 96), .vibrato = 30},
		{SINGS('M', ROLE_TUNE, GM_MUTED_TRUMPET, 113, 72, 50, 0, 92), .vibrato = 20},
		{SINGS('N', ROLE_SECOND, GM_JAZZ_GUITAR, 84, 44, 40, 0, 96)},
		{PLAYS('E', ROLE_COMP, GM_EPIANO, 69, 50, 40, 51, 68, 90, "..x-..x-....x-..|....x---..x-...."), .spread = 8},
		{PLAYS('B', ROLE_BASS, GM_UPRIGHT, 95, 64, 20, 33, 50, 94, "wwww")},
		{DRUMS('D', KIT_BRUSH, 74, 30, "swing")},
	},
	.section = {
		{'I', "Cm7 Fm7 | Dm7b5 G7", NULL, NULL},
		{'A', "Cm7 | Fm7 | Cm7 | Cm7 | Fm7 | Fm7 | Cm7 | Cm7 | Ab7 | G7b9 | Cm7 | Dm7b5 G7",
		 ". 5, 1 4 3- 1- | 1---.... | . 5, 1 4 3 1 7, 1 | 5,---.... |"
		 ". 1 3 4 6- 4- | 3---.... | . 5, 1 4 3 1 7, 5, | 1---.... |"
		 ". 3 4 5 6- 5- | 5- 4 2 #7,--- | 1---. . 5, 7, | 1- 2 4 5---",
		 "........ | ..... 3' 1' 6 | 5-...... | ..... 7 5 4 |"
		 "3-...... | ..... 1' 6 4 | 3-...... | .... 5 3' 1' 7 |"
		 "6-...... | ........ | . . 3' 1' 7 5 4 3 | 2-...... "},
		{'B', "Cm7 | Fm7 | Cm7 | Cm7 | Fm7 | Fm7 | Cm7 | Cm7 | Ab7 | G7b9 | Cm7 | Dm7b5 G7",
		 "5 7 1' 3' 1'- 7 5 | 4 6 1' 3' 1'--- | . 3' 1' 7 5 4 3 1 | 5---. 5 b5 4 |"
		 "3 . 4 6 1'- 6- | 1' 3' 1' 6 4--- | 3'--- 1'- 7 5 | (575)- 4 3 1--- |"
		 "6 1' 3'- 1'- 6- | 5- 6 5 4 2 #7, 2 | 1-- 3 5- 3- | 4- 2- #7,---", NULL},
		{'O', "Fm7 G7b9 | Cm9", "4 . 3 4 2- #7,- | 1-------", NULL},
	},
	.step = {
		{'I', "EBD", 82, 0},
		{'A', "TNEBD", 92, 0},
		{'B', "MEBD", 96, 0},
		{'O', "TEBD", 84, VARY_PLAIN},
	},
};
