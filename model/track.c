/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * track: detections are given to tracks greedily, the closest pair first.
 * Knows nothing of frames and networks.
 */
#include "model/track.h"

#include <math.h>
#include <string.h>

/*
 * How far, in face widths, a face may have moved: at once, for every second
 * that it was out of sight, and at most. Someone who walks past close by makes
 * eight widths a second.
 */
#define REACH          0.5f
#define REACH_A_SECOND 8.0f
#define REACH_MOST     1.5f
#define SIZE_RATIO     1.8f /* and how much larger or smaller it may be */

/*
 * The One Euro filter (Casiez, Roussel, Vogel 2012), in face widths: calm at
 * rest, quick when the face moves.
 */
#define CUTOFF_REST_HZ   1.0f
#define CUTOFF_PER_SPEED 8.0f /* Hz for one face width a second */
#define CUTOFF_SPEED_HZ  1.0f

void track_init(struct tracker *tracker)
{
	memset(tracker, 0, sizeof(*tracker));
}

/* From one detection to the next, in face widths; the log of the growth. */
static void step_of(const struct detection *from, const struct detection *to,
		    float step[3])
{
	float width = fmaxf(fmaxf(from->width, to->width), 1);

	step[0] = (to->x + to->width / 2 - from->x - from->width / 2) / width;
	step[1] = (to->y + to->height / 2 - from->y - from->height / 2) / width;
	step[2] = logf(fmaxf(to->width, 1) / fmaxf(from->width, 1));
}

/* 0 for the same place and size; INFINITY when it cannot be the same face. */
static float distance(const struct track *track, const struct detection *found,
		      int64_t now_ns)
{
	float away = fmaxf((float)(now_ns - track->seen_ns) * 1e-9f, 0);
	float reach = fminf(REACH + REACH_A_SECOND * away, REACH_MOST);
	float step[3], moved, grown;

	step_of(&track->found, found, step);
	moved = hypotf(step[0], step[1]);
	grown = fabsf(step[2]);
	if (moved > reach || grown > logf(SIZE_RATIO))
		return INFINITY;
	return moved + grown;
}

bool track_knows(const struct tracker *tracker, const struct detection *found,
		 int64_t now_ns)
{
	for (int i = 0; i < TRACK_MAX; i++)
		if (tracker->tracks[i].id &&
		    distance(&tracker->tracks[i], found, now_ns) < INFINITY)
			return true;
	return false;
}

static float alpha(float cutoff_hz, float seconds)
{
	float tau = 1 / (2 * (float)M_PI * cutoff_hz);

	return seconds / (seconds + tau);
}

static void approach(float *value, float target, float share)
{
	*value += share * (target - *value);
}

/* One share for all of a face, so that its eyes stay inside its box. */
static void calm(struct track *track, const struct detection *found,
		 float seconds)
{
	struct detection *face = &track->face;
	float *velocity = track->velocity;
	float step[3], share;

	step_of(&track->found, found, step);
	for (int i = 0; i < 3; i++)
		approach(&velocity[i], step[i] / seconds,
			 alpha(CUTOFF_SPEED_HZ, seconds));
	share = alpha(CUTOFF_REST_HZ +
			      CUTOFF_PER_SPEED *
				      hypotf(hypotf(velocity[0], velocity[1]),
					     velocity[2]),
		      seconds);
	approach(&face->x, found->x, share);
	approach(&face->y, found->y, share);
	approach(&face->width, found->width, share);
	approach(&face->height, found->height, share);
	for (int i = 0; i < 4; i++)
		approach(&face->eyes[i / 2][i % 2], found->eyes[i / 2][i % 2],
			 share);
	face->score = found->score;
}

static void follow(struct track *track, const struct detection *found,
		   int64_t now_ns)
{
	int64_t gap = now_ns - track->seen_ns;

	if (gap > TRACK_HOLD_NS) {
		track->face = *found; /* it was gone: no gliding back */
		memset(track->velocity, 0, sizeof(track->velocity));
	} else if (gap > 0) {
		calm(track, found, (float)gap * 1e-9f);
	}
	track->found = *found;
	track->seen_ns = now_ns;
	track->seen = true;
}

static void start(struct tracker *tracker, const struct detection *found,
		  int64_t now_ns)
{
	for (int i = 0; i < TRACK_MAX; i++) {
		if (tracker->tracks[i].id)
			continue;
		tracker->tracks[i] = (struct track){
			.id = ++tracker->last_id,
			.face = *found,
			.found = *found,
			.seen_ns = now_ns,
			.seen = true,
		};
		return;
	}
}

/* Gives the closest free pair to each other; false when there is none. */
static bool match_closest(struct tracker *tracker,
			  const struct detection *found, int count, bool *taken,
			  int64_t now_ns)
{
	float least = INFINITY;
	int slot = 0, which = 0;

	for (int i = 0; i < TRACK_MAX; i++) {
		const struct track *track = &tracker->tracks[i];

		for (int k = 0; track->id && !track->seen && k < count; k++) {
			float d = taken[k] ? INFINITY
					   : distance(track, &found[k], now_ns);

			if (d < least) {
				least = d;
				slot = i;
				which = k;
			}
		}
	}
	if (least == INFINITY)
		return false;
	follow(&tracker->tracks[slot], &found[which], now_ns);
	taken[which] = true;
	return true;
}

static void forget_old(struct tracker *tracker, int64_t now_ns)
{
	for (int i = 0; i < TRACK_MAX; i++) {
		struct track *track = &tracker->tracks[i];
		int64_t away = now_ns - track->seen_ns;

		track->seen = false;
		if (away > TRACK_MEMORY_NS)
			track->id = 0;
	}
}

void track_update(struct tracker *tracker, const struct detection *found,
		  int count, int64_t now_ns)
{
	bool taken[DETECT_MAX] = {false};

	if (count > DETECT_MAX)
		count = DETECT_MAX;
	forget_old(tracker, now_ns);
	while (match_closest(tracker, found, count, taken, now_ns))
		;
	for (int i = 0; i < count; i++)
		if (!taken[i] && found[i].score >= DETECT_START)
			start(tracker, &found[i], now_ns);
	for (int i = 0; i < TRACK_MAX; i++) {
		struct track *track = &tracker->tracks[i];

		track->shown = track->id &&
			       now_ns - track->seen_ns < TRACK_HOLD_NS;
	}
}

int track_shown(const struct tracker *tracker, int *slots, int max)
{
	int count = 0;

	for (int i = 0; i < TRACK_MAX; i++) {
		const struct track *tracks = tracker->tracks;
		int at = count;

		if (!tracks[i].shown)
			continue;
		while (at && tracks[slots[at - 1]].face.width <
				     tracks[i].face.width) {
			if (at < max)
				slots[at] = slots[at - 1];
			at--;
		}
		if (at < max)
			slots[at] = i;
		count += count < max;
	}
	return count;
}
