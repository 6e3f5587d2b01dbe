/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faces keep their numbers, gaps are bridged, boxes are calm but not late. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "base/rng.h"
#include "model/track.h"

#include <math.h>

#define STEP_NS (CLOCK_NS_PER_S / 15)

static struct tracker tracker;
static int64_t now_ns;

static int start_afresh(void **state)
{
	(void)state;
	track_init(&tracker);
	now_ns = 5 * CLOCK_NS_PER_S;
	return 0;
}

static struct detection face_at(float x, float y, float width, float score)
{
	return (struct detection){
		.x = x - width / 2,
		.y = y - width / 2,
		.width = width,
		.height = width,
		.score = score,
		.eyes = {{x - width / 5, y - width / 5},
			 {x + width / 5, y - width / 5}},
	};
}

/* One frame later. Returns how many are shown, widest first. */
static int see(const struct detection *found, int count, int slots[TRACK_MAX])
{
	now_ns += STEP_NS;
	track_update(&tracker, found, count, now_ns);
	return track_shown(&tracker, slots, TRACK_MAX);
}

static uint32_t see_one(struct detection face)
{
	int slots[TRACK_MAX];

	return see(&face, 1, slots) ? tracker.tracks[slots[0]].id : 0;
}

static int see_none(int frames)
{
	int slots[TRACK_MAX], shown = 0;

	for (int i = 0; i < frames; i++)
		shown = see(NULL, 0, slots);
	return shown;
}

static void starts_only_when_sure(void **state)
{
	(void)state;
	assert_int_equal(see_one(face_at(100, 100, 50, 0.6f)), 0);
	assert_int_equal(see_one(face_at(100, 100, 50, 0.66f)), 1);
	assert_int_equal(see_one(face_at(100, 100, 50, 0.55f)), 1);
}

static void knows_what_it_would_claim(void **state)
{
	struct detection here = face_at(110, 100, 50, 0.9f);
	struct detection there = face_at(300, 100, 50, 0.9f);

	(void)state;
	assert_false(track_knows(&tracker, &here, now_ns));
	see_one(face_at(100, 100, 50, 0.9f));
	assert_true(track_knows(&tracker, &here, now_ns + STEP_NS));
	assert_false(track_knows(&tracker, &there, now_ns + STEP_NS));
	see_none(27); /* out of sight, not out of mind */
	assert_true(track_knows(&tracker, &here, now_ns + STEP_NS));
}

static void keeps_the_number_of_a_moving_face(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++)
		assert_int_equal(see_one(face_at(100 + 45 * (float)i, 200,
						 60 + (float)i, 0.9f)),
				 1);
}

static void holds_a_face_that_blinks(void **state)
{
	(void)state;
	see_one(face_at(100, 100, 50, 0.9f));
	assert_int_equal(see_none(3), 1);
	assert_false(tracker.tracks[0].seen);
	assert_int_equal(see_one(face_at(104, 101, 50, 0.5f)), 1);
	assert_true(tracker.tracks[0].seen);
	assert_int_equal(see_none(8), 0);
}

static void knows_a_face_that_comes_back(void **state)
{
	(void)state;
	see_one(face_at(100, 100, 50, 0.9f));
	assert_int_equal(see_none(27), 0); /* 1.8 s */
	assert_int_equal(see_one(face_at(130, 100, 50, 0.9f)), 1);
	/* no gliding there from where it was */
	assert_true(fabsf(tracker.tracks[0].face.x - 105) < 0.01f);
	see_none(40); /* 2.7 s */
	assert_int_equal(see_one(face_at(130, 100, 50, 0.9f)), 2);
}

static void takes_a_far_face_for_another(void **state)
{
	(void)state;
	see_one(face_at(100, 100, 50, 0.9f));
	see_none(10);
	assert_int_equal(see_one(face_at(400, 100, 50, 0.9f)), 2);
	/* nor is a face of twice the size the same */
	assert_int_equal(see_one(face_at(400, 100, 110, 0.9f)), 3);
}

static uint32_t id_near(float x)
{
	for (int i = 0; i < TRACK_MAX; i++) {
		const struct track *t = &tracker.tracks[i];

		if (t->seen && fabsf(t->found.x + t->found.width / 2 - x) < 1)
			return t->id;
	}
	return 0;
}

