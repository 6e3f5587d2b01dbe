/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cleaning, measuring, fitting and comparing text. */
#include "tests/unit/unit.h"

#include "base/text.h"

static const char *clean(const char *s)
{
	static char out[64];

	text_clean(out, sizeof(out), s);
	return out;
}

static void cleans_escapes_and_controls(void **state)
{
	(void)state;
	assert_string_equal(clean("a\x1b[31mb"), "a[31mb");
	assert_string_equal(clean("a\x07\x7f"
				  "b"),
			    "ab");
	assert_string_equal(clean("a\xc2\x9b"
				  "31mb"),
			    "a31mb");
	assert_string_equal(clean("one\r\ntwo\tx"), "one  two x");
}

static void cleans_bidi_and_zero_width(void **state)
{
	(void)state;
	assert_string_equal(clean("a\xe2\x80\xae"
				  "b\xe2\x80\x8b"
				  "c"),
			    "abc");
}

static void replaces_bad_utf8(void **state)
{
	(void)state;
	assert_string_equal(clean("a\xff"
				  "b\xc3"),
			    "a\xef\xbf\xbd"
			    "b\xef\xbf\xbd");
}

static void bounds_combining_marks(void **state)
{
	char flood[256] = "e";

	(void)state;
	for (int i = 0; i < 60; i++)
		strcat(flood, "\xcc\x81");
	assert_int_equal(strlen(clean(flood)), 1 + 4 * 2);
}

static void never_cuts_a_character(void **state)
{
	char out[4];

	(void)state;
	assert_int_equal(text_clean(out, sizeof(out), "ab\xc3\xa9"), 2);
	assert_string_equal(out, "ab");
	assert_int_equal(text_copy(out, sizeof(out), "ab\xc3\xa9"), 2);
}

static void fits_to_columns(void **state)
{
	char out[64];

	(void)state;
	assert_string_equal(text_fit(out, 64, "abc", 5, false), "abc  ");
	assert_string_equal(text_fit(out, 64, "abcdef", 4, false),
			    "abc\xe2\x80\xa6");
	assert_string_equal(text_fit(out, 64, "abcdef", 4, true), "abc~");
	/* a wide character is never halved */
	assert_int_equal(
		text_width(text_fit(out, 64, "\xe6\x97\xa5\xe6\x9c\xac", 3, 0)),
		3);
	assert_string_equal(text_fit(out, 64, "abc", 0, false), "");
}

static void keys_compare_names(void **state)
{
	static const char *const same[][2] = {
		{"Björk", "bjork"},
		{"Don\xe2\x80\x99t Stop", "dont  stop!"},
		{"Song (feat. Somebody)", "song"},
		{"Song ft. Somebody", "Song"},
		{"Song - Remastered 2011", "Song"},
		{"Song (2011 Remaster)", "Song"},
		{"AC/DC", "ac dc"},
		{"\xef\xbc\xa1", "a"},
	};
	char a[64], b[64];

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++) {
		text_key(a, sizeof(a), same[i][0]);
		text_key(b, sizeof(b), same[i][1]);
		assert_string_equal(a, b);
	}
	assert_int_equal(text_key(a, sizeof(a), ""), 0);
	text_key(a, sizeof(a), "!!!");
	assert_string_equal(a, "!!!");
	text_key(a, sizeof(a), "Alive (Again)");
	assert_string_equal(a, "alive again");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cleans_escapes_and_controls),
		cmocka_unit_test(cleans_bidi_and_zero_width),
		cmocka_unit_test(replaces_bad_utf8),
		cmocka_unit_test(bounds_combining_marks),
		cmocka_unit_test(never_cuts_a_character),
		cmocka_unit_test(fits_to_columns),
		cmocka_unit_test(keys_compare_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
