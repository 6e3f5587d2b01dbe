/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * grid: the valence-arousal plane in squares, so that songs near a mood are
 * found without looking at all. The schema computes the same numbers. Pure.
 * Seen by this room only.
 */
#ifndef MIEN_CATALOG_GRID_H
#define MIEN_CATALOG_GRID_H

#define GRID_SIDE    10
#define GRID_SQUARES (GRID_SIDE * GRID_SIDE)
#define GRID_UNKNOWN GRID_SQUARES /* the cell of tracks of unknown mood */

/* The square of a place in -1..1. */
int grid_cell(double valence, double arousal);

/* The middle of a square. */
void grid_middle(int cell, double *valence, double *arousal);

/* From a place to the nearest point of a square; 0 inside it. */
double grid_distance(int cell, double valence, double arousal);

/* All squares, the nearest first. */
void grid_order(double valence, double arousal, int order[GRID_SQUARES]);

#endif
