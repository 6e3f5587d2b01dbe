/* SPDX-License-Identifier: GPL-3.0-or-later */
/* start: the system's book is /proc/self/stat, as of proc(5). */
#include "tui/start.h"

#include "base/clock.h"
#include "base/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define START_FIELD 22

int64_t start_ns_of(const char *stat, long ticks_per_s)
{
	/* the program's name, the second field, may hold anything */
	const char *at = strrchr(stat, ')');

	for (int field = 2; at && field < START_FIELD; field++)
		at = strchr(at + 1, ' ');
	if (!at || ticks_per_s <= 0)
		return 0;
	return strtoll(at, NULL, 10) * (CLOCK_NS_PER_S / ticks_per_s);
}

static int64_t read_start_ns(void)
{
	char text[1024];
	FILE *file = fopen("/proc/self/stat", "re");
	size_t n = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

	if (file)
		fclose(file);
	text[n] = '\0';
	return start_ns_of(text, sysconf(_SC_CLK_TCK));
}

static int64_t now_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec * CLOCK_NS_PER_S + now.tv_nsec;
}

void start_log(const char *what)
{
	int64_t began = read_start_ns();
	int64_t used = now_ns(CLOCK_PROCESS_CPUTIME_ID);

	if (began)
		log_write(LOG_INFO,
			  "start: %s after %" PRId64 " ms, %" PRId64
			  " ms of processor time",
			  what,
			  (now_ns(CLOCK_BOOTTIME) - began) / CLOCK_NS_PER_MS,
			  used / CLOCK_NS_PER_MS);
}
