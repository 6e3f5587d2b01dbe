/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A song that yt-dlp has to search for is searched for once: where it led is
 * kept. Real libmpv and catalog; the yt-dlp is ours.
 */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "tui/session.h"

#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* No host is ever asked for it: the proxy is none. */
#define PAGE   "https://www.youtube.com/watch?v=AbCdEfGhIjK"
#define SEARCH "ytdl://ytsearch1:The Band Song"

static char folder[] = "/tmp/mien-found-XXXXXX";
static struct catalog *catalog;

static const char *in_folder(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

/* Finds one page for each search, and half a second of silence in it: 4000
 * samples of 8 bits, in base64. */
static void write_ytdlp(void)
{
	const char *path = in_folder("yt-dlp");
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fprintf(file,
		"#!/bin/sh\n"
		"for last; do :; done\n"
		"echo \"$last\" >>%s/asked\n"
		"case $last in\n"
		"ytsearch1:*) echo '{\"_type\":\"playlist\",\"webpage_url\":"
		"\"ytsearch1:x\",\"entries\":[{\"_type\":\"url\",\"id\":"
		"\"AbCdEfGhIjK\",\"url\":\"" PAGE "\",\"title\":\"x\"}]}';;\n"
		"*) printf '{\"title\":\"x\",\"url\":\"data:audio/wav;base64,"
		"UklGRsQPAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0"
		"YaAPAACAgICA'\n"
		"yes gICA | head -n 1332 | tr -d '\\n'\n"
		"echo '\"}';;\n"
		"esac\n",
		folder);
	fclose(file);
	assert_int_equal(chmod(path, 0700), 0);
}

static int set_up(void **state)
{
	static char path[4096];

	(void)state;
	/* mpv wants numbers as C writes them */
	setlocale(LC_NUMERIC, "C");
	if (!mkdtemp(folder) ||
	    catalog_open(&catalog, NULL, CATALOG_MEMORY, NULL))
		return 1;
	write_ytdlp();
	snprintf(path, sizeof(path), "%s:%s", folder, getenv("PATH"));
	setenv("PATH", path, 1);
	setenv("http_proxy", "http://127.0.0.1:9", 1);
	setenv("https_proxy", "http://127.0.0.1:9", 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	catalog_close(catalog);
	unlink(in_folder("yt-dlp"));
	unlink(in_folder("asked"));
	return rmdir(folder);
}

/* How often yt-dlp was asked for word. */
static int asked(const char *word)
{
	FILE *file = fopen(in_folder("asked"), "r");
	char line[256];
	int count = 0;

	while (file && fgets(line, sizeof(line), file))
		count += strstr(line, word) != NULL;
	if (file)
		fclose(file);
	return count;
}

static int64_t add(const char *title, const char *uri)
{
	struct track_facts facts = {.title = title,
				    .artist = "The Band",
				    .uri = uri,
				    .source = "import"};
	int64_t id = 0;

	assert_int_equal(catalog_add(catalog, &facts, &id, NULL), STATUS_OK);
	return id;
}

static const char *address(int64_t id)
{
	static struct track track;

	assert_int_equal(catalog_get(catalog, id, &track), STATUS_OK);
	return track.uri;
}

static void an_address_is_kept_until_it_fails(void **state)
{
	int64_t id = add("Song", SEARCH), other = add("Other", SEARCH " 2");
	int64_t file = add("File", "/a/b.mp3");

	(void)state;
	assert_int_equal(catalog_found(catalog, id, PAGE, 5), STATUS_OK);
	assert_string_equal(address(id), PAGE);
	/* importing the list again does not bring the search back */
	add("Song", SEARCH);
	assert_string_equal(address(id), PAGE);
	/* one page is not two songs */
	assert_int_equal(catalog_found(catalog, other, PAGE, 6), STATUS_OK);
	assert_string_equal(address(other), SEARCH " 2");
	assert_int_equal(catalog_found(catalog, file, PAGE "2", 6), STATUS_OK);
	assert_string_equal(address(file), "/a/b.mp3");
	assert_int_equal(catalog_found(catalog, id, "/etc/passwd", 6),
			 STATUS_BAD_ARGUMENT);
	assert_string_equal(address(id), PAGE);
	/* it went: the next time it is searched for again */
	catalog_note(catalog, id, CATALOG_FAILED, 0, 0, 7);
	assert_string_equal(address(id), SEARCH);
}

/* Until nothing plays any more: for a second, as nothing does between a search
 * and the page that it led to. */
static void play(struct session *session, struct player *player, int64_t id)
{
	struct player_state now = {.active = true};
	struct track track;
	int64_t begin = clock_monotonic_ns(), active = 0;

	assert_int_equal(catalog_get(catalog, id, &track), STATUS_OK);
	session_play(session, &track);
	for (;;) {
		struct pollfd fd = {player_fd(player), POLLIN, 0};
		int64_t now_ns;

		poll(&fd, 1, 100);
		session_player(session);
		player_state(player, &now);
		now_ns = clock_monotonic_ns();
		assert_true(now_ns - begin < 60 * CLOCK_NS_PER_S);
		if (now.active)
			active = now_ns;
		else if (active && now_ns - active > CLOCK_NS_PER_S)
			return;
	}
}

static void a_song_is_searched_for_once(void **state)
{
	struct session_opts opts = {.mood = MOOD_OPTS_DEFAULT, .now_s = 1};
	struct player_opts sound = {.ao = "null", .volume = 70, .ytdl = true};
	struct session *session;
	struct player *player;
	int64_t id = add("Song", SEARCH);

	(void)state;
	assert_int_equal(player_open(&player, &sound, NULL), STATUS_OK);
	assert_int_equal(session_new(&session, &opts), STATUS_OK);
	session_connect(session, catalog, NULL, player);
	play(session, player, id);
	assert_int_equal(asked("ytsearch1"), 1);
	assert_string_equal(address(id), PAGE);
	play(session, player, id);
	assert_int_equal(asked("ytsearch1"), 1);
	assert_int_equal(asked("watch"), 2);
	session_free(session);
	player_close(player);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_kept_until_it_fails),
		cmocka_unit_test(a_song_is_searched_for_once),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
