/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * list: what the catalog knows of its tracks beyond struct track: addresses,
 * tags, and who said what of the mood. For mien-etl; the picker needs none of
 * it.
 */
#ifndef MIEN_CATALOG_LIST_H
#define MIEN_CATALOG_LIST_H

#include "catalog/catalog.h"

/* The track of this artist and title, by text_key; STATUS_NOT_FOUND. */
enum status catalog_find(struct catalog *catalog, const char *artist,
			 const char *title, int64_t *id);

/* The texts below live for the call, and are clean (text_clean) whoever wrote
 * them. false ends the list. */
typedef bool list_source_fn(int64_t track, const char *source, const char *uri,
			    void *user);
typedef bool list_tag_fn(const char *tag, double weight, void *user);

struct list_mood {
	const char *provenance;
	enum mood_axes axes;
	double valence, arousal, confidence;
	double valence_share, arousal_share; /* of the blend, each sums to 1 */
};

typedef bool list_mood_fn(const struct list_mood *mood, void *user);

/*
 * Addresses of a track, or of all with id 0: a track's local ones first, then
 * by address, so that the order tells nothing of when they came.
 */
enum status catalog_sources(struct catalog *catalog, int64_t id,
			    list_source_fn *each, void *user);

/* A track's tags, the heaviest first, equal ones by name. */
enum status catalog_tags(struct catalog *catalog, int64_t id, list_tag_fn *each,
			 void *user);

/* What was said of a track's mood, by provenance. */
enum status catalog_moods(struct catalog *catalog, int64_t id,
			  list_mood_fn *each, void *user);

#endif
