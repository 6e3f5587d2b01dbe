/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compose: makes the music that comes with mien, at build time.
 *
 *   compose [--jobs N] OUTDIR       all OUTDIR/NAME.opus and starter.tsv
 *   compose --only NAME OUTDIR      one of them, and no list
 *   compose --notes NAME            its notes, a line each
 *
 * Pieces that stand in OUTDIR, made from the same notes, are kept.
 */
#include "base/status.h"
#include "starter/arrange.h"
#include "starter/master.h"
#include "starter/render.h"
#include "starter/write.h"

#include <errno.h>
#include <getopt.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <fluidsynth.h>

#define SOUNDFONT "/usr/share/sounds/sf2/TimGM6mb.sf2"
#define JOBS_MAX  16

struct options {
	const char *only, *notes, *folder;
	int jobs;
};

/* What the threads share. */
struct shop {
	const struct options *options;
	pthread_mutex_t lock;
	int next, done, total; /* under lock */
	bool failed;           /* under lock */
};

static const struct piece *find_piece(const char *name)
{
	int i = 0;

	while (pieces[i] && strcmp(pieces[i]->file, name) != 0)
		i++;
	if (!pieces[i])
		fprintf(stderr, "compose: there is no piece '%s'.\n", name);
	return pieces[i];
}

static int wanted(const struct options *options, int i)
{
	return !options->only || !strcmp(options->only, pieces[i]->file);
}

static void complain(const struct fault *fault)
{
	char sentence[700];

	fprintf(stderr, "compose: %s\n",
		fault_sentence(fault, sentence, sizeof(sentence)));
}

static int path_of(char *out, size_t size, const struct options *options,
		   const struct piece *piece)
{
	return snprintf(out, size, "%s/%s.opus", options->folder, piece->file) <
	       (int)size;
}

/* Sound, mastering and the file, from the score. */
static enum status make_sound(const struct score *score,
			      const struct piece *piece, const char *path,
			      struct master_level *level, struct fault *fault)
{
	const struct write_tags tags = {
		.title = piece->title,
		.artist = piece->artist,
		.genre = piece->genre,
		.digest = score_digest(score),
	};
	struct render_pcm pcm = {0};
	enum status st = render_score(&pcm, score, SOUNDFONT,
				      arrange_seconds(score), fault);

	if (!st)
		st = master_apply(&pcm, score->bright_db, level, fault);
	if (!st)
		st = write_opus(path, &pcm, &tags, fault);
	render_free(&pcm);
	return st;
}

static enum status make_piece(const struct options *options,
			      const struct piece *piece, char *word,
			      size_t word_size, struct fault *fault)
{
	struct master_level level;
	struct score score;
	char path[1024];
	enum status st = arrange_piece(&score, piece, fault);

	if (!st && !path_of(path, sizeof(path), options, piece))
		st = fault_set(fault, STATUS_BAD_ARGUMENT, options->folder,
			       "the name is too long");
	if (!st && write_is_current(path, score_digest(&score))) {
		snprintf(word, word_size, "kept");
	} else if (!st) {
		st = make_sound(&score, piece, path, &level, fault);
		if (!st)
			snprintf(word, word_size,
				 "%.0f s, %.1f LUFS, %.1f dBTP",
				 arrange_seconds(&score), level.lufs,
				 level.peak_db);
	}
	score_done(&score);
	return st;
}

static void *work(void *data)
{
	struct shop *shop = data;

	pthread_mutex_lock(&shop->lock);
	while (pieces[shop->next] && !shop->failed) {
		int i = shop->next++;
		struct fault fault = {0};
		char word[64];
		enum status st;

		if (!wanted(shop->options, i))
			continue;
		pthread_mutex_unlock(&shop->lock);
		st = make_piece(shop->options, pieces[i], word, sizeof(word),
				&fault);
		pthread_mutex_lock(&shop->lock);
		if (st) {
			shop->failed = true;
			complain(&fault);
		} else {
			printf("[%d/%d] %s: %s\n", ++shop->done, shop->total,
			       pieces[i]->file, word);
			fflush(stdout);
		}
	}
	pthread_mutex_unlock(&shop->lock);
	return NULL;
}

static bool make_all(const struct options *options)
{
	struct shop shop = {.options = options,
			    .lock = PTHREAD_MUTEX_INITIALIZER};
	pthread_t threads[JOBS_MAX];
	int started = 0;

	for (int i = 0; pieces[i]; i++)
		shop.total += wanted(options, i);
	while (started + 1 < options->jobs &&
	       pthread_create(&threads[started], NULL, work, &shop) == 0)
		started++;
	work(&shop);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	return !shop.failed;
}

