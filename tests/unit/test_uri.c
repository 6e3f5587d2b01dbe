/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which addresses are played, and that none slips by. */
#include "tests/unit/unit.h"

#include "catalog/uri.h"

#include <stdio.h>

static void takes_paths_and_web_addresses(void **state)
{
	static const struct {
		const char *uri, *out;
		enum uri_kind kind;
	} good[] = {
		{"/music/a song.mp3", "/music/a song.mp3", URI_FILE},
		{"/odd://name|x", "/odd://name|x", URI_FILE},
		{"file:///music/a%20b.mp3", "/music/a b.mp3", URI_FILE},
		{"FILE://localhost/x%FF%0a", "/x\xff\n", URI_FILE},
		{"https://a.example/x?y=z", "https://a.example/x?y=z", URI_WEB},
		{"HTTP://a.example", "http://a.example", URI_WEB},
		{"ytdl://ytsearch1:a b", "ytdl://ytsearch1:a b", URI_YTDL},
		{"YtDl://ytsearch1:A b", "ytdl://ytsearch1:A b", URI_YTDL},
		{"HTTPS://A.example/B", "https://A.example/B", URI_WEB},
	};
	char out[URI_SIZE];
	enum uri_kind kind;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_int_equal(uri_check(good[i].uri, out, &kind, NULL), 0);
		assert_string_equal(out, good[i].out);
		assert_int_equal(kind, good[i].kind);
	}
}

static void refuses_everything_else(void **state)
{
	static const char *const bad[] = {
		"",
		"song.mp3",
		"./song.mp3",
		"-",
		"--script=/tmp/x.lua",
		"-:/x",
		"|cat /etc/passwd",
		"edl:///etc/passwd",
		"edl://%9%/etc/pass",
		"av://lavfi:sine",
		"lavfi://sine",
		"memory://RIFF",
		"fd://3",
		"fdclose://3",
		"appending://x",
		"slice://0-9@/etc/passwd",
		"cdda://",
		"dvd://",
		"smb://host/x",
		"concat:/a|/b",
		"data:audio/wav;base64,AAAA",
		"subfile,,start,0,end,9,,:/x",
		"ftp://host/x",
		"rtmp://host/x",
		"file:relative",
		"file://elsewhere/x",
		"file:///x%00y",
		"file:///x%0",
		"file:///x%zz",
		"http://",
		"http:///x",
		"http:x",
		"https://a b/x",
		"https://a/\nx",
		"http://:80/",
		"ytdl://",
		"ytdl://--exec=id",
		"ytdl://a\x1b[2J",
		" /music",
		"http+unix://x",
	};
	char out[URI_SIZE];
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		enum status st = uri_check(bad[i], out, NULL, &fault);

		if (st != STATUS_DENIED)
			print_error("taken: %s\n", bad[i]);
		assert_int_equal(st, STATUS_DENIED);
		assert_true(fault.detail[0] && fault.hint[0]);
	}
}

static void refuses_what_would_be_cut(void **state)
{
	char uri[URI_SIZE + 1], out[URI_SIZE];

	(void)state;
	memset(uri, 'a', sizeof(uri));
	uri[0] = '/';
	uri[URI_SIZE] = '\0';
	assert_int_equal(uri_check(uri, out, NULL, NULL), STATUS_DENIED);
	uri[URI_SIZE - 1] = '\0';
	assert_int_equal(uri_check(uri, out, NULL, NULL), STATUS_OK);
}

static void round_trip(const char *path, const char *uri)
{
	char out[URI_SIZE], back[URI_SIZE];

	assert_int_equal(uri_from_path(path, out, sizeof(out)), 0);
	assert_string_equal(out, uri);
	assert_int_equal(uri_check(out, back, NULL, NULL), 0);
	assert_string_equal(back, path);
}

static void any_file_name_survives(void **state)
{
	char every[256] = "/", uri[URI_SIZE], back[URI_SIZE];

	(void)state;
	round_trip("/m/Bj\xc3\xb6rk 100%.mp3", "/m/Bj\xc3\xb6rk 100%.mp3");
	round_trip("/m/bad\xff.mp3", "file:///m/bad%FF.mp3");
	round_trip("/m/a\nb\x1b.mp3", "file:///m/a%0Ab%1B.mp3");
	for (int i = 1; i < 255; i++)
		every[i] = (char)i;
	every[255] = '\0';
	assert_int_equal(uri_from_path(every, uri, sizeof(uri)), 0);
	assert_int_equal(uri_check(uri, back, NULL, NULL), 0);
	assert_string_equal(back, every);
}

static void paths_that_do_not_fit(void **state)
{
	char out[16];

	(void)state;
	assert_int_equal(uri_from_path("relative", out, sizeof(out)),
			 STATUS_BAD_ARGUMENT);
	assert_int_equal(uri_from_path("/0123456789abcdef", out, sizeof(out)),
			 STATUS_BAD_ARGUMENT);
	assert_int_equal(uri_from_path("/abcde\xff\xff\xff", out, sizeof(out)),
			 STATUS_BAD_ARGUMENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_paths_and_web_addresses),
		cmocka_unit_test(refuses_everything_else),
		cmocka_unit_test(refuses_what_would_be_cut),
		cmocka_unit_test(any_file_name_survives),
		cmocka_unit_test(paths_that_do_not_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
