/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_joy: bright and lively: major, quick, light-footed. */
#include "starter/pieces.h"

/* clang-format off */

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
			{SINGS('T', ROLE_TUNE, GM_RECORDER, 106, 60, 45, 12, 88),
			 .vibrato = 20},
			{SINGS('X', ROLE_TUNE, GM_GLOCKENSPIEL, 80, 84, 55, 12,
			       100)},
			{SINGS('H', ROLE_BELOW, GM_CLARINET, 72, 44, 45, 12,
			       90)},
			{PLAYS('G', ROLE_COMP, GM_STEEL, 85, 40, 30, 50, 69, 95,
			       "X---x-u-.-u-x-u-"),
			 .spread = 11},
			{PLAYS('A', ROLE_ARP, GM_BANJO, 79, 92, 30, 55, 76, 90,
			       "1.3.2.4.1.3.4.2.")},
			{PLAYS('P', ROLE_PAD, GM_ACCORDION, 72, 76, 40, 52, 70,
			       96, NULL),
			 .voices = 3},
			{PLAYS('B', ROLE_BASS, GM_FINGER_BASS, 106, 64, 12, 36,
			       50, 88, "1---..5-1---5-a-")},
			{DRUMS('S', KIT_ROOM, 87, 25, "folk")},
			{DRUMS('D', KIT_ROOM, 72, 25, "pop")},
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

const struct piece piece_ska = {
	.file = "harbour-ska", .title = "Harbour Ska",
	.artist = "Nine Mile Ferry", .genre = "ska",
	.tags = "happy,energetic,party,brass,instrumental",
	.valence = 0.75, .arousal = 0.75,
	.tonic = 70, .mode = MODE_MIXOLYDIAN, .bpm = 152, .beats = 4, .unit = 0.5,
	.swing = 0.55, .swing_unit = 0.5,
	.loose = 6, .room = 0.35, .ritard = 0,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_TRUMPET, 97, 56, 40, 0, 86), .vibrato = 16},
		{SINGS('X', ROLE_TUNE, GM_ALTO_SAX, 76, 78, 40, 0, 86), .vibrato = 16},
		{SINGS('H', ROLE_BELOW, GM_ALTO_SAX, 66, 80, 40, 0, 88), .vibrato = 16},
		{SINGS('N', ROLE_SECOND, GM_TROMBONE, 83, 40, 40, -12, 92), .vibrato = 14},
		{PLAYS('G', ROLE_COMP, GM_CLEAN_GUITAR, 91, 32, 30, 57, 77, 60, "..x...x...x...x."), .spread = 5},
		{PLAYS('O', ROLE_COMP, GM_ORGAN, 79, 98, 30, 58, 75, 55, "..x..ox...x..ox."), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_FINGER_BASS, 95, 64, 10, 33, 50, 90, "wwww")},
		{DRUMS('D', KIT_ROOM, 71, 25, "ska")},
	},
	.section = {
		{'I', "Bb | Ab | Eb | F7", NULL, NULL},
		{'A', "Bb | Ab | Eb | Bb | Bb | Ab | Eb F7 | Bb",
		 "1* . 3 5- 6 5 3 | 4* . 2 4- 2 1 7, | 1* . 4 6- 1' 6 4 | 5---. . 3 4 |"
		 "5* . 3 5- 6 5 3 | 4* . 2 4- 5 4 2 | 6 4 6 1' 2' 1' #7 5 | 1'- . 5 1'-..",
		 "3--- 5--- | 2--- 4--- | 4--- 6--- | 3---.... |"
		 "5--- 3--- | 4--- 2--- | 1--- 2--- | 3-. 1 1-.."},
		{'B', "Gm | Gm | Eb | Eb | Gm | C7 | F7 | F7",
		 "3-- 2 1- 6,- | 1--- 3--- | 4-- 3 1- 6,- | 1--- 4--- |"
		 "6-- 5 3- 1- | 6-- 5 #4- 2- | 5-- 4 2- #7,- | 5* . 5* . 5 5 6 #7",
		 "1------- | 6,------- | 6,------- | 1------- |"
		 "3------- | 2------- | 2------- | 2 . 2 . 2 2 2 2"},
		{'O', "Eb F7 | Bb Gm | Eb F7 | Bb",
		 "6 4 6 1' 2' 1' #7 5 | 1'- 5- 3- 6- | 6 4 6 1' 2' 1' #7 5 | 1'-......",
		 "1--- 2--- | 3--- 1--- | 1--- 2--- | 3-......"},
	},
	.step = {
		{'I', "GBDO", 92, 0},
		{'A', "TGBD", 96, 0},
		{'A', "TNGBDO", 102, VARY_ANTICIPATE},
		{'B', "XNGBDO", 98, 0},
		{'A', "TXNGBDO", 106, VARY_DECORATE},
		{'B', "THNGBDO", 104, 0},
		{'O', "TXNGBDO", 110, 0},
	},
};

