/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uri: which addresses the program plays at all. One allow list, asked when an
 * address enters the catalog and again before mpv sees it: mpv and ffmpeg
 * know protocols that read devices, run filters or join other files. Pure.
 */
#ifndef MIEN_CATALOG_URI_H
#define MIEN_CATALOG_URI_H

#include "base/status.h"

enum uri_kind {
	URI_FILE, /* an absolute path */
	URI_WEB,  /* http or https */
	URI_YTDL  /* ytdl://, for yt-dlp to find */
};

/* Long enough for every path that struct track holds, decoded. */
#define URI_SIZE 1024

/*
 * Checks uri and writes what mpv may be given to out (URI_SIZE bytes): an
 * absolute path, decoded where uri was a file: address, or the address with its
 * scheme in small letters. Anything else, a relative path too, is STATUS_DENIED
 * with the reason in fault (may be NULL). kind may be NULL.
 */
enum status uri_check(const char *uri, char *out, enum uri_kind *kind,
		      struct fault *fault);

/*
 * The address under which a file is entered: the path itself where it is clean
 * text, a file: address with the other bytes escaped where it is not, so that
 * an address is clean text always and uri_check gives the bytes back. path is
 * absolute; STATUS_BAD_ARGUMENT when it is not or is too long.
 */
enum status uri_from_path(const char *path, char *out, size_t size);

#endif
