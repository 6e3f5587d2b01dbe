/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every reader gets every sample, cut, turned, and with wrong values in its
 * places. None may fall, none may call a wall or a wreck "missing", and no
 * fact may hold what is not clean.
 */
#include "tests/unit/unit.h"

#include "base/rng.h"
#include "base/text.h"
#include "etl/source.h"
#include "tests/unit/samples.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#define BAND "The Paper Lanterns"
#define SONG "Northbound Rain"

/* ---- the readers, as one kind -------------------------------------------- */

typedef enum source_outcome reader(const struct http_answer *answer,
				   struct facts *facts);

static enum source_outcome similar_of(const struct http_answer *answer,
				      struct facts *facts)
{
	return lastfm_read_similar(answer, NULL, facts);
}

static enum source_outcome tracks_of(const struct http_answer *answer,
				     struct facts *facts)
{
	return lastfm_read_tracks(answer, NULL, facts);
}

static enum source_outcome tags_of(const struct http_answer *answer,
				   struct facts *facts)
{
	return lastfm_read_tags(answer, BAND, facts);
}

static enum source_outcome genius_hit(const struct http_answer *answer,
				      struct facts *facts)
{
	return genius_read_search(answer, BAND, SONG, facts);
}

static enum source_outcome lyrics(const struct http_answer *answer,
				  struct facts *facts)
{
	return lrclib_read_lyrics(answer, BAND, SONG, 214, facts);
}

static enum source_outcome video_search(const struct http_answer *answer,
					struct facts *facts)
{
	return youtube_read_search(answer, BAND, SONG, facts);
}

static enum source_outcome recording(const struct http_answer *answer,
				     struct facts *facts)
{
	return musicbrainz_read_recording(answer, BAND, SONG, facts);
}

static enum source_outcome deezer(const struct http_answer *answer,
				  struct facts *facts)
{
	return deezer_read_track(answer, BAND, SONG, facts);
}

static enum source_outcome item(const struct http_answer *answer,
				struct facts *facts)
{
	return archive_read_item(answer, "quiet-engine-static", facts);
}

static const struct {
	const char *name; /* of the samples that are its own */
	reader *read;
} readers[] = {
	{"lastfm_", lastfm_read_artists},
	{"lastfm_", similar_of},
	{"lastfm_", tracks_of},
	{"lastfm_", tags_of},
	{"genius_", genius_hit},
	{"genius_", genius_read_song},
	{"genius_", genius_read_page},
	{"lrclib_", lyrics},
	{"youtube_", video_search},
	{"youtube_", youtube_read_videos},
	{"youtube_", youtube_read_uploads},
	{"musicbrainz_", recording},
	{"youtube_", youtube_read_channel},
	{"musicbrainz_", musicbrainz_read_links},
	{"musicbrainz_", musicbrainz_read_artist},
	{"listenbrainz_", listenbrainz_read},
	{"deezer_", deezer},
	{"ia_", archive_read_items},
	{"ia_", item},
	{"jamendo_", jamendo_read_tracks},
	{"radiobrowser_", radiobrowser_read_stations},
};

#define READERS (sizeof(readers) / sizeof(*readers))

/* ---- what must hold for all facts ---------------------------------------- */

static void check_text(const char *text, size_t size)
{
	char clean[2048];

	if (!memchr(text, '\0', size))
		fail_msg("a text does not end");
	text_clean(clean, sizeof(clean), text);
	if (strcmp(text, clean) != 0)
		fail_msg("not clean: %s", text);
}

#define CHECK(field) check_text((field), sizeof(field))

static void check_track(const struct fact_track *track)
{
	CHECK(track->id);
	CHECK(track->artist);
	CHECK(track->title);
	CHECK(track->album);
	CHECK(track->uri);
	CHECK(track->page);
	CHECK(track->artwork);
	CHECK(track->licence);
	CHECK(track->tags);
	CHECK(track->genre);
	assert_true(!track->uri[0] || !strncmp(track->uri, "http", 4));
	assert_true(track->length_s == track->length_s);
	assert_true(track->energy >= -1 && track->energy <= 1);
}

