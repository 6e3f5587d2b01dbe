/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Last.fm's converted XML, its errors with status 200, and its silences. */
#include "tests/unit/unit.h"

#include "etl/source.h"
#include "tests/unit/samples.h"

#include <stdio.h>

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

static enum source_outcome tracks_of(struct http_answer next,
				     const char *artist)
{
	use(next);
	return lastfm_read_tracks(&answer, artist, &facts);
}

static enum source_outcome tags_of(struct http_answer next)
{
	use(next);
	return lastfm_read_tags(&answer, NULL, &facts);
}

/* ---- requests ------------------------------------------------------------ */

static void requests_have_no_key(void **state)
{
	struct source_request request;

	(void)state;
	assert_true(lastfm_ask_artists(&request, "chart", "", 50, 2));
	assert_string_equal(request.target,
			    "?method=chart.gettopartists&format=json&limit=50"
			    "&page=2");
	assert_int_equal(request.source, SOURCE_LASTFM);
	assert_int_equal(request.accept, ACCEPT_JSON);
	assert_true(
		lastfm_ask_artists(&request, "country", "C\xc3\xb4te", 5, 1));
	assert_string_equal(request.target,
			    "?method=geo.gettopartists&format=json&country=C"
			    "%C3%B4te&limit=5&page=1");
	assert_true(lastfm_ask_artists(&request, "tag", "r&b", 5, 1));
	assert_string_equal(request.target,
			    "?method=tag.gettopartists&format=json&tag=r%26b"
			    "&limit=5&page=1");
	assert_true(lastfm_ask_tracks(&request, "AC/DC", 10));
	assert_string_equal(request.target,
			    "?method=artist.gettoptracks&format=json&artist="
			    "AC%2FDC&limit=10");
	assert_true(lastfm_ask_tags(&request, "A", "B#1"));
	assert_string_equal(request.target,
			    "?method=track.gettoptags&format=json&artist=A"
			    "&track=B%231");
	assert_true(lastfm_ask_tags(&request, "A", NULL));
	assert_string_equal(request.target,
			    "?method=artist.gettoptags&format=json&artist=A");
	assert_true(lastfm_ask_similar(&request, "A", 3));
	assert_string_equal(request.target,
			    "?method=artist.getsimilar&format=json&artist=A"
			    "&limit=3");
	assert_false(lastfm_ask_artists(&request, "country", "", 5, 1));
	assert_false(lastfm_ask_tags(&request, "A", ""));
	assert_false(lastfm_ask_tracks(&request, "", 5));
}

/* ---- lists --------------------------------------------------------------- */

static void artists_of_charts_and_countries(void **state)
{
	(void)state;
	use(samples_load("lastfm_chart_top_artists.json"));
	assert_int_equal(lastfm_read_artists(&answer, &facts), SOURCE_OK);
	assert_int_equal(facts.artist_count, 2);
	assert_string_equal(facts.artists[0].name, "The Paper Lanterns");
	assert_string_equal(facts.artists[1].name, "Bj\xc3\xb6rk \xc3\x96lsen");
	use(samples_load("lastfm_geo_top_artists.json"));
	assert_int_equal(lastfm_read_artists(&answer, &facts), SOURCE_OK);
	assert_int_equal(facts.artist_count, 1);
	use(samples_load("lastfm_artist_similar.json"));
	assert_int_equal(
		lastfm_read_similar(&answer, "The Paper Lanterns", &facts),
		SOURCE_OK);
	assert_int_equal(facts.artist_count, 2);
	assert_string_equal(facts.artists[1].name, "Tin Harbor");
}

static void tracks_of_an_artist(void **state)
{
	(void)state;
	assert_int_equal(
		tracks_of(samples_load("lastfm_artist_top_tracks.json"),
			  "The Paper Lanterns"),
		SOURCE_OK);
	assert_int_equal(facts.track_count, 3);
	assert_string_equal(facts.tracks[0].title, "Northbound Rain");
	assert_string_equal(facts.tracks[0].artist, "The Paper Lanterns");
	assert_true(facts.tracks[0].listeners == 335135);
	assert_string_equal(facts.tracks[0].uri, "");
	assert_string_equal(facts.tracks[0].artwork, "");
	assert_string_equal(facts.tracks[2].title,
			    "Se\xc3\xb1orita (feat. Cassette Choir)");
	assert_int_equal(
		tracks_of(samples_load("lastfm_artist_top_tracks_single.json"),
			  "Quiet Engine"),
		SOURCE_OK);
	assert_int_equal(facts.track_count, 1);
	assert_string_equal(facts.tracks[0].title, "Static Field");
}

static void tags_weigh_by_their_count(void **state)
{
	(void)state;
	assert_int_equal(tags_of(samples_load("lastfm_track_top_tags.json")),
			 SOURCE_OK);
	assert_int_equal(facts.tag_count, 9);
	assert_string_equal(facts.tags[0].name, "indie pop");
	assert_true(facts.tags[0].weight == 1);
	assert_true(facts.tags[6].weight == 0.08);
	assert_string_equal(facts.tags[8].name, "r&b");
	assert_int_equal(
		tags_of(samples_load("lastfm_track_top_tags_single.json")),
		SOURCE_OK);
	assert_int_equal(facts.tag_count, 1);
	assert_string_equal(facts.tags[0].name, "ambient");
	assert_int_equal(tags_of(samples_json(
				 "{\"toptags\":{\"tag\":[{\"name\":\"a\","
				 "\"count\":\"250\"},{\"name\":\"b\","
				 "\"count\":-3},{\"name\":\"c\"},\"d\"]}}")),
			 SOURCE_OK);
	assert_int_equal(facts.tag_count, 3);
	assert_true(facts.tags[0].weight == 1 && facts.tags[1].weight == 0 &&
		    facts.tags[2].weight == 0);
}

