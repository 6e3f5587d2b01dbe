/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3U playlists as programs of all ages write them. */
#include "tests/unit/unit.h"

#include "etl/m3u.h"
#include "tests/unit/songs.h"

#include <stdlib.h>

static struct songs songs;
static struct fault fault;

static enum status read_bytes(const char *text, size_t length)
{
	struct sink sink = songs_sink(&songs);
	char *copy = songs_text(text, length);
	enum status st = m3u_read(copy, length, "list", &sink, &fault);

	free(copy);
	return st;
}

static enum status read(const char *text)
{
	return read_bytes(text, strlen(text));
}

static void reads_plain_and_extended(void **state)
{
	(void)state;
	assert_int_equal(read("a.mp3\n#EXTM3U\n"
			      "#EXTINF:225,Ada Fenn - Morning - Again\n"
			      "#EXTALB:Open Windows\n#EXTGENRE:Folk\n"
			      "music/b.mp3\n\n"
			      "  http://a.example/c  \n"),
			 STATUS_OK);
	assert_int_equal(songs.count, 3);
	assert_string_equal(songs.all[0].uri, "a.mp3");
	assert_string_equal(songs.all[0].title, "");
	assert_string_equal(songs.all[1].artist, "Ada Fenn");
	assert_string_equal(songs.all[1].title, "Morning - Again");
	assert_string_equal(songs.all[1].album, "Open Windows");
	assert_string_equal(songs.all[1].genre, "Folk");
	assert_true(songs.all[1].length_s == 225);
	assert_int_equal(songs.lines[1], 6);
	assert_string_equal(songs.all[2].uri, "http://a.example/c");
	assert_string_equal(songs.all[2].title, "");
}

static void line_ends_of_all_kinds(void **state)
{
	(void)state;
	assert_int_equal(read("a\r\nb\rc\nd"), STATUS_OK);
	assert_int_equal(songs.count, 4);
	assert_string_equal(songs.all[3].uri, "d");
	assert_int_equal(songs.lines[3], 4);
}

static void attributes_may_hold_commas(void **state)
{
	(void)state;
	read("#EXTINF:-1 tvg-name=\"a, b\" group=\"x\",Radio Foo\nhttp://a\n");
	assert_string_equal(songs.all[0].title, "Radio Foo");
	assert_string_equal(songs.all[0].artist, "");
	assert_true(songs.all[0].length_s == 0);
}

static void latin_1_and_utf_8(void **state)
{
	(void)state;
	read("#EXTINF:1,Bj\xf6rk - Caf\xe9\na\n#EXTINF:1,Bj\xc3\xb6rk - "
	     "x\nb\n");
	assert_string_equal(songs.all[0].artist, "Bj\xc3\xb6rk");
	assert_string_equal(songs.all[0].title, "Caf\xc3\xa9");
	assert_string_equal(songs.all[1].artist, "Bj\xc3\xb6rk");
	/* a path's bytes are its name: they stay */
	read("caf\xe9.mp3\n");
	assert_string_equal(songs.all[0].uri, "caf\xe9.mp3");
}

static void titles_are_cleaned(void **state)
{
	(void)state;
	read("#EXTINF:1,A\x1b[31m - B\x07\xe2\x80\xae\nx\n");
	assert_string_equal(songs.all[0].artist, "A[31m");
	assert_string_equal(songs.all[0].title, "B");
}

static void bad_entries_are_passed_over(void **state)
{
	char text[4096] = "good1\n";

	(void)state;
	memset(text + 6, 'x', 3000);
	strcpy(text + 3006, "\ngood2\n");
	assert_int_equal(read(text), STATUS_OK);
	assert_int_equal(songs.count, 2);
	assert_int_equal(songs.bad, 1);
	assert_int_equal(songs.last_bad.line, 2);
	assert_int_equal(read_bytes("a\0b\nc", 5), STATUS_OK);
	assert_int_equal(songs.count, 1);
	assert_int_equal(songs.bad, 1);
}

static void stream_parts_are_no_songs(void **state)
{
	(void)state;
	assert_int_equal(read("#EXTM3U\n#EXT-X-TARGETDURATION:10\n"
			      "#EXTINF:9,\nseg1.ts\n"),
			 STATUS_BAD_DATA);
	assert_int_equal(fault.line, 2);
	assert_int_equal(songs.count, 0);
}

static void odd_texts_do_no_harm(void **state)
{
	static const char *const odd[] = {
		"",
		"\n\n\n",
		"#",
		"#EXTINF:",
		"#EXTINF:\nx",
		"#EXTINF:1",
		"#EXTINF:9e999,a\nx",
		"#EXTINF:nan,\xff\xff\nx",
		"\r",
		" \t ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		assert_int_equal(read(odd[i]), STATUS_OK);
	songs.stop_after = 1;
	read("a\nb\nc\n");
	assert_int_equal(songs.count, 1);
	songs.stop_after = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_plain_and_extended),
		cmocka_unit_test(line_ends_of_all_kinds),
		cmocka_unit_test(attributes_may_hold_commas),
		cmocka_unit_test(latin_1_and_utf_8),
		cmocka_unit_test(titles_are_cleaned),
		cmocka_unit_test(bad_entries_are_passed_over),
		cmocka_unit_test(stream_parts_are_no_songs),
		cmocka_unit_test(odd_texts_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
