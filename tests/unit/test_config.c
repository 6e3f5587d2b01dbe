/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The configuration: defaults, the reference file, and every wrong value. */
#include "tests/unit/unit.h"

#include "base/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[] = "/tmp/mien-config-XXXXXX";
static struct config config;
static struct fault fault;

static enum status read_text(const char *yaml)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(yaml, file);
	fclose(file);
	memset(&fault, 0, sizeof(fault));
	config_defaults(&config);
	return config_read(&config, path, &fault);
}

static void a_file_is_laid_over_the_defaults(void **state)
{
	(void)state;
	assert_int_equal(read_text("camera:\n  width: 320\n  mirror: false\n"
				   "mood: {into_s: 0.5, mode: sad}\n"),
			 STATUS_OK);
	assert_int_equal(config.camera.width, 320);
	assert_false(config.camera.mirror);
	assert_int_equal(config.camera.height, 480);
	assert_float_equal(config.mood.into_s, 0.5, 1e-9);
	assert_string_equal(config.mood.mode, "sad");
	assert_int_equal(read_text(""), STATUS_OK);
	assert_int_equal(read_text("# nothing\n"), STATUS_OK);
}

static void services_are_set_one_by_one(void **state)
{
	(void)state;
	assert_int_equal(
		read_text("etl:\n  tags: [jazz, very calm]\n  sources:\n"
			  "    lrclib: {enabled: false, rate: 40}\n"
			  "    youtube:\n"
			  "      base_url: http://127.0.0.1:8080/v3\n"),
		STATUS_OK);
	assert_string_equal(config.etl.tags, "jazz,very calm");
	assert_true(config.etl.sources[0].enabled);
	assert_false(config.etl.sources[3].enabled);
	assert_float_equal(config.etl.sources[3].rate, 40, 1e-9);
	assert_string_equal(config.etl.sources[4].base_url,
			    "http://127.0.0.1:8080/v3");
	assert_int_equal(config.etl.artists, 100);
}

static void keys_do_not_go_over_the_wire(void **state)
{
	static const char *const bad[] = {
		"http://example.org/",
		"http://127.0.0.1.example.org/",
		"https://a.example.org http://b.example.org/",
		"http://localhost@example.org/",
		"ftp://127.0.0.1/",
		"https://",
		"http://localhostess/",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		char yaml[256];

		snprintf(yaml, sizeof(yaml),
			 "etl:\n  sources:\n    lastfm:\n"
			 "      base_url: %s\n",
			 bad[i]);
		assert_int_equal(read_text(yaml), STATUS_BAD_DATA);
		assert_int_equal(fault.line, 4);
	}
	assert_int_equal(read_text("etl: {sources: {deezer: {base_url: "
				   "'http://[::1]:1/'}}}"),
			 STATUS_OK);
	assert_int_equal(read_text("etl: {sources: {spotify: {rate: 1}}}"),
			 STATUS_BAD_DATA);
	assert_int_equal(read_text("etl: {tags: jazz}"), STATUS_BAD_DATA);
	assert_int_equal(read_text("etl: {tags: [[a]]}"), STATUS_BAD_DATA);
}

static void an_option_obeys_the_same_rules(void **state)
{
	char endless[2048];

	(void)state;
	config_defaults(&config);
	assert_int_equal(config_set(&config, "mood.mode", "sad", &fault),
			 STATUS_OK);
	assert_string_equal(config.mood.mode, "sad");
	assert_int_equal(config_set(&config, "mood.mode", "glad", &fault),
			 STATUS_BAD_ARGUMENT);
	assert_string_equal(config.mood.mode, "sad");
	assert_string_equal(fault.subject, "glad");
	memset(endless, 'a', sizeof(endless) - 1);
	endless[sizeof(endless) - 1] = '\0';
	assert_int_equal(config_set(&config, "camera.source", endless, &fault),
			 STATUS_BAD_ARGUMENT);
	assert_int_equal(config_set(&config, "camera.source", "a\x1b", &fault),
			 STATUS_BAD_ARGUMENT);
	assert_string_equal(config.camera.source, "auto");
}

/* Whether text has lines for each part of "section.key", one below another. */
static bool stands_in(const char *text, const char *name)
{
	char line[128];

	for (int depth = 0; text && name; depth++) {
		int length = (int)strcspn(name, ".");

		snprintf(line, sizeof(line), "\n%*s%.*s:", 2 * depth, "",
			 length, name);
		text = strstr(text, line);
		name = name[length] ? name + length + 1 : NULL;
	}
	return text != NULL;
}

static void the_reference_file_equals_the_defaults(void **state)
{
	struct config defaults, read;
	const char *root = getenv("MIEN_ROOT");
	char file[4096], a[1100], b[1100];
	const char *name;
	char *text;
	long size;
	FILE *f;

	(void)state;
	snprintf(file, sizeof(file), "%s/config.yaml", root ? root : ".");
	config_defaults(&defaults);
	/* filled with something else, so that a key left out is seen */
	memset(&read, 1, sizeof(read));
	read.binding_count = 0;
	if (config_read(&read, file, &fault))
		fail_msg("%s", fault_sentence(&fault, a, sizeof(a)));
	for (int i = 0; config_setting(&defaults, i, &name, a, sizeof(a));
	     i++) {
		config_setting(&read, i, &name, b, sizeof(b));
		if (strcmp(a, b))
			fail_msg("%s: \"%s\", in config.yaml \"%s\"", name, a,
				 b);
	}
	/* and every setting has a line there */
	f = fopen(file, "r");
	assert_non_null(f);
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	rewind(f);
	text = calloc(1, (size_t)size + 1);
	assert_int_equal(fread(text, 1, (size_t)size, f), size);
	fclose(f);
	for (int i = 0; config_setting(&defaults, i, &name, a, sizeof(a));
	     i++) {
		if (!stands_in(text, name))
			fail_msg("%s does not stand in config.yaml", name);
	}
	free(text);
}

