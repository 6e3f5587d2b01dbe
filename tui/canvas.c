/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canvas: clipping, and text into cells. */
#include "tui/canvas.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT_SIZE 1024

/* What stands in for a character on the Linux console, whose font may lack it,
 * and where the locale is not UTF-8. 0: the console has it. */
static const struct {
	uint32_t code;
	char console, ascii;
} stand_ins[] = {
	{0x2500, 0, '-'}, /* light lines and corners */
	{0x2502, 0, '|'},     {0x250c, 0, '+'},     {0x2510, 0, '+'},
	{0x2514, 0, '+'},     {0x2518, 0, '+'},     {0x251c, 0, '+'},
	{0x2524, 0, '+'},     {0x2501, '=', '='}, /* progress, and its head */
	{0x2578, '>', '>'},   {0x2588, '#', '#'}, /* bars and their rest */
	{0x2591, '.', '.'},   {0x2581, '.', '.'}, /* sparks */
	{0x2582, ':', ':'},   {0x2583, '-', '-'},   {0x2584, '=', '='},
	{0x2585, '+', '+'},   {0x2586, '*', '*'},   {0x2587, '#', '#'},
	{0x25b2, '^', '^'},   {0x25bc, 'v', 'v'}, /* trends */
	{0x25ba, '>', '>'},   {0x25cf, '*', '*'},   {0x25cb, 'o', 'o'},
	{0x2665, '*', '*'},   {0x00b7, 0, '-'},     {0x2192, '>', '>'},
	{0x2016, '|', '|'},   {0x2190, '<', '<'},   {0x2191, '^', '^'},
	{0x2193, 'v', 'v'},   {0x2013, '-', '-'},   {0x2014, '-', '-'},
	{0x2018, '\'', '\''}, {0x2019, '\'', '\''}, {0x201c, '"', '"'},
	{0x201d, '"', '"'},   {0x2026, '~', '~'},
};

static const struct cell empty = {
	.code = {' '}, .ink = CELL_NO_GREY, .paper = CELL_NO_GREY};

enum status canvas_resize(struct canvas *canvas, int rows, int cols)
{
	struct cell *cells =
		calloc((size_t)rows * (size_t)cols, sizeof(*cells));

	if (!cells)
		return STATUS_NO_MEMORY;
	free(canvas->cells);
	canvas->cells = cells;
	canvas->rows = rows;
	canvas->cols = cols;
	canvas_clear(canvas);
	return STATUS_OK;
}

void canvas_clear(struct canvas *canvas)
{
	for (int i = 0; i < canvas->rows * canvas->cols; i++)
		canvas->cells[i] = empty;
}

void canvas_done(struct canvas *canvas)
{
	free(canvas->cells);
	*canvas = (struct canvas){0};
}

struct cell *canvas_cell(const struct canvas *canvas, int row, int col)
{
	if (row < 0 || col < 0 || row >= canvas->rows || col >= canvas->cols)
		return NULL;
	return &canvas->cells[row * canvas->cols + col];
}

struct area area_of(struct canvas *canvas, struct rect rect)
{
	return (struct area){canvas, rect};
}

struct area area_part(struct area area, int row, int col, int rows, int cols)
{
	struct rect r = area.rect;

	if (rows > r.rows - row)
		rows = r.rows - row;
	if (cols > r.cols - col)
		cols = r.cols - col;
	if (row < 0 || col < 0 || rows <= 0 || cols <= 0)
		return (struct area){area.canvas, {0}};
	return (struct area){area.canvas,
			     {r.row + row, r.col + col, rows, cols}};
}

struct area area_inside(struct area area)
{
	return (struct area){area.canvas, rect_inside(area.rect)};
}

bool area_is_empty(struct area area)
{
	return rect_is_empty(area.rect);
}

static struct cell *cell_at(struct area area, int row, int col)
{
	if (row < 0 || col < 0 || row >= area.rect.rows ||
	    col >= area.rect.cols)
		return NULL;
	return canvas_cell(area.canvas, area.rect.row + row,
			   area.rect.col + col);
}

/* Half a wide character is none: what stands on either side is blanked. */
static void split_wide(struct area area, int row, int col)
{
	struct cell *c = cell_at(area, row, col);
	struct cell *left = canvas_cell(area.canvas, area.rect.row + row,
					area.rect.col + col - 1);
	struct cell *right = canvas_cell(area.canvas, area.rect.row + row,
					 area.rect.col + col + 1);

	if (c && !c->code[0] && left)
		left->code[0] = ' ';
	if (right && !right->code[0])
		right->code[0] = ' ';
}

static uint32_t fit_glyph(enum caps_glyphs glyphs, uint32_t code)
{
	if (glyphs == GLYPHS_FULL || code < 127)
		return code;
	for (size_t i = 0; i < sizeof(stand_ins) / sizeof(*stand_ins); i++) {
		char other = glyphs == GLYPHS_LINES ? stand_ins[i].console
						    : stand_ins[i].ascii;

		if (stand_ins[i].code == code)
			return other ? (uint32_t)other : code;
	}
	return glyphs == GLYPHS_ASCII ? '?' : code;
}

void area_put(struct area area, int row, int col, enum style style,
	      uint32_t code)
{
	struct cell *c = cell_at(area, row, col);

	if (!c)
		return;
	split_wide(area, row, col);
	*c = empty;
	c->code[0] = fit_glyph(area.canvas->glyphs, code);
	c->style = (uint8_t)style;
}

static void put_mark(struct area area, int row, int col, uint32_t code)
{
	struct cell *c = cell_at(area, row, col);

	if (area.canvas->glyphs == GLYPHS_ASCII)
		return;
	/* the left half of a wide character carries its marks */
	if (c && !c->code[0])
		c = cell_at(area, row, col - 1);
	for (int i = 1; c && i <= CELL_MARKS; i++)
		if (!c->code[i]) {
			c->code[i] = code;
			return;
		}
}

int area_text(struct area area, int row, int col, enum style style,
	      const char *text)
{
	int at = col, width;
	uint32_t code;

	while ((code = text_next(&text, &width))) {
		if (!width) {
			put_mark(area, row, at - 1, code);
			continue;
		}
		if (at + width > area.rect.cols)
			break;
		area_put(area, row, at, style, code);
		for (int i = 1; i < width; i++)
			area_put(area, row, at + i, style,
				 area.canvas->glyphs == GLYPHS_ASCII ? ' ' : 0);
		at += width;
	}
	return at - col;
}

void area_fit(struct area area, int row, int col, int cols, enum style style,
	      const char *text)
{
	char fitted[TEXT_SIZE];

	if (cols > area.rect.cols - col)
		cols = area.rect.cols - col;
	if (cols <= 0)
		return;
	text_fit(fitted, sizeof(fitted), text, cols,
		 area.canvas->glyphs == GLYPHS_ASCII);
	area_text(area, row, col, style, fitted);
}

int area_print(struct area area, int row, int col, enum style style,
	       const char *format, ...)
{
	char text[TEXT_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return area_text(area, row, col, style, text);
}

int area_print_right(struct area area, int row, enum style style,
		     const char *format, ...)
{
	char text[TEXT_SIZE];
	va_list args;
	int col;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	col = area.rect.cols - text_width(text);
	area_text(area, row, col < 0 ? 0 : col, style, text);
	return col < 0 ? 0 : col;
}

void area_clear(struct area area)
{
	for (int row = 0; row < area.rect.rows; row++)
		for (int col = 0; col < area.rect.cols; col++)
			area_put(area, row, col, STYLE_TEXT, ' ');
}
