/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arrange: makes the score of a piece. Pure: the same piece, the same notes. */
#ifndef MIEN_STARTER_ARRANGE_H
#define MIEN_STARTER_ARRANGE_H

#include "starter/piece.h"
#include "starter/score.h"

/* What sounds on after the last note, and the silence after it. */
#define ARRANGE_TAIL_S 3.5

/*
 * STATUS_BAD_DATA with what is wrong and in which bar where the piece's table
 * cannot be read. score is initialised here; score_done frees it in any case.
 */
enum status arrange_piece(struct score *score, const struct piece *piece,
			  struct fault *fault);

/* How long the piece is, from the first note to silence. */
double arrange_seconds(const struct score *score);

/* melody_consonance over all tunes of a piece; -1 where one cannot be read. */
double arrange_consonance(const struct piece *piece);

#endif
