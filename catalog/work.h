/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * work: what mien-etl has to ask, what came of it, and what it gathered of
 * each song on the way, in the catalog's file, so that a refresh goes on where
 * it was cut off. No secret and no lyrics ever stand here.
 */
#ifndef MIEN_CATALOG_WORK_H
#define MIEN_CATALOG_WORK_H

#include "catalog/catalog.h"

#include <stdbool.h>

enum task_state {
	TASK_PENDING,
	TASK_RUNNING,
	TASK_DONE,
	TASK_MISSING, /* the service answered that there is none */
	TASK_BLOCKED, /* the service would not answer us */
	TASK_FAILED,  /* an answer that is none, or too many failures */
	TASK_DEAD,    /* failed again and again */
	TASK_STATES
};

/* One call to make. stage and lane are numbers of etl/'s. */
struct task {
	int64_t id, draft; /* draft 0: of none */
	int stage, attempts, failures;
	char key[1024]; /* what it is about; unique in its stage */
	int64_t rank;   /* smaller is asked first */
};

/* Tasks that a program that was killed left running are pending again. */
enum status work_recover(struct catalog *catalog);

/* Enters a task; one that is known keeps its state. */
enum status work_add(struct catalog *catalog, int stage, int lane,
		     const char *key, int64_t draft, int64_t rank);

/* One that was answered is pending again; *open: it is to be asked, or under
 * way. */
enum status work_again(struct catalog *catalog, int stage, const char *key,
		       bool *open);
/* Takes a task back that is pending. */
enum status work_drop(struct catalog *catalog, int stage, const char *key);

/* only: a stage, or -1 for all. */
enum status work_next(struct catalog *catalog, int lane, int only, double now,
		      struct task *task); /* STATUS_NOT_FOUND: none now */
/* When the lane's next task may be asked; STATUS_NOT_FOUND: it has none. */
enum status work_when(struct catalog *catalog, int lane, int only,
		      double *when);

/* Calls each for the lane's pending tasks. */
enum status work_pending(struct catalog *catalog, int lane,
			 bool (*each)(int stage, int64_t rank, void *user),
			 void *user);

/* Writes state, counts, time and error (NULL: none) of a task. */
enum status work_settle(struct catalog *catalog, const struct task *task,
			enum task_state state, double not_before, double now,
			const char *error);

/* Answered before the given time, give or take a fifth: pending again. */
enum status work_expire(struct catalog *catalog, int stage, double now,
			double age, bool exactly);
/* Blocked ones and failed ones (from before the time) are pending again, dead
 * ones only where asked for; *count how many. */
enum status work_retry(struct catalog *catalog, double before, bool dead,
		       int64_t *count);

typedef bool work_count_fn(int stage, int state, int64_t count, void *user);
enum status work_counts(struct catalog *catalog, work_count_fn *each,
			void *user);
typedef bool work_error_fn(int stage, int state, const char *error,
			   int64_t count, void *user);
/* The newest kinds of errors, at most max. */
enum status work_errors(struct catalog *catalog, int max, work_error_fn *each,
			void *user);

/* ---- quotas ---------------------------------------------------------------
 */

/* What of the day's quota is used; another day starts from 0. */
enum status work_used(struct catalog *catalog, const char *name,
		      const char *day, int64_t *used);
enum status work_use(struct catalog *catalog, const char *name, const char *day,
		     int64_t count);
/* Until when (seconds since the epoch) a lane is not to be asked; 0: it may. */
enum status work_stopped(struct catalog *catalog, const char *name,
			 int64_t *until);
enum status work_stop(struct catalog *catalog, const char *name, int64_t until);

/* ---- answers --------------------------------------------------------------
 */

/* An answer as it came. */
struct work_answer {
	char *body; /* malloc'd by work_recall, the caller's; a NUL behind */
	size_t length;
	char type[96];
	int status;
	int64_t at, until;            /* it came then, and is good until then */
	char etag[128], modified[64]; /* to ask whether it still is, or "" */
};

enum status work_recall(struct catalog *catalog, const char *source,
			const char *target, struct work_answer *out);
enum status work_keep(struct catalog *catalog, const char *source,
		      const char *target, const struct work_answer *answer);
/* Drops what is over and cannot be asked for again, then the oldest until at
 * most so many bytes stay, with
 * WORK_ANSWER_BYTES for each; *left of them. */
#define WORK_ANSWER_BYTES 100
enum status work_trim(struct catalog *catalog, int64_t now, int64_t bytes,
		      int64_t *left);

/* ---- drafts ---------------------------------------------------------------
 */

struct draft {
	int64_t id, rank;
	char artist[128], title[160]; /* title "": the artist itself */
	bool complete;                /* nothing more is to be asked of it */
};

/* The draft of these names, made where it is new; *id. */
enum status work_draft(struct catalog *catalog, const char *artist,
		       const char *title, int64_t rank, int64_t *id);
enum status work_draft_get(struct catalog *catalog, int64_t id,
			   struct draft *out);

/* A fact of a draft. out "" where it is not known. */
enum status work_put(struct catalog *catalog, int64_t draft, const char *name,
		     const char *value);
enum status work_get(struct catalog *catalog, int64_t draft, const char *name,
		     char *out, size_t size);

/*
 * The drafts with news behind after (an id and rank of 0 at first), by rank.
 * complete tells whether tasks of it, or tags of its artist, are yet to come;
 * the stage is that of tags. STATUS_NOT_FOUND: no more.
 */
enum status work_draft_next(struct catalog *catalog, int tags_stage,
			    int64_t after_rank, int64_t after_id,
			    struct draft *out);
/* Its news are in the catalog. */
enum status work_draft_done(struct catalog *catalog, int64_t id);
/* Drafts of songs, and those among them with a fact. */
enum status work_draft_count(struct catalog *catalog, const char *fact,
			     int64_t *count);
/* The songs of the draft's artist, by rank; at most max. */
enum status work_songs(struct catalog *catalog, int64_t draft, int64_t *ids,
		       int max, int *count);
/* Calls each for all songs of the draft's artist but it, with one fact. */
enum status work_of_artist(struct catalog *catalog, int64_t draft,
			   const char *name,
			   bool (*each)(const char *value, void *user),
			   void *user);

/*
 * A recording (MusicBrainz' id) has a tag: the songs that have it as the fact
 * "mbid" or "heard" have news. Calls each for the tags of a song's recording,
 * by name.
 */
enum status work_tag(struct catalog *catalog, const char *mbid,
		     const char *tag);
enum status work_tags(struct catalog *catalog, int64_t draft,
		      bool (*each)(const char *tag, void *user), void *user);

/* Up to max drafts whose fact was put before the given time, or never, among
 * those that have the other fact; the values of that other fact. */
enum status
work_stale(struct catalog *catalog, const char *fact, int64_t before,
	   bool (*each)(int64_t draft, const char *value, void *user),
	   void *user);

/* Drafts that have this video (their fact of that name); at most max. */
enum status work_of_video(struct catalog *catalog, const char *id, int64_t *ids,
			  int max, int *count);

/* The other addresses that a source gave for a track go. */
enum status work_only_source(struct catalog *catalog, int64_t track,
			     const char *source, const char *uri);

#endif
