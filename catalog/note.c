/* SPDX-License-Identifier: GPL-3.0-or-later */
/* note: what happened to tracks, kept as events and summed up beside them. */
#include "catalog/store.h"

static enum status put_event(struct catalog *catalog, int64_t id,
			     enum catalog_event event, int emotion,
			     double heard_s, int64_t at)
{
	return STORE_RUN(catalog,
			 "INSERT INTO event (track, kind, emotion, heard_s, at)"
			 " VALUES (?, ?, ?, ?, ?)",
			 INT(id), INT(event), INT(emotion), REAL(heard_s),
			 INT(at));
}

static enum status sum_up(struct catalog *catalog, int64_t id,
			  enum catalog_event event, int64_t at)
{
	static const char *const sums[] = {
		[CATALOG_PLAYED] = "UPDATE track SET plays = plays + 1,"
				   " heard_at = max(heard_at, ?2), failures = 0"
				   " WHERE id = ?1",
		[CATALOG_SKIPPED] =
			"UPDATE track SET skips = skips + 1,"
			" heard_at = max(heard_at, ?2), failures = 0"
			" WHERE id = ?1",
		[CATALOG_FAILED] = "UPDATE track SET failures = failures + 1,"
				   " failed_at = ?2 WHERE id = ?1",
		[CATALOG_LIKED] = "UPDATE track SET liked = 1, banned = 0"
				  " WHERE id = ?1",
		[CATALOG_UNLIKED] = "UPDATE track SET liked = 0 WHERE id = ?1",
		[CATALOG_BANNED] = "UPDATE track SET liked = 0, banned = 1"
				   " WHERE id = ?1",
	};

	if (event == CATALOG_LIKED || event == CATALOG_UNLIKED ||
	    event == CATALOG_BANNED)
		return STORE_RUN(catalog, sums[event], INT(id));
	return STORE_RUN(catalog, sums[event], INT(id), INT(at));
}

enum status catalog_note(struct catalog *catalog, int64_t id,
			 enum catalog_event event, int emotion, double heard_s,
			 int64_t at)
{
	enum status status;
	int64_t found;
	bool own = false;

	if ((unsigned)event > CATALOG_BANNED)
		return STATUS_BAD_ARGUMENT;
	status = STORE_INTEGER(catalog, "SELECT id FROM track WHERE id = ?",
			       &found, INT(id));
	if (!status)
		status = store_enter(catalog, &own);
	if (status)
		return status;
	status = put_event(catalog, id, event, emotion, heard_s, at);
	if (!status)
		status = sum_up(catalog, id, event, at);
	return store_leave(catalog, own, status);
}

enum status catalog_history(struct catalog *catalog, int64_t since, int *played,
			    int *skipped)
{
	static const char sql[] =
		"SELECT count(*) FROM event WHERE kind = ? AND at >= ?";
	int64_t plays = 0, skips = 0;
	enum status status = STORE_INTEGER(catalog, sql, &plays,
					   INT(CATALOG_PLAYED), INT(since));

	if (!status)
		status = STORE_INTEGER(catalog, sql, &skips,
				       INT(CATALOG_SKIPPED), INT(since));
	*played = (int)plays;
	*skipped = (int)skips;
	return status;
}
