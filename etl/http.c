/* SPDX-License-Identifier: GPL-3.0-or-later */
/* http: libcurl's multi interface, with its doors closed but for what we
 * need. */
#include "etl/http.h"

#include "base/text.h"
#include "etl/reach.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define CONNECT_S 10L
#define TOTAL_S   30L
#define SILENT_S  20L /* without a byte */
#define REDIRECTS 5L
#define SPARE_MAX 32

/* One request; kept for the next one when it is answered. */
struct flight {
	struct http *http;
	struct flight *next; /* in the list of flying or of spare ones */
	CURL *easy;
	struct curl_slist *headers;
	struct http_answer answer;
	size_t room;
	bool too_long;
	bool here, refused; /* for this machine; would have left its bounds */
	void *ticket;
};

struct http {
	CURLM *multi;
	struct flight *flying, *spare;
	int count, spare_count;
	char user_agent[160];
};

static size_t take_body(char *data, size_t size, size_t count, void *user)
{
	struct flight *flight = user;
	struct http_answer *answer = &flight->answer;
	size_t length = size * count;

	if (answer->length + length > HTTP_BODY_MAX) {
		flight->too_long = true;
		return 0;
	}
	if (answer->length + length + 1 > flight->room) {
		size_t room = 2 * (answer->length + length) + 4096;
		char *body = realloc(answer->body, room);

		if (!body)
			return 0;
		answer->body = body;
		flight->room = room;
	}
	memcpy(answer->body + answer->length, data, length);
	answer->length += length;
	answer->body[answer->length] = '\0';
	return length;
}

static void flight_clear(struct flight *flight)
{
	if (flight->answer.body && flight->answer.length)
		explicit_bzero(flight->answer.body, flight->answer.length);
	free(flight->answer.body);
	curl_slist_free_all(flight->headers);
	memset(&flight->answer, 0, sizeof(flight->answer));
	flight->headers = NULL;
	flight->room = 0;
	flight->too_long = flight->refused = false;
}

static void flight_free(struct flight *flight)
{
	flight_clear(flight);
	if (flight->easy)
		curl_easy_cleanup(flight->easy);
	free(flight);
}

static struct flight *flight_new(struct http *http)
{
	struct flight *flight = http->spare;

	if (flight) {
		http->spare = flight->next;
		http->spare_count--;
		curl_easy_reset(flight->easy);
		return flight;
	}
	flight = calloc(1, sizeof(*flight));
	if (!flight)
		return NULL;
	flight->http = http;
	flight->easy = curl_easy_init();
	if (!flight->easy) {
		free(flight);
		return NULL;
	}
	return flight;
}

static void flight_end(struct flight *flight)
{
	struct http *http = flight->http;

	flight_clear(flight);
	if (http->spare_count == SPARE_MAX) {
		flight_free(flight);
		return;
	}
	flight->next = http->spare;
	http->spare = flight;
	http->spare_count++;
}

enum status http_open(struct http **out, const char *user_agent,
		      struct fault *fault)
{
	struct http *http = calloc(1, sizeof(*http));

	if (http && !curl_global_init(CURL_GLOBAL_DEFAULT))
		http->multi = curl_multi_init();
	if (!http || !http->multi) {
		free(http);
		return fault_set(fault, STATUS_NO_MEMORY, "the network", "%s",
				 status_text(STATUS_NO_MEMORY));
	}
	text_copy(http->user_agent, sizeof(http->user_agent), user_agent);
	curl_multi_setopt(http->multi, CURLMOPT_PIPELINING,
			  (long)CURLPIPE_MULTIPLEX);
	curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, 32L);
	*out = http;
	return STATUS_OK;
}

void http_close(struct http *http)
{
	struct flight *next;

	if (!http)
		return;
	for (struct flight *f = http->flying; f; f = next) {
		next = f->next;
		curl_multi_remove_handle(http->multi, f->easy);
		flight_free(f);
	}
	for (struct flight *f = http->spare; f; f = next) {
		next = f->next;
		flight_free(f);
	}
	curl_multi_cleanup(http->multi);
	curl_global_cleanup();
	free(http);
}

/* Plain http is for this machine (base/config.c lets no other in). */
static const char *protocols(const char *url)
{
	return strncmp(url, "http://", 7) ? "https" : "http";
}

/* Asked for every connection, redirects' too: names can lie. */
static curl_socket_t open_socket(void *user, curlsocktype purpose,
				 struct curl_sockaddr *address)
{
	struct flight *flight = user;

	if (purpose != CURLSOCKTYPE_IPCXN ||
	    !reach_allowed(&address->addr, flight->here)) {
		flight->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
		      address->protocol);
}

/* Through a proxy it is the proxy that connects, wherever it stands. */
static bool has_proxy(void)
{
	static const char *const names[] = {"https_proxy", "HTTPS_PROXY",
					    "all_proxy", "ALL_PROXY"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return true;
	}
	return false;
}

