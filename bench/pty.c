/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pty: forkpty, and a reader that never lets the child wait. */
#include "bench/pty.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define MARK     0x00 /* curses writes no such byte; padding is off */
#define PATIENCE 100  /* times 20 ms, then SIGKILL */
#define STALL_MS 20000

int pty_fork(struct pty *pty, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
			       .ws_col = (unsigned short)cols};
	int report[2];

	if (pipe2(report, O_CLOEXEC))
		return -1;
	pty->child = forkpty(&pty->master, NULL, NULL, &size);
	if (pty->child < 0) {
		close(report[0]);
		close(report[1]);
		return -1;
	}
	close(report[pty->child ? 1 : 0]);
	pty->report = report[pty->child ? 0 : 1];
	if (pty->child)
		fcntl(pty->master, F_SETFD, FD_CLOEXEC);
	else
		pty->master = -1;
	return 0;
}

void pty_close(struct pty *pty)
{
	kill(pty->child, SIGTERM);
	for (int i = 0; !waitpid(pty->child, NULL, WNOHANG); i++) {
		char bytes[4096];
		struct pollfd fd = {.fd = pty->master, .events = POLLIN};

		if (i == PATIENCE)
			kill(pty->child, SIGKILL);
		if (poll(&fd, 1, 20) > 0 &&
		    read(pty->master, bytes, sizeof(bytes)) <= 0)
			usleep(20000);
	}
	close(pty->master);
	close(pty->report);
}

bool pty_mark(void)
{
	static const char mark = MARK;
	int tty = open("/dev/tty", O_WRONLY | O_CLOEXEC);
	bool sent;

	if (tty < 0)
		return false;
	sent = write(tty, &mark, 1) == 1;
	close(tty);
	return sent;
}

/* Counts n bytes, from behind the last mark in them. */
static void count(const char *bytes, ssize_t n, bool *marked, uint64_t *sum)
{
	for (ssize_t i = 0; i < n; i++)
		if (bytes[i] == MARK) {
			*marked = true;
			*sum = 0;
		} else {
			*sum += *marked;
		}
}

uint64_t pty_count(struct pty *pty, void *reported, size_t size)
{
	struct pollfd fds[2] = {{.fd = pty->master, .events = POLLIN},
				{.fd = pty->report, .events = POLLIN}};
	bool marked = false, ended = false;
	uint64_t sum = 0;
	char bytes[1 << 14];

	while (poll(fds, 2, ended ? 0 : STALL_MS) > 0) {
		ssize_t n;

		if (fds[0].revents) { /* first: what came before the report */
			n = read(pty->master, bytes, sizeof(bytes));
			if (n > 0)
				count(bytes, n, &marked, &sum);
			else
				fds[0].fd = -1; /* the child has ended */
			continue;
		}
		if (read(pty->report, reported, size) != (ssize_t)size)
			memset(reported, 0, size);
		fds[1].fd = -1;
		ended = true;
	}
	return sum;
}
