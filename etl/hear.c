/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hear: aubio's analysis, and the rule of arousal. */
#include "etl/hear.h"

#include <aubio/aubio.h>
#include <math.h>

/* Enough for tempo, onsets and brightness; half the work of 44,100. */
#define RATE   22050
#define WINDOW 1024
#define HOP    256

/* A long song's first half minute is often an intro. */
#define LONG_S 180
#define SKIP_S 30

/* Below it a file is as good as silent. */
#define SILENCE_DB (-70.0)

struct ear {
	aubio_source_t *source;
	aubio_tempo_t *tempo;
	aubio_onset_t *onset;
	aubio_pvoc_t *spectrum;
	aubio_specdesc_t *centroid;
	fvec_t *block, *beat, *middle;
	cvec_t *bins;
	double energy, bright; /* sums over the blocks */
	long samples, onsets;
};

static void be_quiet(sint_t level, const char_t *message, void *user)
{
	(void)level, (void)message, (void)user;
}

static bool open_ear(struct ear *ear, const char *path)
{
	for (int level = 0; level < AUBIO_LOG_LAST_LEVEL; level++)
		aubio_log_set_level_function(level, be_quiet, NULL);
	ear->source = new_aubio_source(path, RATE, HOP);
	if (!ear->source)
		return false;
	ear->tempo = new_aubio_tempo("default", WINDOW, HOP, RATE);
	ear->onset = new_aubio_onset("default", WINDOW, HOP, RATE);
	ear->spectrum = new_aubio_pvoc(WINDOW, HOP);
	ear->centroid = new_aubio_specdesc("centroid", WINDOW);
	ear->block = new_fvec(HOP);
	ear->beat = new_fvec(2);
	ear->middle = new_fvec(1);
	ear->bins = new_cvec(WINDOW);
	return ear->tempo && ear->onset && ear->spectrum && ear->centroid &&
	       ear->block && ear->beat && ear->middle && ear->bins;
}

#define FREE(type, what)                  \
	do {                              \
		if (what)                 \
			del_##type(what); \
	} while (0)

static void close_ear(struct ear *ear)
{
	FREE(aubio_source, ear->source);
	FREE(aubio_tempo, ear->tempo);
	FREE(aubio_onset, ear->onset);
	FREE(aubio_pvoc, ear->spectrum);
	FREE(aubio_specdesc, ear->centroid);
	FREE(fvec, ear->block);
	FREE(fvec, ear->beat);
	FREE(fvec, ear->middle);
	FREE(cvec, ear->bins);
}

/* Brightness is weighed by energy: what is loud is what is heard. */
static void hear_block(struct ear *ear, uint_t count)
{
	double energy = 0;

	for (uint_t i = 0; i < count; i++)
		energy += (double)ear->block->data[i] *
			  (double)ear->block->data[i];
	ear->energy += energy;
	ear->samples += count;
	aubio_tempo_do(ear->tempo, ear->block, ear->beat);
	aubio_onset_do(ear->onset, ear->block, ear->beat);
	ear->onsets += ear->beat->data[0] > 0;
	aubio_pvoc_do(ear->spectrum, ear->block, ear->bins);
	aubio_specdesc_do(ear->centroid, ear->bins, ear->middle);
	ear->bright += energy * (double)ear->middle->data[0] * RATE / WINDOW;
}

static void hear_all(struct ear *ear)
{
	uint_t count = HOP;

	if (aubio_source_get_duration(ear->source) > LONG_S * RATE)
		aubio_source_seek(ear->source, SKIP_S * RATE);
	while (count == HOP && ear->samples < (long)HEAR_MOST_S * RATE) {
		count = 0;
		aubio_source_do(ear->source, ear->block, &count);
		if (count)
			hear_block(ear, count);
	}
}

static enum status sum_up(struct ear *ear, struct sound *out)
{
	double seconds = (double)ear->samples / RATE;

	if (seconds < HEAR_LEAST_S || !isfinite(ear->energy) ||
	    ear->energy <= 0)
		return STATUS_BAD_DATA;
	out->loudness = 10 * log10(ear->energy / (double)ear->samples);
	out->brightness = ear->bright / ear->energy;
	out->onsets = (double)ear->onsets / seconds;
	out->tempo = (double)aubio_tempo_get_bpm(ear->tempo);
	if (out->loudness < SILENCE_DB || !isfinite(out->brightness) ||
	    !isfinite(out->tempo) || out->brightness <= 0)
		return STATUS_BAD_DATA;
	return STATUS_OK;
}

enum status hear_file(const char *path, struct sound *out, struct fault *fault)
{
	struct ear ear = {0};
	enum status st = STATUS_BAD_DATA;

	*out = (struct sound){0};
	if (open_ear(&ear, path)) {
		hear_all(&ear);
		st = sum_up(&ear, out);
	}
	close_ear(&ear);
	if (!st)
		return STATUS_OK;
	*out = (struct sound){0};
	return fault_set(fault, st, path,
			 "holds no five seconds of sound that can be decoded");
}

/* ---- arousal ------------------------------------------------------------ */

/*
 * The cues on which studies of expression agree that arousal rises with them:
 * fast tempo, many and short notes, loud and bright sound (A. Gabrielsson and
 * E. Lindstrom, "The role of structure in the musical expression of emotions",
 * 2010; P. N. Juslin and P. Laukka, "Communication of emotions in vocal
 * expression and music performance", 2003). The middle of each is taken for
 * 0, its ends for -1 and 1. The weights go by how well aubio measures it, and
 * less by the theory: its beat is often half or double the tempo, and
 * mastering has made most recordings equally loud. Held against the composed
 * starter music, whose arousal is known, in tests/etl/test_hear.sh.
 */
static const struct cue {
	double middle, reach, weight;
	bool octaves;                         /* equal steps are ratios */
} brightness_cue = {1350, 1.15, 0.40, true},  /* Hz: 600 to 3000 */
	onsets_cue = {3, 2.5, 0.35, false},   /* a second: 0.5 to 5.5 */
	loudness_cue = {-18, 8, 0.15, false}, /* dB: -26 to -10 */
	tempo_cue = {106, 0.6, 0.10, true};   /* a minute: 70 to 160 */

/* What is measured of sound knows arousal about as well as a tag does. */
#define CONFIDENCE 0.5f

static double part(const struct cue *cue, double value)
{
	double steps = cue->octaves ? log2(value / cue->middle)
				    : value - cue->middle;

	return cue->weight * fmax(-1, fmin(1, steps / cue->reach));
}

bool hear_mood(const struct sound *sound, struct mood_fact *fact)
{
	double arousal = 0;

	*fact = (struct mood_fact){.provenance = "audio",
				   .axes = MOOD_AROUSAL,
				   .confidence = CONFIDENCE};
	if (sound->brightness <= 0)
		return false;
	arousal += part(&brightness_cue, sound->brightness);
	arousal += part(&onsets_cue, sound->onsets);
	arousal += part(&loudness_cue, sound->loudness);
	/* without a beat, tempo tells nothing */
	if (sound->tempo > 0)
		arousal += part(&tempo_cue, sound->tempo);
	fact->arousal = (float)arousal;
	return true;
}
