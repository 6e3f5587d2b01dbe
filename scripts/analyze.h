/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the analyzers of make lint cannot see in one file: that the functions
 * which tell of a fault return it, and so never STATUS_OK. Included before
 * all else, by them alone.
 */
#include "base/status.h"

#define fault_set(fault, status, ...) \
	((fault_set)(fault, status, __VA_ARGS__), (status))
#define fault_set_errno(fault, error, ...) \
	((fault_set_errno)(fault, error, __VA_ARGS__), STATUS_IO)
