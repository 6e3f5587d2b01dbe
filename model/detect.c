/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * detect: the network's two grids of anchors, decoded and merged into faces.
 * Knows nothing of time: what is the same face from frame to frame is track's.
 */
#include "model/detect.h"

#include "model/engine.h"
#include "model/letterbox.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Layout of the heads: model/convert/blazeface.py. */
#define HEADS         2
#define ANCHOR_VALUES 16

#define CANDIDATES_MAX 512 /* boxes above DETECT_KEEP; a face has a dozen */

static const struct {
	const char *name;
	int stride;
} heads[HEADS] = {{"stride8", 8}, {"stride16", 16}};

struct detect {
	struct engine *engine;
	int layers[HEADS];
	struct letterbox letterbox, tile_box, look_box;
	struct detection seen[DETECT_MAX]; /* in a look */
	struct detection candidates[CANDIDATES_MAX];
};

static enum status find_heads(struct detect *detect, const char *folder,
			      struct fault *fault)
{
	struct engine_planes input = engine_input(detect->engine);

	if (input.channels != 3 || input.width > LETTERBOX_MAX ||
	    input.height > LETTERBOX_MAX)
		return fault_set(fault, STATUS_UNSUPPORTED, folder,
				 "face.cfg must read 3 planes of at most %dx%d",
				 LETTERBOX_MAX, LETTERBOX_MAX);
	for (int i = 0; i < HEADS; i++) {
		struct engine_planes out;

		if (engine_find(detect->engine, heads[i].name,
				&detect->layers[i]))
			return fault_set(fault, STATUS_UNSUPPORTED, folder,
					 "face.cfg has no layer named %s",
					 heads[i].name);
		out = engine_output(detect->engine, detect->layers[i]);
		if (out.channels % (1 + ANCHOR_VALUES) ||
		    out.width != input.width / heads[i].stride ||
		    out.height != input.height / heads[i].stride)
			return fault_set(fault, STATUS_UNSUPPORTED, folder,
					 "layer %s of face.cfg has the wrong "
					 "shape",
					 heads[i].name);
	}
	return STATUS_OK;
}

enum status detect_open(struct detect **out, const char *folder,
			struct fault *fault)
{
	struct detect *detect = calloc(1, sizeof(*detect));
	enum status st = STATUS_OK;

	if (!detect)
		return fault_set(fault, STATUS_NO_MEMORY, folder,
				 "not enough memory for the face detector");
	st = engine_open(&detect->engine, folder, "face", fault);
	if (!st)
		st = find_heads(detect, folder, fault);
	if (st) {
		detect_close(detect);
		return st;
	}
	*out = detect;
	return STATUS_OK;
}

void detect_close(struct detect *detect)
{
	if (!detect)
		return;
	engine_close(detect->engine);
	free(detect);
}

/* Keypoints 2, 4 and 5: the nose, the ears from the viewer's left. */
static float turn_of(const float *values, size_t plane)
{
	const float *nose = values + 8 * plane, *left = values + 12 * plane;
	const float *right = values + 14 * plane;
	float across = right[0] - left[0], down = right[plane] - left[plane];
	float x = nose[0] - (left[0] + right[0]) / 2;
	float y = nose[plane] - (left[plane] + right[plane]) / 2;
	float square = across * across + down * down;

	return square > 0 ? 2 * (x * across + y * down) / square : 0;
}

/* The 16 numbers of one anchor, a plane apart, around the cell's middle. */
static struct detection decode(const float *values, size_t plane, float x,
			       float y, float score)
{
	float width = values[2 * plane], height = values[3 * plane];

	return (struct detection){
		.x = x + values[0] - width / 2,
		.y = y + values[plane] - height / 2,
		.width = width,
		.height = height,
		.score = score,
		.turn = turn_of(values, plane),
		/* keypoints 0 and 1: the person's right eye stands left */
		.eyes = {{x + values[4 * plane], y + values[5 * plane]},
			 {x + values[6 * plane], y + values[7 * plane]}},
	};
}

