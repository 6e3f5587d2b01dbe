/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sound: the tune that is played in the machine, and the ear that hears it at
 * the other end of the sound card's loop (snd-aloop).
 *
 *   sound tune FILE.wav RATE SECONDS
 *                            writes the tune: three notes, again and again
 *   sound hear PCM SECONDS   records, prints what was heard, and fails unless
 *                            it is the tune: loud enough, its notes in order
 */
#include <alsa/asoundlib.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE   48000
#define WINDOW (RATE / 10) /* what is listened to at once */
#define LOUD   0.01        /* of full scale, as root mean square */
#define PURE   0.7         /* of a window's energy is the one note's */

static const double notes[] = {440, 660, 880};

#define NOTES ((int)(sizeof(notes) / sizeof(*notes)))

/* ---- the tune ------------------------------------------------------------ */

/* Half a second of each. */
static int16_t sample_of(int i, int rate)
{
	double hz = notes[i / (rate / 2) % NOTES];

	return (int16_t)(16000 * sin(2 * M_PI * hz * i / rate));
}

static int write_tune(const char *path, int rate, int seconds)
{
	uint32_t size = (uint32_t)(rate * seconds) * sizeof(int16_t);
	struct {
		char riff[4];
		uint32_t all;
		char wave_fmt[8];
		uint32_t fmt_size;
		uint16_t pcm, channels;
		uint32_t rate, bytes_a_second;
		uint16_t bytes_a_sample, bits;
		char data[4];
		uint32_t size;
	} head = {{'R', 'I', 'F', 'F'},
		  size + 36,
		  {'W', 'A', 'V', 'E', 'f', 'm', 't', ' '},
		  16,
		  1,
		  1,
		  (uint32_t)rate,
		  (uint32_t)rate * 2,
		  2,
		  16,
		  {'d', 'a', 't', 'a'},
		  size};
	FILE *file = fopen(path, "wb");
	bool good = file && fwrite(&head, sizeof(head), 1, file) == 1;

	for (int i = 0; good && i < rate * seconds; i++) {
		int16_t sample = sample_of(i, rate);

		good = fwrite(&sample, sizeof(sample), 1, file) == 1;
	}
	if (file && fclose(file))
		good = false;
	if (!good)
		fprintf(stderr, "sound: %s cannot be written\n", path);
	return !good;
}

/* ---- the ear ------------------------------------------------------------- */

/* How much of the energy is at hz (Goertzel's algorithm): 0 to 1. */
static double share_of(const float *at, double hz, double energy)
{
	double turn = 2 * cos(2 * M_PI * hz / RATE), a = 0, b = 0;

	for (int i = 0; i < WINDOW; i++) {
		double next = at[i] + turn * a - b;

		b = a;
		a = next;
	}
	return (a * a + b * b - turn * a * b) / (energy * WINDOW / 2);
}

/* The note that a window holds; -1: none of the three, or silence. */
static int note_in(const float *at)
{
	double energy = 0;

	for (int i = 0; i < WINDOW; i++)
		energy += (double)at[i] * at[i];
	if (sqrt(energy / WINDOW) < LOUD)
		return -1;
	for (int i = 0; i < NOTES; i++)
		if (share_of(at, notes[i], energy) > PURE)
			return i;
	return -1;
}

/* Steps from a note to the one that follows it in the tune, and others. */
static int judge(const float *heard, int count)
{
	int sounding = 0, windows = count / WINDOW, right = 0, wrong = 0;
	double energy = 0;
	bool tune;

	for (int i = 0, last = -1; i < windows; i++) {
		int note = note_in(heard + i * WINDOW);

		sounding += note >= 0;
		if (note >= 0 && last >= 0 && note != last) {
			right += note == (last + 1) % NOTES;
			wrong += note != (last + 1) % NOTES;
		}
		if (note >= 0)
			last = note;
	}
	for (int i = 0; i < count; i++)
		energy += (double)heard[i] * heard[i];
	tune = sounding * 2 > windows && right >= 3 && wrong * 4 <= right;
	printf("heard %.1f s, rms %.3f, %d of %d tenths hold a note, %d steps "
	       "in the order of the tune, %d not: it %s the tune\n",
	       (double)count / RATE, sqrt(energy / (count ? count : 1)),
	       sounding, windows, right, wrong, tune ? "is" : "is not");
	return !tune;
}

static int hear(const char *name, int seconds)
{
	int wanted = RATE * seconds, count = 0;
	float *heard = calloc((size_t)wanted, sizeof(*heard));
	snd_pcm_t *pcm;
	int error = snd_pcm_open(&pcm, name, SND_PCM_STREAM_CAPTURE, 0);

	if (!error)
		error = snd_pcm_set_params(pcm, SND_PCM_FORMAT_FLOAT_LE,
					   SND_PCM_ACCESS_RW_INTERLEAVED, 1,
					   RATE, 1, 500000);
	while (heard && !error && count < wanted) {
		snd_pcm_sframes_t got =
			snd_pcm_readi(pcm, heard + count,
				      (snd_pcm_uframes_t)(wanted - count));

		if (got < 0)
			got = snd_pcm_recover(pcm, (int)got, 1);
		if (got < 0)
			error = (int)got;
		else
			count += (int)got;
	}
	if (error) {
		printf("%s: %s\n", name, snd_strerror(error));
		return 1;
	}
	return judge(heard, count);
}

int main(int argc, char **argv)
{
	if (argc == 5 && !strcmp(argv[1], "tune"))
		return write_tune(argv[2], atoi(argv[3]), atoi(argv[4]));
	if (argc == 4 && !strcmp(argv[1], "hear"))
		return hear(argv[2], atoi(argv[3]));
	fputs("usage: sound tune FILE.wav RATE SECONDS | sound hear PCM "
	      "SECONDS\n",
	      stderr);
	return 64;
}
