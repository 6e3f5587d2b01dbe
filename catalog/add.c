/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * add: what a source knows of a track, cleaned and merged into what is known.
 * The one place where text from outside enters the catalog.
 */
#include "catalog/store.h"

#include "base/clock.h"
#include "base/text.h"
#include "catalog/blend.h"
#include "catalog/uri.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define KEY_SIZE 256

/* Facts as they are stored: clean, bounded, keyed. */
struct entry {
	char artist[sizeof(((struct track *)0)->artist)];
	char title[sizeof(((struct track *)0)->title)];
	char album[sizeof(((struct track *)0)->album)];
	char genre[sizeof(((struct track *)0)->genre)];
	char uri[sizeof(((struct track *)0)->uri)];
	char artwork[sizeof(((struct track *)0)->artwork)];
	char artist_key[KEY_SIZE], title_key[KEY_SIZE];
	char source[48], licence[96], provenance[48];
	char language[sizeof(((struct track *)0)->language)];
	char page[sizeof(((struct track *)0)->uri)], hash[65];
	int remote; /* 0: a file here; 1: an address; 2: to be searched for */
	int64_t at;
};

/* Clean, and without spaces at either end. NULL gives "". */
static void tidy(char *dst, size_t size, const char *src)
{
	char *end;

	dst[0] = '\0';
	if (!src)
		return;
	text_clean(dst, size, src + strspn(src, " \t\r\n"));
	end = dst + strlen(dst);
	while (end > dst && end[-1] == ' ')
		*--end = '\0';
}

/*
 * An address must stay what it is, byte by byte. Where it is not clean text,
 * its odd bytes go as percent signs (RFC 3986). false: too long.
 */
static bool keep_address(char *dst, size_t size, const char *uri)
{
	size_t used = 0;

	if (uri[0] == '/')
		return !uri_from_path(uri, dst, size);
	if (strlen(uri) >= size)
		return false;
	text_clean(dst, size, uri);
	if (!strcmp(dst, uri))
		return true;
	for (; *uri; uri++) {
		unsigned char c = (unsigned char)*uri;
		bool plain = c > ' ' && c < 0x7f;

		if (used + 4 > size)
			return false;
		used += (size_t)snprintf(dst + used, size - used,
					 plain ? "%c" : "%%%02X", c);
	}
	return true;
}

static bool is_position(float valence, float arousal, float confidence)
{
	return fabsf(valence) <= 1 && fabsf(arousal) <= 1 && confidence >= 0 &&
	       confidence <= 1;
}

static enum status clean_entry(const struct track_facts *facts,
			       struct entry *entry, struct fault *fault)
{
	const char *wrong = NULL;

	tidy(entry->artist, sizeof(entry->artist), facts->artist);
	tidy(entry->title, sizeof(entry->title), facts->title);
	tidy(entry->album, sizeof(entry->album), facts->album);
	tidy(entry->genre, sizeof(entry->genre), facts->genre);
	tidy(entry->source, sizeof(entry->source), facts->source);
	tidy(entry->licence, sizeof(entry->licence), facts->licence);
	tidy(entry->provenance, sizeof(entry->provenance), facts->provenance);
	text_key(entry->artist_key, sizeof(entry->artist_key), entry->artist);
	text_key(entry->title_key, sizeof(entry->title_key), entry->title);
	if (!entry->artist[0] || !entry->artist_key[0])
		wrong = "the track has no artist";
	else if (!entry->title[0] || !entry->title_key[0])
		wrong = "the track has no title";
	else if (!facts->uri || !facts->uri[0])
		wrong = "the track has no file or address";
	else if (!keep_address(entry->uri, sizeof(entry->uri), facts->uri))
		wrong = "the track's address is too long";
	else if (!entry->source[0])
		wrong = "the track comes from no source";
	else if (facts->has_mood && !entry->provenance[0])
		wrong = "the track's mood has no provenance";
	else if (facts->has_mood && !is_position(facts->valence, facts->arousal,
						 facts->confidence))
		wrong = "the track's mood is outside -1..1";
	if (wrong)
		return fault_set(fault, STATUS_BAD_ARGUMENT, entry->title, "%s",
				 wrong);
	/* A picture is dispensable. */
	if (!facts->artwork ||
	    !keep_address(entry->artwork, sizeof(entry->artwork),
			  facts->artwork))
		entry->artwork[0] = '\0';
	entry->remote = !strncmp(entry->uri, "ytdl:", 5)
				? 2
				: entry->uri[0] != '/' &&
					  strncmp(entry->uri, "file:", 5) != 0;
	tidy(entry->language, sizeof(entry->language), facts->language);
	if (facts->lyrics)
		tidy(entry->hash, sizeof(entry->hash), facts->lyrics->hash);
	if (!facts->lyrics || !facts->lyrics->page ||
	    !keep_address(entry->page, sizeof(entry->page),
			  facts->lyrics->page))
		entry->page[0] = '\0';
	entry->at = facts->fetched_at ? facts->fetched_at : clock_wall_s();
	return STATUS_OK;
}