static void list_piece(FILE *file, const struct piece *piece)
{
	struct score score;

	if (arrange_piece(&score, piece, NULL) == STATUS_OK)
		fprintf(file, "%s.opus\t%s\t%s\t%s\t%.1f\t%.2f\t%.2f\t%s\n",
			piece->file, piece->title, piece->artist, piece->genre,
			arrange_seconds(&score), piece->valence, piece->arousal,
			piece->tags);
	score_done(&score);
}

/* starter.tsv, whole or not at all. */
static enum status write_list(const struct options *options,
			      struct fault *fault)
{
	char path[1024], part[1040];
	FILE *file;
	int bad;

	if (snprintf(path, sizeof(path), "%s/starter.tsv", options->folder) >=
	    (int)sizeof(path))
		return fault_set(fault, STATUS_BAD_ARGUMENT, options->folder,
				 "the name is too long");
	snprintf(part, sizeof(part), "%s.part", path);
	file = fopen(part, "w");
	if (!file)
		return fault_set_errno(fault, errno, part, "creating it");
	fputs("file\ttitle\tartist\tgenre\tseconds\tvalence\tarousal\ttags\n",
	      file);
	for (int i = 0; pieces[i]; i++)
		list_piece(file, pieces[i]);
	bad = ferror(file);
	if (fclose(file) != 0 || bad || rename(part, path) != 0) {
		int error = errno;

		unlink(part);
		return fault_set_errno(fault, error, path, "writing it");
	}
	return STATUS_OK;
}

/* What would be played, for those who look instead of listening. */
static int print_notes(const char *name)
{
	struct fault fault = {0};
	const struct piece *piece = find_piece(name);
	struct score score;

	if (!piece)
		return EX_USAGE;
	if (arrange_piece(&score, piece, &fault)) {
		complain(&fault);
		score_done(&score);
		return EX_SOFTWARE;
	}
	printf("# seconds\tlength\tvoice\tkey\tvelocity\tbpm %g, tunes on "
	       "chord tones %.2f\n",
	       piece->bpm, arrange_consonance(piece));
	for (int n = 0; n < score.note_count; n++) {
		const struct score_note *note = &score.notes[n];
		double at =
			score_seconds(&score, score_swing(&score, note->at));
		double end = score_seconds(
			&score, score_swing(&score, note->at + note->length));

		printf("%.3f\t%.3f\t%c\t%d\t%d\n", at + note->late, end - at,
		       piece->voice[note->voice].id, note->key, note->velocity);
	}
	score_done(&score);
	return EX_OK;
}

static bool read_options(struct options *options, int argc, char **argv)
{
	static const struct option long_options[] = {
		{"only", required_argument, NULL, 'o'},
		{"jobs", required_argument, NULL, 'j'},
		{"notes", required_argument, NULL, 'n'},
		{0},
	};
	int letter;

	while ((letter = getopt_long(argc, argv, "", long_options, NULL)) !=
	       -1) {
		if (letter == 'o')
			options->only = optarg;
		else if (letter == 'j')
			options->jobs = atoi(optarg);
		else if (letter == 'n')
			options->notes = optarg;
		else
			return false;
	}
	options->folder = argv[optind];
	if (options->jobs < 1 || options->jobs > JOBS_MAX)
		return false;
	return options->notes ? argc == optind : argc == optind + 1;
}

int main(int argc, char **argv)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct options options = {.jobs = cores < 1   ? 1
					  : cores > 4 ? 4
						      : (int)cores};
	struct fault fault = {0};

	if (!read_options(&options, argc, argv)) {
		fprintf(stderr,
			"usage: compose [--only NAME] [--jobs 1..%d] "
			"OUTDIR | compose --notes NAME\n",
			JOBS_MAX);
		return EX_USAGE;
	}
	if (options.notes)
		return print_notes(options.notes);
	if (options.only && !find_piece(options.only))
		return EX_USAGE;
	for (int level = 0; level < LAST_LOG_LEVEL; level++)
		fluid_set_log_function(level, NULL, NULL);
	if (mkdir(options.folder, 0777) != 0 && errno != EEXIST) {
		fault_set_errno(&fault, errno, options.folder,
				"creating the folder");
		complain(&fault);
		return EX_CANTCREAT;
	}
	if (!make_all(&options))
		return EX_SOFTWARE;
	if (!options.only && write_list(&options, &fault)) {
		complain(&fault);
		return EX_IOERR;
	}
	return EX_OK;
}
