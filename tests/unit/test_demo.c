/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo: the same for the same seed, faces and nobody. */
#include "tests/unit/unit.h"

#include "base/paths.h"
#include "capture/capture.h"
#include "capture/source.h"

#include <stdio.h>
#include <stdlib.h>

#define WIDTH  320
#define HEIGHT 240
#define RATE   15

/* The pictures are read from the source tree: every variant finds them. */
static int find_pictures(void **state)
{
	const char *root = getenv("MIEN_ROOT");
	char folder[4096];

	(void)state;
	snprintf(folder, sizeof(folder), "%s/capture", root ? root : ".");
	return setenv("MIEN_DATADIR", folder, 1);
}

/* What is kept of a picture. */
struct glance {
	uint64_t sum; /* FNV-1a of its luma */
	bool face;    /* somebody is there */
};

static uint64_t sum_of(const struct frame *f)
{
	uint64_t sum = 14695981039346656037U;

	for (int y = 0; y < f->height; y++)
		for (int x = 0; x < f->width; x++)
			sum = (sum ^ f->luma[y * f->stride + x]) *
			      1099511628211U;
	return sum;
}

/* The background is smooth: only a portrait has hard steps in its luma. */
static bool has_face(const struct frame *f)
{
	int steps = 0;

	for (int y = 0; y < f->height; y++) {
		const uint8_t *row = f->luma + (ptrdiff_t)y * f->stride;

		for (int x = 1; x < f->width; x++)
			steps += abs(row[x] - row[x - 1]) > 24;
	}
	return steps > 50;
}

static struct source *open_demo(uint64_t seed, int width, int height)
{
	struct source_opts opts = {
		.spec = "demo",
		.width = width,
		.height = height,
		.rate = RATE,
		.seed = seed,
		.stop_fd = -1,
	};
	struct source *source = NULL;
	struct fault fault;

	assert_int_equal(source_open(&source, &opts, &fault), STATUS_OK);
	return source;
}

static struct frame *next(struct source *source, struct frame_pool *pool)
{
	struct frame *frame = NULL;

	assert_int_equal(source->ops->read(source, pool, &frame, NULL),
			 STATUS_OK);
	return frame;
}

/* The first so many seconds of a demo. The caller frees it. */
static struct glance *watch(uint64_t seed, int count)
{
	struct glance *glances = calloc((size_t)count, sizeof(*glances));
	struct source *source = open_demo(seed, WIDTH, HEIGHT);
	struct frame_pool *pool = NULL;

	assert_non_null(glances);
	assert_int_equal(frame_pool_new(&pool, 1, WIDTH, HEIGHT), STATUS_OK);
	for (int i = 0; i < count; i++) {
		struct frame *frame = next(source, pool);

		glances[i] = (struct glance){sum_of(frame), has_face(frame)};
		assert_int_equal(frame->media_ns / CLOCK_NS_PER_MS,
				 i * 1000 / RATE);
		frame_unref(frame);
	}
	source_close(source);
	frame_pool_free(pool);
	return glances;
}

static void follows_from_its_seed(void **state)
{
	int count = 20 * RATE;
	struct glance *a = watch(5, count), *b = watch(5, count);
	struct glance *c = watch(6, count);

	(void)state;
	for (int i = 0; i < count; i++) {
		assert_int_equal(a[i].sum, b[i].sum);
		assert_int_not_equal(a[i].sum, c[i].sum);
		if (i)
			assert_int_not_equal(a[i].sum, a[i - 1].sum);
	}
	free(a);
	free(b);
	free(c);
}

/* Long enough for a mood to come (1 s) and to be let go (3 s). */
static void faces_come_and_go(void **state)
{
	int count = 40 * RATE, spells = 0, length = 1;
	struct glance *g = watch(1, count);

	(void)state;
	for (int i = 1; i < count; i++, length++) {
		if (g[i].face == g[i - 1].face)
			continue;
		if (spells++)
			assert_true(length >= (g[i].face ? 4 : 6) * RATE);
		length = 0;
	}
	/* Face, nobody, face, nobody, face at the least. */
	assert_true(spells >= 4);
	free(g);
}

/* Where a program that looks once takes its picture (each.c). */
static void shows_a_face_at_two_seconds(void **state)
{
	struct glance *g = watch(9, 3 * RATE);

	(void)state;
	assert_true(g[2 * RATE].face);
	free(g);
}

static void drops_without_a_free_frame(void **state)
{
	struct source *source = open_demo(1, WIDTH, HEIGHT);
	struct frame_pool *pool = NULL;
	struct frame *held, *none = NULL;

	(void)state;
	assert_int_equal(frame_pool_new(&pool, 1, WIDTH, HEIGHT), STATUS_OK);
	held = next(source, pool);
	assert_int_equal(source->ops->read(source, pool, &none, NULL),
			 STATUS_AGAIN);
	assert_null(none);
	assert_int_equal(source->skipped, 1);
	frame_unref(held);
	/* Time went on all the same. */
	held = next(source, pool);
	assert_int_equal(held->media_ns / CLOCK_NS_PER_MS, 2000 / RATE);
	frame_unref(held);
	source_close(source);
	frame_pool_free(pool);
}

static void says_when_its_pictures_are_missing(void **state)
{
	struct capture_opts opts = {.spec = "demo"};
	char sentence[512];
	struct fault fault;

	setenv("MIEN_DATADIR", "/nowhere", 1);
	assert_int_equal(capture_each(&opts, 0, NULL, NULL, &fault),
			 STATUS_NOT_FOUND);
	fault_sentence(&fault, sentence, sizeof(sentence));
	assert_non_null(strstr(sentence, "demo/astronaut.jpg"));
	assert_non_null(strstr(sentence, "MIEN_DATADIR"));
	find_pictures(state);
}

static void refuses_a_size_over_the_largest(void **state)
{
	struct capture_opts opts = {.spec = "demo", .width = 4000};
	struct fault fault;

	(void)state;
	assert_int_equal(capture_each(&opts, 0, NULL, NULL, &fault),
			 STATUS_BAD_ARGUMENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_from_its_seed),
		cmocka_unit_test(faces_come_and_go),
		cmocka_unit_test(shows_a_face_at_two_seconds),
		cmocka_unit_test(drops_without_a_free_frame),
		cmocka_unit_test(says_when_its_pictures_are_missing),
		cmocka_unit_test(refuses_a_size_over_the_largest),
	};

	return cmocka_run_group_tests(tests, find_pictures, NULL);
}
