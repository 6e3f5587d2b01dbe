/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * catalog: the tracks, their moods and what was done with them, in one SQLite
 * file. A handle belongs to one thread; several processes may share the file
 * (WAL).
 */
#ifndef MIEN_CATALOG_CATALOG_H
#define MIEN_CATALOG_CATALOG_H

#include "base/status.h"
#include "catalog/track.h"

#include <stddef.h>

struct catalog;

enum catalog_mode {
	CATALOG_READ,  /* the file must exist */
	CATALOG_WRITE, /* made and migrated as needed, folders too */
	CATALOG_MEMORY /* path is ignored */
};

/*
 * STATUS_NOT_FOUND: no file (CATALOG_READ); STATUS_BAD_DATA: no database, a
 * damaged one, or another program's; STATUS_DENIED: may not be written to
 * (CATALOG_WRITE); STATUS_UNSUPPORTED: of a newer program, or of an older one
 * (CATALOG_READ). Writes nothing when the file is current.
 */
enum status catalog_open(struct catalog **out, const char *path,
			 enum catalog_mode mode, struct fault *fault);
void catalog_close(struct catalog *catalog); /* NULL is allowed */

/*
 * How long a writer waits for another before STATUS_BUSY. Ten seconds, from
 * catalog_open on; a loop that people look at sets less.
 */
void catalog_patience(struct catalog *catalog, int ms);

/* Which of the two numbers of a mood its teller knows. */
enum mood_axes { MOOD_BOTH, MOOD_VALENCE, MOOD_AROUSAL };

/*
 * One word on a track's mood. The provenances with a weight of their own are
 * user, import, composer, tags, audio features, audio, lyrics and genre
 * (blend.c).
 */
struct mood_fact {
	const char *provenance; /* required */
	enum mood_axes axes;    /* the other number is ignored */
	float valence, arousal, confidence;
};

/* What is kept of lyrics; never a word of them. */
struct lyric_facts {
	double mean;               /* of the lines' compounds, -1..1 */
	double positive, negative; /* shares of the lines, 0..1 */
	double volatility;         /* standard deviation of the lines */
	int lines;                 /* that were scored */
	const char *hash;          /* of the text, SHA-256 in hexadecimal */
	const char *page;          /* where it can be read; NULL: unknown */
};

/* What of a track is known to the one who adds it. Texts may be dirty. */
struct track_facts {
	const char *artist, *title, *uri;    /* required, not empty */
	const char *album, *genre, *artwork; /* NULL: unknown */
	const char *const *tags;             /* NULL-terminated, or NULL */
	const float *tag_weights; /* 0..1, as many as tags; NULL: all 1 */
	double length_s;          /* 0: unknown */
	const char *source;       /* required: "starter", "import", "lastfm" */
	const char *licence;      /* NULL: unknown */
	bool has_mood;            /* valence and arousal are given */
	float valence, arousal, confidence;
	const char *provenance; /* of the mood: tags, lyrics, genre, composer,
				 * user; required with has_mood */
	enum lyric_label lyric;
	const char *language; /* of the lyrics, ISO 639; NULL: unknown */
	const struct lyric_facts *lyrics; /* NULL: unknown */
	int64_t fetched_at;               /* seconds since the epoch; 0: now */
};

/*
 * Adds a track, or to one that is known by artist and title (compared by
 * text_key), or by (source, uri), which then follows its new name. Adding the
 * same again changes nothing but the time. What is unknown here is kept from
 * before; every provenance keeps its own word on the mood, and the track
 * carries all of them blended (blend.h). A path that is not clean text is kept
 * as a "file://" URL with percent signs. *id (may be NULL) is the row. One
 * transaction, or a part of the one that catalog_begin opened; on failure
 * nothing of this track is kept.
 */
enum status catalog_add(struct catalog *catalog,
			const struct track_facts *facts, int64_t *id,
			struct fault *fault);

/*
 * Adds one word on the mood of a track that is there, or replaces the one of
 * the same provenance, and blends anew. STATUS_NOT_FOUND: no such track.
 */
enum status catalog_tell(struct catalog *catalog, int64_t id,
			 const struct mood_fact *fact, struct fault *fault);

/*
 * Many changes as one, written at once. Keep it short: others wait meanwhile
 * (a second at most, then they get STATUS_BUSY).
 */
enum status catalog_begin(struct catalog *catalog, struct fault *fault);
enum status catalog_commit(struct catalog *catalog, struct fault *fault);
void catalog_rollback(struct catalog *catalog);

/* Reads the whole file: STATUS_BAD_DATA, with what is wrong, when damaged. */
enum status catalog_check(struct catalog *catalog, struct fault *fault);

enum status catalog_count(struct catalog *catalog, int64_t *tracks);

/* Whether a track has an address on the web; searches are none. */
enum status catalog_has_web(struct catalog *catalog, bool *web);
enum status catalog_get(struct catalog *catalog, int64_t id, struct track *out);

/* Whether an address may be played. */
typedef bool catalog_may_play_fn(const char *uri, void *user);

/*
 * Writes to out (NULL: nowhere) the first of a track's addresses that may be
 * played (may_play NULL: any); files are before the web, searches the last, of
 * each kind the newest first. STATUS_NOT_FOUND: none may, and out is as it was.
 */
enum status catalog_address(struct catalog *catalog, int64_t id,
			    catalog_may_play_fn *may_play, void *user,
			    char *out, size_t size);

/*
 * Tracks whose artist, title, album or genre has every word of query (as
 * prefixes), best first, at most max; *count how many. "" lists all by artist.
 */
enum status catalog_search(struct catalog *catalog, const char *query,
			   struct track *out, int max, int *count);

/*
 * Calls each for every track, by artist and title, until it says false. each
 * may read and note with the same handle.
 */
enum status catalog_each(struct catalog *catalog,
			 bool (*each)(const struct track *track, void *user),
			 void *user);

/* What happened to a track; at: seconds since the epoch. */
enum catalog_event {
	CATALOG_PLAYED,  /* to its end, or nearly */
	CATALOG_SKIPPED, /* by hand; the part heard is in heard_s */
	CATALOG_FAILED,  /* would not play */
	CATALOG_LIKED,
	CATALOG_UNLIKED,
	CATALOG_BANNED
};

/*
 * emotion: the mood in force, enum emotion's value. A skip before 30 s counts
 * against the track, and a little against its artist, in that emotion only,
 * half as much after a fortnight. A ban holds until the track is liked; a
 * track that failed is left out for a day, longer each time.
 * STATUS_NOT_FOUND: no such track.
 */
enum status catalog_note(struct catalog *catalog, int64_t id,
			 enum catalog_event event, int emotion, double heard_s,
			 int64_t at);

/*
 * A track that is searched for whenever it plays (ytdl:) was found at this
 * address: it plays from there from now on, until that fails. Nothing changes
 * for a track that has an address. STATUS_BAD_ARGUMENT: it is no web address.
 */
enum status catalog_found(struct catalog *catalog, int64_t id, const char *uri,
			  int64_t at);

/* Plays and skips since at, for the dashboard. */
enum status catalog_history(struct catalog *catalog, int64_t since, int *played,
			    int *skipped);

#endif
