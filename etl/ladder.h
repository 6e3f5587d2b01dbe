/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ladder: how a song gets its video: Genius' media, MusicBrainz' links, the
 * artist's uploads, YouTube's search; where all of them know nothing, the
 * player searches (index.c). What was listed or searched is taken only where
 * it is as long as the song. It ends the same in whatever order answers come.
 */
#ifndef MIEN_ETL_LADDER_H
#define MIEN_ETL_LADDER_H

#include "etl/candidates.h"
#include "etl/stage.h"

/* The surest first: what a lower one found does not replace it. */
enum rung { RUNG_MEDIA = 1, RUNG_LINKS, RUNG_UPLOADS, RUNG_SEARCH, RUNG_GONE };

/* Facts of songs: candidates of either rung, and that the ladder came to the
 * uploads. Of artists: the mbid, and the channel ("-": nobody knows one). */
#define FACT_LISTED   "listed"
#define FACT_SEARCHED "searched"
#define FACT_REACHED  "reached"
#define FACT_MBID     "mbid"
#define FACT_HEARD    "heard" /* the song's mbid, as ListenBrainz has it */
#define FACT_CHANNEL  "channel"

/* Who tells a song's length, the surest first, as facts are called. */
#define LADDER_LENGTHS                                   \
	"length", "deezer_length", "musicbrainz_length", \
		"listenbrainz_length", "lrclib_length"

/* A rung's word, and the next rung behind one that has none. */
enum status ladder_put(struct etl *etl, int64_t draft, const char *id,
		       enum rung rung);
enum status ladder_seek(struct etl *etl, const struct task *task);
/* The rungs behind MusicBrainz' links. */
enum status ladder_climb(struct etl *etl, int64_t song, int64_t rank);

/* One of LADDER_LENGTHS, of the task's draft: its video may be another then. */
enum status ladder_length(struct etl *etl, const struct task *task,
			  const char *name, double length_s);

/* The draft of a song's artist. */
enum status ladder_artist(struct etl *etl, int64_t song, int64_t *artist);

/* All the songs of a draft's artist, by rank. */
#define LADDER_SONGS 1000
struct ladder_songs {
	int64_t ids[LADDER_SONGS];
	struct draft draft; /* room for one */
	int count;
};
enum status ladder_songs(struct etl *etl, int64_t artist,
			 struct ladder_songs *songs);

/* name: FACT_LISTED, FACT_SEARCHED. */
void ladder_get(struct etl *etl, int64_t song, const char *name,
		struct candidates *out);
enum status ladder_keep(struct etl *etl, int64_t song, const char *name,
			struct candidates *candidates);

/* What YouTube says of the videos in the task's key, to a song's candidates:
 * what it leaves out is gone. */
enum status ladder_tell(struct etl *etl, const struct task *task,
			const struct facts *facts, int64_t song);

/* More is known of songs: their videos are chosen anew, or sought further. */
enum status ladder_settle_song(struct etl *etl, int64_t song, int64_t rank);
enum status ladder_settle(struct etl *etl, int64_t artist);
/* The song's video is gone. */
enum status ladder_drop(struct etl *etl, int64_t song);

/* The order of searches: first songs of all artists, then second ones. */
int64_t ladder_search_rank(int64_t rank);

#endif
