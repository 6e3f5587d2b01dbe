/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key table: complete, without rivals, remappable, and as documented. */
#include "tests/unit/unit.h"

#include "tui/keys.h"

#include <stdio.h>
#include <stdlib.h>

static struct config config_with(const char *action, const char *keys)
{
	struct config c;

	config_defaults(&c);
	c.binding_count = 1;
	snprintf(c.bindings[0].action, sizeof(c.bindings[0].action), "%s",
		 action);
	snprintf(c.bindings[0].keys, sizeof(c.bindings[0].keys), "%s", keys);
	snprintf(c.bindings[0].file, sizeof(c.bindings[0].file), "my.yaml");
	c.bindings[0].line = 7;
	c.bindings[0].column = 3;
	return c;
}

static void every_action_is_described_and_has_a_key(void **state)
{
	struct keys keys;

	(void)state;
	keys_defaults(&keys);
	for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		enum action a = (enum action)i;

		assert_non_null(keys_action_name(a));
		assert_true(strlen(keys_label(a)) > 0);
		assert_true(strlen(keys_help(a)) > 0);
		assert_true(keys.codes[i][0] != KEY_CODE_NONE);
		/* the first key calls the action: no rival before it */
		assert_int_equal(keys_find(&keys, keys.codes[i][0],
					   keys_group(a) == KEY_GROUP_LIST),
				 i);
	}
}

static void keys_of_the_design(void **state)
{
	static const struct {
		const char *key;
		enum action action;
	} expected[] = {
		{"Space", ACTION_PAUSE},
		{"n", ACTION_NEXT},
		{">", ACTION_NEXT},
		{"p", ACTION_PREVIOUS},
		{"<", ACTION_PREVIOUS},
		{"+", ACTION_VOLUME_UP},
		{"=", ACTION_VOLUME_UP},
		{"-", ACTION_VOLUME_DOWN},
		{"[", ACTION_VOLUME_LITTLE_DOWN},
		{"]", ACTION_VOLUME_LITTLE_UP},
		{"m", ACTION_MUTE},
		{"Left", ACTION_SEEK_BACK},
		{"Shift-Right", ACTION_SEEK_FAR_FORWARD},
		{"/", ACTION_SEARCH},
		{"?", ACTION_HELP},
		{"F1", ACTION_HELP},
		{"Tab", ACTION_FOCUS_NEXT},
		{"Shift-Tab", ACTION_FOCUS_PREVIOUS},
		{"L", ACTION_LOG},
		{"v", ACTION_PREVIEW},
		{"f", ACTION_FULL_SCREEN},
		{"q", ACTION_QUIT},
		{"Ctrl-C", ACTION_QUIT},
		{"1", ACTION_MOOD_1},
		{"7", ACTION_MOOD_7},
		{"a", ACTION_AUTO},
		{"u", ACTION_POLICY},
		{"c", ACTION_CAMERA},
	};
	struct keys keys;

	(void)state;
	keys_defaults(&keys);
	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++)
		assert_int_equal(keys_find(&keys,
					   keys_code_from_name(expected[i].key),
					   false),
				 expected[i].action);
	assert_int_equal(keys_find(&keys, 'z', false), ACTION_NONE);
	assert_int_equal(keys_find(&keys, 'n', true), ACTION_NEXT_MATCH);
	/* a list takes its own keys and leaves the others */
	assert_int_equal(keys_find(&keys, ' ', true), ACTION_PAUSE);
	assert_int_equal(keys_find(&keys, KEY_CODE_UP, false), ACTION_NONE);
}

static void names_go_both_ways(void **state)
{
	char name[24];

	(void)state;
	for (key_code c = '!'; c < 127; c++)
		assert_int_equal(keys_code_from_name(
					 keys_code_name(c, name, sizeof(name))),
				 c);
	for (key_code c = KEY_CODE_LEFT; c < KEY_CODE_F1 + 12; c++)
		assert_int_equal(keys_code_from_name(
					 keys_code_name(c, name, sizeof(name))),
				 c);
	assert_int_equal(keys_code_from_name("ctrl-l"), 12);
	assert_int_equal(keys_code_from_name("\xc3\xa4"), 0xe4);
	assert_int_equal(keys_code_from_name("\xe2\x82\xac"), 0x20ac);
	assert_string_equal(keys_code_name(0x20ac, name, sizeof(name)),
			    "\xe2\x82\xac");
	assert_int_equal(keys_code_from_name("F13"), KEY_CODE_NONE);
	assert_int_equal(keys_code_from_name("F0"), KEY_CODE_NONE);
	assert_int_equal(keys_code_from_name("Hyper-x"), KEY_CODE_NONE);
	assert_int_equal(keys_code_from_name("ab"), KEY_CODE_NONE);
	assert_int_equal(keys_code_from_name("Ctrl-1"), KEY_CODE_NONE);
	assert_int_equal(keys_code_from_name(""), KEY_CODE_NONE);
}

