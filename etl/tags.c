/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tags: TagLib's C binding. One thread. */
#include "etl/tags.h"

#include "base/text.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <taglib/tag_c.h>
#include <unistd.h>

static const char *const endings[] = {
	"mp3", "flac", "ogg", "oga", "opus", "m4a", "m4b", "mp4", "aac",
	"wav", "aiff", "aif", "wma", "ape",  "wv",  "mpc", "tta", "spx",
};

bool tags_is_music(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');

	for (size_t i = 0; dot && i < sizeof(endings) / sizeof(*endings); i++)
		if (!strcasecmp(dot + 1, endings[i]))
			return true;
	return false;
}

static void take(char *dst, size_t size, char *text)
{
	if (!text)
		return;
	song_text(dst, size, text);
	taglib_free(text);
}

static enum status check_file(const char *path, struct fault *fault)
{
	struct stat info;

	if (stat(path, &info))
		return fault_set_errno(fault, errno, path, "reading it");
	/* TagLib would wait at a FIFO */
	if (!S_ISREG(info.st_mode))
		return fault_set(fault, STATUS_BAD_DATA, path, "is no file");
	if (access(path, R_OK))
		return fault_set_errno(fault, errno, path, "reading it");
	if (!info.st_size)
		return fault_set(fault, STATUS_BAD_DATA, path, "is empty");
	return STATUS_OK;
}

static enum status take_all(TagLib_File *file, struct song *song)
{
	const TagLib_AudioProperties *sound = taglib_file_audioproperties(file);
	TagLib_Tag *tag = taglib_file_tag(file);

	/* TagLib finds a file "valid" by its name; sound has a rate */
	if (!sound || taglib_audioproperties_samplerate(sound) <= 0)
		return STATUS_BAD_DATA;
	song->length_s = taglib_audioproperties_length(sound);
	if (song->length_s < 0)
		song->length_s = 0;
	if (!tag)
		return STATUS_OK;
	take(song->artist, sizeof(song->artist), taglib_tag_artist(tag));
	take(song->title, sizeof(song->title), taglib_tag_title(tag));
	take(song->album, sizeof(song->album), taglib_tag_album(tag));
	take(song->genre, sizeof(song->genre), taglib_tag_genre(tag));
	return STATUS_OK;
}

enum status tags_read(const char *path, struct song *song, struct fault *fault)
{
	enum status st = check_file(path, fault);
	TagLib_File *file;

	if (st)
		return st;
	if (strlen(path) >= sizeof(song->uri))
		return fault_set(fault, STATUS_BAD_DATA, path,
				 "has a path of over 1023 bytes");
	text_copy(song->uri, sizeof(song->uri), path);
	taglib_set_string_management_enabled(0);
	file = taglib_file_new(path);
	st = file && taglib_file_is_valid(file) ? take_all(file, song)
						: STATUS_BAD_DATA;
	if (file)
		taglib_file_free(file);
	if (st)
		fault_set(fault, st, path, "holds no music that can be read");
	return st;
}
