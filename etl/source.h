/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * source: the services that the catalog is built from: what is asked of them,
 * and what their answers say, as plain values. Adapters (lastfm.c, genius.c
 * ...) are pure: they know neither the network, nor the keys, nor the catalog.
 */
#ifndef MIEN_ETL_SOURCE_H
#define MIEN_ETL_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

enum source_id {
	SOURCE_LASTFM,
	SOURCE_GENIUS,
	SOURCE_GENIUS_PAGES,
	SOURCE_LRCLIB,
	SOURCE_YOUTUBE,
	SOURCE_MUSICBRAINZ,
	SOURCE_LISTENBRAINZ,
	SOURCE_DEEZER,
	SOURCE_ARCHIVE,
	SOURCE_JAMENDO,
	SOURCE_RADIOBROWSER,
	SOURCE_COUNT
};

/* ---- what is asked ------------------------------------------------------ */

enum source_accept { ACCEPT_JSON, ACCEPT_HTML };

/*
 * A GET request. target is what comes behind the source's base_url: path and
 * query, percent-encoded, WITHOUT any secret: it is the key of the cache. The
 * engine adds the secret as source_list() says.
 */
struct source_request {
	enum source_id source;
	enum source_accept accept;
	char target[2048]; /* "?method=chart.gettopartists&limit=50&..." */
};

/* ---- what came ---------------------------------------------------------- */

/* An answer received in full. body has length bytes and a NUL behind them;
 * the bytes may be anything. */
struct http_answer {
	int status;            /* HTTP's */
	char content_type[96]; /* "" for none */
	double retry_after_s;  /* 0: not told */
	char etag[128];        /* ETag and Last-Modified, "" for none: by */
	char modified[64];     /* these it may be asked for again */
	char *body;
	size_t length;
};

enum source_outcome {
	SOURCE_OK,      /* facts are filled */
	SOURCE_MISSING, /* the service answered: there is no such thing */
	SOURCE_RETRY,   /* temporary; facts->wait_s at least, 0: as usual */
	SOURCE_BLOCKED, /* a challenge or a ban: the source stops for now */
	SOURCE_FATAL,   /* key refused or the like: the source stops */
	SOURCE_QUOTA,   /* used up: until the service's next day */
	SOURCE_BAD      /* not what it should be: this one task failed */
};

/* All text in the facts is clean (text_clean), "" and 0 are unknown. */
struct fact_artist {
	char name[128];
};

struct fact_tag {
	char name[64];
	double weight; /* 0..1 */
};

/* A song, a piece of free music, or a station (artist: its country or
 * network where there is one, else "Radio"; title: its name). */
struct fact_track {
	char id[80]; /* the service's own, "" for none */
	char artist[128], title[160], album[128];
	char uri[1024]; /* plays as it is; "" where it must be found */
	char page[512]; /* for people */
	char artwork[512], licence[96];
	char tags[512];  /* joined by "; " */
	char genre[64];  /* what the service itself calls the genre */
	double length_s; /* 0: unknown, or endless */
	double energy;   /* -1..1, where has_energy (Jamendo's speed) */
	bool has_energy;
	double listeners; /* how many know it, 0: not told */
};

/* Genius' song. */
struct fact_song {
	char id[32], path[256], page[512], artwork[512], album[128];
	char language[8]; /* as the service says, "" for none */
	char video[16];   /* YouTube's id out of media[], "" for none */
	bool instrumental, lyrics_complete;
};

struct fact_video {
	char id[16], title[160];
	char channel[128], channel_id[32]; /* who put it up; "UC..." */
	double length_s;
	bool playable; /* public and embeddable, as far as is told */
};

/* Text stays in memory, and is wiped by facts_done. */
struct fact_lyrics {
	char *text; /* malloc'd UTF-8, lines by \n; NULL: none */
	bool instrumental;
	char page[512];
};

