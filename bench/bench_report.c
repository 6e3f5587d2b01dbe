/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_report: rows for people and for programs. */
#include "bench/bench.h"

#include "base/clock.h"

#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LEAST_ROUNDS 10
#define MOST_ROUNDS  20000

/* ---- rows ---------------------------------------------------------------- */

static void print_json(const struct bench *b, const char *name, json_t *value,
		       const char *unit, struct bench_goal goal)
{
	json_t *row = json_pack("{s:s, s:s, s:o, s:s}", "stage", b->stage,
				"name", name, "value", value, "unit", unit);

	if (goal.kind)
		json_object_set_new(row, "goal",
				    json_pack("{s:f}",
					      goal.kind == BENCH_AT_MOST
						      ? "at_most"
						      : "at_least",
					      goal.value));
	json_dumpf(row, stdout, JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(row);
}

/* As many digits as say something. */
static const char *digits(double value, char out[32])
{
	double size = fabs(value);
	int behind = size >= 100 || size == floor(size) ? 0
		     : size >= 10                       ? 1
		     : size >= 1                        ? 2
							: 3;

	snprintf(out, 32, "%.*f", behind, value);
	return out;
}

static const char *goal_text(double value, struct bench_goal goal, char *out,
			     size_t size)
{
	char number[32];
	bool met = goal.kind == BENCH_AT_MOST ? value <= goal.value
					      : value >= goal.value;

	out[0] = '\0';
	if (goal.kind)
		snprintf(out, size, "%s %s%s",
			 goal.kind == BENCH_AT_MOST ? "<=" : ">=",
			 digits(goal.value, number), met ? "" : ", missed");
	return out;
}

static void print_line(struct bench *b, const char *name, const char *value,
		       const char *unit, const char *goal)
{
	if (!b->rows)
		printf("\n%s\n", b->stage);
	printf("  %-52s %10s %-9s %s\n", name, value, unit, goal);
}

void bench_row(struct bench *b, double value, const char *unit,
	       struct bench_goal goal, const char *format, ...)
{
	char name[128], number[32], aim[64];
	va_list list;

	va_start(list, format);
	vsnprintf(name, sizeof(name), format, list);
	va_end(list);
	if (b->json)
		print_json(b, name, json_real(value), unit, goal);
	else
		print_line(b, name, digits(value, number), unit,
			   goal_text(value, goal, aim, sizeof(aim)));
	b->rows++;
}

void bench_text(struct bench *b, const char *text, const char *name)
{
	if (b->json)
		print_json(b, name, json_string(text), "", BENCH_NONE);
	else
		print_line(b, name, text, "", "");
	b->rows++;
}

int bench_complain(const struct fault *fault)
{
	char text[768];

	fprintf(stderr, "mien-bench: %s\n",
		fault_sentence(fault, text, sizeof(text)));
	return -1;
}

int bench_failed(const char *what, enum status status)
{
	struct fault fault;

	fault_set(&fault, status, what, "%s", status_text(status));
	return bench_complain(&fault);
}

/* ---- times --------------------------------------------------------------- */

int64_t bench_cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * CLOCK_NS_PER_S + t.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

struct bench_times bench_times_of(int64_t *cpu, int64_t *wall, int count)
{
	int middle = count / 2, late = (int)ceil(count * 0.99) - 1;
	int64_t sum = 0;

	for (int i = 0; i < count; i++)
		sum += cpu[i];

	qsort(cpu, (size_t)count, sizeof(*cpu), by_size);
	qsort(wall, (size_t)count, sizeof(*wall), by_size);
	return (struct bench_times){.cpu_mean = (double)sum / 1e6 / count,
				    .cpu = (double)cpu[middle] / 1e6,
				    .cpu_p99 = (double)cpu[late] / 1e6,
				    .wall = (double)wall[middle] / 1e6,
				    .wall_p99 = (double)wall[late] / 1e6,
				    .count = count};
}

struct bench_times bench_time(const struct bench *b,
			      void (*step)(void *user, int round), void *user)
{
	static int64_t cpu[MOST_ROUNDS], wall[MOST_ROUNDS];
	int64_t until = clock_monotonic_ns() + (int64_t)(b->seconds * 1e9);
	int n = 0;

	step(user, 0); /* what the first one fetches is not counted */
	while (n < MOST_ROUNDS &&
	       (n < LEAST_ROUNDS || clock_monotonic_ns() < until)) {
		int64_t wall_from = clock_monotonic_ns();
		int64_t cpu_from = bench_cpu_ns();

		step(user, n + 1);
		cpu[n] = bench_cpu_ns() - cpu_from;
		wall[n++] = clock_monotonic_ns() - wall_from;
	}
	return bench_times_of(cpu, wall, n);
}

void bench_timed(struct bench *b, const struct bench_times *t,
		 struct bench_goal median, struct bench_goal p99,
		 const char *format, ...)
{
	char name[96];
	va_list list;

	va_start(list, format);
	vsnprintf(name, sizeof(name), format, list);
	va_end(list);
	bench_row(b, t->cpu, "ms cpu", median, "%s, p50", name);
	bench_row(b, t->cpu_p99, "ms cpu", p99, "%s, p99", name);
	bench_row(b, t->wall, "ms", BENCH_NONE, "%s, p50 by the clock", name);
	bench_row(b, t->wall_p99, "ms", BENCH_NONE, "%s, p99 by the clock",
		  name);
}
