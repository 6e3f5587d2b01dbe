/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mock: plays all the services (mock_services.c) on 127.0.0.1, and misbehaves
 * as it is told.
 *
 *	mock [-e] [-d DELAY_MS] [-f PERCENT -k KINDS] [-x SERVICE=KIND]... LOG
 *
 * prints its port and serves until its standard input ends. KINDS, of which an
 * address gets one, once: drop cut 429 429after 503 html type huge deep utf8.
 * With -e answers have an ETag, and one that is known is not told again (the
 * log's KIND is then same). With -x a service does nothing else; there are
 * also quota (for searches), key (refused), bomb (small, and 400 MiB when it is
 * unpacked) and outage (the first 6 requests get a 503, all others are
 * answered). LOG: a line a request, "MS SERVICE KIND
 * AGENT AUTH TARGET".
 */
#include "tests/etl/mock.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HUGE_BYTES (9u << 20)
#define DEEP       100000
#define SERVED     (1 << 20)
#define OUTAGE     6

static struct {
	bool etags;
	unsigned delay_ms, percent;
	char kinds[16][12];
	int kind_count;
	struct {
		char service[24], kind[12];
	} fixed[12];
	int fixed_count;
	char *bomb; /* gzip */
	size_t bomb_size;
	atomic_int outages;
	FILE *log;
	/* addresses that had their fault, by hash */
	unsigned char served[SERVED / 8];
} mock;

/* ---- faults ---------------------------------------------------------------
 */

static const char *fault_of(const char *service, const char *address)
{
	uint32_t hash = mock_hash(address);
	unsigned bit = hash % SERVED;

	for (int i = 0; i < mock.fixed_count; i++)
		if (!strcmp(mock.fixed[i].service, service))
			return !strcmp(mock.fixed[i].kind, "outage") &&
					       atomic_fetch_add(&mock.outages,
								1) >= OUTAGE
				       ? ""
				       : mock.fixed[i].kind;
	if (!mock.kind_count || hash / 7 % 100 >= mock.percent ||
	    mock.served[bit / 8] & (1 << bit % 8))
		return "";
	mock.served[bit / 8] |= (unsigned char)(1 << bit % 8);
	return mock.kinds[hash / 701 % (unsigned)mock.kind_count];
}

static enum MHD_Result send_text(struct MHD_Connection *connection, int status,
				 const char *type, char *text, size_t size,
				 const char *retry_after)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		size, text, MHD_RESPMEM_MUST_FREE);
	enum MHD_Result result;

	MHD_add_response_header(response, "Content-Type", type);
	if (retry_after)
		MHD_add_response_header(response, "Retry-After", retry_after);
	result = MHD_queue_response(connection, (unsigned)status, response);
	MHD_destroy_response(response);
	return result;
}

static ssize_t cut(void *user, uint64_t at, char *out, size_t size)
{
	(void)user;
	if (at || size < 12)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	memcpy(out, "{\"artists\":{", 12);
	return 12;
}

static enum MHD_Result send_cut(struct MHD_Connection *connection)
{
	struct MHD_Response *response =
		MHD_create_response_from_callback(500, 64, cut, NULL, NULL);
	enum MHD_Result result;

	MHD_add_response_header(response, "Content-Type", "application/json");
	result = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return result;
}

static void make_bomb(void)
{
	FILE *out = open_memstream(&mock.bomb, &mock.bomb_size);
	FILE *in = popen("head -c 400M /dev/zero | gzip -1", "r");
	char block[4096];
	size_t size;

	while ((size = fread(block, 1, sizeof(block), in)))
		fwrite(block, 1, size, out);
	pclose(in);
	fclose(out);
}

