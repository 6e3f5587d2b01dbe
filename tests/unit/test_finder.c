/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Faces from frame to frame with little of the detector: what a glance sees,
 * how a patch is followed, and that the box stays on the face.
 */
#include "tests/unit/pictures.h"
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "base/rng.h"
#include "capture/source.h"
#include "model/detect.h"
#include "model/finder.h"
#include "model/follow.h"

#include <math.h>
#include <stdlib.h>

#define RATE 15
#define STEP (CLOCK_NS_PER_S / RATE)

static struct frame *astronaut, *scene;
static struct finder *finder;

static int load(void **state)
{
	(void)state;
	astronaut = pictures_load(PICTURES_ASTRONAUT);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	frame_unref(astronaut);
	return 0;
}

static int set_up(void **state)
{
	(void)state;
	scene = pictures_plain(640, 480, 110, false);
	return finder_open(&finder, pictures_weights(), NULL);
}

static int tear_down(void **state)
{
	(void)state;
	frame_unref(scene);
	finder_close(finder);
	return 0;
}

/* The astronaut's head, 200 px square, with its corner at x, y of the scene,
 * and a camera's noise. */
static void paint(int x, int y, int noise, uint64_t seed)
{
	struct rng rng;

	rng_init(&rng, seed);
	for (int row = 0; row < scene->height; row++)
		for (int col = 0; col < scene->width; col++) {
			int r = row - y, c = col - x;
			bool head = r >= 0 && c >= 0 && r < 200 && c < 200;
			int v = head ? astronaut->luma
						[(r + 10) * astronaut->stride +
						 c + 130]
				     : 110;

			if (noise)
				v += (int)rng_below(&rng,
						    (uint32_t)noise * 2 + 1) -
				     noise;
			scene->luma[row * scene->stride + col] =
				(uint8_t)(v < 0     ? 0
					  : v > 255 ? 255
						    : v);
		}
}

static bool show(int i)
{
	struct glance glance;
	bool rest = false;

	scene->captured_ns = (i + 1) * STEP;
	glance_take(&glance, scene);
	assert_int_equal(finder_live(finder, scene, &glance, &rest), STATUS_OK);
	return rest;
}

static const struct track *only_face(void)
{
	int slots[TRACK_MAX];

	assert_int_equal(track_shown(finder_tracker(finder), slots, TRACK_MAX),
			 1);
	return &finder_tracker(finder)->tracks[slots[0]];
}

/* ---- a glance ------------------------------------------------------------ */

static void a_glance_minds_changes_and_not_noise(void **state)
{
	struct glance a, b;

	(void)state;
	paint(220, 140, 5, 1);
	glance_take(&a, scene);
	paint(220, 140, 5, 2);
	glance_take(&b, scene);
	assert_false(glance_differs(&a, &b));
	for (int row = 210; row < 225; row++) /* an eye is shut */
		memset(scene->luma + row * scene->stride + 300, 200, 30);
	glance_take(&b, scene);
	assert_true(glance_differs(&a, &b));
	glance_take(&b, astronaut);
	assert_true(glance_differs(&a, &b)); /* of another size */
}

/* ---- a patch ------------------------------------------------------------- */

static void a_patch_is_found_again(void **state)
{
	static const int moves[][2] = {{0, 0},   {7, -3},  {-25, 12},
				       {40, 40}, {-50, 0}, {3, 1}};
	struct detection face = {
		.x = 270, .y = 170, .width = 130, .height = 130};
	const float none[2] = {0, 0};
	struct follow follow;
	float moved[2];

	(void)state;
	paint(220, 140, 3, 1);
	follow_keep(&follow, scene, &face);
	for (int i = 0; i < 6; i++) {
		paint(220 + moves[i][0], 140 + moves[i][1], 3, 2);
		assert_true(follow_find(&follow, scene, none, moved));
		for (int k = 0; k < 2; k++)
			assert_true(fabsf(moved[k] - (float)moves[i][k]) < 3);
	}
}

static void what_is_not_there_is_not_found(void **state)
{
	struct detection face = {
		.x = 270, .y = 170, .width = 130, .height = 130};
	struct detection wall = {.x = 10, .y = 10, .width = 100, .height = 100};
	const float none[2] = {0, 0}, far[2] = {5000, -5000};
	struct follow follow;
	float moved[2];

	(void)state;
	paint(220, 140, 3, 1);
	follow_keep(&follow, scene, &wall); /* nothing to go by */
	assert_false(follow_find(&follow, scene, none, moved));
	follow_keep(&follow, scene, &face);
	assert_false(follow_find(&follow, scene, far, moved));
	paint(220 - 180, 140, 3, 2); /* out of reach */
	assert_false(follow_find(&follow, scene, none, moved));
	paint(1000, 140, 3, 2);
	assert_false(follow_find(&follow, scene, none, moved));
}

/* ---- from frame to frame ------------------------------------------------- */

