/* SPDX-License-Identifier: GPL-3.0-or-later */
/* live: a child, its screen drained, its log read. */
#include "bench/live.h"

#include "base/clock.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define QUIET_NS   (15 * CLOCK_NS_PER_MS) /* after it a screen is whole */
#define POLL_MS    2
#define PATIENCE_S 30

/* In the child: never returns. */
static void become(const struct live *live, const struct bench *b)
{
	static const char *const folders[] = {"XDG_CONFIG_HOME",
					      "XDG_DATA_HOME", "XDG_STATE_HOME",
					      "XDG_CACHE_HOME", "HOME"};
	char log[96], catalog[96], config[96];

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		setenv(folders[i], live->folder, 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("NO_COLOR");
	snprintf(log, sizeof(log), "%s/log", live->folder);
	snprintf(catalog, sizeof(catalog), "%s/catalog.db", live->folder);
	snprintf(config, sizeof(config), "%s/config", live->folder);
	execl(b->mien, "mien", "--source", "demo", "--ao", "null", "--seed",
	      "1", "--log", log, "--catalog", catalog, "--config", config,
	      (char *)NULL);
	_exit(127);
}

static int write_settings(const struct live *live, const char *settings)
{
	char path[96];
	bool failed;
	FILE *f;

	snprintf(path, sizeof(path), "%s/config", live->folder);
	f = fopen(path, "we");
	if (!f)
		return -1;
	failed = settings && fputs(settings, f) == EOF;
	return fclose(f) || failed ? -1 : 0;
}

int live_open(struct live *live, const struct bench *b, const char *settings)
{
	struct fault fault;

	*live = (struct live){.folder = "/tmp/mien-bench-XXXXXX"};
	if (access(b->mien, X_OK)) {
		fault_set(&fault, STATUS_NOT_FOUND, b->mien,
			  "the program is not there");
		fault_hint(&fault, "build it with make, or say --mien FILE");
		return bench_complain(&fault);
	}
	if (!mkdtemp(live->folder) || write_settings(live, settings))
		return bench_failed("a temporary folder", STATUS_IO);
	live->began_ns = clock_monotonic_ns();
	if (pty_fork(&live->pty, 24, 80)) {
		rmdir(live->folder);
		return bench_failed("a pseudo-terminal", STATUS_IO);
	}
	if (!live->pty.child)
		become(live, b);
	return 0;
}

/* The folder is flat but for what mien may put below mien/. */
static void remove_folder(const char *path)
{
	struct dirent *entry;
	DIR *dir = opendir(path);
	char file[512];

	while (dir && (entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(file, sizeof(file), "%s/%.200s", path, entry->d_name);
		if (entry->d_type == DT_DIR)
			remove_folder(file);
		else
			unlink(file);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

void live_close(struct live *live)
{
	pty_close(&live->pty);
	remove_folder(live->folder);
}

/* ---- its log ------------------------------------------------------------- */

/* The first line with text in it. */
static bool find_line(const struct live *live, const char *text, char *line,
		      int size)
{
	char path[96];
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "%s/log", live->folder);
	f = fopen(path, "re");
	while (f && !found && fgets(line, size, f))
		found = strstr(line, text) != NULL;
	if (f)
		fclose(f);
	return found;
}

bool live_logged(const struct live *live, const char *what, double *after_ms,
		 double *cpu_ms)
{
	char text[64], line[512], *at;

	snprintf(text, sizeof(text), "start: %s after ", what);
	if (!find_line(live, text, line, sizeof(line)))
		return false;
	at = strstr(line, text) + strlen(text);
	return sscanf(at, "%lf ms, %lf ms", after_ms, cpu_ms) == 2;
}

/* ---- its screen ---------------------------------------------------------- */

static bool take(struct live *live, int64_t now)
{
	static char bytes[1 << 16];
	ssize_t n = read(live->pty.master, bytes, sizeof(bytes));

	if (n <= 0)
		return false;
	live->bytes += (uint64_t)n;
	live->last_ns = now;
	return true;
}

static void look(struct live *live, int64_t now)
{
	char line[512];

	if (!live->screen_ns && live->last_ns && now - live->last_ns > QUIET_NS)
		live->screen_ns = live->last_ns;
	if (!live->ready_ns &&
	    (find_line(live, "start: inference ready", line, sizeof(line)) ||
	     find_line(live, "The model is ready.", line, sizeof(line))))
		live->ready_ns = now;
}

static bool is_ready(const struct live *live)
{
	return live->screen_ns && live->ready_ns;
}

static bool watch(struct live *live, double seconds, bool until_ready)
{
	int64_t until = clock_monotonic_ns() + (int64_t)(seconds * 1e9);
	int64_t now = clock_monotonic_ns();

	while (now < until && !(until_ready && is_ready(live))) {
		struct pollfd fd = {.fd = live->pty.master, .events = POLLIN};
		int wait = until_ready ? POLL_MS : 50;
		bool came = poll(&fd, 1, wait) > 0;

		now = clock_monotonic_ns();
		/* before the next bytes: was what came before them a screen? */
		if (until_ready)
			look(live, now);
		if (came && !take(live, now))
			return false;
	}
	return true;
}

bool live_watch(struct live *live, double seconds)
{
	return watch(live, seconds, false);
}

bool live_until_ready(struct live *live)
{
	return watch(live, PATIENCE_S, true) && is_ready(live);
}

void live_keys(struct live *live, const char *keys)
{
	ssize_t n = write(live->pty.master, keys, strlen(keys));

	(void)n;
}

int live_pictures(const struct live *live, double *out, int most)
{
	static const char mark[] = "picture: ";
	char path[96], line[512], *at;
	int count = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/log", live->folder);
	f = fopen(path, "re");
	while (f && count < most && fgets(line, sizeof(line), f)) {
		at = strstr(line, mark);
		if (at && sscanf(at + strlen(mark), "%lf ms", &out[count]) == 1)
			count++;
	}
	if (f)
		fclose(f);
	return count;
}
