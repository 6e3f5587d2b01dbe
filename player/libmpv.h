/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libmpv: the functions of the library that the player calls, loaded with the
 * first player and not before: it and what it needs take longer to load than
 * the first screen may. Private to player/.
 */
#ifndef MIEN_PLAYER_LIBMPV_H
#define MIEN_PLAYER_LIBMPV_H

#include "base/status.h"

#include <mpv/client.h>

#define LIBMPV_FUNCTIONS(F)     \
	F(client_api_version)   \
	F(command_async)        \
	F(command_node_async)   \
	F(create)               \
	F(error_string)         \
	F(initialize)           \
	F(observe_property)     \
	F(request_log_messages) \
	F(set_option_string)    \
	F(set_property_async)   \
	F(set_wakeup_callback)  \
	F(terminate_destroy)    \
	F(wait_event)

/* libmpv.create() is mpv_create(), and so on. */
struct libmpv {
#define LIBMPV_POINTER(name) __typeof__(mpv_##name) *name;
	LIBMPV_FUNCTIONS(LIBMPV_POINTER)
#undef LIBMPV_POINTER
};

extern struct libmpv libmpv;

/* Before any call of them; again costs nothing. Any thread. */
enum status libmpv_load(struct fault *fault);

#endif
