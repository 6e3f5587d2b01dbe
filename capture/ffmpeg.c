/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ffmpeg: pictures, videos, standard input and network streams, read by
 * ffmpeg's libraries. A local file is handed to them byte by byte (bytes.c),
 * so that nothing in it can make them open anything else; a URL may use only
 * the protocols listed for its scheme. Knows nothing of cameras.
 */
#include "capture/bytes.h"
#include "capture/libav.h"
#include "capture/scale.h"
#include "capture/source.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define OPEN_NS  (10 * CLOCK_NS_PER_S)   /* a server that does not answer */
#define DATA_NS  (15 * CLOCK_NS_PER_S)   /* a stream that stopped */
#define STILL_NS (200 * CLOCK_NS_PER_MS) /* a looped picture comes again */
#define LATE_NS  (100 * CLOCK_NS_PER_MS) /* then pictures are left out, */
#define SHOW_NS  (250 * CLOCK_NS_PER_MS) /* but not for longer than this */
#define LOST_NS  (1 * CLOCK_NS_PER_S)    /* never caught up: time is shifted */
#define GAP_NS   (10 * CLOCK_NS_PER_S)   /* a jump in a file's own clock */
#define AHEAD_NS (2 * CLOCK_NS_PER_S)    /* not live: a recording */
#define FULL_HD  (1920 * 1088)
#define PIXELS   "120000000" /* no camera makes larger; a bomb would */

struct ffmpeg {
	struct source source;
	struct source_opts opts;
	char label[192];
	struct bytes *bytes; /* of a local file, else NULL */
	AVFormatContext *format;
	AVCodecContext *codec;
	AVPacket *packet;
	AVFrame *next, *picture; /* being decoded; last decoded */
	struct scale *scale;
	int stream;
	bool live, draining, pending;
	bool timed_out, told;       /* by interrupted */
	int64_t since_ns, limit_ns; /* of the wait that is going on */
	int64_t base_ns; /* CLOCK_MONOTONIC of the media's zero; 0 unset */
	int64_t media_ns, step_ns; /* of picture; from one to the next */
	int64_t shown_ns;
	uint64_t in_pass; /* pictures since the start or the last turn */
};

/* What a URL of each scheme may make the libraries open. */
static const struct {
	const char *scheme, *protocols;
} allowed[] = {
	{"http", "http,https,tls,tcp,httpproxy,crypto"},
	{"https", "http,https,tls,tcp,httpproxy,crypto"},
	{"rtsp", "rtsp,rtsps,rtp,srtp,udp,tcp,tls"},
	{"rtsps", "rtsp,rtsps,rtp,srtp,udp,tcp,tls"},
	{"tcp", "tcp"},
	{"udp", "udp"},
	{"rtp", "rtp,udp"},
};

static struct ffmpeg *of(struct source *source)
{
	return (struct ffmpeg *)(void *)source;
}

/* ---- waiting ------------------------------------------------------------- */

static void wait_begin(struct ffmpeg *f, int64_t limit_ns)
{
	f->since_ns = clock_monotonic_ns();
	f->limit_ns = limit_ns;
	f->told = false;
}

/* ffmpeg asks this every 100 ms while a network wait goes on. */
static int interrupted(void *user)
{
	struct ffmpeg *f = user;
	int64_t waited = clock_monotonic_ns() - f->since_ns;

	if (source_stopped(f->opts.stop_fd))
		return 1;
	if (waited > SOURCE_QUIET_NS && !f->told && f->opts.quiet) {
		f->told = true;
		f->opts.quiet(f->opts.user);
	}
	if (waited > f->limit_ns)
		f->timed_out = true;
	return f->timed_out;
}

static enum status fail(struct ffmpeg *f, int error, const char *doing,
			struct fault *fault)
{
	char why[AV_ERROR_MAX_STRING_SIZE];

	if (source_stopped(f->opts.stop_fd))
		return STATUS_AGAIN;
	if (f->timed_out)
		return fault_set(fault, STATUS_TIMEOUT, f->label,
				 "%s: no answer for %d s", doing,
				 (int)(f->limit_ns / CLOCK_NS_PER_S));
	if (f->bytes && bytes_error(f->bytes))
		return fault_set_errno(fault, bytes_error(f->bytes), f->label,
				       doing);
	/* Of bytes that were read well, all else is the bytes' own fault. */
	if (f->bytes || error == AVERROR_INVALIDDATA || error == AVERROR_EOF)
		return fault_set(fault, STATUS_BAD_DATA, f->label,
				 "%s: it holds no picture or video that can "
				 "be read",
				 doing);
	libav.av_strerror(error, why, sizeof(why));
	return fault_set(fault, STATUS_IO, f->label, "%s: %s", doing, why);
}

