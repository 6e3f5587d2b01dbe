/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_easy: nostalgic and neutral: neither bright nor dark, to work by. */
#include "starter/pieces.h"

/* clang-format off */

const struct piece piece_polaroids = {
	.file = "attic-polaroids", .title = "Attic Polaroids",
	.artist = "Pocket Observatory", .genre = "lo-fi",
	.tags = "nostalgic,mellow,study,beats,instrumental",
	.valence = 0.15, .arousal = -0.4,
	.tonic = 63, .mode = MODE_MAJOR, .bpm = 78, .beats = 4, .unit = 0.5,
	.swing = 0.58, .swing_unit = 0.25,
	.loose = 12, .room = 0.45, .ritard = 4,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_JAZZ_GUITAR, 106, 66, 50, 0, 98)},
		{SINGS('V', ROLE_TUNE, GM_VIBRAPHONE, 76, 80, 60, 0, 110)},
		{PLAYS('E', ROLE_COMP, GM_EPIANO, 71, 52, 45, 48, 66, 96, "x-------..o-x---|x-----x-----....") , .spread = 14, .chorus = 40},
		{PLAYS('P', ROLE_PAD, GM_WARM_PAD, 63, 64, 60, 52, 69, 100, NULL), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_FINGER_BASS, 90, 64, 8, 31, 48, 90, "1-----..5-1-..a-|1-----..1---5-..")},
		{DRUMS('D', KIT_ROOM, 71, 22, "lofi")},
	},
	.section = {
		{'I', "Fm9 | Bb13", NULL, NULL},
		{'A', "Fm7 | Bb13 | Ebmaj9 | Cm7 | Abmaj7 | Abm6 | Gm7 | C7b9",
		 "6 . 5 4 6- 1'- | 7-- 6 5--- | 5 . 3 2 3- 5- | 3---. . 1 2 |"
		 "3 . 1 6, 1- 3- | 2-- 1 b6,--- | 7, . 2 3 5- 3- | 3-- 5 b7---", NULL},
		{'B', "Abmaj7 | Gm7 | Fm7 | Ebmaj7 | Abmaj7 | Gm7 C7b9 | Fm9 | Bb9sus4",
		 "1'-- 7 6- 3- | 7-- 6 5- 2- | 6-- 5 4- 1- | 5--- 3--- |"
		 "1'-- 7 1'- 3'- | 2'-- 7 5- 6- | 6-- 5 4- 3- | 4--- 2---", NULL},
		{'O', "Fm9 Bb13 | Ebmaj9", "6-- 5 4- 3- | 5-------", NULL},
	},
	.step = {
		{'I', "ED", 82, VARY_PLAIN},
		{'A', "TEBD", 88, 0},
		{'B', "VEBDP", 90, 0},
		{'A', "TVEBDP", 92, VARY_DECORATE},
		{'O', "TEBP", 80, VARY_PLAIN},
	},
};

