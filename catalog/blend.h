/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * blend: what several sources say of a track's mood, as one opinion. Pure.
 * Seen by this room only.
 */
#ifndef MIEN_CATALOG_BLEND_H
#define MIEN_CATALOG_BLEND_H

struct blend {
	double weight, valence, arousal; /* sums; all 0 at first */
	double valence2, arousal2;
	double doubt; /* product of the doubts; valid when weight > 0 */
};

/* Adds one fact; confidence 0..1. A confidence of 0 adds nothing. */
void blend_add(struct blend *blend, const char *provenance, double valence,
	       double arousal, double confidence);

/* Means into the three. All 0 where nothing was added. */
void blend_result(const struct blend *blend, double *valence, double *arousal,
		  double *confidence);

#endif
