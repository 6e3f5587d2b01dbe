/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * finder: the detector where watch.c says, follow.c in between, and what is
 * remembered of each face for that.
 */
#include "model/finder.h"

#include "base/clock.h"
#include "model/detect.h"
#include "model/follow.h"
#include "model/watch.h"

#include <stdlib.h>
#include <string.h>

/* Seen at half the size, a face goes back once it is a good deal smaller. */
#define NEAR_UNTIL 0.30f
/* With no face in view, every so many passes look for a near one. */
#define NEAR_EVERY 3

/* A face is followed for so long after it was detected. */
#define FOLLOW_NS (400 * CLOCK_NS_PER_MS)

/* Where the face in one slot of the tracker was detected last. */
struct trace {
	uint32_t track;
	int64_t found_ns;
	bool tile;   /* in a tile: a pass over the frame need not see it */
	bool missed; /* the last pass over the frame did not */
	struct follow follow;
	struct detection face;
};

/* What a second look did not take for a face is left alone for a while. */
#define REFUTED_NS (500 * CLOCK_NS_PER_MS)
#define REFUTED    4 /* such places remembered */

struct refuted {
	struct detection place;
	int64_t until_ns;
};

/* What may be a face, and waits for a pass of its second look. */
struct waiting {
	bool is;
	int pass;
	struct detection face;
};

/* How what was found was found, at the same index. */
enum way { BY_FRAME, BY_TILE, FOLLOWED };

struct finder {
	struct detect *detect;
	struct watch watch;
	struct glance base; /* of the frame in which something changed last */
	enum detect_range range;
	uint32_t passes; /* over the frame */
	uint32_t tiles, looks;
	struct tracker tracker;
	struct trace traces[TRACK_MAX];
	struct detection found[DETECT_MAX];
	enum way ways[DETECT_MAX];
	struct refuted refuted[REFUTED]; /* the oldest is overwritten */
	unsigned refutations;
	struct waiting waiting;
	bool busy;
};

enum status finder_open(struct finder **out, const char *folder,
			struct fault *fault)
{
	struct finder *finder = calloc(1, sizeof(*finder));
	enum status st;

	if (!finder)
		return fault_set(fault, STATUS_NO_MEMORY, folder,
				 "not enough memory for the networks");
	track_init(&finder->tracker);
	st = detect_open(&finder->detect, folder, fault);
	if (st) {
		finder_close(finder);
		return st;
	}
	*out = finder;
	return STATUS_OK;
}

void finder_close(struct finder *finder)
{
	if (!finder)
		return;
	detect_close(finder->detect);
	free(finder);
}

const struct tracker *finder_tracker(const struct finder *finder)
{
	return &finder->tracker;
}

bool finder_busy(const struct finder *finder)
{
	return finder->busy;
}

unsigned finder_passes(const struct finder *finder)
{
	return finder->passes + finder->tiles + finder->looks;
}

/* ---- passes -------------------------------------------------------------- */

/* Which range the next frame of a camera is looked at in. */
static enum detect_range next_range(const struct finder *finder,
				    float frame_width)
{
	int slot;
	float share;

	if (!track_shown(&finder->tracker, &slot, 1))
		return (finder->passes + 1) % NEAR_EVERY ? DETECT_FAR
							 : DETECT_NEAR;
	share = finder->tracker.tracks[slot].face.width / frame_width;
	if (finder->range == DETECT_NEAR)
		return share > NEAR_UNTIL ? DETECT_NEAR : DETECT_FAR;
	return share > DETECT_NEAR_FROM ? DETECT_NEAR : DETECT_FAR;
}

static bool is_among(const struct detection *face,
		     const struct detection *found, int count)
{
	for (int i = 0; i < count; i++)
		if (detect_overlap(face, &found[i]) > 0)
			return true;
	return false;
}

/* The face that the last pass over the frame did not find, if any; where there
 * are more, in turn. */
