/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * finder: the faces of one frame after the other, with as little of the
 * detector as they need. Belongs to one thread. Knows nothing of emotions.
 */
#ifndef MIEN_MODEL_FINDER_H
#define MIEN_MODEL_FINDER_H

#include "base/status.h"
#include "model/glance.h"
#include "model/track.h"

struct finder;

/* Faults as detect_open's. */
enum status finder_open(struct finder **out, const char *folder,
			struct fault *fault);
void finder_close(struct finder *finder); /* NULL is allowed */

/*
 * The next frame of a camera, and its glance. *rest: nothing in it is other
 * than it was, and nothing was looked for. Allocates nothing.
 */
enum status finder_live(struct finder *finder, const struct frame *frame,
			const struct glance *glance, bool *rest);

/* Whether the last frame of the camera had the one pass of the network that
 * there is time for: what can wait should. */
bool finder_busy(const struct finder *finder);

/* The camera's faces; the finder's own. */
const struct tracker *finder_tracker(const struct finder *finder);

/* Passes over frames and tiles so far, and looks (of one pass or two); for
 * measurements. */
unsigned finder_passes(const struct finder *finder);

/* All faces of a frame that stands alone, into a tracker made anew. */
enum status finder_still(struct finder *finder, const struct frame *frame,
			 struct tracker *tracker);

#endif
