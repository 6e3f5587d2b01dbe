/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Panels never overlap or leave the screen, whatever its size. */
#include "tests/unit/unit.h"

#include "tui/layout.h"

#define MAX_LEAVES 16

/* What is drawn on its own: no two of them may share a cell. */
static int leaves(const struct layout *l, struct rect *out)
{
	const struct rect all[] = {
		l->camera,  l->playing, l->bars,  l->mood,
		l->trail,   l->events,  l->queue, l->timeline,
		l->privacy, l->message, l->hints,
	};
	int n = 0;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (!rect_is_empty(all[i]))
			out[n++] = all[i];
	return n;
}

static bool inside(struct rect r, struct rect outer)
{
	return r.row >= outer.row && r.col >= outer.col &&
	       r.row + r.rows <= outer.row + outer.rows &&
	       r.col + r.cols <= outer.col + outer.cols;
}

static bool overlap(struct rect a, struct rect b)
{
	return a.row < b.row + b.rows && b.row < a.row + a.rows &&
	       a.col < b.col + b.cols && b.col < a.col + a.cols;
}

static void check_size(int rows, int cols, bool camera_only)
{
	struct layout l = layout_compute(rows, cols, camera_only);
	struct rect screen = {0, 0, rows, cols}, in[MAX_LEAVES];
	struct rect side = rect_inside(l.side);
	int n = leaves(&l, in);

	for (int i = 0; i < n; i++) {
		if (!inside(in[i], screen))
			fail_msg("%dx%d: panel %d leaves the screen", cols,
				 rows, i);
		for (int j = 0; j < i; j++)
			if (overlap(in[i], in[j]))
				fail_msg("%dx%d: panels %d and %d overlap",
					 cols, rows, i, j);
	}
	if (!rect_is_empty(l.side)) {
		assert_false(overlap(l.side, l.camera));
		assert_false(overlap(l.side, l.playing));
		assert_false(overlap(l.side, l.queue_frame));
		assert_true(inside(l.bars, side));
		assert_true(rect_is_empty(l.mood) || inside(l.mood, side));
	}
	for (int i = 0; i < l.rule_count; i++) {
		struct rect rule = {l.rules[i], side.col, 1, side.cols};

		assert_true(inside(rule, side));
		for (int j = 0; j < n; j++)
			assert_false(overlap(rule, in[j]));
	}
}

static void never_overlaps(void **state)
{
	(void)state;
	for (int rows = 1; rows <= 80; rows++)
		for (int cols = 1; cols <= 220; cols++) {
			check_size(rows, cols, false);
			check_size(rows, cols, true);
		}
}

static void says_the_most_at_every_size(void **state)
{
	struct layout l;

	(void)state;
	for (int rows = 1; rows <= 80; rows++)
		for (int cols = 1; cols <= 220; cols++) {
			l = layout_compute(rows, cols, false);
			/* mood at every size, the song from 40x10 */
			assert_false(rect_is_empty(l.mood));
			if (l.kind == LAYOUT_LINE)
				continue;
			assert_false(rect_is_empty(l.bars));
			assert_false(rect_is_empty(l.playing));
			assert_false(rect_is_empty(l.hints));
			assert_false(rect_is_empty(l.message));
			if (l.kind == LAYOUT_COMPACT)
				continue;
			assert_false(rect_is_empty(l.camera));
			assert_false(rect_is_empty(l.queue));
			assert_true(l.bars.rows == 7);
		}
}

static void has_the_shapes_of_the_design(void **state)
{
	struct layout l = layout_compute(24, 80, false);

	(void)state;
	assert_int_equal(l.kind, LAYOUT_NORMAL);
	assert_int_equal(l.camera.cols, 40);
	assert_int_equal(l.camera.rows, 17);
	assert_int_equal(l.queue.rows, 4);
	assert_int_equal(l.playing.rows, 4);
	l = layout_compute(40, 140, false);
	assert_int_equal(l.kind, LAYOUT_LARGE);
	assert_false(rect_is_empty(l.events));
	assert_false(rect_is_empty(l.queue_frame));
	l = layout_compute(40, 140, true);
	assert_int_equal(l.kind, LAYOUT_CAMERA);
	assert_int_equal(l.camera.rows, 38);
	assert_true(rect_is_empty(l.bars));
}

static void drops_preview_then_queue_then_timeline(void **state)
{
	struct layout l = layout_compute(24, 80, false);

	(void)state;
	assert_false(rect_is_empty(l.camera));
	l = layout_compute(16, 60, false);
	assert_int_equal(l.kind, LAYOUT_COMPACT);
	assert_true(rect_is_empty(l.camera));
	assert_false(rect_is_empty(l.queue));
	assert_false(rect_is_empty(l.timeline));
	l = layout_compute(17, 50, false);
	assert_true(rect_is_empty(l.queue));
	assert_false(rect_is_empty(l.timeline));
	l = layout_compute(10, 40, false);
	assert_int_equal(l.kind, LAYOUT_COMPACT);
	assert_true(rect_is_empty(l.timeline));
	assert_true(rect_is_empty(l.queue));
	l = layout_compute(10, 39, false);
	assert_int_equal(l.kind, LAYOUT_LINE);
	l = layout_compute(9, 200, false);
	assert_int_equal(l.kind, LAYOUT_LINE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(never_overlaps),
		cmocka_unit_test(says_the_most_at_every_size),
		cmocka_unit_test(has_the_shapes_of_the_design),
		cmocka_unit_test(drops_preview_then_queue_then_timeline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