static const struct track *missed_face(const struct finder *finder)
{
	const struct track *missed[TRACK_MAX];
	uint32_t misses = 0;
	int slots[TRACK_MAX];
	int shown = track_shown(&finder->tracker, slots, TRACK_MAX);

	for (int i = 0; i < shown; i++) {
		const struct track *track = &finder->tracker.tracks[slots[i]];
		const struct trace *trace = &finder->traces[slots[i]];

		if (trace->track == track->id && trace->missed)
			missed[misses++] = track;
	}
	return misses ? missed[finder->tiles % misses] : NULL;
}

/* What is appended to found was found so. */
static void mark(struct finder *finder, int from, int to, enum way way)
{
	for (int i = from; i < to; i++)
		finder->ways[i] = way;
}

static enum status look_everywhere(struct finder *finder,
				   const struct frame *frame, int *count)
{
	enum status st;

	finder->range = next_range(finder, (float)frame->width);
	finder->passes++;
	st = detect_faces(finder->detect, frame, finder->range, finder->found,
			  count);
	if (st)
		return st;
	mark(finder, 0, *count, BY_FRAME);
	for (int i = 0; i < TRACK_MAX; i++) {
		const struct track *track = &finder->tracker.tracks[i];

		finder->traces[i].missed =
			!is_among(&track->face, finder->found, *count);
	}
	return st;
}

/* In a tile around a face that was missed, else in the next of those that
 * cover the frame. */
static enum status look_in_tile(struct finder *finder,
				const struct frame *frame, int *count)
{
	const struct track *missed = missed_face(finder);
	struct detection more[DETECT_MAX];
	int more_count = 0, before = *count;
	float middle[2];
	enum status st;

	if (missed) {
		middle[0] = missed->face.x + missed->face.width / 2;
		middle[1] = missed->face.y + missed->face.height / 2;
	} else {
		detect_tile_middle(frame, (int)finder->tiles, middle);
	}
	finder->tiles++;
	st = detect_tile(finder->detect, frame, middle[0], middle[1], more,
			 &more_count);
	*count = detect_join(finder->found, *count, more, more_count);
	mark(finder, before, *count, BY_TILE);
	return st;
}

/* ---- between passes ------------------------------------------------------ */

/*
 * Where the face in slot went since it was detected. false: it need not be
 * asked, or cannot be told. *lost: it was here a frame ago.
 */
static bool follow_one(struct finder *finder, const struct frame *frame,
		       int slot, bool everywhere, struct detection *out,
		       bool *lost)
{
	const struct track *track = &finder->tracker.tracks[slot];
	struct trace *trace = &finder->traces[slot];
	int64_t age = frame->captured_ns - trace->found_ns;
	float guess[2], moved[2];

	/* that a pass over the frame did not see it says something, unless it
	 * is too small for that */
	if (!track->shown || trace->track != track->id || age < 0 ||
	    age > FOLLOW_NS || (trace->missed && !trace->tile))
		return false;
	guess[0] = track->found.x - trace->face.x;
	guess[1] = track->found.y - trace->face.y;
	if (!follow_find(&trace->follow, frame, guess, moved)) {
		*lost |= !everywhere && track->seen;
		return false;
	}
	*out = trace->face;
	out->x += moved[0];
	out->y += moved[1];
	for (int i = 0; i < 4; i++)
		out->eyes[i / 2][i % 2] += moved[i % 2];
	return true;
}

/* Adds the faces that were not detected in this frame, but are still there. */
static bool follow_rest(struct finder *finder, const struct frame *frame,
			bool everywhere, int *count)
{
	int detected = *count;
	bool lost = false;

	for (int i = 0; i < TRACK_MAX && *count < DETECT_MAX; i++) {
		struct detection face;

		if (is_among(&finder->tracker.tracks[i].face, finder->found,
			     detected) ||
		    !follow_one(finder, frame, i, everywhere, &face, &lost))
			continue;
		finder->found[*count] = face;
		finder->ways[(*count)++] = FOLLOWED;
	}
	return !lost;
}

