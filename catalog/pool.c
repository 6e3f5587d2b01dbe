/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pool: in each cell of the grid the songs lie in an order that means nothing
 * (schema.c: lot). A draw begins at a random lot and goes on from there, so
 * that what it costs depends on what is drawn, not on what there is.
 */
#include "catalog/pool.h"

#include "catalog/taste.h"

#define COLUMNS                                                        \
	"t.id, t.artist, t.genre, t.valence, t.arousal, t.confidence," \
	" t.liked, t.heard_at, t.failures, t.failed_at,"               \
	" s.value, s.at, r.value, r.at"
#define FROM                                                                  \
	" FROM track t"                                                       \
	" LEFT JOIN taste s ON s.track = t.id AND s.emotion = ?4"             \
	" LEFT JOIN artist_taste r ON r.artist = t.artist AND r.emotion = ?4" \
	" WHERE t.cell = ?1 AND t.lot >= ?2 AND t.lot < ?3"
#define KNOWN " AND (t.liked = 1 OR t.plays > 0)"

#define LOTS (INT64_C(1) << 32)

static double faded(sqlite3_stmt *stmt, int column, int64_t now)
{
	return taste_faded(sqlite3_column_double(stmt, column),
			   sqlite3_column_int64(stmt, column + 1), now);
}

static struct song read_song(sqlite3_stmt *stmt, int64_t now)
{
	int64_t heard_at = sqlite3_column_int64(stmt, 7);
	double days = (double)(now - heard_at) / 86400;

	return (struct song){
		.id = sqlite3_column_int64(stmt, 0),
		.artist = sqlite3_column_int64(stmt, 1),
		.genre = sqlite3_column_int64(stmt, 2),
		.has_place = sqlite3_column_type(stmt, 3) != SQLITE_NULL,
		.place = {sqlite3_column_double(stmt, 3),
			  sqlite3_column_double(stmt, 4)},
		.confidence = sqlite3_column_double(stmt, 5),
		.liked = sqlite3_column_int(stmt, 6) != 0,
		.days = !heard_at  ? -1
			: days > 0 ? days
				   : 0,
		.taste = faded(stmt, 10, now),
		.artist_taste = faded(stmt, 12, now),
	};
}

static bool is_there(const struct pool *pool, int64_t id)
{
	for (int i = 0; i < pool->count; i++)
		if (pool->songs[i].song.id == id)
			return true;
	return false;
}

/* Whether one of its addresses may be played. */
static bool may_play(struct catalog *catalog, const struct pool_guard *guard,
		     int64_t id)
{
	/* another status: whoever asks for the song hears of it */
	return !guard->may_play ||
	       catalog_address(catalog, id, guard->may_play, guard->player,
			       NULL, 0) != STATUS_NOT_FOUND;
}

/* How many spaced and unspaced songs a cell may still give. */
struct allowance {
	int spaced, close;
};

static void take(struct pool *pool, struct catalog *catalog, sqlite3_stmt *stmt,
		 const struct pool_guard *guard, struct allowance *left)
{
	int64_t id = sqlite3_column_int64(stmt, 0);
	struct pool_song entry;

	if (guard->is_heard(id, guard->user) ||
	    taste_is_failing(sqlite3_column_int(stmt, 8),
			     sqlite3_column_int64(stmt, 9), guard->now) ||
	    is_there(pool, id))
		return;
	if (!may_play(catalog, guard, id)) {
		pool->left_out++;
		return;
	}
	entry.song = read_song(stmt, guard->now);
	entry.since = guard->since_artist(entry.song.artist, guard->user);
	entry.spaced = entry.since > guard->artist_gap;
	if (entry.spaced) {
		left->spaced--;
		pool->spaced++;
	} else if (left->close-- <= 0) {
		return;
	}
	pool->songs[pool->count++] = entry;
}

static enum status draw(struct pool *pool, struct catalog *catalog,
			const struct pool_search *search,
			const struct pool_guard *guard, int cell, int64_t from,
			int64_t to, struct allowance *left)
{
	static const char any[] = "SELECT " COLUMNS FROM
				  " ORDER BY t.cell, t.lot";
	static const char known[] = "SELECT " COLUMNS FROM KNOWN
				    " ORDER BY t.cell, t.lot";
	sqlite3_stmt *stmt =
		STORE_USE(catalog, search->known_only ? known : any, INT(cell),
			  INT(from), INT(to), INT(guard->emotion));
	enum status status = STATUS_OK;

	while (left->spaced > 0 && pool->count < POOL_ROOM &&
	       pool->left_out < POOL_LEFT_OUT &&
	       !(status = store_step(catalog, stmt)))
		take(pool, catalog, stmt, guard, left);
	if (!status && stmt)
		sqlite3_reset(stmt);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status pool_fill(struct pool *pool, struct catalog *catalog,
		      const struct pool_search *search,
		      const struct pool_guard *guard, struct rng *rng)
{
	enum status status = STATUS_OK;

	for (int i = 0;
	     !status && i < search->cell_count &&
	     pool->spaced < search->wanted && pool->count < POOL_ROOM;
	     i++) {
		struct allowance left = {search->per_cell, search->per_cell};
		int64_t start = rng_u32(rng);
		int cell = search->cells[i];

		status = draw(pool, catalog, search, guard, cell, start, LOTS,
			      &left);
		if (!status)
			status = draw(pool, catalog, search, guard, cell, 0,
				      start, &left);
	}
	return status;
}