static void bound(struct flight *flight, const char *url)
{
	flight->here = reach_is_here(url);
	if (flight->here)
		curl_easy_setopt(flight->easy, CURLOPT_PROXY, "");
	else if (has_proxy())
		return;
	curl_easy_setopt(flight->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(flight->easy, CURLOPT_OPENSOCKETDATA, flight);
}

static bool add_header(struct flight *flight, const char *header)
{
	struct curl_slist *list = curl_slist_append(flight->headers, header);

	if (list)
		flight->headers = list;
	return list != NULL;
}

static bool add_validator(struct flight *flight, const char *name,
			  const char *value)
{
	char header[192];

	if (!*value)
		return true;
	snprintf(header, sizeof(header), "%s: %s", name, value);
	return add_header(flight, header);
}

static void set_options(struct flight *flight, const char *url)
{
	CURL *easy = flight->easy;

	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, flight);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, flight->http->user_agent);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, flight->headers);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, flight);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
			 (long)CURL_HTTP_VERSION_2TLS);
	/* where HTTP/2 is to be had; plain http would wait in line */
	curl_easy_setopt(easy, CURLOPT_PIPEWAIT,
			 strncmp(url, "https:", 6) ? 0L : 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, CONNECT_S);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, TOTAL_S);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, SILENT_S);
	curl_easy_setopt(easy, CURLOPT_MAXFILESIZE, (long)HTTP_BODY_MAX);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, protocols(url));
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, protocols(url));
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(easy, CURLOPT_MAXREDIRS, REDIRECTS);
	curl_easy_setopt(easy, CURLOPT_UNRESTRICTED_AUTH, 0L);
	curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
}

enum status http_get(struct http *http, const char *url, const char *header,
		     enum source_accept accept, const char *etag,
		     const char *modified, void *ticket)
{
	struct flight *flight = flight_new(http);

	if (!flight)
		return STATUS_NO_MEMORY;
	flight->ticket = ticket;
	if (!add_header(flight, accept == ACCEPT_JSON
					? "Accept: application/json"
					: "Accept: text/html") ||
	    (header && !add_header(flight, header)) ||
	    !add_validator(flight, "If-None-Match", etag) ||
	    !add_validator(flight, "If-Modified-Since", modified)) {
		flight_end(flight);
		return STATUS_NO_MEMORY;
	}
	set_options(flight, url);
	bound(flight, url);
	/* a header of ours would follow a redirect to a stranger; a key in the
	 * query does not */
	if (header)
		curl_easy_setopt(flight->easy, CURLOPT_FOLLOWLOCATION, 0L);
	if (curl_multi_add_handle(http->multi, flight->easy)) {
		flight_end(flight);
		return STATUS_FAILED;
	}
	flight->next = http->flying;
	http->flying = flight;
	http->count++;
	return STATUS_OK;
}

static enum http_trouble trouble_of(CURLcode code)
{
	switch (code) {
	case CURLE_OK: return HTTP_FINE;
	case CURLE_TOO_MANY_REDIRECTS:
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
	case CURLE_BAD_CONTENT_ENCODING:
	case CURLE_FILESIZE_EXCEEDED: return HTTP_WRONG;
	default: return HTTP_TEMPORARY;
	}
}

/* Whole and clean, or not at all. */
static void take_header(struct flight *flight, const char *name, char *out,
			size_t size)
{
	struct curl_header *header;

	out[0] = '\0';
	if (curl_easy_header(flight->easy, name, 0, CURLH_HEADER, -1,
			     &header) ||
	    strlen(header->value) >= size)
		return;
	text_clean(out, size, header->value);
	if (strcmp(out, header->value) != 0)
		out[0] = '\0';
}

static void land(struct http *http, struct flight *flight, CURLcode code,
		 http_done_fn *done)
{
	struct http_answer *answer = &flight->answer;
	enum http_trouble trouble = trouble_of(code);
	const char *why = curl_easy_strerror(code);
	char *type = NULL;
	long status = 0;
	curl_off_t after = 0;

	curl_easy_getinfo(flight->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(flight->easy, CURLINFO_CONTENT_TYPE, &type);
	curl_easy_getinfo(flight->easy, CURLINFO_RETRY_AFTER, &after);
	answer->status = (int)status;
	answer->retry_after_s = (double)after;
	text_clean(answer->content_type, sizeof(answer->content_type),
		   type ? type : "");
	take_header(flight, "ETag", answer->etag, sizeof(answer->etag));
	take_header(flight, "Last-Modified", answer->modified,
		    sizeof(answer->modified));
	if (flight->too_long) {
		trouble = HTTP_WRONG;
		why = "the answer is longer than 8 MiB";
	}
	if (trouble && flight->refused) {
		trouble = HTTP_WRONG;
		why = "it leads to an address where no service is";
	}
	if (!trouble && !answer->body) {
		answer->body = calloc(1, 1);
		if (!answer->body)
			trouble = HTTP_TEMPORARY;
	}
	for (struct flight **at = &http->flying; *at; at = &(*at)->next)
		if (*at == flight) {
			*at = flight->next;
			break;
		}
	http->count--;
	curl_multi_remove_handle(http->multi, flight->easy);
	done(flight->ticket, trouble, answer, why);
	flight_end(flight);
}

void http_step(struct http *http, int wait_ms, http_done_fn *done)
{
	int running = 0, left = 0;
	CURLMsg *message;

	curl_multi_perform(http->multi, &running);
	if (running == http->count)
		curl_multi_poll(http->multi, NULL, 0, wait_ms, NULL);
	curl_multi_perform(http->multi, &running);
	while ((message = curl_multi_info_read(http->multi, &left))) {
		struct flight *flight = NULL;
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE,
				  (char **)&flight);
		land(http, flight, code, done);
	}
}

int http_flying(const struct http *http)
{
	return http->count;
}