static bool is_sound(const struct detection *d)
{
	float sum = d->x + d->y + d->eyes[0][0] + d->eyes[0][1] +
		    d->eyes[1][0] + d->eyes[1][1] + d->turn;

	return d->width > 0 && d->height > 0 && isfinite(d->width) &&
	       isfinite(d->height) && isfinite(sum);
}

static int collect(const struct engine_planes *head, int stride,
		   struct detection *out, int count)
{
	int anchors = head->channels / (1 + ANCHOR_VALUES);
	size_t plane = (size_t)head->width * head->height;
	float least = logf(DETECT_KEEP / (1 - DETECT_KEEP));

	for (size_t i = 0; i < anchors * plane; i++) {
		size_t anchor = i / plane, cell = i % plane;
		float x = ((float)(cell % head->width) + 0.5f) * (float)stride;
		float y = ((float)(cell / head->width) + 0.5f) * (float)stride;
		const float *values =
			head->data + cell +
			(anchors + anchor * ANCHOR_VALUES) * plane;

		if (!(head->data[i] >= least) || count == CANDIDATES_MAX)
			continue;
		out[count] = decode(values, plane, x, y,
				    1 / (1 + expf(-head->data[i])));
		count += is_sound(&out[count]);
	}
	return count;
}

float detect_overlap(const struct detection *a, const struct detection *b)
{
	float width =
		fminf(a->x + a->width, b->x + b->width) - fmaxf(a->x, b->x);
	float height =
		fminf(a->y + a->height, b->y + b->height) - fmaxf(a->y, b->y);
	float shared = fmaxf(width, 0) * fmaxf(height, 0);
	float both = a->width * a->height + b->width * b->height - shared;

	return both > 0 ? shared / both : 0;
}

static void add_weighted(struct detection *sum, const struct detection *d,
			 float weight)
{
	sum->x += weight * d->x;
	sum->y += weight * d->y;
	sum->width += weight * d->width;
	sum->height += weight * d->height;
	sum->turn += weight * d->turn;
	for (int i = 0; i < 4; i++)
		sum->eyes[i / 2][i % 2] += weight * d->eyes[i / 2][i % 2];
}

/*
 * Takes the best and all that overlap it out of the candidates; their mean,
 * weighted by score, is one face. Returns how many candidates are left.
 */
static int merge_best(struct detection *candidates, int count,
		      struct detection *face)
{
	struct detection best = candidates[0], sum = {0};
	float total = 0;
	int left = 0;

	for (int i = 1; i < count; i++)
		if (candidates[i].score > best.score)
			best = candidates[i];
	for (int i = 0; i < count; i++) {
		struct detection each = candidates[i];

		if (detect_overlap(&best, &each) <= DETECT_SAME) {
			candidates[left++] = each;
			continue;
		}
		add_weighted(&sum, &each, each.score);
		total += each.score;
	}
	*face = (struct detection){.score = best.score};
	add_weighted(face, &sum, 1 / total);
	return left;
}

static void to_frame(struct detection *face, const float scale[2])
{
	face->x /= scale[0];
	face->y /= scale[1];
	face->width /= scale[0];
	face->height /= scale[1];
	for (int i = 0; i < 2; i++) {
		face->eyes[i][0] /= scale[0];
		face->eyes[i][1] /= scale[1];
	}
}

/* What the network answers to its input, merged, in pixels of the frame. */
static enum status run(struct detect *detect, const float scale[2],
		       struct detection *found, int *count)
{
	struct detection *candidates = detect->candidates;
	enum status st = engine_run(detect->engine);
	int left = 0;

	*count = 0;
	if (st)
		return st;
	for (int i = 0; i < HEADS; i++) {
		struct engine_planes head =
			engine_output(detect->engine, detect->layers[i]);

		left = collect(&head, heads[i].stride, candidates, left);
	}
	while (left && *count < DETECT_MAX) {
		left = merge_best(candidates, left, &found[*count]);
		to_frame(&found[(*count)++], scale);
	}
	return STATUS_OK;
}

enum status detect_faces(struct detect *detect, const struct frame *frame,
			 enum detect_range range,
			 struct detection found[DETECT_MAX], int *count)
{
	struct engine_planes input = engine_input(detect->engine);
	float scale[2];

