/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The capture thread: its states, its pace, and that it always lets go. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "capture/capture.h"
#include "tests/unit/video.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], video[96], longer[96], still[96], fifo[96];

static int prepare(void **state)
{
	const char *root = getenv("MIEN_ROOT");
	struct video_spec spec = {
		.path = video,
		.format = "nut",
		.codec = "mjpeg",
		.pixels = AV_PIX_FMT_YUVJ420P,
		.width = 64,
		.height = 48,
		.rate = 10,
		.count = 8,
		.paint = video_flat,
	};
	char data[4096];

	(void)state;
	strcpy(folder, "/tmp/mien-test-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(video, sizeof(video), "%s/video.nut", folder);
	snprintf(longer, sizeof(longer), "%s/longer.nut", folder);
	snprintf(still, sizeof(still), "%s/still.jpg", folder);
	snprintf(fifo, sizeof(fifo), "%s/fifo", folder);
	snprintf(data, sizeof(data), "%s/capture", root ? root : ".");
	setenv("MIEN_DATADIR", data, 1);
	if (video_write(&spec))
		return -1;
	spec.path = longer;
	spec.count = 18;
	if (video_write(&spec))
		return -1;
	spec.path = still;
	spec.format = NULL;
	spec.count = 1;
	return video_write(&spec) || mkfifo(fifo, 0600);
}

static int clean_up(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

static struct capture *start(const struct capture_opts *opts)
{
	struct capture *capture = NULL;
	struct fault fault;

	assert_int_equal(capture_open(&capture, opts, &fault), STATUS_OK);
	return capture;
}

/* Waits for a state by the eventfd alone. Fails after ten seconds. */
static struct capture_status await(struct capture *capture,
				   enum capture_state state)
{
	struct pollfd fd = {.fd = capture_fd(capture), .events = POLLIN};
	struct capture_status s;

	for (;;) {
		capture_status(capture, &s);
		if (s.state == state)
			return s;
		if (poll(&fd, 1, 10000) != 1)
			fail_msg("state %d never came; it is %d", state,
				 s.state);
	}
}

static struct frame *await_frame(struct capture *capture,
				 enum capture_reader reader)
{
	struct mailbox *box = capture_mailbox(capture, reader);
	struct pollfd fd = {.fd = mailbox_fd(box), .events = POLLIN};
	struct frame *frame = NULL;

	while (!frame) {
		if (poll(&fd, 1, 10000) != 1)
			fail_msg("no frame came");
		frame = mailbox_take(box);
	}
	return frame;
}

static void assert_sentence(const struct capture_status *s, const char *words)
{
	char sentence[512];

	capture_sentence(s, sentence, sizeof(sentence));
	if (!strstr(sentence, words))
		fail_msg("\"%s\" does not hold \"%s\"", sentence, words);
}

/* Closes it, and fails when that waits for whom it reads from. */
static void close_at_once(struct capture *capture)
{
	int64_t start_ns = clock_monotonic_ns();

	capture_close(capture);
	assert_true(clock_monotonic_ns() - start_ns < 10 * CLOCK_NS_PER_S);
}

/* ---- states -------------------------------------------------------------- */

static void both_readers_get_the_demo(void **state)
{
	struct capture *c = start(&(struct capture_opts){
		.spec = "demo", .width = 320, .height = 240, .rate = 50});
	struct frame *a = await_frame(c, CAPTURE_FOR_MODEL);
	struct frame *b = await_frame(c, CAPTURE_FOR_SCREEN);
	struct capture_status s = await(c, CAPTURE_STREAMING);

	(void)state;
	assert_int_equal(a->width, 320);
	assert_int_equal(b->height, 240);
	assert_true(a->sequence >= 1 && b->sequence >= 1);
	assert_string_equal(s.device, "demo");
	assert_sentence(&s, "the demo streams 320x240");
	frame_unref(a);
	close_at_once(c);
	/* A frame in hand outlives all. */
	assert_int_equal(b->luma[0], b->luma[0]);
	frame_unref(b);
}

static void ends_after_so_many(void **state)
{
	struct capture *c = start(&(struct capture_opts){
		.spec = "demo", .rate = 100, .max_frames = 7});
	struct capture_status s = await(c, CAPTURE_ENDED);

	(void)state;
	assert_int_equal(s.frames, 7);
	assert_sentence(&s, "end");
	close_at_once(c);
}

/* Eight pictures at ten a second: the last is due after 0.7 s. */
static void plays_at_its_own_pace(void **state)
{
	int64_t start_ns = clock_monotonic_ns(), took;
	struct capture *c = start(&(struct capture_opts){.spec = video});
	struct capture_status s = await(c, CAPTURE_ENDED);

	(void)state;
	took = clock_monotonic_ns() - start_ns;
	assert_in_range(took / CLOCK_NS_PER_MS, 690, 3000);
	assert_int_equal(s.frames + s.skipped, 8);
	assert_string_equal(s.format, "mjpeg");
	assert_int_equal(s.width, 64);
	close_at_once(c);
}

static void starts_over_in_a_loop(void **state)
{
	struct capture *c =
		start(&(struct capture_opts){.spec = video, .loop = true});
	struct frame *frame;
	int64_t last = -1;
	bool again = false;

	(void)state;
	for (int i = 0; i < 12; i++) {
		frame = await_frame(c, CAPTURE_FOR_MODEL);
		again |= frame->media_ns < last;
		last = frame->media_ns;
		frame_unref(frame);
	}
	assert_true(again);
	close_at_once(c);
}

/* So that a mood can settle on it. */
static void a_still_comes_again_in_a_loop(void **state)
{
	struct capture *c =
		start(&(struct capture_opts){.spec = still, .loop = true});
	int64_t start_ns = clock_monotonic_ns();

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct frame *frame = await_frame(c, CAPTURE_FOR_MODEL);

		assert_in_range(frame->luma[0], 16, 24);
		frame_unref(frame);
	}
	assert_true(clock_monotonic_ns() - start_ns > 350 * CLOCK_NS_PER_MS);
	close_at_once(c);
}

static void a_still_ends_without_one(void **state)
{
	struct capture *c = start(&(struct capture_opts){.spec = still});

	(void)state;
	assert_int_equal(await(c, CAPTURE_ENDED).frames, 1);
	close_at_once(c);
}

static void says_why_it_failed(void **state)
{
	struct capture *c = start(&(struct capture_opts){.spec = "/none.jpg"});
	struct capture_status s = await(c, CAPTURE_FAILED);

	(void)state;
	assert_int_equal(s.fault.status, STATUS_NOT_FOUND);
	assert_sentence(&s, "/none.jpg: opening: No such file");
	close_at_once(c);
}

static void refuses_no_name(void **state)
{
	struct capture *c = NULL;
	struct fault fault;

	(void)state;
	assert_int_equal(
		capture_open(&c, &(struct capture_opts){.spec = ""}, &fault),
		STATUS_BAD_ARGUMENT);
	assert_null(c);
	capture_close(NULL);
}

/* A number that no machine has; the machine may well have other cameras. */
static void looks_for_a_camera_that_is_not_there(void **state)
{
	struct capture *c =
		start(&(struct capture_opts){.spec = "/dev/video63"});
	struct capture_status s = await(c, CAPTURE_SEARCHING);

	(void)state;
	assert_int_equal(s.fault.status, STATUS_NOT_FOUND);
	assert_sentence(&s, "/dev/video63: there is no such camera");
	close_at_once(c);
}

static void auto_never_becomes_the_demo(void **state)
{
	struct capture *c;
	struct capture_status s;

	(void)state;
	if (!access("/dev/video0", F_OK))
		skip();
	c = start(&(struct capture_opts){.spec = "auto"});
	s = await(c, CAPTURE_SEARCHING);
	assert_sentence(&s, "no camera was found");
	usleep(1200000); /* past the next look */
	capture_status(c, &s);
	assert_int_equal(s.state, CAPTURE_SEARCHING);
	assert_int_equal(s.frames, 0);
	close_at_once(c);
}

/* ---- closing ------------------------------------------------------------- */

/* How many of this process's descriptors lead to path. */
static int opened(const char *path)
{
	char link[64], target[256];
	int count = 0;

	for (int fd = 0; fd < 256; fd++) {
		ssize_t n;

		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		n = readlink(link, target, sizeof(target) - 1);
		if (n < 0)
			continue;
		target[n] = '\0';
		count += !strcmp(target, path);
	}
	return count;
}

static void off_closes_the_device(void **state)
{
	struct capture *c =
		start(&(struct capture_opts){.spec = video, .loop = true});
	struct capture_status s;
	uint64_t before;

	(void)state;
	await(c, CAPTURE_STREAMING);
	assert_int_equal(opened(video), 1);
	capture_enable(c, false);
	s = await(c, CAPTURE_CLOSED);
	assert_sentence(&s, "is off");
	assert_int_equal(opened(video), 0);
	before = s.frames;
	usleep(300000);
	capture_status(c, &s);
	assert_int_equal(s.frames, before);
	capture_enable(c, true);
	s = await(c, CAPTURE_STREAMING);
	assert_true(s.frames > before);
	assert_int_equal(opened(video), 1);
	close_at_once(c);
	assert_int_equal(opened(video), 0);
}

/* A server that takes the connection and never says a word. */
static int listen_silently(char *url, size_t size)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t length = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) ||
	    listen(fd, 5) ||
	    getsockname(fd, (struct sockaddr *)&address, &length))
		fail_msg("no loopback listener");
	snprintf(url, size, "http://127.0.0.1:%d/", ntohs(address.sin_port));
	return fd;
}

