/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which camera is tried first, and that a known one is found again. */
#include "tests/unit/unit.h"

#include "capture/search.h"

static const struct device nodes[] = {
	{.path = "/dev/video0",
	 .name = "Built-in",
	 .bus = "usb-1",
	 .captures = true},
	{.path = "/dev/video1", .name = "Built-in", .bus = "usb-1"},
	{.path = "/dev/video2",
	 .name = "Webcam",
	 .bus = "usb-2",
	 .captures = true},
	{.path = "/dev/video4",
	 .name = "Webcam",
	 .bus = "usb-3",
	 .captures = true},
	{.path = "/dev/video9", .status = STATUS_DENIED},
};

#define COUNT ((int)(sizeof(nodes) / sizeof(*nodes)))

/* The order as one string: the nodes' numbers. */
static const char *order(const char *spec, const char *name, const char *bus)
{
	static char digits[SEARCH_MAX + 1];
	char paths[SEARCH_MAX][SEARCH_PATH];
	struct source_info info = {0};
	struct search search;
	int count;

	strcpy(info.name, name);
	strcpy(info.bus, bus);
	search_init(&search, spec);
	search_found(&search, &info);
	count = search_order(&search, nodes, COUNT, paths);
	for (int i = 0; i < count; i++)
		digits[i] = paths[i][strlen(paths[i]) - 1];
	digits[count] = '\0';
	return digits;
}

static void auto_takes_what_captures(void **state)
{
	(void)state;
	/* Not the metadata node; the one that may not be asked comes too. */
	assert_string_equal(order("auto", "", ""), "0249");
}

static void auto_prefers_the_known_camera(void **state)
{
	(void)state;
	assert_string_equal(order("auto", "Webcam", "usb-3"), "4209");
	assert_string_equal(order("auto", "Webcam", "usb-7"), "2409");
	assert_string_equal(order("auto", "Gone", "usb-7"), "0249");
}

static void a_name_is_taken_as_it_is(void **state)
{
	(void)state;
	assert_string_equal(order("/dev/video2", "", ""), "2");
	assert_string_equal(order("/dev/video7", "", ""), "7");
}

static void a_known_camera_is_found_elsewhere(void **state)
{
	(void)state;
	assert_string_equal(order("/dev/video7", "Webcam", "usb-3"), "47");
	assert_string_equal(order("/dev/video7", "Webcam", "usb-9"), "247");
	assert_string_equal(order("/dev/video2", "Webcam", "usb-2"), "2");
	assert_string_equal(order("/dev/video7", "Other", "usb-3"), "7");
}

static void no_nodes_no_camera(void **state)
{
	char paths[SEARCH_MAX][SEARCH_PATH];
	struct search search;

	(void)state;
	search_init(&search, "auto");
	assert_int_equal(search_order(&search, nodes, 0, paths), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(auto_takes_what_captures),
		cmocka_unit_test(auto_prefers_the_known_camera),
		cmocka_unit_test(a_name_is_taken_as_it_is),
		cmocka_unit_test(a_known_camera_is_found_elsewhere),
		cmocka_unit_test(no_nodes_no_camera),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
