/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keyfile: one file, line by line, wiped behind. */
#include "base/keyfile.h"

#include "base/paths.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

bool keyfile_is_key(const char *text)
{
	for (const char *c = text; *c; c++)
		if (!isgraph((unsigned char)*c))
			return false;
	return strlen(text) < KEYFILE_KEY_SIZE;
}

static bool take_line(char *line,
		      bool (*each)(const char *name, const char *key,
				   void *user),
		      void *user)
{
	char *end = line + strlen(line), *key;

	while (end > line && isspace((unsigned char)end[-1]))
		*--end = '\0';
	line += strspn(line, " \t");
	if (!*line || *line == '#')
		return true;
	key = strchr(line, '=');
	if (!key)
		return false;
	*key++ = '\0';
	return keyfile_is_key(key) && each(line, key, user);
}

static enum status read_lines(FILE *file, const char *path,
			      bool (*each)(const char *name, const char *key,
					   void *user),
			      void *user, struct fault *fault)
{
	char line[KEYFILE_KEY_SIZE + 128];
	struct stat info;
	unsigned number = 0;
	bool good = true;

	if (fstat(fileno(file), &info) || !S_ISREG(info.st_mode) ||
	    (info.st_mode & 077)) {
		fault_set(fault, STATUS_DENIED, path,
			  "others may read the keys in it");
		fault_hint(fault, "chmod 600 makes it yours alone");
		return STATUS_DENIED;
	}
	while (good && fgets(line, sizeof(line), file)) {
		number++;
		good = take_line(line, each, user);
	}
	explicit_bzero(line, sizeof(line));
	if (good)
		return STATUS_OK;
	fault_set(fault, STATUS_BAD_DATA, path, "this is no line NAME=KEY");
	fault_at(fault, number, 0);
	fault_hint(fault, "mien-etl sources lists the names");
	return STATUS_BAD_DATA;
}

enum status keyfile_read(bool (*each)(const char *name, const char *key,
				      void *user),
			 void *user, struct fault *fault)
{
	char path[PATH_MAX];
	FILE *file = NULL;
	enum status status;

	if (!paths_user(PATHS_CONFIG, "secrets", path, sizeof(path)))
		file = fopen(path, "re");
	if (!file)
		return STATUS_OK;
	/* no buffer that would keep what was read */
	setvbuf(file, NULL, _IONBF, 0);
	status = read_lines(file, path, each, user, fault);
	fclose(file);
	return status;
}
