/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lrc: the lyrics that lie beside a music file, "Song.lrc" for "Song.mp3". */
#ifndef MIEN_ETL_LRC_H
#define MIEN_ETL_LRC_H

#include "etl/lyrics.h"

/*
 * Reads what lies beside music (a path), as lyrics_read does. false: nothing
 * lies there, or it cannot be read.
 */
bool lrc_read(const char *music, struct language *language, bool hip_hop,
	      struct lyrics *out);

#endif
