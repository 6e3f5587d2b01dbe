/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opening: the thread, joined by whoever wants what it opened. */
#include "player/opening.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct opening {
	struct player_opts opts;
	pthread_t thread;
	int fd;
	/* the thread's, until it is joined */
	struct player *player;
	enum status status;
	struct fault fault;
};

static void *run(void *user)
{
	struct opening *o = user;

	o->status = player_open(&o->player, &o->opts, &o->fault);
	eventfd_write(o->fd, 1);
	return NULL;
}

/* Signals are the main thread's; mpv's threads inherit that. */
static int start_thread(struct opening *o)
{
	sigset_t all, before;
	int error;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&o->thread, NULL, run, o);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

enum status opening_begin(struct opening **out, const struct player_opts *opts)
{
	struct opening *o = calloc(1, sizeof(*o));

	if (!o)
		return STATUS_NO_MEMORY;
	o->opts = *opts;
	o->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (o->fd < 0 || start_thread(o)) {
		if (o->fd >= 0)
			close(o->fd);
		free(o);
		return STATUS_IO;
	}
	*out = o;
	return STATUS_OK;
}

int opening_fd(const struct opening *opening)
{
	return opening->fd;
}

enum status opening_end(struct opening *o, struct player **out,
			struct fault *fault)
{
	enum status st;

	*out = NULL;
	if (!o)
		return STATUS_OK;
	pthread_join(o->thread, NULL);
	*out = o->player;
	st = o->status;
	if (st && fault)
		*fault = o->fault;
	close(o->fd);
	free(o);
	return st;
}
