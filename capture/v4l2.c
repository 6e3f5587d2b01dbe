/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * v4l2: a camera through libv4l2, which turns what the driver gives into
 * planar YUV; JPEG of the sizes that it gives up on is decoded here. Buffers
 * are mapped once; a picture is copied out of one into a frame, and the buffer
 * goes straight back. Knows nothing of retries: what a camera does wrong ends
 * the source with a status that says so.
 */
#include "capture/v4l2.h"

#include "base/text.h"
#include "capture/mjpeg.h"
#include "capture/source.h"

#include <errno.h>
#include <fcntl.h>
#include <libv4l2.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#define BUFFERS 4
#define OLD_NS  (2 * CLOCK_NS_PER_S) /* no driver keeps one so long */
#define WIDTH   640
#define HEIGHT  480
#define RATE    30
#define BLOCK   16 /* pixels: the sides of JPEG's blocks, at most */

struct v4l2 {
	struct source source;
	const char *path;
	bool streaming;
	int width, height, stride;
	struct mjpeg *mjpeg; /* NULL: libv4l2 converts */
	unsigned count;
	struct {
		void *start;
		size_t length;
	} buffers[BUFFERS];
};

static struct v4l2 *of(struct source *source)
{
	return (struct v4l2 *)(void *)source;
}

/* ---- the shared calls (v4l2.h) ------------------------------------------- */

/* libv4l2 prints its errors to stderr unless it is given a place for them. */
static void keep_quiet(void)
{
	static const cookie_io_functions_t nowhere;

	if (!v4l2_log_file)
		v4l2_log_file = fopencookie(NULL, "w", nowhere);
}

int v4l2_open_node(const char *path)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, keep_quiet);
	return v4l2_open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
}

void v4l2_close_node(int fd)
{
	if (fd >= 0)
		v4l2_close(fd);
}

int v4l2_ask(int fd, unsigned long request, void *argument)
{
	int result;

	do
		result = v4l2_ioctl(fd, request, argument);
	while (result < 0 && errno == EINTR);
	return result;
}

bool v4l2_captures(const struct v4l2_capability *caps)
{
	uint32_t able = caps->capabilities & V4L2_CAP_DEVICE_CAPS
				? caps->device_caps
				: caps->capabilities;

	return (able & V4L2_CAP_VIDEO_CAPTURE) && (able & V4L2_CAP_STREAMING);
}

void v4l2_text(char *out, size_t size, const uint8_t *from)
{
	text_clean_n(out, size, (const char *)from, 32);
}

void v4l2_fourcc_text(uint32_t fourcc, char out[8])
{
	char raw[4];

	for (int i = 0; i < 4; i++)
		raw[i] = (char)(fourcc >> (8 * i) & 127);
	text_clean_n(out, 8, raw, sizeof(raw));
	for (size_t n = strlen(out); n && out[n - 1] == ' '; n--)
		out[n - 1] = '\0';
}

/* ---- faults -------------------------------------------------------------- */

static enum status fail(const struct v4l2 *v, int error, const char *doing,
			struct fault *fault)
{
	switch (error) {
	case EBUSY:
		fault_set(fault, STATUS_BUSY, v->path,
			  "another program has this camera");
		fault_hint(fault, "close it there, or choose another with "
				  "--source");
		return STATUS_BUSY;
	case EACCES:
	case EPERM:
		fault_set(fault, STATUS_DENIED, v->path,
			  "you may not open this camera");
		fault_hint(fault, "ask for membership of the group video, and "
				  "log in again");
		return STATUS_DENIED;
	case ENOENT:
		return fault_set(fault, STATUS_NOT_FOUND, v->path,
				 "there is no such camera now");
	case ENODEV:
	case ENXIO:
		return fault_set(fault, STATUS_GONE, v->path,
				 "the camera was unplugged");
	case EIO:
		return fault_set(fault, STATUS_IO, v->path,
				 "%s: the camera's driver reports an error",
				 doing);
	default: return fault_set_errno(fault, error, v->path, doing);
	}
}

