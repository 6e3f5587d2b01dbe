/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measure: children that write one struct sound into a pipe and end. */
#include "etl/measure.h"

#include "base/clock.h"
#include "etl/hear.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_PROCESSES 16
#define NICE           10
#define POLL_MS        200 /* how soon a wish to stop is seen */
#define GRACE_NS       (5 * CLOCK_NS_PER_S) /* for what runs at a stop */

/* Of address space; the sanitizers take terabytes for themselves. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MOST_MEMORY RLIM_INFINITY
#else
#define MOST_MEMORY ((rlim_t)2 << 30)
#endif

struct child {
	pid_t pid;
	int fd; /* -1: none runs here */
	size_t index;
};

struct pool {
	struct child children[MOST_PROCESSES];
	int room, running;
	const char *const *paths;
	bool (*done)(size_t index, const struct sound *sound, void *user);
	void *user;
	bool ended; /* done said so */
};

/* Never returns. The parent's handles are left alone. */
static void be_child(const char *path, int fd, pid_t parent)
{
	const struct rlimit work = {MEASURE_WORK_S, MEASURE_WORK_S + 5};
	const struct rlimit memory = {MOST_MEMORY, MOST_MEMORY};
	int null = open("/dev/null", O_RDWR);
	struct sound sound;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	/* a whole group is told to stop: the parent says what becomes of us */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	alarm(MEASURE_WAIT_S);
	setrlimit(RLIMIT_CPU, &work);
	setrlimit(RLIMIT_AS, &memory);
	setpriority(PRIO_PROCESS, 0, NICE);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	if (hear_file(path, &sound, NULL))
		_exit(1);
	_exit(write(fd, &sound, sizeof(sound)) != sizeof(sound));
}

static bool start(struct pool *pool, size_t index)
{
	pid_t parent = getpid();
	struct child *child = pool->children;
	int ends[2];

	while (child->fd >= 0)
		child++;
	if (pipe2(ends, O_CLOEXEC))
		return false;
	child->pid = fork();
	if (!child->pid)
		be_child(pool->paths[index], ends[1], parent);
	close(ends[1]);
	if (child->pid < 0) {
		close(ends[0]);
		return false;
	}
	child->fd = ends[0];
	child->index = index;
	pool->running++;
	return true;
}

/* Ended from outside, which says nothing of the file. */
static bool was_stopped(int how)
{
	return WIFSIGNALED(how) &&
	       (WTERMSIG(how) == SIGKILL || WTERMSIG(how) == SIGTERM ||
		WTERMSIG(how) == SIGHUP);
}

/* The child wrote all it has, or ended without. */
static void reap(struct pool *pool, struct child *child)
{
	struct sound sound;
	int how = 0;
	ssize_t got;

	do {
		got = read(child->fd, &sound, sizeof(sound));
	} while (got < 0 && errno == EINTR);
	close(child->fd);
	child->fd = -1;
	pool->running--;
	while (waitpid(child->pid, &how, 0) < 0 && errno == EINTR)
		;
	if (pool->ended || was_stopped(how))
		return;
	pool->ended = !pool->done(child->index,
				  got == sizeof(sound) && !how ? &sound : NULL,
				  pool->user);
}

static void wait_for_any(struct pool *pool)
{
	struct pollfd fds[MOST_PROCESSES];

	for (int i = 0; i < pool->room; i++)
		fds[i] = (struct pollfd){.fd = pool->children[i].fd,
					 .events = POLLIN};
	if (poll(fds, (nfds_t)pool->room, POLL_MS) <= 0)
		return;
	for (int i = 0; i < pool->room; i++)
		if (fds[i].fd >= 0 && fds[i].revents)
			reap(pool, &pool->children[i]);
}

static void stop_all(const struct pool *pool)
{
	for (int i = 0; i < pool->room; i++)
		if (pool->children[i].fd >= 0)
			kill(pool->children[i].pid, SIGKILL);
}

static int processes(const struct measure_opts *opts)
{
	long count = opts->processes ? opts->processes
				     : sysconf(_SC_NPROCESSORS_ONLN);

	if (count < 1)
		return 1;
	return count > MOST_PROCESSES ? MOST_PROCESSES : (int)count;
}

enum status measure_all(const char *const *paths, size_t count,
			const struct measure_opts *opts,
			bool (*done)(size_t index, const struct sound *sound,
				     void *user),
			void *user, struct fault *fault)
{
	struct pool pool = {.room = processes(opts),
			    .paths = paths,
			    .done = done,
			    .user = user};
	enum status st = STATUS_OK;
	size_t next = 0;
	int64_t stopped_ns = 0;

	for (int i = 0; i < MOST_PROCESSES; i++)
		pool.children[i].fd = -1;
	while (pool.running || (!st && !pool.ended && next < count)) {
		if (!st && opts->stop && *opts->stop) {
			st = STATUS_AGAIN;
			stopped_ns = clock_monotonic_ns();
		}
		if (stopped_ns && clock_monotonic_ns() - stopped_ns > GRACE_NS)
			stop_all(&pool);
		if (!st && !pool.ended && next < count &&
		    pool.running < pool.room) {
			if (start(&pool, next))
				next++;
			else if (!pool.running)
				st = fault_set_errno(
					fault, errno, paths[next],
					"starting a process to hear it");
			else
				wait_for_any(&pool);
			continue;
		}
		wait_for_any(&pool);
	}
	return st;
}
