/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mock_services: what each service answers, out of an invented world of bands
 * and songs that depends on numbers alone.
 */
#include "tests/etl/mock.h"

#include <stdlib.h>
#include <string.h>

uint32_t mock_hash(const char *text)
{
	uint32_t hash = 2166136261u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash ^ (hash >> 15);
}

static const char *arg(const struct call *call, const char *name)
{
	const char *value = MHD_lookup_connection_value(
		call->connection, MHD_GET_ARGUMENT_KIND, name);

	return value ? value : "";
}

/* The numbers in "Band 3" and "Song 3 7", wherever they stand. */
static bool numbers(const char *text, int *band, int *song)
{
	const char *at = strstr(text, "Song ");

	*band = *song = -1;
	if (at)
		return sscanf(at, "Song %d %d", band, song) == 2;
	at = strstr(text, "Band ");
	return at && sscanf(at, "Band %d", band) == 1;
}

/* ---- Last.fm --------------------------------------------------------------
 */

static void write_artists(struct call *call, const char *list)
{
	int limit = atoi(arg(call, "limit")), page = atoi(arg(call, "page"));

	fprintf(call->out, "{\"%s\":{\"artist\":[", list);
	for (int i = 0; i < limit; i++)
		fprintf(call->out, "%s{\"name\":\"Band %d\",\"mbid\":\"\"}",
			i ? "," : "", (page - 1) * limit + i);
	fprintf(call->out, "],\"@attr\":{\"page\":\"%d\"}}}", page);
}

static void write_tracks(struct call *call)
{
	int limit = atoi(arg(call, "limit")), band, song;

	numbers(arg(call, "artist"), &band, &song);
	fputs("{\"toptracks\":{\"track\":[", call->out);
	for (int i = 0; i < limit; i++)
		fprintf(call->out,
			"%s{\"name\":\"Song %d %d\",\"playcount\":\"%d\","
			"\"artist\":{\"name\":\"Band %d\"}}",
			i ? "," : "", band, i, 9000 - i, band);
	fprintf(call->out, "],\"@attr\":{\"artist\":\"Band %d\"}}}", band);
}

/* Every fifth song has none; every seventh band neither, nor have its songs:
 * those are left out. */
static void write_tags(struct call *call, bool of_track)
{
	static const char *const genres[] = {"rock", "jazz", "techno", "folk",
					     "hip-hop"};
	static const char *const moods[] = {"happy", "sad", "chill",
					    "energetic"};
	int band, song, nothing;

	numbers(arg(call, "artist"), &band, &nothing);
	numbers(arg(call, "track"), &nothing, &song);
	fputs("{\"toptags\":{\"tag\":[", call->out);
	if (band % 7 != 6 && (!of_track || song % 5 != 4))
		fprintf(call->out,
			"{\"count\":100,\"name\":\"%s\"},"
			"{\"count\":40,\"name\":\"%s\"},"
			"{\"count\":30,\"name\":\"seen live\"}",
			genres[band % 5], moods[(band + song + 1) % 4]);
	fprintf(call->out, "],\"@attr\":{\"artist\":\"Band %d\"}}}", band);
}

static void lastfm(struct call *call)
{
	char method[64];
	size_t i;

	snprintf(method, sizeof(method), "%s", arg(call, "method"));
	for (i = 0; method[i]; i++)
		if (method[i] >= 'A' && method[i] <= 'Z')
			method[i] = (char)(method[i] + 32);
	if (!strcmp(method, "chart.gettopartists"))
		write_artists(call, "artists");
	else if (strstr(method, "gettopartists"))
		write_artists(call, "topartists");
	else if (!strcmp(method, "artist.gettoptracks"))
		write_tracks(call);
	else if (!strcmp(method, "track.gettoptags"))
		write_tags(call, true);
	else if (!strcmp(method, "artist.gettoptags"))
		write_tags(call, false);
	else
		fputs("{\"error\":3,\"message\":\"Invalid method\"}",
		      call->out);
}

/* ---- Genius ---------------------------------------------------------------
 */