static enum MHD_Result send_bomb(struct MHD_Connection *connection)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct MHD_Response *response;
	enum MHD_Result result;

	pthread_once(&once, make_bomb);
	response = MHD_create_response_from_buffer(mock.bomb_size, mock.bomb,
						   MHD_RESPMEM_PERSISTENT);
	MHD_add_response_header(response, "Content-Type", "application/json");
	MHD_add_response_header(response, "Content-Encoding", "gzip");
	result = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result misbehave(struct MHD_Connection *connection,
				 const char *kind)
{
	static const char json[] = "application/json";
	char *text;

	if (!strcmp(kind, "drop"))
		return MHD_NO;
	if (!strcmp(kind, "cut"))
		return send_cut(connection);
	if (!strcmp(kind, "bomb"))
		return send_bomb(connection);
	if (!strcmp(kind, "quota")) {
		text = strdup("{\"error\":{\"code\":403,\"message\":\"x\","
			      "\"errors\":[{\"domain\":\"youtube.quota\","
			      "\"reason\":\"quotaExceeded\"}]}}");
		return send_text(connection, 403, json, text, strlen(text),
				 NULL);
	}
	if (!strcmp(kind, "key")) {
		text = strdup("{\"error\":10,\"message\":\"Invalid API key\"}");
		return send_text(connection, 403, json, text, strlen(text),
				 NULL);
	}
	if (!strncmp(kind, "429", 3))
		return send_text(connection, 429, json, strdup("{}"), 2,
				 kind[3] ? "1" : NULL);
	if (!strcmp(kind, "503") || !strcmp(kind, "outage"))
		return send_text(connection, 503, "text/html",
				 strdup("<html>sorry</html>"), 18, NULL);
	if (!strcmp(kind, "html")) {
		text = strdup("<html><title>Just a moment...</title>"
			      "<body>challenge-platform cf-chl</body></html>");
		return send_text(connection, 403, "text/html", text,
				 strlen(text), NULL);
	}
	if (!strcmp(kind, "type"))
		return send_text(connection, 200, "image/png",
				 strdup("not json"), 8, NULL);
	if (!strcmp(kind, "huge")) {
		text = malloc(HUGE_BYTES);
		memset(text, ' ', HUGE_BYTES);
		return send_text(connection, 200, json, text, HUGE_BYTES, NULL);
	}
	text = malloc(DEEP); /* deep */
	memset(text, '[', DEEP);
	return send_text(connection, 200, json, text, DEEP, NULL);
}

/* ---- serving --------------------------------------------------------------
 */

static void log_call(struct MHD_Connection *connection, const char *service,
		     const char *kind, const char *address)
{
	const char *agent = MHD_lookup_connection_value(
		connection, MHD_HEADER_KIND, "User-Agent");
	const char *auth = MHD_lookup_connection_value(
		connection, MHD_HEADER_KIND, "Authorization");
	const char *key = MHD_lookup_connection_value(
		connection, MHD_HEADER_KIND, "X-Goog-Api-Key");
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	fprintf(mock.log, "%lld\t%s\t%s\t%s\t%s\t%s\n",
		(long long)t.tv_sec * 1000 + t.tv_nsec / 1000000, service,
		*kind ? kind : "ok", agent ? agent : "-",
		auth  ? auth
		: key ? key
		      : "-",
		address);
	fflush(mock.log);
}

/* The address as it came: URL and query. */
static void *note_address(void *user, const char *uri,
			  struct MHD_Connection *connection)
{
	(void)user, (void)connection;
	return strdup(uri);
}

static void forget_address(void *user, struct MHD_Connection *connection,
			   void **state, enum MHD_RequestTerminationCode code)
{
	(void)user, (void)connection, (void)code;
	free(*state);
	*state = NULL;
}

