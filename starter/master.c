/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * master: tone, levelling, fades, gain and a look-ahead limiter. Loudness and
 * true peak are libebur128's; what plays the result is not known here.
 */
#include "starter/master.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FADE_IN_S  0.008
#define FADE_OUT_S 2.0

#define RUMBLE_HZ 28.0
#define BASS_HZ   110.0
#define BASS_DB   (-2.0)
#define TREBLE_HZ 3000.0
#define TREBLE_DB 4.0
/* The sides above WIDTH_HZ by as much. */
#define WIDTH    1.4
#define WIDTH_HZ 180.0

/*
 * The leveller: of a decibel that a second is louder or softer than the
 * piece, EVEN stay away; at most EVEN_MAX_DB are given or taken.
 */
#define EVEN        0.35
#define EVEN_MAX_DB 5.0
#define EVEN_REACH  (RENDER_RATE / 2) /* frames on both sides */

/* The limiter sees peaks this far ahead and lets go as slowly. */
#define REACH     960 /* frames, 20 ms */
#define ROUNDS    6
#define ALMOST_LU 0.1

/* Interpolation between samples, for peaks that stand there. */
#define PHASES 4
#define TAPS   12

static double from_db(double db)
{
	return pow(10, db / 20);
}

/* True peaks take as long as all else, so they are asked for once. */
static enum status measure(struct master_level *out,
			   const struct render_pcm *pcm, int mode,
			   struct fault *fault)
{
	ebur128_state *state = ebur128_init(2, RENDER_RATE, mode);
	double peak = 0, one = 0;
	int failed;

	if (!state)
		return fault_set(fault, STATUS_NO_MEMORY, NULL,
				 "no memory to measure loudness");
	failed = ebur128_add_frames_float(state, pcm->sample, pcm->frames) ||
		 ebur128_loudness_global(state, &out->lufs);
	if (mode & ~EBUR128_MODE_I)
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

enum status master_measure(struct master_level *out,
			   const struct render_pcm *pcm, struct fault *fault)
{
	return measure(out, pcm, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK,
		       fault);
}

/* A second-order filter, and what it remembers of each channel. */
struct biquad {
	double b0, b1, b2, a1, a2;
	double x1[2], x2[2], y1[2], y2[2];
};

/* The three kinds below: R. Bristow-Johnson's Audio EQ Cookbook. */
static struct biquad high_pass(double hz)
{
	double w = 2 * M_PI * hz / RENDER_RATE;
	double alpha = sin(w) * M_SQRT1_2, a0 = 1 + alpha;

	return (struct biquad){
		.b0 = (1 + cos(w)) / 2 / a0,
		.b1 = -(1 + cos(w)) / a0,
		.b2 = (1 + cos(w)) / 2 / a0,
		.a1 = -2 * cos(w) / a0,
		.a2 = (1 - alpha) / a0,
	};
}

/* side 1: what is above hz by db, -1: what is below; slope 1. */
static struct biquad shelf(double hz, double db, int side)
{
	double w = 2 * M_PI * hz / RENDER_RATE, c = side * cos(w);
	double a = pow(10, db / 40), root = 2 * sqrt(a) * sin(w) * M_SQRT1_2;
	double a0 = a + 1 - (a - 1) * c + root;

