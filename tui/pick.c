/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pick: the picker between two looks at the clock. */
#include "tui/pick.h"

#include "base/clock.h"
#include "base/log.h"

#include <math.h>

#define SETTLING_NS 3e9f

static double ms_of(int64_t ns)
{
	return (double)ns / CLOCK_NS_PER_MS;
}

struct mood pick_aim(const struct mood *now, int64_t now_ns)
{
	struct mood mood = *now;
	float age = (float)(now_ns - mood.since_ns), own, valence, arousal;

	emotion_position(mood.emotion, &valence, &arousal);
	own = expf(-fmaxf(age, 0) / SETTLING_NS);
	mood.valence += own * (valence - mood.valence);
	mood.arousal += own * (arousal - mood.arousal);
	return mood;
}

enum status pick_next(struct picker *picker, const struct mood *mood,
		      enum policy policy, int64_t now_s, struct track *out)
{
	int64_t begin = clock_monotonic_ns(), work = clock_thread_ns();
	enum status st = picker_next(picker, mood, policy, now_s, out);

	log_write(LOG_DEBUG, "pick: %.3f ms, %.3f ms of them at work%s%s",
		  ms_of(clock_monotonic_ns() - begin),
		  ms_of(clock_thread_ns() - work), st ? ": " : "",
		  st ? status_text(st) : "");
	return st;
}
