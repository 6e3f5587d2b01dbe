/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scale: swscale for format and size; quarter turns and mirrors by hand. */
#include "capture/scale.h"

#include "capture/libav.h"

#include <stdbool.h>
#include <stdlib.h>

/* The upright picture's x and y axes seen in the stored one: each -1, 0, 1. */
struct turn {
	int xx, xy, yx, yy; /* stored x by upright x, by upright y; stored y */
};

static const struct turn upright = {1, 0, 0, 1};

struct scale {
	struct SwsContext *sws;
	int from_format, from_width, from_height, from_range;
	int to_format, to_width, to_height; /* before the turn */
	uint8_t *planes[4];                 /* a picture that is yet to turn */
	int strides[4];
};

enum status scale_new(struct scale **out)
{
	*out = calloc(1, sizeof(**out));
	return *out ? STATUS_OK : STATUS_NO_MEMORY;
}

void scale_free(struct scale *scale)
{
	if (!scale)
		return;
	libav.sws_freeContext(scale->sws);
	libav.av_freep(&scale->planes[0]);
	free(scale);
}

static int sign(int32_t v)
{
	return (v > 0) - (v < 0);
}

/*
 * The matrix maps stored (x, y) to shown (ax + cy, bx + dy). Of a turn by
 * quarters the inverse is the transpose. Anything else is shown as it is.
 */
static struct turn turn_of(const int32_t *m)
{
	struct turn t;

	if (!m)
		return upright;
	t = (struct turn){sign(m[0]), sign(m[1]), sign(m[3]), sign(m[4])};
	if (abs(t.xx) + abs(t.xy) != 1 || abs(t.yx) + abs(t.yy) != 1 ||
	    abs(t.xx) != abs(t.yy))
		return upright;
	return t;
}

static void turn_plane(uint8_t *to, int to_stride, int to_width, int to_height,
		       const uint8_t *from, int from_stride, struct turn t)
{
	int width = t.xx ? to_width : to_height; /* of the stored plane */
	int height = t.xx ? to_height : to_width;
	ptrdiff_t right = t.xx + (ptrdiff_t)t.yx * from_stride;
	ptrdiff_t down = t.xy + (ptrdiff_t)t.yy * from_stride;

	if (t.xx + t.xy < 0)
		from += width - 1;
	if (t.yx + t.yy < 0)
		from += (ptrdiff_t)(height - 1) * from_stride;
	for (int y = 0; y < to_height; y++, to += to_stride, from += down) {
		const uint8_t *p = from;

		for (int x = 0; x < to_width; x++, p += right)
			to[x] = *p;
	}
}

/* The largest size of the same shape that fits in FRAME_MAX both ways. */
static void fit(int width, int height, int *to_width, int *to_height)
{
	int side = FRAME_MAX_WIDTH < FRAME_MAX_HEIGHT ? FRAME_MAX_WIDTH
						      : FRAME_MAX_HEIGHT;
	int longer = width > height ? width : height;

	*to_width = width;
	*to_height = height;
	if (longer <= side)
		return;
	*to_width = (int)libav.av_rescale(width, side, longer);
	*to_height = (int)libav.av_rescale(height, side, longer);
	*to_width += !*to_width;
	*to_height += !*to_height;
}

static bool is_color(enum AVPixelFormat format)
{
	const AVPixFmtDescriptor *d = libav.av_pix_fmt_desc_get(format);

	return d && (d->nb_components >= 3 ||
		     (d->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)));
}

static int open_sws(struct scale *s)
{
	const struct {
		const char *name;
		int value;
	} options[] = {
		{"srcw", s->from_width},        {"srch", s->from_height},
		{"dstw", s->to_width},          {"dsth", s->to_height},
		{"src_range", s->from_range},   {"dst_range", 1},
		{"src_format", s->from_format}, {"dst_format", s->to_format},
		{"sws_flags", SWS_BILINEAR},
	};

	libav.sws_freeContext(s->sws);
	s->sws = libav.sws_alloc_context();
	if (!s->sws)
		return AVERROR(ENOMEM);
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		libav.av_opt_set_int(s->sws, options[i].name, options[i].value,
				     0);
	return libav.sws_init_context(s->sws, NULL, NULL);
}

/* Makes the context and the room to turn in, when the picture's kind changed.
 */
static enum status prepare(struct scale *s, const AVFrame *picture)
{
	int range = picture->color_range == AVCOL_RANGE_JPEG;

	if (s->sws && s->from_format == picture->format &&
	    s->from_width == picture->width &&
	    s->from_height == picture->height && s->from_range == range)
		return STATUS_OK;
	s->from_format = picture->format;
	s->from_width = picture->width;
	s->from_height = picture->height;
	s->from_range = range;
	s->to_format = is_color(picture->format) ? AV_PIX_FMT_YUV420P
						 : AV_PIX_FMT_GRAY8;
	fit(picture->width, picture->height, &s->to_width, &s->to_height);
	libav.av_freep(&s->planes[0]);
	if (open_sws(s) < 0) {
		libav.sws_freeContext(s->sws);
		s->sws = NULL;
		return STATUS_UNSUPPORTED;
	}
	return STATUS_OK;
}

static enum status scale_turned(struct scale *s, const AVFrame *picture,
				struct turn t, struct frame *frame)
{
	int cw = (frame->width + 1) / 2, ch = (frame->height + 1) / 2;

	if (!s->planes[0] &&
	    libav.av_image_alloc(s->planes, s->strides, s->to_width,
				 s->to_height, s->to_format, 64) < 0)
		return STATUS_NO_MEMORY;
	libav.sws_scale(s->sws, (const uint8_t *const *)picture->data,
			picture->linesize, 0, picture->height, s->planes,
			s->strides);
	turn_plane(frame->luma, frame->stride, frame->width, frame->height,
		   s->planes[0], s->strides[0], t);
	if (!frame->u)
		return STATUS_OK;
	turn_plane(frame->u, frame->chroma_stride, cw, ch, s->planes[1],
		   s->strides[1], t);
	turn_plane(frame->v, frame->chroma_stride, cw, ch, s->planes[2],
		   s->strides[2], t);
	return STATUS_OK;
}

enum status scale_frame(struct scale *s, const AVFrame *picture,
			const int32_t *matrix, struct frame_pool *pool,
			struct frame **out)
{
	struct turn t = turn_of(matrix);
	enum status st = prepare(s, picture);
	struct frame *frame;

	if (st)
		return st;
	frame = frame_take(pool, t.xx ? s->to_width : s->to_height,
			   t.xx ? s->to_height : s->to_width,
			   s->to_format == AV_PIX_FMT_YUV420P);
	if (!frame)
		return STATUS_AGAIN;
	if (t.xx == 1 && t.yy == 1) {
		uint8_t *planes[4] = {frame->luma, frame->u, frame->v};
		int strides[4] = {frame->stride, frame->chroma_stride,
				  frame->chroma_stride};

		libav.sws_scale(s->sws, (const uint8_t *const *)picture->data,
				picture->linesize, 0, picture->height, planes,
				strides);
	} else {
		st = scale_turned(s, picture, t, frame);
	}
	if (st) {
		frame_unref(frame);
		return st;
	}
	*out = frame;
	return STATUS_OK;
}
