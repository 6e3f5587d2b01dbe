/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YouTube's search, lists and reasons; LRCLIB's entries. */
#include "tests/unit/unit.h"

#include "etl/source.h"
#include "tests/unit/samples.h"

#include <stdio.h>
#include <stdlib.h>

#define BAND "The Paper Lanterns"
#define SONG "Northbound Rain"

static struct http_answer answer;
static struct facts facts;

static void use(struct http_answer next)
{
	samples_drop(&answer);
	facts_done(&facts);
	answer = next;
}

static int done(void **state)
{
	(void)state;
	use((struct http_answer){.status = 0});
	return 0;
}

/* ---- YouTube ------------------------------------------------------------- */

static void requests_have_no_key(void **state)
{
	static const char *const ids[51] = {"AbCdEfGhIjK", "abc-_012345"};
	struct source_request request;

	(void)state;
	assert_true(youtube_ask_search(&request, "A", "B"));
	assert_string_equal(request.target,
			    "/search?part=snippet&type=video&videoCategoryId="
			    "10&maxResults=10&q=A%20B");
	assert_true(youtube_ask_videos(&request, ids, 2));
	assert_string_equal(request.target,
			    "/videos?part=snippet%2CcontentDetails%2Cstatus"
			    "&id=AbCdEfGhIjK%2Cabc-_012345");
	assert_false(youtube_ask_videos(&request, ids, 0));
	assert_false(
		youtube_ask_videos(&request, (const char *const[]){"x,y"}, 1));
	assert_true(youtube_ask_uploads(&request, "UC0000000000000000000001",
					NULL));
	assert_string_equal(request.target,
			    "/playlistItems?part=snippet%2CcontentDetails"
			    "&maxResults=50&playlistId="
			    "UU0000000000000000000001");
	assert_true(youtube_ask_uploads(&request, "UC1", "EAAa"));
	assert_non_null(strstr(request.target, "&pageToken=EAAa"));
	assert_false(youtube_ask_uploads(&request, "HC1", NULL));
	assert_false(youtube_ask_search(&request, "A", ""));
}

static void fifty_ids_fit_in_one_call(void **state)
{
	const char *ids[51];
	struct source_request request;

	(void)state;
	for (int i = 0; i < 51; i++)
		ids[i] = "AbCdEfGhIjK";
	assert_true(youtube_ask_videos(&request, ids, 50));
	assert_string_equal(strrchr(request.target, '%'), "%2CAbCdEfGhIjK");
	assert_false(youtube_ask_videos(&request, ids, 51));
}

static enum source_outcome search(struct http_answer next)
{
	use(next);
	return youtube_read_search(&answer, BAND, SONG, &facts);
}

static void search_finds_the_song(void **state)
{
	(void)state;
	assert_int_equal(search(samples_load("youtube_search.json")),
			 SOURCE_OK);
	assert_int_equal(facts.video_count, 1);
	assert_string_equal(facts.videos[0].id, "AbCdEfGhIjK");
	assert_string_equal(facts.videos[0].title,
			    "The Paper Lanterns - Northbound Rain (Official "
			    "Audio) & more");
	assert_string_equal(facts.videos[0].channel, "ThePaperLanternsVEVO");
	assert_string_equal(facts.videos[0].channel_id,
			    "UC0000000000000000000001");
	assert_int_equal(search(samples_load("youtube_search_empty.json")),
			 SOURCE_MISSING);
}

