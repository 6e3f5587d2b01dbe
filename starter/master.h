/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * master: what is done to a whole piece before it is encoded: no rumble, one
 * loudness for all, no peak that clips, silence at both ends.
 */
#ifndef MIEN_STARTER_MASTER_H
#define MIEN_STARTER_MASTER_H

#include "starter/render.h"

/* Integrated loudness of all pieces, LUFS (ITU-R BS.1770-4). */
#define MASTER_LUFS (-16.0)
/*
 * The true peak allowed here, dBTP. Opus overshoots what it is given by up
 * to a decibel; -3 keeps the decoded piece below -1.
 */
#define MASTER_PEAK (-3.0)

/* Measured as ITU-R BS.1770 asks; -inf of silence. */
struct master_level {
	double lufs, peak_db;
};

enum status master_measure(struct master_level *out,
			   const struct render_pcm *pcm, struct fault *fault);

/*
 * Filters, levels, fades and limits pcm in place; *out is what it came to.
 * bright_db is for the treble. STATUS_BAD_DATA for a silent piece.
 */
enum status master_apply(struct render_pcm *pcm, double bright_db,
			 struct master_level *out, struct fault *fault);

#endif
