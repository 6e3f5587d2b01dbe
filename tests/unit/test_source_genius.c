/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Genius: the hit that is the song, the song, and the words on its page. */
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

static enum source_outcome search(struct http_answer next, const char *artist,
				  const char *title)
{
	use(next);
	return genius_read_search(&answer, artist, title, &facts);
}

static enum source_outcome page(const char *body)
{
	use(samples_make(200, "text/html", body, strlen(body)));
	return genius_read_page(&answer, &facts);
}

/* A page with one container of this. */
static const char *words(const char *inside)
{
	static char body[4096];

	snprintf(body, sizeof(body),
		 "<html><head><meta charset=\"utf-8\"></head><body><div "
		 "data-lyrics-container=\"true\">%s</div></body></html>",
		 inside);
	assert_int_equal(page(body), SOURCE_OK);
	return facts.lyrics.text;
}

/* ---- requests ------------------------------------------------------------ */

static void requests(void **state)
{
	struct source_request request;

	(void)state;
	assert_true(genius_ask_search(&request, "A & B", "C"));
	assert_string_equal(request.target,
			    "/search?q=C%20A%20%26%20B&per_page=10");
	assert_false(genius_ask_search(&request, "", "C"));
	assert_true(genius_ask_song(&request, "9000001"));
	assert_string_equal(request.target, "/songs/9000001?text_format=plain");
	assert_true(genius_ask_page(&request, "/A-b-\xc3\xb1-(x)-lyrics"));
	assert_string_equal(request.target, "/A-b-%C3%B1-%28x%29-lyrics");
	assert_int_equal(request.source, SOURCE_GENIUS_PAGES);
	assert_int_equal(request.accept, ACCEPT_HTML);
	assert_true(genius_ask_page(&request, "/A-%C3%B1-lyrics"));
	assert_string_equal(request.target, "/A-%C3%B1-lyrics");
	assert_false(genius_ask_page(&request, ""));
	assert_false(genius_ask_page(&request, "//example.org/x"));
	assert_false(genius_ask_page(&request, "@example.org/x"));
	assert_false(genius_ask_page(&request, "/../x"));
}

/* ---- the API ------------------------------------------------------------- */

static void the_hit_that_is_the_song(void **state)
{
	(void)state;
	assert_int_equal(search(samples_load("genius_search.json"), BAND, SONG),
			 SOURCE_OK);
	assert_string_equal(facts.song.id, "9000001");
	assert_string_equal(facts.song.path,
			    "/The-Paper-Lanterns-northbound-rain-lyrics");
	assert_true(facts.song.lyrics_complete);
	assert_false(facts.song.instrumental);
	assert_int_equal(search(samples_load("genius_search.json"), BAND,
				"Southbound Sun"),
			 SOURCE_MISSING);
	assert_int_equal(
		search(samples_load("genius_search.json"), "Tin Harbor", SONG),
		SOURCE_MISSING);
	/* the track list is no song */
	assert_int_equal(
		search(samples_load("genius_search.json"), BAND, "Slow Trains"),
		SOURCE_MISSING);
	assert_int_equal(
		search(samples_load("genius_search_empty.json"), BAND, SONG),
		SOURCE_MISSING);
}

static struct http_answer hit(const char *title, const char *artist,
			      const char *more)
{
	char body[1024];

	snprintf(body, sizeof(body),
		 "{\"response\":{\"hits\":{\"type\":\"song\",\"result\":{"
		 "\"id\":7,\"title\":\"%s\",\"primary_artist\":{\"name\":"
		 "\"%s\"}%s}}}}",
		 title, artist, more);
	return samples_json(body);
}

