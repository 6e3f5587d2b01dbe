/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG as cameras send it, of sizes that libv4l2 leaves to us; the camera
 * itself is in tests/vm/guest/usb.sh. */
#include "tests/unit/unit.h"

#include "capture/mjpeg.h"
#include "tests/unit/video.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WIDTH  186
#define HEIGHT 138
#define MOST   (WIDTH * HEIGHT * 2)

static uint8_t jpeg[MOST];
static size_t jpeg_size;

static int make_jpeg(void **state)
{
	char path[] = "/tmp/mien-test-XXXXXX";
	int fd = mkstemp(path);
	struct video_spec spec = {
		.path = path,
		.codec = "mjpeg",
		.pixels = AV_PIX_FMT_YUVJ420P,
		.width = WIDTH,
		.height = HEIGHT,
		.rate = 25,
		.count = 1,
		.paint = video_halves,
	};
	FILE *file;

	(void)state;
	if (fd < 0 || close(fd) || video_write(&spec))
		return -1;
	file = fopen(path, "rb");
	jpeg_size = file ? fread(jpeg, 1, sizeof(jpeg), file) : 0;
	if (file)
		fclose(file);
	unlink(path);
	return jpeg_size ? 0 : -1;
}

struct bench {
	struct mjpeg *mjpeg;
	struct frame_pool *pool;
};

static struct bench begin(void)
{
	struct bench b;

	assert_int_equal(mjpeg_new(&b.mjpeg, MOST, NULL), STATUS_OK);
	assert_int_equal(frame_pool_new(&b.pool, 1, WIDTH, HEIGHT), STATUS_OK);
	return b;
}

static void end(struct bench *b)
{
	mjpeg_free(b->mjpeg);
	frame_pool_free(b->pool);
}

static void check_halves(struct bench *b)
{
	struct frame *frame = mjpeg_frame(b->mjpeg, jpeg, jpeg_size, b->pool);
	const uint8_t *row;

	assert_non_null(frame);
	assert_int_equal(frame->width, WIDTH);
	assert_int_equal(frame->height, HEIGHT);
	/* the last row, which is in a part of a block */
	row = frame->luma + (ptrdiff_t)(HEIGHT - 1) * frame->stride;
	assert_in_range(row[10], 35, 45);
	assert_in_range(row[WIDTH - 1], 195, 205);
	frame_unref(frame);
}

static void any_size_is_decoded(void **state)
{
	struct bench b = begin();

	(void)state;
	for (int i = 0; i < 3; i++)
		check_halves(&b);
	end(&b);
}

/* A camera's bad cable: what comes after is whole again. */
static void damage_is_left_behind(void **state)
{
	struct bench b = begin();
	uint8_t noise[512];

	(void)state;
	memset(noise, 0x5a, sizeof(noise));
	assert_null(mjpeg_frame(b.mjpeg, noise, sizeof(noise), b.pool));
	assert_null(mjpeg_frame(b.mjpeg, jpeg, 0, b.pool));
	assert_null(mjpeg_frame(b.mjpeg, jpeg, 20, b.pool));
	assert_null(mjpeg_frame(b.mjpeg, jpeg, MOST + 1, b.pool));
	for (size_t size = 1; size < jpeg_size; size += 97)
		frame_unref(mjpeg_frame(b.mjpeg, jpeg, size, b.pool));
	check_halves(&b);
	end(&b);
}

static void without_a_free_frame_there_is_none(void **state)
{
	struct bench b = begin();
	struct frame *frame = frame_take(b.pool, WIDTH, HEIGHT, 1);

	(void)state;
	assert_null(mjpeg_frame(b.mjpeg, jpeg, jpeg_size, b.pool));
	frame_unref(frame);
	check_halves(&b);
	end(&b);
	mjpeg_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_size_is_decoded),
		cmocka_unit_test(damage_is_left_behind),
		cmocka_unit_test(without_a_free_frame_there_is_none),
	};

	return cmocka_run_group_tests(tests, make_jpeg, NULL);
}
