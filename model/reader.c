/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reader: detect, track, crop and classify in a row, and what is remembered of
 * each face between two frames. Knows nothing of threads.
 */
#include "model/reader.h"

#include "base/clock.h"
#include "model/crop.h"
#include "model/detect.h"
#include "model/emotion_net.h"
#include "model/notice.h"
#include "model/track.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Seen at half the size, a face goes back once it is a good deal smaller. */
#define NEAR_UNTIL 0.30f
/* With no face in view, every so many frames are looked at for a near one. */
#define NEAR_EVERY 3
/* And every so many frames one tile is searched for faces far away. */
#define TILE_EVERY 2

/* Another face leads once it is so much wider: two alike must not alternate. */
#define LEAD_RATIO 1.25f

#define LUMA_ROWS 4 /* brightness: one row in so many is enough */
#define PARTS     8 /* the frame's means are taken over 8x8 parts */

/* What is remembered of the face in one slot of the tracker. */
struct memory {
	uint32_t track;
	int64_t read_ns;
	float weight; /* of what was read so far, fading with time */
	unsigned notices;
	float raw[EMOTION_COUNT], smooth[EMOTION_COUNT];
	struct emotion_scores said;
};

struct reader {
	struct reader_opts opts;
	struct detect *detect;
	struct emotion_net *emotion;
	struct personal personal;
	enum detect_range range;
	uint32_t frames;
	uint32_t lead; /* its track, 0: none */
	struct tracker tracker, still;
	struct memory memories[TRACK_MAX], stills[TRACK_MAX];
	struct detection found[DETECT_MAX];
	uint8_t crop[CROP_SIDE * CROP_SIDE];
};

enum status reader_open(struct reader **out, const struct reader_opts *opts,
			struct fault *fault)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	enum status st;

	if (!reader)
		return fault_set(fault, STATUS_NO_MEMORY, opts->folder,
				 "not enough memory for the networks");
	reader->opts = *opts;
	reader->opts.folder = NULL; /* the caller's; not needed again */
	if (opts->max_faces < 1)
		reader->opts.max_faces = 1;
	if (opts->max_faces > READING_MAX_FACES)
		reader->opts.max_faces = READING_MAX_FACES;
	track_init(&reader->tracker, TRACK_SURE);
	st = detect_open(&reader->detect, opts->folder, fault);
	if (!st)
		st = emotion_net_open(&reader->emotion, opts->folder, fault);
	if (st) {
		reader_close(reader);
		return st;
	}
	*out = reader;
	return STATUS_OK;
}

void reader_close(struct reader *reader)
{
	if (!reader)
		return;
	detect_close(reader->detect);
	emotion_net_close(reader->emotion);
	free(reader);
}

enum status reader_classify(struct reader *reader,
			    const uint8_t pixels[48 * 48],
			    float fer[EMOTION_COUNT], float crowd[8])
{
	struct emotion_scores scores;
	enum status st = emotion_net_read(reader->emotion, pixels, &scores);

	if (st)
		return st;
	memcpy(fer, scores.fer, sizeof(scores.fer));
	if (crowd)
		memcpy(crowd, scores.crowd, sizeof(scores.crowd));
	return STATUS_OK;
}

void reader_set_personal(struct reader *reader, const struct personal *personal)
{
	reader->personal = *personal;
}

/* How far the means of the frame's parts lie apart, 0..1: noise fades. */
static float structure_of(uint64_t (*sums)[PARTS], uint64_t (*counts)[PARTS])
{
	double sum = 0, squares = 0;
	int parts = 0;

	for (int i = 0; i < PARTS * PARTS; i++) {
		uint64_t count = counts[i / PARTS][i % PARTS];
		double mean;

		if (!count)
			continue;
		mean = (double)sums[i / PARTS][i % PARTS] / (double)count;
		sum += mean;
		squares += mean * mean;
		parts++;
	}
	sum /= parts;
	return (float)(sqrt(fmax(squares / parts - sum * sum, 0)) / 255);
}

static void measure_light(const struct frame *frame, struct reading *out)
{
	uint64_t sums[PARTS][PARTS] = {{0}}, counts[PARTS][PARTS] = {{0}};
	double sum = 0, squares = 0, count = 0, mean;

	for (int row = 0; row < frame->height; row += LUMA_ROWS) {
		const uint8_t *luma = frame->luma + (size_t)row * frame->stride;
		int part = row * PARTS / frame->height;
		uint64_t row_squares = 0;

		for (int k = 0; k < PARTS; k++) {
			int from = k * frame->width / PARTS;
			int to = (k + 1) * frame->width / PARTS;
			uint64_t part_sum = 0;

			for (int i = from; i < to; i++) {
				part_sum += luma[i];
				row_squares += (uint64_t)luma[i] * luma[i];
			}
			sums[part][k] += part_sum;
			counts[part][k] += (uint64_t)(to - from);
			sum += (double)part_sum;
		}
		squares += (double)row_squares;
		count += frame->width;
	}
	mean = sum / count;
	out->brightness = (float)(mean / 255);
	out->contrast =
		(float)(sqrt(fmax(squares / count - mean * mean, 0)) / 255);
	out->notices =
		notice_frame(out->brightness, structure_of(sums, counts));
}

