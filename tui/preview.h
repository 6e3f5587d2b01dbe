/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * preview: a frame's luma as the greys of a few hundred cells, with the faces
 * framed over it. Pure but for its memory: knows no screen and no clock.
 */
#ifndef MIEN_TUI_PREVIEW_H
#define MIEN_TUI_PREVIEW_H

#include "capture/frame.h"
#include "model/reading.h"

#include <stdbool.h>

#define PREVIEW_MAX_COLS 320
#define PREVIEW_MAX_ROWS 160
#define PREVIEW_GREYS    24 /* xterm's 232..255 */
#define PREVIEW_RAMP     " .:-=+*#%@"
#define PREVIEW_STEPS    10 /* of the ramp */

/*
 * A dot changes only when the frame's luma (of 255) is by more than this out
 * of the step that is drawn for it, or by one of the ramp's steps, which are
 * coarse: a still picture then costs nothing on the wire, noise or not, and
 * one that moves only what can be seen.
 */
#define PREVIEW_HOLD 6

/*
 * dots: the greys as drawn, cols x rows of them; a cell holds two, one above
 * the other (tall), or one. Where the frame has another shape than the panel
 * the picture stands in the middle, and beyond it dots are not drawn.
 */
struct preview {
	int cols, rows; /* of dots */
	bool tall;
	struct {
		int col, row, cols, rows;
	} picture;        /* in dots */
	int low, high;    /* what auto contrast takes for black and white */
	bool fresh;       /* nothing held yet */
	uint64_t changed; /* dots that changed, ever; for measurements */
	uint8_t dots[PREVIEW_MAX_ROWS][PREVIEW_MAX_COLS];
	uint8_t means[PREVIEW_MAX_ROWS][PREVIEW_MAX_COLS]; /* of the newest */
	uint16_t lines[FRAME_MAX_WIDTH]; /* of the frame, added up */
};

/* Cells of the panel; tall: two dots a cell. Forgets the picture on a change,
 * and says true then. */
bool preview_resize(struct preview *p, int cell_cols, int cell_rows, bool tall);

/* Takes a frame in. mirror: left and right change places. */
void preview_update(struct preview *p, const struct frame *frame, bool mirror);

/* Forgets the picture, so that nothing is drawn until the next frame. */
void preview_clear(struct preview *p);

/* The grey (0..PREVIEW_GREYS - 1) or ramp step (0..9) of a dot, -1: none. */
int preview_grey(const struct preview *p, int col, int row);
int preview_step(const struct preview *p, int col, int row);

/* A face's frame in cells of the panel, borders included. */
struct preview_box {
	int col, row, cols, rows;
	bool lead;
	int face; /* its index in the reading */
};

/*
 * The boxes of a reading's faces, cut to the picture, the lead last so that
 * it is drawn on top; returns how many. A reading of another frame size than
 * the picture's is scaled.
 */
int preview_boxes(const struct preview *p, const struct reading *reading,
		  bool mirror, struct preview_box boxes[READING_MAX_FACES]);

#endif
