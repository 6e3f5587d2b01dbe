/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tty: a memory file as sink, and a descriptor that does not block. */
#include "tui/tty.h"

#include "base/log.h"
#include "tui/caps.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* To a terminal that could block, no more than surely fits at a time. */
#define SMALL_WRITE 128
#define DRAIN_MS    500
#define ANSWER_MS   200

static int duplicate(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

/* A description of its own: O_NONBLOCK on fd 1 itself would be the shell's,
 * too. */
static int open_out(struct tty *tty)
{
	int fd = open("/proc/self/fd/1",
		      O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

	tty->blocks = fd < 0;
	return fd < 0 ? duplicate(STDOUT_FILENO) : fd;
}

static enum status open_files(struct tty *tty)
{
	int sink = memfd_create("screen", MFD_CLOEXEC);

	tty->in_file = fdopen(tty->in, "r");
	tty->sink_file = sink < 0 ? NULL : fdopen(sink, "w");
	if (!tty->sink_file && sink >= 0)
		close(sink);
	return tty->in_file && tty->sink_file ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status tty_init(struct tty *tty, struct fault *fault)
{
	memset(tty, 0, sizeof(*tty));
	tty->in = tty->out = -1;
	tty->saved_out = duplicate(STDOUT_FILENO);
	tty->saved_err = duplicate(STDERR_FILENO);
	if (!isatty(STDOUT_FILENO))
		return fault_set(fault, STATUS_UNSUPPORTED, NULL, "%s",
				 caps_refusal_text(CAPS_NOT_A_TTY));
	tty->out = open_out(tty);
	tty->in = isatty(STDIN_FILENO)
			  ? duplicate(STDIN_FILENO)
			  : open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (tty->in < 0)
		return fault_set_errno(fault, errno, "/dev/tty",
				       "opening the terminal to read keys");
	if (tty->out < 0 || open_files(tty))
		return fault_set(fault, STATUS_NO_MEMORY, NULL, "%s",
				 status_text(STATUS_NO_MEMORY));
	tty->has_modes = !tcgetattr(tty->in, &tty->shell);
	tty->ours = tty->shell;
	tty->ours.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL);
	tty->ours.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR);
	/* curses moves down by a bare newline */
	tty->ours.c_oflag &= ~(tcflag_t)ONLCR;
	tty->ours.c_cc[VMIN] = 1;
	tty->ours.c_cc[VTIME] = 0;
	return STATUS_OK;
}

static void close_file(FILE *file, int fd)
{
	if (file)
		fclose(file);
	else if (fd >= 0)
		close(fd);
}

static void close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

void tty_done(struct tty *tty)
{
	close_file(tty->in_file, tty->in);
	close_file(tty->sink_file, -1);
	close_fd(tty->out);
	close_fd(tty->saved_out);
	close_fd(tty->saved_err);
	free(tty->pending);
	tty->pending = NULL;
}

void tty_take(struct tty *tty)
{
	int to = log_fd(), null = -1;

	if (tty->has_modes)
		tcsetattr(tty->in, TCSADRAIN, &tty->ours);
	if (to < 0)
		to = null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	fflush(NULL);
	if (to >= 0) {
		dup2(to, STDOUT_FILENO);
		dup2(to, STDERR_FILENO);
	}
	close_fd(null);
}

void tty_give(struct tty *tty)
{
	fflush(NULL);
	if (tty->saved_out >= 0)
		dup2(tty->saved_out, STDOUT_FILENO);
	if (tty->saved_err >= 0)
		dup2(tty->saved_err, STDERR_FILENO);
	tty_leave(tty);
}

void tty_leave(struct tty *tty)
{
	/* not TCSADRAIN: that waits for a terminal that may not move */
	if (tty->has_modes)
		tcsetattr(tty->in, TCSANOW, &tty->shell);
}

bool tty_size(const struct tty *tty, int *rows, int *cols)
{
	struct winsize size = {0};

	if (ioctl(tty->out, TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col)
		return false;
	*rows = size.ws_row;
	*cols = size.ws_col;
	return true;
}

bool tty_add(struct tty *tty, const char *text)
{
	if (lseek(fileno(tty->sink_file), 0, SEEK_CUR) <= 0)
		return false;
	return fputs(text, tty->sink_file) != EOF;
}

void tty_discard(struct tty *tty, char last, int count)
{
	struct pollfd ready = {.fd = tty->in, .events = POLLIN};
	char bytes[64];

	while (count > 0) {
		ssize_t n = 0;

		if (poll(&ready, 1, ANSWER_MS) > 0)
			n = read(tty->in, bytes, sizeof(bytes));
		if (n <= 0)
			break;
		for (ssize_t i = 0; i < n; i++)
			count -= bytes[i] == last;
	}
	if (count > 0)
		tcflush(tty->in, TCIFLUSH);
}

/* What curses has written since the last time, behind what is pending. */
static void empty_sink(struct tty *tty)
{
	int sink = fileno(tty->sink_file);
	off_t length;
	size_t more;

	fflush(tty->sink_file);
	length = lseek(sink, 0, SEEK_CUR);
	if (length <= 0)
		return;
	more = (size_t)length;
	if (tty->begin == tty->end)
		tty->begin = tty->end = 0;
	if (tty->end + more > tty->size) {
		char *larger = realloc(tty->pending, tty->end + more);

		if (larger) {
			tty->pending = larger;
			tty->size = tty->end + more;
		}
	}
	if (tty->end + more <= tty->size &&
	    pread(sink, tty->pending + tty->end, more, 0) == length)
		tty->end += more;
	lseek(sink, 0, SEEK_SET);
}

void tty_flush(struct tty *tty)
{
	struct pollfd ready = {.fd = tty->out, .events = POLLOUT};

	empty_sink(tty);
	while (tty->begin < tty->end) {
		size_t n = tty->end - tty->begin;
		ssize_t wrote;

		if (tty->blocks) {
			if (poll(&ready, 1, 0) < 1)
				return;
			n = n < SMALL_WRITE ? n : SMALL_WRITE;
		}
		wrote = write(tty->out, tty->pending + tty->begin, n);
		if (wrote < 0 && errno == EAGAIN)
			return;
		if (wrote < 0 && errno != EINTR) {
			tty->begin = tty->end = 0; /* nobody is there */
			return;
		}
		if (wrote > 0)
			tty->begin += (size_t)wrote;
	}
}

bool tty_is_pending(const struct tty *tty)
{
	return tty->begin < tty->end;
}

void tty_drain(struct tty *tty)
{
	struct pollfd ready = {.fd = tty->out, .events = POLLOUT};

	tty_flush(tty);
	while (tty_is_pending(tty) && poll(&ready, 1, DRAIN_MS) > 0 &&
	       !(ready.revents & (POLLHUP | POLLERR)))
		tty_flush(tty);
	if (!tty_is_pending(tty))
		return;
	/* the last bytes are what undoes the rest: make room for them */
	tcflush(tty->out, TCOFLUSH);
	if (tty->end - tty->begin > SMALL_WRITE)
		tty->begin = tty->end - SMALL_WRITE;
	tty_flush(tty);
	tty->begin = tty->end = 0;
}
