/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces_eerie: fearful: chromatic harmony, extremes of register, unease. */
#include "starter/pieces.h"

/* clang-format off */

const struct piece piece_cellar = {
	.file = "cellar-stairs", .title = "The Cellar Stairs",
	.artist = "The Lanternfish", .genre = "dark ambient",
	.tags = "fear,eerie,suspense,horror,instrumental",
	.valence = -0.75, .arousal = 0.2,
	.tonic = 60, .mode = MODE_MINOR, .bpm = 68, .beats = 4, .unit = 0.5,
	.loose = 14, .room = 0.9, .ritard = 4,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_CELESTA, 101, 70, 80, 12, 120)},
		{SINGS('U', ROLE_TUNE, GM_VIOLIN, 47, 48, 85, 12, 102), .vibrato = 44},
		{PLAYS('P', ROLE_PAD, GM_TREMOLO, 60, 64, 75, 48, 66, 102, NULL)},
		{PLAYS('C', ROLE_PAD, GM_CHOIR, 45, 64, 95, 60, 79, 102, NULL), .voices = 3},
		{PLAYS('X', ROLE_ARP, GM_PIZZICATO, 85, 92, 70, 55, 74, 60, "............4.3.|......2...1.....")},
		{PLAYS('G', ROLE_ARP, GM_BOWED_GLASS, 83, 30, 95, 72, 91, 140, "....3-----------|........4-------"), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_CONTRABASS, 59, 64, 55, 28, 41, 96, "1-------1-----a-|1---------------")},
		{PLAYS('K', ROLE_BASS, GM_TIMPANI, 60, 64, 65, 36, 48, 100, "1.1.............|............1.1.")},
	},
	.section = {
		{'I', "Cm | Abm", NULL, NULL},
		{'A', "Cm | Abm | Cm | F#dim7 | Cm | Abm | Bdim7 | G7b9",
		 "..5- 3 5 1'- | 6--- 3--- | ..5- 3 5 1'- | 3'--- 1'- #6- |"
		 "5- #4 5 3--- | 6- 5 6 3'--- | 6- 4 2 #7,--- | ....5,---", NULL},
		{'B', "Em | Cm | Em | Cm | Fm | F#dim7 | Bdim7 | G7b9",
		 "5--- #7--- | 1'--- 5--- | #3'--- #7--- | 3'--- 1'--- |"
		 "6--- 4--- | #6--- #4--- | #7--- 6--- | 5-------", NULL},
		{'O', "Cm | Abm | G7b9 | Cmmaj7",
		 "..5- 3 5 1'- | 6- 5 6 3'--- | 2'- #7 6 4--- | 3-------", NULL},
	},
	.step = {
		{'I', "PK", 76, VARY_SWELL},
		{'A', "TPBKG", 84, 0},
		{'B', "UPBKCX", 98, VARY_SWELL},
		{'O', "TPBKCG", 84, 0},
	},
};

const struct piece piece_attic = {
	.file = "something-in-the-attic", .title = "Something in the Attic",
	.artist = "The Lanternfish", .genre = "music box",
	.tags = "fear,uncanny,toy,waltz,instrumental",
	.valence = -0.5, .arousal = 0.35,
	.tonic = 64, .mode = MODE_MINOR, .bpm = 112, .beats = 3, .unit = 0.5,
	.loose = 8, .room = 0.75, .ritard = 6,
	.voice = {
		{SINGS('T', ROLE_TUNE, GM_MUSIC_BOX, 110, 66, 70, 12, 120)},
		{SINGS('U', ROLE_TUNE, GM_CLARINET, 96, 50, 70, 0, 80)},
		{SINGS('H', ROLE_BELOW, GM_CELESTA, 95, 84, 70, 12, 110)},
		{PLAYS('G', ROLE_COMP, GM_PIZZICATO, 101, 44, 55, 52, 69, 60, "....x...x..."), .voices = 3},
		{PLAYS('A', ROLE_ARP, GM_HARP, 63, 88, 70, 64, 84, 160, "1.2.3.4.3.2.")},
		{PLAYS('P', ROLE_PAD, GM_TREMOLO, 81, 64, 75, 52, 71, 102, NULL), .voices = 3},
		{PLAYS('C', ROLE_PAD, GM_OOHS, 85, 64, 90, 59, 76, 102, NULL), .voices = 3},
		{PLAYS('B', ROLE_BASS, GM_PIZZICATO, 112, 60, 50, 36, 50, 90, "1-----")},
		{PLAYS('L', ROLE_BASS, GM_BASSOON, 101, 70, 50, 34, 50, 70, "1---..|1---5-")},
	},
	.section = {
		{'I', "Em | Em | Bbdim7 | B7", "1- 3- 5- | 5----. | b5- 3- 1- | #7,----.", NULL},
		{'A', "Em | B7 | Em | C | Am | Em/B | B7 | Em",
		 "1- 3- 5- | 4- 2- #7,- | 1- 3- 5- | 6----. |"
		 "6- 5- 4- | 5- 3- 1- | 2- 4- #7,- | 1----.", NULL},
		{'B', "Em | Bbdim7 | Am6 | Em | Fmaj7 | Em | F#m7b5 | B7",
		 "5--- #4 5 | b5--- 3 1 | 1'--- 7 6 | 5----. |"
		 "4- 6- 1'- | 3'- 1'- 5- | 6- 4- 2- | 5- 4- #7,-", NULL},
		{'O', "Am | Bbdim7 | B7b9 | Em",
		 "6- 5- 4- | b5- 3- 1- | 2- 4- #7,- | 1-----", NULL},
	},
	.step = {
		{'I', "T", 78, 0},
		{'A', "TB", 86, 0},
		{'A', "THGB", 90, 0},
		{'B', "UGLAP", 96, VARY_SWELL},
		{'A', "THGBLPC", 100, VARY_DECORATE},
		{'B', "TUGLAPC", 104, VARY_SWELL},
		{'O', "THP", 80, 0},
	},
};
