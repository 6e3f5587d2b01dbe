/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grid: squares of the plane and how far they are. */
#include "catalog/grid.h"

#include <math.h>

#define WIDTH (2.0 / GRID_SIDE)

static int index_of(double x)
{
	int i = (int)((x + 1) / WIDTH);

	return i < 0 ? 0 : i >= GRID_SIDE ? GRID_SIDE - 1 : i;
}

int grid_cell(double valence, double arousal)
{
	return index_of(valence) * GRID_SIDE + index_of(arousal);
}

void grid_middle(int cell, double *valence, double *arousal)
{
	int row = cell / GRID_SIDE, column = cell % GRID_SIDE;

	*valence = (row + 0.5) * WIDTH - 1;
	*arousal = (column + 0.5) * WIDTH - 1;
}

double grid_distance(int cell, double valence, double arousal)
{
	double v, a;

	grid_middle(cell, &v, &a);
	return hypot(fmax(0, fabs(v - valence) - WIDTH / 2),
		     fmax(0, fabs(a - arousal) - WIDTH / 2));
}

void grid_order(double valence, double arousal, int order[GRID_SQUARES])
{
	double distance[GRID_SQUARES] = {0};

	/* by insertion: a hundred squares, and ties stay in their order */
	for (int cell = 0; cell < GRID_SQUARES; cell++) {
		double d = grid_distance(cell, valence, arousal);
		int at = cell;

		for (; at > 0 && distance[at - 1] > d; at--) {
			distance[at] = distance[at - 1];
			order[at] = order[at - 1];
		}
		distance[at] = d;
		order[at] = cell;
	}
}
