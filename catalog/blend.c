/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blend: a weighted mean of opinions, surer the more of them agree. */
#include "catalog/blend.h"

#include <math.h>
#include <string.h>

/*
 * How far each kind is to be believed. Tags, lyrics and genre stand in the
 * ratio 5:3:2: people's tags name moods directly; a lexicon's polarity of
 * lyrics agrees with annotators in about three of four songs (Cano & Morisio,
 * MoodyLyrics, 2017); a genre says something of energy, little of valence. A
 * composer knows what was meant, and the listener has the last word.
 */
static const struct {
	const char *provenance;
	double weight;
} weights[] = {
	{"user", 4.0},   {"composer", 2.0}, {"tags", 0.5},
	{"lyrics", 0.3}, {"genre", 0.2},
};
#define WEIGHT_OTHER 0.3

static double weight_of(const char *provenance)
{
	for (size_t i = 0; i < sizeof(weights) / sizeof(*weights); i++)
		if (!strcmp(weights[i].provenance, provenance))
			return weights[i].weight;
	return WEIGHT_OTHER;
}

void blend_add(struct blend *blend, const char *provenance, double valence,
	       double arousal, double confidence)
{
	double weight = weight_of(provenance) * confidence;

	if (weight <= 0)
		return;
	if (blend->weight <= 0)
		blend->doubt = 1;
	blend->weight += weight;
	blend->valence += weight * valence;
	blend->arousal += weight * arousal;
	blend->valence2 += weight * valence * valence;
	blend->arousal2 += weight * arousal * arousal;
	blend->doubt *= 1 - confidence;
}

void blend_result(const struct blend *blend, double *valence, double *arousal,
		  double *confidence)
{
	double variance;

	*valence = *arousal = *confidence = 0;
	if (blend->weight <= 0)
		return;
	*valence = blend->valence / blend->weight;
	*arousal = blend->arousal / blend->weight;
	variance = blend->valence2 / blend->weight - *valence * *valence +
		   blend->arousal2 / blend->weight - *arousal * *arousal;
	/* Two that contradict each other know less than either alone. */
	*confidence =
		(1 - blend->doubt) * (1 - fmin(1, sqrt(fmax(0, variance))));
}