static void closes_while_a_server_is_silent(void **state)
{
	char url[64];
	int fd = listen_silently(url, sizeof(url));
	struct capture *c = start(&(struct capture_opts){.spec = url});
	struct pollfd asked = {.fd = fd, .events = POLLIN};

	(void)state;
	assert_int_equal(poll(&asked, 1, 5000), 1);
	assert_int_equal(await(c, CAPTURE_OPENING).frames, 0);
	capture_enable(c, false);
	await(c, CAPTURE_CLOSED);
	capture_enable(c, true);
	await(c, CAPTURE_OPENING);
	usleep(50000);
	close_at_once(c);
	close(fd);
}

static void closes_while_a_pipe_is_silent(void **state)
{
	struct capture *c = start(&(struct capture_opts){.spec = fifo});
	int fd;

	(void)state;
	await(c, CAPTURE_OPENING);
	usleep(50000);
	close_at_once(c); /* nobody has it open for writing */
	c = start(&(struct capture_opts){.spec = fifo});
	fd = open(fifo, O_WRONLY);
	assert_true(fd >= 0);
	usleep(50000);
	close_at_once(c);
	close(fd);
}

/* A stream that stops is said to, and goes on when it does. */
static void a_pipe_that_stops_stalls(void **state)
{
	static uint8_t bytes[1 << 16];
	struct capture *c = start(&(struct capture_opts){.spec = fifo});
	int in = open(longer, O_RDONLY), out = open(fifo, O_WRONLY);
	ssize_t n = read(in, bytes, sizeof(bytes));
	struct capture_status s;

	(void)state;
	assert_true(n > 1000);
	assert_int_equal(write(out, bytes, (size_t)(n - n / 3)), n - n / 3);
	await(c, CAPTURE_STREAMING);
	s = await(c, CAPTURE_STALLED);
	assert_sentence(&s, "no pictures come");
	assert_int_equal(write(out, bytes + n - n / 3, (size_t)(n / 3)), n / 3);
	await(c, CAPTURE_STREAMING);
	close(out);
	s = await(c, CAPTURE_ENDED);
	assert_int_equal(s.frames + s.skipped, 18);
	/* what is over is known all the same */
	assert_int_equal(s.troubles, 1);
	assert_non_null(strstr(s.trouble, "no pictures come"));
	close(in);
	close_at_once(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_readers_get_the_demo),
		cmocka_unit_test(ends_after_so_many),
		cmocka_unit_test(plays_at_its_own_pace),
		cmocka_unit_test(starts_over_in_a_loop),
		cmocka_unit_test(a_still_comes_again_in_a_loop),
		cmocka_unit_test(a_still_ends_without_one),
		cmocka_unit_test(says_why_it_failed),
		cmocka_unit_test(refuses_no_name),
		cmocka_unit_test(looks_for_a_camera_that_is_not_there),
		cmocka_unit_test(auto_never_becomes_the_demo),
		cmocka_unit_test(off_closes_the_device),
		cmocka_unit_test(closes_while_a_server_is_silent),
		cmocka_unit_test(closes_while_a_pipe_is_silent),
		cmocka_unit_test(a_pipe_that_stops_stalls),
	};

	return cmocka_run_group_tests(tests, prepare, clean_up);
}
