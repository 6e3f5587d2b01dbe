/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What generated sounds are heard as, and many files at once. */
#include "tests/unit/unit.h"

#include "etl/hear.h"
#include "etl/measure.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define RATE 22050

static char folder[] = "/tmp/mien-hear-XXXXXX";

static const char *path_of(const char *name)
{
	static char path[4][128];
	static int next;
	char *out = path[next++ % 4];

	snprintf(out, 128, "%s/%s", folder, name);
	return out;
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

static int drop_folder(void **state)
{
	(void)state;
	return unit_remove(folder);
}

/* ---- sounds ------------------------------------------------------------- */

static void put32(FILE *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		fputc((int)(value >> 8 * i & 255), out);
}

/* A WAV file of what at says for each sample. */
static void write_wav(const char *path, int seconds, double (*at)(int sample))
{
	uint32_t bytes = (uint32_t)(seconds * RATE * 2);
	FILE *out = fopen(path, "wb");

	assert_non_null(out);
	fputs("RIFF", out);
	put32(out, 36 + bytes);
	fputs("WAVEfmt ", out);
	put32(out, 16);
	put32(out, 1 | 1 << 16);
	put32(out, RATE);
	put32(out, RATE * 2);
	put32(out, 2 | 16 << 16);
	fputs("data", out);
	put32(out, bytes);
	for (int i = 0; i < seconds * RATE; i++) {
		int value = (int)lround(at(i) * 32767);

		fputc(value & 255, out);
		fputc(value >> 8 & 255, out);
	}
	assert_int_equal(fclose(out), 0);
}

/* A struck tone each period seconds, over a floor that is no digital silence.
 */
static double struck(int i, double period, double hertz, double level)
{
	double since = fmod((double)i / RATE, period);

	return level * exp(-since * 18) * sin(2 * M_PI * hertz * since) +
	       1e-4 * sin(i * 0.37);
}

static double clicks(int i)
{
	return struck(i, 0.5, 1000, 0.8);
}

static double fast_clicks(int i)
{
	return struck(i, 0.2, 4000, 0.8);
}

static double slow_hum(int i)
{
	return struck(i, 2.0, 220, 0.1);
}

static double tone(int i)
{
	return 0.5 * sin(2 * M_PI * 1000 * i / RATE);
}

static double nothing(int i)
{
	(void)i;
	return 0;
}

static struct sound heard(const char *name, int seconds, double (*at)(int))
{
	struct sound sound;
	struct fault fault;

	write_wav(path_of(name), seconds, at);
	assert_int_equal(hear_file(path_of(name), &sound, &fault), STATUS_OK);
	return sound;
}

static void a_beat_has_its_tempo(void **state)
{
	struct sound sound = heard("clicks.wav", 20, clicks);

	(void)state;
	/* 120 beats a minute, 2 onsets a second */
	assert_true(fabs(sound.tempo - 120) < 3);
	assert_true(fabs(sound.onsets - 2) < 0.2);
}

static void a_tone_has_its_pitch_and_level(void **state)
{
	struct sound sound = heard("tone.wav", 8, tone);

	(void)state;
	assert_true(fabs(sound.brightness - 1000) < 60);
	/* half of full scale: 20 log10(0.5 / sqrt 2) */
	assert_true(fabs(sound.loudness + 9.03) < 0.2);
	assert_true(sound.onsets < 0.5);
}

static void fast_and_bright_is_aroused(void **state)
{
	struct sound fast = heard("fast.wav", 10, fast_clicks);
	struct sound slow = heard("slow.wav", 10, slow_hum);
	const struct sound least = {20, 0, -120, 20},
			   most = {400, 90, 3, 11000},
			   middle = {106, 3, -18, 1350}, none = {0};
	struct mood_fact a, b;

	(void)state;
	assert_true(hear_mood(&fast, &a) && hear_mood(&slow, &b));
	assert_true(a.arousal > 0.4f && b.arousal < -0.4f);
	assert_string_equal(a.provenance, "audio");
	assert_int_equal(a.axes, MOOD_AROUSAL);
	assert_true(hear_mood(&least, &a) && fabsf(a.arousal + 1) < 1e-6f);
	assert_true(hear_mood(&most, &a) && fabsf(a.arousal - 1) < 1e-6f);
	assert_true(hear_mood(&middle, &a) && fabsf(a.arousal) < 1e-6f);
	assert_false(hear_mood(&none, &a));
}

static void assert_unheard(const char *name)
{
	struct sound sound;
	struct fault fault;

	assert_int_equal(hear_file(path_of(name), &sound, &fault),
			 STATUS_BAD_DATA);
	assert_true(sound.brightness == 0 && fault.detail[0]);
}

static void write_bytes(const char *name, size_t count)
{
	FILE *out = fopen(path_of(name), "wb");
	uint32_t word = 1;

	assert_non_null(out);
	for (size_t i = 0; i < count; i++) {
		word = word * 1664525 + 1013904223;
		fputc((int)(word >> 24), out);
	}
	fclose(out);
}

static void no_sound_is_no_fact(void **state)
{
	(void)state;
	write_wav(path_of("silence.wav"), 8, nothing);
	assert_unheard("silence.wav");
	write_wav(path_of("short.wav"), 3, tone);
	assert_unheard("short.wav");
	write_bytes("noise.mp3", 40000);
	assert_unheard("noise.mp3");
	write_bytes("empty.ogg", 0);
	assert_unheard("empty.ogg");
	assert_unheard("nowhere.flac");
}

/* ---- many --------------------------------------------------------------- */

struct seen {
	int good, bad;
	unsigned mask;
	int enough; /* done says false after so many; 0: never */
};

static bool take(size_t index, const struct sound *sound, void *user)
{
	struct seen *seen = user;

	*(sound ? &seen->good : &seen->bad) += 1;
	assert_false(seen->mask & 1u << index);
	seen->mask |= 1u << index;
	return seen->good + seen->bad != seen->enough;
}

static void many_are_measured_once_each(void **state)
{
	static char paths[9][128];
	const char *list[9];
	const struct measure_opts opts = {.processes = 3};
	struct seen seen = {0};

	(void)state;
	for (int i = 0; i < 9; i++) {
		snprintf(paths[i], sizeof(paths[i]), "%s/%d.wav", folder, i);
		list[i] = paths[i];
		if (i % 3)
			write_wav(paths[i], 6, clicks);
	}
	assert_int_equal(measure_all(list, 9, &opts, take, &seen, NULL),
			 STATUS_OK);
	assert_int_equal(seen.good, 6);
	assert_int_equal(seen.bad, 3);
	assert_int_equal(seen.mask, 0x1ff);
	seen = (struct seen){.enough = 2};
	assert_int_equal(measure_all(list, 9, &opts, take, &seen, NULL),
			 STATUS_OK);
	assert_int_equal(seen.good + seen.bad, 2);
	seen = (struct seen){0};
	assert_int_equal(measure_all(NULL, 0, &opts, take, &seen, NULL),
			 STATUS_OK);
	assert_int_equal(seen.mask, 0);
}

static void a_wish_to_stop_is_heard(void **state)
{
	const volatile sig_atomic_t stop = 1;
	const struct measure_opts opts = {.processes = 1, .stop = &stop};
	const char *list[] = {"/nowhere"};
	struct seen seen = {0};

	(void)state;
	assert_int_equal(measure_all(list, 1, &opts, take, &seen, NULL),
			 STATUS_AGAIN);
	assert_int_equal(seen.mask, 0);
}

/* ---- what is remembered ------------------------------------------------- */

static void files_are_known_as_they_were(void **state)
{
	const struct sound sound = {120, 2, -12, 1500};
	const struct mood_fact fact = {"audio", MOOD_AROUSAL, 0, 0.5f, 0.5f};
	const struct sound_file file = {"/m/a\xff.mp3", 10, 20},
				changed = {"/m/a\xff.mp3", 10, 21};
	const struct track_facts facts = {.artist = "A",
					  .title = "T",
					  .uri = file.path,
					  .source = "import"};
	struct catalog *catalog;
	struct track track;
	int64_t id;
	bool known;

	(void)state;
	assert_int_equal(catalog_open(&catalog, NULL, CATALOG_MEMORY, NULL),
			 STATUS_OK);
	assert_int_equal(catalog_add(catalog, &facts, &id, NULL), STATUS_OK);
	assert_int_equal(sound_known(catalog, &file, &known), STATUS_OK);
	assert_false(known);
	assert_int_equal(sound_remember(catalog, &file, &sound, &fact, NULL),
			 STATUS_OK);
	assert_int_equal(sound_known(catalog, &file, &known), STATUS_OK);
	assert_true(known);
	assert_int_equal(sound_known(catalog, &changed, &known), STATUS_OK);
	assert_false(known);
	assert_int_equal(catalog_get(catalog, id, &track), STATUS_OK);
	assert_true(track.arousal == 0.5f && track.valence == 0);
	assert_true(track.confidence > 0);
	/* a file that no track has is remembered all the same */
	assert_int_equal(
		sound_remember(catalog,
			       &(struct sound_file){"/m/other.mp3", 1, 1},
			       &sound, &fact, NULL),
		STATUS_OK);
	catalog_close(catalog);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_beat_has_its_tempo),
		cmocka_unit_test(a_tone_has_its_pitch_and_level),
		cmocka_unit_test(fast_and_bright_is_aroused),
		cmocka_unit_test(no_sound_is_no_fact),
		cmocka_unit_test(many_are_measured_once_each),
		cmocka_unit_test(a_wish_to_stop_is_heard),
		cmocka_unit_test(files_are_known_as_they_were),
	};

	return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
