/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report: what the commands found, as JSON. One object a line on stdout; each
 * function that returns a value gives its only reference to the caller.
 */
#ifndef MIEN_TUI_REPORT_H
#define MIEN_TUI_REPORT_H

#include "base/status.h"
#include "model/mood.h"
#include "tui/songs.h"

#include <jansson.h>

/* {"name","valence","arousal"} */
json_t *report_mood(const struct mood *mood);

/* {"angry":p,...} */
json_t *report_emotions(const float emotions[EMOTION_COUNT]);

/* [{"id","artist","title","uri","reason"}] */
json_t *report_tracks(const struct songs *songs);

/* A number with so few digits that a person can read it. */
json_t *report_number(double value);

/* Text that may be of any bytes. */
json_t *report_text(const char *text);

/*
 * Prints object (NULL: memory ran out) as a line and frees it. What could not
 * be written is a fault.
 */
enum status report_print(json_t *object, struct fault *fault);

#endif
