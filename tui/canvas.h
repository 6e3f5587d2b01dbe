/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * canvas: a screen in memory that the views draw on, cell by cell, and the
 * areas of it that they are given. Knows no curses; nothing drawn can leave
 * its area.
 */
#ifndef MIEN_TUI_CANVAS_H
#define MIEN_TUI_CANVAS_H

#include "base/status.h"
#include "tui/caps.h"
#include "tui/layout.h"
#include "tui/style.h"

#include <stdint.h>

#define CELL_MARKS   2
#define CELL_NO_GREY 255

/* code[0] 0: the right half of a wide character, drawn by the cell before. */
struct cell {
	uint32_t code[1 + CELL_MARKS]; /* a character and marks on it */
	uint8_t style;                 /* enum style */
	bool bold;                     /* besides what the style says */
	uint8_t ink, paper;            /* greys 0..23 in place of the style's */
};

struct canvas {
	int rows, cols;
	enum caps_glyphs glyphs;
	struct cell *cells; /* rows x cols */
};

/* Empty cells all over. STATUS_NO_MEMORY leaves it as it was. */
enum status canvas_resize(struct canvas *canvas, int rows, int cols);
void canvas_clear(struct canvas *canvas);
void canvas_done(struct canvas *canvas);

/* NULL outside. */
struct cell *canvas_cell(const struct canvas *canvas, int row, int col);

/* A rectangle of a canvas; rows and columns below count from its corner. */
struct area {
	struct canvas *canvas;
	struct rect rect;
};

struct area area_of(struct canvas *canvas, struct rect rect);
struct area area_part(struct area area, int row, int col, int rows, int cols);
struct area area_inside(struct area area); /* without its border */
bool area_is_empty(struct area area);

void area_put(struct area area, int row, int col, enum style style,
	      uint32_t code);

/* Clean text, cut at the area's right edge; returns the columns drawn. */
int area_text(struct area area, int row, int col, enum style style,
	      const char *text);

/* Text made to fit in cols with an ellipsis, padded with spaces. */
void area_fit(struct area area, int row, int col, int cols, enum style style,
	      const char *text);

int area_print(struct area area, int row, int col, enum style style,
	       const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The same, ending at the area's right edge; returns its first column. */
int area_print_right(struct area area, int row, enum style style,
		     const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Spaces all over. */
void area_clear(struct area area);

#endif
