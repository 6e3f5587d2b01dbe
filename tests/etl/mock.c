/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mock: plays all the services on 127.0.0.1, over an invented world of bands
 * and songs that depends on numbers alone, and misbehaves as it is told.
 *
 *	mock [-e] [-d DELAY_MS] [-f PERCENT -k KINDS] [-x SERVICE=KIND]... LOG
 *
 * prints its port and serves until its standard input ends. KINDS, of which an
 * address gets one, once: drop cut 429 429after 503 html type huge deep utf8.
 * With -e answers have an ETag, and one that is known is not told again (the
 * log's KIND is then same). With -x a service does nothing else; there are
 * also quota (for searches), key (refused), bomb (small, and 400 MiB when it is
 * unpacked) and outage (the first 6 requests get a 503, all others are
 * answered). LOG: a line a request, "MS SERVICE KIND
 * AGENT AUTH TARGET".
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HUGE_BYTES (9u << 20)
#define DEEP       100000
#define SERVED     (1 << 20)
#define OUTAGE     6

static struct {
	bool etags;
	unsigned delay_ms, percent;
	char kinds[16][12];
	int kind_count;
	struct {
		char service[24], kind[12];
	} fixed[12];
	int fixed_count;
	char *bomb; /* gzip */
	size_t bomb_size;
	atomic_int outages;
	FILE *log;
	/* addresses that had their fault, by hash */
	unsigned char served[SERVED / 8];
} mock;

struct call {
	struct MHD_Connection *connection;
	const char *service, *path;
	FILE *out;
	bool missing; /* 404 */
};

static uint32_t hash_of(const char *text)
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
		arg(call, "client_id"), hash_of(tag) % 100000, tag, tag,
		hash_of(tag) % 100000, tag);
}

static void archive(struct call *call)
{
	char id[64] = "";
	uint32_t number = hash_of(arg(call, "q")) % 100000;

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
			i ? "," : "", hash_of(tag), i, tag, i, hash_of(tag), i,
			hash_of(tag), i, tag);
	fputc(']', call->out);
}

static const struct {
	const char *name;
	void (*answer)(struct call *call);
	const char *type;
} services[] = {
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

/* ---- faults ---------------------------------------------------------------
 */

static const char *fault_of(const char *service, const char *address)
{
	uint32_t hash = hash_of(address);
	unsigned bit = hash % SERVED;

	for (int i = 0; i < mock.fixed_count; i++)
		if (!strcmp(mock.fixed[i].service, service))
			return !strcmp(mock.fixed[i].kind, "outage") &&
					       atomic_fetch_add(&mock.outages,
								1) >= OUTAGE
				       ? ""
				       : mock.fixed[i].kind;
	if (!mock.kind_count || hash / 7 % 100 >= mock.percent ||
	    mock.served[bit / 8] & (1 << bit % 8))
		return "";
	mock.served[bit / 8] |= (unsigned char)(1 << bit % 8);
	return mock.kinds[hash / 701 % (unsigned)mock.kind_count];
}

static enum MHD_Result send_text(struct MHD_Connection *connection, int status,
				 const char *type, char *text, size_t size,
				 const char *retry_after)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		size, text, MHD_RESPMEM_MUST_FREE);
	enum MHD_Result result;

	MHD_add_response_header(response, "Content-Type", type);
	if (retry_after)
		MHD_add_response_header(response, "Retry-After", retry_after);
	result = MHD_queue_response(connection, (unsigned)status, response);
	MHD_destroy_response(response);
	return result;
}

static ssize_t cut(void *user, uint64_t at, char *out, size_t size)
{
	(void)user;
	if (at || size < 12)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	memcpy(out, "{\"artists\":{", 12);
	return 12;
}

static enum MHD_Result send_cut(struct MHD_Connection *connection)
{
	struct MHD_Response *response =
		MHD_create_response_from_callback(500, 64, cut, NULL, NULL);
	enum MHD_Result result;

	MHD_add_response_header(response, "Content-Type", "application/json");
	result = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return result;
}

