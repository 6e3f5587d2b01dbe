/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * video: YouTube's ids and lengths in the forms that they are written in, and
 * which of several videos is a song. Pure.
 */
#ifndef MIEN_ETL_VIDEO_H
#define MIEN_ETL_VIDEO_H

#include "etl/source.h"

/*
 * The id in an address of YouTube: watch?v=, youtu.be/, embed/, shorts/,
 * live/, v/, with or without scheme, on any of its hosts. false and "": it is
 * none.
 */
bool video_id(const char *address, char *id, size_t size);

/* Whether text is an id: 11 letters, digits, "-" or "_". */
bool video_is_id(const char *text);

/*
 * The channel in an address of YouTube, as youtube_ask_channel and
 * youtube_ask_uploads take it: its id ("UC..."), "@handle" or "user/name".
 * false and "": it is none.
 */
bool video_channel(const char *address, char *out, size_t size);

/* Seconds of an ISO 8601 duration ("PT3M34S", "P0D"); -1: it is none. */
double video_length(const char *duration);

/* Whether a video of that length can be the song: off by at most 7 s or 5 %;
 * yes where either is not known (0). */
bool video_length_fits(double video_s, double song_s);

/* Whether it is on the artist's own channel, "X - Topic" and VEVO too. */
bool video_is_own(const struct fact_video *video, const char *artist);

/*
 * How surely video is this song: 0 for not (another title; a length that is
 * off by more than 7 s and 5 %, where both are told; a cover or the like that
 * was not asked for), up to 1 for the artist's own.
 */
double video_score(const struct fact_video *video, const char *artist,
		   const char *title, double length_s);

#endif
