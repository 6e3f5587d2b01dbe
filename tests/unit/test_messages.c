/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was said: clean, bounded, and said again without growing. */
#include "tests/unit/unit.h"

#include "tui/messages.h"

#include <stdio.h>

static void messages_are_clean_and_bounded(void **state)
{
	static struct messages list;
	char text[32];

	(void)state;
	assert_null(messages_at(&list, 0));
	messages_add(&list, 1, LOG_INFO, "a\x1b[2Jb");
	assert_string_equal(messages_at(&list, 0)->text, "a[2Jb");
	/* said again: the time moves, the list does not grow */
	messages_add(&list, 9, LOG_INFO, "a\x1b[2Jb");
	assert_int_equal(messages_count(&list), 1);
	assert_int_equal(messages_at(&list, 0)->at, 9);
	for (int i = 0; i < 200; i++) {
		snprintf(text, sizeof(text), "message %d", i);
		messages_add(&list, i, LOG_INFO, text);
	}
	assert_int_equal(messages_count(&list), MESSAGES_KEPT);
	assert_string_equal(messages_at(&list, 0)->text, "message 199");
	assert_null(messages_at(&list, MESSAGES_KEPT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_are_clean_and_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