static void wrong_values_name_their_place(void **state)
{
	static const struct {
		const char *yaml;
		unsigned line, column;
		const char *word;
	} bad[] = {
		{"camera:\n  widht: 3\n", 2, 3, "camera.widht"},
		{"camera:\n  width: wide\n", 2, 10, "whole number"},
		{"camera:\n  width: \"640\"\n", 2, 10, "whole number"},
		{"camera:\n  width: 640.5\n", 2, 10, "whole number"},
		{"camera:\n  width: 99999\n", 2, 10, "from 64 to 1920"},
		{"camera:\n  width: 9999999999999999999\n", 2, 10, "from 64"},
		{"camera:\n  width: [1]\n", 2, 10, "single value"},
		{"camera:\n  mirror: maybe\n", 2, 11, "true or false"},
		{"camera:\n  width: 640\n  width: 320\n", 3, 10, "twice"},
		{"camera: 3\n", 1, 9, "must hold settings"},
		{"music:\n  policy: loud\n", 2, 11, "match|lift|surprise"},
		{"music:\n  policy: lift|match\n", 2, 11, "match|lift"},
		{"music:\n  policy: \"\"\n", 2, 11, "match|lift"},
		{"mood:\n  into_s: nan\n", 2, 11, "number from"},
		{"mood:\n  into_s: -1\n", 2, 11, "number from"},
		{"colour: red\n", 1, 1, "no section"},
		{"- a\n- b\n", 1, 1, "sections"},
		{"keys:\n  pause: []\n  quit: [a, [b]]\n", 3, 13, "key"},
		{"music:\n  ao: \"a\\x1b[1mb\"\n", 2, 7, "plain UTF-8"},
		{"log:\n\tfile: x\n", 2, 1, "YAML"},
		{"log: {file: x\n", 2, 1, "YAML"},
		{"log:\n  file: *none\n", 2, 9, "YAML"},
	};
	char sentence[700];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_not_equal(read_text(bad[i].yaml), STATUS_OK);
		fault_sentence(&fault, sentence, sizeof(sentence));
		if (fault.line != bad[i].line ||
		    fault.column != bad[i].column ||
		    !strstr(sentence, bad[i].word) || !strstr(sentence, path))
			fail_msg("%s -> %s", bad[i].yaml, sentence);
	}
}

static void keys_are_kept_with_their_place(void **state)
{
	(void)state;
	assert_int_equal(read_text("keys:\n  pause: [Space, k]\n  quit: Q\n"
				   "  mute: []\n"),
			 STATUS_OK);
	assert_int_equal(config.binding_count, 3);
	assert_string_equal(config.bindings[0].action, "pause");
	assert_string_equal(config.bindings[0].keys, "Space k");
	assert_string_equal(config.bindings[1].keys, "Q");
	assert_int_equal(config.bindings[1].line, 3);
	assert_string_equal(config.bindings[2].keys, "");
}

static void files_that_are_none(void **state)
{
	char sentence[700];

	(void)state;
	assert_int_equal(config_read(&config, "/nowhere/c.yaml", &fault),
			 STATUS_NOT_FOUND);
	fault_sentence(&fault, sentence, sizeof(sentence));
	assert_non_null(strstr(sentence, "/nowhere/c.yaml"));
	assert_int_not_equal(config_read(&config, "/tmp", &fault), STATUS_OK);
	assert_int_not_equal(config_read(&config, "/dev/zero", &fault),
			     STATUS_OK);
}

static void layers_in_their_order(void **state)
{
	char home[] = "/tmp/mien-home-XXXXXX", file[128];
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(home));
	setenv("XDG_CONFIG_HOME", home, 1);
	assert_int_equal(config_load(&config, NULL, &fault), STATUS_OK);
	assert_int_equal(config.music.volume, 70);
	snprintf(file, sizeof(file), "%s/mien", home);
	mkdir(file, 0700);
	snprintf(file, sizeof(file), "%s/mien/config.yaml", home);
	f = fopen(file, "w");
	fputs("music: {volume: 11, queue: 2}\n", f);
	fclose(f);
	read_text("music: {volume: 22}\n");
	assert_int_equal(config_load(&config, NULL, &fault), STATUS_OK);
	assert_int_equal(config.music.volume, 11);
	assert_int_equal(config_load(&config, path, &fault), STATUS_OK);
	assert_int_equal(config.music.volume, 22);
	assert_int_equal(config.music.queue, 2);
	assert_int_equal(config_load(&config, "/nowhere.yaml", &fault),
			 STATUS_NOT_FOUND);
	unlink(file);
	*strrchr(file, '/') = '\0';
	rmdir(file);
	rmdir(home);
}

static int make_file(void **state)
{
	(void)state;
	return close(mkstemp(path));
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_laid_over_the_defaults),
		cmocka_unit_test(services_are_set_one_by_one),
		cmocka_unit_test(keys_do_not_go_over_the_wire),
		cmocka_unit_test(an_option_obeys_the_same_rules),
		cmocka_unit_test(the_reference_file_equals_the_defaults),
		cmocka_unit_test(wrong_values_name_their_place),
		cmocka_unit_test(keys_are_kept_with_their_place),
		cmocka_unit_test(files_that_are_none),
		cmocka_unit_test(layers_in_their_order),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
