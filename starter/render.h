/* SPDX-License-Identifier: GPL-3.0-or-later */
/* render: a score through FluidSynth into samples, faster than real time. */
#ifndef MIEN_STARTER_RENDER_H
#define MIEN_STARTER_RENDER_H

#include "starter/score.h"

#define RENDER_RATE 48000

/* Stereo, interleaved; freed by render_free. */
struct render_pcm {
	float *sample;
	size_t frames;
};

/*
 * Plays score with the instruments of soundfont; seconds is how long the
 * result is, what sounds longer is cut. May run in several threads at once.
 */
enum status render_score(struct render_pcm *out, const struct score *score,
			 const char *soundfont, double seconds,
			 struct fault *fault);

void render_free(struct render_pcm *pcm);

#endif
