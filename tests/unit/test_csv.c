/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV records, and songs out of them by their columns. */
#include "tests/unit/unit.h"

#include "etl/csv.h"
#include "etl/table.h"
#include "tests/unit/songs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static char *text;
static struct csv csv;
static struct fault fault;
static struct songs songs;

static void use(const char *s, size_t length)
{
	free(text);
	text = songs_text(s, length);
	csv_init(&csv, text, length);
}

static void use_all(const char *s)
{
	use(s, strlen(s));
}

static int drop_text(void **state)
{
	(void)state;
	free(text);
	text = NULL;
	return 0;
}

/* The next record, its fields joined by "|". */
static const char *next(void)
{
	static char out[512];

	out[0] = '\0';
	if (csv_next(&csv, "list", &fault))
		return NULL;
	for (int i = 0; i < csv.count; i++)
		snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s%s",
			 i ? "|" : "", csv.fields[i]);
	return out;
}

static void reads_what_the_rfc_says(void **state)
{
	(void)state;
	use_all("a,b,c\r\n\"x, y\",\"say "
		"\"\"hi\"\"\",\"two\r\nlines\"\r\n,,\r\n");
	assert_string_equal(next(), "a|b|c");
	assert_string_equal(next(), "x, y|say \"hi\"|two\r\nlines");
	assert_int_equal(csv.line, 2);
	assert_string_equal(next(), "||");
	assert_int_equal(csv.line, 4);
	assert_null(next());
}

static void needs_no_last_line_end(void **state)
{
	(void)state;
	use_all("a,b\n1,2");
	next();
	assert_string_equal(next(), "1|2");
	assert_null(next());
	use_all("a,b\n1,");
	next();
	assert_string_equal(next(), "1|");
	assert_null(next());
	use_all("\"a\"");
	assert_string_equal(next(), "a");
	assert_null(next());
}

static void passes_over_empty_lines(void **state)
{
	(void)state;
	use_all("\n\r\na,b\n\n\n1,2\n\n");
	assert_string_equal(next(), "a|b");
	assert_int_equal(csv.line, 3);
	assert_string_equal(next(), "1|2");
	assert_null(next());
	use_all("");
	assert_null(next());
}

static void guesses_the_delimiter(void **state)
{
	(void)state;
	use_all("a;b;c\n1,5;2;3\n");
	assert_string_equal(next(), "a|b|c");
	assert_string_equal(next(), "1,5|2|3");
	use_all("a\tb\nx, y\tz\n");
	next();
	assert_string_equal(next(), "x, y|z");
}

static void names_the_line_of_an_error(void **state)
{
	(void)state;
	use_all("a,b\n\"one\ntwo\",x\n\"never,closes\n");
	next();
	assert_non_null(next());
	assert_int_equal(csv_next(&csv, "list", &fault), STATUS_BAD_DATA);
	assert_int_equal(fault.line, 4);
	assert_string_equal(fault.subject, "list");
	use_all("\"a\"b,c\n");
	assert_int_equal(csv_next(&csv, "list", &fault), STATUS_BAD_DATA);
	assert_int_equal(fault.line, 1);
}

static void bounds_the_columns(void **state)
{
	char wide[700];

	(void)state;
	memset(wide, ',', sizeof(wide));
	use(wide, CSV_FIELDS - 1);
	assert_int_equal(csv_next(&csv, "list", &fault), STATUS_OK);
	assert_int_equal(csv.count, CSV_FIELDS);
	use(wide, sizeof(wide));
	assert_int_equal(csv_next(&csv, "list", &fault), STATUS_BAD_DATA);
}

/* Every cut of a record is read without a step beyond its end. */
static void survives_every_cut(void **state)
{
	static const char whole[] = "a,\"b\"\"\",c\r\n\"x\ny\",,\"\"\n";

	(void)state;
	for (size_t n = 0; n < sizeof(whole); n++) {
		use(whole, n);
		while (next())
			;
	}
}

/* ---- songs -------------------------------------------------------------- */

static enum status read_table(const char *s)
{
	struct sink sink = songs_sink(&songs);

	free(text);
	text = songs_text(s, strlen(s));
	return table_read(text, strlen(s), "list", &sink, &fault);
}