static void other_pages_are_no_songs(void **state)
{
	static const char *const titles[] = {"Rain [Tracklist + Album Art]",
					     "Rain Track List",
					     "Rain (Liner Notes)",
					     "Rain Booklet",
					     "Rain (Instrumental)",
					     "Rain Credits",
					     "Rain (Interview)",
					     "Rain (Skit)",
					     "Rain Setlist",
					     "Rain Artwork"};

	(void)state;
	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
		assert_int_equal(
			search(hit(titles[i], "Ada", ""), "Ada", "Rain"),
			SOURCE_MISSING);
	/* unless the song is called so */
	assert_int_equal(
		search(hit("Interview", "Ada", ""), "Ada", "Interview"),
		SOURCE_OK);
	assert_int_equal(search(hit("Rain", "Genius English Translations", ""),
				"Genius English Translations", "Rain"),
			 SOURCE_MISSING);
	assert_int_equal(search(hit("Rain", "Ada & Bob", ""), "Ada", "Rain"),
			 SOURCE_MISSING);
	assert_int_equal(
		search(hit("Rain (feat. Bob)", "ADA", ""), "Ada", "Rain"),
		SOURCE_OK);
	assert_int_equal(search(hit("Rain", "Bob",
				    ",\"artist_names\":\"Ada\\u00a0& Bob\""),
				"Ada & Bob", "Rain"),
			 SOURCE_OK);
}

static void words_that_are_there_come_first(void **state)
{
	(void)state;
	assert_int_equal(
		search(samples_json(
			       "{\"response\":{\"hits\":[{\"result\":{\"id\":1,"
			       "\"title\":\"Rain\",\"lyrics_state\":"
			       "\"unreleased\",\"artist_names\":\"Ada\"}},"
			       "null,{\"result\":7},{},{\"result\":{\"id\":2,"
			       "\"title\":\"Rains\",\"lyrics_state\":"
			       "\"complete\",\"artist_names\":\"Ada Quill\"}},"
			       "{\"result\":{\"id\":3,\"title\":\"Rain\","
			       "\"lyrics_state\":\"complete\","
			       "\"artist_names\":\"Ada\"}}]}}"),
		       "Ada", "Rain"),
		SOURCE_OK);
	assert_string_equal(facts.song.id, "3");
}

static void the_song_has_links(void **state)
{
	(void)state;
	use(samples_load("genius_song.json"));
	assert_int_equal(genius_read_song(&answer, &facts), SOURCE_OK);
	assert_string_equal(facts.song.id, "9000001");
	assert_string_equal(facts.song.video, "AbCdEfGhIjK");
	assert_string_equal(facts.song.album, "Slow Trains");
	assert_string_equal(facts.song.language, "en");
	assert_string_equal(
		facts.song.artwork,
		"https://images.genius.com/s9000001.1000x1000x1.png");
	assert_string_equal(facts.song.page,
			    "https://genius.com/The-Paper-Lanterns-northbound-"
			    "rain-lyrics");
}

static void links_may_be_anything(void **state)
{
	static const char *const media[] = {
		"null",
		"[]",
		"[null,{},7,\"x\"]",
		"{\"provider\":\"youtube\"}",
		"[{\"provider\":\"youtube\",\"url\":\"\"}]",
		"[{\"provider\":\"youtube\",\"url\":null}]",
		"[{\"provider\":\"vimeo\",\"url\":"
		"\"https://youtu.be/AbCdEfGhIjK\"}]"};
	char body[512];

	(void)state;
	for (size_t i = 0; i < sizeof(media) / sizeof(*media); i++) {
		snprintf(body, sizeof(body),
			 "{\"meta\":{\"status\":200},\"response\":{\"song\":{"
			 "\"id\":\"7\",\"album\":null,\"media\":%s}}}",
			 media[i]);
		use(samples_json(body));
		assert_int_equal(genius_read_song(&answer, &facts), SOURCE_OK);
		assert_string_equal(facts.song.video, "");
	}
	use(samples_json("{\"response\":{\"song\":{\"id\":7,\"media\":{"
			 "\"provider\":\"YouTube\",\"url\":"
			 "\"https://youtu.be/AbCdEfGhIjK\"}}}}"));
	genius_read_song(&answer, &facts);
	assert_string_equal(facts.song.video, "AbCdEfGhIjK");
}