static void configuration_remaps(void **state)
{
	struct config c = config_with("pause", "k Space");
	struct keys keys;
	struct fault fault;
	char text[32];

	(void)state;
	keys_defaults(&keys);
	assert_int_equal(keys_configure(&keys, &c, &fault), STATUS_OK);
	assert_int_equal(keys_find(&keys, 'k', false), ACTION_PAUSE);
	assert_string_equal(keys_text(&keys, ACTION_PAUSE, text, 32),
			    "k Space");
	c = config_with("pause", "");
	keys_defaults(&keys);
	assert_int_equal(keys_configure(&keys, &c, &fault), STATUS_OK);
	assert_int_equal(keys_find(&keys, ' ', false), ACTION_NONE);
	assert_string_equal(keys_text(&keys, ACTION_PAUSE, text, 32), "");
}

static void two_actions_may_swap_keys(void **state)
{
	struct config c = config_with("next", "p");
	struct keys keys;
	struct fault fault;

	(void)state;
	c.bindings[1] = c.bindings[0];
	c.binding_count = 2;
	snprintf(c.bindings[1].action, 32, "previous");
	snprintf(c.bindings[1].keys, 32, "n");
	keys_defaults(&keys);
	assert_int_equal(keys_configure(&keys, &c, &fault), STATUS_OK);
	assert_int_equal(keys_find(&keys, 'p', false), ACTION_NEXT);
}

static void bad_bindings_are_faults_with_a_place(void **state)
{
	static const char *const bad[][3] = {
		{"dance", "d", "no action \"dance\""},
		{"pause", "Hyper-x", "no key \"Hyper-x\""},
		{"pause", "n", "belongs to \"next\""},
		{"pause", "w x y z Q", "one key too many"},
	};
	struct fault fault;
	struct keys keys;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct config c = config_with(bad[i][0], bad[i][1]);

		keys_defaults(&keys);
		assert_int_equal(keys_configure(&keys, &c, &fault),
				 STATUS_BAD_DATA);
		assert_non_null(strstr(fault.detail, bad[i][2]));
		assert_string_equal(fault.subject, "my.yaml");
		assert_int_equal(fault.line, 7);
		assert_int_equal(fault.column, 3);
	}
}

/* docs/keys.md is this table, written out. */
static void write_document(FILE *to)
{
	struct keys keys;
	char text[64];

	keys_defaults(&keys);
	fputs("# Keys\n\nEvery one can be changed under `keys:` in the "
	      "configuration: the action's\nname, and a key or a list of at "
	      "most four.\n",
	      to);
	for (int g = 0; g < KEY_GROUP_COUNT; g++) {
		fprintf(to,
			"\n## %s\n\n| action | keys | what it does |\n"
			"|---|---|---|\n",
			keys_group_name((enum key_group)g));
		for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
			if (keys_group((enum action)i) == (enum key_group)g)
				fprintf(to, "| %s | %s | %s |\n",
					keys_action_name((enum action)i),
					keys_text(&keys, (enum action)i, text,
						  sizeof(text)),
					keys_help((enum action)i));
	}
}

static void documentation_is_the_table(void **state)
{
	const char *root = getenv("MIEN_ROOT");
	char path[4096], *made = NULL, *kept;
	size_t size = 0, n;
	FILE *out = open_memstream(&made, &size), *in;

	(void)state;
	write_document(out);
	fclose(out);
	snprintf(path, sizeof(path), "%s/docs/keys.md", root ? root : ".");
	if (getenv("MIEN_WRITE_DOCS")) {
		in = fopen(path, "w");
		assert_non_null(in);
		fputs(made, in);
		fclose(in);
	}
	in = fopen(path, "r");
	assert_non_null(in);
	kept = calloc(1, size + 2);
	n = fread(kept, 1, size + 1, in);
	fclose(in);
	assert_int_equal(n, size);
	assert_memory_equal(kept, made, size);
	free(kept);
	free(made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_action_is_described_and_has_a_key),
		cmocka_unit_test(keys_of_the_design),
		cmocka_unit_test(names_go_both_ways),
		cmocka_unit_test(configuration_remaps),
		cmocka_unit_test(two_actions_may_swap_keys),
		cmocka_unit_test(bad_bindings_are_faults_with_a_place),
		cmocka_unit_test(documentation_is_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
