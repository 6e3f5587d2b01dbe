/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Songs from JSON, from paths and encodings; the bar. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "base/text.h"
#include "etl/load.h"
#include "etl/playlist.h"
#include "etl/progress.h"
#include "tests/unit/songs.h"

#include <stdio.h>
#include <stdlib.h>

static struct songs songs;
static struct fault fault;

/* ---- JSON --------------------------------------------------------------- */

typedef enum status reader(const char *text, size_t length, const char *name,
			   const struct sink *sink, struct fault *fault);

static enum status read_with(reader *how, const char *s)
{
	struct sink sink = songs_sink(&songs);
	char *copy = songs_text(s, strlen(s));
	enum status st = how(copy, strlen(s), "list", &sink, &fault);

	free(copy);
	return st;
}

static void reads_jspf(void **state)
{
	static const char jspf[] =
		"{\"playlist\":{\"title\":\"x\",\"track\":["
		"{\"location\":[\"http://a.example/1.ogg\",\"http://b\"],"
		"\"title\":\"One\",\"creator\":\"A\\u001b[1m\",\"album\":\"C\","
		"\"duration\":61500},"
		"{\"location\":\"b.mp3\"},"
		"{\"title\":\"Two\",\"creator\":\"B\",\"identifier\":[\"https:"
		"//musicbrainz.org/recording/x\"]},"
		"{\"creator\":\"nothing\"}, 7]}}";

	(void)state;
	assert_int_equal(read_with(playlist_read_jspf, jspf), STATUS_OK);
	assert_int_equal(songs.count, 3);
	assert_int_equal(songs.bad, 2);
	assert_string_equal(songs.all[0].uri, "http://a.example/1.ogg");
	assert_string_equal(songs.all[0].artist, "A[1m");
	assert_true(songs.all[0].length_s == 61.5);
	assert_string_equal(songs.all[1].uri, "b.mp3");
	assert_string_equal(songs.all[2].uri, "");
	assert_true(playlist_is_jspf(jspf, strlen(jspf)));
}

static void bad_json_is_placed(void **state)
{
	(void)state;
	assert_int_equal(read_with(playlist_read_jspf, "{\n  \"playlist\": }"),
			 STATUS_BAD_DATA);
	assert_int_equal(fault.line, 2);
	assert_int_equal(read_with(playlist_read_jspf, "[]"), STATUS_BAD_DATA);
	assert_int_equal(read_with(playlist_read_jspf, ""), STATUS_BAD_DATA);
	assert_int_equal(read_with(playlist_read_ndjson, ""), STATUS_BAD_DATA);
}

static void reads_our_export(void **state)
{
	(void)state;
	assert_int_equal(
		read_with(playlist_read_ndjson,
			  "{\"artist\":\"A\",\"title\":\"T\",\"genre\":null,"
			  "\"tags\":[\"x\",\"y\"],\"valence\":0.5,\"arousal\":"
			  "-1,\"lyric_label\":\"negative\",\"language\":null,"
			  "\"uri\":\"/m/x.mp3\",\"provenance\":\"genre\"}\n"
			  "\n{broken\n[1]\n"
			  "{\"title\":\"U\",\"valence\":7,\"arousal\":0}"),
		STATUS_OK);
	assert_int_equal(songs.count, 2);
	assert_int_equal(songs.bad, 2);
	assert_string_equal(songs.all[0].tags, "x; y");
	assert_string_equal(songs.all[0].provenance, "genre");
	assert_int_equal(songs.all[0].lyric, LYRIC_NEGATIVE);
	assert_true(songs.all[0].has_mood && songs.all[0].arousal == -1);
	assert_false(songs.all[1].has_mood);
	assert_int_equal(songs.lines[1], 5);
}

/* ---- paths and lengths -------------------------------------------------- */

