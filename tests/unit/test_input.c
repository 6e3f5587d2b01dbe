/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys, layers, lists and typed lines, without a terminal. */
#include "tests/unit/unit.h"

#include "tui/input.h"

static struct keys keys;
static struct layout layout;
static struct ui ui;
static struct input_view view;

static int set_up(void **state)
{
	(void)state;
	keys_defaults(&keys);
	layout = layout_compute(40, 140, false);
	memset(&ui, 0, sizeof(ui));
	view = (struct input_view){.keys = &keys,
				   .layout = &layout,
				   .queued = 4,
				   .found = 3,
				   .events = 10,
				   .log_lines = 20,
				   .page = 5};
	return 0;
}

static struct wish press(const char *key)
{
	struct wish wish = input_key(&ui, &view, keys_code_from_name(key));

	input_settle(&ui, &view);
	return wish;
}

static void type(const char *text)
{
	for (; *text; text++)
		input_key(&ui, &view, (key_code)*text);
}

static void actions_pass_through(void **state)
{
	(void)state;
	assert_int_equal(press("Space").action, ACTION_PAUSE);
	assert_int_equal(press("n").action, ACTION_NEXT);
	assert_int_equal(press("q").action, ACTION_QUIT);
	assert_int_equal(press("4").action, ACTION_MOOD_4);
	/* unknown keys do nothing */
	assert_int_equal(press("Z").kind, WISH_NONE);
	assert_int_equal(press("F9").kind, WISH_NONE);
	assert_int_equal(press("Up").kind, WISH_NONE);
	assert_int_equal(press("Enter").kind, WISH_NONE);
}

static void esc_closes_the_top_layer(void **state)
{
	(void)state;
	press("f");
	press("Tab");
	press("?");
	assert_int_equal(ui.overlay, OVERLAY_HELP);
	press("Esc");
	assert_int_equal(ui.overlay, OVERLAY_NONE);
	assert_int_equal(ui.focus, FOCUS_QUEUE);
	press("Esc");
	assert_int_equal(ui.focus, FOCUS_NONE);
	assert_true(ui.full_screen);
	press("Esc");
	assert_false(ui.full_screen);
	/* and then nothing: Esc never leaves the program */
	assert_int_equal(press("Esc").kind, WISH_NONE);
}

static void layers_close_by_their_key_and_q(void **state)
{
	static const char *const opened[][2] = {
		{"?", "?"}, {"F1", "q"}, {"L", "L"}, {"L", "q"}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		press(opened[i][0]);
		assert_int_not_equal(ui.overlay, OVERLAY_NONE);
		assert_int_equal(press(opened[i][1]).kind, WISH_NONE);
		assert_int_equal(ui.overlay, OVERLAY_NONE);
	}
	/* what lies below a layer does not get its keys */
	press("L");
	assert_int_equal(press("Space").kind, WISH_NONE);
	assert_int_equal(press("4").kind, WISH_NONE);
}

static void search_types_chooses_and_plays(void **state)
{
	struct wish w;

	(void)state;
	assert_int_equal(press("/").kind, WISH_SEARCH);
	assert_int_equal(ui.overlay, OVERLAY_SEARCH);
	assert_int_equal(press("q").kind, WISH_SEARCH);
	type("n 4");
	assert_string_equal(ui.line.text, "qn 4");
	press("Down");
	assert_true(ui.in_list);
	press("n");
	assert_int_equal(ui.chosen, 1);
	press("n");
	press("n");
	assert_int_equal(ui.chosen, 2);
	press("N");
	press("/");
	assert_false(ui.in_list);
	w = press("Enter");
	assert_int_equal(w.kind, WISH_PLAY_FOUND);
	assert_int_equal(w.index, 1);
	assert_int_equal(ui.overlay, OVERLAY_NONE);
}

static void a_reading_is_put_right(void **state)
{
	struct wish w;

	(void)state;
	/* without a face: the dashboard tells so, and nothing opens */
	assert_int_equal(press("x").kind, WISH_REGARD);
	assert_int_equal(ui.overlay, OVERLAY_NONE);
	view.face = true;
	assert_int_equal(press("x").kind, WISH_REGARD);
	assert_int_equal(ui.overlay, OVERLAY_CORRECT);
	assert_int_equal(press("8").kind, WISH_NONE);
	assert_int_equal(press("Space").kind, WISH_NONE);
	assert_int_equal(ui.overlay, OVERLAY_CORRECT);
	w = press("7");
	assert_int_equal(w.kind, WISH_CORRECT);
	assert_int_equal(w.index, 7);
	assert_int_equal(ui.overlay, OVERLAY_NONE);
	press("x");
	w = press("0");
	assert_int_equal(w.kind, WISH_CORRECT);
	assert_int_equal(w.index, 0);
	for (int i = 0; i < 3; i++) {
		press("x");
		assert_int_equal(ui.overlay, OVERLAY_CORRECT);
		assert_int_equal(press(i == 0   ? "x"
				       : i == 1 ? "q"
						: "Esc")
					 .kind,
				 WISH_NONE);
		assert_int_equal(ui.overlay, OVERLAY_NONE);
	}
	/* in the queue x is what it was */
	press("Tab");
	assert_int_equal(press("x").kind, WISH_REMOVE_QUEUED);
}