static void write_song(struct call *call, int band, int song)
{
	fprintf(call->out,
		"{\"id\":%d,\"title\":\"Song %d %d\",\"artist_names\":"
		"\"Band %d\",\"primary_artist\":{\"id\":%d,\"name\":"
		"\"Band %d\"},\"lyrics_state\":\"complete\",\"instrumental\":"
		"false,\"path\":\"/Band-%d-song-%d-lyrics\",\"url\":"
		"\"https://genius.com/Band-%d-song-%d-lyrics\"",
		band * 100 + song + 1, band, song, band, band + 1, band, band,
		song, band, song);
}

static void genius(struct call *call)
{
	int band, song, id;

	if (sscanf(call->path, "/songs/%d", &id) == 1) {
		band = (id - 1) / 100;
		song = (id - 1) % 100;
		fputs("{\"meta\":{\"status\":200},\"response\":{\"song\":",
		      call->out);
		write_song(call, band, song);
		fputs(",\"language\":\"en\",\"media\":[", call->out);
		if (song % 2 == 0)
			fprintf(call->out,
				"{\"provider\":\"youtube\",\"type\":\"video\","
				"\"url\":\"http://www.youtube.com/watch?v="
				"v%05d%05d\"}",
				band, song);
		fputs("]}}}", call->out);
		return;
	}
	fputs("{\"meta\":{\"status\":200},\"response\":{\"hits\":[", call->out);
	if (numbers(arg(call, "q"), &band, &song) && song >= 0 &&
	    song % 4 != 3) {
		fputs("{\"index\":\"song\",\"type\":\"song\",\"result\":",
		      call->out);
		write_song(call, band, song);
		fputs("}}", call->out);
	}
	fputs("]}}", call->out);
}

static void pages(struct call *call)
{
	fputs("<html><body><div data-lyrics-container=\"true\">"
	      "I love the sunny morning light<br>You make me happy and I "
	      "smile<br>The best of days is here tonight</div></body></html>",
	      call->out);
}

/* ---- the others -----------------------------------------------------------
 */

static void lrclib(struct call *call)
{
	static const char *const words[] = {
		"SECRETWORD I love the sunny morning light\\nYou make me happy "
		"and I smile\\nWhat a wonderful beautiful day it is\\nWe are "
		"so glad and the world is great",
		"SECRETWORD I hate this terrible rotten place\\nYou hurt me "
		"and I cry alone\\nEverything is awful and I am sad\\nThe "
		"worst of pain is in my broken heart",
	};
	int band, song;

	numbers(arg(call, "track_name"), &band, &song);
	fputc('[', call->out);
	if (song >= 0 && song % 3 < 2)
		fprintf(call->out,
			"{\"id\":%d,\"trackName\":\"Song %d %d\","
			"\"artistName\":\"Band %d\",\"duration\":200.0,"
			"\"instrumental\":false,\"plainLyrics\":\"%s\","
			"\"syncedLyrics\":null}",
			band * 100 + song, band, song, band, words[song % 3]);
	fputc(']', call->out);
}

/* Every second band has a channel at YouTube that is known here. */
static void write_band(struct call *call, int band)
{
	fprintf(call->out, "{\"id\":\"x\",\"name\":\"Band %d\",\"relations\":[",
		band);
	if (band % 2 == 0)
		fprintf(call->out,
			"{\"type\":\"youtube\",\"target-type\":\"url\","
			"\"ended\":false,\"url\":{\"resource\":"
			"\"https://www.youtube.com/channel/UC%022d\"}}",
			band);
	fputs("]}", call->out);
}

