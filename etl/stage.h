/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stage: the kinds of calls that a refresh makes, what each asks and what
 * follows from its answer. Knows the catalog and the adapters; neither the
 * network nor the clock's ways.
 */
#ifndef MIEN_ETL_STAGE_H
#define MIEN_ETL_STAGE_H

#include "base/config.h"
#include "catalog/work.h"
#include "etl/source.h"

/* Whom a call is asked of: the services, and YouTube's search by itself, for
 * it has a bucket and a quota of its own. The numbers stand in catalogs. */
enum { LANE_SEARCH = SOURCE_COUNT, LANE_COUNT };

/* These numbers stand in catalogs: new ones go to the end. */
enum stage_id {
	STAGE_ARTISTS,
	STAGE_SIMILAR,
	STAGE_TRACKS,
	STAGE_TAGS,
	STAGE_ARTIST_TAGS,
	STAGE_SONGS,  /* Genius: which song it is */
	STAGE_MEDIA,  /* Genius: what it knows of it */
	STAGE_LYRICS, /* LRCLIB */
	STAGE_PAGES,  /* Genius' page, where LRCLIB has none */
	STAGE_RECORDINGS,
	STAGE_LINKS,
	STAGE_DETAILS,
	STAGE_VIDEOS,   /* YouTube's search */
	STAGE_VERIFY,   /* are the videos still there */
	STAGE_STATIONS, /* Radio Browser */
	STAGE_FREE,     /* Jamendo */
	STAGE_ITEMS,    /* Internet Archive */
	STAGE_FILES,
	STAGE_CHANNELS, /* MusicBrainz: where an artist puts videos up */
	STAGE_UPLOADS,  /* YouTube: which those are */
	STAGE_LENGTHS,  /* and how long */
	STAGE_POPULAR,  /* ListenBrainz: what is heard most of an artist */
	STAGE_TAGGED,   /* and under a tag */
	STAGE_COUNT
};

struct language; /* etl/language.h */

/* What stages work with. */
struct etl {
	struct catalog *catalog;
	const struct config *config;
	struct language *language; /* NULL: none is recognised */
	bool on[SOURCE_COUNT];     /* enabled, and has the key that it needs */
};

struct stage {
	const char *name;  /* for --only and status */
	const char *words; /* for people */
	enum source_id source;
	int lane;
	double age_s; /* an answer is good for so long */
	bool keep;    /* whether the answer may stand in the cache */
	bool (*ask)(struct etl *etl, const struct task *task,
		    struct source_request *request);
	/* reads the answer and writes what it says, in the open transaction;
	 * *status is the catalog's word */
	enum source_outcome (*take)(struct etl *etl, const struct task *task,
				    const struct http_answer *answer,
				    struct facts *facts, enum status *status);
	/* the task ended without an answer that helps; may be NULL */
	enum status (*without)(struct etl *etl, const struct task *task);
};

const struct stage *stage_list(void); /* STAGE_COUNT */
int stage_find(const char *name);     /* -1: none */

/* Enters the calls that a refresh begins with. */
enum status stage_seed(struct etl *etl);

/* Enters calls for videos that were last seen before the given time. */
enum status stage_verify(struct etl *etl, int64_t before);

/* The tags whose music is asked for: the person's, or a few moods. Fills out
 * with pointers into text (of 1024 bytes); returns how many. */
#define STAGE_TAGS_MAX 64
int stage_tags(const struct config *config, char *text, const char **out);

#endif
