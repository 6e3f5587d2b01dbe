/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fer: two CSV files without quoted commas, read side by side. */
#include "bench/fer.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIXELS      (EMOTION_NET_SIDE * EMOTION_NET_SIDE)
#define MAX_COLUMNS 16
#define VOTES       10

/* An open file and the line that was read last, cut into cells. */
struct table {
	FILE *file;
	const char *path;
	char *line;
	size_t size;
	unsigned number;
	char *cells[MAX_COLUMNS];
	int count;
};

struct fer {
	struct table faces, votes;
	int emotion, pixels, usage; /* their columns */
	int usage_of_votes, first_vote;
};

static enum status refuse(const struct table *t, struct fault *fault,
			  const char *what)
{
	fault_set(fault, STATUS_BAD_DATA, t->path, "%s", what);
	fault_at(fault, t->number, 0);
	return STATUS_BAD_DATA;
}

/* Cuts blanks, a carriage return and quotes around a cell. */
static char *trim(char *cell)
{
	size_t n;

	cell += strspn(cell, " \"");
	n = strlen(cell);
	while (n && strchr(" \"\r\n", cell[n - 1]))
		cell[--n] = '\0';
	return cell;
}

static enum status next_line(struct table *t, struct fault *fault)
{
	char *rest;

	errno = 0;
	if (getline(&t->line, &t->size, t->file) < 0) {
		if (ferror(t->file) || errno == ENOMEM)
			return fault_set_errno(fault, errno ? errno : EIO,
					       t->path, "cannot be read");
		return STATUS_END;
	}
	t->number++;
	t->count = 0;
	rest = t->line;
	while (rest && t->count < MAX_COLUMNS)
		t->cells[t->count++] = trim(strsep(&rest, ","));
	return STATUS_OK;
}

static enum status open_table(struct table *t, const char *path,
			      struct fault *fault)
{
	enum status st;

	t->path = path;
	t->file = fopen(path, "re");
	if (!t->file)
		return fault_set_errno(fault, errno, path, "cannot be opened");
	st = next_line(t, fault);
	return st == STATUS_END ? refuse(t, fault, "is empty") : st;
}

static int column(const struct table *t, const char *name)
{
	for (int i = 0; i < t->count; i++)
		if (!strcasecmp(t->cells[i], name))
			return i;
	return -1;
}

static enum status open_votes(struct fer *fer, const char *path,
			      struct fault *fault)
{
	enum status st = open_table(&fer->votes, path, fault);

	if (st)
		return st;
	fer->usage_of_votes = column(&fer->votes, "Usage");
	fer->first_vote = column(&fer->votes, "neutral");
	if (fer->usage_of_votes < 0 || fer->first_vote < 0 ||
	    column(&fer->votes, "NF") != fer->first_vote + VOTES - 1) {
		refuse(&fer->votes, fault,
		       "has not the columns Usage and neutral to NF");
		fault_hint(fault, "give FER+'s fer2013new.csv");
		return STATUS_BAD_DATA;
	}
	return STATUS_OK;
}

static enum status open_faces(struct fer *fer, const char *path,
			      struct fault *fault)
{
	enum status st = open_table(&fer->faces, path, fault);

	if (st)
		return st;
	fer->emotion = column(&fer->faces, "emotion");
	fer->pixels = column(&fer->faces, "pixels");
	fer->usage = column(&fer->faces, "Usage");
	if (fer->emotion < 0 || fer->pixels < 0 || fer->usage < 0) {
		refuse(&fer->faces, fault,
		       "has not the columns emotion, pixels and Usage");
		fault_hint(fault, "give Kaggle's fer2013.csv");
		return STATUS_BAD_DATA;
	}
	return STATUS_OK;
}

enum status fer_open(struct fer **out, const char *path, const char *ferplus,
		     struct fault *fault)
{
	struct fer *fer = calloc(1, sizeof(*fer));
	enum status st;

	if (!fer)
		return fault_set(fault, STATUS_NO_MEMORY, path,
				 "not enough memory");
	st = open_faces(fer, path, fault);
	if (!st && ferplus)
		st = open_votes(fer, ferplus, fault);
	if (st) {
		fer_close(fer);
		return st;
	}
	*out = fer;
	return STATUS_OK;
}

void fer_close(struct fer *fer)
{
	if (!fer)
		return;
	if (fer->faces.file)
		fclose(fer->faces.file);
	if (fer->votes.file)
		fclose(fer->votes.file);
	free(fer->faces.line);
	free(fer->votes.line);
	free(fer);
}

/* A whole number from 0 to most at *at, which moves behind it; or -1. */
static int number(char **at, int most)
{
	char *end;
	long n = strtol(*at, &end, 10);

	if (end == *at || n < 0 || n > most)
		return -1;
	*at = end;
	return (int)n;
}

static bool read_pixels(char *cell, uint8_t *out)
{
	for (int i = 0; i < PIXELS; i++) {
		int n = number(&cell, 255);

		if (n < 0)
			return false;
		out[i] = (uint8_t)n;
	}
	return !cell[strspn(cell, " ")];
}

int fer_majority(const int votes[VOTES])
{
	int sum = 0, best = 0;

	for (int i = 0; i < VOTES; i++)
		sum += votes[i] > 1 ? votes[i] : 0;
	for (int i = 1; i < VOTES; i++)
		if (votes[i] > votes[best])
			best = i;
	if (best >= CROWD_COUNT || votes[best] < 2 || 2 * votes[best] <= sum)
		return -1;
	return best;
}

static enum status read_votes(struct fer *fer, struct fer_row *row,
			      struct fault *fault)
{
	struct table *t = &fer->votes;
	int votes[VOTES];
	enum status st = next_line(t, fault);

	if (st == STATUS_END)
		return refuse(t, fault, "ends before the table of pictures");
	if (st)
		return st;
	if (t->count < fer->first_vote + VOTES ||
	    strcmp(t->cells[fer->usage_of_votes], row->usage) != 0) {
		refuse(t, fault, "is not row by row beside the pictures");
		fault_hint(fault, "both tables must have all rows in the "
				  "original order");
		return STATUS_BAD_DATA;
	}
	for (int i = 0; i < VOTES; i++) {
		char *cell = t->cells[fer->first_vote + i];

		votes[i] = *cell ? number(&cell, 100) : 0;
		if (votes[i] < 0 || *cell)
			return refuse(t, fault, "has a vote that is no count");
	}
	row->majority = fer_majority(votes);
	return STATUS_OK;
}

enum status fer_next(struct fer *fer, struct fer_row *row, struct fault *fault)
{
	struct table *t = &fer->faces;
	enum status st = next_line(t, fault);
	char *cell;
	int label;

	if (st)
		return st;
	if (t->count <= fer->emotion || t->count <= fer->pixels ||
	    t->count <= fer->usage)
		return refuse(t, fault, "has too few cells");
	cell = t->cells[fer->emotion];
	label = number(&cell, EMOTION_COUNT - 1);
	if (label < 0 || *cell)
		return refuse(t, fault, "an emotion is a number from 0 to 6");
	if (!read_pixels(t->cells[fer->pixels], row->pixels))
		return refuse(t, fault,
			      "a picture is 2304 numbers from 0 to 255");
	row->label = (enum emotion)label;
	row->majority = -1;
	text_clean(row->usage, sizeof(row->usage), t->cells[fer->usage]);
	return fer->votes.file ? read_votes(fer, row, fault) : STATUS_OK;
}