/* Two people side by side, listed in any order. */
static void does_not_swap_neighbours(void **state)
{
	int slots[TRACK_MAX];

	(void)state;
	for (int i = 0; i < 60; i++) {
		float sway = 12 * sinf((float)i / 3);
		struct detection two[] = {face_at(100 + sway, 100, 60, 0.9f),
					  face_at(165 + sway, 100, 60, 0.8f)};
		struct detection turned[] = {two[1], two[0]};

		assert_int_equal(see(i % 2 ? turned : two, 2, slots), 2);
		assert_int_equal(id_near(100 + sway), 1);
		assert_int_equal(id_near(165 + sway), 2);
	}
}

static void shows_the_widest_first(void **state)
{
	struct detection faces[] = {
		face_at(100, 100, 50, 0.9f), face_at(300, 100, 90, 0.9f),
		face_at(500, 100, 40, 0.8f), face_at(700, 100, 70, 0.85f)};
	int slots[TRACK_MAX];

	(void)state;
	assert_int_equal(see(faces, 4, slots), 4);
	assert_int_equal(slots[0], 1);
	assert_int_equal(slots[1], 3);
	assert_int_equal(slots[2], 0);
	assert_int_equal(slots[3], 2);
	assert_int_equal(track_shown(&tracker, slots, 2), 2);
	assert_int_equal(slots[0], 1);
	assert_int_equal(slots[1], 3);
}

static void survives_a_crowd(void **state)
{
	struct detection crowd[DETECT_MAX + 8];
	int slots[TRACK_MAX];

	(void)state;
	for (int i = 0; i < DETECT_MAX + 8; i++)
		crowd[i] = face_at(100 * (float)i, 50, 40, 0.9f);
	for (int k = 0; k < 100; k++)
		assert_int_equal(see(crowd, DETECT_MAX + 8, slots), TRACK_MAX);
	assert_int_equal(tracker.last_id, TRACK_MAX);
}

/*
 * The detector's own noise on a still face, some 0.5 % of its width, comes
 * down to half.
 */
static void calms_a_still_face(void **state)
{
	double in = 0, out = 0;
	struct rng rng;

	(void)state;
	rng_init(&rng, 1);
	for (int i = 0; i < 300; i++) {
		float x = 200 + 2 * (float)(rng_unit(&rng) - 0.5);

		see_one(face_at(x, 100, 100, 0.9f));
		if (i < 20)
			continue;
		in += pow(x - 200, 2);
		out += pow(tracker.tracks[0].face.x + 50 - 200, 2);
	}
	assert_true(out < in / 4);
}

/* Half a width a second: no more than a tenth of a width behind. */
static void keeps_up_with_a_moving_face(void **state)
{
	(void)state;
	for (int i = 0; i < 60; i++) {
		float x = 200 + 100 * 0.5f * (float)i / 15;

		see_one(face_at(x, 100, 100, 0.9f));
		assert_true(x - 50 - tracker.tracks[0].face.x < 10);
	}
}

static void bears_a_clock_that_stands(void **state)
{
	struct detection face = face_at(100, 100, 50, 0.9f);

	(void)state;
	track_update(&tracker, &face, 1, now_ns);
	face.x += 3;
	track_update(&tracker, &face, 1, now_ns);
	assert_true(isfinite(tracker.tracks[0].face.x));
	track_update(&tracker, &face, 1, now_ns - 7);
	assert_true(isfinite(tracker.tracks[0].face.x));
	assert_int_equal(tracker.last_id, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(starts_only_when_sure, start_afresh),
		cmocka_unit_test_setup(knows_what_it_would_claim, start_afresh),
		cmocka_unit_test_setup(keeps_the_number_of_a_moving_face,
				       start_afresh),
		cmocka_unit_test_setup(holds_a_face_that_blinks, start_afresh),
		cmocka_unit_test_setup(knows_a_face_that_comes_back,
				       start_afresh),
		cmocka_unit_test_setup(takes_a_far_face_for_another,
				       start_afresh),
		cmocka_unit_test_setup(does_not_swap_neighbours, start_afresh),
		cmocka_unit_test_setup(shows_the_widest_first, start_afresh),
		cmocka_unit_test_setup(survives_a_crowd, start_afresh),
		cmocka_unit_test_setup(calms_a_still_face, start_afresh),
		cmocka_unit_test_setup(keeps_up_with_a_moving_face,
				       start_afresh),
		cmocka_unit_test_setup(bears_a_clock_that_stands, start_afresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
