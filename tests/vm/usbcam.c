/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usbcam: a USB camera in user space (USB Video Class 1.0, bulk transfers),
 * plugged into the kernel's virtual host controller (vhci-hcd) through a pair
 * of sockets that speak the USB/IP protocol, so that the real uvcvideo drives
 * it. Shows one picture over and over.
 *
 *   usbcam WIDTHxHEIGHT RATE JPEG|- YUYV|-
 *
 * The files hold the picture in the two formats; "-": it has not that format.
 * SIGTERM pulls the plug, SIGUSR1 makes the pictures stop and go on, SIGUSR2
 * makes every other picture come damaged, or no longer. SIGHUP hangs it:
 * nothing is answered any more but that a transfer was taken back, which is
 * the host controller's part.
 *
 * Source of the numbers: USB Device Class Definition for Video Devices 1.0,
 * Documentation/usb/usbip_protocol.rst.
 */
#include "base/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PAYLOAD      16384 /* bytes of one transfer, with its header */
#define PAYLOAD_HEAD 2
#define WAITING_MAX  256
#define PIPE_BROKEN  (-32)     /* how a device refuses: a stall */
#define UNLINKED     (-104)    /* a transfer that was taken back */
#define UNITS_PER_S  10000000u /* intervals are in 100 ns */

enum { FORMAT_JPEG, FORMAT_YUYV, FORMATS };

struct picture {
	uint8_t *bytes;
	uint32_t size;
};

static struct {
	int wire;
	uint16_t width, height;
	uint32_t interval; /* between two pictures, in 100 ns */
	struct picture pictures[FORMATS];
	int kinds[FORMATS], count; /* what is offered, in the order of it */
	uint8_t config[512];
	uint16_t config_size;
	uint8_t probe[26]; /* the negotiated stream */
	struct {
		uint32_t sequence, size;
	} waiting[WAITING_MAX]; /* transfers that want to be filled */
	int waiting_count;
	const struct picture *sent; /* NULL: between two pictures */
	uint32_t sent_bytes, sent_size, number;
	int64_t due_ns;
} cam;

static volatile sig_atomic_t unplugged, silent, damaging, hung;

static void on_signal(int number)
{
	if (number == SIGUSR1)
		silent = !silent;
	else if (number == SIGUSR2)
		damaging = !damaging;
	else if (number == SIGHUP)
		hung = 1;
	else
		unplugged = 1;
}

/* ---- the wire ------------------------------------------------------------ */

static void get_all(void *to, size_t size)
{
	for (uint8_t *at = to; size;) {
		ssize_t got = read(cam.wire, at, size);

		if (got < 0 && errno == EINTR && !unplugged)
			continue;
		if (got <= 0)
			exit(0);
		at += got;
		size -= (size_t)got;
	}
}