/* ---- opening ------------------------------------------------------------- */

static const char *protocols_of(const char *url)
{
	size_t n = strcspn(url, ":");

	for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
		if (strlen(allowed[i].scheme) == n &&
		    !strncasecmp(allowed[i].scheme, url, n))
			return allowed[i].protocols;
	return NULL;
}

/* A stream is shown as it comes: little is looked at before. */
static AVDictionary *format_options(bool live, const char *protocols)
{
	AVDictionary *d = NULL;

	libav.av_dict_set(&d, "protocol_whitelist", protocols, 0);
	libav.av_dict_set(&d, "rtsp_flags", "prefer_tcp", 0);
	if (!live)
		return d;
	libav.av_dict_set(&d, "probesize", "262144", 0);
	libav.av_dict_set(&d, "analyzeduration", "500000", 0);
	libav.av_dict_set(&d, "fpsprobesize", "0", 0);
	return d;
}

static enum status open_format(struct ffmpeg *f, struct fault *fault)
{
	const char *url = f->bytes ? NULL : f->opts.spec;
	const char *protocols = url ? protocols_of(url) : "none";
	AVDictionary *options;
	int error;

	if (!protocols) {
		fault_set(fault, STATUS_UNSUPPORTED, f->label,
			  "addresses of this kind are not read");
		fault_hint(fault, "use http, https, rtsp, rtsps, tcp, udp or "
				  "rtp, or pipe it in with --source -");
		return STATUS_UNSUPPORTED;
	}
	f->format = libav.avformat_alloc_context();
	if (!f->format)
		return fault_set(fault, STATUS_NO_MEMORY, f->label, "opening");
	f->format->interrupt_callback = (AVIOInterruptCB){interrupted, f};
	if (f->bytes)
		f->format->pb = bytes_io(f->bytes);
	options = format_options(f->live, protocols);
	wait_begin(f, OPEN_NS);
	error = libav.avformat_open_input(&f->format, url, NULL, &options);
	libav.av_dict_free(&options);
	if (error >= 0)
		error = libav.avformat_find_stream_info(f->format, NULL);
	return error < 0 ? fail(f, error, "opening", fault) : STATUS_OK;
}

static enum status open_codec(struct ffmpeg *f, struct fault *fault)
{
	const AVCodec *decoder = NULL;
	AVDictionary *options = NULL;
	AVStream *stream;
	bool large;
	int error;

	f->stream = libav.av_find_best_stream(f->format, AVMEDIA_TYPE_VIDEO, -1,
					      -1, &decoder, 0);
	if (f->stream == AVERROR_DECODER_NOT_FOUND)
		return fault_set(fault, STATUS_UNSUPPORTED, f->label,
				 "no decoder here for its video");
	if (f->stream < 0)
		return fault_set(fault, STATUS_BAD_DATA, f->label,
				 "there is no picture or video in it");
	stream = f->format->streams[f->stream];
	for (unsigned i = 0; i < f->format->nb_streams; i++)
		if ((int)i != f->stream)
			f->format->streams[i]->discard = AVDISCARD_ALL;
	f->codec = libav.avcodec_alloc_context3(decoder);
	if (!f->codec ||
	    libav.avcodec_parameters_to_context(f->codec, stream->codecpar) < 0)
		return fault_set(fault, STATUS_NO_MEMORY, f->label, "opening");
	f->codec->pkt_timebase = stream->time_base;
	/*
	 * Threads only for what one core may not decode in time; each holds a
	 * picture back, so none for what is live.
	 */
	large = (int64_t)f->codec->width * f->codec->height > FULL_HD;
	f->codec->thread_count = large && !f->live ? 0 : 1;
	if (f->live)
		f->codec->flags |= AV_CODEC_FLAG_LOW_DELAY;
	libav.av_dict_set(&options, "max_pixels", PIXELS, 0);
	error = libav.avcodec_open2(f->codec, decoder, &options);
	libav.av_dict_free(&options);
	return error < 0 ? fail(f, error, "opening its video", fault)
			 : STATUS_OK;
}