static enum source_outcome error_of(const char *name, int status)
{
	use(samples_load(name));
	answer.status = status;
	return genius_read_song(&answer, &facts);
}

static void errors(void **state)
{
	(void)state;
	assert_int_equal(error_of("genius_error_401.json", 401), SOURCE_FATAL);
	assert_int_equal(error_of("genius_error_401.json", 200), SOURCE_FATAL);
	assert_int_equal(error_of("genius_error_404.json", 404),
			 SOURCE_MISSING);
	assert_int_equal(error_of("genius_error_404.json", 200),
			 SOURCE_MISSING);
	assert_int_equal(error_of("genius_error_429.json", 429), SOURCE_RETRY);
	assert_int_equal(error_of("genius_error_429.json", 200), SOURCE_RETRY);
	assert_int_equal(error_of("genius_challenge_403.html", 403),
			 SOURCE_BLOCKED);
	assert_int_equal(error_of("genius_challenge_403.html", 503),
			 SOURCE_BLOCKED);
	assert_int_equal(error_of("genius_challenge_403.html", 200),
			 SOURCE_BLOCKED);
	/* a 404 of another's is not Genius' word */
	assert_int_equal(error_of("genius_challenge_403.html", 404),
			 SOURCE_BLOCKED);
	assert_int_equal(error_of("genius_lyrics_instrumental.html", 404),
			 SOURCE_BAD);
	assert_int_equal(error_of("genius_lyrics_instrumental.html", 200),
			 SOURCE_BAD);
	use(samples_json("{\"meta\":{\"status\":200},\"response\":{}}"));
	assert_int_equal(genius_read_song(&answer, &facts), SOURCE_BAD);
	assert_int_equal(genius_read_search(&answer, BAND, SONG, &facts),
			 SOURCE_BAD);
}

/* ---- the page ------------------------------------------------------------ */

static void the_words_byte_for_byte(void **state)
{
	struct http_answer expected =
		samples_load("genius_lyrics_expected.txt");

	(void)state;
	use(samples_load("genius_lyrics_page.html"));
	assert_int_equal(genius_read_page(&answer, &facts), SOURCE_OK);
	/* the file ends its last line */
	if (expected.length && expected.body[expected.length - 1] == '\n')
		expected.body[expected.length - 1] = '\0';
	assert_string_equal(facts.lyrics.text, expected.body);
	assert_false(facts.lyrics.instrumental);
	samples_drop(&expected);
}

static void a_page_without_words_says_why(void **state)
{
	(void)state;
	use(samples_load("genius_lyrics_instrumental.html"));
	assert_int_equal(genius_read_page(&answer, &facts), SOURCE_OK);
	assert_true(facts.lyrics.instrumental);
	assert_null(facts.lyrics.text);
	assert_int_equal(page("<html><p>Lyrics for this song have yet to be "
			      "released.</p></html>"),
			 SOURCE_MISSING);
	assert_int_equal(page("<html><div data-lyrics-container=\"true\">"
			      "</div></html>"),
			 SOURCE_MISSING);
	/* no words and no reason: nothing is known */
	assert_int_equal(page("<html><p>Welcome</p></html>"), SOURCE_BAD);
	assert_int_equal(page(""), SOURCE_BAD);
}