static void musicbrainz(struct call *call)
{
	int band, song;

	if (sscanf(call->path, "/artist/00000000-0000-4000-9000-%12d", &band) ==
	    1) {
		write_band(call, band);
		return;
	}
	if (sscanf(call->path, "/recording/00000000-0000-4000-8000-%06d%06d",
		   &band, &song) == 2) {
		fprintf(call->out,
			"{\"id\":\"x\",\"title\":\"Song %d %d\","
			"\"relations\":[",
			band, song);
		if (song % 3 == 0)
			fprintf(call->out,
				"{\"type\":\"free streaming\",\"target-type\":"
				"\"url\",\"ended\":false,\"url\":{\"resource\":"
				"\"https://www.youtube.com/watch?v="
				"v%05d%05d\"}}",
				band, song);
		fputs("]}", call->out);
		return;
	}
	numbers(arg(call, "query"), &band, &song);
	fputs("{\"count\":1,\"recordings\":[", call->out);
	if (song >= 0 && song % 3 != 2)
		fprintf(call->out,
			"{\"id\":\"00000000-0000-4000-8000-%06d%06d\","
			"\"score\":100,\"title\":\"Song %d %d\","
			"\"length\":200000,"
			"\"artist-credit\":[{\"name\":\"Band %d\",\"artist\":"
			"{\"name\":\"Band %d\",\"id\":"
			"\"00000000-0000-4000-9000-%012d\"}}]}",
			band, song, band, song, band, band, band);
	fputs("]}", call->out);
}

/* kind: "v" is the song, "w" something of its name that is far longer. */
static void write_video(struct call *call, char kind, int band, int song,
			const char *head)
{
	fprintf(call->out,
		"{%s\"%c%05d%05d\"%s,\"snippet\":{\"title\":\"Song %d %d\","
		"\"channelId\":\"UC%022d\",\"channelTitle\":"
		"\"Band %d - Topic\",\"liveBroadcastContent\":\"none\"},"
		"\"contentDetails\":{\"duration\":\"%s\"},\"status\":"
		"{\"embeddable\":true,\"privacyStatus\":\"public\"}}",
		head, kind, band, song, strchr(head + 1, '{') ? "}" : "", band,
		song, band, band, kind == 'w' ? "PT9M20S" : "PT3M20S");
}

/* The odd songs; of every fourth band in a version that is too long. */
static void write_uploads(struct call *call, int band)
{
	for (int song = 1; song < 20; song += 2)
		fprintf(call->out,
			"%s{\"snippet\":{\"title\":\"Song %d %d\","
			"\"channelTitle\":\"Band %d - Topic\",\"resourceId\":"
			"{\"kind\":\"youtube#video\",\"videoId\":"
			"\"%c%05d%05d\"}}}",
			song > 1 ? "," : "", band, song, band,
			band % 4 == 2 ? 'w' : 'v', band, song);
}

static void youtube(struct call *call)
{
	const char *ids = arg(call, "id");
	const char *comma = "";
	int band, song;
	char kind;

	fputs("{\"items\":[", call->out);
	if (!strcmp(call->path, "/search")) {
		if (numbers(arg(call, "q"), &band, &song) && song % 2)
			write_video(call, 'v', band, song,
				    "\"id\":{\"kind\":\"youtube#video\","
				    "\"videoId\":");
	} else if (!strcmp(call->path, "/playlistItems")) {
		if (sscanf(arg(call, "playlistId"), "UU%22d", &band) == 1)
			write_uploads(call, band);
	} else {
		for (; *ids; ids += strcspn(ids, ","), ids += *ids == ',')
			if (sscanf(ids, "%c%5d%5d", &kind, &band, &song) == 3) {
				fputs(comma, call->out);
				write_video(call, kind, band, song,
					    "\"kind\":\"youtube#video\","
					    "\"id\":");
				comma = ",";
			}
	}
	fputs("]}", call->out);
}

/* The first of every band's songs are heard most; even ones under any tag. */
static void listenbrainz(struct call *call)
{
	static const char artist[] = "/1/popularity/top-recordings-for-artist/"
				     "00000000-0000-4000-9000-";
	size_t skip = sizeof(artist) - 1;
	int band;

	fputc('[', call->out);
	for (int i = 0; i < 5; i++) {
		if (i)
			fputc(',', call->out);
		if (!strncmp(call->path, artist, skip) &&
		    sscanf(call->path + skip, "%d", &band) == 1)
			fprintf(call->out,
				"{\"recording_mbid\":\"00000000-0000-4000-8000-"
				"%06d%06d\",\"recording_name\":\"Song %d %d\","
				"\"artist_name\":\"Band %d\",\"release_name\":"
				"\"Heard\",\"length\":200000,"
				"\"total_user_count\":%d}",
				band, i, band, i, band, 100 - i);
		else
			fprintf(call->out,
				"{\"recording_mbid\":\"00000000-0000-4000-8000-"
				"%06d%06d\",\"tag_count\":3,\"percent\":0.5,"
				"\"source\":\"recording\"}",
				i * 2, 1);
	}
	fputc(']', call->out);
}