static void check_lines(char *text)
{
	for (char *line; (line = strsep(&text, "\n"));)
		check_text(line, strlen(line) + 1);
}

static void check_facts(const struct facts *facts)
{
	for (int i = 0; i < facts->artist_count; i++)
		CHECK(facts->artists[i].name);
	for (int i = 0; i < facts->tag_count; i++) {
		CHECK(facts->tags[i].name);
		assert_true(facts->tags[i].weight >= 0 &&
			    facts->tags[i].weight <= 1);
	}
	for (int i = 0; i < facts->track_count; i++)
		check_track(&facts->tracks[i]);
	for (int i = 0; i < facts->video_count; i++) {
		CHECK(facts->videos[i].id);
		CHECK(facts->videos[i].title);
		CHECK(facts->videos[i].channel);
		assert_true(facts->videos[i].length_s >= 0);
	}
	CHECK(facts->song.path);
	CHECK(facts->song.page);
	CHECK(facts->song.video);
	CHECK(facts->song.album);
	CHECK(facts->id);
	CHECK(facts->error);
	if (facts->lyrics.text)
		check_lines(facts->lyrics.text);
}

static enum source_outcome read_checked(size_t which,
					const struct http_answer *answer)
{
	struct facts facts = {0};
	enum source_outcome outcome = readers[which].read(answer, &facts);

	if ((outcome != SOURCE_OK) != (facts.error[0] != '\0'))
		fail_msg("outcome %d says \"%s\"", (int)outcome, facts.error);
	check_facts(&facts);
	facts_done(&facts);
	return outcome;
}

static bool is_page_reader(size_t which)
{
	return readers[which].read == genius_read_page;
}

/* ---- walls --------------------------------------------------------------- */

/* The outcomes of an answer that is no answer. */
static void check_wall(int status, const char *type, const char *body,
		       bool blocked)
{
	for (size_t i = 0; i < READERS; i++) {
		struct http_answer answer =
			samples_make(status, type, body, strlen(body));
		enum source_outcome outcome = read_checked(i, &answer);

		if (outcome == SOURCE_OK || outcome == SOURCE_MISSING ||
		    (blocked && outcome != SOURCE_BLOCKED))
			fail_msg("reader %zu: status %d, %s: %d", i, status,
				 type, (int)outcome);
		samples_drop(&answer);
	}
}

static void a_wall_is_never_missing(void **state)
{
	static const char challenge[] =
		"<!DOCTYPE html><title>Just a moment...</title>";
	static const char portal[] = "<html><h1>Welcome to the inn</h1></html>";

	(void)state;
	check_wall(403, "text/html", challenge, true);
	check_wall(503, "text/html", challenge, true);
	check_wall(200, "text/html", challenge, true);
	check_wall(200, "", challenge, true);
	check_wall(403, "text/html", portal, true);
	check_wall(403, "text/plain", "no", true);
	check_wall(403, "application/json", "{}", true);
	check_wall(200, "text/html", portal, false);
	check_wall(200, "", portal, false);
	check_wall(200, "text/plain", "{\"toptags\":{\"tag\":[]}}", false);
	check_wall(200, "image/png", "\x89PNG", false);
	check_wall(302, "text/html", "", false);
	check_wall(200, "application/json", "", false);
	check_wall(200, "application/json", "null", false);
	check_wall(200, "application/json", "7", false);
	check_wall(200, "application/json", "\"x\"", false);
	check_wall(200, "application/json", "{\"error\":{}}", false);
	check_wall(200, "application/json", "[\"x\",null,7]", false);
}

