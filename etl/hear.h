/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hear: what a music file sounds like: tempo, onsets, loudness, brightness,
 * through aubio, and the arousal that follows from them.
 */
#ifndef MIEN_ETL_HEAR_H
#define MIEN_ETL_HEAR_H

#include "catalog/sound.h"

/* Shorter files are not judged; of longer ones so much is heard. */
#define HEAR_LEAST_S 5
#define HEAR_MOST_S  120

/*
 * Decodes and measures a file. The libraries below may print, and a hostile
 * file may be their end: call it in a process of its own (etl/measure.h).
 * STATUS_BAD_DATA: no sound that can be decoded, silence, or too short.
 */
enum status hear_file(const char *path, struct sound *out, struct fault *fault);

/*
 * The arousal of a sound, as a fact of provenance "audio" on arousal alone.
 * false: nothing was measured.
 */
bool hear_mood(const struct sound *sound, struct mood_fact *fact);

#endif