static void the_best_comes_first(void **state)
{
	(void)state;
#define ITEM(id, title, channel)                                   \
	"{\"id\":{\"videoId\":\"" id "\"},\"snippet\":{\"title\":" \
	"\"" title "\",\"channelTitle\":\"" channel "\"}}"
	assert_int_equal(
		search(samples_json("{\"items\":[" ITEM(
			"aaaaaaaaaaa", "Northbound Rain - The Paper Lanterns",
			"x") "," ITEM("bbbbbbbbbbb",
				      "Northbound Rain (Karaoke)",
				      BAND) "," ITEM("ccccccccccc",
						     "Northbound Rain",
						     "The Paper Lanterns - "
						     "Topic") ","
							      "null,7,{\"id\":"
							      "7}," ITEM(
								      "dddddddd"
								      "ddd",
								      "The "
								      "Paper "
								      "Lanterns"
								      " - "
								      "Northbou"
								      "nd Rain",
								      "y") "," ITEM("short",
										    "Northbound Rain",
										    BAND) "]}")),
		SOURCE_OK);
	assert_int_equal(facts.video_count, 3);
	assert_string_equal(facts.videos[0].id, "ccccccccccc");
	assert_string_equal(facts.videos[1].id, "aaaaaaaaaaa");
	assert_string_equal(facts.videos[2].id, "ddddddddddd");
}

static void videos_have_lengths(void **state)
{
	(void)state;
	use(samples_load("youtube_videos.json"));
	assert_int_equal(youtube_read_videos(&answer, &facts), SOURCE_OK);
	assert_int_equal(facts.video_count, 1);
	assert_true(facts.videos[0].length_s == 214);
	assert_true(facts.videos[0].playable);
	assert_string_equal(facts.videos[0].channel,
			    "The Paper Lanterns - Topic");
}

static bool is_playable(const char *status, const char *duration)
{
	char body[512];

	snprintf(body, sizeof(body),
		 "{\"items\":[{\"id\":\"AbCdEfGhIjK\",\"snippet\":{\"title\":"
		 "\"x\"},\"contentDetails\":{\"duration\":\"%s\"},\"status\":"
		 "%s}]}",
		 duration, status);
	use(samples_json(body));
	assert_int_equal(youtube_read_videos(&answer, &facts), SOURCE_OK);
	assert_int_equal(facts.video_count, 1);
	assert_true(facts.videos[0].length_s >= 0);
	return facts.videos[0].playable;
}

static void not_all_videos_play(void **state)
{
	(void)state;
	assert_true(is_playable("{\"embeddable\":true}", "PT3M"));
	assert_true(is_playable("null", "PT3M"));
	assert_true(is_playable("{\"privacyStatus\":\"unlisted\"}", "PT3M"));
	assert_false(is_playable("{\"embeddable\":false}", "PT3M"));
	assert_false(is_playable("{\"privacyStatus\":\"private\"}", "PT3M"));
	assert_false(is_playable("{\"uploadStatus\":\"rejected\"}", "PT3M"));
	assert_false(is_playable("{}", "P0D")); /* live */
	assert_false(is_playable("{}", "nonsense"));
}

static void uploads_go_on_behind_a_page(void **state)
{
	(void)state;
	use(samples_load("youtube_playlist_items.json"));
	assert_int_equal(youtube_read_uploads(&answer, &facts), SOURCE_OK);
	assert_int_equal(facts.video_count, 1);
	assert_string_equal(facts.videos[0].id, "AbCdEfGhIjK");
	assert_string_equal(facts.id, "EAAaBlBUOkNESQ");
	use(samples_json(
		"{\"items\":[{\"snippet\":{\"title\":\"Private "
		"video\",\"resourceId\":{\"videoId\":"
		"\"AbCdEfGhIjK\"}}},{\"snippet\":{\"title\":\"x\"},"
		"\"contentDetails\":{\"videoId\":\"aaaaaaaaaaa\"}}]}"));
	assert_int_equal(youtube_read_uploads(&answer, &facts), SOURCE_OK);
	assert_int_equal(facts.video_count, 1);
	assert_string_equal(facts.videos[0].id, "aaaaaaaaaaa");
	assert_string_equal(facts.id, "");
}

