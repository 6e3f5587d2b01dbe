/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * parse_json: what jansson asks for while it parses is kept in a list. When
 * there is no more, the parser is left where it is, and the list is freed.
 */
#include "base/parse_json.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define FIRST_ROOM 256

static _Thread_local struct {
	jmp_buf *leave; /* NULL: nothing is parsed */
	void **blocks;  /* NULL where one was given back */
	size_t count, room;
} parser;

static void make_room(void)
{
	size_t room = parser.room ? 2 * parser.room : FIRST_ROOM;
	void **grown = realloc(parser.blocks, room * sizeof(*grown));

	if (!grown)
		longjmp(*parser.leave, 1);
	parser.blocks = grown;
	parser.room = room;
}

static void *allocate(size_t size)
{
	void *block;

	if (!parser.leave)
		return malloc(size);
	if (parser.count == parser.room)
		make_room();
	/* malloc has no more, and a sanitizer ends who asks for it */
	block = size > PTRDIFF_MAX ? NULL : malloc(size);
	if (!block)
		longjmp(*parser.leave, 1);
	parser.blocks[parser.count++] = block;
	return block;
}

/* What a parser gives back it asked for lately: a key, after its value. */
static void release(void *block)
{
	size_t at = parser.leave && block ? parser.count : 0;

	while (at && parser.blocks[at - 1] != block)
		at--;
	if (at)
		parser.blocks[at - 1] = NULL;
	while (parser.count && !parser.blocks[parser.count - 1])
		parser.count--;
	free(block);
}

__attribute__((constructor)) static void prepare(void)
{
	json_set_alloc_funcs(allocate, release);
}

static void end(bool all)
{
	parser.leave = NULL;
	while (all && parser.count)
		free(parser.blocks[--parser.count]);
	free(parser.blocks);
	parser.blocks = NULL;
	parser.count = parser.room = 0;
}

enum status parse_json(const char *text, size_t length, size_t flags,
		       json_t **out, json_error_t *error)
{
	jmp_buf leave;

	*out = NULL;
	if (setjmp(leave)) {
		end(true);
		return STATUS_NO_MEMORY;
	}
	parser.leave = &leave;
	*out = json_loadb(text, length, flags, error);
	end(false);
	return *out ? STATUS_OK : STATUS_BAD_DATA;
}