/* Some drivers refuse once what they grant the next moment. */
static int ask_twice(int fd, unsigned long request, void *argument)
{
	int result = v4l2_ask(fd, request, argument);

	return result < 0 && errno == EINVAL ? v4l2_ask(fd, request, argument)
					     : result;
}

/* ---- opening ------------------------------------------------------------- */

static enum status open_device(struct v4l2 *v, struct fault *fault)
{
	struct v4l2_capability caps;
	struct source_info *info = &v->source.info;

	v->source.fd = v4l2_open_node(v->path);
	if (v->source.fd < 0)
		return fail(v, errno, "opening", fault);
	if (v4l2_ask(v->source.fd, VIDIOC_QUERYCAP, &caps))
		return fail(v, errno, "asking what it is", fault);
	if (!v4l2_captures(&caps))
		return fault_set(fault, STATUS_UNSUPPORTED, v->path,
				 "this device gives no pictures (cameras often "
				 "have a second one beside it)");
	v4l2_text(info->name, sizeof(info->name), caps.card);
	v4l2_text(info->bus, sizeof(info->bus), caps.bus_info);
	info->endless = true;
	return STATUS_OK;
}

/* Asks for a rate, and notes what the driver made of it. */
static void choose_rate(struct v4l2 *v, int rate)
{
	struct v4l2_streamparm parm = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
	struct v4l2_fract *interval = &parm.parm.capture.timeperframe;

	*interval = (struct v4l2_fract){1, (uint32_t)rate};
	if (v4l2_ask(v->source.fd, VIDIOC_S_PARM, &parm) &&
	    v4l2_ask(v->source.fd, VIDIOC_G_PARM, &parm))
		return;
	if (interval->numerator && interval->denominator)
		v->source.info.rate =
			(double)interval->denominator / interval->numerator;
}

/* Negotiates the nearest size in the format that *pix names. */
static enum status negotiate(struct v4l2 *v, int width, int height,
			     struct v4l2_pix_format *pix, struct fault *fault)
{
	struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
	uint32_t wanted = pix->pixelformat;

	format.fmt.pix.width = (uint32_t)width;
	format.fmt.pix.height = (uint32_t)height;
	format.fmt.pix.pixelformat = wanted;
	format.fmt.pix.field = V4L2_FIELD_ANY;
	if (v4l2_ask(v->source.fd, VIDIOC_S_FMT, &format))
		return fail(v, errno, "choosing its format", fault);
	*pix = format.fmt.pix;
	if (pix->pixelformat != wanted)
		return fault_set(fault, STATUS_UNSUPPORTED, v->path,
				 "its pictures cannot be converted");
	if (pix->width < 2 || pix->height < 2 || pix->width > FRAME_MAX_WIDTH ||
	    pix->height > FRAME_MAX_HEIGHT)
		return fault_set(fault, STATUS_UNSUPPORTED, v->path,
				 "it gives only %ux%u, and at most %dx%d are "
				 "read",
				 pix->width, pix->height, FRAME_MAX_WIDTH,
				 FRAME_MAX_HEIGHT);
	return STATUS_OK;
}

/* What the driver itself sends, asked past libv4l2, which makes a width one of
 * whole eights; zero when it does not say. */
static struct v4l2_pix_format sent_format(const struct v4l2 *v)
{
	struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};

	if (ioctl(v->source.fd, VIDIOC_G_FMT, &format))
		return (struct v4l2_pix_format){0};
	return format.fmt.pix;
}

/* libv4l2 decodes no JPEG with a part of a block at its edge: it calls each
 * such picture an error. */
static bool is_left_out(const struct v4l2_pix_format *sent)
{
	return (sent->pixelformat == V4L2_PIX_FMT_MJPEG ||
		sent->pixelformat == V4L2_PIX_FMT_JPEG) &&
	       (sent->width % BLOCK || sent->height % BLOCK);
}