static void trouble_is_tried_again(void **state)
{
	static const int statuses[] = {408, 425, 429, 500, 502, 503, 504};

	(void)state;
	for (size_t i = 0; i < READERS; i++)
		for (size_t j = 0; j < 7; j++) {
			struct http_answer answer = samples_make(
				statuses[j],
				j & 1 ? "text/html" : "application/json",
				"<p>busy</p>", 11);
			struct facts facts = {0};

			answer.retry_after_s = 12;
			assert_int_equal(readers[i].read(&answer, &facts),
					 SOURCE_RETRY);
			assert_true(facts.wait_s == 12);
			facts_done(&facts);
			samples_drop(&answer);
		}
}

/* ---- samples, whole and broken ------------------------------------------- */

static void every_reader_takes_every_sample(void **state)
{
	(void)state;
	for (const char *const *name = samples_names(); *name; name++)
		for (size_t i = 0; i < READERS; i++) {
			struct http_answer answer = samples_load(*name);

			read_checked(i, &answer);
			samples_drop(&answer);
		}
}

static bool is_own(size_t which, const char *name)
{
	return !strncmp(name, readers[which].name,
			strlen(readers[which].name)) &&
	       strstr(name, ".json");
}

static void a_cut_answer_is_bad(void **state)
{
	(void)state;
	for (const char *const *name = samples_names(); *name; name++) {
		struct http_answer whole = samples_load(*name);
		/* behind the last bracket are only blanks */
		size_t end = whole.length, step = end / 60 + 1;

		while (end && strchr(" \r\n", whole.body[end - 1]))
			end--;
		for (size_t i = 0; i < READERS; i++)
			for (size_t n = is_own(i, *name) ? 0 : end; n < end;
			     n += step) {
				struct http_answer cut = samples_make(
					200, "application/json", whole.body, n);

				assert_int_equal(read_checked(i, &cut),
						 SOURCE_BAD);
				samples_drop(&cut);
			}
		samples_drop(&whole);
	}
}

static void turned_bytes_do_no_harm(void **state)
{
	struct rng rng;

	(void)state;
	rng_init(&rng, 4);
	for (const char *const *name = samples_names(); *name; name++)
		for (size_t i = 0; i < READERS; i++)
			for (int n = is_own(i, *name) || is_page_reader(i) ? 0
									   : 40;
			     n < 40; n++) {
				struct http_answer answer = samples_load(*name);

				for (int j = 0; j < 1 + n / 4; j++)
					answer.body[rng_below(
						&rng,
						(uint32_t)answer.length)] =
						(char)rng_below(&rng, 256);
				read_checked(i, &answer);
				samples_drop(&answer);
			}
}

/* ---- wrong values -------------------------------------------------------- */

static const char *const wrong[] = {
	"null",
	"true",
	"-7",
	"1e300",
	"9223372036854775807",
	"\"\"",
	"\"\\u0000\\u001b[2J\\u202e\\ud800 x\"",
	"[]",
	"{}",
	"[[[[]]]]",
	"[null,7,\"\",{}]",
	"{\"name\":{\"name\":[]}}",
};

static json_t *nth_parent; /* where the value to turn stands */
static const char *nth_key;
static size_t nth_index;

/* Finds value number *n in document order. */
static bool find(json_t *node, int *n)
{
	const char *key;
	size_t index;
	json_t *child;

	json_object_foreach(node, key, child)
	{
		nth_parent = node;
		nth_key = key;
		if (!(*n)-- || find(child, n))
			return true;
	}
	json_array_foreach(node, index, child)
	{
		nth_parent = node;
		nth_key = NULL;
		nth_index = index;
		if (!(*n)-- || find(child, n))
			return true;
	}
	return false;
}

