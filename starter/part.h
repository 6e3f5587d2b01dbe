/* SPDX-License-Identifier: GPL-3.0-or-later */
/* part: what one voice plays in one step of a piece. Pure. */
#ifndef MIEN_STARTER_PART_H
#define MIEN_STARTER_PART_H

#include "starter/groove.h"
#include "starter/melody.h"
#include "starter/piece.h"
#include "starter/score.h"

#define PART_SPANS 128

/* A piece under way: the step that is played and what voices remember. */
struct part_stage {
	const struct piece *piece;
	struct score *score;
	struct rng rng;
	enum status st;
	struct theory_voicing voicing[PIECE_VOICES];
	struct groove_walk walk[PIECE_VOICES];

	/* the step that is being played */
	const struct piece_step *step;
	const struct piece_section *section;
	struct theory_span spans[PART_SPANS];
	int span_count;
	struct melody_ground ground;
	struct theory_chord ahead; /* what the next step begins with */
	double start, length;      /* beats */
	bool last;                 /* it ends the piece */
};

/*
 * Adds to the score what a voice (its index) plays in the step. What fails
 * stands in st: STATUS_BAD_DATA for a tune that cannot be read.
 */
void part_play(struct part_stage *a, int voice);

#endif
