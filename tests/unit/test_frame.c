/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame pool: exhaustion, planes that do not overlap, life, threads. */
#include "tests/unit/unit.h"

#include "capture/frame.h"

#include <pthread.h>

static struct frame_pool *pool_of(int count, int width, int height)
{
	struct frame_pool *pool = NULL;

	assert_int_equal(frame_pool_new(&pool, count, width, height),
			 STATUS_OK);
	return pool;
}

static void gives_no_more_than_it_has(void **state)
{
	struct frame_pool *pool = pool_of(3, 64, 48);
	struct frame *frames[3];

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_non_null(frames[i] = frame_take(pool, 64, 48, 1));
	assert_null(frame_take(pool, 64, 48, 1));
	frame_unref(frames[1]);
	assert_ptr_equal(frame_take(pool, 64, 48, 0), frames[1]);
	assert_null(frame_take(pool, 64, 48, 1));
	for (int i = 0; i < 3; i++)
		frame_unref(frames[i]);
	frame_pool_free(pool);
}

static void refuses_wrong_sizes(void **state)
{
	struct frame_pool *pool = pool_of(1, 64, 48);

	(void)state;
	assert_null(frame_take(pool, 65, 48, 1));
	assert_null(frame_take(pool, 64, 49, 1));
	assert_null(frame_take(pool, 0, 48, 1));
	frame_pool_free(pool);
	assert_int_equal(frame_pool_new(&pool, 0, 64, 48), STATUS_BAD_ARGUMENT);
	assert_int_equal(frame_pool_new(&pool, 65, 64, 48),
			 STATUS_BAD_ARGUMENT);
	assert_int_equal(frame_pool_new(&pool, 1, FRAME_MAX_WIDTH + 1, 48),
			 STATUS_BAD_ARGUMENT);
}

static void fill(struct frame *f, uint8_t value)
{
	int rows = (f->height + 1) / 2;

	memset(f->luma, value, (size_t)f->stride * (size_t)f->height);
	memset(f->u, value + 1, (size_t)f->chroma_stride * (size_t)rows);
	memset(f->v, value + 2, (size_t)f->chroma_stride * (size_t)rows);
}

/* Odd sizes, all of the pool written: nothing runs into its neighbour. */
static void planes_do_not_overlap(void **state)
{
	struct frame_pool *pool = pool_of(2, 65, 33);
	struct frame *a = frame_take(pool, 65, 33, 1);
	struct frame *b = frame_take(pool, 65, 33, 1);

	(void)state;
	assert_true(a->stride >= 65 && a->chroma_stride >= 33);
	fill(a, 10);
	fill(b, 20);
	assert_int_equal(a->luma[0], 10);
	assert_int_equal(a->luma[32 * a->stride + 64], 10);
	assert_int_equal(a->u[16 * a->chroma_stride + 32], 11);
	assert_int_equal(a->v[16 * a->chroma_stride + 32], 12);
	assert_int_equal(b->luma[0], 20);
	frame_unref(a);
	frame_unref(b);
	frame_pool_free(pool);
}

static void grey_has_no_chroma(void **state)
{
	struct frame_pool *pool = pool_of(1, 64, 48);
	struct frame *frame = frame_take(pool, 32, 16, 0);

	(void)state;
	assert_null(frame->u);
	assert_null(frame->v);
	assert_int_equal(frame->chroma_stride, 0);
	frame_unref(frame);
	frame_pool_free(pool);
}

static void comes_clean_when_taken_again(void **state)
{
	struct frame_pool *pool = pool_of(1, 64, 48);
	struct frame *frame = frame_take(pool, 64, 48, 1);

	(void)state;
	frame->sequence = 7;
	frame->media_ns = 8;
	frame_unref(frame);
	frame = frame_take(pool, 64, 48, 1);
	assert_int_equal(frame->sequence, 0);
	assert_int_equal(frame->media_ns, 0);
	frame_unref(frame);
	frame_pool_free(pool);
}

/* Address sanitizer sees it if the pool went with its owner. */
static void outlives_its_pool(void **state)
{
	struct frame_pool *pool = pool_of(2, 64, 48);
	struct frame *frame = frame_take(pool, 64, 48, 1);

	(void)state;
	frame_ref(frame);
	frame_pool_free(pool);
	frame_unref(frame);
	fill(frame, 1);
	frame_unref(frame);
	frame_unref(NULL);
	frame_pool_free(NULL);
}

#define ROUNDS 20000

static void *take_and_give(void *pool)
{
	size_t got = 0;

	for (int i = 0; i < ROUNDS; i++) {
		struct frame *frame = frame_take(pool, 16, 16, 0);

		if (!frame)
			continue;
		/* Two threads in one frame are a race that tsan reports. */
		frame->luma[0] = (uint8_t)i;
		got += frame->luma[0] == (uint8_t)i;
		frame_unref(frame);
	}
	return (void *)got;
}

static void is_shared_by_threads(void **state)
{
	struct frame_pool *pool = pool_of(2, 16, 16);
	struct frame *all[2];
	pthread_t threads[4];
	size_t got = 0;

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(
			pthread_create(&threads[i], NULL, take_and_give, pool),
			0);
	for (int i = 0; i < 4; i++) {
		void *mine;

		pthread_join(threads[i], &mine);
		got += (size_t)mine;
	}
	assert_true(got >= ROUNDS);
	for (int i = 0; i < 2; i++)
		assert_non_null(all[i] = frame_take(pool, 16, 16, 0));
	assert_null(frame_take(pool, 16, 16, 0));
	for (int i = 0; i < 2; i++)
		frame_unref(all[i]);
	frame_pool_free(pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_no_more_than_it_has),
		cmocka_unit_test(refuses_wrong_sizes),
		cmocka_unit_test(planes_do_not_overlap),
		cmocka_unit_test(grey_has_no_chroma),
		cmocka_unit_test(comes_clean_when_taken_again),
		cmocka_unit_test(outlives_its_pool),
		cmocka_unit_test(is_shared_by_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