const struct piece piece_carousel = {
	.file = "winter-carousel", .title = "Carousel, Closed for Winter",
	.artist = "Odile Marr Trio", .genre = "musette",
	.tags = "nostalgic,bittersweet,paris,accordion,instrumental",
	.valence = -0.15, .arousal = 0.05,
	.tonic = 67, .mode = MODE_MINOR, .bpm = 138, .beats = 3, .unit = 0.5,
	.loose = 8, .room = 0.5, .ritard = 6,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_ACCORDION, 97, 60, 45, 0, 92)},
		{SINGS('V', ROLE_TUNE, GM_VIOLIN, 64, 78, 55, 12, 100), .vibrato = 28},
		{SINGS('H', ROLE_BELOW, GM_ACCORDION, 69, 44, 45, 0, 92)},
		{PLAYS('G', ROLE_COMP, GM_NYLON, 93, 42, 35, 52, 69, 60, "....x...x..."), .spread = 7},
		{PLAYS('P', ROLE_PAD, GM_SLOW_STRINGS, 71, 64, 70, 53, 72, 100, NULL)},
		{PLAYS('B', ROLE_BASS, GM_UPRIGHT, 117, 64, 20, 36, 50, 85, "1-----|5-----")},
		{DRUMS('D', KIT_BRUSH, 90, 30, "waltz")},
	},
	.section = {
		{'I', "Gm | D7 | Gm | D7", NULL, NULL},
		{'A', "Gm | Gm | D7 | D7 | D7b9 | D7 | Gm | Gm |"
		      "G7 | G7 | Cm | Cm | Gm/D | D7 | Gm | Gm",
		 "1 2 3 4 5 6 | 5--- 3- | #7, 1 2 3 4 5 | 4--- 2- |"
		 "6- 5- 4- | 5- 4- 2- | 3- 2- 1- | 5,----. |"
		 "1 2 #3 4 5 6 | 7--- 5- | 6- 5- 4- | 1'--- 6- |"
		 "5- 3- 1- | 2- 4- #7,- | 1----- | --....", NULL},
		{'B', "G | Em | Am | D7 | G/B | C | D7 | G",
		 "#3--- 5- | #3- 2- 1- | 2--- 4- | 4- #3- 2- |"
		 "5--- 1'- | 1'- #6- 4- | 5- 4- 2- | 1----.", NULL},
		{'O', "Cm | Gm/D | D7 | Gm",
		 "6- 5- 4- | 5- 3- 1- | 2- 4- #7,- | 1-----", NULL},
	},
	.step = {
		{'I', "GB", 82, 0},
		{'A', "TGBD", 90, VARY_PLAIN},
		{'B', "VGBDP", 92, VARY_PLAIN},
		{'B', "TVGBDP", 94, VARY_DECORATE},
		{'A', "THGBDP", 98, VARY_DECORATE},
		{'O', "TVGBP", 84, VARY_PLAIN},
	},
};

const struct piece piece_division = {
	.file = "long-division", .title = "Long Division",
	.artist = "Ada Fennick", .genre = "minimalism",
	.tags = "neutral,focus,steady,work,instrumental",
	.valence = 0.05, .arousal = 0.1,
	.tonic = 62, .mode = MODE_DORIAN, .bpm = 112, .beats = 4, .unit = 0.5,
	.loose = 4, .room = 0.5, .ritard = 4,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_CLARINET, 69, 56, 55, 0, 100), .vibrato = 8},
		{SINGS('U', ROLE_TUNE, GM_FLUTE, 57, 76, 60, 12, 100), .vibrato = 12},
		{PLAYS('A', ROLE_ARP, GM_MARIMBA, 118, 36, 40, 55, 74, 90, "1.3.2.4.1.3.2.4.")},
		{PLAYS('X', ROLE_ARP, GM_VIBRAPHONE, 87, 92, 45, 62, 81, 120, "1..2..3..4..2..3|..4..1..2..3..4.|.2..3..4..1..2..")},
		{PLAYS('K', ROLE_ARP, GM_KALIMBA, 89, 72, 45, 67, 84, 100, "..4...3...4.3...")},
		{PLAYS('E', ROLE_COMP, GM_EPIANO, 60, 60, 40, 55, 72, 60, "..x..x..x..x..x.|.x..x..x..x..x..")},
		{PLAYS('P', ROLE_PAD, GM_STRINGS, 38, 64, 65, 53, 72, 100, NULL)},
		{PLAYS('B', ROLE_BASS, GM_FRETLESS, 76, 64, 12, 36, 50, 94, "1-------1-----5-|1-----------5-1-")},
		{DRUMS('D', KIT_STANDARD, 76, 20, "pulse")},
	},
	.section = {
		{'I', "Dm9 | Dm9 | Am7 | Am7", NULL, NULL},
		{'A', "Dm9 | Dm9 | Am7 | Am7 | Cmaj9 | Cmaj9 | G | G",
		 "5------- | 3--- 2--- | 5------- | 7--- 2--- |"
		 "2------- | 6--- 7--- | 4------- | 6-------", NULL},
		{'B', "Fmaj7 | Fmaj7 | G6 | G6 | Em7 | Em7 | Asus4 | Am7",
		 "5--- 7--- | 1'------- | 6--- 4--- | 1'------- |"
		 "7--- 4--- | 2------- | 5--- 1'--- | 7-------", NULL},
		{'O', "Dm9 | Am7 | G | Dm9", "5------- | 2------- | 6--- 4--- | 5-------", NULL},
	},
	.step = {
		{'I', "A", 80, 0},
		{'I', "AXB", 84, 0},
		{'A', "AXBKD", 88, 0},
		{'A', "TAXBKDE", 92, 0},
		{'B', "UAXBDEP", 94, 0},
		{'A', "TUAXBKDEP", 98, 0},
		{'O', "TAXBP", 84, 0},
	},
};

