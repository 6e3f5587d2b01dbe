/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Music that plays without a key or with a free one, and what enriches it. */
#include "tests/unit/unit.h"

#include "etl/source.h"
#include "tests/unit/samples.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define BAND "The Paper Lanterns"
#define SONG "Northbound Rain"
#define MBID "0000000b-0000-4000-8000-00000000000b"

static struct http_answer answer;
static struct facts facts;
static struct source_request request;

static struct http_answer *use(struct http_answer next)
{
	samples_drop(&answer);
	facts_done(&facts);
	answer = next;
	return &answer;
}

static struct http_answer *sample(const char *name, int status)
{
	use(samples_load(name));
	answer.status = status;
	return &answer;
}

static int done(void **state)
{
	(void)state;
	use((struct http_answer){.status = 0});
	return 0;
}

/* ---- MusicBrainz --------------------------------------------------------- */

static void musicbrainz_requests(void **state)
{
	(void)state;
	assert_true(musicbrainz_ask_recording(&request, "A \"B\"",
					      "C\\D (feat. E)"));
	assert_string_equal(request.target,
			    "/recording?query=recording%3A%22C%5C%5CD%22%20AND"
			    "%20artist%3A%22A%20%5C%22B%5C%22%22&fmt=json"
			    "&limit=10");
	assert_true(musicbrainz_ask_links(&request, MBID));
	assert_string_equal(request.target,
			    "/recording/" MBID
			    "?inc=genres%20tags%20url-rels&fmt=json");
	assert_true(musicbrainz_ask_artist(&request, MBID));
	assert_string_equal(request.target,
			    "/artist/" MBID "?inc=url-rels&fmt=json");
	assert_false(musicbrainz_ask_links(&request, ""));
	assert_false(musicbrainz_ask_links(&request, "../artist/7"));
	assert_false(musicbrainz_ask_recording(&request, "A", ""));
}

static void musicbrainz_recording(void **state)
{
	struct http_answer *from =
		sample("musicbrainz_recording_search.json", 200);

	(void)state;
	assert_int_equal(musicbrainz_read_recording(from, BAND, SONG, &facts),
			 SOURCE_OK);
	assert_string_equal(facts.id, MBID);
	assert_string_equal(facts.artist_id,
			    "00000001-0000-4000-8000-000000000001");
	assert_true(facts.length_s == 214);
	assert_int_equal(facts.tag_count, 1);
	assert_string_equal(facts.tags[0].name, "indie pop");
	assert_true(facts.tags[0].weight == 1);
	sample("musicbrainz_recording_search.json", 200);
	assert_int_equal(
		musicbrainz_read_recording(from, "Tin Harbor", SONG, &facts),
		SOURCE_MISSING);
	assert_string_equal(facts.id, "");
	use(samples_json("{\"recordings\":[{\"id\":\"" MBID
			 "\",\"title\":\"Go\",\"artist-credit\":[{\"name\":"
			 "\"A\",\"joinphrase\":\" & \"},{\"name\":\"B\"}],"
			 "\"tags\":[{\"name\":\"x\",\"count\":-1}]}]}"));
	assert_int_equal(
		musicbrainz_read_recording(from, "A & B", "Go", &facts),
		SOURCE_OK);
	assert_int_equal(facts.tag_count, 0);
}

static enum source_outcome channel(const char *urls)
{
	use(samples_json(urls));
	return musicbrainz_read_artist(&answer, &facts);
}

#define URL(address) "{\"url\":{\"resource\":\"" address "\"}}"

static void musicbrainz_artist(void **state)
{
	(void)state;
	assert_int_equal(
		channel("{\"relations\":[" URL("https://example.org/") "," URL(
			"https://www.youtube.com/@band") "," URL("https://"
								 "music."
								 "youtube.com/"
								 "channel/UC1") "," URL("https://"
											"www.youtube."
											"com/channel/"
											"UC2") "]}"),
		SOURCE_OK);
	assert_string_equal(facts.id, "UC1");
	assert_int_equal(channel("{\"relations\":[" URL(
				 "http://www.youtube.com/user/Band7/") "]}"),
			 SOURCE_OK);
	assert_string_equal(facts.id, "user/Band7");
	assert_int_equal(
		channel("{\"relations\":[{\"ended\":true,\"url\":{"
			"\"resource\":\"https://youtube.com/"
			"@band\"}}," URL(
				"https://youtu.be/"
				"AbCdEfGhIjK") "," URL("https://youtube.com/"
						       "channel/../x") "]"
								       "}"),
		SOURCE_MISSING);
	assert_string_equal(facts.id, "");
	sample("musicbrainz_error_404.json", 404);
	assert_int_equal(musicbrainz_read_artist(&answer, &facts),
			 SOURCE_MISSING);
}

