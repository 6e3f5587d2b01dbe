/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picks: see the header. */
#include "tests/unit/picks.h"

#include "tests/unit/unit.h"

#include "base/rng.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>

const struct mood happy = {
	.emotion = EMOTION_HAPPY, .valence = 0.8f, .arousal = 0.6f};
const struct mood sad = {
	.emotion = EMOTION_SAD, .valence = -0.7f, .arousal = -0.5f};
const struct mood angry = {
	.emotion = EMOTION_ANGRY, .valence = -0.7f, .arousal = 0.8f};

struct catalog *picks_empty(void)
{
	struct catalog *catalog = NULL;

	assert_int_equal(catalog_open(&catalog, NULL, CATALOG_MEMORY, NULL),
			 STATUS_OK);
	return catalog;
}

int64_t picks_add(struct catalog *catalog, int number, int artist,
		  const char *genre, bool has_mood, double valence,
		  double arousal)
{
	char title[32], name[32], uri[32];
	int64_t id = 0;

	snprintf(title, sizeof(title), "Song %d", number);
	snprintf(name, sizeof(name), "Artist %d", artist);
	snprintf(uri, sizeof(uri), "/music/%d", number);
	assert_int_equal(
		catalog_add(catalog,
			    &(struct track_facts){.artist = name,
						  .title = title,
						  .uri = uri,
						  .genre = genre,
						  .source = "starter",
						  .has_mood = has_mood,
						  .valence = (float)valence,
						  .arousal = (float)arousal,
						  .confidence = 1,
						  .provenance = "composer",
						  .fetched_at = 1},
			    &id, NULL),
		STATUS_OK);
	return id;
}

struct catalog *picks_plane(int count, int artists)
{
	static const char *const genres[] = {"folk", "jazz", "metal", "pop"};
	struct catalog *catalog = picks_empty();
	struct rng rng;

	rng_init(&rng, 7);
	assert_int_equal(catalog_begin(catalog, NULL), STATUS_OK);
	for (int i = 0; i < count; i++)
		picks_add(catalog, i, i % artists, genres[i % 4], true,
			  2 * rng_unit(&rng) - 1, 2 * rng_unit(&rng) - 1);
	assert_int_equal(catalog_commit(catalog, NULL), STATUS_OK);
	return catalog;
}

struct picker *picks_picker(struct catalog *catalog, uint64_t seed)
{
	struct picker *picker = NULL;

	assert_int_equal(picker_new(&picker, catalog, seed), STATUS_OK);
	return picker;
}

struct track pick_at(struct picker *picker, const struct mood *mood,
		     enum policy policy, int64_t now)
{
	struct track track;

	assert_int_equal(picker_next(picker, mood, policy, now, &track),
			 STATUS_OK);
	assert_true(track.reason[0]);
	assert_true(text_width(track.reason) <= 100);
	return track;
}

struct track pick(struct picker *picker, const struct mood *mood,
		  enum policy policy)
{
	return pick_at(picker, mood, policy, NOW);
}

double picks_distance(const struct track *track, const struct mood *mood)
{
	return hypot(track->valence - mood->valence,
		     track->arousal - mood->arousal);
}
