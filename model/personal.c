/* SPDX-License-Identifier: GPL-3.0-or-later */
/* personal: the fit, by plain gradient descent, and the bound. */
#include "model/personal.h"

#include <math.h>
#include <string.h>

/*
 * Ridges on bias and weights, and the bound in the header, chosen on rows of
 * PublicTest among ridges of 3 to 30 and 0.1 to 3 (docs/model.md). The inputs
 * were the two heads' answers or the 160 features below them: the features
 * gave nothing more.
 */
#define RIDGE_BIAS    10.0f
#define RIDGE_WEIGHTS 2.0f

#define STEPS   200
#define LEAST_P 2.5e-3f /* less likely is all alike: exp(-6) */

/* Centred logarithms of a head, of a length of about one half. */
static void put_inputs(const float *p, int count, float *out)
{
	const float scale = 1 / (2 * sqrtf(PERSONAL_INPUTS));
	float mean = 0;

	for (int i = 0; i < count; i++) {
		out[i] = logf(fmaxf(p[i], LEAST_P));
		mean += out[i] / (float)count;
	}
	for (int i = 0; i < count; i++)
		out[i] = (out[i] - mean) * scale;
}

static void inputs_of(const struct emotion_scores *s,
		      float inputs[PERSONAL_INPUTS])
{
	put_inputs(s->fer, EMOTION_COUNT, inputs);
	put_inputs(s->crowd, CROWD_COUNT, inputs + EMOTION_COUNT);
}

static void shift_of(const struct personal *p,
		     const float inputs[PERSONAL_INPUTS],
		     float shift[EMOTION_COUNT])
{
	memcpy(shift, p->bias, sizeof(p->bias));
	for (int i = 0; i < PERSONAL_INPUTS; i++)
		for (int e = 0; e < EMOTION_COUNT; e++)
			shift[e] += inputs[i] * p->weights[i][e];
}

/* softmax(log(shown) + shift) */
static void apply_shift(const float shown[EMOTION_COUNT],
			const float shift[EMOTION_COUNT],
			float out[EMOTION_COUNT])
{
	float most = -INFINITY, sum = 0;

	for (int e = 0; e < EMOTION_COUNT; e++)
		most = fmaxf(most, shift[e]);
	for (int e = 0; e < EMOTION_COUNT; e++) {
		out[e] = fmaxf(shown[e], 1e-6f) * expf(shift[e] - most);
		sum += out[e];
	}
	for (int e = 0; e < EMOTION_COUNT; e++)
		out[e] /= sum;
}

struct gradient {
	float bias[EMOTION_COUNT];
	float weights[PERSONAL_INPUTS][EMOTION_COUNT];
};

/* Adds one correction's part of the cross-entropy's gradient. */
static void add_gradient(const struct personal *p, const struct correction *c,
			 const float inputs[PERSONAL_INPUTS],
			 struct gradient *sum)
{
	float shift[EMOTION_COUNT], now[EMOTION_COUNT];

	shift_of(p, inputs, shift);
	apply_shift(c->scores.shown, shift, now);
	now[c->right] -= 1;
	for (int e = 0; e < EMOTION_COUNT; e++)
		sum->bias[e] += now[e];
	for (int i = 0; i < PERSONAL_INPUTS; i++)
		for (int e = 0; e < EMOTION_COUNT; e++)
			sum->weights[i][e] += inputs[i] * now[e];
}

/*
 * One step down. The curvature of the cross-entropy is at most 1/2 for each
 * correction and squared length of what is multiplied, twice that for two
 * blocks that move at once: so long a step never overshoots.
 */
static void step_down(struct personal *p, struct gradient *g, float length)
{
	float n = (float)p->corrections;

	for (int e = 0; e < EMOTION_COUNT; e++)
		p->bias[e] -= (g->bias[e] + RIDGE_BIAS * p->bias[e]) /
			      (RIDGE_BIAS + n);
	for (int i = 0; i < PERSONAL_INPUTS; i++)
		for (int e = 0; e < EMOTION_COUNT; e++)
			p->weights[i][e] -= (g->weights[i][e] +
					     RIDGE_WEIGHTS * p->weights[i][e]) /
					    (RIDGE_WEIGHTS + n * length);
}

void personal_fit(struct personal *out, const struct correction *list,
		  int count)
{
	float inputs[PERSONAL_MAX][PERSONAL_INPUTS], longest = 0;

	*out = (struct personal){.corrections = count};
	for (int k = 0; k < count; k++) {
		float length = 0;

		inputs_of(&list[k].scores, inputs[k]);
		for (int i = 0; i < PERSONAL_INPUTS; i++)
			length += inputs[k][i] * inputs[k][i];
		longest = fmaxf(longest, length);
	}
	for (int step = 0; count && step < STEPS; step++) {
		struct gradient gradient = {0};

		for (int k = 0; k < count; k++)
			add_gradient(out, &list[k], inputs[k], &gradient);
		step_down(out, &gradient, longest);
	}
}

/* No two emotions move against each other by more than the bound. */
static void keep_in_bound(float shift[EMOTION_COUNT])
{
	float least = shift[0], most = shift[0];

	for (int e = 1; e < EMOTION_COUNT; e++) {
		least = fminf(least, shift[e]);
		most = fmaxf(most, shift[e]);
	}
	if (most - least <= PERSONAL_BOUND)
		return;
	for (int e = 0; e < EMOTION_COUNT; e++)
		shift[e] *= PERSONAL_BOUND / (most - least);
}

bool personal_can_turn(const float shown[EMOTION_COUNT], enum emotion right)
{
	return shown[right] >=
	       expf(-PERSONAL_BOUND) * shown[emotion_first(shown)];
}

void personal_apply(const struct personal *personal,
		    const struct emotion_scores *scores,
		    float shown[EMOTION_COUNT])
{
	float inputs[PERSONAL_INPUTS], shift[EMOTION_COUNT];

	if (!personal->corrections) {
		memcpy(shown, scores->shown, sizeof(scores->shown));
		return;
	}
	inputs_of(scores, inputs);
	shift_of(personal, inputs, shift);
	keep_in_bound(shift);
	apply_shift(scores->shown, shift, shown);
}