static void describe(struct ffmpeg *f)
{
	AVStream *stream = f->format->streams[f->stream];
	AVRational rate = libav.av_guess_frame_rate(f->format, stream, NULL);
	struct source_info *info = &f->source.info;

	text_clean(info->format, sizeof(info->format),
		   libav.avcodec_get_name(f->codec->codec_id));
	info->width = f->codec->width;
	info->height = f->codec->height;
	info->rate = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
	info->endless = f->live;
	f->step_ns = info->rate > 0 && info->rate < 1000
			     ? (int64_t)(1e9 / info->rate)
			     : CLOCK_NS_PER_S / 25;
}

static const struct source_ops ops;

static struct ffmpeg *ffmpeg_new(const struct source_opts *opts)
{
	struct ffmpeg *f = calloc(1, sizeof(*f));

	if (!f)
		return NULL;
	f->source.ops = &ops;
	f->source.fd = -1;
	f->opts = *opts;
	source_label(opts->spec, f->label, sizeof(f->label));
	f->packet = libav.av_packet_alloc();
	f->next = libav.av_frame_alloc();
	f->picture = libav.av_frame_alloc();
	if (!f->packet || !f->next || !f->picture || scale_new(&f->scale)) {
		source_close(&f->source);
		return NULL;
	}
	return f;
}

enum status ffmpeg_open_source(struct source **out,
			       const struct source_opts *opts,
			       struct fault *fault)
{
	enum source_kind kind = source_kind(opts->spec);
	enum status st = libav_load(fault);
	struct ffmpeg *f = st ? NULL : ffmpeg_new(opts);

	if (st)
		return st;
	if (!f)
		return fault_set(fault, STATUS_NO_MEMORY, opts->spec,
				 "opening");
	/* Its words are not ours, and may hold a URL's password. */
	libav.av_log_set_level(AV_LOG_QUIET);
	if (kind != SOURCE_URL)
		st = bytes_open(&f->bytes, &f->opts, f->label, fault);
	f->live = f->bytes ? !bytes_seekable(f->bytes) : kind == SOURCE_URL;
	if (!st)
		st = open_format(f, fault);
	if (!st)
		st = open_codec(f, fault);
	if (st) {
		source_close(&f->source);
		return st;
	}
	if (!f->bytes && f->format->duration > 0)
		f->live = false; /* a recording on a server */
	describe(f);
	*out = &f->source;
	return STATUS_OK;
}

static void ffmpeg_close(struct source *source)
{
	struct ffmpeg *f = of(source);

	libav.avcodec_free_context(&f->codec);
	libav.avformat_close_input(&f->format);
	bytes_close(f->bytes); /* after the format, which reads from it */
	libav.av_packet_free(&f->packet);
	libav.av_frame_free(&f->next);
	libav.av_frame_free(&f->picture);
	scale_free(f->scale);
	free(f);
}

/* ---- decoding ------------------------------------------------------------ */

/* Feeds the decoder one packet. A damaged one is left out and counted. */
static int feed(struct ffmpeg *f)
{
	int error;

	wait_begin(f, DATA_NS);
	do {
		libav.av_packet_unref(f->packet);
		error = libav.av_read_frame(f->format, f->packet);
	} while (error >= 0 && f->packet->stream_index != f->stream);
	if (error == AVERROR_EOF) {
		f->draining = true;
		return libav.avcodec_send_packet(f->codec, NULL);
	}
	if (error < 0)
		return error;
	error = libav.avcodec_send_packet(f->codec, f->packet);
	if (error == AVERROR_INVALIDDATA) {
		f->source.skipped++;
		return 0;
	}
	return error;
}

static void note_time(struct ffmpeg *f)
{
	AVStream *stream = f->format->streams[f->stream];
	int64_t t = f->picture->best_effort_timestamp;

	if (t == AV_NOPTS_VALUE) {
		f->media_ns += f->in_pass ? f->step_ns : 0;
		return;
	}
	if (stream->start_time != AV_NOPTS_VALUE)
		t -= stream->start_time;
	f->media_ns = libav.av_rescale_q(t, stream->time_base,
					 (AVRational){1, 1000000000});
}

/* Decodes on to the next picture. */
static enum status decode(struct ffmpeg *f, struct fault *fault)
{
	int error;

