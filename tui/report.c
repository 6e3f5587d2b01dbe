/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: values into jansson's, and lines onto stdout. */
#include "tui/report.h"

#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>

json_t *report_number(double value)
{
	/* adding 0 makes 0 of -0 */
	return json_real(round(value * 1e4) / 1e4 + 0.0);
}

json_t *report_text(const char *text)
{
	char clean[4096];

	text_clean(clean, sizeof(clean), text);
	return json_string(clean);
}

json_t *report_mood(const struct mood *mood)
{
	return json_pack("{s:s, s:o, s:o}", "name", emotion_name(mood->emotion),
			 "valence", report_number((double)mood->valence),
			 "arousal", report_number((double)mood->arousal));
}

json_t *report_emotions(const float emotions[EMOTION_COUNT])
{
	json_t *object = json_object();

	for (int e = 0; e < EMOTION_COUNT; e++)
		json_object_set_new(object, emotion_name((enum emotion)e),
				    report_number((double)emotions[e]));
	return object;
}

json_t *report_tracks(const struct songs *songs)
{
	json_t *array = json_array();

	for (int i = 0; i < songs->count; i++) {
		const struct track *t = &songs->list[i];

		json_array_append_new(
			array, json_pack("{s:I, s:s, s:s, s:s, s:s}", "id",
					 (json_int_t)t->id, "artist", t->artist,
					 "title", t->title, "uri", t->uri,
					 "reason", t->reason));
	}
	return array;
}

enum status report_print(json_t *object, struct fault *fault)
{
	int bad;

	if (!object)
		return fault_set(fault, STATUS_NO_MEMORY, NULL, "%s",
				 status_text(STATUS_NO_MEMORY));
	bad = json_dumpf(object, stdout,
			 JSON_COMPACT | JSON_REAL_PRECISION(6)) ||
	      putchar('\n') == EOF || fflush(stdout) == EOF;
	json_decref(object);
	if (bad)
		return fault_set_errno(fault, errno, "standard output",
				       "writing");
	return STATUS_OK;
}
