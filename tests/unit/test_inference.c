/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread around the reader: it loads, reads the newest, stops, fails. */
#include "tests/unit/pictures.h"
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "model/inference.h"

#include <poll.h>
#include <stdio.h>

#define WAIT_MS 60000 /* under a sanitizer, on a busy machine */

static struct mailbox *box;
static struct inference *inference;

static int make_box(void **state)
{
	(void)state;
	return mailbox_new(&box);
}

static int free_box(void **state)
{
	(void)state;
	inference_stop(inference);
	inference = NULL;
	mailbox_free(box);
	return 0;
}

static void start(const char *folder)
{
	char copy[512];
	struct reader_opts opts = {.folder = copy, .max_faces = 2};

	snprintf(copy, sizeof(copy), "%s", folder);
	assert_int_equal(inference_start(&inference, &opts, box), STATUS_OK);
	memset(copy, 'x', sizeof(copy) - 1); /* it has its own */
}

static bool readable(int fd, int ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, ms) == 1;
}

/* Waits for a state other than loading; true when a reading came along. */
static bool wait_for(enum inference_state *state, struct reading *reading,
		     struct fault *fault)
{
	bool fresh;

	do {
		assert_true(readable(inference_fd(inference), WAIT_MS));
		fresh = inference_take(inference, state, reading, fault);
	} while (*state == INFERENCE_LOADING);
	return fresh;
}

static void put_later(struct frame *frame, uint32_t sequence, int64_t by_ns)
{
	frame->sequence = sequence;
	frame->captured_ns = clock_monotonic_ns() + by_ns;
	mailbox_put(box, frame);
}

static void put(struct frame *frame, uint32_t sequence)
{
	put_later(frame, sequence, 0);
}

static struct reading wait_for_reading(void)
{
	enum inference_state now;
	struct reading reading;
	struct fault fault;

	while (!wait_for(&now, &reading, &fault))
		assert_int_equal(now, INFERENCE_READY);
	return reading;
}

static void reads_what_is_put(void **state)
{
	struct reading reading;

	(void)state;
	start(pictures_weights());
	put(pictures_load(PICTURES_ASTRONAUT), 7);
	reading = wait_for_reading();
	assert_int_equal(reading.frame_sequence, 7);
	assert_int_equal(reading.face_count, 1);
	put(pictures_plain(320, 240, 128, false), 8);
	reading = wait_for_reading();
	assert_int_equal(reading.frame_sequence, 8);
}

static void takes_a_correction_while_it_runs(void **state)
{
	struct personal personal = {.corrections = 1};
	struct reading before, after;

	(void)state;
	start(pictures_weights());
	put(pictures_load(PICTURES_ASTRONAUT), 1);
	before = wait_for_reading();
	personal.bias[EMOTION_SAD] = 1;
	inference_set_personal(inference, &personal);
	memset(&personal, 0xff, sizeof(personal)); /* it has its own */
	/* A face that was read a moment ago may wait for its next frame. */
	put_later(pictures_load(PICTURES_ASTRONAUT), 2, CLOCK_NS_PER_S);
	after = wait_for_reading();
	assert_true(after.faces[0].raw[EMOTION_SAD] >
		    1.5f * before.faces[0].raw[EMOTION_SAD]);
}

static void tells_a_reading_once(void **state)
{
	enum inference_state now;
	struct reading reading;
	struct fault fault;

	(void)state;
	start(pictures_weights());
	put(pictures_plain(320, 240, 128, false), 1);
	wait_for_reading();
	assert_false(readable(inference_fd(inference), 0));
	assert_false(inference_take(inference, &now, &reading, &fault));
	assert_int_equal(now, INFERENCE_READY);
}

/* While it loads and reads, only the newest frame waits. */
static void skips_to_the_newest(void **state)
{
	struct reading reading;
	int readings = 0;

	(void)state;
	start(pictures_weights());
	for (uint32_t i = 1; i <= 50; i++)
		put(pictures_plain(64, 48, 128, false), i);
	do {
		reading = wait_for_reading();
		readings++;
	} while (reading.frame_sequence != 50);
	assert_true(readings + (int)mailbox_overwritten(box) <= 50);
}

static void fails_with_a_reason(void **state)
{
	enum inference_state now;
	struct reading reading;
	struct fault fault;
	char sentence[512];

	(void)state;
	start("/nowhere");
	assert_false(wait_for(&now, &reading, &fault));
	assert_int_equal(now, INFERENCE_FAILED);
	assert_int_equal(fault.status, STATUS_NOT_FOUND);
	fault_sentence(&fault, sentence, sizeof(sentence));
	assert_non_null(strstr(sentence, "/nowhere"));
	/* frames that still come are no harm */
	put(pictures_plain(64, 48, 128, false), 1);
}

static void stops_at_any_moment(void **state)
{
	(void)state;
	for (int ms = 0; ms < 400; ms += 80) {
		start(pictures_weights());
		put(pictures_plain(640, 480, 128, false), 1);
		poll(NULL, 0, ms);
		inference_stop(inference);
	}
	inference = NULL;
	inference_stop(NULL);
}

#define BOXED(test) cmocka_unit_test_setup_teardown(test, make_box, free_box)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOXED(reads_what_is_put),
		BOXED(tells_a_reading_once),
		BOXED(skips_to_the_newest),
		BOXED(fails_with_a_reason),
		BOXED(stops_at_any_moment),
		BOXED(takes_a_correction_while_it_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
