/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bytes: a local file, pipe or standard input as ffmpeg's libraries read it:
 * waits that can be stopped, and no name that they could open again.
 */
#ifndef MIEN_CAPTURE_BYTES_H
#define MIEN_CAPTURE_BYTES_H

#include "capture/source.h"

#include <libavformat/avio.h>

struct bytes;

/*
 * Opens opts->spec ("-": standard input, which is not closed again). Waits
 * end when opts->stop_fd is readable; opts->quiet is told of long ones. opts
 * must outlive it. label names it in faults.
 */
enum status bytes_open(struct bytes **out, const struct source_opts *opts,
		       const char *label, struct fault *fault);
void bytes_close(struct bytes *bytes); /* NULL is allowed */

AVIOContext *bytes_io(struct bytes *bytes); /* owned by bytes */
bool bytes_seekable(const struct bytes *bytes);

/* errno of the read that failed, 0 when all went well. */
int bytes_error(const struct bytes *bytes);

#endif
