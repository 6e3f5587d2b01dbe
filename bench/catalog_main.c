/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mien-catalog: makes a large catalog of invented tracks and tells how long
 * opening it, picking from it and searching it take. Built, not installed.
 *
 *   mien-catalog FILE TRACKS    FILE is made where it is not there yet
 *
 * The invented tracks are as uneven as real ones: a few artists have many,
 * words are Zipf's, a third have their mood from their genre alone and so lie
 * on a handful of points, a fifth have none.
 */
#include "base/clock.h"
#include "base/rng.h"
#include "catalog/picker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define BATCH  2000
#define EVENTS 5000
#define ROUNDS 400
#define NOW    INT64_C(1800000000)

#define GENRES 24

static int complain(const struct fault *fault)
{
	char sentence[640];

	fprintf(stderr, "mien-catalog: %s\n",
		fault_sentence(fault, sentence, sizeof(sentence)));
	return EX_SOFTWARE;
}

/* ---- inventing -------------------------------------------------------- */

/* One of count things, the first much more often (Zipf, by inversion). */
static uint32_t zipf(struct rng *rng, uint32_t count)
{
	double u = rng_unit(rng);

	return (uint32_t)(count * u * u * u);
}

/* A pronounceable word that belongs to number. */
static size_t word(char *out, uint32_t number)
{
	static const char *const syllables[] = {
		"la", "no", "mi", "ra", "to", "ve",  "su",  "ki",
		"de", "lo", "ar", "en", "wo", "sha", "bel", "ö"};
	size_t used = 0;

	do {
		used += (size_t)sprintf(out + used, "%s",
					syllables[number % 16]);
		number /= 16;
	} while (number);
	return used;
}

static void words(char *out, struct rng *rng, int count)
{
	size_t used = 0;

	for (int i = 0; i < count; i++) {
		if (i)
			out[used++] = ' ';
		used += word(out + used, zipf(rng, 30000));
	}
}

static float wobble(struct rng *rng, double middle, double width)
{
	double x = middle + width * (rng_unit(rng) + rng_unit(rng) +
				     rng_unit(rng) - 1.5);

	return (float)(x < -1 ? -1 : x > 1 ? 1 : x);
}

static enum status invent(struct catalog *catalog, struct rng *rng, int number,
			  uint32_t artists, struct fault *fault)
{
	uint32_t artist = zipf(rng, artists), genre = zipf(rng, GENRES);
	double middle_v = (genre * 7 % GENRES) / (GENRES / 1.6) - 0.8;
	double middle_a = (genre * 11 % GENRES) / (GENRES / 1.6) - 0.8;
	uint32_t kind = rng_below(rng, 15);
	char name[96], title[128], style[32], uri[64];
	struct rng own;

	rng_init(&own, artist);
	words(name, &own, 1 + (int)rng_below(&own, 3));
	sprintf(name + strlen(name), " %x", artist);
	words(title, rng, 1 + (int)rng_below(rng, 4));
	sprintf(title + strlen(title), " %x", (unsigned)number);
	word(style, 1000 + genre);
	snprintf(uri, sizeof(uri), "/music/%d.opus", number);
	return catalog_add(
		catalog,
		&(struct track_facts){
			.artist = name,
			.title = title,
			.uri = uri,
			.genre = style,
			.length_s = 200,
			.source = "import",
			.fetched_at = NOW,
			.has_mood = kind >= 3,
			/* from the genre alone, or from tags */
			.valence = kind < 8 ? (float)middle_v
					    : wobble(rng, middle_v, 0.5),
			.arousal = kind < 8 ? (float)middle_a
					    : wobble(rng, middle_a, 0.5),
			.confidence = kind < 8 ? 0.3f : 0.7f,
			.provenance = kind < 8 ? "genre" : "tags",
		},
		NULL, fault);
}

static enum status live(struct catalog *catalog, struct rng *rng, int tracks,
			struct fault *fault)
{
	enum status status = catalog_begin(catalog, fault);

	for (int i = 0; !status && i < EVENTS; i++)
		status = catalog_note(
			catalog, 1 + rng_below(rng, (uint32_t)tracks),
			(enum catalog_event)rng_below(rng, 4),
			(int)rng_below(rng, EMOTION_COUNT), rng_below(rng, 200),
			NOW - rng_below(rng, 90 * 86400));
	return status ? status : catalog_commit(catalog, fault);
}

static enum status make(const char *path, int tracks, struct fault *fault)
{
	struct catalog *catalog = NULL;
	struct rng rng;
	int64_t started = clock_monotonic_ns();
	enum status status = catalog_open(&catalog, path, CATALOG_WRITE, fault);