/* The whole answer, or that it is known. */
static enum MHD_Result send_tagged(struct MHD_Connection *connection,
				   const char *type, char *text, size_t size,
				   const char *name, const char *address)
{
	const char *known = MHD_lookup_connection_value(
		connection, MHD_HEADER_KIND, "If-None-Match");
	char tag[16];
	bool same;
	struct MHD_Response *response;
	enum MHD_Result result;

	snprintf(tag, sizeof(tag), "\"%08x\"", mock_hash(text));
	same = known && !strcmp(known, tag);
	log_call(connection, name, same ? "same" : "", address);
	response = MHD_create_response_from_buffer(same ? 0 : size, text,
						   MHD_RESPMEM_MUST_FREE);
	MHD_add_response_header(response, "Content-Type", type);
	MHD_add_response_header(response, "ETag", tag);
	result = MHD_queue_response(connection, same ? 304 : 200, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result serve(void *user, struct MHD_Connection *connection,
			     const char *url, const char *method,
			     const char *version, const char *data,
			     size_t *data_size, void **state)
{
	struct call call = {.connection = connection};
	char name[32], *text = NULL;
	const struct service *service;
	const char *kind;
	size_t size = 0;

	(void)user, (void)method, (void)version, (void)data, (void)data_size;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(url + 1, "/"),
		 url + 1);
	service = mock_service(name);
	if (!service)
		return send_text(connection, 404, "text/plain", strdup("no"), 2,
				 NULL);
	usleep(mock.delay_ms * 1000);
	kind = fault_of(name, *state);
	if (!strcmp(kind, "quota") && !strstr(url, "/search"))
		kind = "";
	if (*kind || !mock.etags)
		log_call(connection, name, kind, *state);
	if (*kind && strcmp(kind, "utf8") != 0)
		return misbehave(connection, kind);
	call.service = name;
	call.path = url + 1 + strlen(name);
	call.out = open_memstream(&text, &size);
	service->answer(&call);
	fclose(call.out);
	/* one letter that is none, in an otherwise good answer */
	if (*kind && strstr(text, "seen"))
		memcpy(strstr(text, "seen"), "s\xff\xfen", 4);
	if (!*kind && mock.etags)
		return send_tagged(connection, service->type, text, size, name,
				   *state);
	return send_text(connection, 200, service->type, text, size, NULL);
}

static void take_option(int letter)
{
	char *rest, *word;

	switch (letter) {
	case 'e': mock.etags = true; break;
	case 'd': mock.delay_ms = (unsigned)atoi(optarg); break;
	case 'f': mock.percent = (unsigned)atoi(optarg); break;
	case 'k':
		for (word = strtok_r(optarg, " ", &rest);
		     word && mock.kind_count < 16;
		     word = strtok_r(NULL, " ", &rest))
			snprintf(mock.kinds[mock.kind_count++], 12, "%s", word);
		break;
	case 'x':
		word = strchr(optarg, '=');
		if (word && mock.fixed_count < 12) {
			snprintf(mock.fixed[mock.fixed_count].service, 24,
				 "%.*s", (int)(word - optarg), optarg);
			snprintf(mock.fixed[mock.fixed_count++].kind, 12, "%s",
				 word + 1);
		}
		break;
	default: exit(64);
	}
}

int main(int argc, char **argv)
{
	struct MHD_Daemon *daemon;
	char byte;
	int letter;

	while ((letter = getopt(argc, argv, "ed:f:k:x:")) != -1)
		take_option(letter);
	if (optind + 1 != argc || !(mock.log = fopen(argv[optind], "a")))
		return 64;
	daemon = MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD |
			MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL,
		0, NULL, NULL, serve, NULL, MHD_OPTION_SOCK_ADDR,
		&(struct sockaddr_in){.sin_family = AF_INET,
				      .sin_addr.s_addr =
					      htonl(INADDR_LOOPBACK)},
		MHD_OPTION_URI_LOG_CALLBACK, note_address, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, forget_address, NULL,
		MHD_OPTION_END);
	if (!daemon)
		return 69;
	printf("%u\n",
	       MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	MHD_stop_daemon(daemon);
	fclose(mock.log);
	free(mock.bomb);
	return 0;
}
