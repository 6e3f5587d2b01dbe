/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load: files into memory, and UTF-16 into UTF-8. */
#include "etl/load.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum status convert(char **text, size_t *length, const char *from,
			   const char *name, struct fault *fault)
{
	/* a UTF-16 unit of two bytes takes at most three in UTF-8 */
	size_t in_left = *length - 2, room = in_left / 2 * 3 + 1;
	char *in = *text + 2, *out = malloc(room), *end = out;
	iconv_t how = iconv_open("UTF-8", from);
	size_t left = room - 1;
	bool good = out && how != (iconv_t)-1 &&
		    iconv(how, &in, &in_left, &end, &left) != (size_t)-1;

	if (how != (iconv_t)-1)
		iconv_close(how);
	if (!good) {
		enum status st = out ? STATUS_BAD_DATA : STATUS_NO_MEMORY;

		free(out);
		return fault_set(fault, st, name,
				 out ? "begins as UTF-16 and is none"
				     : "no memory for it");
	}
	*end = '\0';
	free(*text);
	*text = out;
	*length = (size_t)(end - out);
	return STATUS_OK;
}

enum status load_decode(char **text, size_t *length, const char *name,
			struct fault *fault)
{
	char *s = *text;

	if (*length >= 3 && !memcmp(s, "\xef\xbb\xbf", 3)) {
		*length -= 3;
		memmove(s, s + 3, *length + 1);
	} else if (*length >= 2 && !memcmp(s, "\xff\xfe", 2)) {
		return convert(text, length, "UTF-16LE", name, fault);
	} else if (*length >= 2 && !memcmp(s, "\xfe\xff", 2)) {
		return convert(text, length, "UTF-16BE", name, fault);
	}
	return STATUS_OK;
}

static enum status read_all(FILE *file, const char *path, char **out,
			    size_t *length, struct fault *fault)
{
	struct stat info;
	char *text;

	if (fstat(fileno(file), &info))
		return fault_set_errno(fault, errno, path, "reading it");
	if (!S_ISREG(info.st_mode))
		return fault_set(fault, STATUS_BAD_DATA, path, "is no file");
	if (info.st_size > LOAD_MAX)
		return fault_set(fault, STATUS_BAD_DATA, path,
				 "is larger than 64 MiB");
	text = malloc((size_t)info.st_size + 1);
	if (!text)
		return fault_set(fault, STATUS_NO_MEMORY, path,
				 "no memory for it");
	*length = fread(text, 1, (size_t)info.st_size, file);
	text[*length] = '\0';
	if (ferror(file)) {
		free(text);
		return fault_set_errno(fault, errno, path, "reading it");
	}
	*out = text;
	return STATUS_OK;
}

enum status load_text(const char *path, char **out, size_t *length,
		      struct fault *fault)
{
	struct stat info;
	char *text = NULL;
	FILE *file = NULL;
	enum status st;

	/* before opening: a FIFO would wait for a writer */
	if (!stat(path, &info) && !S_ISREG(info.st_mode))
		return fault_set(fault, STATUS_BAD_DATA, path, "is no file");
	file = fopen(path, "re");
	if (!file)
		return fault_set_errno(fault, errno, path, "opening it");
	st = read_all(file, path, &text, length, fault);
	fclose(file);
	if (!st)
		st = load_decode(&text, length, path, fault);
	if (st) {
		free(text);
		return st;
	}
	*out = text;
	return STATUS_OK;
}
