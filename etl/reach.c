/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reach: the IANA's registries of special-purpose addresses, as a table. */
#include "etl/reach.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

static const struct {
	uint32_t net;
	int bits;
} special4[] = {
	{0x00000000, 8},  /* this network */
	{0x0a000000, 8},  /* private */
	{0x64400000, 10}, /* shared by a provider's customers */
	{0x7f000000, 8},  /* loopback */
	{0xa9fe0000, 16}, /* link-local */
	{0xac100000, 12}, /* private */
	{0xc0000000, 24}, /* protocol assignments */
	{0xc0000200, 24}, /* documentation */
	{0xc0586300, 24}, /* 6to4 relays */
	{0xc0a80000, 16}, /* private */
	{0xc6120000, 15}, /* benchmarks */
	{0xc6336400, 24}, /* documentation */
	{0xcb007100, 24}, /* documentation */
	{0xe0000000, 3},  /* multicast, reserved, broadcast */
};

static bool is_public4(uint32_t address)
{
	for (size_t i = 0; i < sizeof(special4) / sizeof(*special4); i++)
		if (!((address ^ special4[i].net) >> (32 - special4[i].bits)))
			return false;
	return true;
}

static uint32_t four(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Only global unicast (2000::/3), and of it not what carries an IPv4 address
 * or is for documents; 64:ff9b::/96 is what a network without IPv4 has. */
static bool is_public6(const uint8_t *a)
{
	static const uint8_t nat64[12] = {0x00, 0x64, 0xff, 0x9b};

	if (!memcmp(a, nat64, sizeof(nat64)))
		return is_public4(four(a + 12));
	if ((a[0] & 0xe0) != 0x20)
		return false;
	if (a[0] == 0x20 && a[1] == 0x02) /* 6to4 */
		return is_public4(four(a + 2));
	if (a[0] == 0x20 && a[1] == 0x01 && a[2] < 2) /* Teredo and the like */
		return false;
	return !(a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0d && a[3] == 0xb8);
}

static bool is_loopback(const struct sockaddr *address)
{
	static const uint8_t one[16] = {[15] = 1};
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		return ntohl(v4.sin_addr.s_addr) >> 24 == 127;
	}
	memcpy(&v6, address, sizeof(v6));
	return !memcmp(v6.sin6_addr.s6_addr, one, sizeof(one));
}

bool reach_allowed(const struct sockaddr *address, bool here)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (address->sa_family != AF_INET && address->sa_family != AF_INET6)
		return false;
	if (here)
		return is_loopback(address);
	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		return is_public4(ntohl(v4.sin_addr.s_addr));
	}
	memcpy(&v6, address, sizeof(v6));
	return is_public6(v6.sin6_addr.s6_addr);
}

bool reach_is_here(const char *url)
{
	static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
	const char *host = strstr(url, "://");

	for (size_t i = 0; host && i < sizeof(names) / sizeof(*names); i++) {
		size_t length = strlen(names[i]);

		if (!strncmp(host + 3, names[i], length) &&
		    strchr(":/?#", host[3 + length]))
			return true;
	}
	return false;
}
