/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and redirects stay where they may go: a table of addresses, and
 * libcurl itself against a listener that must hear nothing. */
#include "tests/unit/unit.h"

#include "etl/http.h"
#include "etl/reach.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static bool allowed(const char *text, bool here)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return reach_allowed((struct sockaddr *)&v4, here);
	assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
	return reach_allowed((struct sockaddr *)&v6, here);
}

static void the_table(void **state)
{
	static const char *const open[] = {
		"1.1.1.1",        "9.255.255.255",   "11.0.0.0",
		"100.63.255.255", "100.128.0.0",     "172.15.255.255",
		"172.32.0.0",     "192.167.255.255", "223.255.255.255",
		"2606:4700::1",   "64:ff9b::101:101"};
	static const char *const closed[] = {"0.0.0.0",
					     "10.0.0.1",
					     "100.64.0.1",
					     "127.0.0.1",
					     "127.255.255.254",
					     "169.254.169.254",
					     "172.16.0.1",
					     "172.31.255.255",
					     "192.168.1.1",
					     "192.0.2.1",
					     "198.18.0.1",
					     "224.0.0.1",
					     "240.0.0.1",
					     "255.255.255.255",
					     "::",
					     "::1",
					     "::ffff:127.0.0.1",
					     "::ffff:10.0.0.1",
					     "::ffff:1.1.1.1",
					     "::127.0.0.1",
					     "fe80::1",
					     "fc00::1",
					     "fd00::1",
					     "fec0::1",
					     "ff02::1",
					     "2001:db8::1",
					     "2001::1",
					     "2002:7f00:1::",
					     "2002:a00:1::",
					     "64:ff9b::7f00:1",
					     "64:ff9b::a00:1"};

	(void)state;
	for (size_t i = 0; i < sizeof(open) / sizeof(*open); i++)
		if (!allowed(open[i], false) || allowed(open[i], true))
			fail_msg("%s", open[i]);
	for (size_t i = 0; i < sizeof(closed) / sizeof(*closed); i++)
		if (allowed(closed[i], false))
			fail_msg("%s", closed[i]);
	assert_true(allowed("127.0.0.1", true) && allowed("::1", true));
	assert_false(allowed("10.0.0.1", true));
	assert_false(allowed("::ffff:127.0.0.1", true));
	assert_true(reach_is_here("http://127.0.0.1:80/x"));
	assert_true(reach_is_here("https://localhost/"));
	assert_false(reach_is_here("https://localhost.example/"));
	assert_false(reach_is_here("https://127.0.0.1.example/"));
}

/* ---- with libcurl ------------------------------------------------------- */

static int listener;
static unsigned port;
static enum http_trouble trouble;
static int status;

static int listen_here(void **state)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t size = sizeof(at);

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	unsetenv("https_proxy");
	unsetenv("HTTPS_PROXY");
	unsetenv("all_proxy");
	unsetenv("ALL_PROXY");
	listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(listener, (struct sockaddr *)&at, size) ||
	    listen(listener, 16) ||
	    getsockname(listener, (struct sockaddr *)&at, &size))
		return 1;
	port = ntohs(at.sin_port);
	return 0;
}

static void on_done(void *ticket, enum http_trouble what,
		    struct http_answer *answer, const char *why)
{
	(void)ticket;
	(void)why;
	trouble = what;
	status = answer->status;
}

static void get(const char *url)
{
	struct http *http = NULL;

	assert_int_equal(http_open(&http, "test", NULL), 0);
	assert_int_equal(http_get(http, url, NULL, ACCEPT_JSON, "", "", NULL),
			 0);
	while (http_flying(http))
		http_step(http, 100, on_done);
	http_close(http);
}

static bool heard(void)
{
	int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void no_spelling_of_this_machine(void **state)
{
	static const char *const hosts[] = {
		"2130706433", "0x7f000001", "0177.0.0.1",         "127.1",
		"127.0.0.2",  "0.0.0.0",    "[::ffff:127.0.0.1]", "[::]",
		"localhost.", "LOCALHOST"};
	struct timeval none = {0, 1};
	char url[96];

	(void)state;
	setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &none, sizeof(none));
	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++) {
		snprintf(url, sizeof(url), "https://%s:%u/", hosts[i], port);
		get(url);
		if (trouble == HTTP_FINE || heard())
			fail_msg("%s", url);
	}
}

/* One answer, by a child: a redirect to where. */
static void redirected(const char *where)
{
	char url[64], text[256];
	pid_t pid = fork();

	if (!pid) {
		int fd = accept(listener, NULL, NULL);

		while (fd < 0)
			fd = accept(listener, NULL, NULL);
		dprintf(fd,
			"HTTP/1.1 302 Found\r\nLocation: %s\r\n"
			"Content-Length: 0\r\nConnection: close\r\n\r\n",
			where);
		/* what is closed with the request unread is reset */
		shutdown(fd, SHUT_WR);
		while (read(fd, text, sizeof(text)) > 0)
			;
		_exit(0);
	}
	snprintf(url, sizeof(url), "http://127.0.0.1:%u/", port);
	get(url);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	if (trouble != HTTP_WRONG)
		fail_msg("%s: %d, status %d", where, trouble, status);
}

static void no_redirect_leaves_it(void **state)
{
	(void)state;
	redirected("file:///etc/passwd");
	redirected("https://1.1.1.1/");
	redirected("http://1.1.1.1/");
	redirected("http://10.0.0.1/");
	redirected("http://169.254.169.254/latest/meta-data/");
	redirected("http://[fe80::1]/");
	redirected("gopher://127.0.0.1/x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table),
		cmocka_unit_test(no_spelling_of_this_machine),
		cmocka_unit_test(no_redirect_leaves_it),
	};

	return cmocka_run_group_tests(tests, listen_here, NULL);
}
