/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * source: the table of services with their manners (rates as their documents
 * and their users' reports say), and the lists of facts.
 */
#include "etl/source.h"

#include <stdlib.h>
#include <string.h>

static const struct source sources[SOURCE_COUNT] = {
	[SOURCE_LASTFM] = {"lastfm", "Last.fm",
			   "https://ws.audioscrobbler.com/2.0/",
			   "LASTFM_API_KEY", SECRET_QUERY, "api_key", "", true,
			   "https://www.last.fm/api/account/create", 4, 4, 4,
			   5},
	[SOURCE_GENIUS] = {"genius", "Genius", "https://api.genius.com",
			   "GENIUS_ACCESS_TOKEN", SECRET_HEADER,
			   "Authorization", "Bearer ", true,
			   "https://genius.com/api-clients", 2, 2, 2, 5},
	[SOURCE_GENIUS_PAGES] = {"genius_pages", "Genius' pages",
				 "https://genius.com", NULL, SECRET_NONE, "",
				 "", false, NULL, 0.5, 1, 1, 1},
	[SOURCE_LRCLIB] = {"lrclib", "LRCLIB", "https://lrclib.net/api", NULL,
			   SECRET_NONE, "", "", false, NULL, 2, 2, 2, 5},
	[SOURCE_YOUTUBE] = {"youtube", "YouTube",
			    "https://www.googleapis.com/youtube/v3",
			    "YOUTUBE_API_KEY", SECRET_HEADER, "X-Goog-Api-Key",
			    "", true,
			    "https://console.cloud.google.com/apis/credentials",
			    5, 5, 2, 5},
	[SOURCE_MUSICBRAINZ] = {"musicbrainz", "MusicBrainz",
				"https://musicbrainz.org/ws/2", NULL,
				SECRET_NONE, "", "", false, NULL, 1, 1, 1, 5},
	[SOURCE_LISTENBRAINZ] = {"listenbrainz", "ListenBrainz",
				 "https://api.listenbrainz.org",
				 "LISTENBRAINZ_TOKEN", SECRET_HEADER,
				 "Authorization", "Token ", true,
				 "https://listenbrainz.org/settings/", 1, 3, 2,
				 5},
	[SOURCE_DEEZER] = {"deezer", "Deezer", "https://api.deezer.com", NULL,
			   SECRET_NONE, "", "", false, NULL, 8, 10, 4, 5},
	[SOURCE_ARCHIVE] = {"archive", "Internet Archive",
			    "https://archive.org", NULL, SECRET_NONE, "", "",
			    false, NULL, 1, 2, 2, 5},
	[SOURCE_JAMENDO] = {"jamendo", "Jamendo",
			    "https://api.jamendo.com/v3.0", "JAMENDO_CLIENT_ID",
			    SECRET_QUERY, "client_id", "", true,
			    "https://devportal.jamendo.com", 2, 4, 2, 5},
	[SOURCE_RADIOBROWSER] = {"radiobrowser", "Radio Browser",
				 "https://all.api.radio-browser.info "
				 "https://de1.api.radio-browser.info "
				 "https://de2.api.radio-browser.info "
				 "https://fi1.api.radio-browser.info",
				 NULL, SECRET_NONE, "", "", false, NULL, 2, 2,
				 2, 5},
};

const struct source *source_list(void)
{
	return sources;
}

/* Room for one more of size bytes behind count; the list grows by doubling. */
static void *grow(void **list, int *count, size_t size)
{
	char *entry;

	if (*count >= FACTS_MAX)
		return NULL;
	if (!(*count & (*count - 1))) {
		size_t room = *count ? (size_t)*count * 2 : 1;
		void *more = realloc(*list, room * size);

		if (!more)
			return NULL;
		*list = more;
	}
	entry = (char *)*list + (size_t)(*count)++ * size;
	memset(entry, 0, size);
	return entry;
}

struct fact_artist *facts_artist(struct facts *facts)
{
	return grow((void **)&facts->artists, &facts->artist_count,
		    sizeof(*facts->artists));
}

struct fact_tag *facts_tag(struct facts *facts)
{
	return grow((void **)&facts->tags, &facts->tag_count,
		    sizeof(*facts->tags));
}

struct fact_track *facts_track(struct facts *facts)
{
	return grow((void **)&facts->tracks, &facts->track_count,
		    sizeof(*facts->tracks));
}

struct fact_video *facts_video(struct facts *facts)
{
	return grow((void **)&facts->videos, &facts->video_count,
		    sizeof(*facts->videos));
}

void facts_done(struct facts *facts)
{
	if (facts->lyrics.text)
		explicit_bzero(facts->lyrics.text, strlen(facts->lyrics.text));
	free(facts->lyrics.text);
	free(facts->artists);
	free(facts->tags);
	free(facts->tracks);
	free(facts->videos);
	memset(facts, 0, sizeof(*facts));
}
