/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a frame is worth: how many passes a second, and when none. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "model/watch.h"

struct tally {
	int whole, tile, both, rest, none;
	int longest; /* frames from one pass over the frame to the next */
};

/* So many frames at so many a second; scene's own time is not looked at. */
static struct tally run(struct watch *w, struct watch_scene scene, int frames,
			int rate)
{
	static int64_t now = 5 * CLOCK_NS_PER_S;
	struct tally t = {0};
	int since = 0;

	for (int i = 0; i < frames; i++) {
		struct watch_plan plan;

		now += CLOCK_NS_PER_S / rate;
		scene.now_ns = now;
		plan = watch_next(w, &scene);
		t.whole += plan.whole;
		t.tile += plan.tile;
		t.both += plan.whole && plan.tile;
		t.rest += plan.rest;
		t.none += !plan.rest && !plan.whole && !plan.tile;
		since = plan.whole ? 0 : since + 1;
		t.longest = since > t.longest ? since : t.longest;
	}
	return t;
}

static void one_pass_a_frame_at_most(void **state)
{
	static const struct watch_scene scenes[] = {
		{.changed = true},
		{.changed = true, .anybody = true},
		{.changed = true, .anybody = true, .missed = true},
		{.changed = true, .anybody = true, .near = true},
	};

	(void)state;
	for (int i = 0; i < 4; i++)
		for (int rate = 15; rate <= 120; rate *= 2) {
			struct watch w = {0};
			struct tally t = run(&w, scenes[i], 4 * rate, rate);

			assert_int_equal(t.both, 0);
			assert_int_equal(t.rest, 0);
			assert_true(t.longest < WATCH_WHOLE_FRAMES);
			assert_in_range(t.whole, 4 * 7, 4 * rate / 2);
			if (scenes[i].near)
				assert_int_equal(t.tile, 0);
			else
				assert_true(t.tile >= 4 * 3);
		}
}

/* A face in view at 15 frames a second: every other frame is searched whole,
 * and every other of the rest is nobody's. */
static void a_face_costs_less_than_nobody(void **state)
{
	struct watch_scene scene = {.changed = true};
	struct watch nobody = {0}, somebody = {0};
	struct tally alone = run(&nobody, scene, 120, 15), t;

	(void)state;
	assert_int_equal(alone.whole, 60);
	assert_int_equal(alone.tile, 60);
	scene.anybody = true;
	t = run(&somebody, scene, 120, 15);
	assert_int_equal(t.whole, 60);
	assert_in_range(t.none, 25, 35);
}

static void few_frames_get_both(void **state)
{
	struct watch_scene scene = {.changed = true};
	struct watch w = {0};
	struct tally t = run(&w, scene, 50, 5);

	(void)state;
	assert_int_equal(t.whole, 50);
	assert_true(t.both > 40);
}

static void rests_when_all_was_looked_at(void **state)
{
	struct watch_scene scene = {.changed = true};
	struct watch w = {0};
	struct tally t;

	(void)state;
	run(&w, scene, 1, 15);
	scene.changed = false;
	t = run(&w, scene, 12, 15); /* the rest of three wholes, four tiles */
	assert_true(t.whole >= WATCH_WHOLES - 1 && t.tile >= WATCH_TILES);
	t = run(&w, scene, 15 * 20, 15);
	assert_in_range(t.whole, 1, 10); /* every two seconds */
	assert_true(t.rest > 270);
	scene.anybody = true;
	t = run(&w, scene, 15 * 20, 15);
	assert_in_range(t.whole, 20, 45); /* every half */
	scene.changed = true;
	t = run(&w, scene, 15, 15);
	assert_int_equal(t.rest, 0);
}

static void a_lost_face_puts_the_next_pass_off(void **state)
{
	struct watch_scene scene = {
		.now_ns = CLOCK_NS_PER_S, .changed = true, .anybody = true};
	struct watch w = {0};

	(void)state;
	assert_true(watch_next(&w, &scene).whole);
	scene.now_ns += CLOCK_NS_PER_S / 15;
	assert_false(watch_next(&w, &scene).whole);
	watch_whole(&w, scene.now_ns);
	scene.now_ns += CLOCK_NS_PER_S / 15;
	assert_false(watch_next(&w, &scene).whole);
	scene.now_ns = 0; /* another clock: nothing is put off for ever */
	assert_true(watch_next(&w, &scene).whole);
}

/* A look has a frame's one pass; what was due is due in the next. */
static void a_look_takes_the_place_of_a_pass(void **state)
{
	struct watch_scene scene = {.changed = true};
	struct watch w = {0};

	(void)state;
	assert_true(watch_next(&w, &scene).more); /* the first has time */
	for (int i = 1; i < 60; i++) {
		struct watch_plan plan;

		scene.now_ns = i * (CLOCK_NS_PER_S / 15);
		scene.look = i % 5 == 0;
		scene.changed = i < 20;
		plan = watch_next(&w, &scene);
		assert_false(plan.more);
		assert_int_equal(plan.look, scene.look);
		assert_true(plan.look + plan.whole + plan.tile <= 1);
	}
	scene.now_ns += CLOCK_NS_PER_S / 5; /* few frames: all of them */
	scene.look = scene.changed = true;
	assert_true(watch_next(&w, &scene).look);
	scene.now_ns += CLOCK_NS_PER_S / 5;
	assert_true(watch_next(&w, &scene).whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_pass_a_frame_at_most),
		cmocka_unit_test(a_face_costs_less_than_nobody),
		cmocka_unit_test(few_frames_get_both),
		cmocka_unit_test(rests_when_all_was_looked_at),
		cmocka_unit_test(a_lost_face_puts_the_next_pass_off),
		cmocka_unit_test(a_look_takes_the_place_of_a_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