static enum status find_artist(struct catalog *catalog,
			       const struct entry *entry, int64_t *id)
{
	enum status status =
		STORE_INTEGER(catalog, "SELECT id FROM artist WHERE key = ?",
			      id, TEXT(entry->artist_key));

	if (status != STATUS_NOT_FOUND)
		return status;
	status = STORE_RUN(catalog,
			   "INSERT INTO artist (key, name) VALUES (?, ?)",
			   TEXT(entry->artist_key), TEXT(entry->artist));
	*id = sqlite3_last_insert_rowid(catalog->db);
	return status;
}

/* The row of a name in genre or tag, made where it is missing. */
static enum status find_name(struct catalog *catalog, const char *find,
			     const char *make, const char *name, int64_t *id)
{
	enum status status = STORE_INTEGER(catalog, find, id, TEXT(name));

	if (status != STATUS_NOT_FOUND)
		return status;
	status = STORE_RUN(catalog, make, TEXT(name));
	*id = sqlite3_last_insert_rowid(catalog->db);
	return status;
}

static enum status drop_lonely_artists(struct catalog *catalog, int64_t artist)
{
	return STORE_RUN(catalog,
			 "DELETE FROM artist WHERE id = ?1 AND NOT EXISTS"
			 " (SELECT 1 FROM track WHERE artist = ?1)",
			 INT(artist));
}

/* What was told of and done with the track from is now the track into's. */
static enum status fold(struct catalog *catalog, int64_t from, int64_t into)
{
	static const char *const moves[] = {
		"UPDATE event SET track = ?2 WHERE track = ?1",
		"UPDATE OR IGNORE mood_fact SET track = ?2 WHERE track = ?1",
		"UPDATE OR IGNORE lyric SET track = ?2 WHERE track = ?1",
		"UPDATE OR IGNORE taste SET track = ?2 WHERE track = ?1",
		"UPDATE OR IGNORE track_tag SET track = ?2 WHERE track = ?1",
		"UPDATE track AS t SET plays = t.plays + o.plays,"
		" skips = t.skips + o.skips, liked = max(t.liked, o.liked),"
		" banned = max(t.banned, o.banned),"
		" heard_at = max(t.heard_at, o.heard_at)"
		" FROM track AS o WHERE o.id = ?1 AND t.id = ?2",
	};
	enum status status = STATUS_OK;
	int64_t artist = 0;

	for (size_t i = 0; !status && i < sizeof(moves) / sizeof(*moves); i++)
		status = STORE_RUN(catalog, moves[i], INT(from), INT(into));
	if (!status)
		status = STORE_INTEGER(
			catalog,
			"DELETE FROM track WHERE id = ? RETURNING artist",
			&artist, INT(from));
	return status ? status : drop_lonely_artists(catalog, artist);
}

