/* SPDX-License-Identifier: GPL-3.0-or-later */
/* songs: the picker, asked a few times for one mood. */
#include "tui/songs.h"

#include "base/clock.h"

#include <stdio.h>

static int wanted(const struct config *config)
{
	int queue = config->music.queue;

	if (queue < SONGS_MIN)
		return SONGS_MIN;
	return queue > SONGS_MAX ? SONGS_MAX : queue;
}

/* A small catalog gives its songs again: that is where the list ends. */
static bool stands_in(const struct songs *songs, int64_t id)
{
	for (int i = 0; i < songs->count; i++)
		if (songs->list[i].id == id)
			return true;
	return false;
}

static enum status pick(struct songs *out, struct picker *picker, int want,
			enum policy policy, const struct mood *mood)
{
	int64_t now = clock_wall_s();

	while (out->count < want) {
		struct track *track = &out->list[out->count];
		enum status st = picker_next(picker, mood, policy, now, track);

		if (st == STATUS_NOT_FOUND)
			return STATUS_OK;
		if (st)
			return st;
		if (stands_in(out, track->id))
			return STATUS_OK;
		out->count++;
	}
	return STATUS_OK;
}

enum status songs_pick(struct songs *out, struct catalog *catalog,
		       const struct config *config, uint64_t seed,
		       const struct mood *mood, struct fault *fault)
{
	struct picker *picker = NULL;
	enum policy policy = POLICY_MATCH;
	enum status st = picker_new(&picker, catalog, seed);

	out->count = 0;
	policy_from_name(config->music.policy, &policy);
	if (!st)
		st = pick(out, picker, wanted(config), policy, mood);
	picker_free(picker);
	if (st)
		fault_set(fault, st, "the catalog", "choosing songs: %s",
			  status_text(st));
	return st;
}

void songs_print(const struct songs *songs)
{
	if (!songs->count)
		puts("  no songs: the catalog is empty; mien-etl starter or "
		     "mien-etl import fills it");
	for (int i = 0; i < songs->count; i++) {
		const struct track *t = &songs->list[i];

		printf("  %d. %s - %s\n     %s\n", i + 1, t->artist, t->title,
		       t->reason);
	}
}
