/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal that is behind gets the picture more seldom, and is found out
 * only by its own answers. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "tui/link.h"

#define MS     CLOCK_NS_PER_MS
#define FRAME  1000 /* bytes of a drawing */
#define FRAMES (66 * MS)

/* A link of so many bytes a second, and what lies in it. Answers come when
 * what was written before them was taken. */
struct wire {
	int rate;
	double behind;            /* bytes */
	double marks[LINK_ASKED]; /* bytes before each question */
	int count;
};

static void pass(struct wire *w, struct link *link, int64_t now_ns)
{
	double taken = w->rate * 0.001;

	w->behind = w->behind > taken ? w->behind - taken : 0;
	for (int i = 0; i < w->count; i++)
		w->marks[i] -= taken;
	while (w->count && w->marks[0] <= 0) {
		link_answered(link, now_ns);
		memmove(w->marks, w->marks + 1,
			sizeof(*w->marks) * (size_t)--w->count);
	}
}

/* So many seconds of pictures over w; returns how many, *most the bytes that
 * lay before a key's answer at worst, but for the first second. */
static int play(struct wire *w, struct link *link, int64_t *now, int seconds,
		double *most)
{
	int64_t next = *now, begin = *now;
	int drawn = 0;

	*most = 0;
	for (; *now < begin + seconds * CLOCK_NS_PER_S; *now += MS) {
		pass(w, link, *now);
		if (*now - begin > CLOCK_NS_PER_S && w->behind > *most)
			*most = w->behind;
		if (*now < next || *now < link_free_ns(link, *now))
			continue;
		next = *now + FRAMES;
		w->behind += FRAME;
		drawn++;
		if (link_ask(link, *now))
			w->marks[w->count++] = w->behind;
	}
	return drawn;
}

static void a_slow_link_is_never_far_behind(void **state)
{
	struct wire w = {.rate = 100000};
	struct link link = {0};
	int64_t now = CLOCK_NS_PER_S;
	double most;

	(void)state;
	assert_true(play(&w, &link, &now, 5, &most) >= 70); /* every picture */
	w.rate = 2000;
	assert_in_range(play(&w, &link, &now, 20, &most), 20, 45);
	assert_true(most <= 2 * FRAME);
	w.rate = 100000; /* and comes back */
	assert_true(play(&w, &link, &now, 5, &most) >= 65);
}

/* Slow from the start: the first screen has told nothing yet. */
static void a_link_that_was_never_quick(void **state)
{
	struct wire w = {.rate = 2000};
	struct link link = {0};
	int64_t now = CLOCK_NS_PER_S;
	double most;

	(void)state;
	play(&w, &link, &now, 10, &most);
	play(&w, &link, &now, 20, &most);
	assert_true(most <= 2 * FRAME);
}

/* A way of 200 ms that carries all: pictures follow each other on it. */
static void a_long_way_is_no_slow_one(void **state)
{
	struct link link = {0};
	int64_t now = CLOCK_NS_PER_S, asked[64], next = now;
	int first = 0, last = 0, drawn = 0;

	(void)state;
	for (; now < 6 * CLOCK_NS_PER_S; now += MS) {
		while (first < last && now - asked[first % 64] >= 200 * MS) {
			link_answered(&link, now);
			first++;
		}
		if (now < next || now < link_free_ns(&link, now))
			continue;
		next = now + FRAMES;
		drawn++;
		if (link_ask(&link, now))
			asked[last++ % 64] = now;
	}
	assert_true(drawn >= 65);
}

static void one_that_never_answers_is_asked_once(void **state)
{
	struct link link = {0};

	(void)state;
	assert_true(link_ask(&link, 5));
	for (int i = 1; i < 100; i++) {
		assert_int_equal(link_free_ns(&link, i * CLOCK_NS_PER_S), 0);
		assert_false(link_ask(&link, i * CLOCK_NS_PER_S));
	}
}

/* It answered, and was exchanged for one that does not: held up for a while,
 * then no more. */
static void one_that_stops_answering_is_given_up(void **state)
{
	struct link link = {0};
	int64_t now = CLOCK_NS_PER_S;

	(void)state;
	assert_true(link_ask(&link, now));
	link_answered(&link, now + MS);
	assert_true(link_ask(&link, now));
	now += CLOCK_NS_PER_S;
	assert_true(link_free_ns(&link, now) > now);
	assert_true(link_ask(&link, now)); /* a key's drawing */
	now = link_free_ns(&link, now);
	assert_false(link_ask(&link, now));
	assert_int_equal(link_free_ns(&link, now), 0);
	assert_false(link_is_waiting(&link));
	link_answered(&link, now); /* late: nobody asked */
	assert_false(link_ask(&link, now));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slow_link_is_never_far_behind),
		cmocka_unit_test(a_link_that_was_never_quick),
		cmocka_unit_test(a_long_way_is_no_slow_one),
		cmocka_unit_test(one_that_never_answers_is_asked_once),
		cmocka_unit_test(one_that_stops_answering_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