static enum status choose_format(struct v4l2 *v, int width, int height,
				 struct fault *fault)
{
	struct v4l2_pix_format pix = {.pixelformat = V4L2_PIX_FMT_YUV420};
	struct source_info *info = &v->source.info;
	struct v4l2_pix_format sent = {0};
	enum status st = negotiate(v, width, height, &pix, fault);

	if (!st)
		sent = sent_format(v);
	if (!st && is_left_out(&sent)) {
		pix.pixelformat = sent.pixelformat;
		st = negotiate(v, width, height, &pix, fault);
		if (!st)
			st = mjpeg_new(&v->mjpeg, pix.sizeimage, fault);
	}
	if (st)
		return st;
	v->width = info->width = (int)pix.width;
	v->height = info->height = (int)pix.height;
	v->stride = (int)(pix.bytesperline > pix.width ? pix.bytesperline
						       : pix.width);
	if (sent.pixelformat)
		v4l2_fourcc_text(sent.pixelformat, info->format);
	return STATUS_OK;
}

static struct v4l2_buffer buffer_of(unsigned index)
{
	return (struct v4l2_buffer){
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
		.index = index,
	};
}

static enum status map_buffers(struct v4l2 *v, struct fault *fault)
{
	struct v4l2_requestbuffers request = {
		.count = BUFFERS,
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
	};

	if (ask_twice(v->source.fd, VIDIOC_REQBUFS, &request))
		return fail(v, errno, "asking for buffers", fault);
	if (request.count < 2 || request.count > BUFFERS)
		return fault_set(fault, STATUS_FAILED, v->path,
				 "it gives %u buffers, not 2 to %d",
				 request.count, BUFFERS);
	for (unsigned i = 0; i < request.count; i++) {
		struct v4l2_buffer buffer = buffer_of(i);
		void *start;

		if (v4l2_ask(v->source.fd, VIDIOC_QUERYBUF, &buffer))
			return fail(v, errno, "asking for a buffer", fault);
		start = v4l2_mmap(NULL, buffer.length, PROT_READ | PROT_WRITE,
				  MAP_SHARED, v->source.fd, buffer.m.offset);
		if (start == MAP_FAILED)
			return fail(v, errno, "mapping a buffer", fault);
		v->buffers[i].start = start;
		v->buffers[i].length = buffer.length;
		v->count = i + 1;
	}
	return STATUS_OK;
}

static enum status start(struct v4l2 *v, struct fault *fault)
{
	enum v4l2_buf_type type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

	for (unsigned i = 0; i < v->count; i++) {
		struct v4l2_buffer buffer = buffer_of(i);

		if (ask_twice(v->source.fd, VIDIOC_QBUF, &buffer))
			return fail(v, errno, "giving it a buffer", fault);
	}
	if (ask_twice(v->source.fd, VIDIOC_STREAMON, &type))
		return fail(v, errno, "starting it", fault);
	v->streaming = true;
	return STATUS_OK;
}

static const struct source_ops ops;

enum status v4l2_open_source(struct source **out,
			     const struct source_opts *opts,
			     struct fault *fault)
{
	struct v4l2 *v = calloc(1, sizeof(*v));
	enum status st;

	if (!v)
		return fault_set(fault, STATUS_NO_MEMORY, opts->spec,
				 "opening");
	v->source.ops = &ops;
	v->path = opts->spec;
	st = open_device(v, fault);
	if (!st)
		st = choose_format(v, opts->width > 0 ? opts->width : WIDTH,
				   opts->height > 0 ? opts->height : HEIGHT,
				   fault);
	if (!st)
		choose_rate(v, opts->rate > 0 ? opts->rate : RATE);
	if (!st)
		st = map_buffers(v, fault);
	if (!st)
		st = start(v, fault);
	if (st) {
		source_close(&v->source);
		return st;
	}
	*out = &v->source;
	return STATUS_OK;
}

