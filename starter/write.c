/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * write: libopusenc behind two functions. A tag holds the digest of the score
 * and the version of this program's sound, so that a later run can tell what
 * it need not make again.
 */
#include "starter/write.h"

#include <errno.h>
#include <inttypes.h>
#include <opus/opusenc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BITRATE 96000
/* Raised whenever rendering or mastering change what is heard. */
#define SOUND_VERSION 4
/* The tags stand in the second page, well within this. */
#define HEAD_BYTES 4096
/* Of Ogg (RFC 3533): a page at most, its header, and the last page's flag. */
#define PAGE_BYTES   65307
#define PAGE_HEAD    27
#define PAGE_IS_LAST 4

static int put(void *file, const unsigned char *data, opus_int32 length)
{
	return fwrite(data, 1, (size_t)length, file) != (size_t)length;
}

static int put_nothing(void *file)
{
	(void)file;
	return 0;
}

static void stamp(char *out, size_t size, uint64_t digest)
{
	snprintf(out, size, "%d-%016" PRIx64, SOUND_VERSION, digest);
}

static OggOpusComments *comments_new(const struct write_tags *tags)
{
	OggOpusComments *comments = ope_comments_create();
	char made[32];

	if (!comments)
		return NULL;
	stamp(made, sizeof(made), tags->digest);
	if (ope_comments_add(comments, "TITLE", tags->title) ||
	    ope_comments_add(comments, "ARTIST", tags->artist) ||
	    ope_comments_add(comments, "ALBUM", "mien starter") ||
	    ope_comments_add(comments, "GENRE", tags->genre) ||
	    ope_comments_add(comments, "LICENSE", "CC0-1.0") ||
	    ope_comments_add(comments, "MIEN_SCORE", made)) {
		ope_comments_destroy(comments);
		return NULL;
	}
	return comments;
}

static int encode(FILE *file, const struct render_pcm *pcm,
		  OggOpusComments *comments, uint64_t digest)
{
	const OpusEncCallbacks callbacks = {put, put_nothing};
	int error = OPE_OK;
	OggOpusEnc *encoder = ope_encoder_create_callbacks(
		&callbacks, file, comments, RENDER_RATE, 2, 0, &error);

	if (!encoder)
		return error;
	/* a serial number of its own would differ from run to run */
	error = ope_encoder_ctl(
		encoder, OPE_SET_SERIALNO((opus_int32)(digest & 0x7fffffff)));
	if (!error)
		error = ope_encoder_ctl(encoder, OPUS_SET_BITRATE(BITRATE));
	if (!error)
		error = ope_encoder_write_float(encoder, pcm->sample,
						(int)pcm->frames);
	if (!error)
		error = ope_encoder_drain(encoder);
	ope_encoder_destroy(encoder);
	return error;
}

enum status write_opus(const char *path, const struct render_pcm *pcm,
		       const struct write_tags *tags, struct fault *fault)
{
	char part[1024];
	OggOpusComments *comments = comments_new(tags);
	FILE *file;
	int error, bad;

	if (!comments)
		return fault_set(fault, STATUS_NO_MEMORY, path,
				 "no memory for its tags");
	if (snprintf(part, sizeof(part), "%s.part", path) >=
	    (int)sizeof(part)) {
		ope_comments_destroy(comments);
		return fault_set(fault, STATUS_BAD_ARGUMENT, path,
				 "the name is too long");
	}
	file = fopen(part, "wb");
	if (!file) {
		error = errno;
		ope_comments_destroy(comments);
		return fault_set_errno(fault, error, part, "creating it");
	}
	error = encode(file, pcm, comments, tags->digest);
	ope_comments_destroy(comments);
	errno = 0;
	bad = fclose(file) != 0 || (!error && rename(part, path) != 0);
	if (error || bad) {
		int number = errno;

		unlink(part);
		if (error)
			return fault_set(fault, STATUS_FAILED, path,
					 "the Opus encoder failed: %s",
					 ope_strerror(error));
		return fault_set_errno(fault, number, path, "writing it");
	}
	return STATUS_OK;
}

/* Whether the stream in file comes to its end: its last page says so. */
static bool is_whole(FILE *file)
{
	unsigned char tail[PAGE_BYTES];
	size_t got;

	if (fseek(file, 0, SEEK_END) != 0)
		return false;
	if (fseek(file, -(long)sizeof(tail), SEEK_END) != 0)
		rewind(file);
	got = fread(tail, 1, sizeof(tail), file);
	for (size_t i = got >= PAGE_HEAD ? got - PAGE_HEAD : 0; i > 0; i--)
		if (memcmp(tail + i, "OggS", 4) == 0)
			return tail[i + 5] & PAGE_IS_LAST;
	return false;
}

bool write_is_current(const char *path, uint64_t digest)
{
	char head[HEAD_BYTES], made[48];
	bool current;
	size_t got;
	FILE *file = fopen(path, "rb");

	if (!file)
		return false;
	got = fread(head, 1, sizeof(head), file);
	/* stamp ends it: NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
	memcpy(made, "MIEN_SCORE=", 11);
	stamp(made + 11, sizeof(made) - 11, digest);
	current = memmem(head, got, made, strlen(made)) && is_whole(file);
	fclose(file);
	return current;
}