static void reads_our_columns(void **state)
{
	(void)state;
	assert_int_equal(
		read_table("Title,ARTIST,uri,album,genre,length,valence,"
			   "arousal,tags\n"
			   "Morning,Ada,/m/a.mp3,Open,Folk,3:45,0.5,-0.25,"
			   "calm; warm\n"
			   "Evening,Ada,http://a.example/x,,,,,,\n"),
		STATUS_OK);
	assert_int_equal(songs.count, 2);
	assert_string_equal(songs.all[0].artist, "Ada");
	assert_string_equal(songs.all[0].uri, "/m/a.mp3");
	assert_string_equal(songs.all[0].tags, "calm; warm");
	assert_true(songs.all[0].length_s == 225);
	assert_true(songs.all[0].has_mood);
	assert_true(songs.all[0].valence == 0.5);
	assert_true(songs.all[0].arousal == -0.25);
	assert_string_equal(songs.all[0].provenance, "import");
	assert_false(songs.all[1].has_mood);
	assert_int_equal(songs.bad, 0);
}

static void reads_exportify(void **state)
{
	(void)state;
	assert_int_equal(
		read_table("Track URI,Track Name,Album Name,Artist Name(s),"
			   "Duration (ms),Genres,Energy,Valence,Tempo\n"
			   "spotify:track:1,Untold,X,\"Tyler, The A;B\",7000,"
			   "\"indie pop,dream pop\",0.9,0.8,150\n"),
		STATUS_OK);
	assert_string_equal(songs.all[0].artist, "Tyler, The A");
	assert_string_equal(songs.all[0].title, "Untold");
	assert_string_equal(songs.all[0].genre, "indie pop");
	assert_string_equal(songs.all[0].tags, "indie pop,dream pop");
	assert_true(songs.all[0].length_s == 7);
	assert_string_equal(songs.all[0].provenance, "audio features");
	assert_true(fabs(songs.all[0].valence - 0.6) < 1e-9);
	assert_true(fabs(songs.all[0].arousal - 0.74) < 1e-9);
}

static void places_features_on_the_plane(void **state)
{
	double v, a;

	(void)state;
	table_place(0.5, 0.5, 0, &v, &a);
	assert_true(v == 0 && a == 0);
	table_place(1, 1, 300, &v, &a);
	assert_true(fabs(v - 1) < 1e-9 && fabs(a - 1) < 1e-9);
	table_place(0, 0, 1, &v, &a);
	assert_true(fabs(v + 1) < 1e-9 && fabs(a + 1) < 1e-9);
}

static void wrong_numbers_are_named(void **state)
{
	(void)state;
	read_table(
		"artist,title,valence,arousal\nA,B,2,0\nA,C,x,0\nA,D,nan,0\n");
	assert_int_equal(songs.count, 3);
	assert_int_equal(songs.bad, 3);
	assert_int_equal(songs.last_bad.line, 4);
	for (int i = 0; i < 3; i++)
		assert_false(songs.all[i].has_mood);
}

static void needs_a_header(void **state)
{
	(void)state;
	assert_int_equal(read_table("Ada,Morning\n"), STATUS_BAD_DATA);
	assert_int_equal(fault.line, 1);
	assert_int_equal(read_table(""), STATUS_BAD_DATA);
	assert_int_equal(read_table("artist,album\nx,y\n"), STATUS_BAD_DATA);
}

static void keeps_what_came_before_an_error(void **state)
{
	(void)state;
	assert_int_equal(read_table("artist,title\nA,B\n\"C,D\n"),
			 STATUS_BAD_DATA);
	assert_int_equal(songs.count, 1);
	assert_int_equal(fault.line, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_the_rfc_says),
		cmocka_unit_test(needs_no_last_line_end),
		cmocka_unit_test(passes_over_empty_lines),
		cmocka_unit_test(guesses_the_delimiter),
		cmocka_unit_test(names_the_line_of_an_error),
		cmocka_unit_test(bounds_the_columns),
		cmocka_unit_test(survives_every_cut),
		cmocka_unit_test(reads_our_columns),
		cmocka_unit_test(reads_exportify),
		cmocka_unit_test(places_features_on_the_plane),
		cmocka_unit_test(wrong_numbers_are_named),
		cmocka_unit_test(needs_a_header),
		cmocka_unit_test(keeps_what_came_before_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, drop_text);
}
