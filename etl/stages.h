/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stages: each stage's two halves, for the table in stage.c, and what several
 * of them use. */
#ifndef MIEN_ETL_STAGES_H
#define MIEN_ETL_STAGES_H

#include "etl/stage.h"

#define ARTISTS_PAGE 100

/* Order of what is asked: the chart's artists, the country's, each tag's, then
 * the similar ones; a track's is its artist's times RANK_TRACKS and its place.
 * Free music is behind them all. */
#define RANK_LIST     INT64_C(1000000)
#define RANK_SIMILAR  INT64_C(100000000)
#define RANK_TRACKS   INT64_C(1000)
#define RANK_STATIONS INT64_C(100000000000000)
#define RANK_FREE     INT64_C(200000000000000)
#define RANK_FILES    INT64_C(300000000000000)

/* Facts of drafts by name; "video" and others are named where they are put. */
#define FACT_TAGS "tags" /* lines of "weight TAB name", weight 0..100 */

#define STAGE_HALVES(name)                                             \
	bool name##_ask(struct etl *etl, const struct task *task,      \
			struct source_request *request);               \
	enum source_outcome name##_take(                               \
		struct etl *etl, const struct task *task,              \
		const struct http_answer *answer, struct facts *facts, \
		enum status *status)

STAGE_HALVES(artists);
STAGE_HALVES(similar);
STAGE_HALVES(tracks);
STAGE_HALVES(tags);
STAGE_HALVES(artist_tags);
STAGE_HALVES(songs);
STAGE_HALVES(media);
STAGE_HALVES(lyrics);
STAGE_HALVES(pages);
STAGE_HALVES(recordings);
STAGE_HALVES(links);
STAGE_HALVES(details);
STAGE_HALVES(videos);
STAGE_HALVES(verify);
STAGE_HALVES(channels);
STAGE_HALVES(uploads);
STAGE_HALVES(lengths);
STAGE_HALVES(popular);
STAGE_HALVES(tagged);
STAGE_HALVES(stations);
STAGE_HALVES(free);
STAGE_HALVES(items);
STAGE_HALVES(files);

enum status tags_without(struct etl *etl, const struct task *task);
enum status songs_without(struct etl *etl, const struct task *task);
enum status media_without(struct etl *etl, const struct task *task);
enum status lyrics_without(struct etl *etl, const struct task *task);
enum status recordings_without(struct etl *etl, const struct task *task);
enum status channels_without(struct etl *etl, const struct task *task);
enum status uploads_without(struct etl *etl, const struct task *task);
enum status lengths_without(struct etl *etl, const struct task *task);

/* The task's draft; false: it cannot be had. */
bool stages_draft(struct etl *etl, const struct task *task,
		  struct draft *draft);
/* Enters a call of the stage for a draft, where its service is on; its key is
 * the draft's number, and the rest behind it. */
enum status stages_add(struct etl *etl, enum stage_id stage, int64_t draft,
		       int64_t rank);
enum status stages_add_key(struct etl *etl, enum stage_id stage, int64_t draft,
			   const char *rest, int64_t rank);
/* One that was answered is asked again, or taken from the cache; whether it is
 * to be asked, or under way. */
enum status stages_again(struct etl *etl, enum stage_id stage, int64_t draft,
			 const char *rest, bool *open);
/* "" is not put. */
enum status stages_put(struct etl *etl, int64_t draft, const char *name,
		       const char *value);
bool stages_has(struct etl *etl, int64_t draft, const char *name);

/* The artist's uploads are to be listed. */
enum status uploads_begin(struct etl *etl, int64_t artist, const char *channel,
			  int64_t rank);
/* Settles songs of an artist, and asks for those lengths of their candidates
 * (FACT_LISTED, FACT_SEARCHED) that are not known, fifty a call. */
enum status uploads_lengths(struct etl *etl, int64_t artist, int64_t rank,
			    const int64_t *songs, int count, const char *name);

/* A track is known by name: everything that is asked of it begins. */
enum status stages_begin_track(struct etl *etl, int64_t draft, int64_t rank);

#endif
