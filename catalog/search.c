/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * search: tracks by what a person types, while it is typed. Names that begin
 * with it come from the key indexes, so that they are found whatever else has
 * its words; the rest from the word index. What is looked at is bounded, so
 * that one letter answers as fast as a whole name.
 */
#include "catalog/read.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define MAX_WORDS     12
#define QUERY_SIZE    256
#define LEAST_LOOKED  200
#define KEY_BEGINNING 40

struct hit {
	int64_t id;
	int worth;
	char artist[KEY_BEGINNING], title[KEY_BEGINNING];
};

struct hits {
	struct hit *all;
	int count, room;
	int wanted;           /* no more are asked for */
	char key[QUERY_SIZE]; /* of the query */
};

static bool begins(const char *s, const char *with)
{
	return !strncmp(s, with, strlen(with));
}

/* id, artist's key, title's key, liked, plays */
#define HIT_COLUMNS "t.id, a.key, t.key, t.liked, min(t.plays, 9)"

static void take(struct hits *hits, sqlite3_stmt *stmt)
{
	struct hit *hit = &hits->all[hits->count];
	const char *artist = (const char *)sqlite3_column_text(stmt, 1);
	const char *title = (const char *)sqlite3_column_text(stmt, 2);

	*hit = (struct hit){.id = sqlite3_column_int64(stmt, 0)};
	for (int i = 0; i < hits->count; i++)
		if (hits->all[i].id == hit->id)
			return;
	hit->worth = sqlite3_column_int(stmt, 4) +
		     (sqlite3_column_int(stmt, 3) ? 10 : 0);
	if (!strcmp(artist, hits->key) || !strcmp(title, hits->key))
		hit->worth += 200;
	else if (begins(artist, hits->key) || begins(title, hits->key))
		hit->worth += 100;
	text_copy(hit->artist, sizeof(hit->artist), artist);
	text_copy(hit->title, sizeof(hit->title), title);
	hits->count++;
}

static enum status look(struct catalog *catalog, struct hits *hits,
			sqlite3_stmt *stmt)
{
	enum status status;

	while (!(status = store_step(catalog, stmt))) {
		take(hits, stmt);
		if (hits->count == hits->room) {
			sqlite3_reset(stmt);
			return STATUS_OK;
		}
	}
	return status == STATUS_END ? STATUS_OK : status;
}

/*
 * Every word quoted, so that nothing in it means anything to FTS5, and as a
 * prefix. "" where no word is left.
 */
static void make_match(char *match, size_t size, const char *query)
{
	size_t used = 0;
	int words = 0;

	match[0] = '\0';
	while (words < MAX_WORDS) {
		size_t length;

		query += strspn(query, " ");
		length = strcspn(query, " ");
		/* a quote may double it; quotes, star, space, NUL */
		if (!length || used + 2 * length + 5 > size)
			break;
		match[used++] = '"';
		for (; length; length--, query++) {
			if (*query == '"')
				match[used++] = '"';
			match[used++] = *query;
		}
		memcpy(match + used, "\"* ", 4);
		used += 3;
		words++;
	}
}

static enum status find(struct catalog *catalog, const char *query,
			struct hits *hits)
{
	static const char by_artist[] =
		"SELECT " HIT_COLUMNS " FROM artist a"
		" CROSS JOIN track t ON t.artist = a.id"
		" WHERE a.key >= ?1 AND a.key < ?1 || char(1114111)"
		" ORDER BY a.key LIMIT ?2";
	static const char by_title[] =
		"SELECT " HIT_COLUMNS " FROM track t"
		" CROSS JOIN artist a ON a.id = t.artist"
		" WHERE t.key >= ?1 AND t.key < ?1 || char(1114111)"
		" ORDER BY t.key LIMIT ?2";
	static const char by_words[] =
		"SELECT " HIT_COLUMNS " FROM (SELECT rowid AS id"
		"  FROM track_words WHERE track_words MATCH ?1 LIMIT ?2) w"
		" CROSS JOIN track t ON t.id = w.id"
		" CROSS JOIN artist a ON a.id = t.artist";
	char match[4 * QUERY_SIZE];
	int third = hits->room / 3;
	enum status status = STATUS_OK;

	make_match(match, sizeof(match), query);
	if (hits->key[0])
		status = look(catalog, hits,
			      STORE_USE(catalog, by_artist, TEXT(hits->key),
					INT(third)));
	if (!status && hits->key[0])
		status = look(catalog, hits,
			      STORE_USE(catalog, by_title, TEXT(hits->key),
					INT(third)));
	/* what only has its words somewhere comes after all that begins so */
	if (!status && match[0] && hits->count < hits->wanted)
		status = look(
			catalog, hits,
			STORE_USE(catalog, by_words, TEXT(match), INT(third)));
	return status;
}

static int better(const void *left, const void *right)
{
	const struct hit *a = left, *b = right;
	int order = b->worth - a->worth;

	if (!order)
		order = strcmp(a->artist, b->artist);
	if (!order)
		order = strcmp(a->title, b->title);
	return order ? order : (a->id > b->id) - (a->id < b->id);
}

static enum status list_all(struct catalog *catalog, struct track *out, int max,
			    int *count)
{
	static const char sql[] =
		"SELECT " READ_COLUMNS
		" FROM artist a CROSS JOIN track t ON t.artist = a.id"
		" LEFT JOIN genre g ON g.id = t.genre"
		" ORDER BY a.key, t.key LIMIT ?";
	sqlite3_stmt *stmt = STORE_USE(catalog, sql, INT(max));
	enum status status;

	while (!(status = store_step(catalog, stmt)))
		read_track(stmt, &out[(*count)++]);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status catalog_search(struct catalog *catalog, const char *query,
			   struct track *out, int max, int *count)
{
	char clean[QUERY_SIZE];
	struct hits hits = {.room = 3 *
				    (max > LEAST_LOOKED ? max : LEAST_LOOKED),
			    .wanted = max};
	enum status status;

	*count = 0;
	text_clean(clean, sizeof(clean), query);
	if (!clean[strspn(clean, " ")])
		return list_all(catalog, out, max, count);
	text_key(hits.key, sizeof(hits.key), clean);
	hits.all = calloc((size_t)hits.room, sizeof(*hits.all));
	if (!hits.all)
		return STATUS_NO_MEMORY;
	status = find(catalog, clean, &hits);
	qsort(hits.all, (size_t)hits.count, sizeof(*hits.all), better);
	for (int i = 0; !status && i < hits.count && *count < max; i++)
		status = catalog_get(catalog, hits.all[i].id, &out[(*count)++]);
	free(hits.all);
	return status;
}
