/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pace: how often the screen may be drawn: at most so many times a second,
 * and more seldom where the terminal is slow to take it. Pure.
 */
#ifndef MIEN_TUI_PACE_H
#define MIEN_TUI_PACE_H

#include <stdint.h>

struct pace {
	int64_t least_ns;    /* between two drawings, by the configuration */
	int64_t interval_ns; /* the same, by what they took */
	int64_t next_ns;     /* not drawn before */
};

void pace_init(struct pace *pace, int rate);

/* A drawing began and ended: the next may follow after its interval, in which
 * drawing takes a quarter of the time at most. What began a little late, as
 * pictures do that come as often, does not put off all that follow. */
void pace_drawn(struct pace *pace, int64_t begin_ns, int64_t end_ns);

/* What a key changed is drawn at once. */
void pace_hurry(struct pace *pace);

int64_t pace_next(const struct pace *pace);
int64_t pace_interval(const struct pace *pace);

#endif