/* Which range the next frame of a camera is looked at in. */
static enum detect_range next_range(const struct reader *reader,
				    float frame_width)
{
	int slot;
	float share;

	if (!track_shown(&reader->tracker, &slot, 1))
		return reader->frames % NEAR_EVERY ? DETECT_FAR : DETECT_NEAR;
	share = reader->tracker.tracks[slot].face.width / frame_width;
	if (reader->range == DETECT_NEAR)
		return share > NEAR_UNTIL ? DETECT_NEAR : DETECT_FAR;
	return share > DETECT_NEAR_FROM ? DETECT_NEAR : DETECT_FAR;
}

static bool is_among(const struct detection *face,
		     const struct detection *found, int count)
{
	for (int i = 0; i < count; i++)
		if (detect_overlap(face, &found[i]) > 0)
			return true;
	return false;
}

/*
 * The middle of the tile to be searched, if any: around a face in view that
 * the pass over the frame missed (in turn, where there are more), else the
 * next of those that cover the frame.
 */
static bool choose_tile(const struct reader *reader, const struct frame *frame,
			int count, float middle[2])
{
	const struct track *missed[TRACK_MAX], *track;
	int slots[TRACK_MAX], misses = 0;
	int shown = track_shown(&reader->tracker, slots, TRACK_MAX);

	for (int i = 0; i < shown; i++) {
		track = &reader->tracker.tracks[slots[i]];
		if (!is_among(&track->face, reader->found, count))
			missed[misses++] = track;
	}
	if (misses) {
		track = missed[reader->frames % misses];
		middle[0] = track->face.x + track->face.width / 2;
		middle[1] = track->face.y + track->face.height / 2;
		return true;
	}
	if (reader->frames % TILE_EVERY)
		return false;
	detect_tile_middle(frame, (int)(reader->frames / TILE_EVERY), middle);
	return true;
}

/*
 * The one place that decides how a frame is searched. What lies near leaves no
 * room for anything far away.
 */
static enum status find_live(struct reader *reader, const struct frame *frame,
			     int *count)
{
	struct detection more[DETECT_MAX];
	int more_count = 0;
	float middle[2];
	enum status st;

	reader->range = next_range(reader, (float)frame->width);
	reader->frames++;
	st = detect_faces(reader->detect, frame, reader->range, reader->found,
			  count);
	if (st || reader->range == DETECT_NEAR ||
	    !choose_tile(reader, frame, *count, middle))
		return st;
	st = detect_tile(reader->detect, frame, middle[0], middle[1], more,
			 &more_count);
	*count = detect_join(reader->found, *count, more, more_count);
	return st;
}

static float share_of(int64_t gap_ns, int64_t constant_ns)
{
	if (constant_ns <= 0 || gap_ns < 0)
		return 1;
	return 1 - expf(-(float)gap_ns / (float)constant_ns);
}

/*
 * How sure a reading is: the detector's score, times by how much the first
 * emotion leads. On 1,062 faces, 12 noisy copies of each in a row and 3 in 10
 * of them spoilt (blur, noise, a hand before the face), the mean of readings
 * so weighted names the crowd's emotion in 78.4% of frames and switches 3.2
 * times in 100, against 77.2% and 3.6 where each counts the same.
 */
#define SURE_LEAST 0.1f

static float sureness(const float scores[EMOTION_COUNT], float face)
{
	float first = 0, second = 0;

	for (int i = 0; i < EMOTION_COUNT; i++)
		if (scores[i] > first) {
			second = first;
			first = scores[i];
		} else if (scores[i] > second) {
			second = scores[i];
		}
	return fmaxf(face, SURE_LEAST) * (SURE_LEAST + first - second);
}

static void calm(float *kept, const float *now, int count, float share)
{
	for (int i = 0; i < count; i++)
		kept[i] += share * (now[i] - kept[i]);
}

/*
 * A mean of all that was read of this face, each fading with time and counted
 * as sure as it was: a blurred frame moves it less than a clear one. With all
 * as sure as each other it is the plain exponential mean.
 */
