/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gate: what may be handed to mpv: addresses of the kinds that are played at
 * all (catalog/uri.h), files of the library, the web where there is one.
 * Private to player/.
 */
#ifndef MIEN_PLAYER_GATE_H
#define MIEN_PLAYER_GATE_H

#include "catalog/folders.h"
#include "catalog/uri.h"

struct gate {
	bool ytdl;     /* it may be used */
	bool no_ytdlp; /* it is not installed */
	bool offline;
	const struct folders *folders; /* NULL: a file may lie anywhere */
	const struct folders *opened;  /* can be read at all; NULL: all can */
};

/* Whether a program of that name stands in PATH. */
bool gate_finds(const char *program);

/* As uri_check; out is what mpv gets. Refusals say what would help. Pure. */
enum status gate_check(const struct gate *gate, const char *uri,
		       char out[URI_SIZE], enum uri_kind *kind,
		       struct fault *fault);

#endif
