/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests' targets, names' likeness, lines of words, videos. */
#include "tests/unit/unit.h"

#include "etl/query.h"
#include "etl/similar.h"
#include "etl/verse.h"
#include "etl/video.h"

#include <math.h>
#include <stdlib.h>

static struct source_request request;

/* ---- targets ------------------------------------------------------------- */

static void targets_are_encoded(void **state)
{
	struct query query;

	(void)state;
	query_start(&query, &request, SOURCE_DEEZER, "/search");
	query_segment(&query, "a/b c");
	query_text(&query, "q", "AC/DC & \xc3\xb1 #1? 100% a+b=~._-");
	query_number(&query, "n", 5);
	assert_true(query_end(&query));
	assert_string_equal(request.target,
			    "/search/a%2Fb%20c?q=AC%2FDC%20%26%20%C3%B1%20%231"
			    "%3F%20100%25%20a%2Bb%3D~._-&n=5");
	assert_int_equal(request.source, SOURCE_DEEZER);
}

static void words_that_are_not_there_make_no_request(void **state)
{
	struct query query;

	(void)state;
	query_start(&query, &request, SOURCE_DEEZER, "/search");
	query_text(&query, "q", "");
	query_number(&query, "n", 5);
	assert_false(query_end(&query));
	assert_string_equal(request.target, "");
	query_start(&query, &request, SOURCE_DEEZER, "/x");
	query_segment(&query, "..");
	assert_false(query_end(&query));
}

static void words_that_do_not_fit_make_no_request(void **state)
{
	size_t size = sizeof(request.target) - strlen("/s?q=") - 1;
	char words[sizeof(request.target)] = "";
	struct query query;

	(void)state;
	memset(words, 'x', size);
	for (int more = 0; more < 2; more++) {
		words[size - 1 + (size_t)more] = 'x';
		query_start(&query, &request, SOURCE_DEEZER, "/s");
		query_text(&query, "q", words);
		assert_int_equal(query_end(&query), !more);
	}
	memset(words, '\xff', size);
	query_start(&query, &request, SOURCE_DEEZER, "/s");
	query_text(&query, "q", words);
	query_text(&query, "more", "words");
	assert_false(query_end(&query));
}

/* ---- likeness ------------------------------------------------------------ */

static void likeness_is_of_keys(void **state)
{
	(void)state;
	assert_true(similar("The Paper Lanterns", "paper lanterns") == 1);
	assert_true(similar("Se\xc3\xb1orita (feat. X)", "SENORITA") == 1);
	assert_true(similar("abcd", "abce") == 0.75);
	assert_true(similar("abcd", "") == 0);
	assert_true(similar("", "") == 0);
	assert_true(similar("The", "The") == 1);
	assert_true(similar("\xe5\x90\x9b\xe3\x81\xae", "\xe5\x90\x9b") == 0.5);
	assert_true(similar_song("A Band", "Go", "A Band", "Go On") == 0);
	assert_true(similar_song("A Band", "Go", "Other", "Go") == 0);
	assert_true(similar_song("A Band", "Go", "a band", "GO!") == 1);
}

static void words_stand_whole(void **state)
{
	char words[64];

	(void)state;
	similar_words(words, sizeof(words), "A feat. B - Olive [Live] (Cover)");
	assert_string_equal(words, "a feat b olive live cover");
	assert_true(similar_has(words, "live"));
	assert_true(similar_has(words, "a feat"));
	assert_true(similar_has(words, "cover"));
	assert_false(similar_has(words, "liv"));
	assert_false(similar_has(words, "over"));
	assert_false(similar_has(words, ""));
	similar_words(words, 8, "one two three");
	assert_string_equal(words, "one two");
}

static const char *plain(const char *name)
{
	static char out[64];

	similar_plain(out, sizeof(out), name);
	return out;
}

static void names_are_searched_without_notes(void **state)
{
	(void)state;
	assert_string_equal(plain("Rain (feat. Bob)"), "Rain");
	assert_string_equal(plain("Rain [Ft. Bob] (Live)"), "Rain");
	assert_string_equal(plain("Rain feat. Bob"), "Rain");
	assert_string_equal(plain("Rain - Remastered 2011"), "Rain");
	assert_string_equal(plain("Rain (2011 Remaster)"), "Rain");
	assert_string_equal(plain("Rain - Live at the Mill"),
			    "Rain - Live at the Mill");
	assert_string_equal(plain("Defeat"), "Defeat");
	assert_string_equal(plain("Remaster"), "Remaster");
	assert_string_equal(plain("(feat. nobody)"), "(feat. nobody)");
	assert_string_equal(plain(""), "");
}

