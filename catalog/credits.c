/* SPDX-License-Identifier: GPL-3.0-or-later */
/* credits: words, and the lanes of answered calls. */
#include "catalog/credits.h"

#include "catalog/store.h"
#include "catalog/work.h"

#include <string.h>

/* As the services' terms have it: Last.fm 4.2, YouTube's developer policies
 * III.A, MusicBrainz' about/Data_License, Jamendo's API terms. */
static const struct credit list[] = {
	{"lastfm", "Charts and tags by Last.fm (https://www.last.fm), for "
		   "non-commercial use."},
	{"genius", "Song data by Genius (https://genius.com)."},
	{"genius_pages", "Lyrics are read at Genius (https://genius.com) and "
			 "not kept."},
	{"lrclib", "Lyrics are read at LRCLIB (https://lrclib.net) and not "
		   "kept."},
	{"youtube", "Videos are found through YouTube API Services "
		    "(https://www.youtube.com); YouTube's terms: "
		    "https://www.youtube.com/t/terms, Google's privacy policy: "
		    "https://policies.google.com/privacy."},
	{"musicbrainz", "Links by MusicBrainz (https://musicbrainz.org), CC0; "
			"its tags are CC BY-NC-SA 3.0."},
	{"listenbrainz", "Lengths, albums and tags by ListenBrainz "
			 "(https://listenbrainz.org), CC0."},
	{"deezer", "Lengths and covers by Deezer (https://www.deezer.com)."},
	{"archive", "Free music from the Internet Archive "
		    "(https://archive.org), each piece under its own licence."},
	{"jamendo",
	 "Free music from Jamendo (https://www.jamendo.com), each piece under "
	 "its own Creative Commons licence."},
	{"radiobrowser",
	 "Stations by Radio Browser (https://www.radio-browser.info)."},
};

#define COUNT   ((int)(sizeof(list) / sizeof(*list)))
#define YOUTUBE 4 /* its search has a lane of its own, behind them all */

const struct credit *credits_list(int *count)
{
	*count = COUNT;
	return list;
}

enum status credits_held(struct catalog *catalog, bool *held)
{
	sqlite3_stmt *stmt = STORE_USE(
		catalog, "SELECT DISTINCT lane FROM task WHERE state = ?",
		INT(TASK_DONE));
	enum status status;

	memset(held, 0, CREDITS_MAX * sizeof(*held));
	while (!(status = store_step(catalog, stmt))) {
		int lane = sqlite3_column_int(stmt, 0);

		if (lane >= 0 && lane <= COUNT)
			held[lane == COUNT ? YOUTUBE : lane] = true;
	}
	if (stmt)
		sqlite3_reset(stmt);
	return status == STATUS_END ? STATUS_OK : status;
}
