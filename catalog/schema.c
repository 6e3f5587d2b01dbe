/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * schema: the steps from an empty file to today's tables. A step that was
 * released is never edited: a change is a new step at the end.
 */
#include "catalog/schema.h"

#include <stdio.h>

static const char *const steps[] = {
	/* 1: who and what, where it was found, and what was done with it */
	"CREATE TABLE artist ("
	"	id INTEGER PRIMARY KEY,"
	"	key TEXT NOT NULL UNIQUE," /* text_key of the name */
	"	name TEXT NOT NULL"
	") STRICT;"
	"CREATE TABLE genre ("
	"	id INTEGER PRIMARY KEY,"
	"	name TEXT NOT NULL UNIQUE COLLATE NOCASE"
	") STRICT;"
	"CREATE TABLE track ("
	"	id INTEGER PRIMARY KEY,"
	"	artist INTEGER NOT NULL REFERENCES artist,"
	"	key TEXT NOT NULL," /* text_key of the title */
	"	title TEXT NOT NULL,"
	"	album TEXT NOT NULL DEFAULT '',"
	"	genre INTEGER REFERENCES genre,"
	"	artwork TEXT NOT NULL DEFAULT '',"
	"	length_s REAL NOT NULL DEFAULT 0,"
	"	lyric INTEGER NOT NULL DEFAULT 0," /* enum lyric_label */
	/* of all rows of mood_fact; NULL: nobody knows */
	"	valence REAL CHECK (valence BETWEEN -1 AND 1),"
	"	arousal REAL CHECK (arousal BETWEEN -1 AND 1),"
	"	confidence REAL NOT NULL DEFAULT 0,"
	/* of all rows of event */
	"	liked INTEGER NOT NULL DEFAULT 0,"
	"	banned INTEGER NOT NULL DEFAULT 0,"
	"	plays INTEGER NOT NULL DEFAULT 0,"
	"	skips INTEGER NOT NULL DEFAULT 0,"
	"	heard_at INTEGER NOT NULL DEFAULT 0," /* played or skipped */
	"	failures INTEGER NOT NULL DEFAULT 0," /* since it played */
	"	failed_at INTEGER NOT NULL DEFAULT 0,"
	"	added_at INTEGER NOT NULL,"
	"	UNIQUE (artist, key),"
	"	CHECK ((valence IS NULL) = (arousal IS NULL))"
	") STRICT;"
	"CREATE TABLE source ("
	"	id INTEGER PRIMARY KEY,"
	"	track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,"
	"	source TEXT NOT NULL," /* who told: starter, import, lastfm */
	"	uri TEXT NOT NULL,"
	"	remote INTEGER NOT NULL," /* 0: a file here */
	"	licence TEXT NOT NULL DEFAULT '',"
	"	fetched_at INTEGER NOT NULL,"
	"	UNIQUE (source, uri)"
	") STRICT;"
	"CREATE INDEX source_track ON source"
	"	(track, remote, fetched_at DESC, id DESC, uri);"
	"CREATE TABLE tag ("
	"	id INTEGER PRIMARY KEY,"
	"	name TEXT NOT NULL UNIQUE COLLATE NOCASE"
	") STRICT;"
	"CREATE TABLE track_tag ("
	"	track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,"
	"	tag INTEGER NOT NULL REFERENCES tag,"
	"	weight REAL NOT NULL," /* 0..1 */
	"	PRIMARY KEY (track, tag)"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX track_tag_tag ON track_tag (tag, weight);"
	"CREATE TABLE mood_fact ("
	"	track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,"
	"	provenance TEXT NOT NULL," /* tags, lyrics, genre, composer */
	"	valence REAL NOT NULL CHECK (valence BETWEEN -1 AND 1),"
	"	arousal REAL NOT NULL CHECK (arousal BETWEEN -1 AND 1),"
	"	confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),"
	"	fetched_at INTEGER NOT NULL,"
	"	PRIMARY KEY (track, provenance)"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE event ("
	"	id INTEGER PRIMARY KEY,"
	"	track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,"
	"	kind INTEGER NOT NULL,"    /* enum catalog_event */
	"	emotion INTEGER NOT NULL," /* enum emotion */
	"	heard_s REAL NOT NULL,"
	"	at INTEGER NOT NULL"
	") STRICT;"
	"CREATE INDEX event_track ON event (track);"
	"CREATE INDEX event_kind ON event (kind, at);"
	/* Counting a million rows takes longer than a pick may. */
	"CREATE TABLE tally ("
	"	id INTEGER PRIMARY KEY CHECK (id = 1),"
	"	tracks INTEGER NOT NULL,"
	"	artists INTEGER NOT NULL"
	") STRICT;"
	"INSERT INTO tally VALUES (1, 0, 0);"
	"CREATE TRIGGER track_in AFTER INSERT ON track BEGIN"
	"	UPDATE tally SET tracks = tracks + 1;"
	" END;"
	"CREATE TRIGGER track_out AFTER DELETE ON track BEGIN"
	"	UPDATE tally SET tracks = tracks - 1;"
	" END;"
	"CREATE TRIGGER artist_in AFTER INSERT ON artist BEGIN"
	"	UPDATE tally SET artists = artists + 1;"
	" END;"
	"CREATE TRIGGER artist_out AFTER DELETE ON artist BEGIN"
	"	UPDATE tally SET artists = artists - 1;"
	" END;",

	/* 2: what the picker and the search walk on */
	"CREATE TABLE taste ("
	"	track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,"
	"	emotion INTEGER NOT NULL,"
	"	value REAL NOT NULL," /* as it was at that time; it decays */
	"	at INTEGER NOT NULL,"
	"	PRIMARY KEY (track, emotion)"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE artist_taste ("
	"	artist INTEGER NOT NULL REFERENCES artist ON DELETE CASCADE,"
	"	emotion INTEGER NOT NULL,"
	"	value REAL NOT NULL,"
	"	at INTEGER NOT NULL,"
	"	PRIMARY KEY (artist, emotion)"
	") STRICT, WITHOUT ROWID;"
	/* The place on the plane as a square of grid.h's, one more where it is
	 * unknown, none for the banned; and an order inside the square that
	 * means nothing, to draw lots in (Knuth's multiplicative hash). */
	"ALTER TABLE track ADD COLUMN cell INTEGER AS (CASE"
	"	WHEN banned THEN NULL"
	"	WHEN valence IS NULL THEN 100"
	"	ELSE min(9, CAST((valence + 1) * 5 AS INTEGER)) * 10"
	"		+ min(9, CAST((arousal + 1) * 5 AS INTEGER)) END);"
	"ALTER TABLE track ADD COLUMN lot INTEGER"
	"	AS ((id * 2654435761) & 4294967295);"
	"CREATE INDEX track_lot ON track (cell, lot);"
	"CREATE INDEX track_known ON track (cell, lot)"
	"	WHERE liked = 1 OR plays > 0;"
	"CREATE INDEX track_title ON track (key);"
	/* An apostrophe parts a word for the tokenizer, and people leave it
	 * out (dont stop): such names are there a second time without. */
	"CREATE VIEW track_text AS SELECT t.id AS id,"
	"	a.name || iif(instr(a.name, '''') OR instr(a.name, char(8217)),"
	"		' ' || replace(replace(a.name, '''', ''), char(8217), "
	"''),"
	"		'') AS artist,"
	"	t.title || iif(instr(t.title, '''') OR"
	"		instr(t.title, char(8217)), ' ' ||"
	"		replace(replace(t.title, '''', ''), char(8217), ''),"
	"		'') AS title,"
	"	t.album AS album, coalesce(g.name, '') AS genre"
	"	FROM track t JOIN artist a ON a.id = t.artist"
	"	LEFT JOIN genre g ON g.id = t.genre;"
	"CREATE VIRTUAL TABLE track_words USING fts5 (artist, title, album,"
	"	genre, content = track_text, content_rowid = id,"
	"	tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');"
	"INSERT INTO track_words (track_words) VALUES ('rebuild');"
	"CREATE TRIGGER words_in AFTER INSERT ON track BEGIN"
	"	INSERT INTO track_words (rowid, artist, title, album, genre)"
	"		SELECT * FROM track_text WHERE id = new.id;"
	" END;"
	"CREATE TRIGGER words_before BEFORE UPDATE OF"
	"	artist, title, album, genre ON track BEGIN"
	"	INSERT INTO track_words"
	"		(track_words, rowid, artist, title, album, genre)"
	"		SELECT 'delete', * FROM track_text WHERE id = old.id;"
	" END;"
	"CREATE TRIGGER words_after AFTER UPDATE OF"
	"	artist, title, album, genre ON track BEGIN"
	"	INSERT INTO track_words (rowid, artist, title, album, genre)"
	"		SELECT * FROM track_text WHERE id = new.id;"
	" END;"
	"CREATE TRIGGER words_out BEFORE DELETE ON track BEGIN"
	"	INSERT INTO track_words"
	"		(track_words, rowid, artist, title, album, genre)"
	"		SELECT 'delete', * FROM track_text WHERE id = old.id;"
	" END;",

	/* 3: what lyrics and sound tell. Of lyrics there are numbers only. */
	"ALTER TABLE track ADD COLUMN language TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE mood_fact ADD COLUMN axes INTEGER NOT NULL DEFAULT 0;"
	"CREATE TABLE lyric ("
	"	track INTEGER PRIMARY KEY REFERENCES track ON DELETE CASCADE,"
	"	mean REAL NOT NULL,"     /* of the lines' compounds */
	"	positive REAL NOT NULL," /* shares of the lines */
	"	negative REAL NOT NULL,"
	"	volatility REAL NOT NULL,"
	"	lines INTEGER NOT NULL," /* that were scored */
	"	hash TEXT NOT NULL,"     /* SHA-256 of the text, hexadecimal */
	"	page TEXT NOT NULL,"     /* where it can be read */
	"	fetched_at INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE sound ("
	"	path TEXT PRIMARY KEY," /* as in source.uri */
	"	size INTEGER NOT NULL,"
	"	changed_ns INTEGER NOT NULL," /* the file's mtime */
	"	tempo REAL NOT NULL," /* all 0: it could not be measured */
	"	onsets REAL NOT NULL,"
	"	loudness REAL NOT NULL,"
	"	brightness REAL NOT NULL"
	") STRICT, WITHOUT ROWID;",

	/* 4: what mien-etl has to ask, what came, and songs on their way */
	"CREATE TABLE task ("
	"	id INTEGER PRIMARY KEY,"
	"	stage INTEGER NOT NULL,"
	"	lane INTEGER NOT NULL," /* whom it is asked of */
	"	key TEXT NOT NULL,"
	"	draft INTEGER,"
	"	rank INTEGER NOT NULL,"
	"	state INTEGER NOT NULL DEFAULT 0," /* enum task_state */
	"	attempts INTEGER NOT NULL DEFAULT 0,"
	"	failures INTEGER NOT NULL DEFAULT 0,"
	"	not_before REAL NOT NULL DEFAULT 0,"
	"	at INTEGER NOT NULL DEFAULT 0," /* of the last answer */
	"	error TEXT NOT NULL DEFAULT '',"
	"	UNIQUE (stage, key)"
	") STRICT;"
	"CREATE INDEX task_lane ON task (lane, rank, id, not_before)"
	"	WHERE state = 0;"
	"CREATE INDEX task_wait ON task (lane, not_before) WHERE state = 0;"
	"CREATE INDEX task_draft ON task (draft, state);"
	"CREATE INDEX task_state ON task (stage, state);"
	"CREATE TABLE draft ("
	"	id INTEGER PRIMARY KEY,"
	"	artist_key TEXT NOT NULL,"
	"	title_key TEXT NOT NULL,"
	"	artist TEXT NOT NULL,"
	"	title TEXT NOT NULL,"
	"	rank INTEGER NOT NULL,"
	"	news INTEGER NOT NULL DEFAULT 1,"
	"	UNIQUE (artist_key, title_key)"
	") STRICT;"
	"CREATE INDEX draft_news ON draft (rank, id) WHERE news = 1;"
	"CREATE TABLE draft_fact ("
	"	draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,"
	"	name TEXT NOT NULL,"
	"	value TEXT NOT NULL,"
	"	at INTEGER NOT NULL,"
	"	PRIMARY KEY (draft, name)"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE quota ("
	"	name TEXT PRIMARY KEY,"
	"	day TEXT NOT NULL DEFAULT ''," /* the service's own */
	"	used INTEGER NOT NULL DEFAULT 0,"
	"	until INTEGER NOT NULL DEFAULT 0"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE answer ("
	"	id INTEGER PRIMARY KEY,"
	"	source TEXT NOT NULL,"
	"	target TEXT NOT NULL," /* without secrets */
	"	type TEXT NOT NULL,"
	"	status INTEGER NOT NULL,"
	"	at INTEGER NOT NULL,"
	"	until INTEGER NOT NULL,"
	"	body BLOB NOT NULL,"
	"	UNIQUE (source, target)"
	") STRICT;",

	/* 5: of several addresses a search is the last: source.remote is 2 */
	"UPDATE source SET remote = 2 WHERE uri LIKE 'ytdl:%';",

	/* 6: what an expired answer is asked again by, and which song has a
	 * video */
	"ALTER TABLE answer ADD COLUMN etag TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE answer ADD COLUMN modified TEXT NOT NULL DEFAULT '';"
	"CREATE INDEX fact_video ON draft_fact (value) WHERE name = 'video';",

	/* 7: where music was imported from; a file elsewhere is not played.
	 * Of what is there already, each file's own folder. */
	"CREATE TABLE folder (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
	"INSERT OR IGNORE INTO folder"
	"	SELECT rtrim(uri, replace(uri, '/', '')) FROM source"
	"	WHERE uri LIKE '/%';",

	/* 8: tags of recordings, whichever song they are */
	"CREATE TABLE recording_tag ("
	"	mbid TEXT NOT NULL,"
	"	tag TEXT NOT NULL,"
	"	PRIMARY KEY (mbid, tag)"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX draft_fact_mbid ON draft_fact (value)"
	"	WHERE name IN ('mbid', 'heard');",

	/* 9: all that a draw asks of a song, so that those of a square are on
	 * a few pages, and not each on another */
	"DROP INDEX track_lot;"
	"CREATE INDEX track_lot ON track (cell, lot, artist, genre, valence,"
	"	arousal, confidence, liked, heard_at, failures, failed_at);"
	"DROP INDEX track_known;"
	"CREATE INDEX track_known ON track (cell, lot, artist, genre, valence,"
	"	arousal, confidence, liked, heard_at, failures, failed_at,"
	"	plays) WHERE liked = 1 OR plays > 0;",
};

int schema_current(void)
{
	return (int)(sizeof(steps) / sizeof(*steps));
}

/* An integer that one unprepared statement gives; in out only if it works. */
/* In one statement, and so of one moment: another program may make the catalog
 * meanwhile. */
static enum status look(struct catalog *catalog, int *version, int *application,
			int *objects, struct fault *fault)
{
	static const char sql[] =
		"SELECT user_version, application_id,"
		" (SELECT count(*) FROM sqlite_schema)"
		" FROM pragma_user_version, pragma_application_id";
	sqlite3_stmt *stmt = NULL;
	enum status status = STATUS_OK;

	if (sqlite3_prepare_v2(catalog->db, sql, -1, &stmt, NULL) ||
	    sqlite3_step(stmt) != SQLITE_ROW) {
		status = store_fault(catalog, fault, "reading the catalog");
	} else {
		*version = sqlite3_column_int(stmt, 0);
		*application = sqlite3_column_int(stmt, 1);
		*objects = sqlite3_column_int(stmt, 2);
	}
	sqlite3_finalize(stmt);
	return status;
}

static enum status examine(struct catalog *catalog, int *version,
			   struct fault *fault)
{
	const char *file = sqlite3_db_filename(catalog->db, "main");
	int application = 0, objects = 0;
	enum status status;

	*version = 0;
	status = look(catalog, version, &application, &objects, fault);
	if (status)
		return status;
	if (objects && application != SCHEMA_APPLICATION) {
		fault_set(fault, STATUS_BAD_DATA, file,
			  "this is the database of another program");
		fault_hint(fault, "name a catalog of mien's");
		return STATUS_BAD_DATA;
	}
	if (*version > schema_current()) {
		fault_set(fault, STATUS_UNSUPPORTED, file,
			  "the catalog has version %d, this program knows "
			  "versions up to %d",
			  *version, schema_current());
		fault_hint(fault, "use the newer mien that wrote it");
		return STATUS_UNSUPPORTED;
	}
	return STATUS_OK;
}

/* Inside a transaction: another process may have gone ahead of us. */
static enum status take_step(struct catalog *catalog, struct fault *fault)
{
	char mark[96];
	int version;
	enum status status = examine(catalog, &version, fault);

	if (status || version == schema_current())
		return status;
	snprintf(mark, sizeof(mark),
		 "PRAGMA application_id = %d; PRAGMA user_version = %d",
		 SCHEMA_APPLICATION, version + 1);
	if (sqlite3_exec(catalog->db, steps[version], NULL, NULL, NULL) ||
	    sqlite3_exec(catalog->db, mark, NULL, NULL, NULL)) {
		char doing[64];

		snprintf(doing, sizeof(doing),
			 "bringing the catalog to version %d", version + 1);
		return store_fault(catalog, fault, doing);
	}
	return STATUS_OK;
}

static enum status migrate(struct catalog *catalog, int version,
			   struct fault *fault)
{
	enum status status = STATUS_OK;

	for (; !status && version < schema_current(); version++) {
		status = catalog_begin(catalog, fault);
		if (status)
			break;
		status = take_step(catalog, fault);
		if (status)
			catalog_rollback(catalog);
		else
			status = catalog_commit(catalog, fault);
	}
	return status;
}

enum status schema_prepare(struct catalog *catalog, bool may_change,
			   struct fault *fault)
{
	int version = 0;
	enum status status = examine(catalog, &version, fault);

	if (status || version == schema_current())
		return status;
	if (may_change)
		return migrate(catalog, version, fault);
	status = version ? STATUS_UNSUPPORTED : STATUS_NOT_FOUND;
	fault_set(fault, status, sqlite3_db_filename(catalog->db, "main"),
		  version ? "the catalog is of an older version"
			  : "the catalog is empty");
	fault_hint(fault, version ? "start mien or mien-etl once, which brings "
				    "it up to date"
				  : "mien-etl starter fills it");
	return status;
}
