/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON that services send, and what they should not. */
#include "tests/unit/unit.h"

#include "etl/json.h"
#include "tests/unit/songs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static json_t *root;
static struct fault fault;
static char text[256];

static enum status read_n(const char *body, size_t length)
{
	char *copy = songs_text(body, length);
	enum status st;

	json_decref(root);
	fault = (struct fault){0};
	st = json_read(copy, length, &root, &fault);
	free(copy);
	return st;
}

static enum status read_all(const char *body)
{
	return read_n(body, strlen(body));
}

static int drop_root(void **state)
{
	(void)state;
	json_decref(root);
	root = NULL;
	return 0;
}

/* The "t" of an object, cleaned. */
static const char *title(const char *body, size_t length)
{
	assert_int_equal(read_n(body, length), STATUS_OK);
	json_text_at(root, "t", text, sizeof(text));
	return text;
}

#define TITLE(body) title(body, sizeof(body) - 1)

static void one_bad_title_does_not_lose_its_page(void **state)
{
	(void)state;
	assert_string_equal(TITLE("{\"t\":\"a\\u0000b\"}"), "a\xef\xbf\xbd"
							    "b");
	assert_string_equal(TITLE("{\"t\":\"a\xff\xfe"
				  "b\"}"),
			    "a\xef\xbf\xbd\xef\xbf\xbd"
			    "b");
	assert_string_equal(TITLE("{\"t\":\"a\0b\"}"), "a b");
	assert_string_equal(TITLE("{\"t\":\"a\tb\nc\x1b[2Jd\"}"), "a b c [2Jd");
	assert_string_equal(TITLE("{\"t\":\"\\ud800x\"}"), "\xef\xbf\xbdx");
	assert_string_equal(TITLE("{\"t\":\"\\udc00\\ud800\\ud801x\"}"),
			    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx");
	/* overlong, a surrogate, beyond Unicode, cut short */
	assert_string_equal(TITLE("{\"t\":\"\xc0\xaf\xed\xa0\x80.\"}"),
			    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
			    "\xef\xbf\xbd.");
	assert_string_equal(TITLE("{\"t\":\"\xf4\x90\x80\x80\xe2\x82\"}"),
			    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
			    "\xef\xbf\xbd\xef\xbf\xbd");
	assert_string_equal(TITLE("\xef\xbb\xbf{\"t\":\"bom\"}"), "bom");
	assert_string_equal(TITLE("{\"t\":\"x\"}\0\0"), "x");
}

static void good_text_stays_as_it_is(void **state)
{
	(void)state;
	assert_string_equal(TITLE("{\"t\":\"\\ud83c\\udfb5 \\\\u0000 \\\" "
				  "\xc3\xb1 \\u00e9\"}"),
			    "\xf0\x9f\x8e\xb5 \\u0000 \" \xc3\xb1 \xc3\xa9");
	assert_string_equal(TITLE("{\"k\\\\\":[\"]}\\\"\"],\"t\":\"x\"}"), "x");
	assert_string_equal(TITLE("{\"t\":\" \\u202Ea\\u001b \"}"), "a");
}

static char *nested(int depth, size_t *length)
{
	char *body = malloc((size_t)depth * 2);

	memset(body, '[', (size_t)depth);
	memset(body + depth, ']', (size_t)depth);
	*length = (size_t)depth * 2;
	return body;
}

static void depth_and_size_are_bounded(void **state)
{
	size_t length;
	char *body = nested(JSON_DEPTH_MAX, &length);

	(void)state;
	assert_int_equal(read_n(body, length), STATUS_OK);
	free(body);
	body = nested(JSON_DEPTH_MAX + 1, &length);
	assert_int_equal(read_n(body, length), STATUS_BAD_DATA);
	assert_non_null(strstr(fault.detail, "deeper than 64"));
	free(body);
	body = nested(2000000, &length);
	assert_int_equal(read_n(body, length), STATUS_BAD_DATA);
	assert_null(root);
	/* brackets in a string are none */
	memset(body, '[', length);
	body[1] = body[length - 2] = '"';
	body[length - 1] = ']';
	assert_int_equal(read_n(body, length), STATUS_OK);
	free(body);
	length = JSON_BODY_MAX + 1;
	body = malloc(length);
	memset(body, ' ', length);
	body[0] = '[';
	body[JSON_BODY_MAX - 1] = ']';
	assert_int_equal(read_n(body, length), STATUS_BAD_DATA);
	assert_int_equal(read_n(body, length - 1), STATUS_OK);
	free(body);
}

static void values_are_bounded(void **state)
{
	size_t length = JSON_VALUES_MAX * 3 + 4;
	char *body = malloc(length);

	(void)state;
	body[0] = '[';
	for (size_t i = 0; i <= JSON_VALUES_MAX; i++)
		memcpy(body + 1 + i * 3, "[],", 3);
	assert_int_equal(read_n(body, length), STATUS_BAD_DATA);
	assert_non_null(strstr(fault.detail, "more than 300000 values"));
	free(body);
}

static void a_fault_says_where_and_quotes_nothing(void **state)
{
	char sentence[600];

	(void)state;
	assert_int_equal(read_all("{\n \"a\": SECRET }"), STATUS_BAD_DATA);
	assert_int_equal(fault.line, 2);
	fault_sentence(&fault, sentence, sizeof(sentence));
	assert_null(strstr(sentence, "SECRET"));
	assert_null(root);
	assert_int_equal(read_all(""), STATUS_BAD_DATA);
	assert_int_equal(read_all("{\"a\":\"\\"), STATUS_BAD_DATA);
	assert_int_equal(read_all("{\"a\":\"\\u12"), STATUS_BAD_DATA);
	assert_int_equal(read_all("{\"a\":\"\\u00g0\"}"), STATUS_BAD_DATA);
	assert_int_equal(read_all("<html>"), STATUS_BAD_DATA);
	assert_int_equal(read_all("{} {}"), STATUS_BAD_DATA);
}

static void a_list_may_be_its_only_member(void **state)
{
	(void)state;
	read_all("{\"a\":[1,{}],\"o\":{\"x\":1},\"s\":\"one\",\"e\":[],"
		 "\"n\":null,\"b\":\" \\n \",\"i\":3}");
	assert_int_equal(json_count(json_at(root, "a")), 2);
	assert_int_equal(json_count(json_at(root, "o")), 1);
	assert_ptr_equal(json_item(json_at(root, "o"), 0), json_at(root, "o"));
	assert_null(json_item(json_at(root, "o"), 1));
	assert_int_equal(json_count(json_at(root, "s")), 1);
	assert_int_equal(json_count(json_at(root, "e")), 0);
	assert_int_equal(json_count(json_at(root, "n")), 0);
	assert_int_equal(json_count(json_at(root, "b")), 0);
	assert_int_equal(json_count(json_at(root, "i")), 0);
	assert_int_equal(json_count(json_at(root, "missing")), 0);
	assert_null(json_item(NULL, 0));
}

static void numbers_come_as_strings(void **state)
{
	(void)state;
	read_all("{\"s\":\"2053916\",\"n\":8066450,\"r\":0.412,\"h\":\"1x\","
		 "\"e\":\"\",\"o\":{},\"x\":null,\"inf\":\"inf\",\"big\":1e300,"
		 "\"t\":true,\"one\":\"1\",\"z\":\"0\"}");
	assert_true(json_integer_at(root, "s", -1) == 2053916);
	assert_true(json_integer_at(root, "n", -1) == 8066450);
	assert_true(json_decimal_at(root, "r", -1) == 0.412);
	assert_true(json_integer_at(root, "r", -1) == 0);
	assert_true(json_integer_at(root, "big", -1) == -1);
	assert_true(json_decimal_at(root, "h", -1) == -1);
	assert_true(json_decimal_at(root, "e", -1) == -1);
	assert_true(json_decimal_at(root, "o", -1) == -1);
	assert_true(json_decimal_at(root, "x", -1) == -1);
	assert_true(json_decimal_at(root, "inf", -1) == -1);
	assert_true(json_flag_at(root, "t") && json_flag_at(root, "one") &&
		    json_flag_at(root, "n"));
	assert_false(json_flag_at(root, "z") || json_flag_at(root, "o") ||
		     json_flag_at(root, "x") || json_flag_at(root, "none"));
}

static void text_is_bounded_and_trimmed(void **state)
{
	char small[5];

	(void)state;
	read_all("{\"t\":\"\\t\\u00e9\\u00e9\\u00e9 \",\"n\":42,\"b\":true,"
		 "\"d\":{\"e\":{\"f\":\"deep\"}}}");
	assert_true(json_text_at(root, "t", small, sizeof(small)));
	assert_string_equal(small, "\xc3\xa9\xc3\xa9");
	assert_true(json_text_at(root, "n", text, sizeof(text)));
	assert_string_equal(text, "42");
	assert_false(json_text_at(root, "b", text, sizeof(text)));
	assert_string_equal(text, "");
	assert_true(json_text_at(root, "d.e.f", text, sizeof(text)));
	assert_false(json_text_at(root, "d.e.f.g", text, sizeof(text)));
	assert_false(json_text_at(root, "d.x.f", text, sizeof(text)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_bad_title_does_not_lose_its_page),
		cmocka_unit_test(good_text_stays_as_it_is),
		cmocka_unit_test(depth_and_size_are_bounded),
		cmocka_unit_test(values_are_bounded),
		cmocka_unit_test(a_fault_says_where_and_quotes_nothing),
		cmocka_unit_test(a_list_may_be_its_only_member),
		cmocka_unit_test(numbers_come_as_strings),
		cmocka_unit_test(text_is_bounded_and_trimmed),
	};

	return cmocka_run_group_tests(tests, NULL, drop_root);
}