static enum status sources_of(struct catalog *catalog, int64_t track,
			      int64_t *count)
{
	return STORE_INTEGER(catalog,
			     "SELECT count(*) FROM source WHERE track = ?",
			     count, INT(track));
}

/* The file's tags were put right: the track gets its new name. */
static enum status rename_track(struct catalog *catalog, int64_t track,
				const struct entry *entry, int64_t artist)
{
	int64_t before = 0;
	enum status status =
		STORE_INTEGER(catalog, "SELECT artist FROM track WHERE id = ?",
			      &before, INT(track));

	if (!status)
		status = STORE_RUN(catalog,
				   "UPDATE track SET artist = ?, key = ?,"
				   " title = ? WHERE id = ?",
				   INT(artist), TEXT(entry->title_key),
				   TEXT(entry->title), INT(track));
	return status ? status : drop_lonely_artists(catalog, before);
}

static enum status insert_track(struct catalog *catalog,
				const struct entry *entry, int64_t artist,
				int64_t *id)
{
	enum status status =
		STORE_RUN(catalog,
			  "INSERT INTO track (artist, key, title, added_at)"
			  " VALUES (?, ?, ?, ?)",
			  INT(artist), TEXT(entry->title_key),
			  TEXT(entry->title), INT(entry->at));

	*id = sqlite3_last_insert_rowid(catalog->db);
	return status;
}

/*
 * Which track this is. named: has this artist and title. told: has this
 * (source, uri). Both, one or neither may exist.
 */
static enum status find_track(struct catalog *catalog,
			      const struct entry *entry, int64_t artist,
			      int64_t *id, int64_t *left)
{
	int64_t named = 0, told = 0, sources = 0;
	enum status status = STORE_INTEGER(
		catalog, "SELECT id FROM track WHERE artist = ? AND key = ?",
		&named, INT(artist), TEXT(entry->title_key));

	if (!status || status == STATUS_NOT_FOUND)
		status = STORE_INTEGER(
			catalog,
			"SELECT track FROM source WHERE source = ? AND uri = ?",
			&told, TEXT(entry->source), TEXT(entry->uri));
	if (!status || status == STATUS_NOT_FOUND)
		status = sources_of(catalog, told, &sources);
	if (status)
		return status;
	*id = named;
	*left = 0;
	if (!named && told && sources == 1) {
		*id = told;
		return rename_track(catalog, told, entry, artist);
	}
	if (!named)
		status = insert_track(catalog, entry, artist, id);
	/* the last source of another track is about to leave it */
	if (told && told != *id && sources == 1)
		*left = told;
	return status;
}

static enum status put_source(struct catalog *catalog,
			      const struct entry *entry, int64_t track)
{
	return STORE_RUN(
		catalog,
		"INSERT INTO source"
		" (track, source, uri, remote, licence, fetched_at)"
		" VALUES (?, ?, ?, ?, ?, ?)"
		" ON CONFLICT (source, uri) DO UPDATE SET"
		" track = excluded.track, fetched_at = excluded.fetched_at,"
		" licence = iif(excluded.licence = '', licence,"
		"	excluded.licence)",
		INT(track), TEXT(entry->source), TEXT(entry->uri),
		INT(entry->remote), TEXT(entry->licence), INT(entry->at));
}

