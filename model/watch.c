/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watch: times and counts compared with the limits in the header. */
#include "model/watch.h"

/* A clock that went back has everything due. */
static bool is_due(int64_t last_ns, int64_t now_ns, int64_t every_ns)
{
	return now_ns < last_ns || now_ns - last_ns >= every_ns;
}

static bool may_rest(const struct watch *w, const struct watch_scene *s)
{
	bool seen = w->wholes >= WATCH_WHOLES &&
		    (s->near || w->tiles >= WATCH_TILES);

	return seen && !is_due(w->whole_ns, s->now_ns,
			       s->anybody ? WATCH_AGAIN_NS : WATCH_AGAIN2_NS);
}

static bool tile_is_due(const struct watch *w, const struct watch_scene *s)
{
	if (s->near)
		return false;
	return s->missed || is_due(w->tile_ns, s->now_ns,
				   s->anybody ? WATCH_TILE2_NS : WATCH_TILE_NS);
}

void watch_whole(struct watch *w, int64_t now_ns)
{
	w->whole_ns = now_ns;
	w->since_whole = 0;
	w->wholes++;
}

struct watch_plan watch_next(struct watch *w, const struct watch_scene *s)
{
	struct watch_plan plan = {0};
	bool slow = w->begun && is_due(w->frame_ns, s->now_ns, WATCH_WHOLE_NS);

	w->frame_ns = s->now_ns;
	w->since_whole++;
	if (s->changed)
		w->wholes = w->tiles = 0;
	if (w->begun && !s->look && may_rest(w, s)) {
		plan.rest = true;
		return plan;
	}
	plan.whole = !w->begun || w->since_whole >= WATCH_WHOLE_FRAMES ||
		     is_due(w->whole_ns, s->now_ns, WATCH_WHOLE_NS);
	/* Two passes in a frame only where there are few frames, or in the
	 * first of them. */
	plan.more = slow || !w->begun;
	plan.look = s->look;
	plan.whole &= plan.more || !plan.look;
	plan.tile = (slow || !(plan.whole || plan.look)) && tile_is_due(w, s);
	w->begun = true;
	if (plan.whole)
		watch_whole(w, s->now_ns);
	if (plan.tile) {
		w->tile_ns = s->now_ns;
		w->tiles++;
	}
	return plan;
}