static void remember(struct memory *memory, const struct track *track,
		     const struct emotion_scores *scores, int64_t now_ns,
		     int64_t smooth_ns)
{
	float sure = sureness(scores->shown, track->found.score);
	float share = memory->track == track->id
			      ? share_of(now_ns - memory->read_ns, smooth_ns)
			      : 1;

	memory->weight += share * (sure - memory->weight);
	share *= sure / memory->weight;
	calm(memory->smooth, memory->raw, EMOTION_COUNT, share);
	calm(memory->said.fer, scores->fer, EMOTION_COUNT, share);
	calm(memory->said.crowd, scores->crowd, CROWD_COUNT, share);
	emotion_net_shown(memory->said.crowd, memory->said.shown);
	memory->track = track->id;
	memory->read_ns = now_ns;
}

/* Nothing is known of a face that was never read: all seven are alike. */
static void know_nothing(struct memory *memory)
{
	for (int i = 0; i < EMOTION_COUNT; i++)
		memory->raw[i] = memory->smooth[i] = 1.0f / EMOTION_COUNT;
	memset(&memory->said, 0, sizeof(memory->said));
	memory->track = 0;
}

/* must: a guess, whatever is noticed, as nothing better will follow. */
static enum status classify(struct reader *reader, const struct frame *frame,
			    const struct personal *personal, bool must,
			    const struct track *track, struct memory *memory)
{
	struct emotion_scores scores;
	enum status st;

	crop_face(frame, &track->face, reader->crop);
	memory->notices = notice_face(&track->found, reader->crop);
	if (memory->notices && !must) {
		if (memory->track != track->id)
			know_nothing(memory);
		return STATUS_OK;
	}
	st = emotion_net_read(reader->emotion, reader->crop, &scores);
	if (st)
		return st;
	personal_apply(personal, &scores, memory->raw);
	remember(memory, track, &scores, frame->captured_ns,
		 reader->opts.smooth_ns);
	return STATUS_OK;
}

static struct face face_of(const struct track *track,
			   const struct memory *memory)
{
	const struct detection *found = &track->face;
	struct face face = {.x = found->x,
			    .y = found->y,
			    .width = found->width,
			    .height = found->height,
			    .score = found->score,
			    .track = track->id,
			    .notices = memory->notices,
			    .said = memory->said};

	memcpy(face.eyes, found->eyes, sizeof(face.eyes));
	memcpy(face.raw, memory->raw, sizeof(face.raw));
	memcpy(face.smooth, memory->smooth, sizeof(face.smooth));
	return face;
}

/* Faces come widest first. last: the track that led, 0 for none. */
static int choose_lead(const struct reading *reading, uint32_t last)
{
	for (int i = 0; i < reading->face_count; i++)
		if (reading->faces[i].track == last &&
		    reading->faces[i].width * LEAD_RATIO >
			    reading->faces[0].width)
			return i;
	return reading->face_count ? 0 : -1;
}

static enum status read_faces(struct reader *reader, const struct frame *frame,
			      bool still, int count, struct reading *out)
{
	static const struct personal nobody;
	struct tracker *tracker = still ? &reader->still : &reader->tracker;
	struct memory *memories = still ? reader->stills : reader->memories;
	const struct personal *personal = still ? &nobody : &reader->personal;
	int slots[READING_MAX_FACES];
	int shown;

	if (still) {
		track_init(tracker, DETECT_START);
		memset(reader->stills, 0, sizeof(reader->stills));
	}
	track_update(tracker, reader->found, count, frame->captured_ns);
	shown = track_shown(tracker, slots, reader->opts.max_faces);
	for (int i = 0; i < shown; i++) {
		const struct track *track = &tracker->tracks[slots[i]];
		struct memory *memory = &memories[slots[i]];
		enum status st = STATUS_OK;

		if (track->seen)
			st = classify(reader, frame, personal, still, track,
				      memory);
		if (st)
			return st;
		out->faces[out->face_count++] = face_of(track, memory);
	}
	return STATUS_OK;
}

enum status reader_read(struct reader *reader, const struct frame *frame,
			bool still, struct reading *out)
{
	int64_t start_ns = clock_monotonic_ns();
	enum status st;
	int count = 0;

	*out = (struct reading){.frame_sequence = frame->sequence,
				.frame_width = frame->width,
				.frame_height = frame->height,
				.captured_ns = frame->captured_ns,
				.lead = -1};
	measure_light(frame, out);
	st = still ? detect_still(reader->detect, frame, reader->found, &count)
		   : find_live(reader, frame, &count);
	if (!st)
		st = read_faces(reader, frame, still, count, out);
	out->lead = choose_lead(out, still ? 0 : reader->lead);
	if (!still)
		reader->lead = out->lead < 0 ? 0 : out->faces[out->lead].track;
	out->done_ns = clock_monotonic_ns();
	out->took_ns = out->done_ns - start_ns;
	return st;
}