#define FACTS_MAX 1000 /* of each kind; what is over it is left out */

/* What one answer says. Zeroed by the caller; emptied by facts_done. */
struct facts {
	struct fact_artist *artists;
	struct fact_tag *tags;
	struct fact_track *tracks;
	struct fact_video *videos;
	int artist_count, tag_count, track_count, video_count;
	struct fact_song song;
	struct fact_lyrics lyrics;
	char id[80];        /* the one thing that was looked for (an mbid) */
	char artist_id[80]; /* and whose it is */
	double length_s;    /* of the song, where the answer tells it */
	double wait_s;      /* with SOURCE_RETRY, SOURCE_BLOCKED */
	char error[160];    /* why, in words, for all but SOURCE_OK */
};

void facts_done(struct facts *facts);

/* A zeroed new entry at the end; NULL: FACTS_MAX, or no memory. */
struct fact_artist *facts_artist(struct facts *facts);
struct fact_tag *facts_tag(struct facts *facts);
struct fact_track *facts_track(struct facts *facts);
struct fact_video *facts_video(struct facts *facts);

/* ---- the list of services ----------------------------------------------- */

enum source_secret { SECRET_NONE, SECRET_QUERY, SECRET_HEADER };

struct source {
	const char *name;       /* "lastfm", as in etl.sources.NAME */
	const char *title;      /* "Last.fm" */
	const char *base_url;   /* the documented one; blanks part mirrors */
	const char *secret_env; /* "LASTFM_API_KEY"; NULL: wants none */
	enum source_secret secret;
	const char *secret_name;   /* the query's name, or the header's */
	const char *secret_prefix; /* "Bearer ", or "" */
	bool secret_needed;        /* does nothing without */
	const char *secret_page;   /* where to get one */
	double rate;               /* requests a second */
	int burst, parallel;
	int breaker; /* opens after so many failures in a row */
};

/* SOURCE_COUNT entries in the order of enum source_id. Static. */
const struct source *source_list(void);

/* ---- adapters ------------------------------------------------------------ */

/*
 * ask_: fills the request; false where the words do not fit, or there are
 * none. read_: judges status, type and body first (an error in a body with
 * status 200 too), then fills facts, which come zeroed. A read that is not
 * SOURCE_OK says why in facts->error.
 */

/* kind: "chart", "country" (name: ISO 3166-1's), "tag". page from 1. */
bool lastfm_ask_artists(struct source_request *request, const char *kind,
			const char *name, int limit, int page);
enum source_outcome lastfm_read_artists(const struct http_answer *answer,
					struct facts *facts);
/* The next three: Last.fm sometimes answers about someone else. An answer that
 * names another artist than this one (NULL: unchecked) is RETRY. */
bool lastfm_ask_similar(struct source_request *request, const char *artist,
			int limit);
enum source_outcome lastfm_read_similar(const struct http_answer *answer,
					const char *artist,
					struct facts *facts);
bool lastfm_ask_tracks(struct source_request *request, const char *artist,
		       int limit);
enum source_outcome lastfm_read_tracks(const struct http_answer *answer,
				       const char *artist, struct facts *facts);
/* title NULL: the artist's tags. */
bool lastfm_ask_tags(struct source_request *request, const char *artist,
		     const char *title);
enum source_outcome lastfm_read_tags(const struct http_answer *answer,
				     const char *artist, struct facts *facts);

/* Fills facts->song of the hit that is this song; MISSING without one. */
bool genius_ask_search(struct source_request *request, const char *artist,
		       const char *title);
enum source_outcome genius_read_search(const struct http_answer *answer,
				       const char *artist, const char *title,
				       struct facts *facts);
/* Fills facts->song, media too. */
bool genius_ask_song(struct source_request *request, const char *id);
enum source_outcome genius_read_song(const struct http_answer *answer,
				     struct facts *facts);
