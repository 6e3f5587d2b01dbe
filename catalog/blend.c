/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blend: a weighted mean of opinions, surer the more of them agree. */
#include "catalog/blend.h"

#include <math.h>
#include <string.h>

/*
 * How far each kind is to be believed. Tags, lyrics and genre stand in the
 * ratio 5:3:2: people's tags name moods directly; a lexicon's polarity of
 * lyrics agrees with annotators in about three of four songs (Cano & Morisio,
 * MoodyLyrics, 2017); a genre says something of energy, little of valence.
 * What a service measured of the sound counts as tags do, what etl/ measures
 * itself, arousal only, as lyrics do. A composer knows what was meant, a list
 * that a person made says what that person wants, and the listener has the
 * last word.
 */
static const struct {
	const char *provenance;
	double weight;
} weights[] = {
	{"user", 4.0},   {"import", 2.0},         {"composer", 2.0},
	{"tags", 0.5},   {"audio features", 0.5}, {"audio", 0.3},
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

static void add(struct blend_axis *axis, double weight, double value,
		double confidence)
{
	if (axis->weight <= 0)
		axis->doubt = 1;
	axis->weight += weight;
	axis->sum += weight * value;
	axis->squares += weight * value * value;
	axis->doubt *= 1 - confidence;
}

void blend_add(struct blend *blend, const char *provenance, enum mood_axes axes,
	       double valence, double arousal, double confidence)
{
	double weight = weight_of(provenance) * confidence;

	if (weight <= 0)
		return;
	if (axes != MOOD_AROUSAL)
		add(&blend->valence, weight, valence, confidence);
	if (axes != MOOD_VALENCE)
		add(&blend->arousal, weight, arousal, confidence);
}

bool blend_known(const struct blend *blend)
{
	return blend->valence.weight > 0 || blend->arousal.weight > 0;
}

/* The mean, and how much its tellers differ. Returns how sure one of them is.
 */
static double mean(const struct blend_axis *axis, double *value,
		   double *variance)
{
	*value = 0;
	if (axis->weight <= 0)
		return 0;
	*value = axis->sum / axis->weight;
	*variance += fmax(0, axis->squares / axis->weight - *value * *value);
	return 1 - axis->doubt;
}

void blend_result(const struct blend *blend, double *valence, double *arousal,
		  double *confidence)
{
	double variance = 0;
	double sure = mean(&blend->valence, valence, &variance) +
		      mean(&blend->arousal, arousal, &variance);

	/* Two that contradict each other know less than either alone. */
	*confidence = sure / 2 * (1 - fmin(1, sqrt(variance)));
}

static double share(const struct blend_axis *axis, double weight)
{
	return axis->weight > 0 ? weight / axis->weight : 0;
}

void blend_shares(const struct blend *blend, const char *provenance,
		  enum mood_axes axes, double confidence, double *valence,
		  double *arousal)
{
	double weight = weight_of(provenance) * confidence;

	*valence = axes == MOOD_AROUSAL ? 0 : share(&blend->valence, weight);
	*arousal = axes == MOOD_VALENCE ? 0 : share(&blend->arousal, weight);
}
