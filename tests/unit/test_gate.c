/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is handed to mpv, by what the player was opened with. */
#include "tests/unit/unit.h"

#include "player/gate.h"

#include <stdint.h>

static const char *const paths[] = {"/music", "/usr/share/mien/starter"};
static const struct folders folders = {.paths = (char **)(uintptr_t)paths,
				       .count = 2};
static const struct gate closed = {.folders = &folders, .offline = true};
static const struct gate open_gate = {.folders = &folders, .ytdl = true};
static const struct gate bare = {.ytdl = true, .no_ytdlp = true};
static const struct folders opened = {.paths = (char **)(uintptr_t)paths,
				      .count = 1};
static const struct gate late = {.folders = &folders, .opened = &opened};
static const struct gate any = {0};

static void the_table(void **state)
{
	static const struct {
		const struct gate *gate;
		const char *uri;
		const char *out; /* NULL: refused */
	} cases[] = {
		{&closed, "/music/a b.mp3", "/music/a b.mp3"},
		{&closed, "file:///music/a%20b.mp3", "/music/a b.mp3"},
		{&closed, "/usr/share/mien/starter/x.opus",
		 "/usr/share/mien/starter/x.opus"},
		{&closed, "/music/-v.mp3", "/music/-v.mp3"},
		{&closed, "/music/%n%x,start=1.mp3", "/music/%n%x,start=1.mp3"},
		{&closed, "/admin/.ssh/id", NULL},
		{&closed, "file:///admin/.ssh/id", NULL},
		{&closed, "file:///music/%2e%2e/admin/.ssh/id", NULL},
		{&closed, "/music/../admin/.ssh/id", NULL},
		{&closed, "/proc/self/environ", NULL},
		{&closed, "/dev/video0", NULL},
		{&closed, "https://a.example/x", NULL},
		{&closed, "http://a.example/x", NULL},
		{&closed, "ytdl://ytsearch1:a b", NULL},
		{&open_gate, "https://a.example/x", "https://a.example/x"},
		{&open_gate, "ytdl://ytsearch1:a b", "ytdl://ytsearch1:a b"},
		{&open_gate, "ytdl://--exec", NULL},
		{&open_gate, "edl:///music/a.mp3", NULL},
		{&open_gate, "edl://%14%/admin/.ssh/id", NULL},
		{&open_gate, "av://lavfi:sine", NULL},
		{&open_gate, "lavfi://sine", NULL},
		{&open_gate, "memory://RIFF", NULL},
		{&open_gate, "fd://0", NULL},
		{&open_gate, "fdclose://0", NULL},
		{&open_gate, "archive:///music/a.zip|/id", NULL},
		{&open_gate, "concat:/music/a|/admin/.ssh/id", NULL},
		{&open_gate, "slice://0-9@/admin/.ssh/id", NULL},
		{&open_gate, "subfile,,start,0,end,9,,:/admin/.ssh/id", NULL},
		{&open_gate, "null://", NULL},
		{&open_gate, "mf://*", NULL},
		{&open_gate, "bd://", NULL},
		{&open_gate, "tv://", NULL},
		{&open_gate, "pvr://", NULL},
		{&open_gate, "cdda://", NULL},
		{&open_gate, "gopher://h/x", NULL},
		{&open_gate, "|id", NULL},
		{&open_gate, "-", NULL},
		{&open_gate, "--script=/music/x.lua", NULL},
		{&late, "/music/a.mp3", "/music/a.mp3"},
		{&late, "/usr/share/mien/starter/x.opus", NULL},
		{&bare, "ytdl://ytsearch1:a b", NULL},
		{&bare, "https://a.example/x", "https://a.example/x"},
		{&any, "/anywhere/x", "/anywhere/x"},
	};
	char out[URI_SIZE];
	enum uri_kind kind;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum status st = gate_check(cases[i].gate, cases[i].uri, out,
					    &kind, &fault);

		if (st != (cases[i].out ? STATUS_OK : STATUS_DENIED))
			fail_msg("%s: %s", cases[i].uri, status_text(st));
		if (cases[i].out)
			assert_string_equal(out, cases[i].out);
		else
			assert_true(fault.detail[0] && fault.hint[0]);
	}
}

static void programs_are_found_in_path(void **state)
{
	(void)state;
	assert_true(gate_finds("sh"));
	assert_false(gate_finds("no-such-program-is-here"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table),
		cmocka_unit_test(programs_are_found_in_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
