/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * views: each draws one panel of a snapshot into the area that it is given,
 * and into that alone. Pure: the same snapshot gives the same cells.
 */
#ifndef MIEN_TUI_VIEWS_H
#define MIEN_TUI_VIEWS_H

#include "tui/canvas.h"
#include "tui/snapshot.h"

/* The whole screen: lays it out and calls the views below. */
void view_screen(struct canvas *canvas, const struct layout *layout,
		 const struct snapshot *s);

/* view_camera.c: the frame with the picture; the picture's cells for a frame
 * of this size (what preview_resize is to be given). */
void view_camera(struct area area, const struct snapshot *s);

/* What the camera does, as a whole sentence. */
void view_camera_sentence(const struct capture_status *status, char *out,
			  size_t size);

/* view_emotion.c */
void view_bars(struct area area, const struct snapshot *s);
void view_mood(struct area area, const struct snapshot *s);
void view_trail(struct area area, const struct snapshot *s);
void view_timeline(struct area area, const struct snapshot *s);

/* view_music.c */
void view_playing(struct area area, const struct snapshot *s);
void view_playing_bare(struct area area, const struct snapshot *s);
void view_queue(struct area area, const struct snapshot *s);

/* view_foot.c */
void view_events(struct area area, const struct snapshot *s);
void view_message(struct area area, const struct snapshot *s);
void view_privacy(struct area area, const struct snapshot *s);
void view_hints(struct area area, const struct snapshot *s);
void view_line(struct area mood, struct area message, const struct snapshot *s);

/* view_overlay.c: nothing for OVERLAY_NONE. */
void view_overlay(struct canvas *canvas, const struct snapshot *s);
/* The lines of help that a screen of this size has no room for. */
int view_help_hidden(int rows, int cols, const struct snapshot *s);

/* The line for a search or a feeling: where the cursor stands, or false. */
bool view_cursor(struct canvas *canvas, const struct snapshot *s, int *row,
		 int *col);

#endif