	for (;;) {
		AVFrame *frame = f->next;

		error = libav.avcodec_receive_frame(f->codec, frame);
		if (error >= 0) {
			f->next = f->picture;
			f->picture = frame;
			note_time(f);
			f->in_pass++;
			return STATUS_OK;
		}
		if (error == AVERROR_EOF)
			return STATUS_END;
		if (error == AVERROR_INVALIDDATA && !f->draining) {
			f->source.skipped++;
			error = AVERROR(EAGAIN);
		}
		if (error != AVERROR(EAGAIN))
			return fail(f, error, "decoding", fault);
		error = feed(f);
		if (error < 0)
			return fail(f, error, "reading", fault);
	}
}

/*
 * At the end: nothing could be decoded; a still picture comes again; a video
 * starts over; or it was all.
 */
static enum status turn_back(struct ffmpeg *f, struct fault *fault)
{
	if (!f->in_pass)
		return fail(f, AVERROR_INVALIDDATA, "reading", fault);
	if (!f->opts.loop || f->live)
		return STATUS_END;
	f->base_ns = 0;
	if (f->in_pass == 1) {
		f->source.due_ns = f->shown_ns + STILL_NS;
		f->base_ns = f->source.due_ns - f->media_ns;
		return STATUS_OK;
	}
	if (libav.av_seek_frame(f->format, -1, f->format->start_time,
				AVSEEK_FLAG_BACKWARD) < 0)
		return STATUS_END;
	libav.avcodec_flush_buffers(f->codec);
	f->draining = false;
	f->in_pass = 0;
	return decode(f, fault);
}

/* ---- when to show -------------------------------------------------------- */

/*
 * A stream that is live never runs ahead of its own clock: one that does is a
 * recording sent as fast as it can be. Raw streams have no clock to go by.
 */
static bool is_recording(const struct ffmpeg *f, int64_t now)
{
	return f->base_ns && f->base_ns + f->media_ns - now > AHEAD_NS &&
	       !(f->format->iformat->flags & AVFMT_NOTIMESTAMPS);
}

/* Sets when the decoded picture is due; now, when live. */
static void pace(struct ffmpeg *f)
{
	int64_t now = clock_monotonic_ns(), ahead_ns;

	f->source.due_ns = 0;
	if (!f->opts.paced)
		return;
	if (f->live && is_recording(f, now)) {
		f->live = false;
		f->base_ns = 0;
	}
	ahead_ns = f->base_ns + f->media_ns - now;
	if (!f->base_ns || (!f->live && ahead_ns < -LOST_NS) ||
	    ahead_ns > GAP_NS)
		f->base_ns = now - f->media_ns;
	if (!f->live)
		f->source.due_ns = f->base_ns + f->media_ns;
}

/*
 * Of a video that cannot be decoded in time some pictures are left out. Of a
 * live stream all are shown: in the mailbox the newest wins.
 */
static bool too_late(const struct ffmpeg *f, int64_t now)
{
	return f->opts.paced && !f->live && now - f->source.due_ns > LATE_NS &&
	       now - f->shown_ns < SHOW_NS;
}

static const int32_t *matrix_of(const struct ffmpeg *f)
{
	const AVFrameSideData *of_frame = libav.av_frame_get_side_data(
		f->picture, AV_FRAME_DATA_DISPLAYMATRIX);

	if (of_frame)
		return (const int32_t *)(void *)of_frame->data;
	return (const int32_t *)(void *)libav.av_stream_get_side_data(
		f->format->streams[f->stream], AV_PKT_DATA_DISPLAYMATRIX, NULL);
}

static enum status ffmpeg_read(struct source *source, struct frame_pool *pool,
			       struct frame **out, struct fault *fault)
{
	struct ffmpeg *f = of(source);
	enum status st = STATUS_OK;
	int64_t now;

	if (!f->pending) {
		st = decode(f, fault);
		if (st == STATUS_END)
			st = turn_back(f, fault);
		if (st)
			return st;
		f->pending = true;
		pace(f);
	}
	now = clock_monotonic_ns();
	if (now < source->due_ns)
		return STATUS_AGAIN;
	f->pending = false;
	if (!too_late(f, now))
		st = scale_frame(f->scale, f->picture, matrix_of(f), pool, out);
	else
		st = STATUS_AGAIN;
	if (st == STATUS_AGAIN)
		source->skipped++;
	if (st == STATUS_OK) {
		f->shown_ns = now;
		(*out)->captured_ns = now;
		(*out)->media_ns = f->media_ns;
	} else if (st != STATUS_AGAIN) {
		fault_set(fault, st, f->label,
			  "its pixels cannot be converted");
	}
	return st;
}

static const struct source_ops ops = {ffmpeg_read, ffmpeg_close};