/* facts->lyrics; path is the song's. */
bool genius_ask_page(struct source_request *request, const char *path);
enum source_outcome genius_read_page(const struct http_answer *answer,
				     struct facts *facts);

/* facts->lyrics and length_s, of the entry that fits names and length best. */
bool lrclib_ask_lyrics(struct source_request *request, const char *artist,
		       const char *title);
enum source_outcome lrclib_read_lyrics(const struct http_answer *answer,
				       const char *artist, const char *title,
				       double length_s, struct facts *facts);

/* facts->videos; best first for search. At most 50 ids. */
bool youtube_ask_search(struct source_request *request, const char *artist,
			const char *title);
enum source_outcome youtube_read_search(const struct http_answer *answer,
					const char *artist, const char *title,
					struct facts *facts);
bool youtube_ask_videos(struct source_request *request, const char *const *ids,
			int count);
enum source_outcome youtube_read_videos(const struct http_answer *answer,
					struct facts *facts);
/* channel: "@handle" or "user/name"; facts->id is its id. */
bool youtube_ask_channel(struct source_request *request, const char *channel);
enum source_outcome youtube_read_channel(const struct http_answer *answer,
					 struct facts *facts);
/* The titles that a channel ("UC...") put up; facts->id: the next page. */
bool youtube_ask_uploads(struct source_request *request, const char *channel,
			 const char *page);
enum source_outcome youtube_read_uploads(const struct http_answer *answer,
					 struct facts *facts);

/* facts->id: the recording's mbid, artist_id its artist's; length_s;
 * facts->tags its genres and tags. */
bool musicbrainz_ask_recording(struct source_request *request,
			       const char *artist, const char *title);
enum source_outcome musicbrainz_read_recording(const struct http_answer *answer,
					       const char *artist,
					       const char *title,
					       struct facts *facts);
/* facts->song.video from url-rels, facts->tags. MISSING: neither. */
bool musicbrainz_ask_links(struct source_request *request, const char *mbid);
enum source_outcome musicbrainz_read_links(const struct http_answer *answer,
					   struct facts *facts);

/* facts->id: the artist's channel, as video_channel gives it. */
bool musicbrainz_ask_artist(struct source_request *request, const char *mbid);
enum source_outcome musicbrainz_read_artist(const struct http_answer *answer,
					    struct facts *facts);

/* facts->tracks[0]: this song, with length, album and artwork; no uri. */
bool deezer_ask_track(struct source_request *request, const char *artist,
		      const char *title);
enum source_outcome deezer_read_track(const struct http_answer *answer,
				      const char *artist, const char *title,
				      struct facts *facts);

/* facts->tracks: id is the recording's mbid; of an artist with names, album
 * and length, most listened to first. */
bool listenbrainz_ask_artist(struct source_request *request, const char *mbid);
bool listenbrainz_ask_tag(struct source_request *request, const char *tag,
			  int count);
enum source_outcome listenbrainz_read(const struct http_answer *answer,
				      struct facts *facts);

/* facts->tracks: free music that plays (uri), of a mood or genre tag. */
bool jamendo_ask_tracks(struct source_request *request, const char *tag,
			int limit);
enum source_outcome jamendo_read_tracks(const struct http_answer *answer,
					struct facts *facts);
bool radiobrowser_ask_stations(struct source_request *request, const char *tag,
			       int limit);
enum source_outcome radiobrowser_read_stations(const struct http_answer *answer,
					       struct facts *facts);
/* facts->tracks: items (id, artist, title), whose files archive_ask_item
 * lists (facts->tracks with uri). */
bool archive_ask_items(struct source_request *request, const char *tag,
		       int limit);
enum source_outcome archive_read_items(const struct http_answer *answer,
				       struct facts *facts);
bool archive_ask_item(struct source_request *request, const char *id);
enum source_outcome archive_read_item(const struct http_answer *answer,
				      const char *id, struct facts *facts);

#endif
