/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of corrections: kept whole, of whom it is, and bounded. */
#include "tests/unit/pictures.h"
#include "tests/unit/unit.h"

#include "tui/corrections.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct config config;
static struct corrections c;
static char home[] = "/tmp/mien-corrections-XXXXXX";
static char path[256];

static int make_home(void **state)
{
	(void)state;
	if (!mkdtemp(home))
		return -1;
	snprintf(path, sizeof(path), "%s/mien/personal.json", home);
	setenv("XDG_DATA_HOME", home, 1);
	config_defaults(&config);
	snprintf(config.model.folder, sizeof(config.model.folder), "%s",
		 pictures_weights());
	return 0;
}

static int remove_home(void **state)
{
	char name[300];

	(void)state;
	unlink(path);
	snprintf(name, sizeof(name), "%s.damaged", path);
	unlink(name);
	snprintf(name, sizeof(name), "%s/mien", home);
	rmdir(name);
	return rmdir(home);
}

static int open_none(void **state)
{
	(void)state;
	unlink(path);
	return corrections_open(&c, &config, NULL);
}

static struct correction one(enum emotion right, int64_t at_s)
{
	struct correction out = {.at_s = at_s, .right = right};

	out.scores.fer[EMOTION_SAD] = 0.75f;
	out.scores.fer[EMOTION_NEUTRAL] = 0.25f;
	out.scores.crowd[CROWD_SADNESS] = 1;
	emotion_net_shown(out.scores.crowd, out.scores.shown);
	return out;
}

static void add(enum emotion right, int64_t at_s)
{
	struct correction added = one(right, at_s);

	assert_int_equal(corrections_add(&c, &added, NULL), STATUS_OK);
}

static void what_is_added_is_read_again(void **state)
{
	static struct corrections again;
	struct correction kept = one(EMOTION_NEUTRAL, 42);
	struct personal a, b;
	struct stat st;

	(void)state;
	assert_int_equal(corrections_count(&c), 0);
	add(EMOTION_NEUTRAL, 42);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(corrections_open(&again, &config, NULL), STATUS_OK);
	assert_int_equal(again.count, 1);
	assert_memory_equal(&again.list[0], &kept, sizeof(kept));
	corrections_fit(&c, &a);
	corrections_fit(&again, &b);
	assert_int_equal(a.corrections, 1);
	assert_memory_equal(&a, &b, sizeof(a));
}

static void the_oldest_goes_first(void **state)
{
	json_t *root;

	(void)state;
	add(EMOTION_SAD, 0);
	for (int i = 1; i < PERSONAL_MAX; i++) {
		c.list[i] = one(EMOTION_SAD, i);
		memcpy(c.networks[i], c.network, sizeof(c.network));
	}
	c.count = PERSONAL_MAX;
	root = corrections_json(&c);
	assert_int_equal(json_dump_file(root, path, 0), 0);
	json_decref(root);
	add(EMOTION_NEUTRAL, PERSONAL_MAX);
	add(EMOTION_NEUTRAL, PERSONAL_MAX + 1);
	assert_int_equal(c.count, PERSONAL_MAX);
	assert_int_equal(c.list[0].at_s, 2);
	assert_int_equal(c.list[PERSONAL_MAX - 1].at_s, PERSONAL_MAX + 1);
}

static void another_networks_count_for_it_alone(void **state)
{
	struct personal mine;

	(void)state;
	memcpy(c.network, "0123456789abcdef", sizeof(c.network));
	add(EMOTION_HAPPY, 1);
	assert_int_equal(corrections_open(&c, &config, NULL), STATUS_OK);
	assert_int_equal(c.count, 1);
	assert_int_equal(corrections_count(&c), 0);
	corrections_fit(&c, &mine);
	assert_int_equal(mine.corrections, 0);
	add(EMOTION_NEUTRAL, 2);
	assert_int_equal(c.count, 2);
	assert_int_equal(corrections_count(&c), 1);
}

static void one_that_was_reset_elsewhere_stays_so(void **state)
{
	(void)state;
	add(EMOTION_HAPPY, 1);
	add(EMOTION_HAPPY, 2);
	unlink(path);
	add(EMOTION_SAD, 3);
	assert_int_equal(c.count, 1);
	assert_int_equal(c.list[0].at_s, 3);
	assert_int_equal(corrections_reset(&c, NULL), STATUS_OK);
	assert_int_equal(c.count, 0);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(corrections_reset(&c, NULL), STATUS_OK);
}

/* A disk that takes nothing more: the file stays whole, and so do we. */
static void what_cannot_be_written_is_not_kept(void **state)
{
	struct correction added = one(EMOTION_HAPPY, 2);
	struct fault fault;

	(void)state;
	add(EMOTION_SAD, 1);
	snprintf(c.path, sizeof(c.path), "/proc/mien/personal.json");
	assert_int_not_equal(corrections_add(&c, &added, &fault), STATUS_OK);
	assert_non_null(strstr(fault.subject, "/proc/mien"));
	assert_int_equal(corrections_open(&c, &config, NULL), STATUS_OK);
	assert_int_equal(c.count, 1);
	assert_int_equal(c.list[0].right, EMOTION_SAD);
}

static void without_a_model_nothing_is_kept(void **state)
{
	struct config none = config;
	struct correction added = one(EMOTION_HAPPY, 2);
	struct fault fault;

	(void)state;
	snprintf(none.model.folder, sizeof(none.model.folder), "%s", home);
	assert_int_equal(corrections_open(&c, &none, &fault), STATUS_NOT_FOUND);
	assert_non_null(strstr(fault.subject, "emotion.weights"));
	assert_int_equal(corrections_count(&c), 0);
	assert_int_equal(corrections_add(&c, &added, &fault), STATUS_NOT_FOUND);
}

#define FRESH(test) cmocka_unit_test_setup(test, open_none)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(what_is_added_is_read_again),
		FRESH(the_oldest_goes_first),
		FRESH(another_networks_count_for_it_alone),
		FRESH(one_that_was_reset_elsewhere_stays_so),
		FRESH(what_cannot_be_written_is_not_kept),
		FRESH(without_a_model_nothing_is_kept),
	};

	return cmocka_run_group_tests(tests, make_home, remove_home);
}