/* Unknown is NULL here; where nothing is new, nothing is written. */
static enum status put_details(struct catalog *catalog,
			       const struct track_facts *facts,
			       const struct entry *entry, int64_t track)
{
	int64_t genre = 0;
	enum status status = STATUS_OK;

	if (entry->genre[0])
		status = find_name(catalog,
				   "SELECT id FROM genre WHERE name = ?",
				   "INSERT INTO genre (name) VALUES (?)",
				   entry->genre, &genre);
	if (status)
		return status;
	return STORE_RUN(
		catalog,
		"UPDATE track SET album = coalesce(?1, album),"
		" genre = coalesce(?2, genre), artwork = coalesce(?3, artwork),"
		" length_s = coalesce(?4, length_s),"
		" lyric = coalesce(?5, lyric), language = coalesce(?7, "
		"language)"
		" WHERE id = ?6 AND (album <> coalesce(?1, album)"
		" OR genre IS NOT coalesce(?2, genre)"
		" OR artwork <> coalesce(?3, artwork)"
		" OR length_s <> coalesce(?4, length_s)"
		" OR lyric <> coalesce(?5, lyric)"
		" OR language <> coalesce(?7, language))",
		entry->album[0] ? TEXT(entry->album) : NONE,
		genre ? INT(genre) : NONE,
		entry->artwork[0] ? TEXT(entry->artwork) : NONE,
		facts->length_s > 0 ? REAL(facts->length_s) : NONE,
		facts->lyric ? INT(facts->lyric) : NONE, INT(track),
		entry->language[0] ? TEXT(entry->language) : NONE);
}

static enum status put_lyrics(struct catalog *catalog,
			      const struct lyric_facts *lyrics,
			      const struct entry *entry, int64_t track)
{
	return STORE_RUN(
		catalog,
		"INSERT INTO lyric VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
		" ON CONFLICT DO UPDATE SET mean = excluded.mean,"
		" positive = excluded.positive, negative = excluded.negative,"
		" volatility = excluded.volatility, lines = excluded.lines,"
		" hash = excluded.hash, page = excluded.page,"
		" fetched_at = excluded.fetched_at",
		INT(track), REAL(lyrics->mean), REAL(lyrics->positive),
		REAL(lyrics->negative), REAL(lyrics->volatility),
		INT(lyrics->lines), TEXT(entry->hash), TEXT(entry->page),
		INT(entry->at));
}

static enum status put_tags(struct catalog *catalog,
			    const struct track_facts *facts, int64_t track)
{
	enum status status = STATUS_OK;

	for (int i = 0; !status && facts->tags && facts->tags[i]; i++) {
		double weight =
			facts->tag_weights ? (double)facts->tag_weights[i] : 1;
		char name[64];
		int64_t tag;

		tidy(name, sizeof(name), facts->tags[i]);
		if (!name[0])
			continue;
		status = find_name(catalog, "SELECT id FROM tag WHERE name = ?",
				   "INSERT INTO tag (name) VALUES (?)", name,
				   &tag);
		if (!status)
			status = STORE_RUN(
				catalog,
				"INSERT INTO track_tag VALUES (?, ?, ?)"
				" ON CONFLICT DO UPDATE"
				" SET weight = excluded.weight"
				" WHERE weight <> excluded.weight",
				INT(track), INT(tag), REAL(weight));
	}
	return status;
}

static enum status put_mood(struct catalog *catalog,
			    const struct mood_fact *fact, int64_t at,
			    int64_t track)
{
	return STORE_RUN(
		catalog,
		"INSERT INTO mood_fact (track, provenance, valence, arousal,"
		" confidence, fetched_at, axes) VALUES (?, ?, ?, ?, ?, ?, ?)"
		" ON CONFLICT DO UPDATE SET"
		" valence = excluded.valence, arousal = excluded.arousal,"
		" confidence = excluded.confidence, axes = excluded.axes,"
		" fetched_at = excluded.fetched_at",
		INT(track), TEXT(fact->provenance),
		REAL(fact->axes == MOOD_AROUSAL ? 0 : (double)fact->valence),
		REAL(fact->axes == MOOD_VALENCE ? 0 : (double)fact->arousal),
		REAL((double)fact->confidence), INT(at), INT(fact->axes));
}

/* The track's own valence and arousal, of all that was told of them. */
static enum status blend_track(struct catalog *catalog, int64_t track)
{
	static const char facts[] =
		"SELECT provenance, valence, arousal,"
		" confidence, axes FROM mood_fact WHERE track = ?";
	static const char write[] =
		"UPDATE track SET valence = ?1, arousal = ?2, confidence = ?3"
		" WHERE id = ?4 AND (valence IS NOT ?1 OR arousal IS NOT ?2"
		" OR confidence IS NOT ?3)";
	sqlite3_stmt *stmt = STORE_USE(catalog, facts, INT(track));
	struct blend blend = {0};
	double valence, arousal, confidence;
	enum status status;

