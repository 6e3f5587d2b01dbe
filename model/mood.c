/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mood: hysteresis over readings. The asymmetric hold (fast into a mood, slow
 * back to neutral) is what users of such players liked best; see docs/model.md.
 */
#include "model/mood.h"

#include <math.h>
#include <string.h>

/* Valence and arousal follow the face with this time constant. */
#define FOLLOW_NS 2e9f

/*
 * Networks confuse fear and disgust more than anything else, so neither
 * switches a mood by itself; another emotion that stands beside them does, from
 * this share on.
 */
#define BESIDE_SHARE 0.25f

static bool is_unreliable(enum emotion emotion)
{
	return emotion == EMOTION_DISGUST || emotion == EMOTION_FEAR;
}

struct ranking {
	enum emotion first; /* of the five that may switch a mood */
	float first_score;
	float margin; /* first minus second of all seven */
	bool says;    /* clear enough to mean something */
};

static struct ranking rank(const float scores[EMOTION_COUNT], float min_margin)
{
	struct ranking r = {.first = EMOTION_NEUTRAL, .first_score = -1};
	float best = -1, second = -1, second_reliable = -1;
	enum emotion top = EMOTION_NEUTRAL;

	for (int i = 0; i < EMOTION_COUNT; i++) {
		float p = scores[i];

		if (p > best) {
			second = best;
			best = p;
			top = (enum emotion)i;
		} else if (p > second) {
			second = p;
		}
		if (is_unreliable((enum emotion)i))
			continue;
		if (p > r.first_score) {
			second_reliable = r.first_score;
			r.first_score = p;
			r.first = (enum emotion)i;
		} else if (p > second_reliable) {
			second_reliable = p;
		}
	}
	r.margin = best - second;
	if (is_unreliable(top))
		r.says = r.first_score >= BESIDE_SHARE &&
			 r.first_score - second_reliable >= min_margin;
	else
		r.says = r.margin >= min_margin;
	return r;
}

static void place(const float scores[EMOTION_COUNT], float *valence,
		  float *arousal)
{
	*valence = *arousal = 0;
	for (int i = 0; i < EMOTION_COUNT; i++) {
		float v, a;

		emotion_position((enum emotion)i, &v, &a);
		*valence += scores[i] * v;
		*arousal += scores[i] * a;
	}
}

bool mood_scores(const struct reading *reading, bool together,
		 float scores[EMOTION_COUNT])
{
	const struct face *lead;
	float all = 0;

	if (reading->lead < 0 || reading->lead >= reading->face_count)
		return false;
	lead = &reading->faces[reading->lead];
	memcpy(scores, lead->smooth, sizeof(lead->smooth));
	for (int i = 0; together && i < reading->face_count; i++) {
		const struct face *face = &reading->faces[i];
		float weight = face->width * face->score;

		if (weight <= 0 || face->notices)
			continue;
		all += weight;
		/* the first takes the place of the one that leads */
		for (int e = 0; e < EMOTION_COUNT; e++)
			scores[e] +=
				weight / all * (face->smooth[e] - scores[e]);
	}
	return all > 0 || !lead->notices;
}

void mood_init(struct mood_tracker *tracker, const struct mood_opts *opts,
	       int64_t now_ns)
{
	*tracker = (struct mood_tracker){
		.opts = *opts,
		.mood = {.emotion = EMOTION_NEUTRAL, .since_ns = now_ns},
		.updated_ns = now_ns,
	};
}

static void follow(struct mood_tracker *tracker, const float *scores,
		   int64_t now_ns)
{
	float dt = (float)(now_ns - tracker->updated_ns);
	float share = dt > 0 ? 1 - expf(-dt / FOLLOW_NS) : 0;
	float valence, arousal;

	place(scores, &valence, &arousal);
	tracker->mood.valence += share * (valence - tracker->mood.valence);
	tracker->mood.arousal += share * (arousal - tracker->mood.arousal);
}

static bool consider(struct mood_tracker *tracker, enum emotion emotion,
		     int64_t now_ns)
{
	int64_t hold = emotion == EMOTION_NEUTRAL ? tracker->opts.neutral_ns
						  : tracker->opts.into_ns;

	if (emotion == tracker->mood.emotion) {
		tracker->has_candidate = false;
		return false;
	}
	if (!tracker->has_candidate || tracker->candidate != emotion) {
		tracker->has_candidate = true;
		tracker->candidate = emotion;
		tracker->candidate_ns = now_ns;
	}
	if (now_ns - tracker->candidate_ns < hold)
		return false;
	tracker->mood.emotion = emotion;
	tracker->mood.since_ns = now_ns;
	tracker->has_candidate = false;
	return true;
}

bool mood_update(struct mood_tracker *tracker, const struct reading *reading,
		 int64_t now_ns)
{
	float scores[EMOTION_COUNT];
	struct ranking ranking;
	bool changed = false;

	if (tracker->mood.manual) {
		tracker->updated_ns = now_ns;
		return false;
	}
	if (!mood_scores(reading, tracker->opts.together, scores)) {
		/* Nobody there says nothing about anybody's mood. */
		tracker->has_candidate = false;
		tracker->mood.margin = 0;
		tracker->updated_ns = now_ns;
		return false;
	}
	ranking = rank(scores, tracker->opts.min_margin);
	tracker->mood.margin = ranking.margin;
	follow(tracker, scores, now_ns);
	if (ranking.says)
		changed = consider(tracker, ranking.first, now_ns);
	else
		tracker->has_candidate = false;
	tracker->updated_ns = now_ns;
	return changed;
}

bool mood_set(struct mood_tracker *tracker, enum emotion emotion,
	      int64_t now_ns)
{
	struct mood *mood = &tracker->mood;
	bool changed = mood->emotion != emotion;

	if (changed)
		mood->since_ns = now_ns;
	mood->emotion = emotion;
	mood->manual = true;
	mood->margin = 1;
	emotion_position(emotion, &mood->valence, &mood->arousal);
	tracker->has_candidate = false;
	return changed;
}

void mood_automatic(struct mood_tracker *tracker, int64_t now_ns)
{
	tracker->mood.manual = false;
	tracker->mood.margin = 0;
	tracker->has_candidate = false;
	tracker->updated_ns = now_ns;
}

struct mood mood_of_reading(const struct reading *reading, bool together)
{
	float scores[EMOTION_COUNT];
	struct mood mood = {.emotion = EMOTION_NEUTRAL,
			    .since_ns = reading->captured_ns};
	struct reading all = *reading;
	float best = -1, second = -1;

	/* Where no better picture follows, a guess is better than nothing. */
	for (int i = 0; i < all.face_count; i++)
		all.faces[i].notices = 0;
	if (!mood_scores(&all, together, scores))
		return mood;
	for (int i = 0; i < EMOTION_COUNT; i++) {
		if (scores[i] > best) {
			second = best;
			best = scores[i];
			mood.emotion = (enum emotion)i;
		} else if (scores[i] > second) {
			second = scores[i];
		}
	}
	mood.margin = best - second;
	place(scores, &mood.valence, &mood.arousal);
	return mood;
}
