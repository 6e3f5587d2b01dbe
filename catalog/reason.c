/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reason: clauses, the deciding one first, as many as fit. */
#include "catalog/reason.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MAX_COLUMNS   100
#define GENRE_COLUMNS 24

/* Where "fits" ends and where even "near" would be a lie (score_fit). */
#define FITS 0.5
#define NEAR 0.1

/* What a taste must be to be worth a word. */
#define NOTABLE_TASTE 0.3

/* What is far enough from the last songs to say so. */
#define FAR 0.5

/* Adds a clause if it fits as a whole. */
static void say(char *out, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void say(char *out, size_t size, const char *format, ...)
{
	char clause[160];
	size_t used = strlen(out);
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(clause, sizeof(clause), format, args);
	va_end(args);
	if (n < 0 || used + (size_t)n >= size ||
	    text_width(out) + text_width(clause) > MAX_COLUMNS)
		return;
	memcpy(out + used, clause, (size_t)n + 1);
}

static void say_near(char *out, size_t size, const struct aim *aim,
		     const struct song *song, const char *name)
{
	double fit = score_fit(aim, song);

	if (!song->has_place)
		say(out, size, "tried for %s, its mood is not known", name);
	else if (fit >= FITS)
		say(out, size, "fits %s", name);
	else if (fit >= NEAR)
		say(out, size, "near %s", name);
	else
		say(out, size, "some way from %s", name);
}

static void say_lift(char *out, size_t size, const struct song *song,
		     const char *name, int step)
{
	if (!step)
		say(out, size, "%s is a good place already", name);
	else if (step <= SCORE_LIFT_STEPS)
		say(out, size, "lifting you from %s, step %d of %d", name, step,
		    SCORE_LIFT_STEPS);
	else
		say(out, size, "lifted from %s, staying there", name);
	if (!song->has_place)
		say(out, size, ", its mood is not known");
}

static void say_surprise(char *out, size_t size, const struct aim *aim,
			 const struct song *song, const char *name,
			 const char *genre)
{
	say(out, size, "a surprise for %s", name);
	if (genre[0])
		say(out, size, ": %s", genre);
	if (!song->has_place)
		say(out, size, ", its mood is not known");
	else if (aim->heard_count &&
		 place_distance(aim->heard, song->place) >= FAR)
		say(out, size, ", far from the last songs");
}

static void say_history(char *out, size_t size, const struct song *song)
{
	int days = (int)song->days;

	if (song->days < 0)
		say(out, size, "; new to you");
	else if (days < 1)
		say(out, size, "; heard within a day");
	else
		say(out, size, "; not heard for %d day%s", days,
		    days == 1 ? "" : "s");
	if (song->liked)
		say(out, size, "; you like it");
	else if (song->taste >= NOTABLE_TASTE)
		say(out, size, "; heard out in this mood");
	else if (song->taste <= -NOTABLE_TASTE)
		say(out, size, "; skipped in this mood before");
}

void reason_write(char *out, size_t size, const struct aim *aim,
		  const struct song *song, enum emotion emotion, int step,
		  const char *genre)
{
	const char *name = emotion_name(emotion);
	char kind[4 * GENRE_COLUMNS + 1];
	size_t end;

	out[0] = '\0';
	text_fit(kind, sizeof(kind), genre, GENRE_COLUMNS, false);
	for (end = strlen(kind); end && kind[end - 1] == ' '; end--)
		kind[end - 1] = '\0';
	if (aim->policy == POLICY_SURPRISE)
		say_surprise(out, size, aim, song, name, kind);
	else if (aim->policy == POLICY_LIFT)
		say_lift(out, size, song, name, step);
	else
		say_near(out, size, aim, song, name);
	if (song->has_place)
		say(out, size, "%s valence %+.1f, energy %+.1f",
		    aim->policy == POLICY_SURPRISE ? ";" : ":",
		    song->place.valence, song->place.arousal);
	say_history(out, size, song);
}
