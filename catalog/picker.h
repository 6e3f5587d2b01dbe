/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * picker: which song next, and why. The same seed, catalog, history and moods
 * give the same songs.
 */
#ifndef MIEN_CATALOG_PICKER_H
#define MIEN_CATALOG_PICKER_H

#include "catalog/catalog.h"
#include "model/mood.h"

enum policy {
	POLICY_MATCH,   /* songs like the mood */
	POLICY_LIFT,    /* from a low mood, step by step, to a better one */
	POLICY_SURPRISE /* something you would not expect */
};

/* "match"; static. */
const char *policy_name(enum policy policy);

/* false when name is none of them (case does not matter). */
bool policy_from_name(const char *name, enum policy *out);

struct picker;

/* catalog must outlive the picker; same thread. */
enum status picker_new(struct picker **out, struct catalog *catalog,
		       uint64_t seed);
void picker_free(struct picker *picker); /* NULL is allowed */

/*
 * From now on only songs whose address may be played are picked: may_play is
 * asked inside of picker_next, for songs not yet heard, and may not call the
 * picker. NULL: all may.
 */
void picker_allow(struct picker *picker, catalog_may_play_fn *may_play,
		  void *user);

/*
 * The next track for mood, with its reason (about 100 columns at most). No
 * track twice in a session until all were heard; artists spaced where there
 * are others left; recent plays and skips count against, likes for. A lift
 * begins at the mood, goes on with every pick, and begins anew when the mood's
 * emotion or the policy is another. now: seconds since the epoch.
 * STATUS_NOT_FOUND: the catalog has nothing that may be played, or far too
 * little among what may not. Takes a millisecond at a million tracks.
 */
enum status picker_next(struct picker *picker, const struct mood *mood,
			enum policy policy, int64_t now, struct track *out);

/* This is what plays, whoever chose it (0: nothing does): it is picked only
 * where there is nothing else. */
void picker_plays(struct picker *picker, int64_t id);

/*
 * Tells the picker that a pick was not used after all (mood changed): it may
 * come again, and a lift is a step back. Another id does nothing.
 */
void picker_return(struct picker *picker, int64_t id);

#endif
