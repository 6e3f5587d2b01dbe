/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * blend: what several sources say of a track's mood, as one opinion. Pure.
 * Seen by this room only.
 */
#ifndef MIEN_CATALOG_BLEND_H
#define MIEN_CATALOG_BLEND_H

#include "catalog/catalog.h"

struct blend {
	struct blend_axis {
		double weight, sum, squares;
		double doubt; /* product of the doubts; valid with a weight */
	} valence, arousal;   /* all 0 at first */
};

/* Adds one fact; confidence 0..1. A confidence of 0 adds nothing. */
void blend_add(struct blend *blend, const char *provenance, enum mood_axes axes,
	       double valence, double arousal, double confidence);

/* Whether anything was added. */
bool blend_known(const struct blend *blend);

/*
 * Means into the first two, 0 for an axis that nobody told; how sure both are
 * together into confidence.
 */
void blend_result(const struct blend *blend, double *valence, double *arousal,
		  double *confidence);

/* The part, 0..1, that a fact has in each mean of a finished blend. */
void blend_shares(const struct blend *blend, const char *provenance,
		  enum mood_axes axes, double confidence, double *valence,
		  double *arousal);

#endif