static void musicbrainz_links(void **state)
{
	(void)state;
	sample("musicbrainz_recording_lookup.json", 200);
	assert_int_equal(musicbrainz_read_links(&answer, &facts), SOURCE_OK);
	assert_string_equal(facts.song.video, "AbCdEfGhIjK");
	assert_int_equal(facts.tag_count, 2); /* "indie pop" once */
	assert_true(fabs(facts.tags[1].weight - 1.0 / 3) < 1e-9);
	use(samples_json("{\"id\":\"" MBID "\",\"relations\":[{\"ended\":true,"
			 "\"url\":{\"resource\":"
			 "\"https://youtu.be/AbCdEfGhIjK\"}}],\"tags\":[]}"));
	assert_int_equal(musicbrainz_read_links(&answer, &facts),
			 SOURCE_MISSING);
	use(samples_json("{}"));
	assert_int_equal(musicbrainz_read_links(&answer, &facts), SOURCE_BAD);
	sample("musicbrainz_error_404.json", 404);
	assert_int_equal(musicbrainz_read_links(&answer, &facts),
			 SOURCE_MISSING);
	sample("musicbrainz_error_503.json", 503);
	assert_int_equal(musicbrainz_read_links(&answer, &facts), SOURCE_RETRY);
	answer.status = 200;
	assert_int_equal(musicbrainz_read_links(&answer, &facts), SOURCE_BAD);
}

/* ---- ListenBrainz -------------------------------------------------------- */

static void listenbrainz(void **state)
{
	(void)state;
	assert_true(listenbrainz_ask_artist(&request, MBID));
	assert_string_equal(request.target,
			    "/1/popularity/top-recordings-for-artist/" MBID);
	assert_true(listenbrainz_ask_tag(&request, "indie pop", 5));
	assert_string_equal(request.target,
			    "/1/lb-radio/tags?tag=indie%20pop&operator=OR"
			    "&pop_begin=0&pop_end=100&count=5");
	sample("listenbrainz_lb_radio_tags.json", 200);
	assert_int_equal(listenbrainz_read(&answer, &facts), SOURCE_OK);
	assert_int_equal(facts.track_count, 1);
	assert_string_equal(facts.tracks[0].id, MBID);
	sample("listenbrainz_top_recordings.json", 200);
	assert_int_equal(listenbrainz_read(&answer, &facts), SOURCE_OK);
	assert_string_equal(facts.tracks[0].title, SONG);
	assert_true(facts.tracks[0].length_s == 214);
	assert_true(facts.tracks[0].listeners == 129454);
	sample("listenbrainz_error_429.json", 429);
	answer.retry_after_s = 7;
	assert_int_equal(listenbrainz_read(&answer, &facts), SOURCE_RETRY);
	assert_true(facts.wait_s == 7);
	use(samples_make(204, "", "", 0));
	assert_int_equal(listenbrainz_read(&answer, &facts), SOURCE_MISSING);
	use(samples_json("{\"payload\":{}}"));
	assert_int_equal(listenbrainz_read(&answer, &facts), SOURCE_BAD);
}

/* ---- Deezer -------------------------------------------------------------- */

static void deezer_never_tells_its_preview(void **state)
{
	(void)state;
	assert_true(deezer_ask_track(&request, "A", "B"));
	assert_string_equal(request.target, "/search?q=A%20B&limit=10");
	sample("deezer_search.json", 200);
	assert_int_equal(deezer_read_track(&answer, BAND, SONG, &facts),
			 SOURCE_OK);
	assert_int_equal(facts.track_count, 1);
	assert_string_equal(facts.tracks[0].id, "424562692");
	assert_string_equal(facts.tracks[0].album, "Slow Trains");
	assert_string_equal(facts.tracks[0].uri, "");
	assert_true(facts.tracks[0].length_s == 214);
	assert_non_null(strstr(facts.tracks[0].artwork, "250x250"));
	assert_null(
		memmem(&facts.tracks[0], sizeof(facts.tracks[0]), "hdnea", 5));
	sample("deezer_search.json", 200);
	assert_int_equal(deezer_read_track(&answer, BAND, "Other", &facts),
			 SOURCE_MISSING);
}

