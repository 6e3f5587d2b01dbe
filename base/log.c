/* SPDX-License-Identifier: GPL-3.0-or-later */
/* log: one mutex, one file, one ring. */
#include "base/log.h"

#include "base/paths.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct {
	pthread_mutex_t lock;
	int fd;
	bool open;
	enum log_level least;
	unsigned total;
	char ring[LOG_RING_LINES][LOG_LINE_SIZE];
} log_state = {.lock = PTHREAD_MUTEX_INITIALIZER, .fd = -1, .least = LOG_INFO};

enum status log_open(const char *path, struct fault *fault)
{
	int fd = -1;

	if (path) {
		enum status st = paths_make_parents(path, fault);

		if (st)
			return st;
		fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
			  0600);
		if (fd < 0)
			return fault_set_errno(fault, errno, path,
					       "opening the log");
	}
	pthread_mutex_lock(&log_state.lock);
	log_state.fd = fd;
	log_state.open = true;
	pthread_mutex_unlock(&log_state.lock);
	return STATUS_OK;
}

void log_close(void)
{
	pthread_mutex_lock(&log_state.lock);
	if (log_state.fd >= 0)
		close(log_state.fd);
	log_state.fd = -1;
	log_state.open = false;
	pthread_mutex_unlock(&log_state.lock);
}

void log_set_least(enum log_level least)
{
	pthread_mutex_lock(&log_state.lock);
	log_state.least = least;
	pthread_mutex_unlock(&log_state.lock);
}

bool log_level_from_name(const char *name, enum log_level *out)
{
	static const char *const names[] = {"debug", "info", "warning",
					    "error"};

	for (int i = LOG_DEBUG; i <= LOG_ERROR; i++)
		if (!strcmp(name, names[i])) {
			*out = (enum log_level)i;
			return true;
		}
	return false;
}

static void write_line(const char *line)
{
	char whole[LOG_LINE_SIZE + 1];
	int n = snprintf(whole, sizeof(whole), "%s\n", line);

	/* A log that cannot be written must not stop what it tells of. */
	if (log_state.fd >= 0 && n > 0 &&
	    write(log_state.fd, whole, (size_t)n) < 0)
		return;
}

void log_write(enum log_level level, const char *format, ...)
{
	static const char letters[] = "DIWE";
	char raw[LOG_LINE_SIZE], text[LOG_LINE_SIZE - 24];
	struct timespec now;
	struct tm local;
	va_list args;
	char *line;
	size_t used;

	va_start(args, format);
	vsnprintf(raw, sizeof(raw), format, args);
	va_end(args);
	text_clean(text, sizeof(text), raw);
	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &local);

	pthread_mutex_lock(&log_state.lock);
	if (log_state.open && level >= log_state.least) {
		line = log_state.ring[log_state.total++ % LOG_RING_LINES];
		used = strftime(line, LOG_LINE_SIZE, "%F %T", &local);
		snprintf(line + used, LOG_LINE_SIZE - used, " %c %s",
			 letters[level & 3], text);
		write_line(line);
	}
	pthread_mutex_unlock(&log_state.lock);
}

int log_fd(void)
{
	int fd;

	pthread_mutex_lock(&log_state.lock);
	fd = log_state.fd;
	pthread_mutex_unlock(&log_state.lock);
	return fd;
}

int log_recent(char (*lines)[LOG_LINE_SIZE], int count, unsigned *total)
{
	unsigned have, n;

	pthread_mutex_lock(&log_state.lock);
	have = log_state.total;
	n = have < LOG_RING_LINES ? have : LOG_RING_LINES;
	if (n > (unsigned)count)
		n = (unsigned)count;
	for (unsigned i = 0; i < n; i++)
		memcpy(lines[i],
		       log_state.ring[(have - n + i) % LOG_RING_LINES],
		       LOG_LINE_SIZE);
	pthread_mutex_unlock(&log_state.lock);
	if (total)
		*total = have;
	return (int)n;
}
