/* SPDX-License-Identifier: GPL-3.0-or-later */
/* invent: names, moods and a history, all from a seed. */
#include "bench/invent.h"

#include "base/rng.h"
#include "catalog/catalog.h"
#include "model/emotion.h"

#include <stdio.h>
#include <string.h>

#define BATCH  2000
#define EVENTS 5000
#define GENRES 24

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

void invent_words(char *out, struct rng *rng, int count)
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
	invent_words(name, &own, 1 + (int)rng_below(&own, 3));
	sprintf(name + strlen(name), " %x", artist);
	invent_words(title, rng, 1 + (int)rng_below(rng, 4));
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
			.fetched_at = INVENT_NOW,
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
			INVENT_NOW - rng_below(rng, 90 * 86400));
	return status ? status : catalog_commit(catalog, fault);
}

enum status invent_catalog(const char *path, int tracks, struct fault *fault)
{
	struct catalog *catalog = NULL;
	struct rng rng;
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
	return status;
}