static void make_bomb(void)
{
	FILE *out = open_memstream(&mock.bomb, &mock.bomb_size);
	FILE *in = popen("head -c 400M /dev/zero | gzip -1", "r");
	char block[4096];
	size_t size;

	while ((size = fread(block, 1, sizeof(block), in)))
		fwrite(block, 1, size, out);
	pclose(in);
	fclose(out);
}

static enum MHD_Result send_bomb(struct MHD_Connection *connection)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct MHD_Response *response;
	enum MHD_Result result;

	pthread_once(&once, make_bomb);
	response = MHD_create_response_from_buffer(mock.bomb_size, mock.bomb,
						   MHD_RESPMEM_PERSISTENT);
	MHD_add_response_header(response, "Content-Type", "application/json");
	MHD_add_response_header(response, "Content-Encoding", "gzip");
	result = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result misbehave(struct MHD_Connection *connection,
				 const char *kind)
{
	static const char json[] = "application/json";
	char *text;

	if (!strcmp(kind, "drop"))
		return MHD_NO;
	if (!strcmp(kind, "cut"))
		return send_cut(connection);
	if (!strcmp(kind, "bomb"))
		return send_bomb(connection);
	if (!strcmp(kind, "quota")) {
		text = strdup("{\"error\":{\"code\":403,\"message\":\"x\","
			      "\"errors\":[{\"domain\":\"youtube.quota\","
			      "\"reason\":\"quotaExceeded\"}]}}");
		return send_text(connection, 403, json, text, strlen(text),
				 NULL);
	}
	if (!strcmp(kind, "key")) {
		text = strdup("{\"error\":10,\"message\":\"Invalid API key\"}");
		return send_text(connection, 403, json, text, strlen(text),
				 NULL);
	}
	if (!strncmp(kind, "429", 3))
		return send_text(connection, 429, json, strdup("{}"), 2,
				 kind[3] ? "1" : NULL);
	if (!strcmp(kind, "503") || !strcmp(kind, "outage"))
		return send_text(connection, 503, "text/html",
				 strdup("<html>sorry</html>"), 18, NULL);
	if (!strcmp(kind, "html")) {
		text = strdup("<html><title>Just a moment...</title>"
			      "<body>challenge-platform cf-chl</body></html>");
		return send_text(connection, 403, "text/html", text,
				 strlen(text), NULL);
	}
	if (!strcmp(kind, "type"))
		return send_text(connection, 200, "image/png",
				 strdup("not json"), 8, NULL);
	if (!strcmp(kind, "huge")) {
		text = malloc(HUGE_BYTES);
		memset(text, ' ', HUGE_BYTES);
		return send_text(connection, 200, json, text, HUGE_BYTES, NULL);
	}
	text = malloc(DEEP); /* deep */
	memset(text, '[', DEEP);
	return send_text(connection, 200, json, text, DEEP, NULL);
}

/* ---- serving --------------------------------------------------------------
 */

static void log_call(struct MHD_Connection *connection, const char *service,
		     const char *kind, const char *address)
{
	const char *agent = MHD_lookup_connection_value(
		connection, MHD_HEADER_KIND, "User-Agent");
	const char *auth = MHD_lookup_connection_value(
		connection, MHD_HEADER_KIND, "Authorization");
	const char *key = MHD_lookup_connection_value(
		connection, MHD_HEADER_KIND, "X-Goog-Api-Key");
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	fprintf(mock.log, "%lld\t%s\t%s\t%s\t%s\t%s\n",
		(long long)t.tv_sec * 1000 + t.tv_nsec / 1000000, service,
		*kind ? kind : "ok", agent ? agent : "-",
		auth  ? auth
		: key ? key
		      : "-",
		address);
	fflush(mock.log);
}

/* The address as it came: URL and query. */
static void *note_address(void *user, const char *uri,
			  struct MHD_Connection *connection)
{
	(void)user, (void)connection;
	return strdup(uri);
}

static void forget_address(void *user, struct MHD_Connection *connection,
			   void **state, enum MHD_RequestTerminationCode code)
{
	(void)user, (void)connection, (void)code;
	free(*state);
	*state = NULL;
}

