/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_catalog: a large catalog opened, picked from and searched. */
#include "bench/bench.h"

#include "base/clock.h"
#include "bench/invent.h"
#include "catalog/picker.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_TYPED 8
#define FOUND_MAX  200 /* as many as the dashboard asks for */

/* A key is answered within a frame, and what is drawn then has time, too. */
#define OPEN_MS   10
#define PICK_MS   5
#define SEARCH_MS 20

struct work {
	const char *path;
	struct catalog *catalog;
	struct picker *picker;
	enum policy policy;
	struct rng rng;
	size_t typed; /* letters of the query; 0: all */
	int words;
	enum status status; /* the first that was not good */
	struct track found[FOUND_MAX];
};

static void note(struct work *w, enum status status)
{
	if (!w->status)
		w->status = status;
}

static void open_once(void *user, int round)
{
	struct work *w = user;
	struct catalog *catalog = NULL;

	(void)round;
	note(w, catalog_open(&catalog, w->path, CATALOG_WRITE, NULL));
	catalog_close(catalog);
}

static void pick_once(void *user, int round)
{
	struct work *w = user;
	struct mood mood = {.emotion = (enum emotion)(round % EMOTION_COUNT)};
	struct track track;

	emotion_position(mood.emotion, &mood.valence, &mood.arousal);
	note(w, picker_next(w->picker, &mood, w->policy, INVENT_NOW, &track));
}

/* As after the machine was started: nothing of the file is in memory. (The
 * kernel drops only what has reached the disk.) */
static void forget_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	fdatasync(fd);
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	close(fd);
}

/* As while it is in use, where there is memory for it. */
static void recall_file(const char *path)
{
	static char some[1 << 16];
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	while (fd >= 0 && read(fd, some, sizeof(some)) > 0)
		;
	if (fd >= 0)
		close(fd);
}

static void search_once(void *user, int round)
{
	struct work *w = user;
	char query[256] = "";
	int count;

	(void)round;
	invent_words(query, &w->rng, w->words);
	if (w->typed && strlen(query) > w->typed &&
	    (query[w->typed] & 0xc0) != 0x80)
		query[w->typed] = '\0';
	note(w, catalog_search(w->catalog, query, w->found, FOUND_MAX, &count));
}

static void tell_times(struct bench *b, const struct bench_times *t,
		       const char *name)
{
	bench_row(b, t->cpu, "ms cpu", BENCH_NONE, "%s, p50", name);
	bench_row(b, t->wall_p99, "ms", BENCH_NONE, "%s, p99 by the clock",
		  name);
}

/* once, with a catalog that is opened for it and a picker. */
static void first(struct work *w, void (*once)(void *user, int round),
		  int round)
{
	forget_file(w->path);
	note(w, catalog_open(&w->catalog, w->path, CATALOG_WRITE, NULL));
	if (!w->status)
		note(w, picker_new(&w->picker, w->catalog, 1));
	if (!w->status)
		once(w, round);
	picker_free(w->picker);
	catalog_close(w->catalog);
	w->picker = NULL;
	w->catalog = NULL;
}

static void pick_first_once(void *user, int round)
{
	first(user, pick_once, round);
}

static void search_first_once(void *user, int round)
{
	first(user, search_once, round);
}

/* Goals here are of the slowest of a hundred: a person waits for each. */
static void tell(struct bench *b, const struct bench_times *t, double most_ms,
		 const char *name)
{
	bench_row(b, t->cpu, "ms cpu", BENCH_NONE, "%s, p50", name);
	bench_row(b, t->cpu_p99, "ms cpu", BENCH_MOST(most_ms), "%s, p99",
		  name);
	bench_row(b, t->wall_p99, "ms", BENCH_NONE, "%s, p99 by the clock",
		  name);
}

static void measure_picks(struct bench *b, struct work *w)
{
	for (int i = 0; !w->status && i <= POLICY_SURPRISE; i++) {
		struct bench_times times;
		char name[64];

		w->policy = (enum policy)i;
		note(w, picker_new(&w->picker, w->catalog, 1));
		if (w->status)
			return;
		times = bench_time(b, pick_once, w);
		picker_free(w->picker);
		w->picker = NULL;
		snprintf(name, sizeof(name), "pick, %s",
			 policy_name(w->policy));
		tell(b, &times, PICK_MS, name);
	}
}

static void measure_search(struct bench *b, struct work *w, size_t typed,
			   int words, const char *name)
{
	struct bench_times times;

	w->typed = typed;
	w->words = words;
	rng_init(&w->rng, typed + 1);
	times = bench_time(b, search_once, w);
	tell(b, &times, SEARCH_MS, name);
}

static void measure_searches(struct bench *b, struct work *w)
{
	for (size_t typed = 1; !w->status && typed <= MOST_TYPED; typed++) {
		char name[64];

		snprintf(name, sizeof(name), "search, %zu letter%s typed",
			 typed, typed == 1 ? "" : "s");
		measure_search(b, w, typed, 1, name);
	}
	if (!w->status)
		measure_search(b, w, 0, 3, "search, three words");
}

static void measure_from_disk(struct bench *b, struct work *w)
{
	struct bench_times times = bench_time(b, pick_first_once, w);

	if (!w->status)
		tell_times(b, &times, "open and pick, read from the disk");
	w->typed = 3;
	w->words = 1;
	rng_init(&w->rng, 1);
	times = bench_time(b, search_first_once, w);
	if (!w->status)
		tell_times(b, &times,
			   "open and search, 3 letters, read from the disk");
}

static int measure(struct bench *b, struct work *w)
{
	struct bench_times times;
	struct fault fault = {0};

	recall_file(w->path);
	times = bench_time(b, open_once, w);
	if (!w->status)
		tell(b, &times, OPEN_MS, "open");
	if (catalog_open(&w->catalog, w->path, CATALOG_WRITE, &fault))
		return bench_complain(&fault);
	measure_picks(b, w);
	recall_file(w->path);
	measure_searches(b, w);
	catalog_close(w->catalog);
	w->catalog = NULL;
	measure_from_disk(b, w);
	return w->status ? bench_failed("the catalog", w->status) : 0;
}

static int make(struct bench *b, const char *path)
{
	int64_t from = clock_monotonic_ns();
	struct fault fault = {0};
	struct stat file = {0};

	if (invent_catalog(path, b->tracks, &fault))
		return bench_complain(&fault);
	bench_row(b, (double)(clock_monotonic_ns() - from) / 1e9, "s",
		  BENCH_NONE, "made");
	stat(path, &file);
	bench_row(b, (double)file.st_size / 1048576, "MiB", BENCH_NONE,
		  "the file");
	return 0;
}

static void remove_all(const char *path)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	char file[4200];

	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof(file), "%s%s", path, ends[i]);
		unlink(file);
	}
}

int bench_catalog(struct bench *b)
{
	const char *folder = getenv("TMPDIR");
	struct work *w = calloc(1, sizeof(*w));
	char own[4096];
	int failed = 0;

	if (!w)
		return bench_failed("the catalog", STATUS_NO_MEMORY);
	snprintf(own, sizeof(own), "%s/mien-bench-%ld.db",
		 folder && folder[0] ? folder : "/tmp", (long)getpid());
	w->path = b->catalog ? b->catalog : own;
	bench_row(b, b->tracks, "", BENCH_NONE, "tracks");
	if (access(w->path, F_OK))
		failed = make(b, w->path);
	if (!failed)
		failed = measure(b, w);
	if (!b->catalog)
		remove_all(own);
	free(w);
	return failed;
}
