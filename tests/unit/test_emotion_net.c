/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shipped emotion network: Darknet answers what PyTorch answered, and a
 * person is shown what follows from it.
 */
#include "tests/unit/unit.h"

#include "model/check.h"
#include "model/emotion_net.h"
#include "model/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PIXELS    (EMOTION_NET_SIDE * EMOTION_NET_SIDE)
#define SAMPLES   8
#define LOGITS    (EMOTION_COUNT + CROWD_COUNT)
#define TOLERANCE 1e-4

static char weights_folder[512], data_folder[512];
static uint8_t pictures[SAMPLES][PIXELS];
static double expected[SAMPLES][LOGITS];

static void find_folders(void)
{
	const char *root = getenv("MIEN_ROOT");

	snprintf(weights_folder, sizeof(weights_folder), "%s/model/weights",
		 root ? root : ".");
	snprintf(data_folder, sizeof(data_folder), "%s/tests/data",
		 root ? root : ".");
}

static int read_fixture(void **state)
{
	size_t length;
	char *bytes, *at;

	(void)state;
	find_folders();
	if (check_read(data_folder, "emotion_input.pgm", 1 << 20, &bytes,
		       &length, NULL) ||
	    length < sizeof(pictures))
		return 1;
	memcpy(pictures, bytes + length - sizeof(pictures), sizeof(pictures));
	free(bytes);
	if (check_read(data_folder, "emotion_output.tsv", 1 << 20, &bytes,
		       &length, NULL))
		return 1;
	at = bytes;
	for (int s = 0; s < SAMPLES; s++)
		for (int i = 0; i < LOGITS; i++)
			expected[s][i] = strtod(at, &at);
	free(bytes);
	return 0;
}

static const float *head(const struct engine *engine, const char *name)
{
	int index;

	assert_int_equal(engine_find(engine, name, &index), STATUS_OK);
	return engine_output(engine, index).data;
}

static struct emotion_net *open_net(void)
{
	struct emotion_net *net = NULL;
	struct fault fault = {0};
	char text[512];

	if (emotion_net_open(&net, weights_folder, &fault))
		fail_msg("%s", fault_sentence(&fault, text, sizeof(text)));
	return net;
}

/* The formula of model/train/net.py, in the order it is written there. */
static void standardise(const uint8_t *pixels, float *out)
{
	double mean = 0, var = 0;

	for (int i = 0; i < PIXELS; i++)
		mean += pixels[i] / (double)PIXELS;
	for (int i = 0; i < PIXELS; i++)
		var += (pixels[i] - mean) * (pixels[i] - mean) / PIXELS;
	for (int i = 0; i < PIXELS; i++)
		out[i] = (float)((pixels[i] - mean) / sqrt(var + 1));
}

static void logits_are_pytorchs(void **state)
{
	struct engine *engine = NULL;

	(void)state;
	assert_int_equal(engine_open(&engine, weights_folder, "emotion", NULL),
			 STATUS_OK);
	for (int s = 0; s < SAMPLES; s++) {
		const float *fer, *crowd;

		standardise(pictures[s], engine_input(engine).data);
		assert_int_equal(engine_run(engine), STATUS_OK);
		fer = head(engine, "fer_logits");
		crowd = head(engine, "crowd_logits");
		for (int i = 0; i < LOGITS; i++) {
			float got = i < EMOTION_COUNT
					    ? fer[i]
					    : crowd[i - EMOTION_COUNT];

			if (!(fabs(got - expected[s][i]) <= TOLERANCE))
				fail_msg("picture %d, logit %d: PyTorch %g, "
					 "Darknet %g",
					 s, i, expected[s][i], (double)got);
		}
	}
	engine_close(engine);
}

