/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mailbox: newest wins, what was overwritten is counted and given back. */
#include "tests/unit/unit.h"

#include "capture/mailbox.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>

#define FRAMES 20000

struct room {
	struct frame_pool *pool;
	struct mailbox *box;
};

static int make_room(void **state)
{
	static struct room room;

	*state = &room;
	return frame_pool_new(&room.pool, 4, 16, 16) || mailbox_new(&room.box);
}

static int clear_room(void **state)
{
	struct room *room = *state;

	mailbox_free(room->box);
	frame_pool_free(room->pool);
	return 0;
}

static struct frame *numbered(struct room *room, uint32_t number)
{
	struct frame *frame = frame_take(room->pool, 16, 16, 0);

	if (frame)
		frame->sequence = number;
	return frame;
}

static bool readable(const struct room *room)
{
	struct pollfd fd = {.fd = mailbox_fd(room->box), .events = POLLIN};

	return poll(&fd, 1, 0) == 1;
}

static void newest_wins(void **state)
{
	struct room *room = *state;
	struct frame *frame;

	assert_null(mailbox_take(room->box));
	assert_false(readable(room));
	for (uint32_t i = 1; i <= 3; i++)
		mailbox_put(room->box, numbered(room, i));
	assert_true(readable(room));
	assert_int_equal(mailbox_overwritten(room->box), 2);
	frame = mailbox_take(room->box);
	assert_int_equal(frame->sequence, 3);
	assert_false(readable(room));
	assert_null(mailbox_take(room->box));
	frame_unref(frame);
}

static void gives_back_what_it_overwrites(void **state)
{
	struct room *room = *state;

	/* More than the pool has: none may be lost. */
	for (uint32_t i = 1; i <= 100; i++)
		mailbox_put(room->box, numbered(room, i));
	assert_int_equal(mailbox_overwritten(room->box), 99);
}

/* The frame that is left is given back with the box: pool and asan see it. */
static void is_freed_full(void **state)
{
	struct room *room = *state;
	struct frame *frames[4];

	mailbox_put(room->box, numbered(room, 1));
	mailbox_free(room->box);
	room->box = NULL;
	for (int i = 0; i < 4; i++)
		assert_non_null(frames[i] = numbered(room, 1));
	for (int i = 0; i < 4; i++)
		frame_unref(frames[i]);
}

static void *produce(void *user)
{
	struct room *room = user;

	for (uint32_t i = 1; i <= FRAMES; i++) {
		struct frame *frame;

		do
			frame = numbered(room, i);
		while (!frame);
		memset(frame->luma, (int)(i & 255), 16);
		mailbox_put(room->box, frame);
	}
	return NULL;
}

/* Every frame is either seen once, whole and in order, or counted. */
static void loses_nothing_between_threads(void **state)
{
	struct room *room = *state;
	struct pollfd fd = {.fd = mailbox_fd(room->box), .events = POLLIN};
	uint32_t last = 0, seen = 0;
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, produce, room), 0);
	while (last < FRAMES) {
		struct frame *frame;

		/* A frame that waits unannounced hangs here. */
		assert_int_equal(poll(&fd, 1, 10000), 1);
		frame = mailbox_take(room->box);
		if (!frame)
			continue;
		assert_true(frame->sequence > last);
		assert_int_equal(frame->luma[15], frame->sequence & 255);
		last = frame->sequence;
		seen++;
		frame_unref(frame);
	}
	pthread_join(thread, NULL);
	assert_int_equal(seen + mailbox_overwritten(room->box), FRAMES);
}

#define IN_ROOM(test) \
	cmocka_unit_test_setup_teardown(test, make_room, clear_room)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ROOM(newest_wins),
		IN_ROOM(gives_back_what_it_overwrites),
		IN_ROOM(is_freed_full),
		IN_ROOM(loses_nothing_between_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
