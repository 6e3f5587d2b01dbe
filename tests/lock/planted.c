/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * planted: what somebody who took mien over would try, linked over
 * session_begin (the dashboard) and reader_open (mien look) by the test build
 * alone (ld's --wrap): the program that is shipped has no line of it. Tells
 * what worked on the descriptor that MIEN_PLANTED or MIEN_PLANTED_LOOK names,
 * a line each: NAME got, or NAME errno.
 */
#include "model/reader.h"
#include "tui/session.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

void __real_session_begin(struct session *session);
void __wrap_session_begin(struct session *session);
enum status __real_reader_open(struct reader **reader,
			       const struct reader_opts *opts,
			       struct fault *fault);
enum status __wrap_reader_open(struct reader **reader,
			       const struct reader_opts *opts,
			       struct fault *fault);

static int out = -1;

static void tell(const char *who, const char *what, bool got)
{
	int error = errno;

	if (got)
		dprintf(out, "%s %s got\n", who, what);
	else
		dprintf(out, "%s %s %s\n", who, what, strerrorname_np(error));
}

static void try_open(const char *who, const char *what, const char *variable,
		     int flags)
{
	const char *path = getenv(variable);
	int fd = path ? open(path, flags | O_CLOEXEC, 0600) : -1;

	tell(who, what, fd >= 0);
	if (fd >= 0)
		close(fd);
}

static void try_shell(const char *who)
{
	char *const words[] = {"sh", "-c", "exit 7", NULL};
	pid_t pid;
	int ended = 0;

	errno = posix_spawn(&pid, "/bin/sh", NULL, NULL, words, environ);
	if (!errno)
		waitpid(pid, &ended, 0);
	tell(who, "shell",
	     !errno && WIFEXITED(ended) && WEXITSTATUS(ended) == 7);
	errno = EPERM;
	tell(who, "system", system("exit 7") == 7 << 8);
}

/* As mpv does, where it may. */
static void try_ytdl(const char *who)
{
	char *const words[] = {"yt-dlp", NULL};
	pid_t pid;
	int ended = 0;

	errno = posix_spawnp(&pid, "yt-dlp", NULL, NULL, words, environ);
	if (!errno)
		waitpid(pid, &ended, 0);
	tell(who, "yt-dlp",
	     !errno && WIFEXITED(ended) && WEXITSTATUS(ended) == 7);
}

static void try_reach(const char *who)
{
	struct sockaddr_in here = {.sin_family = AF_INET,
				   .sin_addr = {htonl(INADDR_LOOPBACK)},
				   .sin_port = htons(9)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	tell(who, "network",
	     fd >= 0 && (!connect(fd, (struct sockaddr *)&here, sizeof(here)) ||
			 errno == ECONNREFUSED));
	if (fd >= 0)
		close(fd);
}

/* The test's own process, which is this user's: it would obey outside. */
static void try_others(const char *who)
{
	const char *text = getenv("MIEN_VICTIM");
	pid_t pid = text ? (pid_t)atoi(text) : 0;
	char byte;
	struct iovec here = {&byte, 1}, there = {(void *)&out, 1};

	tell(who, "signal", pid > 1 && !kill(pid, 0));
	tell(who, "trace", pid > 1 && !ptrace(PTRACE_ATTACH, pid, 0, 0));
	tell(who, "memory",
	     pid > 1 && process_vm_readv(pid, &here, 1, &there, 1, 0) == 1);
}

static void *misbehave(void *name)
{
	const char *who = name;

	try_open(who, "key", "MIEN_KEY", O_RDONLY);
	try_open(who, "link", "MIEN_LINK", O_RDONLY);
	try_open(who, "drop", "MIEN_DROP", O_WRONLY | O_CREAT);
	try_open(who, "startup", "MIEN_STARTUP", O_WRONLY | O_APPEND);
	try_open(who, "shadow", "MIEN_SYSTEM", O_WRONLY);
	try_open(who, "song", "MIEN_SONG", O_RDONLY);
	try_shell(who);
	try_ytdl(who);
	try_reach(who);
	try_others(who);
	tell(who, "privileges", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1);
	return NULL;
}

static void misbehave_where(const char *variable)
{
	const char *fd = getenv(variable);
	pthread_t thread;

	if (!fd)
		return;
	out = atoi(fd);
	misbehave("main");
	if (!pthread_create(&thread, NULL, misbehave, (char[]){"thread"}))
		pthread_join(thread, NULL);
}

void __wrap_session_begin(struct session *session)
{
	misbehave_where("MIEN_PLANTED");
	__real_session_begin(session);
}

enum status __wrap_reader_open(struct reader **reader,
			       const struct reader_opts *opts,
			       struct fault *fault)
{
	misbehave_where("MIEN_PLANTED_LOOK");
	return __real_reader_open(reader, opts, fault);
}
