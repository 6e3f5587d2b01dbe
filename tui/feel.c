/* SPDX-License-Identifier: GPL-3.0-or-later */
/* feel: "mien feel": a mood from typed words, and songs for it. */
#include "base/clock.h"
#include "base/text.h"
#include "catalog/feeling.h"
#include "catalog/words.h"
#include "tui/commands.h"
#include "tui/library.h"
#include "tui/report.h"
#include "tui/say.h"

#include <stdio.h>
#include <string.h>

/* Arguments with a space between; what is over the bound would not be read. */
static void join(const struct options *options, char *out, size_t size)
{
	size_t used = 0;

	*out = '\0';
	for (int i = 0; i < options->argument_count; i++) {
		if (used && used + 1 < size)
			out[used++] = ' ';
		used += text_copy(out + used, size - used,
				  options->arguments[i]);
	}
}

static enum status print_json(const char *text, const struct feeling *feeling,
			      const struct songs *songs, struct fault *fault)
{
	return report_print(
		json_pack("{s:o, s:b, s:s, s:s, s:o, s:o, s:o, s:o}", "text",
			  report_text(text), "understood", feeling->understood,
			  "state", feeling->state, "words", feeling->words,
			  "compound", report_number(feeling->compound),
			  "emotions", report_emotions(feeling->emotions),
			  "mood", report_mood(&feeling->mood), "tracks",
			  report_tracks(songs)),
		fault);
}

static void print_text(const struct feeling *feeling, const struct songs *songs)
{
	if (feeling->foreign)
		puts("This does not seem to be English, which is all that "
		     "mien reads; so the mood is neutral.");
	else if (!feeling->understood)
		puts("No word here names a feeling that mien knows; so the "
		     "mood is neutral.");
	else
		printf("Mood: %s (%s), valence %+.2f, arousal %+.2f; from: "
		       "%s\n",
		       emotion_name(feeling->mood.emotion), feeling->state,
		       (double)feeling->mood.valence,
		       (double)feeling->mood.arousal, feeling->words);
	songs_print(songs);
}

int feel_main(const struct options *options, const struct config *config)
{
	char text[WORDS_MAX_BYTES];
	struct catalog *catalog = NULL;
	struct songs songs = {.count = 0};
	struct feeling feeling;
	struct fault fault;
	uint64_t seed = options->has_seed ? options->seed
					  : (uint64_t)clock_monotonic_ns();
	enum status st, printed = STATUS_OK;

	join(options, text, sizeof(text));
	feeling_read(text, &feeling);
	st = library_open(&catalog, config, &fault);
	if (!st)
		st = songs_pick(&songs, catalog, config, seed, &feeling.mood,
				&fault);
	catalog_close(catalog);
	if (st)
		say_fault(&fault);
	if (options->json)
		printed = print_json(text, &feeling, &songs, &fault);
	else
		print_text(&feeling, &songs);
	if (printed)
		return say_fault(&fault);
	return say_exit(st);
}
