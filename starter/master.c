/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * master: high-pass, fades, gain and a look-ahead limiter. Loudness and true
 * peak are libebur128's; what plays the result is not known here.
 */
#include "starter/master.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FADE_IN_S   0.008
#define FADE_OUT_S  2.0
#define HIGHPASS_HZ 28.0

/* The limiter sees peaks this far ahead and lets go as slowly. */
#define REACH 960 /* frames, 20 ms */

/* Interpolation between samples, for peaks that stand there. */
#define PHASES 4
#define TAPS   12

static double from_db(double db)
{
	return pow(10, db / 20);
}

enum status master_measure(struct master_level *out,
			   const struct render_pcm *pcm, struct fault *fault)
{
	ebur128_state *state = ebur128_init(
		2, RENDER_RATE, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
	double peak = 0, one = 0;
	int failed;

	if (!state)
		return fault_set(fault, STATUS_NO_MEMORY, NULL,
				 "no memory to measure loudness");
	failed = ebur128_add_frames_float(state, pcm->sample, pcm->frames) ||
		 ebur128_loudness_global(state, &out->lufs);
	for (unsigned channel = 0; channel < 2 && !failed; channel++) {
		failed = ebur128_true_peak(state, channel, &one);
		peak = fmax(peak, one);
	}
	ebur128_destroy(&state);
	if (failed)
		return fault_set(fault, STATUS_FAILED, NULL,
				 "libebur128 could not measure a piece");
	out->peak_db = 20 * log10(peak);
	return STATUS_OK;
}

/* Second-order Butterworth high-pass (R. Bristow-Johnson's cookbook). */
static void high_pass(struct render_pcm *pcm)
{
	double w = 2 * M_PI * HIGHPASS_HZ / RENDER_RATE;
	double alpha = sin(w) * M_SQRT1_2;
	double a0 = 1 + alpha, a1 = -2 * cos(w) / a0, a2 = (1 - alpha) / a0;
	double b0 = (1 + cos(w)) / 2 / a0, b1 = -2 * b0;

	for (size_t channel = 0; channel < 2; channel++) {
		double x1 = 0, x2 = 0, y1 = 0, y2 = 0;

		for (size_t i = 0; i < pcm->frames; i++) {
			float *sample = &pcm->sample[2 * i + channel];
			double x = *sample;
			double y = b0 * (x + x2) + b1 * x1 - a1 * y1 - a2 * y2;

			x2 = x1;
			x1 = x;
			y2 = y1;
			y1 = y;
			*sample = (float)y;
		}
	}
}

static void fade(struct render_pcm *pcm)
{
	size_t in = (size_t)(FADE_IN_S * RENDER_RATE);
	size_t out = (size_t)(FADE_OUT_S * RENDER_RATE);

	for (size_t i = 0; i < in && i < pcm->frames; i++) {
		float gain =
			(float)(0.5 - 0.5 * cos(M_PI * (double)i / (double)in));

		pcm->sample[2 * i] *= gain;
		pcm->sample[2 * i + 1] *= gain;
	}
	for (size_t i = 0; i < out && i < pcm->frames; i++) {
		size_t at = pcm->frames - 1 - i;
		float gain = (float)(0.5 -
				     0.5 * cos(M_PI * (double)i / (double)out));

		pcm->sample[2 * at] *= gain;
		pcm->sample[2 * at + 1] *= gain;
	}
}

static void make_kernel(double kernel[PHASES][TAPS])
{
	for (int phase = 0; phase < PHASES; phase++) {
		double shift = (double)phase / PHASES;

		for (int tap = 0; tap < TAPS; tap++) {
			double x = tap - (TAPS / 2 - 1) - shift;
			double window = cos(M_PI * x / (TAPS + 1));
			double sinc =
				fabs(x) < 1e-9 ? 1 : sin(M_PI * x) / (M_PI * x);

			kernel[phase][tap] = sinc * window * window;
		}
	}
}

/* The highest the curve through the samples gets from frame to the next. */
static double peak_at(const struct render_pcm *pcm, size_t frame,
		      double kernel[PHASES][TAPS])
{
	double peak = 0;

	if (frame < TAPS || frame + TAPS >= pcm->frames)
		return fmax(fabs(pcm->sample[2 * frame]),
			    fabs(pcm->sample[2 * frame + 1]));
	for (size_t channel = 0; channel < 2; channel++) {
		const float *from =
			&pcm->sample[2 * (frame - (TAPS / 2 - 1)) + channel];

		for (int phase = 0; phase < PHASES; phase++) {
			double sum = 0;

			for (int tap = 0; tap < TAPS; tap++)
				sum += kernel[phase][tap] *
				       (double)from[2 * tap];
			peak = fmax(peak, fabs(sum));
		}
	}
	return peak;
}

/* gain[i] becomes the least of gain[i - reach] .. gain[i + reach]. */
static void least_around(float *gain, float *scratch, size_t frames,
			 size_t reach)
{
	size_t hold = 0;

	memcpy(scratch, gain, frames * sizeof(*gain));
	for (size_t i = 0; i < frames; i++) {
		size_t from = i > reach ? i - reach : 0;
		size_t to = i + reach < frames ? i + reach : frames - 1;

		/* hold is where the least of the window stands */
		if (hold < from || i == 0) {
			hold = from;
			for (size_t k = from; k <= to; k++)
				if (scratch[k] <= scratch[hold])
					hold = k;
		} else if (scratch[to] <= scratch[hold]) {
			hold = to;
		}
		gain[i] = scratch[hold];
	}
}

/* gain[i] becomes the mean of what stands at most reach away. */
static void mean_around(float *gain, float *scratch, size_t frames,
			size_t reach)
{
	double sum = 0;

	memcpy(scratch, gain, frames * sizeof(*gain));
	for (size_t i = 0; i < reach && i < frames; i++)
		sum += (double)scratch[i];
	for (size_t i = 0; i < frames; i++) {
		size_t from = i > reach ? i - reach : 0;
		size_t to = i + reach < frames ? i + reach : frames - 1;

		if (i + reach < frames)
			sum += (double)scratch[i + reach];
		if (i > reach)
			sum -= (double)scratch[i - reach - 1];
		gain[i] = (float)(sum / (double)(to - from + 1));
	}
}

/*
 * Lowers what exceeds the ceiling, smoothly: the least gain needed anywhere
 * within reach, then two means of half that reach, which never exceed it.
 */
static enum status limit(struct render_pcm *pcm, double ceiling)
{
	float *gain = malloc(2 * pcm->frames * sizeof(*gain));
	float *scratch = gain ? gain + pcm->frames : NULL;
	double kernel[PHASES][TAPS];

	if (!gain)
		return STATUS_NO_MEMORY;
	make_kernel(kernel);
	for (size_t i = 0; i < pcm->frames; i++) {
		double peak = peak_at(pcm, i, kernel);

		gain[i] = peak > ceiling ? (float)(ceiling / peak) : 1;
	}
	least_around(gain, scratch, pcm->frames, REACH);
	mean_around(gain, scratch, pcm->frames, REACH / 2);
	mean_around(gain, scratch, pcm->frames, REACH / 2 - 1);
	for (size_t i = 0; i < pcm->frames; i++) {
		pcm->sample[2 * i] *= gain[i];
		pcm->sample[2 * i + 1] *= gain[i];
	}
	free(gain);
	return STATUS_OK;
}

static void amplify(struct render_pcm *pcm, double db)
{
	float gain = (float)from_db(db);

	for (size_t i = 0; i < 2 * pcm->frames; i++)
		pcm->sample[i] *= gain;
}

enum status master_apply(struct render_pcm *pcm, struct master_level *out,
			 struct fault *fault)
{
	enum status st;

	high_pass(pcm);
	fade(pcm);
	st = master_measure(out, pcm, fault);
	if (!st && !(out->lufs > -70))
		st = fault_set(fault, STATUS_BAD_DATA, NULL,
			       "the rendered piece is silent");
	/* Limiting takes some loudness away: three rounds settle it. */
	for (int round = 0; round < 3 && !st; round++) {
		amplify(pcm, MASTER_LUFS - out->lufs);
		st = limit(pcm, from_db(MASTER_PEAK));
		if (!st)
			st = master_measure(out, pcm, fault);
	}
	return st;
}
