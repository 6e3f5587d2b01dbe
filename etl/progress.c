/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress: one line, drawn over and over. */
#include "etl/progress.h"

#include "base/clock.h"

#include <stdio.h>

#define WIDTH   30
#define BAR_NS  (CLOCK_NS_PER_S / 10)
#define LINE_NS (5 * CLOCK_NS_PER_S)

void progress_begin(struct progress *progress, size_t total, bool on_terminal,
		    int64_t now_ns)
{
	*progress = (struct progress){.total = total,
				      .begun_ns = now_ns,
				      .shown_ns = now_ns,
				      .bar = on_terminal};
}

void progress_text(const struct progress *progress, size_t done, int64_t now_ns,
		   char *out, size_t size)
{
	double seconds = (double)(now_ns - progress->begun_ns) / CLOCK_NS_PER_S;
	double rate = seconds > 0 ? (double)done / seconds : 0;
	size_t full = progress->total ? WIDTH * done / progress->total : 0;
	char bar[WIDTH + 1];
	int left;

	if (full > WIDTH)
		full = WIDTH;
	for (size_t i = 0; i < WIDTH; i++)
		bar[i] = i < full ? '#' : '.';
	bar[WIDTH] = '\0';
	left = rate > 0 && done < progress->total
		       ? (int)((double)(progress->total - done) / rate + 0.5)
		       : 0;
	snprintf(out, size, "[%s] %zu/%zu  %.0f/s  %d:%02d left", bar, done,
		 progress->total, rate, left / 60, left % 60);
}

void progress_step(struct progress *progress, size_t done, int64_t now_ns)
{
	char text[128];

	if (now_ns - progress->shown_ns < (progress->bar ? BAR_NS : LINE_NS))
		return;
	progress->shown_ns = now_ns;
	if (progress->bar) {
		progress_text(progress, done, now_ns, text, sizeof(text));
		fprintf(stderr, "\r%s\033[K", text);
		progress->shown = true;
	} else {
		fprintf(stderr, "mien-etl: %zu of %zu.\n", done,
			progress->total);
	}
}

void progress_clear(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