static void close_source(struct source *source)
{
	enum v4l2_buf_type type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
	struct v4l2 *v = of(source);

	if (v->streaming)
		v4l2_ask(v->source.fd, VIDIOC_STREAMOFF, &type);
	for (unsigned i = 0; i < v->count; i++)
		v4l2_munmap(v->buffers[i].start, v->buffers[i].length);
	v4l2_close_node(v->source.fd);
	mjpeg_free(v->mjpeg);
	free(v);
}

/* ---- reading ------------------------------------------------------------- */

/* When the sensor gave it, where the driver tells in our clock's terms. */
static int64_t time_of(const struct v4l2_buffer *buffer)
{
	int64_t now = clock_monotonic_ns();
	int64_t then = buffer->timestamp.tv_sec * CLOCK_NS_PER_S +
		       buffer->timestamp.tv_usec * 1000;
	uint32_t clock = buffer->flags & V4L2_BUF_FLAG_TIMESTAMP_MASK;

	return clock == V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC && then <= now &&
			       now - then < OLD_NS
		       ? then
		       : now;
}

static void copy_plane(uint8_t *to, int to_stride, const uint8_t *from,
		       int from_stride, int width, int height)
{
	for (int y = 0; y < height; y++)
		memcpy(to + (ptrdiff_t)y * to_stride,
		       from + (ptrdiff_t)y * from_stride, (size_t)width);
}

static struct frame *copy_planes(const struct v4l2 *v,
				 const struct v4l2_buffer *buffer,
				 struct frame_pool *pool)
{
	int cw = (v->width + 1) / 2, ch = (v->height + 1) / 2;
	size_t luma = (size_t)v->stride * (size_t)v->height;
	size_t chroma = (size_t)(v->stride / 2) * (size_t)ch;
	const uint8_t *from = v->buffers[buffer->index].start;
	struct frame *frame;

	if (buffer->bytesused < luma + 2 * chroma)
		return NULL;
	frame = frame_take(pool, v->width, v->height, 1);
	if (!frame)
		return NULL;
	copy_plane(frame->luma, frame->stride, from, v->stride, v->width,
		   v->height);
	copy_plane(frame->u, frame->chroma_stride, from + luma, v->stride / 2,
		   cw, ch);
	copy_plane(frame->v, frame->chroma_stride, from + luma + chroma,
		   v->stride / 2, cw, ch);
	return frame;
}

/* NULL: the picture is not whole, or there is no frame for it. */
static struct frame *copy_picture(const struct v4l2 *v,
				  const struct v4l2_buffer *buffer,
				  struct frame_pool *pool)
{
	struct frame *frame;

	if (buffer->flags & V4L2_BUF_FLAG_ERROR)
		return NULL;
	if (v->mjpeg)
		frame = mjpeg_frame(v->mjpeg, v->buffers[buffer->index].start,
				    buffer->bytesused, pool);
	else
		frame = copy_planes(v, buffer, pool);
	if (frame)
		frame->captured_ns = time_of(buffer);
	return frame;
}

static enum status read_picture(struct source *source, struct frame_pool *pool,
				struct frame **out, struct fault *fault)
{
	struct v4l2 *v = of(source);
	struct v4l2_buffer buffer = buffer_of(0);
	struct frame *frame;

	if (v4l2_ask(source->fd, VIDIOC_DQBUF, &buffer)) {
		if (errno == EAGAIN)
			return STATUS_AGAIN;
		return fail(v, errno, "reading a picture", fault);
	}
	frame = buffer.index < v->count ? copy_picture(v, &buffer, pool) : NULL;
	if (ask_twice(source->fd, VIDIOC_QBUF, &buffer)) {
		int error = errno;

		frame_unref(frame);
		return fail(v, error, "giving back a buffer", fault);
	}
	if (!frame) {
		source->skipped++;
		return STATUS_AGAIN;
	}
	*out = frame;
	return STATUS_OK;
}

static const struct source_ops ops = {read_picture, close_source};