/* ---- lines --------------------------------------------------------------- */

static void check_lines(const char *text, bool stamped, const char *expected)
{
	char *lines = verse_lines(text, stamped);

	assert_string_equal(lines, expected);
	free(lines);
}

static void lines_lose_their_stamps(void **state)
{
	(void)state;
	check_lines("[ar:Band]\n[length: 03:34]\n[00:12.04] One, [?] two\r\n"
		    "[00:17.80]\n[00:20.1][01:20.10]<00:20.30> Three "
		    "<00:21.00>four\n[100:00:00]x\n[99:99",
		    true, "One, [?] two\n\nThree four\nx\n[99:99");
	check_lines("[Chorus]\n[00:12.04] stays\n", false,
		    "[Chorus]\n[00:12.04] stays");
	check_lines("\n \n a\xc2\xa0 b\x1b[1m \n\n\n", false, "a  b[1m");
	check_lines("", true, "");
	assert_true(verse_end("[00:12.50] a\n[01:05.25]b\n[00:02.00]c") ==
		    65.25);
	assert_true(verse_end("no stamps\nat all") == 0);
}

static void lines_are_bounded(void **state)
{
	size_t size = VERSE_BYTES * 2;
	char *text = malloc(size + 1), *lines;

	(void)state;
	memset(text, 'x', size);
	for (size_t i = 99; i < size; i += 100)
		text[i] = '\n';
	text[size] = '\0';
	lines = verse_lines(text, false);
	assert_in_range(strlen(lines), VERSE_BYTES - 200, VERSE_BYTES - 1);
	free(lines);
	memset(text, '[', size);
	lines = verse_lines(text, true);
	assert_true(strlen(lines) < VERSE_BYTES);
	free(lines);
	free(text);
}

/* ---- videos -------------------------------------------------------------- */

static void ids_are_found_in_every_address(void **state)
{
	static const char *const good[] = {
		"http://www.youtube.com/watch?v=AbCdEfGhIjK",
		"https://youtube.com/watch?app=desktop&v=AbCdEfGhIjK&t=3",
		"https://m.youtube.com/watch?v=AbCdEfGhIjK#x",
		"https://music.youtube.com/watch?v=AbCdEfGhIjK&list=RD",
		"HTTPS://YouTu.be/AbCdEfGhIjK?si=1",
		"//www.youtube.com/embed/AbCdEfGhIjK",
		"https://www.youtube-nocookie.com/embed/AbCdEfGhIjK?rel=0",
		"https://youtube.com/shorts/AbCdEfGhIjK",
		"https://www.youtube.com/live/AbCdEfGhIjK",
		"youtube.com/v/AbCdEfGhIjK",
		"www.youtube.com/watch/?v=AbCdEfGhIjK",
	};
	static const char *const bad[] = {
		"",
		"https://youtube.com/",
		"https://youtube.com/watch?v=",
		"https://youtube.com/watch?v=AbCdEfGhIj",
		"https://youtube.com/watch?v=AbCdEfGhIjKL",
		"https://youtube.com/watch?list=x#v=AbCdEfGhIjK",
		"https://youtube.com/watch?x=1&vv=AbCdEfGhIjK",
		"https://youtube.com/channel/AbCdEfGhIjK",
		"https://example.org/watch?v=AbCdEfGhIjK",
		"https://youtube.com.example.org/watch?v=AbCdEfGhIjK",
		"https://youtu.be/AbCdEfG!IjK",
		"https://vimeo.com/AbCdEfGhIjK",
		"javascript:youtu.be/AbCdEfGhIjK",
	};
	char id[16];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_true(video_id(good[i], id, sizeof(id)));
		assert_string_equal(id, "AbCdEfGhIjK");
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(video_id(bad[i], id, sizeof(id)));
		assert_string_equal(id, "");
	}
	assert_false(video_id(good[0], id, 11));
}