static void deezer(struct call *call)
{
	fputs("{\"data\":[],\"total\":0}", call->out);
}

static void jamendo(struct call *call)
{
	const char *tag = arg(call, "fuzzytags");

	fprintf(call->out,
		"{\"headers\":{\"status\":\"success\",\"code\":0,\"next\":"
		"\"https://api.jamendo.com/v3.0/tracks?client_id=%s\"},"
		"\"results\":[{\"id\":\"%u\",\"name\":\"Piece of %s\","
		"\"duration\":215,\"artist_name\":\"Free %s\","
		"\"album_name\":\"A\",\"license_ccurl\":"
		"\"http://creativecommons.org/licenses/by/3.0/\",\"audio\":"
		"\"https://storage.example.org/?trackid=%u\",\"musicinfo\":"
		"{\"speed\":\"low\",\"tags\":{\"genres\":[\"ambient\"],"
		"\"instruments\":[],\"vartags\":[\"%s\"]}}}]}",
		arg(call, "client_id"), mock_hash(tag) % 100000, tag, tag,
		mock_hash(tag) % 100000, tag);
}

static void archive(struct call *call)
{
	char id[64] = "";
	uint32_t number = mock_hash(arg(call, "q")) % 100000;

	if (sscanf(call->path, "/metadata/%63s", id) == 1) {
		fprintf(call->out,
			"{\"files\":[{\"name\":\"01 One.mp3\",\"format\":"
			"\"VBR MP3\",\"length\":\"100.5\",\"title\":\"One %s\","
			"\"creator\":\"Net %s\"}],\"metadata\":{\"identifier\":"
			"\"%s\",\"title\":\"Album\",\"creator\":\"Net %s\","
			"\"mediatype\":\"audio\",\"licenseurl\":"
			"\"https://creativecommons.org/licenses/by/3.0/\","
			"\"subject\":[\"ambient\",\"calm\"]}}",
			id, id, id, id);
		return;
	}
	fprintf(call->out,
		"{\"response\":{\"numFound\":1,\"start\":0,\"docs\":["
		"{\"identifier\":\"item-%u\",\"title\":\"Album\",\"creator\":"
		"\"Net\",\"licenseurl\":"
		"\"https://creativecommons.org/licenses/by/3.0/\"}]}}",
		number);
}

static void radiobrowser(struct call *call)
{
	const char *tag = arg(call, "tag");

	fputc('[', call->out);
	for (int i = 0; i < 3; i++)
		fprintf(call->out,
			"%s{\"stationuuid\":\"%08x-0000-4000-8000-%012d\","
			"\"name\":\"\\t%s radio %d\",\"url\":"
			"\"http://stream.example.org/%u/%d\",\"url_resolved\":"
			"\"http://stream.example.org/%u/%d\",\"tags\":"
			"\"%s,radio\",\"country\":\"Germany\",\"lastcheckok\":"
			"1,\"hls\":0,\"codec\":\"MP3\",\"bitrate\":128}",
			i ? "," : "", mock_hash(tag), i, tag, i, mock_hash(tag),
			i, mock_hash(tag), i, tag);
	fputc(']', call->out);
}

static const struct service services[] = {
	{"lastfm", lastfm, "application/json"},
	{"genius", genius, "application/json"},
	{"pages", pages, "text/html; charset=utf-8"},
	{"lrclib", lrclib, "application/json"},
	{"musicbrainz", musicbrainz, "application/json"},
	{"youtube", youtube, "application/json"},
	{"listenbrainz", listenbrainz, "application/json"},
	{"deezer", deezer, "application/json"},
	{"jamendo", jamendo, "application/json"},
	{"archive", archive, "application/json"},
	{"radiobrowser", radiobrowser, "application/json"},
};

const struct service *mock_service(const char *name)
{
	for (size_t i = 0; i < sizeof(services) / sizeof(*services); i++)
		if (!strcmp(services[i].name, name))
			return &services[i];
	return NULL;
}
