/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ladder from a dumb terminal to 256 colours, one fact at a time. */
#include "tests/unit/unit.h"

#include "tui/caps.h"

static const struct caps_facts good = {
	.term = "tmux-256color",
	.codeset = "UTF-8",
	.colors = 256,
	.pairs = 65536,
	.is_tty = true,
	.can_move = true,
};

static void best_is_half_blocks(void **state)
{
	struct caps caps = caps_decide(&good);

	(void)state;
	assert_int_equal(caps.refusal, CAPS_FIT);
	assert_int_equal(caps.preview, PREVIEW_HALF);
	assert_int_equal(caps.glyphs, GLYPHS_FULL);
	assert_int_equal(caps.colors, 256);
}

static void refuses_what_cannot_show_it(void **state)
{
	struct caps_facts f = good;

	(void)state;
	f.is_tty = false;
	assert_int_equal(caps_decide(&f).refusal, CAPS_NOT_A_TTY);
	f = good;
	f.term = "dumb";
	assert_int_equal(caps_decide(&f).refusal, CAPS_DUMB);
	f.term = NULL;
	assert_int_equal(caps_decide(&f).refusal, CAPS_DUMB);
	f = good;
	f.can_move = false;
	assert_int_equal(caps_decide(&f).refusal, CAPS_DUMB);
	assert_true(strlen(caps_refusal_text(CAPS_DUMB)) > 20);
	assert_true(strlen(caps_refusal_text(CAPS_NOT_A_TTY)) > 20);
	assert_string_equal(caps_refusal_text(CAPS_FIT), "");
}

static void no_color_means_none(void **state)
{
	struct caps_facts f = good;
	struct caps caps;

	(void)state;
	f.no_color = "1";
	caps = caps_decide(&f);
	assert_int_equal(caps.colors, 0);
	assert_int_equal(caps.preview, PREVIEW_ASCII);
	assert_int_equal(caps.glyphs, GLYPHS_FULL);
	assert_false(caps.modes[PREVIEW_HALF]);
	/* set but empty is not set */
	f.no_color = "";
	assert_int_equal(caps_decide(&f).colors, 256);
	f.mono_wished = true;
	assert_int_equal(caps_decide(&f).colors, 0);
}

static void monochrome_and_console(void **state)
{
	struct caps_facts f = good;
	struct caps caps;

	(void)state;
	f.term = "vt100";
	f.colors = f.pairs = -1;
	caps = caps_decide(&f);
	assert_int_equal(caps.colors, 0);
	assert_int_equal(caps.preview, PREVIEW_ASCII);
	f.term = "linux";
	f.colors = 8;
	f.pairs = 64;
	caps = caps_decide(&f);
	assert_int_equal(caps.colors, 8);
	assert_int_equal(caps.glyphs, GLYPHS_LINES);
	assert_int_equal(caps.preview, PREVIEW_ASCII);
}

static void not_utf8_is_ascii(void **state)
{
	struct caps_facts f = good;
	struct caps caps;

	(void)state;
	f.codeset = "ANSI_X3.4-1968";
	caps = caps_decide(&f);
	assert_int_equal(caps.glyphs, GLYPHS_ASCII);
	assert_int_equal(caps.preview, PREVIEW_ASCII);
	assert_int_equal(caps.colors, 256);
	f.codeset = NULL;
	assert_int_equal(caps_decide(&f).glyphs, GLYPHS_ASCII);
}

static void wishes_are_kept_where_possible(void **state)
{
	struct caps_facts f = good;

	(void)state;
	f.has_wish = true;
	f.wish = PREVIEW_OFF;
	assert_int_equal(caps_decide(&f).preview, PREVIEW_OFF);
	f.wish = PREVIEW_ASCII;
	assert_int_equal(caps_decide(&f).preview, PREVIEW_ASCII);
	f.wish = PREVIEW_HALF;
	f.pairs = 256;
	assert_int_equal(caps_decide(&f).preview, PREVIEW_ASCII);
}

static void modes_have_names_and_an_order(void **state)
{
	struct caps_facts f = good;
	struct caps caps = caps_decide(&f);
	enum preview_mode mode;
	bool wish;

	(void)state;
	assert_int_equal(caps_preview_next(&caps, PREVIEW_HALF), PREVIEW_ASCII);
	assert_int_equal(caps_preview_next(&caps, PREVIEW_OFF), PREVIEW_HALF);
	f.no_color = "yes";
	caps = caps_decide(&f);
	assert_int_equal(caps_preview_next(&caps, PREVIEW_OFF), PREVIEW_ASCII);
	assert_true(caps_preview_from_name("auto", &wish, &mode));
	assert_false(wish);
	assert_true(caps_preview_from_name("off", &wish, &mode));
	assert_true(wish);
	assert_int_equal(mode, PREVIEW_OFF);
	assert_false(caps_preview_from_name("sixel", &wish, &mode));
	for (int i = 0; i < PREVIEW_MODES; i++) {
		assert_true(caps_preview_from_name(
			caps_preview_name((enum preview_mode)i), &wish, &mode));
		assert_int_equal(mode, i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(best_is_half_blocks),
		cmocka_unit_test(refuses_what_cannot_show_it),
		cmocka_unit_test(no_color_means_none),
		cmocka_unit_test(monochrome_and_console),
		cmocka_unit_test(not_utf8_is_ascii),
		cmocka_unit_test(wishes_are_kept_where_possible),
		cmocka_unit_test(modes_have_names_and_an_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
