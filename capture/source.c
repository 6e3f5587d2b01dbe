/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source: which kind a spec means, and what all kinds have in common. */
#include "capture/source.h"

#include "base/text.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#define V4L2_MAJOR 81 /* Documentation/admin-guide/devices.txt */

static bool starts(const char *s, const char *head)
{
	return !strncmp(s, head, strlen(head));
}

static bool is_url(const char *spec)
{
	size_t n = strspn(spec, "abcdefghijklmnopqrstuvwxyz"
				"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

	return n > 1 && starts(spec + n, "://");
}

enum source_kind source_kind(const char *spec)
{
	struct stat info;

	if (!strcmp(spec, "demo"))
		return SOURCE_DEMO;
	if (!strcmp(spec, "-"))
		return SOURCE_STDIN;
	if (!strcmp(spec, "auto") || starts(spec, "/dev/video"))
		return SOURCE_CAMERA;
	if (is_url(spec))
		return SOURCE_URL;
	if (!stat(spec, &info) && S_ISCHR(info.st_mode) &&
	    major(info.st_rdev) == V4L2_MAJOR)
		return SOURCE_CAMERA;
	return SOURCE_FILE;
}

void source_label(const char *spec, char *out, size_t size)
{
	char bare[512];
	const char *host, *end, *at;

	if (source_kind(spec) != SOURCE_URL) {
		text_clean(out, size, !strcmp(spec, "-") ? "stdin" : spec);
		return;
	}
	host = strstr(spec, "://") + 3;
	end = host + strcspn(host, "/?#");
	at = memrchr(host, '@', (size_t)(end - host));
	if (at) /* user:password@ */
		snprintf(bare, sizeof(bare), "%.*s%s", (int)(host - spec), spec,
			 at + 1);
	else
		snprintf(bare, sizeof(bare), "%s", spec);
	bare[strcspn(bare, "?#")] = '\0';
	text_clean(out, size, bare);
}

enum status source_open(struct source **out, const struct source_opts *opts,
			struct fault *fault)
{
	switch (source_kind(opts->spec)) {
	case SOURCE_CAMERA: return v4l2_open_source(out, opts, fault);
	case SOURCE_DEMO: return demo_open_source(out, opts, fault);
	default: return ffmpeg_open_source(out, opts, fault);
	}
}

void source_close(struct source *source)
{
	if (source)
		source->ops->close(source);
}

bool source_stopped(int fd)
{
	struct pollfd stop = {.fd = fd, .events = POLLIN};

	return fd >= 0 && poll(&stop, 1, 0) > 0;
}

/* Rounded up, so that what was waited for has come when poll returns. */
static int ms_until(int64_t then_ns)
{
	int64_t left = then_ns - clock_monotonic_ns();

	if (left <= 0)
		return 0;
	left = (left + CLOCK_NS_PER_MS - 1) / CLOCK_NS_PER_MS;
	return left > 1000000 ? 1000000 : (int)left;
}

enum status source_wait(const struct source *source, int stop_fd,
			int64_t until_ns)
{
	bool timed = source->fd < 0;
	int64_t end = timed && source->due_ns < until_ns ? source->due_ns
							 : until_ns;
	struct pollfd fds[] = {
		{.fd = stop_fd, .events = POLLIN},
		{.fd = source->fd, .events = POLLIN},
	};
	int n;

	do
		n = poll(fds, 2, ms_until(end));
	while ((n < 0 && errno == EINTR) ||
	       (n == 0 && clock_monotonic_ns() < end));
	if (fds[0].revents)
		return STATUS_AGAIN;
	if (n > 0 || (timed && clock_monotonic_ns() >= source->due_ns))
		return STATUS_OK;
	return STATUS_TIMEOUT;
}
