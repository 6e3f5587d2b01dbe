/* SPDX-License-Identifier: GPL-3.0-or-later */
/* persons: k-means on what is left of a picture without its emotion. */
#include "bench/persons.h"

#include "base/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 25

struct cloud {
	int n, dims, groups;
	float *points, *centres;
	int *group;
};

static void scale_column(struct cloud *c, int d)
{
	double sum = 0, squares = 0, mean;
	float scale;

	for (int i = 0; i < c->n; i++) {
		double v = (double)c->points[(size_t)i * c->dims + d];

		sum += v;
		squares += v * v;
	}
	mean = sum / c->n;
	scale = (float)(1 / sqrt(fmax(squares / c->n - mean * mean, 1e-9)));
	for (int i = 0; i < c->n; i++)
		c->points[(size_t)i * c->dims + d] *= scale;
}

static void take_emotion_away(struct cloud *c, const enum emotion *labels,
			      int d)
{
	double sums[EMOTION_COUNT] = {0};
	int counts[EMOTION_COUNT] = {0};

	for (int i = 0; i < c->n; i++) {
		sums[labels[i]] += (double)c->points[(size_t)i * c->dims + d];
		counts[labels[i]]++;
	}
	for (int i = 0; i < c->n; i++)
		c->points[(size_t)i * c->dims + d] -=
			(float)(sums[labels[i]] / counts[labels[i]]);
}

static int nearest(const struct cloud *c, const float *point)
{
	float least = INFINITY;
	int best = 0;

	for (int g = 0; g < c->groups; g++) {
		const float *centre = c->centres + (size_t)g * c->dims;
		float apart = 0;

		for (int d = 0; d < c->dims; d++)
			apart +=
				(point[d] - centre[d]) * (point[d] - centre[d]);
		if (apart < least) {
			least = apart;
			best = g;
		}
	}
	return best;
}

/* A group without members keeps its centre. */
static void move_centre(struct cloud *c, int g)
{
	float *centre = c->centres + (size_t)g * c->dims;
	int count = 0;

	for (int i = 0; i < c->n; i++)
		count += c->group[i] == g;
	if (!count)
		return;
	memset(centre, 0, sizeof(*centre) * (size_t)c->dims);
	for (int i = 0; i < c->n; i++)
		for (int d = 0; c->group[i] == g && d < c->dims; d++)
			centre[d] += c->points[(size_t)i * c->dims + d] /
				     (float)count;
}

static void cluster(struct cloud *c, uint64_t seed)
{
	struct rng rng;

	rng_init(&rng, seed);
	for (int g = 0; g < c->groups; g++)
		memcpy(c->centres + (size_t)g * c->dims,
		       c->points + (size_t)rng_below(&rng, (uint32_t)c->n) *
					   c->dims,
		       sizeof(*c->centres) * (size_t)c->dims);
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < c->n; i++)
			c->group[i] =
				nearest(c, c->points + (size_t)i * c->dims);
		for (int g = 0; g < c->groups; g++)
			move_centre(c, g);
	}
}

enum status persons_split(const float *points, int n, int dims,
			  const enum emotion *labels, int groups, uint64_t seed,
			  int *group)
{
	size_t size = (size_t)n * (size_t)dims;
	struct cloud c = {
		.n = n, .dims = dims, .groups = groups, .group = group};

	c.points = malloc(sizeof(*points) * size);
	c.centres = malloc(sizeof(*points) * (size_t)groups * (size_t)dims);
	if (c.points && c.centres) {
		memcpy(c.points, points, sizeof(*points) * size);
		for (int d = 0; d < dims; d++) {
			scale_column(&c, d);
			take_emotion_away(&c, labels, d);
		}
		cluster(&c, seed);
	}
	free(c.points);
	free(c.centres);
	return c.points && c.centres ? STATUS_OK : STATUS_NO_MEMORY;
}
