/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * link: how far behind the terminal is, by its own word. Buffers on the way
 * (the system's, ssh's) take seconds of pictures before a write would block,
 * and a key's answer then waits behind them all. So each drawing ends with a
 * question that terminals answer once they have come to it (DSR 5 of
 * ECMA-48), and the picture moves on when there is little that is yet to be
 * answered. Pure: time comes in as an argument.
 */
#ifndef MIEN_TUI_LINK_H
#define MIEN_TUI_LINK_H

#include <stdbool.h>
#include <stdint.h>

#define LINK_QUESTION "\033[5n"
#define LINK_ANSWER   "\033[0n"

#define LINK_ASKED 16 /* questions that are remembered */
/* Behind is what takes so much longer than the quickest answer took; where
 * that took longer than the second, it says nothing of the way. */
#define LINK_SLACK_NS INT64_C(60000000)
#define LINK_WAY_NS   INT64_C(250000000)
/* Cells of the picture in one drawing: halved when an answer took so long. */
#define LINK_CELLS_MOST  8192
#define LINK_CELLS_LEAST 32
#define LINK_LONG_NS     INT64_C(150000000)
/* No answer for so long: it does not answer any more, and is asked no more. */
#define LINK_LOST_NS INT64_C(10000000000)

/* Embedded by value, zero at first. */
struct link {
	bool answers; /* it has answered once: what it does not say it will */
	bool asked;   /* the first question is out */
	int64_t times[LINK_ASKED]; /* of what is not answered, oldest first */
	int count;
	int64_t answered_ns;
	int saved;        /* of LINK_CELLS_MOST: what a slow link cannot have */
	int64_t least_ns; /* the quickest answer so far; 0: none */
};

/* A drawing was written: whether a question is to follow it. */
bool link_ask(struct link *link, int64_t now_ns);

void link_answered(struct link *link, int64_t now_ns);

/* Whether an answer is still to be expected. */
bool link_is_waiting(const struct link *link);

/* How many cells of the picture a drawing may change; what people read and
 * what keys do is not counted. */
int link_cells(const struct link *link);

/* When the next picture may be written: now or before, or later, unless an
 * answer comes. */
int64_t link_free_ns(const struct link *link, int64_t now_ns);

#endif
