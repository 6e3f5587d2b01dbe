/* SPDX-License-Identifier: GPL-3.0-or-later */
/* corrections: the file, checked number by number, and replaced whole. */
#include "tui/corrections.h"

#include "base/parse_json.h"
#include "base/paths.h"
#include "base/text.h"
#include "model/check.h"
#include "tui/places.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FORMAT "mien personal 1"

/* PERSONAL_MAX of them take some 100 kB. */
#define MAX_BYTES   ((size_t)1 << 20)
#define MAX_WEIGHTS ((size_t)64 << 20)

/* ---- reading ------------------------------------------------------------ */

/* A head's answer: probabilities that sum to one, rounded. */
static bool read_head(const json_t *array, float *out, size_t count)
{
	double sum = 0;

	if (json_array_size(array) != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const json_t *p = json_array_get(array, i);
		double value = json_number_value(p);

		if (!json_is_number(p) || !(value >= 0 && value <= 1))
			return false;
		out[i] = (float)value;
		sum += value;
	}
	return fabs(sum - 1) < 0.01;
}

static bool read_one(const json_t *object, struct correction *out,
		     char network[CORRECTIONS_NETWORK])
{
	const char *of = json_string_value(json_object_get(object, "network"));
	const char *right = json_string_value(json_object_get(object, "right"));
	struct emotion_scores *s = &out->scores;

	if (!of || strlen(of) != CORRECTIONS_NETWORK - 1 ||
	    strspn(of, "0123456789abcdef") != CORRECTIONS_NETWORK - 1)
		return false;
	if (!right || !emotion_from_name(right, &out->right) ||
	    !read_head(json_object_get(object, "fer"), s->fer, EMOTION_COUNT) ||
	    !read_head(json_object_get(object, "crowd"), s->crowd, CROWD_COUNT))
		return false;
	emotion_net_shown(s->crowd, s->shown);
	out->at_s = json_integer_value(json_object_get(object, "at"));
	memcpy(network, of, CORRECTIONS_NETWORK);
	return true;
}

static enum status refuse(const char *path, const char *why,
			  struct fault *fault)
{
	fault_set(fault, STATUS_BAD_DATA, path, "%s; it is not used", why);
	fault_hint(fault, "\"mien personal reset\" takes it away");
	return STATUS_BAD_DATA;
}

static enum status read_text(struct corrections *c, const char *text,
			     size_t length, struct fault *fault)
{
	json_t *root = NULL;
	enum status st = parse_json(text, length, 0, &root, NULL);
	const json_t *list = json_object_get(root, "corrections");
	const char *format = json_string_value(json_object_get(root, "format"));
	int count = (int)json_array_size(list);

	if (st == STATUS_NO_MEMORY)
		return fault_set(fault, st, c->path, "%s", status_text(st));
	st = STATUS_OK;
	if (!format || strcmp(format, FORMAT) != 0 || !json_is_array(list))
		st = refuse(c->path, "is not a file of corrections", fault);
	else if (json_array_size(list) > PERSONAL_MAX)
		st = refuse(c->path, "has more corrections than mien keeps",
			    fault);
	for (int i = 0; !st && i < count; i++)
		if (!read_one(json_array_get(list, (size_t)i), &c->list[i],
			      c->networks[i]))
			st = refuse(c->path, "has a correction that is none",
				    fault);
	c->count = st ? 0 : count;
	json_decref(root);
	return st;
}

static enum status read_file(struct corrections *c, struct fault *fault)
{
	char *text, *slash = strrchr(c->path, '/');
	char folder[sizeof(c->path)];
	size_t length;
	enum status st;

	c->count = 0;
	snprintf(folder, sizeof(folder), "%.*s", (int)(slash - c->path),
		 c->path);
	st = check_read(folder, slash + 1, MAX_BYTES, &text, &length, fault);
	if (st)
		return st == STATUS_NOT_FOUND ? STATUS_OK : st;
	st = read_text(c, text, length, fault);
	free(text);
	return st;
}

static enum status find_network(struct corrections *c,
				const struct config *config,
				struct fault *fault)
{
	char folder[4096], sum[CHECK_SUM_SIZE];
	enum status st = places_model(config, folder, sizeof(folder), fault);

	if (!st)
		st = check_sum_of(folder, "emotion.weights", MAX_WEIGHTS, sum,
				  fault);
	if (!st)
		snprintf(c->network, sizeof(c->network), "%.*s",
			 CORRECTIONS_NETWORK - 1, sum);
	return st;
}

enum status corrections_open(struct corrections *c, const struct config *config,
			     struct fault *fault)
{
	enum status st, read;

