/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loudness, peaks, fades and filters against signals whose answer is known. */
#include "tests/unit/unit.h"

#include "starter/master.h"

#include <math.h>
#include <stdlib.h>

#define SECONDS 12

static struct render_pcm pcm_new(void)
{
	struct render_pcm pcm = {.frames = SECONDS * RENDER_RATE};

	pcm.sample = calloc(pcm.frames, 2 * sizeof(float));
	assert_non_null(pcm.sample);
	return pcm;
}

static void add_sine(struct render_pcm *pcm, double hz, double db)
{
	double peak = pow(10, db / 20);

	for (size_t i = 0; i < pcm->frames; i++) {
		double x = sin(2 * M_PI * hz * (double)i / RENDER_RATE);

		pcm->sample[2 * i] += (float)(peak * x);
		pcm->sample[2 * i + 1] += (float)(peak * x);
	}
}

/* EBU Tech 3341, case 1: 1 kHz in both channels at -23 dBFS is -23 LUFS. */
static void measures_a_known_tone(void **state)
{
	struct render_pcm pcm = pcm_new();
	struct master_level level;

	(void)state;
	add_sine(&pcm, 1000, -23);
	assert_int_equal(master_measure(&level, &pcm, NULL), STATUS_OK);
	assert_true(fabs(level.lufs + 23) < 0.1);
	assert_true(fabs(level.peak_db + 23) < 0.2);
	render_free(&pcm);
}

/* EBU Tech 3341, case 15: a quarter of the rate, 45 degrees off: the samples
 * stand at 0.707 of the wave. */
static void sees_peaks_between_samples(void **state)
{
	struct render_pcm pcm = pcm_new();
	struct master_level level;

	(void)state;
	for (size_t i = 0; i < pcm.frames; i++) {
		double x = 0.5 * sin(M_PI / 2 * (double)i + M_PI / 4);

		pcm.sample[2 * i] = pcm.sample[2 * i + 1] = (float)x;
	}
	assert_int_equal(master_measure(&level, &pcm, NULL), STATUS_OK);
	assert_true(level.peak_db > -6.4 && level.peak_db < -5.8);
	render_free(&pcm);
}

/* Soft, with loud blows, a constant offset and a rough beginning and end. */
static struct render_pcm rough_music(void)
{
	struct render_pcm pcm = pcm_new();

	add_sine(&pcm, 220, -30);
	add_sine(&pcm, 1250, -34);
	for (size_t i = 0; i < pcm.frames; i++) {
		size_t in = i % (RENDER_RATE / 2);
		double blow = exp(-(double)in / 900) *
			      sin(2 * M_PI * 0.21 * (double)in);

		pcm.sample[2 * i] += (float)(0.25 * blow + 0.05);
		pcm.sample[2 * i + 1] += (float)(0.2 * blow + 0.05);
	}
	return pcm;
}

static void masters_to_the_target(void **state)
{
	struct render_pcm pcm = rough_music();
	struct master_level told, level;
	double sum = 0;

	(void)state;
	assert_int_equal(master_apply(&pcm, 0, &told, NULL), STATUS_OK);
	assert_int_equal(master_measure(&level, &pcm, NULL), STATUS_OK);
	assert_true(fabs(level.lufs - MASTER_LUFS) < 0.3);
	assert_true(level.peak_db < MASTER_PEAK + 0.1);
	assert_true(fabs(told.lufs - level.lufs) < 0.01);
	for (size_t i = 0; i < 2 * pcm.frames; i++)
		sum += (double)pcm.sample[i];
	assert_true(fabs(sum / 2 / (double)pcm.frames) < 1e-3);
	assert_true(fabsf(pcm.sample[0]) < 1e-4f);
	assert_true(fabsf(pcm.sample[2 * pcm.frames - 1]) < 1e-4f);
	render_free(&pcm);
}

static void limiter_leaves_no_steps(void **state)
{
	struct render_pcm pcm = pcm_new();
	struct master_level level;
	double worst = 0;

	(void)state;
	/* a low tone that one blow of a second makes the limiter duck */
	add_sine(&pcm, 60, -16);
	for (size_t i = 5 * RENDER_RATE; i < 6 * RENDER_RATE; i++)
		for (int c = 0; c < 2; c++)
			pcm.sample[2 * i + c] +=
				(float)(2 * sin(M_PI * (double)i / 400) *
					sin(M_PI * (double)i / RENDER_RATE));
	assert_int_equal(master_apply(&pcm, 0, &level, NULL), STATUS_OK);
	for (size_t i = 1; i + 1 < pcm.frames; i++)
		worst = fmax(worst, fabs((double)pcm.sample[2 * i - 2] -
					 2 * (double)pcm.sample[2 * i] +
					 (double)pcm.sample[2 * i + 2]));
	assert_true(worst < 0.001);
	render_free(&pcm);
}

static void bright_is_brighter(void **state)
{
	struct render_pcm dull = pcm_new(), bright = pcm_new();
	struct master_level level;
	double high[2] = {0};

	(void)state;
	add_sine(&dull, 220, -20);
	add_sine(&dull, 6000, -40);
	add_sine(&bright, 220, -20);
	add_sine(&bright, 6000, -40);
	assert_int_equal(master_apply(&dull, -4, &level, NULL), STATUS_OK);
	assert_int_equal(master_apply(&bright, 4, &level, NULL), STATUS_OK);
	for (size_t i = 1; i < dull.frames; i++) {
		high[0] += fabs((double)dull.sample[2 * i] -
				(double)dull.sample[2 * i - 2]);
		high[1] += fabs((double)bright.sample[2 * i] -
				(double)bright.sample[2 * i - 2]);
	}
	assert_true(high[1] > 1.5 * high[0]);
	render_free(&dull);
	render_free(&bright);
}

static void silence_is_refused(void **state)
{
	struct render_pcm pcm = pcm_new();
	struct master_level level;
	struct fault fault = {0};

	(void)state;
	assert_int_equal(master_apply(&pcm, 0, &level, &fault),
			 STATUS_BAD_DATA);
	assert_non_null(strstr(fault.detail, "silent"));
	render_free(&pcm);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measures_a_known_tone),
		cmocka_unit_test(sees_peaks_between_samples),
		cmocka_unit_test(masters_to_the_target),
		cmocka_unit_test(limiter_leaves_no_steps),
		cmocka_unit_test(bright_is_brighter),
		cmocka_unit_test(silence_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
