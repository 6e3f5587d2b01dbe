/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv: fields are unquoted where they lie. */
#include "etl/csv.h"

#include <stdbool.h>
#include <string.h>

static char guess_delimiter(const char *text)
{
	static const char candidates[] = ",;\t";
	size_t line = strcspn(text, "\r\n"), most = 0;
	char best = ',';

	for (const char *c = candidates; *c; c++) {
		size_t count = 0;

		for (size_t i = 0; i < line; i++)
			count += text[i] == *c;
		if (count > most) {
			most = count;
			best = *c;
		}
	}
	return best;
}

void csv_init(struct csv *csv, char *text, size_t length)
{
	*csv = (struct csv){.text = text,
			    .end = text + length,
			    .delimiter = guess_delimiter(text),
			    .next_line = 1};
	/* a NUL has no meaning in text, and would cut a field short */
	for (char *c = text; c < csv->end; c++)
		if (!*c)
			*c = ' ';
}

static enum status wrong(const char *name, unsigned line, const char *what,
			 struct fault *fault)
{
	fault_set(fault, STATUS_BAD_DATA, name, "%s", what);
	fault_at(fault, line, 0);
	return STATUS_BAD_DATA;
}

/* From behind the opening quote; *from moves behind the closing one. NULL: it
 * never closes. */
static char *unquote(struct csv *csv, char **from)
{
	char *read = *from, *write = *from, *field = *from;

	for (; read < csv->end; read++) {
		if (*read == '\n')
			csv->next_line++;
		if (*read == '"' && read[1] != '"')
			break;
		if (*read == '"')
			read++;
		*write++ = *read;
	}
	if (read == csv->end)
		return NULL;
	*from = read + 1;
	*write = '\0'; /* at the closing quote or before it */
	return field;
}

/* Whether a record ends at at; moves over the line end. */
static bool take_line_end(struct csv *csv, char **at)
{
	if (*at < csv->end && **at != '\r' && **at != '\n')
		return false;
	if (*at < csv->end && **at == '\r')
		++*at;
	if (*at < csv->end && **at == '\n')
		++*at;
	csv->next_line++;
	return true;
}

static enum status take_field(struct csv *csv, const char *name, char **field,
			      bool *last, struct fault *fault)
{
	unsigned line = csv->next_line;
	char *at = csv->text, *end;

	if (at < csv->end && *at == '"') {
		at++;
		*field = unquote(csv, &at);
		if (!*field)
			return wrong(name, line,
				     "a quote that opens here never closes",
				     fault);
		end = NULL;
	} else {
		*field = at;
		while (at < csv->end && *at != csv->delimiter && *at != '\r' &&
		       *at != '\n')
			at++;
		end = at;
	}
	if (at < csv->end && *at == csv->delimiter) {
		*last = false;
		csv->text = at + 1;
	} else {
		*last = true;
		csv->text = at;
		if (!take_line_end(csv, &csv->text))
			return wrong(name, csv->next_line,
				     "text behind a closing quote", fault);
	}
	if (end)
		*end = '\0';
	return STATUS_OK;
}

enum status csv_next(struct csv *csv, const char *name, struct fault *fault)
{
	bool last = false;

	while (csv->text < csv->end && strchr("\r\n", *csv->text))
		take_line_end(csv, &csv->text);
	if (csv->text >= csv->end)
		return STATUS_END;
	csv->line = csv->next_line;
	for (csv->count = 0; !last;) {
		enum status st;

		if (csv->count == CSV_FIELDS)
			return wrong(name, csv->line, "more than 256 columns",
				     fault);
		st = take_field(csv, name, &csv->fields[csv->count++], &last,
				fault);
		if (st)
			return st;
	}
	return STATUS_OK;
}
