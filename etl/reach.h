/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reach: which addresses a request may connect to, asked of the address itself
 * when the connection is made, whatever name, number or redirect led to it.
 * Pure.
 */
#ifndef MIEN_ETL_REACH_H
#define MIEN_ETL_REACH_H

#include <stdbool.h>
#include <sys/socket.h>

/* Whether a url is this machine's own: localhost, 127.0.0.1 or [::1]. */
bool reach_is_here(const char *url);

/*
 * here: the request was for this machine, and must stay in it. Otherwise
 * neither this machine nor a private, link-local, shared, multicast or
 * reserved network may be reached, nor one of those inside an IPv6 address.
 */
bool reach_allowed(const struct sockaddr *address, bool here);

#endif
