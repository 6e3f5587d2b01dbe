/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON where each request for memory in turn gets none. */
#include "tests/unit/unit.h"

#include "base/parse_json.h"

#include <stdlib.h>
#include <string.h>

/* Tokens longer than jansson's first buffers, nested, escaped. */
static const char text[] =
	"{\"a key that is longer than sixteen bytes\": [1.234567890123456789, "
	"\"a text that is longer, and has \\u00e9 \\\" and \\n in it, twice "
	"over: a text that is longer, and has an end\", {\"x\": {\"y\": "
	"[true, false, null, -12345678901234567, []]}}], \"b\": \"\"}";

static json_malloc_t get;
static json_free_t give_back;
static int left; /* requests until there is no more memory */

/* The parser's own, with none behind it from some request on. */
static void *counted(size_t size)
{
	return get(left-- > 0 ? size : SIZE_MAX);
}

static void every_request_may_get_nothing(void **state)
{
	enum status st = STATUS_NO_MEMORY;
	json_error_t error;
	json_t *root;
	int refused = -1;

	(void)state;
	json_get_alloc_funcs(&get, &give_back);
	json_set_alloc_funcs(counted, give_back);
	while (st == STATUS_NO_MEMORY) {
		left = ++refused;
		st = parse_json(text, sizeof(text) - 1, 0, &root, &error);
		assert_true(!st == (root != NULL));
	}
	json_set_alloc_funcs(get, give_back);
	assert_int_equal(st, STATUS_OK);
	assert_in_range(refused, 20, 200);
	assert_int_equal(json_object_size(root), 2);
	json_decref(root);
}

static void says_what_is_no_json(void **state)
{
	json_error_t error;
	json_t *root;

	(void)state;
	assert_int_equal(parse_json("{\"a\": 1,}", 9, 0, &root, &error),
			 STATUS_BAD_DATA);
	assert_null(root);
	assert_int_equal(error.line, 1);
	assert_int_equal(parse_json("[1", 2, 0, &root, NULL), STATUS_BAD_DATA);
}

/* What is changed, and given back in another order, later. */
static void outlives_its_parser(void **state)
{
	json_error_t error;
	json_t *one, *two, *made = json_array();

	(void)state;
	assert_int_equal(parse_json("[[1], \"two\"]", 12, 0, &one, &error), 0);
	assert_int_equal(parse_json("{\"a\": [3]}", 10, 0, &two, &error), 0);
	json_array_append_new(made, json_string("four"));
	json_array_append(one, json_object_get(two, "a"));
	json_object_set_new(two, "b", made);
	json_array_remove(one, 0);
	json_decref(two);
	assert_int_equal(json_array_size(one), 2);
	json_decref(one);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_request_may_get_nothing),
		cmocka_unit_test(says_what_is_no_json),
		cmocka_unit_test(outlives_its_parser),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