static void names_from_paths(void **state)
{
	static const struct {
		const char *path, *artist, *title, *album;
	} cases[] = {
		{"/m/Ada Fenn - Morning.mp3", "Ada Fenn", "Morning", ""},
		{"/m/01 - Ada Fenn - Morning.mp3", "Ada Fenn", "Morning", ""},
		{"/m/07. Morning.flac", "Unknown artist", "Morning", ""},
		{"/m/Ada/Open Windows/01 Morning.mp3", "Ada", "Morning",
		 "Open Windows"},
		{"/m/Ada/Morning_Again.mp3", "Ada", "Morning Again", ""},
		{"/m/Ada/One/CD 2/x.mp3", "Ada", "x", "One"},
		{"/m/1999.mp3", "Unknown artist", "1999", ""},
		{"/m/.mp3", "Unknown artist", ".mp3", ""},
		{"/m/a\x1b[1m - b\n.mp3", "a[1m", "b", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct song song = {0};

		song_from_path(&song, cases[i].path, "/m");
		assert_string_equal(song.artist, cases[i].artist);
		assert_string_equal(song.title, cases[i].title);
		assert_string_equal(song.album, cases[i].album);
	}
}

static void known_names_stay(void **state)
{
	struct song song = {.artist = "Known"};

	(void)state;
	song_from_path(&song, "/m/Other - Title.mp3", "/m");
	assert_string_equal(song.artist, "Known");
	assert_string_equal(song.title, "Title");
}

static void lengths(void **state)
{
	(void)state;
	assert_true(song_length("225.5") == 225.5);
	assert_true(song_length("3:45") == 225);
	assert_true(song_length("1:02:03 ") == 3723);
	assert_true(song_length("") == 0);
	assert_true(song_length("x") == 0);
	assert_true(song_length("-3") == 0);
	assert_true(song_length("1:2:3:4") == 0);
	assert_true(song_length("inf") == 0);
	assert_true(song_length("3 min") == 0);
}

/* ---- encodings ---------------------------------------------------------- */

static void byte_order_marks(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		const char *out;
	} cases[] = {
		{"\xef\xbb\xbfhi", 5, "hi"},
		{"\xff\xfeh\0\xe9\0", 6, "h\xc3\xa9"},
		{"\xfe\xff\0h\0\xe9", 6, "h\xc3\xa9"},
		{"plain\xff", 6, "plain\xff"},
		{"\xff\xfe", 2, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t length = cases[i].length;
		char *text = songs_text(cases[i].bytes, length);

		assert_int_equal(load_decode(&text, &length, "x", &fault), 0);
		assert_int_equal(length, strlen(cases[i].out));
		assert_string_equal(text, cases[i].out);
		free(text);
	}
}

static void broken_utf_16_is_refused(void **state)
{
	size_t length = 5;
	char *text = songs_text("\xff\xfeh\0x", length);

	(void)state;
	assert_int_equal(load_decode(&text, &length, "x", &fault),
			 STATUS_BAD_DATA);
	free(text);
}

static void only_files_are_loaded(void **state)
{
	char *text = NULL;
	size_t length;

	(void)state;
	assert_int_equal(load_text("/dev/zero", &text, &length, &fault),
			 STATUS_BAD_DATA);
	assert_int_equal(load_text("/", &text, &length, &fault),
			 STATUS_BAD_DATA);
	assert_int_equal(load_text("/nowhere/x", &text, &length, &fault),
			 STATUS_NOT_FOUND);
}

/* ---- progress ----------------------------------------------------------- */

static void the_bar(void **state)
{
	struct progress progress;
	char text[128];

	(void)state;
	progress_begin(&progress, 200, true, 0);
	progress_text(&progress, 50, 10 * CLOCK_NS_PER_S, text, sizeof(text));
	assert_string_equal(text, "[#######.......................] 50/200  "
				  "5/s  0:30 left");
	progress_text(&progress, 200, 40 * CLOCK_NS_PER_S, text, sizeof(text));
	assert_non_null(strstr(text, "[##############################] "));
	progress_begin(&progress, 0, true, 0);
	progress_text(&progress, 0, 0, text, sizeof(text));
	assert_non_null(strstr(text, "0/0"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_jspf),
		cmocka_unit_test(bad_json_is_placed),
		cmocka_unit_test(reads_our_export),
		cmocka_unit_test(names_from_paths),
		cmocka_unit_test(known_names_stay),
		cmocka_unit_test(lengths),
		cmocka_unit_test(byte_order_marks),
		cmocka_unit_test(broken_utf_16_is_refused),
		cmocka_unit_test(only_files_are_loaded),
		cmocka_unit_test(the_bar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