/* Whether following a face fails that only a pass over the frame finds. */
static bool is_any_lost(struct finder *finder, const struct frame *frame)
{
	bool lost = false;

	for (int i = 0; i < TRACK_MAX && !lost; i++) {
		struct detection face;

		if (!finder->traces[i].tile)
			follow_one(finder, frame, i, false, &face, &lost);
	}
	return lost;
}

/* Nothing changed: what was seen in the last frame is seen in this. */
static int see_again(struct finder *finder)
{
	int count = 0;

	for (int i = 0; i < TRACK_MAX; i++) {
		const struct track *track = &finder->tracker.tracks[i];

		if (track->id && track->seen)
			finder->found[count++] = track->found;
	}
	mark(finder, 0, count, FOLLOWED);
	return count;
}

/* Remembers where and how the faces that were detected look. */
static void keep_traces(struct finder *finder, const struct frame *frame,
			int count)
{
	for (int i = 0; i < TRACK_MAX; i++) {
		const struct track *track = &finder->tracker.tracks[i];
		struct trace *trace = &finder->traces[i];
		int which = 0;

		while (which < count &&
		       /* copies: NOLINTNEXTLINE(bugprone-*,cert-*) */
		       memcmp(&finder->found[which], &track->found,
			      sizeof(track->found)) != 0)
			which++;
		if (!track->id || !track->seen || which == count ||
		    finder->ways[which] == FOLLOWED)
			continue;
		trace->missed = trace->track != track->id
					? finder->ways[which] == BY_TILE
					: trace->missed;
		trace->track = track->id;
		trace->found_ns = frame->captured_ns;
		trace->tile = finder->ways[which] == BY_TILE;
		trace->face = track->found;
		follow_keep(&trace->follow, frame, &track->found);
	}
}

/* ---- what is new --------------------------------------------------------- */

static bool is_refuted(const struct finder *finder,
		       const struct detection *found, int64_t now_ns)
{
	for (int i = 0; i < REFUTED; i++)
		if (now_ns < finder->refuted[i].until_ns &&
		    detect_overlap(&finder->refuted[i].place, found) > 0)
			return true;
	return false;
}

static void refute(struct finder *finder, const struct frame *frame,
		   const struct detection *place)
{
	struct refuted *refuted =
		&finder->refuted[finder->refutations++ % REFUTED];

	refuted->place = *place;
	refuted->until_ns = frame->captured_ns + REFUTED_NS;
}

/*
 * It is a face. A look may lead to one that was found already, by itself or by
 * following it: then there is nothing new, and no second track begins.
 */
static void add_new(struct finder *finder, const struct frame *frame,
		    const struct detection *face, int *count)
{
	int before = *count;

	if (detect_has(finder->found, before, face)) {
		refute(finder, frame, &finder->waiting.face);
		return;
	}
	*count = detect_join(finder->found, before, face, 1);
	mark(finder, before, *count, BY_TILE);
}

/* The next pass of the look at what waits for it; all of them: both at once. */
static enum status look_again(struct finder *finder, const struct frame *frame,
			      bool all, int *count)
{
	struct waiting *waiting = &finder->waiting;
	struct detection face = waiting->face;
	bool sure = false;
	enum status st;

	finder->looks++;
	do {
		st = detect_look_once(finder->detect, frame, waiting->pass++,
				      &face, &sure);
	} while (!st && !sure && all && waiting->pass < DETECT_LOOKS);
	waiting->is = !st && !sure && waiting->pass < DETECT_LOOKS;
	if (st || waiting->is)
		return st;
	if (sure)
		add_new(finder, frame, &face, count);
	else
		refute(finder, frame, &waiting->face);
	return st;
}

/*
 * What no track knows may be a face, or only look like one. The best of it is
 * to be looked at again; the others have to wait for another pass.
 */