static enum source_outcome deezer_error(int code)
{
	char body[128];

	snprintf(body, sizeof(body), "{\"error\":{\"code\":%d}}", code);
	use(samples_json(body));
	return deezer_read_track(&answer, BAND, SONG, &facts);
}

static void deezer_errors_come_with_200(void **state)
{
	(void)state;
	sample("deezer_error_quota_http200.json", 200);
	assert_int_equal(deezer_read_track(&answer, BAND, SONG, &facts),
			 SOURCE_RETRY);
	assert_true(facts.wait_s == 5);
	sample("deezer_error_800_http200.json", 200);
	assert_int_equal(deezer_read_track(&answer, BAND, SONG, &facts),
			 SOURCE_MISSING);
	assert_int_equal(deezer_error(700), SOURCE_RETRY);
	assert_int_equal(deezer_error(300), SOURCE_FATAL);
	assert_int_equal(deezer_error(600), SOURCE_BAD);
	use(samples_json("{\"data\":[],\"total\":0}"));
	assert_int_equal(deezer_read_track(&answer, BAND, SONG, &facts),
			 SOURCE_MISSING);
	use(samples_json("{\"data\":[\"x\"]}"));
	assert_int_equal(deezer_read_track(&answer, BAND, SONG, &facts),
			 SOURCE_BAD);
	use(samples_json("{\"total\":0}"));
	assert_int_equal(deezer_read_track(&answer, BAND, SONG, &facts),
			 SOURCE_BAD);
}

/* ---- the Internet Archive ------------------------------------------------ */

static void archive_items(void **state)
{
	(void)state;
	assert_true(archive_ask_items(&request, "ambient", 5));
	assert_string_equal(
		request.target,
		"/advancedsearch.php?q=mediatype%3Aaudio%20AND%20licenseurl%3A"
		"%2Acreativecommons%2A%20AND%20%28collection%3Anetlabels%20OR"
		"%20collection%3Aopensource_audio%29%20AND%20subject%3A%22"
		"ambient%22&fl%5B%5D=identifier&fl%5B%5D=title&fl%5B%5D="
		"creator&fl%5B%5D=licenseurl&fl%5B%5D=subject&sort%5B%5D="
		"downloads%20desc&rows=5&page=1&output=json");
	assert_false(archive_ask_items(&request, "\"x", 5));
	sample("ia_advancedsearch.json", 200);
	assert_int_equal(archive_read_items(&answer, &facts), SOURCE_OK);
	assert_int_equal(facts.track_count, 2);
	assert_string_equal(facts.tracks[0].id, "quiet-engine-static");
	assert_string_equal(facts.tracks[0].artist, "Quiet Engine");
	assert_string_equal(facts.tracks[1].artist, "Tin Harbor");
	assert_string_equal(facts.tracks[1].tags, "ambient; drone");
	sample("ia_scrape.json", 200);
	assert_int_equal(archive_read_items(&answer, &facts), SOURCE_BAD);
	use(samples_json("{\"response\":{\"docs\":[]}}"));
	assert_int_equal(archive_read_items(&answer, &facts), SOURCE_MISSING);
}

static void archive_files(void **state)
{
	(void)state;
	assert_true(archive_ask_item(&request, "quiet-engine-static"));
	assert_string_equal(request.target, "/metadata/quiet-engine-static");
	assert_false(archive_ask_item(&request, "a/b"));
	assert_false(archive_ask_item(&request, ".."));
	sample("ia_metadata.json", 200);
	assert_int_equal(
		archive_read_item(&answer, "quiet-engine-static", &facts),
		SOURCE_OK);
	/* the Flac is the same recording */
	assert_int_equal(facts.track_count, 1);
	assert_string_equal(facts.tracks[0].title, "Static Field");
	assert_string_equal(facts.tracks[0].artist, "Quiet Engine");
	assert_string_equal(facts.tracks[0].album, "Static");
	assert_string_equal(facts.tracks[0].tags, "ambient; drone; night");
	assert_string_equal(facts.tracks[0].uri,
			    "https://archive.org/download/quiet-engine-static/"
			    "01%20Static%20Field.mp3");
	assert_true(facts.tracks[0].length_s == 215.33);
	assert_non_null(strstr(facts.tracks[0].licence, "by-nc-sa"));
}

static enum source_outcome item(const char *licence, const char *files)
{
	char body[1024];

