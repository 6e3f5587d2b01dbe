/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists, scripts of cuts and the like that would make mpv open another file,
 * on the disk and served: the real libmpv, and a FIFO that tells of a reader.
 */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "player/player.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/mien-lure-XXXXXX";
static char canary[64], body[512];
static unsigned port;
static pid_t server;

/* Each names the canary, %s. */
static const struct {
	const char *name, *text;
} lures[] = {
	{"a.m3u", "#EXTM3U\n%s\n"},
	{"b.m3u", "#EXTM3U\nfile://%s\n"},
	{"c.m3u", "#EXTM3U\nedl://%s\n"},
	{"d.m3u", "#EXTM3U\nslice://0-@%s\n"},
	{"e.m3u", "#EXTM3U\nav://lavfi:amovie=%s\n"},
	{"f.m3u", "#EXTM3U\nlavf://file:%s\n"},
	{"g.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n%s\n"
		   "#EXT-X-ENDLIST\n"},
	{"h.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:%s\n"
		   "#EXT-X-ENDLIST\n"},
	{"i.pls", "[playlist]\nFile1=%s\nNumberOfEntries=1\n"},
	{"j.edl", "# mpv EDL v0\n%s,0,9\n"},
	{"k.cue", "FILE \"%s\" WAVE\n TRACK 01 AUDIO\n  INDEX 01 00:00:00\n"},
	{"l.ffconcat", "ffconcat version 1.0\nfile '%s'\n"},
	{"m.ffconcat", "ffconcat version 1.0\nfile 'file:%s'\n"},
	{"n.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=%s\nm=audio 9 RTP/AVP 0\n"},
	{"o.asx", "<ASX VERSION=\"3.0\"><ENTRY><REF HREF=\"%s\"/></ENTRY>"
		  "</ASX>\n"},
	{"p.mpd",
	 "<?xml version=\"1.0\"?><MPD type=\"static\" xmlns=\"urn:mpeg:"
	 "dash:schema:mpd:2011\"><Period><AdaptationSet mimeType=\"audio"
	 "/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>%s"
	 "</BaseURL></Representation></AdaptationSet></Period></MPD>\n"},
};
#define LURES (sizeof(lures) / sizeof(*lures))

static const char *path_of(const char *name)
{
	static char path[96];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

/* Somebody waits to read the canary, or does. */
static bool is_read(void)
{
	int fd = open(canary, O_WRONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* "GET /NAME": the lure of that name, whatever its type. */
static void serve(int listener)
{
	for (;;) {
		char ask[512] = "", name[32] = "";
		int fd = accept(listener, NULL, NULL);

		if (fd < 0 || read(fd, ask, sizeof(ask) - 1) <= 0) {
			close(fd);
			continue;
		}
		sscanf(ask, "GET /%31[a-z0-9.]", name);
		for (size_t i = 0; i < LURES; i++)
			if (!strcmp(name, lures[i].name))
				snprintf(body, sizeof(body), lures[i].text,
					 canary);
		dprintf(fd,
			"HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n"
			"Connection: close\r\n\r\n%s",
			strlen(body), body);
		close(fd);
	}
}

static int set_up(void **state)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t size = sizeof(at);
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	(void)state;
	setlocale(LC_NUMERIC, "C");
	unsetenv("http_proxy");
	if (!mkdtemp(folder))
		return 1;
	snprintf(canary, sizeof(canary), "%s/canary.wav", folder);
	if (mkfifo(canary, 0600) ||
	    bind(listener, (struct sockaddr *)&at, size) ||
	    listen(listener, 16) ||
	    getsockname(listener, (struct sockaddr *)&at, &size))
		return 1;
	port = ntohs(at.sin_port);
	for (size_t i = 0; i < LURES; i++) {
		FILE *file = fopen(path_of(lures[i].name), "w");

		if (!file)
			return 1;
		fprintf(file, lures[i].text, canary);
		fclose(file);
	}
	server = fork();
	if (!server)
		serve(listener);
	close(listener);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	for (size_t i = 0; i < LURES; i++)
		unlink(path_of(lures[i].name));
	unlink(canary);
	return rmdir(folder);
}

/* Until mpv is done with it, or long enough; whether the canary is unread. */
static bool play(struct player *player, const char *uri)
{
	struct track track = {.id = 1, .title = "lure"};
	int64_t end = clock_monotonic_ns() + 5 * CLOCK_NS_PER_S;
	struct player_event event;

	snprintf(track.uri, sizeof(track.uri), "%s", uri);
	assert_int_equal(player_play(player, &track), STATUS_OK);
	while (clock_monotonic_ns() < end) {
		struct pollfd fd = {player_fd(player), POLLIN, 0};

		poll(&fd, 1, 100);
		if (is_read())
			return false;
		while (player_next_event(player, &event))
			if (event.kind == PLAYER_IDLE)
				return !is_read();
	}
	return !is_read();
}

static void play_all(const char *before)
{
	struct player_opts opts = {.ao = "null", .volume = 10};
	struct player *player = NULL;
	char uri[128];

	assert_int_equal(player_open(&player, &opts, NULL), STATUS_OK);
	for (size_t i = 0; i < LURES; i++) {
		snprintf(uri, sizeof(uri), "%s/%s", before, lures[i].name);
		if (!play(player, uri))
			fail_msg("%s", uri);
	}
	player_close(player);
}

static void no_file_leads_to_another(void **state)
{
	(void)state;
	assert_false(is_read());
	play_all(folder);
}

static void nor_does_what_is_served(void **state)
{
	char before[64];

	(void)state;
	snprintf(before, sizeof(before), "http://127.0.0.1:%u", port);
	play_all(before);
}

/* Or the tests above would say nothing. */
static void the_canary_tells(void **state)
{
	pid_t pid = fork();
	bool told = false;

	(void)state;
	if (!pid)
		_exit(open(canary, O_RDONLY) < 0);
	for (int i = 0; i < 500 && !told; i++) {
		told = is_read();
		usleep(10000);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_true(told);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_canary_tells),
		cmocka_unit_test(no_file_leads_to_another),
		cmocka_unit_test(nor_does_what_is_served),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
