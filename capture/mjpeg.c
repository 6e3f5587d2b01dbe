/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mjpeg: ffmpeg's decoder, a picture at a time. */
#include "capture/mjpeg.h"

#include "capture/libav.h"
#include "capture/scale.h"

#include <stdlib.h>
#include <string.h>

struct mjpeg {
	AVCodecContext *codec;
	AVPacket *packet;
	AVFrame *picture;
	struct scale *scale;
	size_t most;
	uint8_t *bytes; /* a decoder reads a little past its input's end */
};

static enum status open_codec(struct mjpeg *m)
{
	const AVCodec *decoder = libav.avcodec_find_decoder(AV_CODEC_ID_MJPEG);

	if (!decoder)
		return STATUS_UNSUPPORTED;
	m->codec = libav.avcodec_alloc_context3(decoder);
	if (!m->codec)
		return STATUS_NO_MEMORY;
	m->codec->thread_count = 1; /* a thread more is a picture late */
	m->codec->flags |= AV_CODEC_FLAG_LOW_DELAY;
	return libav.avcodec_open2(m->codec, decoder, NULL) < 0
		       ? STATUS_UNSUPPORTED
		       : STATUS_OK;
}

static enum status prepare(struct mjpeg *m, size_t most)
{
	m->most = most;
	m->bytes = calloc(1, most + AV_INPUT_BUFFER_PADDING_SIZE);
	m->packet = libav.av_packet_alloc();
	m->picture = libav.av_frame_alloc();
	if (!m->bytes || !m->packet || !m->picture || scale_new(&m->scale))
		return STATUS_NO_MEMORY;
	return open_codec(m);
}

enum status mjpeg_new(struct mjpeg **out, size_t most, struct fault *fault)
{
	struct mjpeg *m;
	enum status st = libav_load(fault);

	if (st)
		return st;
	/* Of each damaged picture it would print a line. */
	libav.av_log_set_level(AV_LOG_QUIET);
	m = calloc(1, sizeof(*m));
	st = m ? prepare(m, most) : STATUS_NO_MEMORY;
	if (st) {
		mjpeg_free(m);
		return fault_set(fault, st, "JPEG",
				 st == STATUS_NO_MEMORY
					 ? "not enough memory to decode it"
					 : "ffmpeg has no decoder for it here");
	}
	*out = m;
	return STATUS_OK;
}

void mjpeg_free(struct mjpeg *m)
{
	if (!m)
		return;
	libav.avcodec_free_context(&m->codec);
	libav.av_packet_free(&m->packet);
	libav.av_frame_free(&m->picture);
	scale_free(m->scale);
	free(m->bytes);
	free(m);
}

struct frame *mjpeg_frame(struct mjpeg *m, const void *bytes, size_t size,
			  struct frame_pool *pool)
{
	struct frame *frame = NULL;

	if (!size || size > m->most)
		return NULL;
	memcpy(m->bytes, bytes, size);
	memset(m->bytes + size, 0, AV_INPUT_BUFFER_PADDING_SIZE);
	m->packet->data = m->bytes;
	m->packet->size = (int)size;
	if (libav.avcodec_send_packet(m->codec, m->packet) < 0 ||
	    libav.avcodec_receive_frame(m->codec, m->picture) < 0)
		return NULL;
	if (scale_frame(m->scale, m->picture, NULL, pool, &frame))
		return NULL;
	return frame;
}
