/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: what is taken, what is refused, and that help is whole. */
#include "tests/unit/unit.h"

#include "tui/options.h"

#include <stdlib.h>

static struct options options;
static struct fault fault;
static char *args[16];

/* Parses "mien" and line's words, which a single space parts. */
static enum status parse(const char *line)
{
	static char copy[256], name[] = "mien";
	int argc = 1;

	strcpy(copy, line);
	args[0] = name;
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
		args[argc++] = word;
	args[argc] = NULL;
	return options_parse(argc, args, &options, &fault);
}

static void nothing_is_the_dashboard(void **state)
{
	(void)state;
	assert_int_equal(parse(""), STATUS_OK);
	assert_int_equal(options.command, COMMAND_DASHBOARD);
	assert_null(options.source);
	assert_false(options.has_seed);
}

static void options_stand_anywhere(void **state)
{
	(void)state;
	assert_int_equal(parse("--catalog c.db look a.png --json --seed=7 - b"),
			 STATUS_OK);
	assert_int_equal(options.command, COMMAND_LOOK);
	assert_string_equal(options.catalog, "c.db");
	assert_true(options.json && options.has_seed);
	assert_int_equal(options.seed, 7);
	assert_int_equal(options.argument_count, 3);
	assert_string_equal(options.arguments[0], "a.png");
	assert_string_equal(options.arguments[1], "-");
	assert_string_equal(options.arguments[2], "b");
}

static void two_dashes_end_the_options(void **state)
{
	(void)state;
	assert_int_equal(parse("feel --json -- --seed -_- look"), STATUS_OK);
	assert_int_equal(options.command, COMMAND_FEEL);
	assert_int_equal(options.argument_count, 3);
	assert_string_equal(options.arguments[0], "--seed");
	assert_string_equal(options.arguments[1], "-_-");
	assert_string_equal(options.arguments[2], "look");
}

static void a_value_is_no_command(void **state)
{
	(void)state;
	assert_int_equal(parse("--source look --frames 30 --mood Sad"),
			 STATUS_OK);
	assert_int_equal(options.command, COMMAND_DASHBOARD);
	assert_string_equal(options.source, "look");
	assert_int_equal(options.frames, 30);
	assert_int_equal(parse("--"), STATUS_OK);
	assert_int_equal(options.argument_count, 0);
}

static void refuses(void **state)
{
	static const char *const lines[] = {
		"--nonsense",
		"-x",
		"look",
		"feel",
		"a.png",
		"devices extra",
		"look --source a",
		"--json",
		"--seed",
		"--seed -3",
		"--seed 3x",
		"--seed 99999999999999999999",
		"--seed=",
		"--help=yes",
		"look a --json=1",
		"-- extra",
	};
	char sentence[512];

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		assert_int_equal(parse(lines[i]), STATUS_BAD_ARGUMENT);
		fault_sentence(&fault, sentence, sizeof(sentence));
		assert_true(strlen(sentence) > 30);
	}
}

static void options_win_over_settings(void **state)
{
	struct config config;

	(void)state;
	config_defaults(&config);
	assert_int_equal(parse("--mood sad --policy lift --ao null --log l"
			       " --preview off --catalog c --source demo"),
			 STATUS_OK);
	assert_int_equal(options_apply(&options, &config, &fault), STATUS_OK);
	assert_string_equal(config.mood.mode, "sad");
	assert_string_equal(config.music.policy, "lift");
	assert_string_equal(config.music.ao, "null");
	assert_string_equal(config.log.file, "l");
	assert_string_equal(config.screen.preview, "off");
	assert_string_equal(config.music.catalog, "c");
	assert_string_equal(config.camera.source, "demo");
	assert_int_equal(parse("--mood glad"), STATUS_OK);
	assert_int_equal(options_apply(&options, &config, &fault),
			 STATUS_BAD_ARGUMENT);
}

static void help_names_every_option(void **state)
{
	char *text = NULL, line[64];
	const char *name, *value;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	(void)state;
	options_help(to);
	fclose(to);
	for (int i = 0; (name = options_name(i, &value)); i++) {
		snprintf(line, sizeof(line), "  --%s%s%s ", name,
			 value ? " " : "", value ? value : "");
		assert_non_null(strstr(text, line));
	}
	for (int i = 1; i < COMMAND_COUNT; i++) {
		snprintf(line, sizeof(line), "  mien %s",
			 options_command_name((enum command)i));
		assert_non_null(strstr(text, line));
	}
	for (char *at = strtok(text, "\n"); at; at = strtok(NULL, "\n"))
		assert_true(strlen(at) <= 80);
	free(text);
}

static void the_manual_names_every_option(void **state)
{
	const char *root = getenv("MIEN_ROOT"), *name;
	char path[4096], line[64];
	char *text = calloc(1, 1 << 16);
	FILE *file;

	(void)state;
	snprintf(path, sizeof(path), "%s/docs/mien.1", root ? root : ".");
	file = fopen(path, "r");
	assert_non_null(file);
	assert_true(fread(text, 1, (1 << 16) - 1, file) > 1000);
	fclose(file);
	for (int i = 0; (name = options_name(i, NULL)); i++) {
		/* roff's dashes are written with a backslash */
		snprintf(line, sizeof(line), "\\-\\-%s", name);
		if (!strstr(text, line))
			fail_msg("--%s is not in docs/mien.1", name);
	}
	for (int i = 1; i < COMMAND_COUNT; i++) {
		snprintf(line, sizeof(line), ".TP\n.B %s\n",
			 options_command_name((enum command)i));
		assert_non_null(strstr(text, line));
	}
	free(text);
}

static void help_needs_no_arguments(void **state)
{
	(void)state;
	assert_int_equal(parse("look --help"), STATUS_OK);
	assert_true(options.help);
	assert_int_equal(parse("--version"), STATUS_OK);
	assert_true(options.version);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_the_dashboard),
		cmocka_unit_test(options_stand_anywhere),
		cmocka_unit_test(two_dashes_end_the_options),
		cmocka_unit_test(a_value_is_no_command),
		cmocka_unit_test(refuses),
		cmocka_unit_test(options_win_over_settings),
		cmocka_unit_test(help_names_every_option),
		cmocka_unit_test(the_manual_names_every_option),
		cmocka_unit_test(help_needs_no_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