static void nothing_comes_in_many_forms(void **state)
{
	static const char *const empty[] = {
		"{\"toptags\":{\"tag\":[]}}",
		"{\"toptags\":{\"tag\":null}}",
		"{\"toptags\":{}}",
		"{\"toptags\":\"\\n   \"}",
		"{\"toptags\":{\"#text\":\"\\n\",\"@attr\":{\"artist\":\"A\"}}"
		"}",
		"{\"toptags\":{\"tag\":\" \"}}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(empty) / sizeof(*empty); i++)
		assert_int_equal(tags_of(samples_json(empty[i])),
				 SOURCE_MISSING);
	assert_int_equal(
		tags_of(samples_load("lastfm_track_top_tags_empty.json")),
		SOURCE_MISSING);
	assert_int_equal(
		tracks_of(samples_load("lastfm_artist_top_tracks_empty.json"),
			  "Nobody Yet"),
		SOURCE_MISSING);
}

/* ---- what is wrong ------------------------------------------------------- */

static void another_shape_is_not_nothing(void **state)
{
	static const char *const odd[] = {
		"{}",
		"[]",
		"{\"toptags\":[]}",
		"{\"toptags\":7}",
		"{\"tags\":{\"tag\":[]}}",
		"{\"toptags\":{\"tag\":[7,null,{}]}}",
		"{\"toptags\":{\"tag\":{\"name\":null}}}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		assert_int_equal(tags_of(samples_json(odd[i])), SOURCE_BAD);
}

static void anothers_answer_is_asked_for_again(void **state)
{
	(void)state;
	assert_int_equal(
		tracks_of(samples_load("lastfm_artist_top_tracks.json"),
			  "Cassette Choir"),
		SOURCE_RETRY);
	assert_int_equal(facts.track_count, 0);
	/* spelt otherwise */
	assert_int_equal(
		tracks_of(samples_load("lastfm_artist_top_tracks.json"),
			  "the PAPER LANTERN\xc5\x9b"),
		SOURCE_OK);
}

static void repeats_and_strangers_are_left_out(void **state)
{
	(void)state;
	assert_int_equal(
		tracks_of(
			samples_json("{\"toptracks\":{\"track\":["
				     "{\"name\":\"One\",\"artist\":\"Ada\"},"
				     "{\"name\":\"ONE!\",\"artist\":{\"name\":"
				     "\"Ada\"}},"
				     "{\"name\":\"Two\",\"artist\":\"Bob\"},"
				     "{\"name\":\"Three\"},"
				     "{\"name\":\"\",\"artist\":\"Ada\"}]}}"),
			"Ada"),
		SOURCE_OK);
	assert_int_equal(facts.track_count, 2);
	assert_string_equal(facts.tracks[1].title, "Three");
	assert_string_equal(facts.tracks[1].artist, "Ada");
}

static void errors_come_with_any_status(void **state)
{
	static const struct {
		int code;
		enum source_outcome outcome;
	} cases[] = {
		{2, SOURCE_RETRY},   {3, SOURCE_BAD},     {4, SOURCE_FATAL},
		{5, SOURCE_BAD},     {6, SOURCE_MISSING}, {7, SOURCE_MISSING},
		{8, SOURCE_RETRY},   {9, SOURCE_BAD},     {10, SOURCE_FATAL},
		{11, SOURCE_RETRY},  {13, SOURCE_FATAL},  {16, SOURCE_RETRY},
		{17, SOURCE_BAD},    {26, SOURCE_FATAL},  {29, SOURCE_RETRY},
		{12345, SOURCE_BAD},
	};
	static const int statuses[] = {200, 400, 403, 404, 500};
	char body[80];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (size_t j = 0; j < (cases[i].code < 100 ? 5 : 1); j++) {
			snprintf(body, sizeof(body),
				 i & 1 ? "{\"error\":%d,\"message\":\"KEY\"}"
				       : "{\"error\":\"%d\"}",
				 cases[i].code);
			assert_int_equal(
				tags_of(samples_make(statuses[j],
						     "application/json", body,
						     strlen(body))),
				cases[i].outcome);
			assert_true(facts.error[0]);
			assert_null(strstr(facts.error, "KEY"));
		}
}

static void samples_of_errors(void **state)
{
	(void)state;
	assert_int_equal(tags_of(samples_load("lastfm_error_10_bad_key.json")),
			 SOURCE_FATAL);
	assert_int_equal(tags_of(samples_load("lastfm_error_29_rate.json")),
			 SOURCE_RETRY);
	assert_int_equal(tags_of(samples_load("lastfm_error_8_backend.json")),
			 SOURCE_RETRY);
	assert_int_equal(tags_of(samples_load("lastfm_error_6_not_found.json")),
			 SOURCE_MISSING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_have_no_key),
		cmocka_unit_test(artists_of_charts_and_countries),
		cmocka_unit_test(tracks_of_an_artist),
		cmocka_unit_test(tags_weigh_by_their_count),
		cmocka_unit_test(nothing_comes_in_many_forms),
		cmocka_unit_test(another_shape_is_not_nothing),
		cmocka_unit_test(anothers_answer_is_asked_for_again),
		cmocka_unit_test(repeats_and_strangers_are_left_out),
		cmocka_unit_test(errors_come_with_any_status),
		cmocka_unit_test(samples_of_errors),
	};

	return cmocka_run_group_tests(tests, NULL, done);
}