	letterbox_fill(&detect->letterbox, frame, &input,
		       range == DETECT_NEAR ? 2 : 1, scale);
	return run(detect, scale, found, count);
}

/* ---- tiles --------------------------------------------------------------- */

/* Where a tile of side begins on an axis of length; even, for the chroma. */
static int tile_start(float middle, int side, int length)
{
	int start = (int)lroundf(middle - (float)side / 2);

	start = start < length - side ? start : length - side;
	return start > 0 ? start & ~1 : 0;
}

/* The part of frame with the middle x, y; borrows its planes. */
static struct frame part_of(const struct frame *frame, float x, float y,
			    int width, int height, int at[2])
{
	struct frame part = *frame;

	part.width = width;
	part.height = height;
	at[0] = tile_start(x, width, frame->width);
	at[1] = tile_start(y, height, frame->height);
	part.luma += (size_t)at[1] * frame->stride + at[0];
	if (frame->u && frame->v) {
		size_t skip =
			(size_t)(at[1] / 2) * frame->chroma_stride + at[0] / 2;

		part.u += skip;
		part.v += skip;
	}
	return part;
}

/* Whether lo..hi reaches over an end of the tile that is not the frame's. */
static bool is_cut(float lo, float hi, int start, int side, int length)
{
	return (start > 0 && lo < 0) ||
	       (start + side + 1 < length && hi > (float)side);
}

static void shift(struct detection *d, const int at[2])
{
	d->x += (float)at[0];
	d->y += (float)at[1];
	for (int k = 0; k < 4; k++)
		d->eyes[k / 2][k % 2] += (float)at[k % 2];
}

enum status detect_tile(struct detect *detect, const struct frame *frame,
			float x, float y, struct detection found[DETECT_MAX],
			int *count)
{
	struct engine_planes input = engine_input(detect->engine);
	int at[2], all, kept = 0;
	struct frame tile = part_of(
		frame, x, y, (int)ceilf((float)frame->width * DETECT_TILE),
		(int)ceilf((float)frame->height * DETECT_TILE), at);
	float scale[2];
	enum status st;

	letterbox_fill(&detect->tile_box, &tile, &input, 1, scale);
	st = run(detect, scale, found, &all);
	for (int i = 0; !st && i < all; i++) {
		struct detection d = found[i];

		if (is_cut(d.x, d.x + d.width, at[0], tile.width,
			   frame->width) ||
		    is_cut(d.y, d.y + d.height, at[1], tile.height,
			   frame->height))
			continue;
		shift(&d, at);
		found[kept++] = d;
	}
	*count = kept;
	return st;
}

void detect_tile_middle(const struct frame *frame, int i, float middle[2])
{
	middle[0] = (float)(i % 2 * frame->width);
	middle[1] = (float)(i / 2 % 2 * frame->height);
}

/* ---- a closer look ------------------------------------------------------- */

/*
 * How wide the face then is in the network's input, and what makes it one.
 * From close up first; what is blurred is a face from afar only, where more
 * things are. The numbers are of docs/model.md.
 */
static const struct look {
	float width, start;
} looks[DETECT_LOOKS] = {{84, 0.68f}, {44, 0.78f}};

/* The part of frame to be shown, and how much smaller than would fit. */
static struct frame surroundings(const struct detection *face, float zoom,
				 const struct frame *frame,
				 const struct engine_planes *input, int at[2],
				 float *shrink)
{
	float width = fminf((float)input->width / zoom, (float)frame->width);
	float height = fminf((float)input->height / zoom, (float)frame->height);
	struct frame part = part_of(frame, face->x + face->width / 2,
				    face->y + face->height / 2,
				    (int)ceilf(width), (int)ceilf(height), at);
	float fit = fminf((float)input->width / (float)part.width,
			  (float)input->height / (float)part.height);

	*shrink = fmaxf(fit / zoom, 1);
	return part;
}