	rng_init(&rng, 1);
	for (int i = 0; !status && i < tracks; i++) {
		if (i % BATCH == 0)
			status = catalog_begin(catalog, fault);
		if (!status)
			status = invent(catalog, &rng, i,
					(uint32_t)(tracks / 12 + 1), fault);
		if (!status && (i % BATCH == BATCH - 1 || i == tracks - 1))
			status = catalog_commit(catalog, fault);
	}
	if (!status)
		status = live(catalog, &rng, tracks, fault);
	catalog_close(catalog);
	if (!status)
		printf("made      %d tracks in %.1f s\n", tracks,
		       (double)(clock_monotonic_ns() - started) / 1e9);
	return status;
}

/* ---- measuring -------------------------------------------------------- */

/* Of the clock on the wall, and of the processor: they differ where the
 * machine has other work. */
static int64_t took[ROUNDS], worked[ROUNDS];

struct watch {
	int64_t wall, cpu;
};

static int64_t cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * CLOCK_NS_PER_S + t.tv_nsec;
}

static struct watch begin(void)
{
	return (struct watch){clock_monotonic_ns(), cpu_ns()};
}

static void end(struct watch watch, int round)
{
	took[round] = clock_monotonic_ns() - watch.wall;
	worked[round] = cpu_ns() - watch.cpu;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void tell(const char *what)
{
	qsort(took, ROUNDS, sizeof(*took), by_size);
	qsort(worked, ROUNDS, sizeof(*worked), by_size);
	printf("%-22s p50 %8.3f ms  p99 %8.3f ms  (cpu %8.3f, %8.3f ms)\n",
	       what, (double)took[ROUNDS / 2] / 1e6,
	       (double)took[ROUNDS * 99 / 100] / 1e6,
	       (double)worked[ROUNDS / 2] / 1e6,
	       (double)worked[ROUNDS * 99 / 100] / 1e6);
}

static enum status measure_open(const char *path, struct fault *fault)
{
	enum status status = STATUS_OK;

	for (int i = 0; !status && i < ROUNDS; i++) {
		struct catalog *catalog = NULL;
		struct watch watch = begin();

		status = catalog_open(&catalog, path, CATALOG_WRITE, fault);
		end(watch, i);
		catalog_close(catalog);
	}
	tell("open");
	return status;
}

static enum status measure_picks(struct catalog *catalog, enum policy policy)
{
	struct picker *picker = NULL;
	enum status status = picker_new(&picker, catalog, 1);
	char what[32];

	for (int i = 0; !status && i < ROUNDS; i++) {
		struct mood mood = {.emotion = (enum emotion)(i % 7)};
		struct track track;
		struct watch watch;

		emotion_position(mood.emotion, &mood.valence, &mood.arousal);
		watch = begin();
		status = picker_next(picker, &mood, policy, NOW, &track);
		end(watch, i);
	}
	picker_free(picker);
	snprintf(what, sizeof(what), "pick %s", policy_name(policy));
	tell(what);
	return status;
}

/* By query's length: one letter matches nearly all, a word hardly any. */
static enum status measure_search(struct catalog *catalog, size_t length,
				  int count)
{
	static struct track found[200];
	struct rng rng;
	enum status status = STATUS_OK;
	char what[32];

	rng_init(&rng, length);
	for (int i = 0; !status && i < ROUNDS; i++) {
		char query[256] = "";
		int n;
		struct watch watch;

		words(query, &rng, count);
		if (strlen(query) > length && (query[length] & 0xc0) != 0x80)
			query[length] = '\0';
		watch = begin();
		status = catalog_search(catalog, query, found, 200, &n);
		end(watch, i);
	}
	snprintf(what, sizeof(what), "search %d word%s, %zu", count,
		 count > 1 ? "s" : "", length);
	tell(what);
	return status;
}

int main(int argc, char **argv)
{
	struct catalog *catalog = NULL;
	struct fault fault = {0};
	enum status status = STATUS_OK;
	int tracks = argc == 3 ? atoi(argv[2]) : 0;

	if (tracks <= 0) {
		fputs("usage: mien-catalog FILE TRACKS\n", stderr);
		return EX_USAGE;
	}
	if (access(argv[1], F_OK))
		status = make(argv[1], tracks, &fault);
	if (!status)
		status = measure_open(argv[1], &fault);
	if (!status)
		status = catalog_open(&catalog, argv[1], CATALOG_WRITE, &fault);
	if (status)
		return complain(&fault);
	for (int p = 0; !status && p <= POLICY_SURPRISE; p++)
		status = measure_picks(catalog, (enum policy)p);
	for (size_t length = 1; !status && length <= 6; length++)
		status = measure_search(catalog, length, 1);
	if (!status)
		status = measure_search(catalog, 200, 1);
	if (!status)
		status = measure_search(catalog, 200, 3);
	catalog_close(catalog);
	if (status) {
		fprintf(stderr, "mien-catalog: %s\n", status_text(status));
		return EX_SOFTWARE;
	}
	return EX_OK;
}
