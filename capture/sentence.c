/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sentence: a capture's state in words. Pure. */
#include "capture/capture.h"

#include "capture/source.h"

#include <stdio.h>
#include <string.h>

/* "camera /dev/video0 (Webcam)", "the demo", "clip.mp4" */
static void subject_of(const struct capture_status *s, char *out, size_t size)
{
	if (!strcmp(s->device, "demo"))
		snprintf(out, size, "the demo");
	else if (!strcmp(s->device, "auto"))
		snprintf(out, size, "camera");
	else if (!strncmp(s->device, "/dev/video", 10))
		snprintf(out, size, s->name[0] ? "camera %s (%s)" : "camera %s",
			 s->device, s->name);
	else
		snprintf(out, size, "%s", s->device);
}

static void streaming(const struct capture_status *s, const char *subject,
		      char *out, size_t size)
{
	int n = snprintf(out, size, "%s streams %dx%d %s", subject, s->width,
			 s->height, s->format);
	double rate = s->rate > 0 ? s->rate : s->rate_asked;

	if (n > 0 && (size_t)n < size && rate > 0)
		snprintf(out + n, size - (size_t)n,
			 rate < 10 ? " at %.1f frames/s" : " at %.0f frames/s",
			 rate);
}

void capture_sentence(const struct capture_status *s, char *out, size_t size)
{
	static const char *const words[] = {
		[CAPTURE_CLOSED] = "is off",
		[CAPTURE_SEARCHING] = "is looked for",
		[CAPTURE_OPENING] = "opens",
		[CAPTURE_STREAMING] = "streams",
		[CAPTURE_STALLED] = "is open, but no pictures come",
		[CAPTURE_LOST] = "is gone; waiting for it to come back",
		[CAPTURE_BUSY] = "is in use by another program",
		[CAPTURE_ENDED] = "came to its end",
		[CAPTURE_FAILED] = "cannot be read",
	};
	char subject[224];

	subject_of(s, subject, sizeof(subject));
	if (s->state == CAPTURE_STREAMING)
		streaming(s, subject, out, size);
	else if (s->fault.detail[0] &&
		 (s->state == CAPTURE_FAILED || s->state == CAPTURE_SEARCHING ||
		  s->state == CAPTURE_BUSY))
		fault_sentence(&s->fault, out, size);
	else
		snprintf(out, size, "%s %s", subject, words[s->state]);
}