static void put_all(const void *from, size_t size)
{
	for (const uint8_t *at = from; size;) {
		ssize_t put = write(cam.wire, at, size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			exit(0);
		at += put;
		size -= (size_t)put;
	}
}

/* command: 3 answers a transfer, 4 its taking back. */
static void answer(uint32_t command, uint32_t sequence, int status,
		   uint32_t size)
{
	uint32_t head[12] = {htonl(command), htonl(sequence)};

	head[5] = htonl((uint32_t)status);
	head[6] = htonl(size);
	put_all(head, sizeof(head));
}

/* ---- what it says it is -------------------------------------------------- */

#define LE16(n) (uint8_t)(n), (uint8_t)((n) >> 8)
#define LE32(n) LE16(n), LE16((n) >> 16)

static void add(const uint8_t *bytes, size_t size)
{
	memcpy(cam.config + cam.config_size, bytes, size);
	cam.config_size = (uint16_t)(cam.config_size + size);
}

/* The first byte of each descriptor is its length. */
#define ADD(...)                                                    \
	do {                                                        \
		const uint8_t rest_[] = {__VA_ARGS__};              \
		const uint8_t size_ = (uint8_t)(sizeof(rest_) + 1); \
                                                                    \
		add(&size_, 1);                                     \
		add(rest_, sizeof(rest_));                          \
	} while (0)

static uint32_t frame_size(void)
{
	return (uint32_t)cam.width * cam.height * 2;
}

static void add_format(uint8_t number, int kind)
{
	uint32_t size = frame_size();
	uint32_t bits = size * 8 * 30;

	if (kind == FORMAT_JPEG)
		ADD(0x24, 6, number, 1, 1, 1, 0, 0, 0, 0);
	else /* the GUID of YUY2 */
		ADD(0x24, 4, number, 1, 'Y', 'U', 'Y', '2', 0, 0, 0x10, 0, 0x80,
		    0, 0, 0xaa, 0, 0x38, 0x9b, 0x71, 16, 1, 0, 0, 0, 0);
	ADD(0x24, kind == FORMAT_JPEG ? 7 : 5, 1, 0, LE16(cam.width),
	    LE16(cam.height), LE32(bits), LE32(bits), LE32(size),
	    LE32(cam.interval), 1, LE32(cam.interval));
	ADD(0x24, 13, 1, 1, 4); /* colours as in BT.601 */
}

static void add_stream(void)
{
	uint16_t start = cam.config_size;
	uint16_t size;

	if (cam.count == 2)
		ADD(0x24, 1, 2, 0, 0, 0x81, 0, 2, 0, 0, 0, 1, 0, 0);
	else
		ADD(0x24, 1, 1, 0, 0, 0x81, 0, 2, 0, 0, 0, 1, 0);
	for (int i = 0; i < cam.count; i++)
		add_format((uint8_t)(i + 1), cam.kinds[i]);
	size = (uint16_t)(cam.config_size - start);
	cam.config[start + 4] = (uint8_t)size;
	cam.config[start + 5] = (uint8_t)(size >> 8);
}

static void describe(void)
{
	ADD(2, 0, 0, 2, 1, 0, 0x80, 250); /* the whole; its size comes last */
	ADD(11, 0, 2, 14, 3, 0, 0);       /* two interfaces make a camera */
	ADD(4, 0, 0, 0, 14, 1, 0, 0);     /* the one that controls: */
	ADD(0x24, 1, LE16(0x100), LE16(40), LE32(48000000u), 1, 1);
	ADD(0x24, 2, 1, LE16(0x201), 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0);
	ADD(0x24, 3, 2, LE16(0x101), 0, 1, 0);
	ADD(4, 1, 0, 1, 14, 2, 0, 0); /* and the one that streams */
	add_stream();
	ADD(5, 0x81, 2, LE16(512), 0);
	cam.config[2] = (uint8_t)cam.config_size;
	cam.config[3] = (uint8_t)(cam.config_size >> 8);
}

/* ---- what it answers when asked ------------------------------------------ */

static int kind_chosen(void)
{
	return cam.kinds[cam.probe[2] - 1];
}

/* Whatever was wished for becomes what there is. */
static void settle_probe(void)
{
	const uint8_t sizes[] = {LE32(frame_size()), LE32(PAYLOAD)};
	const uint8_t interval[] = {LE32(cam.interval)};

	if (cam.probe[2] < 1 || cam.probe[2] > cam.count)
		cam.probe[2] = 1;
	cam.probe[3] = 1;
	memcpy(cam.probe + 4, interval, sizeof(interval));
	memcpy(cam.probe + 18, sizes, sizeof(sizes));
}

static int descriptor(int type, int index, uint8_t *out)
{
	static const uint8_t device[] = {
		18,           1,           LE16(0x200), 0xef, 2, 1, 64,
		LE16(0x1d6b), LE16(0x102), LE16(0x100), 1,    2, 3, 1};
	static const char *const texts[] = {"", "mien", "Portrait Camera", "1"};

	if (type == 1) {
		memcpy(out, device, sizeof(device));
		return sizeof(device);
	}
	if (type == 2) {
		memcpy(out, cam.config, cam.config_size);
		return cam.config_size;
	}
	if (type != 3 || index > 3)
		return -1;
	out[0] = (uint8_t)(index ? 2 + 2 * strlen(texts[index]) : 4);
	out[1] = 3;
	out[2] = 9; /* index 0: English is what there is */
	out[3] = 4;
	for (int i = 0; index && texts[index][i]; i++) {
		out[2 + 2 * i] = (uint8_t)texts[index][i];
		out[3 + 2 * i] = 0;
	}
	return out[0];
}

static void restart(void)
{
	cam.sent = NULL;
	cam.due_ns = clock_monotonic_ns();
}

/* Negotiation of the stream: probe (1) and commit (2). */
static int stream_request(int request, int control, const uint8_t *data,
			  uint32_t size, uint8_t *out)
{
	switch (request) {
	case 0x01: /* set it */
		memcpy(cam.probe, data, size < 26 ? size : 26);
		settle_probe();
		if (control == 2)
			restart();
		return 0;
	case 0x81: /* what it is, at least, at most, by default */
	case 0x82:
	case 0x83:
	case 0x87:
		settle_probe();
		memcpy(out, cam.probe, sizeof(cam.probe));
		return sizeof(cam.probe);
	case 0x85: out[0] = sizeof(cam.probe); return 2;
	case 0x86: out[0] = 3; return 1;
	default: return -1;
	}
}

/* How many bytes of out answer a setup packet; -1: it is refused. */
static int setup_request(const uint8_t *setup, const uint8_t *data,
			 uint32_t size, uint8_t *out)
{
	int type = setup[0], request = setup[1];

	if (type == 0x80 && request == 6)
		return descriptor(setup[3], setup[2], out);
	if (type == 0x81 && request == 10) /* the alternate setting: the 0th */
		return 1;
	if ((type & 0xe0) == 0x80)
		return request ? -1 : 2; /* its status: nothing to say */
	if ((type & 0xe0) == 0) {
		if (type == 2 && request == 1) /* the stream begins anew */
			restart();
		return 0;
	}
	if ((type & 0x7f) == 0x21 && setup[4] == 1 && setup[3] <= 2)
		return stream_request(request, setup[3], data, size, out);
	return -1;
}

static void control(uint32_t sequence, const uint8_t *setup, bool in,
		    const uint8_t *data, uint32_t size)
{
	uint8_t out[512] = {0};
	int n = setup_request(setup, data, size, out);

	if (n < 0) {
		answer(3, sequence, PIPE_BROKEN, 0);
	} else if (!in) {
		answer(3, sequence, 0, size);
	} else {
		uint32_t told = (uint32_t)n < size ? (uint32_t)n : size;

		answer(3, sequence, 0, told);
		put_all(out, told);
	}
}

/* ---- pictures ------------------------------------------------------------ */

static void next_picture(int64_t now)
{
	int64_t interval_ns = cam.interval * (int64_t)100;

	cam.sent = &cam.pictures[kind_chosen()];
	cam.sent_bytes = 0;
	cam.number++;
	/* As a bad cable does it: the second half is lost. */
	cam.sent_size = cam.sent->size >> (damaging && (cam.number & 1));
	cam.due_ns += interval_ns;
	if (cam.due_ns < now - interval_ns)
		cam.due_ns = now;
}

/* One payload into the transfer that waits longest. */
static void send_payload(void)
{
	uint8_t head[PAYLOAD_HEAD] = {PAYLOAD_HEAD, 0x80};
	uint32_t left = cam.sent_size - cam.sent_bytes;
	uint32_t room = cam.waiting[0].size < PAYLOAD ? cam.waiting[0].size
						      : PAYLOAD;
	uint32_t size = left < room - PAYLOAD_HEAD ? left : room - PAYLOAD_HEAD;

	head[1] |= (uint8_t)((cam.number & 1) | (size == left ? 2 : 0));
	answer(3, cam.waiting[0].sequence, 0, size + PAYLOAD_HEAD);
	put_all(head, sizeof(head));
	put_all(cam.sent->bytes + cam.sent_bytes, size);
	cam.sent_bytes += size;
	if (size == left)
		cam.sent = NULL;
	cam.waiting_count--;
	memmove(cam.waiting, cam.waiting + 1,
		(size_t)cam.waiting_count * sizeof(*cam.waiting));
}

/* Sends what may be sent; returns how many ms there is nothing to do. */
static int stream(void)
{
	while (cam.waiting_count) {
		int64_t now = clock_monotonic_ns();

		if (hung || (!cam.sent && silent))
			return 100;
		if (!cam.sent && now < cam.due_ns)
			return (int)((cam.due_ns - now) / CLOCK_NS_PER_MS) + 1;
		if (!cam.sent)
			next_picture(now);
		send_payload();
	}
	return 1000;
}

/* ---- transfers ----------------------------------------------------------- */

static void submitted(const uint32_t *head)
{
	static uint8_t data[65536];
	uint32_t sequence = ntohl(head[1]), size = ntohl(head[6]);
	bool in = ntohl(head[3]);

	if (!in && size > sizeof(data))
		exit(1);
	if (!in)
		get_all(data, size);
	if (!head[4] && hung) {
		return;
	} else if (!head[4]) {
		control(sequence, (const uint8_t *)&head[10], in, data, size);
	} else if (in && cam.waiting_count < WAITING_MAX) {
		cam.waiting[cam.waiting_count].sequence = sequence;
		cam.waiting[cam.waiting_count++].size = size;
	} else {
		answer(3, sequence, PIPE_BROKEN, 0);
	}
}

static void taken_back(const uint32_t *head)
{
	uint32_t which = ntohl(head[5]);
	int status = hung ? UNLINKED : 0;

	for (int i = 0; i < cam.waiting_count; i++) {
		if (cam.waiting[i].sequence != which)
			continue;
		cam.waiting_count--;
		memmove(cam.waiting + i, cam.waiting + i + 1,
			(size_t)(cam.waiting_count - i) * sizeof(*cam.waiting));
		status = UNLINKED;
		break;
	}
	answer(4, ntohl(head[1]), status, 0);
}

static void serve(void)
{
	while (!unplugged) {
		struct pollfd ready = {.fd = cam.wire, .events = POLLIN};
		uint32_t head[12];

		if (poll(&ready, 1, stream()) <= 0)
			continue;
		if (!(ready.revents & POLLIN))
			return; /* the driver let go of it */
		get_all(head, sizeof(head));
		if (ntohl(head[0]) == 1)
			submitted(head);
		else if (ntohl(head[0]) == 2)
			taken_back(head);
	}
}

/* ---- plugging it in ------------------------------------------------------ */

static bool load(const char *path, struct picture *out)
{
	FILE *file = fopen(path, "rb");

	out->bytes = malloc(8 << 20);
	out->size = file && out->bytes
			    ? (uint32_t)fread(out->bytes, 1, 8 << 20, file)
			    : 0;
	if (file)
		fclose(file);
	if (!out->size)
		fprintf(stderr, "usbcam: %s: no picture in it\n", path);
	return out->size;
}

/* Port 0 of the controller, at high speed (3). */
static bool plug(void)
{
	static const char where[] = "/sys/devices/platform/vhci_hcd.0/attach";
	int ends[2], attach, n;
	char line[64];
	bool good;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return false;
	cam.wire = ends[0];
	attach = open(where, O_WRONLY | O_CLOEXEC);
	n = snprintf(line, sizeof(line), "0 %d 65537 3", ends[1]);
	good = attach >= 0 && write(attach, line, (size_t)n) == n;
	if (!good)
		fprintf(stderr, "usbcam: %s: %s\n", where, strerror(errno));
	if (attach >= 0)
		close(attach);
	close(ends[1]);
	return good;
}

int main(int argc, char **argv)
{
	struct sigaction act = {.sa_handler = on_signal};
	double rate = argc == 5 ? atof(argv[2]) : 0;

	if (rate <= 0 ||
	    sscanf(argv[1], "%hux%hu", &cam.width, &cam.height) != 2) {
		fputs("usage: usbcam WIDTHxHEIGHT RATE JPEG|- YUYV|-\n",
		      stderr);
		return 64;
	}
	cam.interval = (uint32_t)(UNITS_PER_S / rate);
	for (int i = 0; i < FORMATS; i++) {
		if (!strcmp(argv[3 + i], "-"))
			continue;
		if (!load(argv[3 + i], &cam.pictures[i]))
			return 66;
		cam.kinds[cam.count++] = i;
	}
	describe();
	settle_probe();
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGUSR1, &act, NULL);
	sigaction(SIGUSR2, &act, NULL);
	sigaction(SIGHUP, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (!plug())
		return 69;
	serve();
	close(cam.wire);
	return 0;
}