/* The whole answer, or that it is known. */
static enum MHD_Result send_tagged(struct MHD_Connection *connection,
				   const char *type, char *text, size_t size,
				   const char *name, const char *address)
{
	const char *known = MHD_lookup_connection_value(
		connection, MHD_HEADER_KIND, "If-None-Match");
	char tag[16];
	bool same;
	struct MHD_Response *response;
	enum MHD_Result result;

	snprintf(tag, sizeof(tag), "\"%08x\"", hash_of(text));
	same = known && !strcmp(known, tag);
	log_call(connection, name, same ? "same" : "", address);
	response = MHD_create_response_from_buffer(same ? 0 : size, text,
						   MHD_RESPMEM_MUST_FREE);
	MHD_add_response_header(response, "Content-Type", type);
	MHD_add_response_header(response, "ETag", tag);
	result = MHD_queue_response(connection, same ? 304 : 200, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result serve(void *user, struct MHD_Connection *connection,
			     const char *url, const char *method,
			     const char *version, const char *data,
			     size_t *data_size, void **state)
{
	struct call call = {.connection = connection};
	char name[32], *text = NULL;
	const char *kind;
	size_t size = 0, i;

	(void)user, (void)method, (void)version, (void)data, (void)data_size;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(url + 1, "/"),
		 url + 1);
	for (i = 0; i < sizeof(services) / sizeof(*services); i++)
		if (!strcmp(services[i].name, name))
			break;
	if (i == sizeof(services) / sizeof(*services))
		return send_text(connection, 404, "text/plain", strdup("no"), 2,
				 NULL);
	usleep(mock.delay_ms * 1000);
	kind = fault_of(name, *state);
	if (!strcmp(kind, "quota") && !strstr(url, "/search"))
		kind = "";
	if (*kind || !mock.etags)
		log_call(connection, name, kind, *state);
	if (*kind && strcmp(kind, "utf8") != 0)
		return misbehave(connection, kind);
	call.service = name;
	call.path = url + 1 + strlen(name);
	call.out = open_memstream(&text, &size);
	services[i].answer(&call);
	fclose(call.out);
	/* one letter that is none, in an otherwise good answer */
	if (*kind && strstr(text, "seen"))
		memcpy(strstr(text, "seen"), "s\xff\xfen", 4);
	if (!*kind && mock.etags)
		return send_tagged(connection, services[i].type, text, size,
				   name, *state);
	return send_text(connection, 200, services[i].type, text, size, NULL);
}

static void take_option(int letter)
{
	char *rest, *word;

	switch (letter) {
	case 'e': mock.etags = true; break;
	case 'd': mock.delay_ms = (unsigned)atoi(optarg); break;
	case 'f': mock.percent = (unsigned)atoi(optarg); break;
	case 'k':
		for (word = strtok_r(optarg, " ", &rest);
		     word && mock.kind_count < 16;
		     word = strtok_r(NULL, " ", &rest))
			snprintf(mock.kinds[mock.kind_count++], 12, "%s", word);
		break;
	case 'x':
		word = strchr(optarg, '=');
		if (word && mock.fixed_count < 12) {
			snprintf(mock.fixed[mock.fixed_count].service, 24,
				 "%.*s", (int)(word - optarg), optarg);
			snprintf(mock.fixed[mock.fixed_count++].kind, 12, "%s",
				 word + 1);
		}
		break;
	default: exit(64);
	}
}

int main(int argc, char **argv)
{
	struct MHD_Daemon *daemon;
	char byte;
	int letter;

	while ((letter = getopt(argc, argv, "ed:f:k:x:")) != -1)
		take_option(letter);
	if (optind + 1 != argc || !(mock.log = fopen(argv[optind], "a")))
		return 64;
	daemon = MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD |
			MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL,
		0, NULL, NULL, serve, NULL, MHD_OPTION_SOCK_ADDR,
		&(struct sockaddr_in){.sin_family = AF_INET,
				      .sin_addr.s_addr =
					      htonl(INADDR_LOOPBACK)},
		MHD_OPTION_URI_LOG_CALLBACK, note_address, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, forget_address, NULL,
		MHD_OPTION_END);
	if (!daemon)
		return 69;
	printf("%u\n",
	       MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	MHD_stop_daemon(daemon);
	fclose(mock.log);
	free(mock.bomb);
	return 0;
}
