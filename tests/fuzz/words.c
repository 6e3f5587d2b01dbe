/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words: settings, networks, lyrics, typed feelings, and text for a terminal.
 */
#include "base/config.h"
#include "base/text.h"
#include "catalog/feeling.h"
#include "etl/lyrics.h"
#include "etl/verse.h"
#include "model/netcfg.h"
#include "model/weights.h"
#include "tests/fuzz/targets.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- settings -------------------------------------------------------------
 */

static void must_say(const struct fault *fault, enum status st)
{
	char sentence[1024];

	FUZZ_MUST(fault->status == st && fault->detail[0]);
	fault_sentence(fault, sentence, sizeof(sentence));
	fuzz_must_be_clean(sentence);
}

void fuzz_config(const uint8_t *bytes, size_t size)
{
	static int fd = -1;
	static struct config config;
	struct fault fault = {0};
	char path[32], value[2048];
	const char *name;
	enum status st;

	if (fd < 0)
		fd = memfd_create("config", MFD_CLOEXEC);
	FUZZ_MUST(fd >= 0 && !ftruncate(fd, 0) &&
		  pwrite(fd, bytes, size, 0) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	config_defaults(&config);
	st = config_read(&config, path, &fault);
	if (st) {
		must_say(&fault, st);
		return;
	}
	FUZZ_MUST(config.binding_count >= 0 &&
		  config.binding_count <= CONFIG_BINDINGS_MAX);
	for (int i = 0; config_setting(&config, i, &name, value, sizeof(value));
	     i++)
		fuzz_must_be_clean(value);
}

/* ---- networks: the description, a NUL, and the weights --------------------
 */

static void check_weights(struct netcfg *cfg, const char *bytes, size_t size)
{
	struct fault fault = {0};
	enum status st = weights_check(cfg, bytes, size, "x", &fault);
	size_t folded = 0;
	void *out;

	if (st) {
		must_say(&fault, st);
		return;
	}
	out = weights_fold(cfg, bytes, &folded);
	FUZZ_MUST(!out || folded == weights_size(cfg));
	free(out);
}

void fuzz_network(const uint8_t *bytes, size_t size)
{
	static struct netcfg cfg, again;
	static char written[NETCFG_TEXT_SIZE];
	const uint8_t *nul = size ? memchr(bytes, '\0', size) : NULL;
	size_t length = nul ? (size_t)(nul - bytes) : size;
	char *text = fuzz_text(bytes, length);
	struct fault fault = {0};
	enum status st = netcfg_parse(&cfg, text, length, "x", &fault);

	if (st) {
		must_say(&fault, st);
	} else {
		size_t n = netcfg_write(&cfg, written, sizeof(written));

		/* what is written is read as the same */
		FUZZ_MUST(n > 0 && n < sizeof(written));
		FUZZ_MUST(!netcfg_parse(&again, written, n, "y", &fault));
		FUZZ_MUST(again.count == cfg.count &&
			  weights_size(&again) == weights_size(&cfg));
		if (nul) {
			/* as a file is read: at the beginning of memory */
			char *weights = fuzz_text(nul + 1, size - length - 1);

			check_weights(&cfg, weights, size - length - 1);
			free(weights);
		}
	}
	free(text);
}

/* ---- lyrics ---------------------------------------------------------------
 */

static void must_be_lines(char *text)
{
	for (char *line, *rest = text; (line = strsep(&rest, "\n"));)
		fuzz_must_be_clean(line);
}

/* Of a file beside the music: with LRC's stamps, or without. */
void fuzz_lyrics(const uint8_t *bytes, size_t size)
{
	struct lyrics lyrics;
	struct mood_fact fact;
	char *text = fuzz_text(bytes, size), *lines;

	for (int stamped = 0; stamped < 2; stamped++) {
		lines = verse_lines(text, stamped);
		FUZZ_MUST(lines && strlen(lines) <= VERSE_BYTES);
		must_be_lines(lines);
		free(lines);
	}
	FUZZ_MUST(verse_end(text) >= 0);
	lyrics_read(text, size, NULL, size & 1, &lyrics);
	FUZZ_MUST(lyrics.mean >= -1 && lyrics.mean <= 1);
	FUZZ_MUST(lyrics.confidence >= 0 && lyrics.confidence <= 1);
	FUZZ_MUST(lyrics.positive >= 0 && lyrics.negative >= 0 &&
		  lyrics.positive + lyrics.negative <= 1.0001);
	if (lyrics_mood(&lyrics, &fact))
		FUZZ_MUST(fabsf(fact.valence) <= 1);
	free(text);
}

/* ---- what is typed --------------------------------------------------------
 */

void fuzz_feeling(const uint8_t *bytes, size_t size)
{
	char *text = fuzz_text(bytes, size);
	struct feeling feeling;
	double sum = 0;

	feeling_read(text, &feeling);
	for (int i = 0; i < EMOTION_COUNT; i++) {
		FUZZ_MUST(feeling.emotions[i] >= 0);
		sum += (double)feeling.emotions[i];
	}
	FUZZ_MUST(fabs(sum - 1) < 0.001);
	FUZZ_MUST(fabs(feeling.compound) <= 1);
	FUZZ_MUST(fabsf(feeling.mood.valence) <= 1 &&
		  fabsf(feeling.mood.arousal) <= 1);
	FUZZ_MUST(!(feeling.understood && feeling.foreign));
	fuzz_must_be_clean(feeling.words);
	free(text);
}

/* ---- text for a terminal --------------------------------------------------
 */

/* No control, escape, override or invisible sign in what is shown. */
static void must_be_harmless(const char *text)
{
	for (uint32_t c; (c = text_next(&text, NULL));) {
		FUZZ_MUST(c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0));
		FUZZ_MUST(!(c >= 0x202a && c <= 0x202e) &&
			  !(c >= 0x2066 && c <= 0x2069));
		FUZZ_MUST(c != 0x2028 && c != 0x2029 && c != 0xfeff);
		FUZZ_MUST(!(c >= 0xe0000 && c <= 0xe007f));
		FUZZ_MUST(!(c >= 0xd800 && c < 0xe000) && c < 0x110000);
	}
}

/* The first byte says in how much room. */
void fuzz_text_clean(const uint8_t *bytes, size_t size)
{
	size_t room = size ? 1 + 4 * (size_t)bytes[0] : 1;
	const char *src = size ? (const char *)bytes + 1 : "";
	char *dst = malloc(room), fitted[256], key[256];

	FUZZ_MUST(dst);
	text_clean_n(dst, room, src, size ? size - 1 : 0);
	FUZZ_MUST(strlen(dst) < room);
	fuzz_must_be_clean(dst);
	must_be_harmless(dst);
	for (int columns = 0; columns < 40; columns += 13) {
		text_fit(fitted, sizeof(fitted), dst, columns, size & 1);
		FUZZ_MUST(text_width(fitted) <= columns);
	}
	FUZZ_MUST(text_key(key, sizeof(key), dst) < sizeof(key));
	free(dst);
}
