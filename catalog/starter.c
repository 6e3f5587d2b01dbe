/* SPDX-License-Identifier: GPL-3.0-or-later */
/* starter: a list of pieces as facts about tracks. */
#include "catalog/starter.h"

#include "catalog/folders.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADER "file\ttitle\tartist\tgenre\tseconds\tvalence\tarousal\ttags"

enum column {
	COLUMN_FILE,
	COLUMN_TITLE,
	COLUMN_ARTIST,
	COLUMN_GENRE,
	COLUMN_SECONDS,
	COLUMN_VALENCE,
	COLUMN_AROUSAL,
	COLUMN_TAGS
};
#define COLUMNS  8
#define MAX_TAGS 32

static const char *const column_names[COLUMNS] = {
	"file",    "title",   "artist",  "genre",
	"seconds", "valence", "arousal", "tags"};

struct list {
	struct catalog *catalog;
	const char *folder; /* absolute */
	char path[PATH_MAX];
	unsigned line;
	struct fault *fault;
};

static enum status wrong(const struct list *list, enum column column,
			 const char *what)
{
	fault_set(list->fault, STATUS_BAD_DATA, list->path, "%s: %s",
		  column_names[column], what);
	fault_at(list->fault, list->line, 0);
	return STATUS_BAD_DATA;
}

/* Cuts line at its tabs. false: more or fewer than COLUMNS. */
static bool split(char *line, char *fields[COLUMNS])
{
	int count = 0;

	while (line && count < COLUMNS)
		fields[count++] = strsep(&line, "\t");
	return count == COLUMNS && !line;
}

static enum status read_number(const struct list *list, char *const *fields,
			       enum column column, double least, double most,
			       double *out)
{
	char *end;

	*out = strtod(fields[column], &end);
	if (end == fields[column] || *end)
		return wrong(list, column, "this is no number");
	if (!(*out >= least && *out <= most))
		return wrong(list, column, "the number is out of its range");
	return STATUS_OK;
}

/* The commas become ends; tags points into text. */
static void split_tags(char *text, const char *tags[MAX_TAGS + 1])
{
	int count = 0;
	char *rest = NULL;

	for (char *tag = strtok_r(text, ",", &rest); tag && count < MAX_TAGS;
	     tag = strtok_r(NULL, ",", &rest))
		tags[count++] = tag;
	tags[count] = NULL;
}

static enum status find_file(const struct list *list, const char *name,
			     char path[PATH_MAX])
{
	if (!name[0] || strchr(name, '/'))
		return wrong(list, COLUMN_FILE, "this is no name of a file");
	if (snprintf(path, PATH_MAX, "%s/%s", list->folder, name) >= PATH_MAX)
		return wrong(list, COLUMN_FILE, "the name is too long");
	if (access(path, R_OK)) {
		enum status status =
			fault_set_errno(list->fault, errno, list->path, name);

		fault_at(list->fault, list->line, 0);
		return status;
	}
	return STATUS_OK;
}

static enum status add_line(const struct list *list, char *line)
{
	char *fields[COLUMNS], path[PATH_MAX];
	const char *tags[MAX_TAGS + 1];
	double seconds, valence, arousal;
	enum status status;

	if (!split(line, fields)) {
		fault_set(list->fault, STATUS_BAD_DATA, list->path,
			  "the line has not %d columns", COLUMNS);
		fault_at(list->fault, list->line, 0);
		return STATUS_BAD_DATA;
	}
	status = find_file(list, fields[COLUMN_FILE], path);
	if (!status)
		status = read_number(list, fields, COLUMN_SECONDS, 0, 86400,
				     &seconds);
	if (!status)
		status = read_number(list, fields, COLUMN_VALENCE, -1, 1,
				     &valence);
	if (!status)
		status = read_number(list, fields, COLUMN_AROUSAL, -1, 1,
				     &arousal);
	if (status)
		return status;
	split_tags(fields[COLUMN_TAGS], tags);
	status = catalog_add(list->catalog,
			     &(struct track_facts){
				     .artist = fields[COLUMN_ARTIST],
				     .title = fields[COLUMN_TITLE],
				     .uri = path,
				     .genre = fields[COLUMN_GENRE],
				     .tags = tags,
				     .length_s = seconds,
				     .source = "starter",
				     .has_mood = true,
				     .valence = (float)valence,
				     .arousal = (float)arousal,
				     .confidence = 1,
				     .provenance = "composer",
			     },
			     NULL, list->fault);
	if (status == STATUS_BAD_ARGUMENT) {
		char what[sizeof(list->fault->detail)] = "the track is refused";

		if (list->fault)
			memcpy(what, list->fault->detail, sizeof(what));
		return wrong(list, COLUMN_TITLE, what);
	}
	return status;
}

static enum status add_lines(struct list *list, FILE *file, int *added)
{
	char *line = NULL;
	size_t size = 0;
	enum status status = STATUS_OK;

	while (!status && getline(&line, &size, file) >= 0) {
		line[strcspn(line, "\r\n")] = '\0';
		list->line++;
		if (list->line == 1 && strcmp(line, HEADER) != 0)
			status = wrong(list, COLUMN_FILE,
				       "the first line does not name the "
				       "columns of a starter list");
		if (list->line == 1 || !line[0])
			continue;
		status = add_line(list, line);
		*added += !status;
	}
	if (!status && ferror(file))
		status = fault_set_errno(list->fault, errno, list->path,
					 "reading it");
	if (!status && !list->line)
		status = fault_set(list->fault, STATUS_BAD_DATA, list->path,
				   "the list is empty");
	free(line);
	return status;
}

enum status starter_add(struct catalog *catalog, const char *folder, int *added,
			struct fault *fault)
{
	char *absolute = realpath(folder, NULL);
	struct list list = {.catalog = catalog, .fault = fault};
	FILE *file = NULL;
	enum status status = STATUS_OK;

	*added = 0;
	list.folder = absolute;
	snprintf(list.path, sizeof(list.path), "%s/starter.tsv",
		 absolute ? absolute : folder);
	if (absolute)
		file = fopen(list.path, "re");
	if (!file) {
		status = fault_set_errno(fault, errno, list.path,
					 "reading the starter music");
		fault_hint(fault, "make data builds it");
	}
	if (!status)
		status = catalog_begin(catalog, fault);
	if (!status) {
		status = add_lines(&list, file, added);
		if (!status)
			status = folders_add(catalog, absolute, fault);
		if (status)
			catalog_rollback(catalog);
		else
			status = catalog_commit(catalog, fault);
	}
	if (status)
		*added = 0;
	if (file)
		fclose(file);
	free(absolute);
	return status;
}