/* Are p the softmax of logits at one temperature? */
static void check_softmax(const double *logits, const float *p, int n)
{
	double sum = 0, heat = 0;

	for (int i = 0; i < n; i++)
		sum += p[i];
	assert_true(fabs(sum - 1) < 1e-5);
	for (int i = 1; i < n; i++) {
		double ratio = (logits[0] - logits[i]) / log(p[0] / p[i]);

		if (fabs(logits[0] - logits[i]) < 0.5)
			continue; /* too close to tell */
		if (heat == 0)
			heat = ratio;
		assert_true(ratio > 0.2 && ratio < 5);
		assert_true(fabs(ratio - heat) < 1e-3);
	}
}

static void probabilities_are_softmaxes(void **state)
{
	struct emotion_net *net = open_net();

	(void)state;
	for (int s = 0; s < SAMPLES; s++) {
		struct emotion_scores scores;

		assert_int_equal(emotion_net_read(net, pictures[s], &scores),
				 STATUS_OK);
		check_softmax(expected[s], scores.fer, EMOTION_COUNT);
		check_softmax(expected[s] + EMOTION_COUNT, scores.crowd,
			      CROWD_COUNT);
	}
	emotion_net_close(net);
}

static void light_does_not_matter(void **state)
{
	struct emotion_net *net = open_net();
	struct emotion_scores a, b;
	uint8_t dim[PIXELS];

	(void)state;
	for (int i = 0; i < PIXELS; i++)
		dim[i] = (uint8_t)(20 + pictures[0][i] / 2);
	assert_int_equal(emotion_net_read(net, pictures[0], &a), STATUS_OK);
	assert_int_equal(emotion_net_read(net, dim, &b), STATUS_OK);
	for (int i = 0; i < EMOTION_COUNT; i++)
		assert_true(fabsf(a.shown[i] - b.shown[i]) < 0.05f);
	emotion_net_close(net);
}

static void flat_pictures_are_read(void **state)
{
	static const uint8_t levels[] = {0, 128, 255};
	struct emotion_net *net = open_net();
	struct emotion_scores first, scores;
	uint8_t flat[PIXELS];

	(void)state;
	for (size_t k = 0; k < sizeof(levels); k++) {
		memset(flat, levels[k], sizeof(flat));
		assert_int_equal(emotion_net_read(net, flat, &scores),
				 STATUS_OK);
		if (!k)
			first = scores;
		assert_memory_equal(&first, &scores, sizeof(scores));
	}
	emotion_net_close(net);
}

static void shows_seven_of_eight(void **state)
{
	static const float crowd[CROWD_COUNT] = {
		[CROWD_NEUTRAL] = 0.1f,   [CROWD_HAPPINESS] = 0.2f,
		[CROWD_SURPRISE] = 0.05f, [CROWD_SADNESS] = 0.15f,
		[CROWD_ANGER] = 0.12f,    [CROWD_DISGUST] = 0.08f,
		[CROWD_FEAR] = 0.1f,      [CROWD_CONTEMPT] = 0.2f};
	static const float want[EMOTION_COUNT] = {
		0.15f, 0.1f, 0.125f, 0.25f, 0.1875f, 0.0625f, 0.125f};
	static const float scorn[CROWD_COUNT] = {[CROWD_CONTEMPT] = 1};
	float shown[EMOTION_COUNT];

	(void)state;
	emotion_net_shown(crowd, shown);
	for (int i = 0; i < EMOTION_COUNT; i++)
		assert_true(fabsf(shown[i] - want[i]) < 1e-6f);
	emotion_net_shown(scorn, shown);
	assert_true(fabsf(shown[0] - 1.0f / EMOTION_COUNT) < 1e-6f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(logits_are_pytorchs),
		cmocka_unit_test(probabilities_are_softmaxes),
		cmocka_unit_test(light_does_not_matter),
		cmocka_unit_test(flat_pictures_are_read),
		cmocka_unit_test(shows_seven_of_eight),
	};

	return cmocka_run_group_tests(tests, read_fixture, NULL);
}