	c->count = 0;
	c->network[0] = '\0';
	st = paths_user(PATHS_DATA, "personal.json", c->path, sizeof(c->path));
	if (st) {
		c->path[0] = '\0';
		return fault_set(fault, st, NULL,
				 "there is no home folder for corrections: "
				 "HOME is not set");
	}
	st = find_network(c, config, fault);
	read = read_file(c, st ? NULL : fault);
	return st ? st : read;
}

/* ---- what counts -------------------------------------------------------- */

static bool is_in_use(const struct corrections *c, int i)
{
	return !strcmp(c->networks[i], c->network);
}

int corrections_count(const struct corrections *c)
{
	int count = 0;

	for (int i = 0; i < c->count; i++)
		count += is_in_use(c, i);
	return count;
}

void corrections_fit(const struct corrections *c, struct personal *out)
{
	struct correction list[PERSONAL_MAX];
	int count = 0;

	for (int i = 0; i < c->count; i++)
		if (is_in_use(c, i))
			list[count++] = c->list[i];
	personal_fit(out, list, count);
}

/* ---- writing ------------------------------------------------------------ */

static json_t *head_json(const float *p, int count)
{
	json_t *array = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(array, json_real((double)p[i]));
	return array;
}

json_t *corrections_json(const struct corrections *c)
{
	json_t *list = json_array();

	for (int i = 0; i < c->count; i++) {
		const struct correction *one = &c->list[i];

		json_array_append_new(
			list,
			json_pack("{s:I, s:s, s:s, s:o, s:o}", "at",
				  (json_int_t)one->at_s, "network",
				  c->networks[i], "right",
				  emotion_name(one->right), "fer",
				  head_json(one->scores.fer, EMOTION_COUNT),
				  "crowd",
				  head_json(one->scores.crowd, CROWD_COUNT)));
	}
	return json_pack("{s:s, s:o}", "format", FORMAT, "corrections", list);
}

/* mkstemp makes it 0600; what is on the disk is always a whole file. */
static enum status write_beside(const json_t *root, char *beside, int fd,
				const char *path, struct fault *fault)
{
	bool bad = json_dumpfd(root, fd,
			       JSON_INDENT(1) | JSON_REAL_PRECISION(7)) ||
		   fsync(fd);
	int error = errno;

	if (close(fd) && !bad) {
		bad = true;
		error = errno;
	}
	if (!bad && rename(beside, path)) {
		bad = true;
		error = errno;
	}
	if (!bad)
		return STATUS_OK;
	unlink(beside);
	return fault_set_errno(fault, error, path, "writing");
}

static enum status write_file(const struct corrections *c, struct fault *fault)
{
	char beside[sizeof(c->path) + 8];
	enum status st = paths_make_parents(c->path, fault);
	json_t *root;
	int fd;

	if (st)
		return st;
	snprintf(beside, sizeof(beside), "%s.XXXXXX", c->path);
	root = corrections_json(c);
	if (!root)
		return fault_set(fault, STATUS_NO_MEMORY, c->path, "%s",
				 status_text(STATUS_NO_MEMORY));
	fd = mkstemp(beside);
	if (fd < 0)
		st = fault_set_errno(fault, errno, c->path, "writing");
	else
		st = write_beside(root, beside, fd, c->path, fault);
	json_decref(root);
	return st;
}

static void drop_oldest(struct corrections *c)
{
	c->count--;
	memmove(&c->list[0], &c->list[1],
		sizeof(c->list[0]) * (size_t)c->count);
	memmove(&c->networks[0], &c->networks[1],
		sizeof(c->networks[0]) * (size_t)c->count);
}

static enum status set_aside(const struct corrections *c, struct fault *fault)
{
	char aside[sizeof(c->path) + 16];

	snprintf(aside, sizeof(aside), "%s.damaged", c->path);
	if (rename(c->path, aside))
		return fault_set_errno(fault, errno, c->path, "setting aside");
	return STATUS_OK;
}

enum status corrections_add(struct corrections *c, const struct correction *one,
			    struct fault *fault)
{
	enum status st;

	if (!c->path[0] || !c->network[0])
		return fault_set(fault, STATUS_NOT_FOUND, NULL,
				 "corrections cannot be kept here");
	st = read_file(c, fault);
	if (st == STATUS_BAD_DATA)
		st = set_aside(c, fault);
	if (st)
		return st;
	if (c->count == PERSONAL_MAX)
		drop_oldest(c);
	c->list[c->count] = *one;
	memcpy(c->networks[c->count], c->network, sizeof(c->network));
	c->count++;
	st = write_file(c, fault);
	if (st)
		read_file(c, NULL);
	return st;
}

enum status corrections_reset(struct corrections *c, struct fault *fault)
{
	c->count = 0;
	if (unlink(c->path) && errno != ENOENT)
		return fault_set_errno(fault, errno, c->path, "taking away");
	return STATUS_OK;
}