const struct piece piece_hours = {
	.file = "small-hours-trio", .title = "Small Hours Trio",
	.artist = "Odile Marr Trio", .genre = "swing jazz",
	.tags = "neutral,cool,late night,jazz,instrumental",
	.valence = 0.25, .arousal = 0.1,
	.tonic = 58, .mode = MODE_MAJOR, .bpm = 132, .beats = 4, .unit = 0.5,
	.swing = 0.64, .swing_unit = 0.5,
	.loose = 8, .room = 0.4, .bright_db = -2, .ritard = 4,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_MUTED_TRUMPET, 92, 66, 40, 12, 88), .vibrato = 14},
		{SINGS('V', ROLE_TUNE, GM_VIBRAPHONE, 63, 78, 45, 12, 100)},
		{PLAYS('E', ROLE_COMP, GM_PIANO, 75, 50, 35, 51, 69, 70, "..x...x-....x...|x-....x-..x.....|..x-....x...x-..|....x-..x-....x.")},
		{PLAYS('G', ROLE_COMP, GM_JAZZ_GUITAR, 51, 38, 30, 50, 67, 55, "x...x...x...x..."), .spread = 5, .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_UPRIGHT, 70, 64, 15, 31, 50, 94, "wwww")},
		{DRUMS('D', KIT_BRUSH, 62, 25, "swing")},
	},
	.section = {
		{'I', "Cm7 | F13 | Bbmaj7 | G7b9", NULL, NULL},
		{'A', "Cm7 | F13 | Bbmaj7 | Gm7 | Cm7 | F7 | Bbmaj7 | Bb69",
		 ". 2 4 6 1'- 6 4 | 7- 6 5 . 3 4 5 | 3- 5 7 . 5 3 1 | 1---. . 1 2 |"
		 "4 2 1 6, 2- 4- | 7, 2 4 6 5--- | 3--- 1 . 5, . | 1---....", NULL},
		{'B', "D7 | D7 | Gm7 | Gm7 | C9 | C9 | Cm7 | F7",
		 "7-- 2' 7- #5- | 3 #5 7 2' 7--- | 6-- 1' 6- 5- | 3 5 6 1' 6--- |"
		 "6-- 1' 6- #4- | 2 #4 6 1' 6--- | 1'- 6 4 2- 1- | 7, 2 4 5 7 5 4 2", NULL},
		{'O', "Cm7 F13 | Bbmaj7 G7b9 | Cm7 F13 | Bb69",
		 "4 2 1 6, 7,- 5,- | 3--- 5--- | 4 2 1 6, 7,- 2- | 1-------", NULL},
	},
	.step = {
		{'I', "EBD", 86, 0},
		{'A', "TEBD", 92, VARY_PLAIN},
		{'A', "TEBDG", 94, VARY_ANTICIPATE},
		{'B', "VEBDG", 94, 0},
		{'A', "TVEBDG", 98, VARY_DECORATE},
		{'O', "TVEBD", 90, VARY_PLAIN},
	},
};