	while (!(status = store_step(catalog, stmt)))
		blend_add(&blend, (const char *)sqlite3_column_text(stmt, 0),
			  (enum mood_axes)sqlite3_column_int(stmt, 4),
			  sqlite3_column_double(stmt, 1),
			  sqlite3_column_double(stmt, 2),
			  sqlite3_column_double(stmt, 3));
	if (status != STATUS_END)
		return status;
	if (!blend_known(&blend))
		return STATUS_OK;
	blend_result(&blend, &valence, &arousal, &confidence);
	return STORE_RUN(catalog, write, REAL(valence), REAL(arousal),
			 REAL(confidence), INT(track));
}

static enum status put(struct catalog *catalog, const struct track_facts *facts,
		       const struct entry *entry, int64_t *id)
{
	const struct mood_fact fact = {.provenance = entry->provenance,
				       .valence = facts->valence,
				       .arousal = facts->arousal,
				       .confidence = facts->confidence};
	int64_t artist = 0, left = 0;
	enum status status = find_artist(catalog, entry, &artist);

	if (!status)
		status = find_track(catalog, entry, artist, id, &left);
	if (!status)
		status = put_source(catalog, entry, *id);
	if (!status && left)
		status = fold(catalog, left, *id);
	if (!status)
		status = put_details(catalog, facts, entry, *id);
	if (!status)
		status = put_tags(catalog, facts, *id);
	if (!status && facts->lyrics)
		status = put_lyrics(catalog, facts->lyrics, entry, *id);
	if (!status && facts->has_mood)
		status = put_mood(catalog, &fact, entry->at, *id);
	if (!status && (facts->has_mood || left))
		status = blend_track(catalog, *id);
	return status;
}

enum status catalog_add(struct catalog *catalog,
			const struct track_facts *facts, int64_t *id,
			struct fault *fault)
{
	struct entry entry;
	int64_t track = 0;
	bool own = false;
	enum status status = clean_entry(facts, &entry, fault);

	if (status)
		return status;
	status = store_enter(catalog, &own);
	if (!status)
		status = store_leave(catalog, own,
				     put(catalog, facts, &entry, &track));
	if (status)
		return fault_set(fault, status, entry.title,
				 "the catalog did not take the track: %s",
				 status_text(status));
	if (id)
		*id = track;
	return STATUS_OK;
}

static enum status tell(struct catalog *catalog, int64_t id,
			const struct mood_fact *fact)
{
	int64_t found;
	enum status status = STORE_INTEGER(
		catalog, "SELECT id FROM track WHERE id = ?", &found, INT(id));

	if (!status)
		status = put_mood(catalog, fact, clock_wall_s(), id);
	return status ? status : blend_track(catalog, id);
}

enum status catalog_tell(struct catalog *catalog, int64_t id,
			 const struct mood_fact *fact, struct fault *fault)
{
	char provenance[sizeof(((struct entry *)0)->provenance)];
	struct mood_fact clean = *fact;
	bool own = false;
	enum status status;

	tidy(provenance, sizeof(provenance), fact->provenance);
	clean.provenance = provenance;
	if (!provenance[0] ||
	    !is_position(fact->valence, fact->arousal, fact->confidence))
		return fault_set(fault, STATUS_BAD_ARGUMENT, provenance,
				 "the mood has no provenance or is outside "
				 "-1..1");
	status = store_enter(catalog, &own);
	if (!status)
		status = store_leave(catalog, own, tell(catalog, id, &clean));
	if (status)
		fault_set(fault, status, provenance,
			  "the catalog did not take the mood: %s",
			  status_text(status));
	return status;
}