static void channels_have_ids(void **state)
{
	struct source_request request;

	(void)state;
	assert_true(youtube_ask_channel(&request, "@band"));
	assert_string_equal(request.target,
			    "/channels?part=id&forHandle=%40band");
	assert_true(youtube_ask_channel(&request, "user/Band7"));
	assert_string_equal(request.target,
			    "/channels?part=id&forUsername=Band7");
	assert_false(youtube_ask_channel(&request, "UC1"));
	use(samples_load("youtube_channels.json"));
	assert_int_equal(youtube_read_channel(&answer, &facts), SOURCE_OK);
	assert_string_equal(facts.id, "UC0000000000000000000001");
	use(samples_json("{\"kind\":\"youtube#channelListResponse\","
			 "\"pageInfo\":{\"totalResults\":0}}"));
	assert_int_equal(youtube_read_channel(&answer, &facts), SOURCE_MISSING);
	use(samples_json("{\"items\":[{\"id\":\"x\"}]}"));
	assert_int_equal(youtube_read_channel(&answer, &facts), SOURCE_BAD);
}

static enum source_outcome sample_error(const char *name, int status)
{
	use(samples_load(name));
	answer.status = status;
	return youtube_read_videos(&answer, &facts);
}

static enum source_outcome reason(const char *word, int status)
{
	char body[256];

	snprintf(body, sizeof(body),
		 "{\"error\":{\"code\":%d,\"message\":\"SECRET\",\"errors\":[{"
		 "\"domain\":\"d\",\"reason\":\"%s\"}]}}",
		 status, word);
	use(samples_make(status, "application/json", body, strlen(body)));
	return youtube_read_videos(&answer, &facts);
}

static void reasons_tell_403_from_403(void **state)
{
	(void)state;
	assert_int_equal(sample_error("youtube_error_quota_403.json", 403),
			 SOURCE_QUOTA);
	assert_int_equal(sample_error("youtube_error_rate_429.json", 429),
			 SOURCE_RETRY);
	assert_int_equal(sample_error("youtube_error_key_400.json", 400),
			 SOURCE_FATAL);
	assert_int_equal(reason("dailyLimitExceeded", 403), SOURCE_QUOTA);
	assert_int_equal(reason("rateLimitExceeded", 403), SOURCE_RETRY);
	assert_int_equal(reason("userRateLimitExceeded", 403), SOURCE_RETRY);
	assert_int_equal(reason("accessNotConfigured", 403), SOURCE_FATAL);
	assert_int_equal(reason("forbidden", 403), SOURCE_FATAL);
	assert_int_equal(reason("somethingNew", 403), SOURCE_BLOCKED);
	assert_int_equal(reason("videoNotFound", 404), SOURCE_MISSING);
	assert_int_equal(reason("playlistNotFound", 404), SOURCE_MISSING);
	assert_int_equal(reason("backendError", 500), SOURCE_RETRY);
	assert_int_equal(reason("invalidParameter", 400), SOURCE_BAD);
	assert_int_equal(reason("quotaExceeded", 200), SOURCE_QUOTA);
	assert_int_equal(reason("somethingNew", 200), SOURCE_BAD);
	assert_null(strstr(facts.error, "SECRET"));
	use(samples_json("{}"));
	assert_int_equal(youtube_read_videos(&answer, &facts), SOURCE_BAD);
	use(samples_json("{\"error\":\"text\",\"items\":[]}"));
	assert_int_equal(youtube_read_videos(&answer, &facts), SOURCE_BAD);
}

/* ---- LRCLIB -------------------------------------------------------------- */

static enum source_outcome lyrics(struct http_answer next, double length_s)
{
	use(next);
	return lrclib_read_lyrics(&answer, BAND, SONG, length_s, &facts);
}

#define PLAIN                                              \
	"Grey is the platform, the clock's running slow\n" \
	"I counted the raindrops\n\nOh, northbound rain\n" \
	"Wash me and carry me home again"