	snprintf(
		body, sizeof(body),
		"{\"metadata\":{\"licenseurl\":%s,\"creator\":[\"Ada\",\"Bob\"]"
		",\"subject\":[\"x;y\",\"z\"]},\"files\":%s}",
		licence, files);
	use(samples_json(body));
	return archive_read_item(&answer, "it", &facts);
}

#define FREE "\"https://creativecommons.org/licenses/by/4.0/\""

static void archive_oddities(void **state)
{
	(void)state;
	sample("ia_metadata_unknown_http200.json", 200);
	assert_int_equal(archive_read_item(&answer, "it", &facts),
			 SOURCE_MISSING);
	assert_int_equal(item("null", "[{\"name\":\"a.mp3\",\"format\":"
				      "\"VBR MP3\"}]"),
			 SOURCE_MISSING);
	assert_int_equal(item(FREE, "[]"), SOURCE_MISSING);
	assert_int_equal(item(FREE, "[null,7,{},{\"name\":7}]"),
			 SOURCE_MISSING);
	/* a single file as the object itself, no title, length 03:35 */
	assert_int_equal(item(FREE,
			      "{\"name\":\"d/02 - \xc3\xb1 #1.ogg\",\"format\":"
			      "\"Ogg Vorbis\",\"length\":\"03:35\"}"),
			 SOURCE_OK);
	assert_string_equal(facts.tracks[0].title, "\xc3\xb1 #1");
	assert_string_equal(facts.tracks[0].artist, "Ada");
	assert_string_equal(facts.tracks[0].tags, "x; y; z");
	assert_true(facts.tracks[0].length_s == 215);
	assert_string_equal(facts.tracks[0].uri,
			    "https://archive.org/download/it/d/02%20-%20%C3%B1"
			    "%20%231.ogg");
	/* of one recording the format that is wanted most, once */
	assert_int_equal(item(FREE,
			      "[{\"name\":\"a.flac\",\"format\":\"Flac\"},"
			      "{\"name\":\"a.ogg\",\"format\":\"Ogg Vorbis\"},"
			      "{\"name\":\"a.mp3\",\"format\":\"VBR MP3\"},"
			      "{\"name\":\"b.flac\",\"format\":\"Flac\"},"
			      "{\"name\":\"b.png\",\"format\":\"PNG\"},"
			      "{\"name\":\"c.mp3\",\"format\":\"VBR MP3\","
			      "\"private\":\"true\"}]"),
			 SOURCE_OK);
	assert_int_equal(facts.track_count, 2);
	assert_non_null(strstr(facts.tracks[0].uri, "/a.mp3"));
	assert_non_null(strstr(facts.tracks[1].uri, "/b.flac"));
	use(samples_json("{\"files\":[]}"));
	assert_int_equal(archive_read_item(&answer, "it", &facts), SOURCE_BAD);
}

/* ---- Jamendo ------------------------------------------------------------- */

static void jamendo_tracks(void **state)
{
	(void)state;
	assert_true(jamendo_ask_tracks(&request, "calm", 500));
	assert_string_equal(request.target,
			    "/tracks/?format=json&limit=200&fuzzytags=calm"
			    "&include=musicinfo%20licenses&audioformat=mp32"
			    "&order=popularity_total");
	sample("jamendo_tracks.json", 200);
	assert_int_equal(jamendo_read_tracks(&answer, &facts), SOURCE_OK);
	assert_int_equal(facts.track_count, 1);
	assert_string_equal(facts.tracks[0].id, "1532771");
	assert_string_equal(facts.tracks[0].title, "Static Field");
	assert_string_equal(facts.tracks[0].genre, "ambient");
	assert_string_equal(facts.tracks[0].tags,
			    "ambient; electronic; calm; melancholic");
	assert_true(facts.tracks[0].has_energy);
	assert_true(facts.tracks[0].energy == -0.4);
	/* the client's name is not kept */
	assert_string_equal(facts.tracks[0].uri,
			    "https://prod-1.storage.jamendo.com/?trackid="
			    "1532771&format=mp31");
	assert_null(memmem(&facts.tracks[0], sizeof(facts.tracks[0]),
			   "client_id", 9));
}

static enum source_outcome jamendo_code(const char *code)
{
	char body[256];

	snprintf(body, sizeof(body),
		 "{\"headers\":{\"status\":\"success\",\"code\":%s,"
		 "\"error_message\":\"MYID\"},\"results\":[]}",
		 code);
	use(samples_json(body));
	return jamendo_read_tracks(&answer, &facts);
}

