/* SPDX-License-Identifier: GPL-3.0-or-later */
/* truth: lines in, hits out. Knows nothing of files and networks. */
#include "bench/truth.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define CENTRE_MOST 0.4f
#define SIZE_LEAST  0.5f
#define SIZE_MOST   2.1f

/* The field up to the next tab (or the end) into out; what follows it. */
static const char *take_field(const char *at, char *out, size_t size)
{
	size_t length = strcspn(at, "\t");

	if (!length || length >= size)
		return NULL;
	memcpy(out, at, length);
	out[length] = '\0';
	return at + length + (at[length] == '\t');
}

static bool take_box(const char **at, struct truth_box *box)
{
	int length = 0;

	if (sscanf(*at, "%f,%f,%f,%f%n", &box->x0, &box->y0, &box->x1, &box->y1,
		   &length) != 4 ||
	    !(box->x1 > box->x0 && box->y1 > box->y0) ||
	    !isfinite(box->x1 - box->x0 + box->y1 - box->y0))
		return false;
	*at += length;
	if (**at == ';')
		(*at)++;
	else if (**at)
		return false;
	return true;
}

bool truth_parse(const char *line, struct truth *out)
{
	out->count = 0;
	line = take_field(line, out->name, sizeof(out->name));
	if (line)
		line = take_field(line, out->set, sizeof(out->set));
	while (line && *line) {
		if (out->count == TRUTH_FACES ||
		    !take_box(&line, &out->faces[out->count]))
			return false;
		out->count++;
	}
	return line;
}

/* How far the centres lie apart, in sizes of the face; INFINITY: no hit. */
static float distance(const struct truth_box *face, const struct detection *d)
{
	float size = sqrtf((face->x1 - face->x0) * (face->y1 - face->y0));
	float ratio = sqrtf(d->width * d->height) / size;
	float away = hypotf(d->x + d->width / 2 - (face->x0 + face->x1) / 2,
			    d->y + d->height / 2 - (face->y0 + face->y1) / 2) /
		     size;

	return away <= CENTRE_MOST && ratio >= SIZE_LEAST && ratio <= SIZE_MOST
		       ? away
		       : INFINITY;
}

bool truth_is_hit(const struct truth_box *face, const struct detection *found)
{
	return distance(face, found) < INFINITY;
}

/* The closest free pair; false when there is none. */
static bool match_one(const struct truth *truth, const struct detection *found,
		      int count, bool *hit, bool *used)
{
	float least = INFINITY;
	int face = 0, which = 0;

	for (int i = 0; i < truth->count; i++)
		for (int k = 0; !hit[i] && k < count; k++) {
			float d =
				used[k] ? INFINITY
					: distance(&truth->faces[i], &found[k]);

			if (d < least) {
				least = d;
				face = i;
				which = k;
			}
		}
	if (least == INFINITY)
		return false;
	hit[face] = used[which] = true;
	return true;
}

int truth_match(const struct truth *truth, const struct detection *found,
		int count, bool hit[TRUTH_FACES])
{
	bool used[DETECT_MAX] = {false};
	int over = 0;

	memset(hit, 0, TRUTH_FACES * sizeof(*hit));
	for (int k = 0; k < count; k++)
		used[k] = found[k].score < DETECT_START;
	for (int k = 0; k < count; k++)
		over += !used[k];
	while (match_one(truth, found, count, hit, used))
		over--;
	return over;
}