/* What is at the face's place; a score of 0: nothing. */
static enum status look_at(struct detect *detect, const struct frame *frame,
			   const struct detection *face,
			   const struct look *look, struct detection *best)
{
	struct engine_planes input = engine_input(detect->engine);
	struct detection *seen = detect->seen;
	float scale[2], shrink, zoom = look->width / fmaxf(face->width, 1);
	int at[2], count;
	struct frame part =
		surroundings(face, zoom, frame, &input, at, &shrink);
	enum status st;

	best->score = 0;
	letterbox_fill(&detect->look_box, &part, &input, shrink, scale);
	st = run(detect, scale, seen, &count);
	for (int i = 0; !st && i < count; i++) {
		shift(&seen[i], at);
		if (seen[i].score > best->score &&
		    detect_overlap(&seen[i], face) > DETECT_SAME)
			*best = seen[i];
	}
	return st;
}

enum status detect_look_once(struct detect *detect, const struct frame *frame,
			     int pass, struct detection *face, bool *sure)
{
	struct detection best;
	enum status st = look_at(detect, frame, face, &looks[pass], &best);

	*sure = !st && best.score >= looks[pass].start;
	if (*sure) {
		best.score = fmaxf(face->score, best.score);
		*face = best;
	}
	return st;
}

enum status detect_look(struct detect *detect, const struct frame *frame,
			struct detection *face)
{
	bool sure = false;
	enum status st = STATUS_OK;

	for (int pass = 0; !st && !sure && pass < DETECT_LOOKS; pass++)
		st = detect_look_once(detect, frame, pass, face, &sure);
	if (!st && !sure)
		face->score = fminf(face->score, DETECT_KEEP);
	return st;
}

/* ---- all together -------------------------------------------------------- */

/* The box of the first that is sure, and the best score. */
static void surer(struct detection *first, const struct detection *other)
{
	float score = fmaxf(first->score, other->score);

	if (first->score < DETECT_START && other->score >= DETECT_START)
		*first = *other;
	first->score = score;
}

int detect_join(struct detection found[DETECT_MAX], int count,
		const struct detection *more, int more_count)
{
	int before = count;

	for (int i = 0; i < more_count; i++) {
		int same = -1;

		for (int k = 0; same < 0 && k < before; k++)
			if (detect_overlap(&found[k], &more[i]) > DETECT_SAME)
				same = k;
		if (same < 0 && count < DETECT_MAX)
			found[count++] = more[i];
		else if (same >= 0)
			surer(&found[same], &more[i]);
	}
	return count;
}

bool detect_has(const struct detection *found, int count,
		const struct detection *face)
{
	for (int i = 0; i < count; i++)
		if (found[i].score >= DETECT_START &&
		    detect_overlap(&found[i], face) > DETECT_SAME)
			return true;
	return false;
}

static float widest(const struct detection *found, int count)
{
	float most = 0;

	for (int i = 0; i < count; i++)
		if (found[i].score >= DETECT_START)
			most = fmaxf(most, found[i].width);
	return most;
}

/* A look may lead from two boxes to one face: they are joined anew. */
static enum status look_at_all(struct detect *detect, const struct frame *frame,
			       struct detection found[DETECT_MAX], int *count)
{
	int kept = 0;

	for (int i = 0; i < *count; i++) {
		struct detection face = found[i];
		enum status st = STATUS_OK;

		if (face.score >= DETECT_START)
			st = detect_look(detect, frame, &face);
		if (st)
			return st;
		kept = detect_join(found, kept, &face, 1);
	}
	*count = kept;
	return STATUS_OK;
}

enum status detect_still(struct detect *detect, const struct frame *frame,
			 struct detection found[DETECT_MAX], int *count)
{
	struct detection more[DETECT_MAX];
	int more_count;
	enum status st =
		detect_faces(detect, frame, DETECT_FAR, more, &more_count);
	float share = widest(more, more_count) / (float)frame->width;

	*count = 0;
	if (!st && (share <= 0 || share > DETECT_NEAR_FROM))
		st = detect_faces(detect, frame, DETECT_NEAR, found, count);
	*count = detect_join(found, *count, more, more_count);
	for (int i = 0; !st && i < DETECT_TILES; i++) {
		float middle[2];

		detect_tile_middle(frame, i, middle);
		st = detect_tile(detect, frame, middle[0], middle[1], more,
				 &more_count);
		if (!st)
			*count = detect_join(found, *count, more, more_count);
	}
	if (!st)
		st = look_at_all(detect, frame, found, count);
	return st;
}
