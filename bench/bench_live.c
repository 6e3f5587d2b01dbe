/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_live: the program as a person has it: starting, playing, paused. */
#include "bench/bench.h"

#include "base/clock.h"
#include "bench/live.h"
#include "bench/proc.h"

#include <stdio.h>
#include <stdlib.h>

#define STARTS_A_S  6
#define MOST_STARTS 50
#define SETTLE_S    1.5 /* after a key: all that it changed is drawn */
#define PLAY_S      6   /* of one second that a step may take */

/* docs/design.md: the first screen stands within 50 ms. */
#define SCREEN_MS 50
#define READY_MS  400

#define DELAY_MS      60
#define MOST_PICTURES 2000

#define PLAY_CPU     35 /* per cent of a core */
#define IDLE_CPU     0.5
#define IDLE_WAKEUPS 1
#define RESIDENT_MIB 250

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

struct started {
	double values[MOST_STARTS];
	int count;
};

static void add(struct started *s, double value)
{
	if (s->count < MOST_STARTS)
		s->values[s->count++] = value;
}

static void tell(struct bench *b, struct started *s, const char *unit,
		 struct bench_goal goal, const char *name)
{
	if (!s->count)
		return;
	qsort(s->values, (size_t)s->count, sizeof(double), by_size);
	bench_row(b, s->values[s->count / 2], unit, goal, "%s, p50", name);
	bench_row(b, s->values[s->count - 1], unit, BENCH_NONE,
		  "%s, the slowest of %d", name, s->count);
}

enum { SCREEN, READY, MOMENTS };

static int start_once(const struct bench *b, struct started seen[MOMENTS],
		      struct started used[MOMENTS])
{
	static const char *const names[] = {"first screen", "inference ready"};
	struct live live;
	double after, cpu;
	bool ready;

	if (live_open(&live, b, NULL))
		return -1;
	ready = live_until_ready(&live);
	add(&seen[SCREEN], (double)(live.screen_ns - live.began_ns) / 1e6);
	add(&seen[READY], (double)(live.ready_ns - live.began_ns) / 1e6);
	for (int i = 0; i < MOMENTS; i++)
		if (live_logged(&live, names[i], &after, &cpu))
			add(&used[i], cpu);
	live_close(&live);
	return ready ? 0 : bench_failed(b->mien, STATUS_TIMEOUT);
}

int bench_start(struct bench *b)
{
	static struct started seen[MOMENTS], used[MOMENTS];
	int starts = (int)(b->seconds * STARTS_A_S);

	if (starts < 1)
		starts = 1;
	for (int i = 0; i < starts && i < MOST_STARTS; i++)
		if (start_once(b, seen, used))
			return -1;
	tell(b, &seen[SCREEN], "ms", BENCH_MOST(SCREEN_MS),
	     "first screen, by the clock");
	tell(b, &used[SCREEN], "ms cpu", BENCH_MOST(SCREEN_MS), "first screen");
	tell(b, &seen[READY], "ms", BENCH_MOST(READY_MS),
	     "networks ready, by the clock");
	tell(b, &used[READY], "ms cpu", BENCH_MOST(READY_MS), "networks ready");
	return 0;
}

/* ---- running ------------------------------------------------------------- */

static bool use_over(struct live *live, double seconds, struct proc_use *use,
		     double *bytes)
{
	struct proc_use from = proc_use_of(live->pty.child);
	int64_t began = clock_monotonic_ns();
	uint64_t out = live->bytes;
	bool lives = live_watch(live, seconds);
	double took = (double)(clock_monotonic_ns() - began) / 1e9;

	*use = proc_use_of(live->pty.child);
	use->cpu_ns = (int64_t)((double)(use->cpu_ns - from.cpu_ns) / took);
	use->wakeups = (int64_t)((double)(use->wakeups - from.wakeups) / took);
	*bytes = (double)(live->bytes - out) / took;
	return lives;
}

static void tell_use(struct bench *b, const struct proc_use *use, double bytes,
		     double most_cpu, double most_wakeups, const char *name)
{
	bench_row(b, (double)use->cpu_ns / 1e7, "% of core",
		  BENCH_MOST(most_cpu), "%s, processor", name);
	bench_row(b, (double)use->wakeups, "/s",
		  most_wakeups >= 0 ? BENCH_MOST(most_wakeups) : BENCH_NONE,
		  "%s, wakeups", name);
	bench_row(b, bytes, "bytes/s", BENCH_NONE, "%s, to the terminal", name);
}

static void tell_memory(struct bench *b, pid_t pid)
{
	struct proc_memory m = proc_memory_of(pid);
	double rss = 0, dirty = 0;

	for (int i = 0; i < PROC_KINDS; i++) {
		rss += m.rss[i];
		dirty += m.dirty[i];
	}
	bench_row(b, rss, "MiB", BENCH_MOST(RESIDENT_MIB),
		  "memory of all, resident");
	bench_row(b, dirty, "MiB", BENCH_NONE, "memory of all, written to");
	for (int i = 0; i < PROC_KINDS; i++) {
		const char *name = proc_kind_name((enum proc_kind)i);

		bench_row(b, m.rss[i], "MiB", BENCH_NONE,
			  "memory of %s, resident", name);
		bench_row(b, m.dirty[i], "MiB", BENCH_NONE,
			  "memory of %s, written to", name);
	}
	bench_row(b, m.libraries, "", BENCH_NONE, "shared libraries");
}

/* What a terminal shows is so much older than the world. */
static int tell_delay(struct bench *b, double seconds)
{
	static double delays[MOST_PICTURES];
	struct live live;
	int count = 0;

	if (live_open(&live, b,
		      "camera: {rate: 30}\nscreen: {rate: 30}\n"
		      "log: {level: debug}\n"))
		return -1;
	if (live_until_ready(&live) && live_watch(&live, seconds))
		count = live_pictures(&live, delays, MOST_PICTURES);
	live_close(&live);
	if (!count)
		return bench_failed(b->mien, STATUS_FAILED);
	qsort(delays, (size_t)count, sizeof(*delays), by_size);
	bench_row(b, delays[count / 2], "ms", BENCH_NONE,
		  "capture to screen, 30 frames/s, p50 by the clock");
	bench_row(b, delays[count * 95 / 100], "ms", BENCH_MOST(DELAY_MS),
		  "capture to screen, 30 frames/s, p95 by the clock");
	bench_row(b, count, "", BENCH_NONE, "pictures of these");
	return 0;
}

int bench_play(struct bench *b)
{
	double seconds = b->seconds * PLAY_S, bytes;
	struct proc_use use;
	struct live live;
	bool lives;

	if (live_open(&live, b, NULL))
		return -1;
	lives = live_until_ready(&live) && live_watch(&live, SETTLE_S) &&
		use_over(&live, seconds, &use, &bytes);
	if (lives) {
		tell_use(b, &use, bytes, PLAY_CPU, -1, "the demo, 15 frames/s");
		bench_row(b, use.threads, "", BENCH_NONE, "threads");
		tell_memory(b, live.pty.child);
		live_keys(&live, " c"); /* pause, camera off */
		lives = live_watch(&live, SETTLE_S) &&
			use_over(&live, seconds, &use, &bytes);
	}
	if (lives)
		tell_use(b, &use, bytes, IDLE_CPU, IDLE_WAKEUPS,
			 "paused, camera off");
	live_close(&live);
	if (!lives)
		return bench_failed(b->mien, STATUS_FAILED);
	return tell_delay(b, seconds);
}
