/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * truth: where the faces of pictures are, as a person wrote it down: a line a
 * picture, "name<TAB>set<TAB>x0,y0,x1,y1;...", nothing behind the last tab
 * where there is no face. When a detection is a hit.
 */
#ifndef MIEN_BENCH_TRUTH_H
#define MIEN_BENCH_TRUTH_H

#include "model/detect.h"

#include <stdbool.h>

#define TRUTH_FACES 256 /* in one picture */

struct truth {
	char name[256], set[64];
	int count;
	struct truth_box {
		float x0, y0, x1, y1; /* pixels of the picture */
	} faces[TRUTH_FACES];
};

/* A line without its end. false: it is not of this form. Pure. */
bool truth_parse(const char *line, struct truth *out);

/*
 * Whether found is this face: its centre within 0.4 of the box's size, its
 * size 0.5 to 2.1 times the box's. A size is the root of the area. Pure.
 */
bool truth_is_hit(const struct truth_box *face, const struct detection *found);

/*
 * Gives each face at most one detection with a score of DETECT_START or more,
 * the closest first. hit[i]: face i was found. Returns how many such
 * detections are left over. Pure.
 */
int truth_match(const struct truth *truth, const struct detection *found,
		int count, bool hit[TRUTH_FACES]);

#endif