/* The sample with value number n another; false: it has not so many. */
static bool with_wrong(const struct http_answer *sample, int n,
		       const char *value, struct http_answer *out)
{
	json_t *root = json_loadb(sample->body, sample->length, 0, NULL);
	json_t *other =
		json_loads(value, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	bool found = find(root, &n);
	char *body;

	if (!other) /* only text can say it: a mark stands in for it */
		other = json_string("@@");
	if (found && nth_key)
		json_object_set_new(nth_parent, nth_key, other);
	else if (found)
		json_array_set_new(nth_parent, nth_index, other);
	else
		json_decref(other);
	body = json_dumps(root, JSON_COMPACT);
	json_decref(root);
	if (found) {
		char *mark = strstr(body, "\"@@\""), *text;

		text = malloc(strlen(body) + strlen(value) + 1);
		sprintf(text, "%.*s%s%s",
			mark ? (int)(mark - body) : (int)strlen(body), body,
			mark ? value : "", mark ? mark + 4 : "");
		*out = samples_json(text);
		free(text);
	}
	free(body);
	return found;
}

/* Some 40 places of a sample for each wrong value, others for each. */
static void wrong_values_in(const char *name, const struct http_answer *sample)
{
	struct http_answer answer;
	int places = 0, step;

	for (const char *c = sample->body; *c; c++)
		places += *c == ':';
	step = places / 40 + 1;
	for (size_t w = 0; w < sizeof(wrong) / sizeof(*wrong); w++)
		for (int n = (int)w % step;
		     with_wrong(sample, n, wrong[w], &answer); n += step) {
			for (size_t i = 0; i < READERS; i++)
				if (is_own(i, name))
					read_checked(i, &answer);
			samples_drop(&answer);
		}
}

static void wrong_values_do_no_harm(void **state)
{
	(void)state;
	for (const char *const *name = samples_names(); *name; name++) {
		struct http_answer sample = samples_load(*name);

		if (strstr(*name, ".json"))
			wrong_values_in(*name, &sample);
		samples_drop(&sample);
	}
}

/* ---- too much ------------------------------------------------------------ */

static void too_many_entries_are_left_out(void **state)
{
	size_t size = 200000;
	char *body = malloc(size + 200), *at = body;
	struct http_answer answer;
	struct facts facts = {0};

	(void)state;
	at += sprintf(at, "[");
	for (int i = 0; i < FACTS_MAX + 500; i++)
		at += sprintf(
			at,
			"%s{\"name\":\"s%d\",\"url\":\"http://s%d.example/\"}",
			i ? "," : "", i, i);
	sprintf(at, "]");
	answer = samples_json(body);
	free(body);
	assert_int_equal(radiobrowser_read_stations(&answer, &facts),
			 SOURCE_OK);
	assert_int_equal(facts.track_count, FACTS_MAX);
	assert_string_equal(facts.tracks[FACTS_MAX - 1].title, "s999");
	facts_done(&facts);
	samples_drop(&answer);
}

static void deep_and_huge_bodies_are_bad(void **state)
{
	size_t size = 3000000;
	char *body = malloc(size + 1);

	(void)state;
	memset(body, '[', size);
	body[size] = '\0';
	check_wall(200, "application/json", body, false);
	for (size_t i = 0; i < size; i += 5)
		memcpy(body + i, "{\"a\":", 5);
	check_wall(200, "application/json", body, false);
	for (size_t i = 1; i + 2 < size; i += 2)
		memcpy(body + i, "1,", 2);
	memcpy(body, "[", 1);
	memcpy(body + size - 2, "1]", 2);
	check_wall(200, "application/json", body, false);
	free(body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wall_is_never_missing),
		cmocka_unit_test(trouble_is_tried_again),
		cmocka_unit_test(every_reader_takes_every_sample),
		cmocka_unit_test(a_cut_answer_is_bad),
		cmocka_unit_test(turned_bytes_do_no_harm),
		cmocka_unit_test(wrong_values_do_no_harm),
		cmocka_unit_test(too_many_entries_are_left_out),
		cmocka_unit_test(deep_and_huge_bodies_are_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
