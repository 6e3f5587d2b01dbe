/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bytes: poll, read and lseek behind an AVIOContext. */
#include "capture/bytes.h"

#include "capture/libav.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER_SIZE 32768

struct bytes {
	const struct source_opts *opts;
	AVIOContext *io;
	int fd, error;
	bool own, seekable;
};

/* Waits for data. Negative: an AVERROR. */
static int wait_data(const struct bytes *b)
{
	int quiet_ms = (int)(SOURCE_QUIET_NS / CLOCK_NS_PER_MS);
	struct pollfd fds[] = {
		{.fd = b->opts->stop_fd, .events = POLLIN},
		{.fd = b->fd, .events = POLLIN},
	};

	for (;;) {
		int n = poll(fds, 2, quiet_ms);

		if (n < 0 && errno != EINTR)
			return AVERROR(errno);
		if (n > 0)
			return fds[0].revents ? AVERROR_EXIT : 0;
		if (n == 0 && b->opts->quiet)
			b->opts->quiet(b->opts->user);
	}
}

static int read_some(void *user, uint8_t *buffer, int size)
{
	struct bytes *b = user;

	for (;;) {
		int error = wait_data(b);
		ssize_t n;

		if (error)
			return error;
		n = read(b->fd, buffer, (size_t)size);
		if (n > 0)
			return (int)n;
		if (n == 0)
			return AVERROR_EOF;
		if (errno != EAGAIN && errno != EINTR) {
			b->error = errno;
			return AVERROR(b->error);
		}
	}
}

static int64_t seek_to(void *user, int64_t offset, int whence)
{
	struct bytes *b = user;
	struct stat info;
	off_t at;

	if (whence & AVSEEK_SIZE)
		return fstat(b->fd, &info) ? AVERROR(errno) : info.st_size;
	at = lseek(b->fd, offset, whence & ~AVSEEK_FORCE);
	return at < 0 ? AVERROR(errno) : at;
}

static enum status open_file(struct bytes *b, const char *label,
			     struct fault *fault)
{
	struct stat info;

	b->own = strcmp(b->opts->spec, "-") != 0;
	b->fd = b->own ? open(b->opts->spec, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
		       : STDIN_FILENO;
	if (b->fd < 0 || fstat(b->fd, &info))
		return fault_set_errno(fault, errno, label, "opening");
	if (S_ISDIR(info.st_mode)) {
		fault_set(fault, STATUS_BAD_ARGUMENT, label, "it is a folder");
		fault_hint(fault, "name a picture or video in it");
		return STATUS_BAD_ARGUMENT;
	}
	if (!b->own && isatty(b->fd)) {
		fault_set(fault, STATUS_BAD_ARGUMENT, label,
			  "standard input is the keyboard");
		fault_hint(fault, "pipe a picture or video into it");
		return STATUS_BAD_ARGUMENT;
	}
	b->seekable = S_ISREG(info.st_mode);
	if (b->seekable && !info.st_size)
		return fault_set(fault, STATUS_BAD_DATA, label, "it is empty");
	return STATUS_OK;
}

static enum status open_io(struct bytes *b, const char *label,
			   struct fault *fault)
{
	unsigned char *buffer = libav.av_malloc(BUFFER_SIZE);

	b->io = buffer ? libav.avio_alloc_context(buffer, BUFFER_SIZE, 0, b,
						  read_some, NULL,
						  b->seekable ? seek_to : NULL)
		       : NULL;
	if (b->io)
		return STATUS_OK;
	libav.av_free(buffer);
	return fault_set(fault, STATUS_NO_MEMORY, label, "opening");
}

enum status bytes_open(struct bytes **out, const struct source_opts *opts,
		       const char *label, struct fault *fault)
{
	struct bytes *b = calloc(1, sizeof(*b));
	enum status st;

	if (!b)
		return fault_set(fault, STATUS_NO_MEMORY, label, "opening");
	b->opts = opts;
	b->fd = -1;
	st = open_file(b, label, fault);
	if (!st)
		st = open_io(b, label, fault);
	if (st) {
		bytes_close(b);
		return st;
	}
	*out = b;
	return STATUS_OK;
}

void bytes_close(struct bytes *b)
{
	if (!b)
		return;
	if (b->io)
		libav.av_freep(&b->io->buffer);
	libav.avio_context_free(&b->io);
	if (b->own && b->fd >= 0)
		close(b->fd);
	free(b);
}

AVIOContext *bytes_io(struct bytes *bytes)
{
	return bytes->io;
}

bool bytes_seekable(const struct bytes *bytes)
{
	return bytes->seekable;
}

int bytes_error(const struct bytes *bytes)
{
	return bytes->error;
}