static void enter_without_a_find_stays(void **state)
{
	(void)state;
	view.found = 0;
	press("/");
	assert_int_equal(press("Enter").kind, WISH_NONE);
	assert_int_equal(ui.overlay, OVERLAY_SEARCH);
	press("Down");
	assert_false(ui.in_list);
	press("Esc");
	assert_int_equal(ui.overlay, OVERLAY_NONE);
}

static void a_feeling_is_typed(void **state)
{
	struct wish w;

	(void)state;
	press("t");
	type("so q glad");
	w = press("Enter");
	assert_int_equal(w.kind, WISH_FEEL);
	assert_string_equal(w.text, "so q glad");
	press("t");
	assert_string_equal(ui.line.text, "");
	assert_int_equal(press("Enter").kind, WISH_NONE);
}

static void focus_goes_round_what_is_shown(void **state)
{
	(void)state;
	press("Tab");
	assert_int_equal(ui.focus, FOCUS_QUEUE);
	press("Tab");
	assert_int_equal(ui.focus, FOCUS_EVENTS);
	press("Tab");
	assert_int_equal(ui.focus, FOCUS_NONE);
	press("Shift-Tab");
	assert_int_equal(ui.focus, FOCUS_EVENTS);
	/* the panel goes, and the focus with it */
	layout = layout_compute(24, 80, false);
	input_settle(&ui, &view);
	assert_int_equal(ui.focus, FOCUS_NONE);
	press("Shift-Tab");
	assert_int_equal(ui.focus, FOCUS_QUEUE);
	layout = layout_compute(5, 30, false);
	layout.queue = (struct rect){0};
	press("Tab");
	assert_int_equal(ui.focus, FOCUS_NONE);
}

static void the_queue_is_a_list(void **state)
{
	struct wish w;

	(void)state;
	press("Tab");
	press("Down");
	press("j");
	assert_int_equal(ui.chosen, 2);
	w = press("x");
	assert_int_equal(w.kind, WISH_REMOVE_QUEUED);
	assert_int_equal(w.index, 2);
	press("End");
	assert_int_equal(ui.chosen, 3);
	press("PageUp");
	assert_int_equal(ui.chosen, 0);
	press("Up");
	assert_int_equal(ui.chosen, 0);
	w = press("Enter");
	assert_int_equal(w.kind, WISH_PLAY_QUEUED);
	/* it shrinks below the choice */
	press("End");
	view.queued = 1;
	input_settle(&ui, &view);
	assert_int_equal(ui.chosen, 0);
	view.queued = 0;
	press("Down");
	assert_int_equal(ui.chosen, 0);
	/* other keys keep their meaning */
	assert_int_equal(press("n").action, ACTION_NEXT);
	assert_int_equal(press("Space").action, ACTION_PAUSE);
}

static void the_log_scrolls_from_its_end(void **state)
{
	(void)state;
	press("L");
	press("Up");
	press("Up");
	assert_int_equal(ui.scroll, 2);
	press("PageUp");
	assert_int_equal(ui.scroll, 7);
	press("Home");
	assert_int_equal(ui.scroll, 19);
	press("End");
	assert_int_equal(ui.scroll, 0);
}

static void lines_take_text_alone(void **state)
{
	struct line line = {{0}};

	(void)state;
	line_add(&line, 0xe4);
	line_add(&line, 0x20ac);
	line_add(&line, 0x1f600);
	assert_string_equal(line.text, "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
	line_erase(&line);
	assert_string_equal(line.text, "\xc3\xa4\xe2\x82\xac");
	line_erase(&line);
	line_erase(&line);
	line_erase(&line);
	assert_string_equal(line.text, "");
	line_add(&line, 7);
	line_add(&line, 0x9b);
	line_add(&line, KEY_CODE_LEFT);
	assert_string_equal(line.text, "");
	for (int i = 0; i < 1000; i++)
		line_add(&line, i % 5 ? 0x20ac : ' ');
	assert_true(strlen(line.text) < sizeof(line.text));
	line_erase_word(&line);
	assert_true(line.text[strlen(line.text) - 1] == ' ');
}

#define TEST(f) cmocka_unit_test_setup(f, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(actions_pass_through),
		TEST(esc_closes_the_top_layer),
		TEST(layers_close_by_their_key_and_q),
		TEST(search_types_chooses_and_plays),
		TEST(a_reading_is_put_right),
		TEST(enter_without_a_find_stays),
		TEST(a_feeling_is_typed),
		TEST(focus_goes_round_what_is_shown),
		TEST(the_queue_is_a_list),
		TEST(the_log_scrolls_from_its_end),
		TEST(lines_take_text_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