static void hold_new(struct finder *finder, const struct frame *frame,
		     int count)
{
	const struct detection *best = NULL;
	float score = DETECT_START;

	for (int i = 0; i < count; i++) {
		struct detection *found = &finder->found[i];

		if (found->score < DETECT_START ||
		    track_knows(&finder->tracker, found, frame->captured_ns))
			continue;
		if (found->score >= score &&
		    !is_refuted(finder, found, frame->captured_ns)) {
			score = found->score;
			best = found;
		}
		found->score = DETECT_KEEP;
	}
	if (!best || finder->waiting.is)
		return;
	finder->waiting = (struct waiting){.is = true, .face = *best};
	finder->waiting.face.score = score;
}

/* ---- a frame ------------------------------------------------------------- */

/* A face that was here is not: it moved too far, or something else is there
 * now. It is looked for at once. */
static enum status look_for_lost(struct finder *finder,
				 const struct frame *frame, int *count)
{
	enum status st;

	watch_whole(&finder->watch, frame->captured_ns);
	st = look_everywhere(finder, frame, count);
	if (!st)
		follow_rest(finder, frame, true, count);
	return st;
}

/* Passes as planned; where one frame has time for one only, a face that is
 * lost has it, and the others wait. */
static enum status search(struct finder *finder, const struct frame *frame,
			  struct watch_plan *plan, int *count)
{
	enum status st = STATUS_OK;

	bool only = !plan->more && (plan->tile || plan->look);

	if (only && is_any_lost(finder, frame)) {
		plan->tile = plan->look = false;
		return look_for_lost(finder, frame, count);
	}
	if (plan->whole)
		st = look_everywhere(finder, frame, count);
	if (!st && plan->tile)
		st = look_in_tile(finder, frame, count);
	if (!st && !follow_rest(finder, frame, plan->whole, count) && !only)
		st = look_for_lost(finder, frame, count);
	return st;
}

/* The one place that decides how a frame is searched. */
static enum status find_live(struct finder *finder, const struct frame *frame,
			     bool changed, bool *rest, int *count)
{
	int slot;
	struct watch_scene scene = {
		.now_ns = frame->captured_ns,
		.changed = changed,
		.anybody = track_shown(&finder->tracker, &slot, 1) > 0,
		.missed = missed_face(finder) != NULL,
		.near = finder->range == DETECT_NEAR &&
			track_shown(&finder->tracker, &slot, 1),
		.look = finder->waiting.is,
	};
	struct watch_plan plan = watch_next(&finder->watch, &scene);
	enum status st = STATUS_OK;

	finder->busy = !plan.more;
	*rest = plan.rest;
	if (plan.rest) {
		*count = see_again(finder);
		return st;
	}
	st = search(finder, frame, &plan, count);
	if (st)
		return st;
	hold_new(finder, frame, *count);
	if (plan.look || (plan.more && finder->waiting.is))
		st = look_again(finder, frame, plan.more, count);
	return st;
}

enum status finder_live(struct finder *finder, const struct frame *frame,
			const struct glance *glance, bool *rest)
{
	bool changed = glance_differs(glance, &finder->base);
	unsigned before = finder_passes(finder);
	int count = 0;
	enum status st;

	if (changed)
		finder->base = *glance;
	st = find_live(finder, frame, changed, rest, &count);
	if (st)
		return st;
	finder->busy &= finder_passes(finder) > before;
	track_update(&finder->tracker, finder->found, count,
		     frame->captured_ns);
	keep_traces(finder, frame, count);
	return STATUS_OK;
}

enum status finder_still(struct finder *finder, const struct frame *frame,
			 struct tracker *tracker)
{
	int count = 0;
	enum status st =
		detect_still(finder->detect, frame, finder->found, &count);

	track_init(tracker);
	if (!st)
		track_update(tracker, finder->found, count, frame->captured_ns);
	return st;
}