	return (struct biquad){
		.b0 = a * (a + 1 + (a - 1) * c + root) / a0,
		.b1 = -2 * a * side * (a - 1 + (a + 1) * c) / a0,
		.b2 = a * (a + 1 + (a - 1) * c - root) / a0,
		.a1 = 2 * side * (a - 1 - (a + 1) * c) / a0,
		.a2 = (a + 1 - (a - 1) * c - root) / a0,
	};
}

static double pass(struct biquad *f, int channel, double x)
{
	double y = f->b0 * x + f->b1 * f->x1[channel] + f->b2 * f->x2[channel] -
		   f->a1 * f->y1[channel] - f->a2 * f->y2[channel];

	f->x2[channel] = f->x1[channel];
	f->x1[channel] = x;
	f->y2[channel] = f->y1[channel];
	f->y1[channel] = y;
	return y;
}

/* No rumble, leaner bass, the treble that the soundfont lacks, more width. */
static void tone(struct render_pcm *pcm, double bright_db)
{
	struct biquad rumble = high_pass(RUMBLE_HZ);
	struct biquad low = shelf(BASS_HZ, BASS_DB, -1);
	struct biquad high = shelf(TREBLE_HZ, TREBLE_DB + bright_db, 1);
	struct biquad side_only = high_pass(WIDTH_HZ);

	for (size_t i = 0; i < pcm->frames; i++) {
		float *sample = &pcm->sample[2 * i];
		double side = (double)(sample[0] - sample[1]) / 2;
		double wider = (WIDTH - 1) * pass(&side_only, 0, side);

		for (int channel = 0; channel < 2; channel++) {
			double x = (double)sample[channel] +
				   (channel ? -wider : wider);

			x = pass(&rumble, channel, x);
			x = pass(&low, channel, x);
			sample[channel] = (float)pass(&high, channel, x);
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

static void make_kernel(float kernel[PHASES][TAPS])
{
	for (int phase = 0; phase < PHASES; phase++) {
		double shift = (double)phase / PHASES;

		for (int tap = 0; tap < TAPS; tap++) {
			double x = tap - (TAPS / 2 - 1) - shift;
			double window = cos(M_PI * x / (TAPS + 1));
			double sinc =
				fabs(x) < 1e-9 ? 1 : sin(M_PI * x) / (M_PI * x);

			kernel[phase][tap] = (float)(sinc * window * window);
		}
	}
}

/* The highest the curve through the samples gets from frame to the next. */
static double peak_at(const struct render_pcm *pcm, size_t frame,
		      float kernel[PHASES][TAPS], double ceiling)
{
	const float *here = &pcm->sample[2 * frame];
	float near = 0;
	double peak;

	if (frame < TAPS || frame + TAPS >= pcm->frames)
		return fmaxf(fabsf(here[0]), fabsf(here[1]));
	/* between samples the curve never gets to twice what they are */
	for (int i = -2; i < 6; i++)
		near = fmaxf(near, fabsf(here[i]));
	peak = (double)near;
	if (peak < ceiling / 2)
		return peak;
	for (size_t channel = 0; channel < 2; channel++) {
		const float *from =
			&pcm->sample[2 * (frame - (TAPS / 2 - 1)) + channel];

		for (int phase = 0; phase < PHASES; phase++) {
			float sum = 0;

			for (int tap = 0; tap < TAPS; tap++)
				sum += kernel[phase][tap] * from[2 * tap];
			peak = fmax(peak, (double)fabsf(sum));
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
	float kernel[PHASES][TAPS];

	if (!gain)
		return STATUS_NO_MEMORY;
	make_kernel(kernel);
	for (size_t i = 0; i < pcm->frames; i++) {
		double peak = peak_at(pcm, i, kernel, ceiling);

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

/* Brings soft and loud parts nearer to each other, slower than a beat. */
static enum status even_out(struct render_pcm *pcm)
{
	float *power = malloc(2 * pcm->frames * sizeof(*power));
	float *scratch = power ? power + pcm->frames : NULL;
	double sum = 0, mean;

	if (!power)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < pcm->frames; i++) {
		const float *sample = &pcm->sample[2 * i];

		power[i] = sample[0] * sample[0] + sample[1] * sample[1];
		sum += (double)power[i];
	}
	mean = sum / (double)pcm->frames + 1e-12;
	mean_around(power, scratch, pcm->frames, EVEN_REACH);
	mean_around(power, scratch, pcm->frames, EVEN_REACH);
	for (size_t i = 0; i < pcm->frames; i++) {
		double away = 10 * log10(((double)power[i] + 1e-12) / mean);
		double db = fmax(-EVEN_MAX_DB, fmin(EVEN_MAX_DB, -EVEN * away));
		float gain = (float)from_db(db);

		pcm->sample[2 * i] *= gain;
		pcm->sample[2 * i + 1] *= gain;
	}
	free(power);
	return STATUS_OK;
}

static void amplify(struct render_pcm *pcm, double db)
{
	float gain = (float)from_db(db);

	for (size_t i = 0; i < 2 * pcm->frames; i++)
		pcm->sample[i] *= gain;
}

enum status master_apply(struct render_pcm *pcm, double bright_db,
			 struct master_level *out, struct fault *fault)
{
	enum status st;

	tone(pcm, bright_db);
	st = even_out(pcm);
	if (st)
		return fault_set(fault, st, NULL,
				 "no memory to master a piece");
	fade(pcm);
	st = measure(out, pcm, EBUR128_MODE_I, fault);
	if (!st && !(out->lufs > -70))
		st = fault_set(fault, STATUS_BAD_DATA, NULL,
			       "the rendered piece is silent");
	/* Limiting takes some loudness away: rounds make up for it. */
	for (int round = 0;
	     round < ROUNDS && !st && fabs(out->lufs - MASTER_LUFS) > ALMOST_LU;
	     round++) {
		amplify(pcm, MASTER_LUFS - out->lufs);
		st = limit(pcm, from_db(MASTER_PEAK));
		if (st)
			fault_set(fault, st, NULL,
				  "no memory to limit a piece");
		else
			st = measure(out, pcm, EBUR128_MODE_I, fault);
	}
	return st ? st : master_measure(out, pcm, fault);
}