static void a_challenge_is_no_page(void **state)
{
	static const int statuses[] = {200, 403, 503};

	(void)state;
	for (int i = 0; i < 3; i++) {
		use(samples_load("genius_challenge_403.html"));
		answer.status = statuses[i];
		assert_int_equal(genius_read_page(&answer, &facts),
				 SOURCE_BLOCKED);
	}
	use(samples_load("genius_lyrics_page.html"));
	answer.status = 403;
	assert_int_equal(genius_read_page(&answer, &facts), SOURCE_BLOCKED);
	answer.status = 404;
	assert_int_equal(genius_read_page(&answer, &facts), SOURCE_MISSING);
	answer.status = 429;
	answer.retry_after_s = 30;
	assert_int_equal(genius_read_page(&answer, &facts), SOURCE_RETRY);
	assert_true(facts.wait_s == 30);
	assert_null(facts.lyrics.text);
	use(samples_json("{\"meta\":{\"status\":200}}"));
	assert_int_equal(genius_read_page(&answer, &facts), SOURCE_BAD);
}

static void remains_at_head_and_tail_go(void **state)
{
	(void)state;
	assert_string_equal(
		words("80 ContributorsTranslationsEspa\xc3\xb1olOne Step "
		      "Lyrics[Verse 1]<br>Hello"),
		"[Verse 1]\nHello");
	assert_string_equal(words("1 Contributor One Step Lyrics<br>Hello"),
			    "Hello");
	assert_string_equal(words("Hello<br>again7Embed"), "Hello\nagain");
	assert_string_equal(words("Hello<br>again1.2KEmbed"), "Hello\nagain");
	assert_string_equal(words("Hello<br>You might also like<br>again"),
			    "Hello\nagain");
	/* what only looks alike stays */
	assert_string_equal(words("12 monkeys and Lyrics<br>x"),
			    "12 monkeys and Lyrics\nx");
	assert_string_equal(words("Embed me<br>You might also like it"),
			    "Embed me\nYou might also like it");
	assert_string_equal(words("a<br>b [?] c<br>"), "a\nb [?] c");
}

static void markup_is_walked(void **state)
{
	(void)state;
	assert_string_equal(words("a&nbsp;b <i>c</i>\n  d<br><br><script>x"
				  "</script>e&amp;f"),
			    "a b c   d\n\ne&f");
	assert_string_equal(words("a<div class=\"LyricsHeader__x\">no</div>"
				  "<div data-exclude-from-selection=\"true\">"
				  "no<div>no</div></div>b"),
			    "ab");
	assert_string_equal(words("a<p>b<b>c"), "abc");
	assert_string_equal(words("bad \xff\xfe bytes")[0] == 'b' ? "ok" : "",
			    "ok");
}

static void too_much_markup_is_refused(void **state)
{
	size_t size = 900000;
	char *body = malloc(size + 1);

	(void)state;
	for (size_t at = 0; at < size; at += 4)
		memcpy(body + at, "<p>a", 4);
	body[size] = '\0';
	assert_int_equal(page(body), SOURCE_BAD);
	assert_string_equal(facts.error, "the page is too long");
	free(body);
}

static void deep_markup_ends(void **state)
{
	size_t size = 300000;
	char *body = malloc(size + 100);

	(void)state;
	strcpy(body, "<div data-lyrics-container=\"true\">word");
	for (size_t at = strlen(body); at + 5 < size; at += 5)
		memcpy(body + at, "<div>", 6);
	page(body); /* whatever it is, it is soon told */
	free(body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests),
		cmocka_unit_test(the_hit_that_is_the_song),
		cmocka_unit_test(other_pages_are_no_songs),
		cmocka_unit_test(words_that_are_there_come_first),
		cmocka_unit_test(the_song_has_links),
		cmocka_unit_test(links_may_be_anything),
		cmocka_unit_test(errors),
		cmocka_unit_test(the_words_byte_for_byte),
		cmocka_unit_test(a_page_without_words_says_why),
		cmocka_unit_test(a_challenge_is_no_page),
		cmocka_unit_test(remains_at_head_and_tail_go),
		cmocka_unit_test(markup_is_walked),
		cmocka_unit_test(too_much_markup_is_refused),
		cmocka_unit_test(deep_markup_ends),
	};

	return cmocka_run_group_tests(tests, NULL, done);
}
