/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libav: the functions of ffmpeg's libraries that are called here, loaded with
 * the first picture, video or stream and not before: most cameras need none
 * of them, and they take longer to load than the first screen may. Private to
 * capture/.
 */
#ifndef MIEN_CAPTURE_LIBAV_H
#define MIEN_CAPTURE_LIBAV_H

#include "base/status.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

#define LIBAV_UTIL(F)             \
	F(av_dict_free)           \
	F(av_dict_set)            \
	F(av_frame_alloc)         \
	F(av_frame_free)          \
	F(av_frame_get_side_data) \
	F(av_free)                \
	F(av_freep)               \
	F(av_image_alloc)         \
	F(av_log_set_level)       \
	F(av_malloc)              \
	F(av_opt_set_int)         \
	F(av_pix_fmt_desc_get)    \
	F(av_rescale)             \
	F(av_rescale_q)           \
	F(av_strerror)            \
	F(avutil_version)

#define LIBAV_CODEC(F)                   \
	F(av_packet_alloc)               \
	F(av_packet_free)                \
	F(av_packet_unref)               \
	F(avcodec_alloc_context3)        \
	F(avcodec_find_decoder)          \
	F(avcodec_flush_buffers)         \
	F(avcodec_free_context)          \
	F(avcodec_get_name)              \
	F(avcodec_open2)                 \
	F(avcodec_parameters_to_context) \
	F(avcodec_receive_frame)         \
	F(avcodec_send_packet)           \
	F(avcodec_version)

#define LIBAV_FORMAT(F)              \
	F(av_find_best_stream)       \
	F(av_guess_frame_rate)       \
	F(av_read_frame)             \
	F(av_seek_frame)             \
	F(av_stream_get_side_data)   \
	F(avformat_alloc_context)    \
	F(avformat_close_input)      \
	F(avformat_find_stream_info) \
	F(avformat_open_input)       \
	F(avformat_version)          \
	F(avio_alloc_context)        \
	F(avio_context_free)

#define LIBAV_SCALE(F)       \
	F(sws_alloc_context) \
	F(sws_freeContext)   \
	F(sws_init_context)  \
	F(sws_scale)         \
	F(swscale_version)

/* libav.av_malloc() is av_malloc(), and so on. */
struct libav {
#define LIBAV_POINTER(name) __typeof__(name) *name;
	LIBAV_UTIL(LIBAV_POINTER)
	LIBAV_CODEC(LIBAV_POINTER)
	LIBAV_FORMAT(LIBAV_POINTER)
	LIBAV_SCALE(LIBAV_POINTER)
#undef LIBAV_POINTER
};

extern struct libav libav;

/* Before any call of them; again costs nothing. Any thread. */
enum status libav_load(struct fault *fault);

#endif
