/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * inference: the thread around a reader. All that two threads share lies
 * under one lock, which is never held while a network runs.
 */
#include "model/inference.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct inference {
	struct reader_opts opts; /* its folder is ours */
	struct mailbox *box;
	pthread_t thread;
	bool started;
	int tick_fd, stop_fd;

	pthread_mutex_t lock; /* over what follows */
	enum inference_state state;
	bool fresh; /* the reading was not taken yet */
	struct reading reading;
	struct fault fault;
	struct personal personal;
};

/* An eventfd's counter cannot overflow by ones: nothing to be done about. */
static void tick(int fd)
{
	uint64_t one = 1;
	ssize_t n = write(fd, &one, sizeof(one));

	(void)n;
}

static void set_state(struct inference *inference, enum inference_state state,
		      const struct fault *fault)
{
	pthread_mutex_lock(&inference->lock);
	inference->state = state;
	if (fault)
		inference->fault = *fault;
	pthread_mutex_unlock(&inference->lock);
	tick(inference->tick_fd);
}

static void publish(struct inference *inference, const struct reading *reading)
{
	pthread_mutex_lock(&inference->lock);
	inference->reading = *reading;
	inference->fresh = true;
	pthread_mutex_unlock(&inference->lock);
	tick(inference->tick_fd);
}

/* false: it is time to stop. */
static bool wait_for_frame(struct inference *inference)
{
	struct pollfd fds[] = {
		{.fd = inference->stop_fd, .events = POLLIN},
		{.fd = mailbox_fd(inference->box), .events = POLLIN},
	};

	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	return !fds[0].revents;
}

static void take_personal(struct inference *inference, struct reader *reader)
{
	struct personal personal;

	pthread_mutex_lock(&inference->lock);
	personal = inference->personal;
	pthread_mutex_unlock(&inference->lock);
	reader_set_personal(reader, &personal);
}

static enum status read_next(struct inference *inference, struct reader *reader)
{
	struct frame *frame = mailbox_take(inference->box);
	struct reading reading;
	enum status st;

	if (!frame)
		return STATUS_OK;
	take_personal(inference, reader);
	st = reader_read(reader, frame, false, &reading);
	frame_unref(frame);
	if (!st)
		publish(inference, &reading);
	return st;
}

static void *run(void *arg)
{
	struct inference *inference = arg;
	struct fault fault = {.status = STATUS_OK};
	struct reader *reader = NULL;
	enum status st = reader_open(&reader, &inference->opts, &fault);

	if (!st)
		set_state(inference, INFERENCE_READY, NULL);
	while (!st && wait_for_frame(inference)) {
		st = read_next(inference, reader);
		if (st)
			fault_set(&fault, st, NULL,
				  "a frame could not be read: %s",
				  status_text(st));
	}
	if (st)
		set_state(inference, INFERENCE_FAILED, &fault);
	reader_close(reader);
	return NULL;
}

/* Signals are the main thread's: the new one starts with all of them blocked.
 */
static enum status start_thread(struct inference *inference)
{
	sigset_t all, before;
	int error;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&inference->thread, NULL, run, inference);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error)
		return STATUS_FAILED;
	inference->started = true;
	pthread_setname_np(inference->thread, "mien-inference");
	return STATUS_OK;
}

enum status inference_start(struct inference **out,
			    const struct reader_opts *opts, struct mailbox *box)
{
	struct inference *inference = calloc(1, sizeof(*inference));
	enum status st = STATUS_OK;

	if (!inference)
		return STATUS_NO_MEMORY;
	pthread_mutex_init(&inference->lock, NULL);
	inference->opts = *opts;
	inference->opts.folder = strdup(opts->folder);
	inference->box = box;
	inference->tick_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	inference->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (!inference->opts.folder)
		st = STATUS_NO_MEMORY;
	else if (inference->tick_fd < 0 || inference->stop_fd < 0)
		st = STATUS_IO;
	else
		st = start_thread(inference);
	if (st) {
		inference_stop(inference);
		return st;
	}
	*out = inference;
	return STATUS_OK;
}

void inference_stop(struct inference *inference)
{
	if (!inference)
		return;
	if (inference->started) {
		tick(inference->stop_fd);
		pthread_join(inference->thread, NULL);
	}
	if (inference->tick_fd >= 0)
		close(inference->tick_fd);
	if (inference->stop_fd >= 0)
		close(inference->stop_fd);
	pthread_mutex_destroy(&inference->lock);
	free((char *)inference->opts.folder);
	free(inference);
}

void inference_set_personal(struct inference *inference,
			    const struct personal *personal)
{
	pthread_mutex_lock(&inference->lock);
	inference->personal = *personal;
	pthread_mutex_unlock(&inference->lock);
}

int inference_fd(const struct inference *inference)
{
	return inference->tick_fd;
}

bool inference_take(struct inference *inference, enum inference_state *state,
		    struct reading *out, struct fault *fault)
{
	uint64_t ticks;
	ssize_t n = read(inference->tick_fd, &ticks, sizeof(ticks));
	bool fresh;

	(void)n; /* nonblocking: nothing new is no error */
	pthread_mutex_lock(&inference->lock);
	*state = inference->state;
	*fault = inference->fault;
	fresh = inference->fresh;
	inference->fresh = false;
	if (fresh)
		*out = inference->reading;
	pthread_mutex_unlock(&inference->lock);
	return fresh;
}
