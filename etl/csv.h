/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv: records of RFC 4180 text: quotes, doubled quotes and line ends inside
 * them; CRLF or LF. Pure.
 */
#ifndef MIEN_ETL_CSV_H
#define MIEN_ETL_CSV_H

#include "base/status.h"

#define CSV_FIELDS 256

/* Embedded by value; fields point into the text. */
struct csv {
	char *text, *end; /* the caller's; undone where fields are cut */
	char delimiter;
	unsigned next_line;
	/* the record: */
	unsigned line; /* where it begins */
	int count;
	char *fields[CSV_FIELDS];
};

/*
 * text has length bytes and a NUL behind them. The delimiter is what the first
 * line has most of: comma, semicolon or tab.
 */
void csv_init(struct csv *csv, char *text, size_t length);

/*
 * The next record that is not an empty line. STATUS_END: no more;
 * STATUS_BAD_DATA: with line and reason in fault, whose subject is name, and
 * nothing can be read after it.
 */
enum status csv_next(struct csv *csv, const char *name, struct fault *fault);

#endif
