/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gate: the list of kinds first, then what this run was opened with. */
#include "player/gate.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool gate_finds(const char *program)
{
	const char *at = getenv("PATH");
	char file[PATH_MAX];

	while (at && *at) {
		size_t length = strcspn(at, ":");

		if (snprintf(file, sizeof(file), "%.*s/%s", (int)length, at,
			     program) < (int)sizeof(file) &&
		    !access(file, X_OK))
			return true;
		at += length + (at[length] == ':');
	}
	return false;
}

static enum status refuse(struct fault *fault, const char *uri, const char *why,
			  const char *hint)
{
	fault_set(fault, STATUS_DENIED, uri, "%s", why);
	fault_hint(fault, "%s", hint);
	return STATUS_DENIED;
}

enum status gate_check(const struct gate *gate, const char *uri,
		       char out[URI_SIZE], enum uri_kind *kind,
		       struct fault *fault)
{
	enum status st = uri_check(uri, out, kind, fault);

	if (st)
		return st;
	if (*kind == URI_FILE && gate->folders &&
	    !folders_hold(gate->folders, out))
		return refuse(fault, uri,
			      "lies in no folder that music was imported from",
			      "import its folder with mien-etl");
	if (*kind == URI_FILE && gate->opened &&
	    !folders_hold(gate->opened, out))
		return refuse(fault, uri,
			      "lies in a folder that was imported since the "
			      "start, and is locked out until the next",
			      "start mien again to play it");
	if (*kind == URI_YTDL && !gate->ytdl)
		return refuse(fault, uri,
			      "needs yt-dlp, which is not switched on",
			      "set music.ytdl in the configuration");
	if (*kind == URI_YTDL && gate->no_ytdlp)
		return refuse(fault, uri,
			      "needs yt-dlp, which is not installed",
			      "install it (pipx install yt-dlp) and start mien "
			      "again");
	if (*kind != URI_FILE && gate->offline)
		return refuse(fault, uri,
			      "needs the network, which was given up at the "
			      "start, when no song needed it",
			      "start mien again");
	return STATUS_OK;
}