static void jamendo_codes(void **state)
{
	(void)state;
	sample("jamendo_error_ratelimit.json", 200);
	assert_int_equal(jamendo_read_tracks(&answer, &facts), SOURCE_RETRY);
	assert_int_equal(jamendo_code("0"), SOURCE_MISSING);
	assert_int_equal(jamendo_code("\"0\""), SOURCE_MISSING);
	assert_int_equal(jamendo_code("1"), SOURCE_RETRY);
	assert_int_equal(jamendo_code("4"), SOURCE_BAD);
	assert_int_equal(jamendo_code("5"), SOURCE_FATAL);
	assert_null(strstr(facts.error, "MYID"));
	assert_int_equal(jamendo_code("\"6\""), SOURCE_RETRY);
	assert_int_equal(jamendo_code("11"), SOURCE_FATAL);
	assert_int_equal(jamendo_code("null"), SOURCE_BAD);
	use(samples_json("{\"results\":[]}"));
	assert_int_equal(jamendo_read_tracks(&answer, &facts), SOURCE_BAD);
}

/* ---- Radio Browser ------------------------------------------------------- */

static void radiobrowser(void **state)
{
	(void)state;
	assert_true(radiobrowser_ask_stations(&request, "ambient", 5));
	assert_string_equal(request.target,
			    "/json/stations/search?tag=ambient&tagExact=false"
			    "&hidebroken=true&order=clickcount&reverse=true"
			    "&limit=5");
	sample("radiobrowser_stations.json", 200);
	assert_int_equal(radiobrowser_read_stations(&answer, &facts),
			 SOURCE_OK);
	assert_int_equal(facts.track_count, 1);
	assert_string_equal(facts.tracks[0].title, "Quiet Engine Radio");
	assert_string_equal(facts.tracks[0].artist, "Germany");
	assert_string_equal(facts.tracks[0].tags, "ambient; chillout; drone");
	assert_string_equal(facts.tracks[0].uri,
			    "http://stream.example.org/live.mp3");
	assert_true(facts.tracks[0].length_s == 0);
	sample("radiobrowser_url_click.json", 200);
	assert_int_equal(radiobrowser_read_stations(&answer, &facts),
			 SOURCE_OK); /* a single station as the object itself */
	use(samples_json("{\"ok\":false}"));
	assert_int_equal(radiobrowser_read_stations(&answer, &facts),
			 SOURCE_BAD);
}

static void stations_that_do_not_play(void **state)
{
	(void)state;
	use(samples_json(
		"[{\"name\":\"a\",\"url\":\"http://a.example/\","
		"\"lastcheckok\":0},"
		"{\"name\":\"b\",\"url_resolved\":\"\",\"url\":\"file:///x\"},"
		"{\"name\":\" \",\"url\":\"http://c.example/\"},"
		"{\"name\":\"d\",\"url_resolved\":null,\"url\":"
		"\"http://d.example/\",\"country\":\"\",\"tags\":\",, x ,x,\"},"
		"{\"name\":\"e\",\"url\":\"http://d.example/\"},"
		"null,7,\"x\",{}]"));
	assert_int_equal(radiobrowser_read_stations(&answer, &facts),
			 SOURCE_OK);
	assert_int_equal(facts.track_count, 1);
	assert_string_equal(facts.tracks[0].title, "d");
	assert_string_equal(facts.tracks[0].artist, "Radio");
	assert_string_equal(facts.tracks[0].tags, "x");
	use(samples_json("[]"));
	assert_int_equal(radiobrowser_read_stations(&answer, &facts),
			 SOURCE_MISSING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(musicbrainz_requests),
		cmocka_unit_test(musicbrainz_recording),
		cmocka_unit_test(musicbrainz_artist),
		cmocka_unit_test(musicbrainz_links),
		cmocka_unit_test(listenbrainz),
		cmocka_unit_test(deezer_never_tells_its_preview),
		cmocka_unit_test(deezer_errors_come_with_200),
		cmocka_unit_test(archive_items),
		cmocka_unit_test(archive_files),
		cmocka_unit_test(archive_oddities),
		cmocka_unit_test(jamendo_tracks),
		cmocka_unit_test(jamendo_codes),
		cmocka_unit_test(radiobrowser),
		cmocka_unit_test(stations_that_do_not_play),
	};

	return cmocka_run_group_tests(tests, NULL, done);
}
