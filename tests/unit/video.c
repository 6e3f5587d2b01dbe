/* SPDX-License-Identifier: GPL-3.0-or-later */
/* video: one encoder, and a container or a bare file. */
#include "tests/unit/video.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <stdio.h>
#include <string.h>

struct writer {
	const struct video_spec *spec;
	AVCodecContext *codec;
	AVFormatContext *format;
	AVFrame *frame;
	AVPacket *packet;
	FILE *bare;
};

static int open_codec(struct writer *w)
{
	const struct video_spec *s = w->spec;
	const AVCodec *encoder = avcodec_find_encoder_by_name(s->codec);

	w->codec = avcodec_alloc_context3(encoder);
	if (!encoder || !w->codec)
		return -1;
	w->codec->pix_fmt = s->pixels;
	w->codec->width = s->width;
	w->codec->height = s->height;
	w->codec->time_base = (AVRational){1, s->rate};
	w->codec->framerate = (AVRational){s->rate, 1};
	w->codec->color_range = AVCOL_RANGE_JPEG;
	w->codec->gop_size = 5;
	w->codec->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_GLOBAL_HEADER;
	w->codec->global_quality = 2 * FF_QP2LAMBDA;
	return avcodec_open2(w->codec, encoder, NULL);
}

static int open_frame(struct writer *w)
{
	w->frame = av_frame_alloc();
	w->packet = av_packet_alloc();
	if (!w->frame || !w->packet)
		return -1;
	w->frame->format = w->spec->pixels;
	w->frame->width = w->spec->width;
	w->frame->height = w->spec->height;
	w->frame->quality = w->codec->global_quality;
	return av_frame_get_buffer(w->frame, 0);
}

static int open_output(struct writer *w)
{
	AVStream *stream;

	if (!w->spec->format) {
		w->bare = fopen(w->spec->path, "wb");
		return w->bare ? 0 : -1;
	}
	if (avformat_alloc_output_context2(&w->format, NULL, w->spec->format,
					   w->spec->path) < 0)
		return -1;
	stream = avformat_new_stream(w->format, NULL);
	if (!stream ||
	    avcodec_parameters_from_context(stream->codecpar, w->codec) < 0)
		return -1;
	stream->time_base = w->codec->time_base;
	if (avio_open(&w->format->pb, w->spec->path, AVIO_FLAG_WRITE) < 0)
		return -1;
	return avformat_write_header(w->format, NULL);
}

static int write_packets(struct writer *w)
{
	while (avcodec_receive_packet(w->codec, w->packet) >= 0) {
		if (w->bare) {
			fwrite(w->packet->data, 1, (size_t)w->packet->size,
			       w->bare);
			continue;
		}
		w->packet->duration = 1;
		av_packet_rescale_ts(w->packet, w->codec->time_base,
				     w->format->streams[0]->time_base);
		if (av_interleaved_write_frame(w->format, w->packet) < 0)
			return -1;
	}
	return 0;
}

static int write_all(struct writer *w)
{
	for (int i = 0; i < w->spec->count; i++) {
		if (av_frame_make_writable(w->frame) < 0)
			return -1;
		w->spec->paint(w->frame, i);
		w->frame->pts = i;
		if (avcodec_send_frame(w->codec, w->frame) < 0 ||
		    write_packets(w) < 0)
			return -1;
	}
	avcodec_send_frame(w->codec, NULL);
	if (write_packets(w) < 0)
		return -1;
	return w->format ? av_write_trailer(w->format) : 0;
}

int video_write(const struct video_spec *spec)
{
	struct writer w = {.spec = spec};
	int failed;

	av_log_set_level(AV_LOG_QUIET);
	failed = open_codec(&w) < 0 || open_frame(&w) < 0 ||
		 open_output(&w) < 0 || write_all(&w) < 0;
	if (w.bare)
		fclose(w.bare);
	if (w.format)
		avio_closep(&w.format->pb);
	avformat_free_context(w.format);
	avcodec_free_context(&w.codec);
	av_frame_free(&w.frame);
	av_packet_free(&w.packet);
	return failed ? -1 : 0;
}

static int row_bytes(const AVFrame *f, int plane)
{
	if (f->format == AV_PIX_FMT_RGB24)
		return f->width * 3;
	return plane ? (f->width + 1) / 2 : f->width;
}

static void fill(AVFrame *f, int number, int right)
{
	int left = right ? 40 : number * 10 + 20;

	for (int p = 0; p < 3 && f->data[p]; p++)
		for (int y = 0; y < (p ? (f->height + 1) / 2 : f->height);
		     y++) {
			uint8_t *row = f->data[p] + y * f->linesize[p];
			int n = row_bytes(f, p);

			memset(row, p ? 128 : left, (size_t)n);
			if (!p && right)
				memset(row + n / 2, right, (size_t)(n - n / 2));
		}
}

void video_flat(AVFrame *f, int number)
{
	fill(f, number, 0);
}

void video_halves(AVFrame *f, int number)
{
	fill(f, number, 200);
}