const struct piece piece_pixel = {
	.file = "pixel-picnic", .title = "Pixel Picnic",
	.artist = "Pocket Observatory", .genre = "chiptune",
	.tags = "happy,excited,retro,game,instrumental",
	.valence = 0.9, .arousal = 0.85,
	.tonic = 74, .mode = MODE_MAJOR, .bpm = 150, .beats = 4, .unit = 0.5,
	.loose = 0, .room = 0.2, .ritard = 0,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_SQUARE, 85, 58, 22, 0, 84), .vibrato = 24},
		{SINGS('U', ROLE_TUNE, GM_SQUARE, 56, 92, 30, -12, 60)},
		{SINGS('H', ROLE_BELOW, GM_SAW, 56, 84, 22, 0, 84)},
		{PLAYS('A', ROLE_ARP, GM_SQUARE, 71, 36, 20, 60, 81, 60, "1234123412341234"), .voices = 4},
		{PLAYS('P', ROLE_COMP, GM_SQUARE, 70, 88, 20, 55, 74, 45, "..x...x...x...x."), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_SYNTH_BASS, 112, 64, 5, 36, 50, 70, "1.8.1.8.1.8.1.8.")},
		{DRUMS('D', KIT_ELECTRONIC, 75, 12, "chip")},
	},
	.section = {
		{'I', "D | A/C# | Bm | G A", NULL, NULL},
		{'A', "D | A/C# | Bm | G | D/F# | G | Em A | D",
		 "1 3 5 3 1' 7 6 5 | 2 5 7 5 2'- 7 5 | 6, 1 3 6 1'- 7 6 | 4 6 1' 7 6--- |"
		 "5 3 5 7 1' 7 6 5 | 6 4 6 7 1'- 6 4 | 2 4 6 4 5 6 7 2' | 1'- . 5 1'-..", NULL},
		{'B', "Bm | F#m | G | D | Bm | F#m | Em7 | A7sus4 A7",
		 "1'-- 7 6- 3- | 5-- 6 5- 3- | 4-- 5 6- 1'- | 5-- 4 3--- |"
		 "3-- 5 6- 1'- | 7-- 6 5- 3- | 4 4 6 6 1'- 6- | 5- 2'- 7- 5 7", NULL},
		{'O', "G A | F#m Bm | G A | D",
		 "6 4 6 1' 7 5 7 2' | 1' 5 3 5 6 3 1 3 | 4 6 1' 6 5 6 7 2' | 1'-......", NULL},
	},
	.step = {
		{'I', "AB", 88, 0},
		{'A', "TABD", 96, 0},
		{'A', "TUABDP", 100, VARY_DECORATE},
		{'B', "THABDP", 96, 0},
		{'A', "TUHABDP", 102, 0},
		{'B', "TUABP", 90, VARY_DECORATE | VARY_SWELL},
		{'O', "TUHABDP", 106, 0},
	},
};

const struct piece piece_parade = {
	.file = "button-parade", .title = "Button Parade",
	.artist = "Lower Quay Brass", .genre = "march",
	.tags = "happy,proud,festive,brass,instrumental",
	.valence = 0.7, .arousal = 0.4,
	.tonic = 70, .mode = MODE_MAJOR, .bpm = 116, .beats = 4, .unit = 0.5,
	.loose = 6, .room = 0.55, .ritard = 4,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_TRUMPET, 77, 54, 50, 0, 82), .vibrato = 12},
		{SINGS('H', ROLE_BELOW, GM_HORNS, 42, 80, 55, 0, 86)},
		{SINGS('F', ROLE_TUNE, GM_PICCOLO, 51, 44, 55, 12, 84)},
		{SINGS('N', ROLE_SECOND, GM_TROMBONE, 64, 74, 50, -12, 94), .vibrato = 12},
		{SINGS('C', ROLE_TUNE, GM_CLARINET, 95, 60, 50, -12, 96), .vibrato = 14},
		{PLAYS('G', ROLE_COMP, GM_HORNS, 61, 88, 50, 55, 72, 60, "....x.......x..."), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_TUBA, 118, 64, 35, 34, 50, 75, "1-......5-......")},
		{DRUMS('D', KIT_ORCHESTRA, 66, 45, "march")},
	},
	.section = {
		{'I', "Bb | F7 | Bb | F7", "5- 5 5 5- 3- | 5- 5 5 5- 7,- | 1- 3- 5- 3- | 5--- ....", NULL},
		{'A', "Bb | Gm | Cm | F7 | Bb Bb/D | Eb Edim | Bb/F F7 | Bb",
		 "1- 1 2 3- 1- | 3- 3 2 1- 6,- | 2- 2 3 4- 2- | 5-----.. |"
		 "5- 5 6 5 4 3 1 | 6- 6 7 1'- 6- | 5- 3 1 2- 4- | 1-- 1 1-..",
		 "5--- 3--- | 1--- 3--- | 4--- 6--- | 7- 6- 5- 4- |"
		 "3--- 5--- | 4--- #4--- | 5--- 4--- | 3-- 3 3-.."},
		{'B', "Eb | Eb | Bb | Bb | C7 | C7 | F7 | F7",
		 "1'--- 6- 4- | 6--- 4--- | 5--- 3- 1- | 5-----.. |"
		 "6--- #4- 6- | 1'--- 6- #4- | 5--- 7- 2'- | 5- 5 5 5- 4 2",
		 "4------- | 1--- 4--- | 3------- | 1--- 3--- |"
		 "#4------- | 6--- 1'--- | 7--- 5--- | 4-------"},
		{'O', "Bb | Eb Edim | Bb/F F7 | Bb",
		 "5- 5 6 5 4 3 1 | 6- 6 7 1'- 6- | 5- 3- 2- 7,- | 1-------",
		 "3--- 5--- | 4--- #4--- | 5--- 4--- | 3-------"},
	},
	.step = {
		{'I', "TBD", 92, 0},
		{'A', "TGBD", 92, 0},
		{'A', "TFNGBD", 100, 0},
		{'B', "CGB", 84, VARY_PLAIN},
		{'A', "TFHNGBD", 108, VARY_DECORATE},
		{'O', "TFHNGBD", 110, 0},
	},
};
