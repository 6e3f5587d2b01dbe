/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The starter catalog as it was rendered: each file of starter.tsv is decoded
 * and listened to with numbers.
 */
#include "tests/unit/unit.h"

#include "starter/master.h"
#include "starter/piece.h"

#include <math.h>
#include <opusfile.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define LINE 1024

/* A click stands out of the curvature around it by as much. */
#define CLICK_RATIO 18.0
#define CLICK_LEAST 0.02
#define CLICK_REACH 480 /* frames, 10 ms */

struct row {
	char name[64], title[128], artist[128];
	double seconds, valence, arousal;
};

static struct row rows[64];
static int row_count;
static char folder[512];

/* The column-th of line; ends at a tab or the line's end. */
static void column(char *out, size_t size, const char *line, int number)
{
	size_t length;

	for (; number > 0; number--) {
		line = strchr(line, '\t');
		assert_non_null(line);
		line++;
	}
	length = strcspn(line, "\t\n");
	assert_true(length > 0 && length < size);
	memcpy(out, line, length);
	out[length] = 0;
}

static void read_row(struct row *row, const char *line)
{
	char word[32];

	column(row->name, sizeof(row->name), line, 0);
	column(row->title, sizeof(row->title), line, 1);
	column(row->artist, sizeof(row->artist), line, 2);
	column(word, sizeof(word), line, 4);
	row->seconds = atof(word);
	column(word, sizeof(word), line, 5);
	row->valence = atof(word);
	column(word, sizeof(word), line, 6);
	row->arousal = atof(word);
}

static int read_list(void **state)
{
	const char *root = getenv("MIEN_ROOT");
	char path[600], line[LINE];
	FILE *file;

	(void)state;
	snprintf(folder, sizeof(folder), "%s/build/share/mien/starter",
		 root ? root : ".");
	snprintf(path, sizeof(path), "%s/starter.tsv", folder);
	file = fopen(path, "r");
	if (!file || !fgets(line, sizeof(line), file))
		return -1;
	if (strcmp(line, "file\ttitle\tartist\tgenre\tseconds\tvalence\t"
			 "arousal\ttags\n") != 0)
		return -1;
	while (row_count < 64 && fgets(line, sizeof(line), file))
		read_row(&rows[row_count++], line);
	fclose(file);
	return 0;
}

static struct render_pcm decode(const struct row *row)
{
	struct render_pcm pcm = {0};
	OggOpusFile *file;
	size_t size, got = 0;
	char path[600];
	int n;

	snprintf(path, sizeof(path), "%s/%s", folder, row->name);
	file = op_open_file(path, NULL);
	if (!file)
		fail_msg("%s cannot be opened", path);
	assert_int_equal(op_channel_count(file, -1), 2);
	assert_string_equal(opus_tags_query(op_tags(file, -1), "TITLE", 0),
			    row->title);
	assert_string_equal(opus_tags_query(op_tags(file, -1), "ARTIST", 0),
			    row->artist);
	assert_string_equal(opus_tags_query(op_tags(file, -1), "LICENSE", 0),
			    "CC0-1.0");
	size = (size_t)op_pcm_total(file, -1);
	pcm.sample = calloc(size + 1, 2 * sizeof(float));
	assert_non_null(pcm.sample);
	while ((n = op_read_float_stereo(file, pcm.sample + 2 * got,
					 (int)(2 * (size - got + 1)))) > 0)
		got += (size_t)n;
	assert_int_equal(n, 0);
	assert_int_equal(got, size);
	pcm.frames = size;
	op_free(file);
	return pcm;
}

/*
 * The most that one sample bends out of what is around it; cymbals bend all
 * the time, a cut wave does so once. Only where it could be heard.
 */
static double worst_click(const struct render_pcm *pcm)
{
	size_t count = pcm->frames - 2, reach = CLICK_REACH;
	double *square = malloc(count * sizeof(*square));
	double worst = 0;

	assert_non_null(square);
	for (size_t channel = 0; channel < 2; channel++) {
		double sum = 0;

		for (size_t i = 0; i < count; i++) {
			const float *s = &pcm->sample[2 * i + channel];
			double bend =
				(double)s[0] - 2 * (double)s[2] + (double)s[4];

			square[i] = bend * bend;
		}
		for (size_t i = 0; i < count; i++) {
			sum += square[i];
			if (i > 2 * reach)
				sum -= square[i - 2 * reach - 1];
			if (i >= 2 * reach &&
			    square[i - reach] > CLICK_LEAST * CLICK_LEAST)
				worst = fmax(worst, square[i - reach] / sum);
		}
	}
	free(square);
	return sqrt(worst * (2 * CLICK_REACH + 1));
}

static void list_matches_the_pieces(void **state)
{
	int count = 0;

	(void)state;
	while (pieces[count])
		count++;
	assert_int_equal(row_count, count);
	assert_true(row_count >= 20);
	for (int i = 0; i < count; i++)
		assert_string_equal(rows[i].title, pieces[i]->title);
}

static void files_sound_as_promised(void **state)
{
	bool bad = false;

	(void)state;
	for (int i = 0; i < row_count; i++) {
		struct render_pcm pcm = decode(&rows[i]);
		double seconds = (double)pcm.frames / RENDER_RATE, tail = 0;
		double click = worst_click(&pcm);
		struct master_level level;

		assert_int_equal(master_measure(&level, &pcm, NULL), STATUS_OK);
		for (size_t k = 2 * (pcm.frames - RENDER_RATE / 10);
		     k < 2 * pcm.frames; k++)
			tail = fmax(tail, fabs((double)pcm.sample[k]));
		print_message("# %-28s %5.1f s %5.1f LUFS %5.1f dBTP "
			      "tail %.0e click %.1f\n",
			      rows[i].name, seconds, level.lufs, level.peak_db,
			      tail, click);
		bad |= fabs(seconds - rows[i].seconds) > 0.1 || seconds < 60;
		bad |= fabs(level.lufs - MASTER_LUFS) > 1;
		bad |= level.peak_db >= -1;
		bad |= tail > 3e-4; /* -70 dBFS */
		bad |= click > CLICK_RATIO;
		render_free(&pcm);
	}
	assert_false(bad);
}

/* The measure itself: a wave that is cut in a real piece is found. */
static void a_click_would_be_found(void **state)
{
	struct render_pcm pcm = decode(&rows[0]);
	size_t at = pcm.frames / 2;

	(void)state;
	assert_true(worst_click(&pcm) < CLICK_RATIO);
	for (size_t i = at; i < at + RENDER_RATE / 4; i++)
		pcm.sample[2 * i] += 0.25f;
	assert_true(worst_click(&pcm) > CLICK_RATIO);
	render_free(&pcm);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_matches_the_pieces),
		cmocka_unit_test(files_sound_as_promised),
		cmocka_unit_test(a_click_would_be_found),
	};

	return cmocka_run_group_tests(tests, read_list, NULL);
}