static void lrclib_is_searched(void **state)
{
	struct source_request request;

	(void)state;
	assert_true(lrclib_ask_lyrics(&request, "A&B", "C"));
	assert_string_equal(request.target,
			    "/search?track_name=C&artist_name=A%26B");
	assert_false(lrclib_ask_lyrics(&request, "A", ""));
}

static void words_plain_or_out_of_stamps(void **state)
{
	(void)state;
	assert_int_equal(lyrics(samples_load("lrclib_get.json"), 214),
			 SOURCE_OK);
	assert_string_equal(facts.lyrics.text, PLAIN);
	assert_string_equal(facts.lyrics.page,
			    "https://lrclib.net/api/get/3396226");
	assert_int_equal(lyrics(samples_load("lrclib_get_synced_only.json"), 0),
			 SOURCE_OK);
	assert_string_equal(facts.lyrics.text, PLAIN);
	assert_int_equal(lyrics(samples_load("lrclib_search.json"), 214),
			 SOURCE_OK);
	assert_string_equal(facts.lyrics.page,
			    "https://lrclib.net/api/get/3396226");
	/* the longer version, by its length */
	assert_int_equal(lyrics(samples_load("lrclib_search.json"), 235),
			 SOURCE_OK);
	assert_string_equal(facts.lyrics.page,
			    "https://lrclib.net/api/get/3396300");
	/* none has the length: the one that tells none */
	assert_int_equal(lyrics(samples_load("lrclib_search.json"), 600),
			 SOURCE_OK);
	assert_string_equal(facts.lyrics.page,
			    "https://lrclib.net/api/get/3396301");
}

static void no_words_is_not_instrumental(void **state)
{
	(void)state;
	assert_int_equal(lyrics(samples_load("lrclib_get_no_text.json"), 214),
			 SOURCE_MISSING);
	assert_false(facts.lyrics.instrumental);
	use(samples_load("lrclib_get_instrumental.json"));
	assert_int_equal(
		lrclib_read_lyrics(&answer, BAND, "Static Field", 214, &facts),
		SOURCE_OK);
	assert_true(facts.lyrics.instrumental);
	assert_null(facts.lyrics.text);
	/* another song's */
	assert_int_equal(
		lyrics(samples_load("lrclib_get_instrumental.json"), 214),
		SOURCE_MISSING);
	assert_int_equal(lyrics(samples_json("[]"), 214), SOURCE_MISSING);
}

static void lrclib_errors(void **state)
{
	(void)state;
	use(samples_load("lrclib_error_404.json"));
	answer.status = 404;
	assert_int_equal(lrclib_read_lyrics(&answer, BAND, SONG, 0, &facts),
			 SOURCE_MISSING);
	answer.status = 200;
	assert_int_equal(lrclib_read_lyrics(&answer, BAND, SONG, 0, &facts),
			 SOURCE_MISSING);
	use(samples_load("lrclib_error_400.json"));
	answer.status = 400;
	assert_int_equal(lrclib_read_lyrics(&answer, BAND, SONG, 0, &facts),
			 SOURCE_BAD);
	assert_int_equal(lyrics(samples_json("{}"), 0), SOURCE_BAD);
	assert_int_equal(lyrics(samples_json("{\"results\":[]}"), 0),
			 SOURCE_BAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_have_no_key),
		cmocka_unit_test(fifty_ids_fit_in_one_call),
		cmocka_unit_test(search_finds_the_song),
		cmocka_unit_test(the_best_comes_first),
		cmocka_unit_test(videos_have_lengths),
		cmocka_unit_test(not_all_videos_play),
		cmocka_unit_test(uploads_go_on_behind_a_page),
		cmocka_unit_test(channels_have_ids),
		cmocka_unit_test(reasons_tell_403_from_403),
		cmocka_unit_test(lrclib_is_searched),
		cmocka_unit_test(words_plain_or_out_of_stamps),
		cmocka_unit_test(no_words_is_not_instrumental),
		cmocka_unit_test(lrclib_errors),
	};

	return cmocka_run_group_tests(tests, NULL, done);
}
