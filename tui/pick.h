/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pick: a question to the picker, and how long its answer took, for the log:
 * the loop stands still meanwhile.
 */
#ifndef MIEN_TUI_PICK_H
#define MIEN_TUI_PICK_H

#include "catalog/picker.h"

/*
 * Where to look for songs. The mood's place follows the face with a delay of
 * seconds and is still half in the mood before when a new one begins: then the
 * emotion's own place counts, and the face's more and more. Pure.
 */
struct mood pick_aim(const struct mood *now, int64_t now_ns);

/* As picker_next; "pick: N.NNN ms, N.NNN ms of them at work" at LOG_DEBUG, and
 * the fault where there was one. */
enum status pick_next(struct picker *picker, const struct mood *mood,
		      enum policy policy, int64_t now_s, struct track *out);

#endif