static void durations_are_read(void **state)
{
	static const struct {
		const char *text;
		double seconds;
	} cases[] = {
		{"PT3M34S", 214}, {"PT1H2M", 3720},  {"P0D", 0},
		{"PT0S", 0},      {"P1DT1H", 90000}, {"P1W", 604800},
		{"PT3.5S", 3.5},  {"PT59S", 59},     {"", -1},
		{"P", -1},        {"PT", -1},        {"3M", -1},
		{"PT3", -1},      {"PT3M34", -1},    {"PT3S4M", -1},
		{"P3M", -1},      {"PT1DT2H", -1},   {"PT-3M", -1},
		{"PTM", -1},      {"PT3M 4S", -1},   {"P1DT", -1},
		{"PT1HT2M", -1},  {"PT1.2.3S", -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (video_length(cases[i].text) != cases[i].seconds)
			fail_msg("%s is %f", cases[i].text,
				 video_length(cases[i].text));
}

static double points(const char *title, const char *channel, double length_s)
{
	struct fact_video video = {.length_s = length_s};

	strncpy(video.title, title, sizeof(video.title) - 1);
	strncpy(video.channel, channel, sizeof(video.channel) - 1);
	return video_score(&video, "The Paper Lanterns", "Northbound Rain",
			   214);
}

static void the_artists_own_comes_first(void **state)
{
	double topic =
		points("Northbound Rain", "The Paper Lanterns - Topic", 214);
	double vevo = points("The Paper Lanterns - Northbound Rain",
			     "ThePaperLanternsVEVO", 214);
	double fan =
		points("The Paper Lanterns - Northbound Rain", "someone", 214);
	double words = points("The Paper Lanterns - Northbound Rain (Lyrics)",
			      "someone", 214);
	double guest = points("The Paper Lanterns feat. Ada - Northbound Rain",
			      "someone", 214);

	(void)state;
	assert_true(topic > vevo && vevo > fan && fan > words && words > 0);
	assert_true(guest == fan);
}

static void what_is_another_thing_is_refused(void **state)
{
	static const char *const others[] = {
		"Northbound Rain (Karaoke Version)",
		"Northbound Rain cover by me",
		"Northbound Rain [8D AUDIO]",
		"Northbound Rain (sped up)",
		"Northbound Rain nightcore",
		"REACTION to Northbound Rain",
		"Northbound Rain (DJ X Remix)",
		"Northbound Rain - Live at the Mill",
		"Northbound Rain guitar lesson",
		"Southbound Rain",
		"Northbound Rainbow",
	};
	char title[128];

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		strcpy(title, "The Paper Lanterns: ");
		strcat(title, others[i]);
		if (points(title, "someone", 214) != 0)
			fail_msg("%s has %f points", title,
				 points(title, "someone", 214));
	}
	/* nobody says that this is by them */
	assert_true(points("Northbound Rain", "someone", 214) == 0);
}

static void what_was_asked_for_is_not_held_against(void **state)
{
	struct fact_video video = {.title = "Ada - Rain (Live at the Mill)",
				   .channel = "someone"};

	(void)state;
	assert_true(video_score(&video, "Ada", "Rain - Live at the Mill", 0) >
		    0);
	assert_true(video_score(&video, "Ada", "Rain", 0) == 0);
}

static void lengths_must_fit(void **state)
{
	const char *title = "The Paper Lanterns - Northbound Rain";

	(void)state;
	assert_true(points(title, "x", 214 + 10.7) > 0); /* 5 % */
	assert_true(points(title, "x", 214 + 10.8) == 0);
	assert_true(points(title, "x", 214 - 10.7) > 0);
	assert_true(points(title, "x", 0) > 0); /* not told */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(targets_are_encoded),
		cmocka_unit_test(words_that_are_not_there_make_no_request),
		cmocka_unit_test(words_that_do_not_fit_make_no_request),
		cmocka_unit_test(likeness_is_of_keys),
		cmocka_unit_test(words_stand_whole),
		cmocka_unit_test(names_are_searched_without_notes),
		cmocka_unit_test(lines_lose_their_stamps),
		cmocka_unit_test(lines_are_bounded),
		cmocka_unit_test(ids_are_found_in_every_address),
		cmocka_unit_test(durations_are_read),
		cmocka_unit_test(the_artists_own_comes_first),
		cmocka_unit_test(what_is_another_thing_is_refused),
		cmocka_unit_test(what_was_asked_for_is_not_held_against),
		cmocka_unit_test(lengths_must_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
