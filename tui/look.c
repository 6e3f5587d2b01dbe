/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * look: "mien look": the faces of pictures, the mood of each picture, and
 * songs for it. A source that cannot be read does not stop the others.
 */
#include "base/clock.h"
#include "base/text.h"
#include "capture/capture.h"
#include "model/notice.h"
#include "model/reader.h"
#include "tui/commands.h"
#include "tui/library.h"
#include "tui/lock.h"
#include "tui/places.h"
#include "tui/report.h"
#include "tui/say.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* A video is looked at once a second. */
#define STEP_NS CLOCK_NS_PER_S

struct look {
	const struct options *options;
	const struct config *config;
	struct reader *reader;
	struct catalog *catalog; /* NULL: no songs can be had */
	uint64_t seed;
	const char *source;
	int pictures; /* of this source */
	enum status status;
	struct fault fault;
};

/* ---- what is printed ----------------------------------------------------- */

static json_t *notice_of(unsigned notices)
{
	return notices ? json_string(notice_text(notices)) : json_null();
}

static json_t *faces_of(const struct reading *reading)
{
	json_t *array = json_array();

	for (int i = 0; i < reading->face_count; i++) {
		const struct face *f = &reading->faces[i];

		json_array_append_new(
			array,
			json_pack("{s:[i,i,i,i], s:o, s:s, s:o, s:o}", "box",
				  (int)lroundf(f->x), (int)lroundf(f->y),
				  (int)lroundf(f->width),
				  (int)lroundf(f->height), "score",
				  report_number((double)f->score), "emotion",
				  emotion_name(emotion_first(f->raw)), "notice",
				  notice_of(f->notices), "emotions",
				  report_emotions(f->raw)));
	}
	return array;
}

static enum status print_json(struct look *look, const struct frame *frame,
			      const struct reading *reading,
			      const struct mood *mood,
			      const struct songs *songs)
{
	json_t *object = json_pack(
		"{s:o, s:i, s:i, s:o, s:o, s:o, s:o}", "source",
		report_text(look->source), "width", reading->frame_width,
		"height", reading->frame_height, "faces", faces_of(reading),
		"notice", notice_of(reading->notices), "mood",
		report_mood(mood), "tracks", report_tracks(songs));

	if (object && frame->media_ns)
		json_object_set_new(object, "time_s",
				    report_number((double)frame->media_ns /
						  (double)CLOCK_NS_PER_S));
	return report_print(object, &look->fault);
}

static void print_face(const struct face *face)
{
	enum emotion first = emotion_first(face->raw);

	printf("  face at %.0f,%.0f, %.0fx%.0f: %s %.0f%%", (double)face->x,
	       (double)face->y, (double)face->width, (double)face->height,
	       emotion_name(first), (double)face->raw[first] * 100);
	for (int e = 0; e < EMOTION_COUNT; e++)
		if (e != (int)first && face->raw[e] >= 0.05f)
			printf(", %s %.0f%%", emotion_name((enum emotion)e),
			       (double)face->raw[e] * 100);
	if (face->notices)
		printf(" (a guess: %s)", notice_text(face->notices));
	putchar('\n');
}

static void print_text(const struct look *look, const struct frame *frame,
		       const struct reading *reading, const struct mood *mood,
		       const struct songs *songs)
{
	char name[512];

	text_clean(name, sizeof(name), look->source);
	printf("%s, %dx%d", name, reading->frame_width, reading->frame_height);
	if (frame->media_ns)
		printf(", at %.1f s",
		       (double)frame->media_ns / (double)CLOCK_NS_PER_S);
	printf(": %d face%s%s%s\n", reading->face_count,
	       reading->face_count == 1 ? "" : "s",
	       reading->notices ? ", " : "", notice_text(reading->notices));
	for (int i = 0; i < reading->face_count; i++)
		print_face(&reading->faces[i]);
	printf("  mood: %s, valence %+.2f, arousal %+.2f%s\n",
	       emotion_name(mood->emotion), (double)mood->valence,
	       (double)mood->arousal,
	       reading->face_count ? "" : " (no face to read)");
	if (look->catalog)
		songs_print(songs);
}

/* ---- one picture, one source, all ---------------------------------------- */

static bool look_at(struct frame *frame, void *user)
{
	struct look *look = user;
	struct songs songs = {.count = 0};
	struct reading reading;
	struct mood mood;
	enum status st = reader_read(look->reader, frame, true, &reading);

	look->pictures++;
	if (st) {
		look->status = fault_set(&look->fault, st, look->source,
					 "looking for faces: %s",
					 status_text(st));
		return false;
	}
	mood = mood_of_reading(&reading,
			       !strcmp(look->config->mood.faces, "all"));
	if (look->catalog)
		st = songs_pick(&songs, look->catalog, look->config, look->seed,
				&mood, &look->fault);
	if (!st && look->options->json)
		st = print_json(look, frame, &reading, &mood, &songs);
	else if (!st)
		print_text(look, frame, &reading, &mood, &songs);
	look->status = st;
	return !st;
}

/* The exit status of one source; its sentence is printed. */
static int look_at_source(struct look *look, const char *source)
{
	const struct capture_opts opts = {
		.spec = source,
		.width = look->config->camera.width,
		.height = look->config->camera.height,
		.rate = look->config->camera.rate,
		.seed = look->seed,
	};
	enum status st;

	look->source = source;
	look->pictures = 0;
	look->status = STATUS_OK;
	st = capture_each(&opts, STEP_NS, look_at, look, &look->fault);
	if (!st)
		st = look->status;
	if (!st && !look->pictures)
		st = fault_set(&look->fault, STATUS_NOT_FOUND, source,
			       "there is no picture in it");
	if (!st)
		return EX_OK;
	say_fault(&look->fault);
	/* a folder, say, is no wrong use of the command but no input */
	return st == STATUS_BAD_ARGUMENT ? EX_NOINPUT : say_exit(st);
}

static enum status open_reader(struct look *look)
{
	char folder[4096];
	/* a still picture has time for all the faces there can be */
	const struct reader_opts opts = {.folder = folder,
					 .max_faces = READING_MAX_FACES};
	enum status st = places_model(look->config, folder, sizeof(folder),
				      &look->fault);

	if (st)
		return st;
	return reader_open(&look->reader, &opts, &look->fault);
}

/* Pictures come from anywhere: what decodes them finds little to take. */
static enum status lock(struct look *look)
{
	struct sandbox_report report;

	return lock_enter_look(look->config, look->options->arguments,
			       look->options->argument_count, &report,
			       &look->fault);
}

int look_main(const struct options *options, const struct config *config)
{
	struct look look = {
		.options = options,
		.config = config,
		.seed = options->has_seed ? options->seed
					  : (uint64_t)clock_monotonic_ns(),
	};
	int failed = 0;

	if (library_open(&look.catalog, config, &look.fault))
		failed = say_fault(&look.fault);
	if (lock(&look) || open_reader(&look)) {
		catalog_close(look.catalog);
		return say_fault(&look.fault);
	}
	for (int i = 0; i < options->argument_count; i++) {
		int code = look_at_source(&look, options->arguments[i]);

		if (!failed)
			failed = code;
	}
	catalog_close(look.catalog);
	reader_close(look.reader);
	return failed;
}
