/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wakeups: a signalfd and a timerfd behind one epoll descriptor. */
#include "tui/wakeups.h"

#include "base/clock.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

static const int taken[] = {SIGINT,  SIGTERM, SIGHUP,
			    SIGTSTP, SIGCONT, SIGWINCH};
#define TAKEN (sizeof(taken) / sizeof(*taken))

struct wakeups {
	int poll_fd, signal_fd, timer_fd;
	int64_t alarm_ns; /* what the timer is set to */
	sigset_t before;
};

static pthread_t reader; /* the thread that made the wakeups */

/* Libraries start threads before main does (OpenBLAS), which do not inherit
 * that the signals are blocked: what such a thread gets goes to the one that
 * reads them. */
static void pass_on(int signal)
{
	if (!pthread_equal(pthread_self(), reader))
		pthread_kill(reader, signal);
}

static enum status add(struct wakeups *w, int fd)
{
	struct epoll_event event = {.events = EPOLLIN};

	return fd < 0 || epoll_ctl(w->poll_fd, EPOLL_CTL_ADD, fd, &event)
		       ? STATUS_IO
		       : STATUS_OK;
}

enum status wakeups_new(struct wakeups **out)
{
	struct sigaction heard = {.sa_handler = pass_on,
				  .sa_flags = SA_RESTART};
	struct wakeups *w = calloc(1, sizeof(*w));
	sigset_t set;

	if (!w)
		return STATUS_NO_MEMORY;
	reader = pthread_self();
	sigemptyset(&set);
	for (size_t i = 0; i < TAKEN; i++) {
		sigaddset(&set, taken[i]);
		sigaction(taken[i], &heard, NULL);
	}
	signal(SIGPIPE, SIG_IGN);
	pthread_sigmask(SIG_BLOCK, &set, &w->before);
	w->poll_fd = epoll_create1(EPOLL_CLOEXEC);
	w->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	w->timer_fd =
		timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (w->poll_fd < 0 || add(w, w->signal_fd) || add(w, w->timer_fd)) {
		wakeups_free(w);
		return STATUS_IO;
	}
	*out = w;
	return STATUS_OK;
}

void wakeups_free(struct wakeups *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < TAKEN; i++)
		signal(taken[i], SIG_DFL);
	pthread_sigmask(SIG_SETMASK, &w->before, NULL);
	if (w->timer_fd >= 0)
		close(w->timer_fd);
	if (w->signal_fd >= 0)
		close(w->signal_fd);
	if (w->poll_fd >= 0)
		close(w->poll_fd);
	free(w);
}

int wakeups_fd(const struct wakeups *w)
{
	return w->poll_fd;
}

int wakeups_signal(struct wakeups *w)
{
	struct signalfd_siginfo info;

	if (read(w->signal_fd, &info, sizeof(info)) != sizeof(info))
		return 0;
	return (int)info.ssi_signo;
}

void wakeups_set_alarm(struct wakeups *w, int64_t at_ns)
{
	struct itimerspec when = {0};

	if (at_ns == w->alarm_ns)
		return;
	w->alarm_ns = at_ns;
	when.it_value.tv_sec = (time_t)(at_ns / CLOCK_NS_PER_S);
	when.it_value.tv_nsec = (long)(at_ns % CLOCK_NS_PER_S);
	timerfd_settime(w->timer_fd, TFD_TIMER_ABSTIME, &when, NULL);
}

bool wakeups_alarm(struct wakeups *w)
{
	uint64_t rings;

	if (read(w->timer_fd, &rings, sizeof(rings)) != sizeof(rings))
		return false;
	w->alarm_ns = 0;
	return true;
}

void wakeups_stop(struct wakeups *w)
{
	struct sigaction before, by_default = {.sa_handler = SIG_DFL};
	sigset_t stop;

	(void)w;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &by_default, &before);
	pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
	raise(SIGTSTP);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	sigaction(SIGTSTP, &before, NULL);
}
