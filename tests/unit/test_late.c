/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Libraries that are loaded late: found, missing, and of another kind. */
#include "base/late.h"
#include "tests/unit/unit.h"

static double (*cosine)(double);
static void *nothing;

static const struct late_function good[] = {{"cos", &cosine}};
static const struct late_function bad[] = {{"no_such_function", &nothing}};

static void finds_functions(void **state)
{
	static struct late late = LATE_INIT;
	struct late_library library = {"libm.so.6", "libc6", good, 1};
	struct fault fault;

	(void)state;
	cosine = NULL;
	assert_int_equal(late_load(&late, &library, 1, &fault), STATUS_OK);
	assert_true(cosine(0) == 1);
	cosine = NULL; /* a second call does nothing */
	assert_int_equal(late_load(&late, &library, 1, &fault), STATUS_OK);
	assert_null(cosine);
}

static void names_the_package_of_what_is_missing(void **state)
{
	static struct late late = LATE_INIT;
	struct late_library libraries[] = {
		{"libm.so.6", "libc6", good, 1},
		{"libnowhere.so.7", "libnowhere7", good, 1}};
	char sentence[512];
	struct fault fault;

	(void)state;
	assert_int_equal(late_load(&late, libraries, 2, &fault),
			 STATUS_UNSUPPORTED);
	fault_sentence(&fault, sentence, sizeof(sentence));
	assert_non_null(strstr(sentence, "libnowhere.so.7"));
	assert_non_null(strstr(sentence, "install the package libnowhere7"));
	/* and tries again, as it may have been installed since */
	assert_int_equal(late_load(&late, libraries, 2, &fault),
			 STATUS_UNSUPPORTED);
	assert_int_equal(late_load(&late, libraries, 1, &fault), STATUS_OK);
}

static void names_a_function_that_is_not_there(void **state)
{
	static struct late late = LATE_INIT;
	struct late_library library = {"libm.so.6", "libc6", bad, 1};
	struct fault fault;

	(void)state;
	assert_int_equal(late_load(&late, &library, 1, &fault),
			 STATUS_UNSUPPORTED);
	assert_non_null(strstr(fault.detail, "no_such_function"));
	assert_non_null(strstr(fault.hint, "libc6"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_functions),
		cmocka_unit_test(names_the_package_of_what_is_missing),
		cmocka_unit_test(names_a_function_that_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
