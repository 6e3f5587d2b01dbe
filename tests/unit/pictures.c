/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/pictures.h"

#include "capture/capture.h"

#include <stdio.h>
#include <stdlib.h>

static const char *below_root(char *out, size_t size, const char *name)
{
	const char *root = getenv("MIEN_ROOT");

	snprintf(out, size, "%s/%s", root ? root : ".", name);
	return out;
}

const char *pictures_weights(void)
{
	static char path[512];

	return below_root(path, sizeof(path), "model/weights");
}

const char *pictures_data(void)
{
	static char path[512];

	return below_root(path, sizeof(path), "tests/data");
}

static bool keep_first(struct frame *frame, void *user)
{
	*(struct frame **)user = frame_ref(frame);
	return false;
}

struct frame *pictures_load(const char *path)
{
	struct capture_opts opts = {.spec = path};
	struct frame *frame = NULL;
	struct fault fault = {.status = STATUS_OK};
	char sentence[512];

	if (capture_each(&opts, 0, keep_first, &frame, &fault) || !frame)
		fail_msg("%s",
			 fault_sentence(&fault, sentence, sizeof(sentence)));
	return frame;
}

static struct frame *take(int width, int height, bool color)
{
	struct frame_pool *pool = NULL;
	struct frame *frame;

	assert_int_equal(frame_pool_new(&pool, 1, width, height), STATUS_OK);
	frame = frame_take(pool, width, height, color);
	assert_non_null(frame);
	frame_pool_free(pool); /* lives on until the frame is given back */
	return frame;
}

struct frame *pictures_plain(int width, int height, uint8_t luma, bool color)
{
	struct frame *frame = take(width, height, color);
	size_t rows = (size_t)(height + 1) / 2;

	memset(frame->luma, luma, (size_t)frame->stride * height);
	if (color) {
		memset(frame->u, 128, rows * frame->chroma_stride);
		memset(frame->v, 128, rows * frame->chroma_stride);
	}
	return frame;
}

static void mirror_plane(uint8_t *to, const uint8_t *from, int to_stride,
			 int from_stride, int width, int height)
{
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			to[(size_t)y * to_stride + x] =
				from[(size_t)y * from_stride + width - 1 - x];
}

struct frame *pictures_mirror(const struct frame *frame)
{
	struct frame *out = take(frame->width, frame->height, frame->u);
	int width = (frame->width + 1) / 2, height = (frame->height + 1) / 2;

	mirror_plane(out->luma, frame->luma, out->stride, frame->stride,
		     frame->width, frame->height);
	if (frame->u) {
		mirror_plane(out->u, frame->u, out->chroma_stride,
			     frame->chroma_stride, width, height);
		mirror_plane(out->v, frame->v, out->chroma_stride,
			     frame->chroma_stride, width, height);
	}
	return out;
}