static void rests_while_nothing_changes(void **state)
{
	uint32_t track;
	int rests = 0;

	(void)state;
	paint(220, 140, 3, 1);
	assert_false(show(0));
	track = only_face()->id;
	for (int i = 1; i < 60; i++) {
		paint(220, 140, 3, (uint64_t)i);
		rests += show(i);
		assert_int_equal(only_face()->id, track);
		assert_true(only_face()->seen);
	}
	assert_true(rests > 30);
	paint(250, 140, 3, 99);
	assert_false(show(60));
	assert_int_equal(only_face()->id, track);
}

static void stays_on_a_face_that_moves(void **state)
{
	struct detection first;
	uint32_t track;
	int unseen = 0;

	(void)state;
	paint(20, 140, 3, 1);
	show(0);
	first = only_face()->found;
	track = only_face()->id;
	for (int i = 1; i < 35; i++) { /* a face width and a half a second */
		int x = 20 + i * 12, y = 140 + (int)(30 * sin(i * 0.4));
		struct detection real = first;

		paint(x, y, 3, (uint64_t)i);
		show(i);
		real.x += (float)(x - 20);
		real.y += (float)(y - 140);
		assert_int_equal(only_face()->id, track);
		unseen += !only_face()->seen; /* a blink of the detector */
		assert_true(detect_overlap(&only_face()->face, &real) > 0.5f);
		if (only_face()->seen)
			assert_true(detect_overlap(&only_face()->found, &real) >
				    0.85f);
	}
	/* half of the frames, a tile in some others, and some for the blinks */
	assert_in_range(finder_passes(finder), 17, 30);
	assert_in_range(unseen, 0, 5);
}

static void a_new_face_is_found_within_five_frames(void **state)
{
	int slots[TRACK_MAX];

	(void)state;
	for (int begin = 0; begin < 7; begin++) {
		int waited = 0;

		for (int i = 0; i < 20; i++) { /* nobody, noise, at rest */
			paint(1000, 0, 3, (uint64_t)i);
			show(begin * 100 + i + begin % 4);
		}
		do {
			paint(220 + waited, 140, 3, (uint64_t)waited);
			show(begin * 100 + 20 + begin % 4 + waited);
			waited++;
		} while (!track_shown(finder_tracker(finder), slots, 1) &&
			 waited < 10);
		assert_true(waited <= 5);
	}
}

/* The demo at its own rate, against all passes on every third frame. It shows
 * one person at most: nothing else is taken for a face. No frame but the first
 * has more than one pass of the network. */
static void keeps_up_with_the_demo(void **state)
{
	struct source_opts opts = {
		.spec = "demo", .rate = RATE, .seed = 1, .stop_fd = -1};
	struct source *source;
	struct frame_pool *pool;
	int faces = 0, two = 0, missed = 0, in_row = 0, worst = 0, ghosts = 0;
	float least = 1;

	(void)state;
	assert_int_equal(source_open(&source, &opts, NULL), STATUS_OK);
	assert_int_equal(frame_pool_new(&pool, 2, 640, 480), STATUS_OK);
	for (int i = 0; i < 10 * RATE; i++) {
		struct tracker real;
		struct glance glance;
		struct frame *frame = NULL;
		int slots[TRACK_MAX], was[TRACK_MAX], shown, there;
		unsigned passes = finder_passes(finder);
		bool rest;

		assert_int_equal(source->ops->read(source, pool, &frame, NULL),
				 STATUS_OK);
		frame->captured_ns = (i + 1) * STEP;
		glance_take(&glance, frame);
		assert_int_equal(finder_live(finder, frame, &glance, &rest),
				 STATUS_OK);
		if (i) /* looks at what is new, too */
			assert_in_range(finder_passes(finder) - passes, 0, 1);
		two += track_shown(finder_tracker(finder), slots, TRACK_MAX) >
		       1;
		if (i % 3 == 0)
			assert_int_equal(finder_still(finder, frame, &real),
					 STATUS_OK);
		frame_unref(frame);
		if (i % 3)
			continue;
		shown = track_shown(finder_tracker(finder), slots, TRACK_MAX);
		there = track_shown(&real, was, TRACK_MAX);
		ghosts += shown && !there;
		if (!there)
			continue;
		faces++;
		missed += !shown;
		in_row = shown ? 0 : in_row + 1;
		worst = in_row > worst ? in_row : worst;
		if (shown)
			least = fminf(
				least,
				detect_overlap(&finder_tracker(finder)
							->tracks[slots[0]]
							.face,
					       &real.tracks[was[0]].face));
	}
	frame_pool_free(pool);
	source_close(source);
	print_message("# %d faces, %d missed, at most %d in a row, %d held "
		      "too long, least overlap %.2f\n",
		      faces, missed, worst, ghosts, (double)least);
	assert_true(faces > RATE);
	assert_int_equal(two, 0);
	assert_true(least > 0.5f);
	assert_true(worst <= 1);
	assert_true(missed <= faces / 10);
	assert_true(ghosts <= faces / 5);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(a_glance_minds_changes_and_not_noise),
		FRESH(a_patch_is_found_again),
		FRESH(what_is_not_there_is_not_found),
		FRESH(rests_while_nothing_changes),
		FRESH(stays_on_a_face_that_moves),
		FRESH(a_new_face_is_found_within_five_frames),
		FRESH(keeps_up_with_the_demo),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
