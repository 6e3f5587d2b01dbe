/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/samples.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder(void)
{
	static char path[512];
	const char *root = getenv("MIEN_ROOT");

	snprintf(path, sizeof(path), "%s/tests/data/samples",
		 root ? root : ".");
	return path;
}

struct http_answer samples_make(int status, const char *type, const char *body,
				size_t length)
{
	struct http_answer answer = {.status = status, .length = length};

	snprintf(answer.content_type, sizeof(answer.content_type), "%s", type);
	answer.body = malloc(length + 1);
	if (!answer.body)
		abort();
	memcpy(answer.body, body, length);
	answer.body[length] = '\0';
	return answer;
}

struct http_answer samples_json(const char *body)
{
	return samples_make(200, "application/json; charset=utf-8", body,
			    strlen(body));
}

struct http_answer samples_load(const char *name)
{
	static char body[65536];
	char path[1024];
	FILE *file;
	size_t length;

	snprintf(path, sizeof(path), "%s/%s", folder(), name);
	file = fopen(path, "rb");
	if (!file) {
		fprintf(stderr, "no sample %s\n", path);
		abort();
	}
	length = fread(body, 1, sizeof(body), file);
	fclose(file);
	return samples_make(200,
			    strstr(name, ".html") ? "text/html; charset=utf-8"
						  : "application/json",
			    body, length);
}

void samples_drop(struct http_answer *answer)
{
	free(answer->body);
	*answer = (struct http_answer){.status = 0};
}

const char *const *samples_names(void)
{
	static const char *names[128];
	struct dirent **entries;
	int count, used = 0;

	if (names[0])
		return names;
	count = scandir(folder(), &entries, NULL, alphasort);
	for (int i = 0; i < count && used < 127; i++) {
		if (entries[i]->d_name[0] != '.')
			names[used++] = strdup(entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return names;
}
