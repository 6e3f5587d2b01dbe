/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * config: the table of settings, and the walk through a YAML document that
 * fills it. libyaml parses; every node carries its line and column.
 */
#include "base/config.h"

#include "base/paths.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

#define SYSTEM_FILE "/etc/mien/config.yaml"

/* More than any person writes; a bomb of aliases ends at it. */
#define MAX_FILE_BYTES (256 * 1024)

enum type { TEXT, CHOICE, ADDRESS, LIST, WHOLE, REAL, SWITCH };

struct setting {
	const char *name; /* "section.key" */
	enum type type;
	size_t at, size;
	const char *text;    /* the default of what is text */
	const char *choices; /* CHOICE: separated by a bar */
	double value, min, max;
};

#define FIELD(f) offsetof(struct config, f), sizeof(((struct config *)0)->f)
#define EMOTIONS "angry|disgust|fear|happy|sad|surprise|neutral"

/* What is set of one of the services that mien-etl asks. */
#define SERVICE(name, i, on)                                                   \
	{"etl.sources." name ".enabled", SWITCH,                               \
	 FIELD(etl.sources[i].enabled), .value = (on)},                        \
		{"etl.sources." name ".base_url", ADDRESS,                     \
		 FIELD(etl.sources[i].base_url), .text = ""},                  \
	{                                                                      \
		"etl.sources." name ".rate", REAL, FIELD(etl.sources[i].rate), \
			.value = 0, .min = 0, .max = 100000                    \
	}

static const struct setting settings[] = {
	{"camera.source", TEXT, FIELD(camera.source), .text = "auto"},
	{"camera.width", WHOLE, FIELD(camera.width), .value = 640, .min = 64,
	 .max = 1920},
	{"camera.height", WHOLE, FIELD(camera.height), .value = 480, .min = 48,
	 .max = 1920},
	{"camera.rate", WHOLE, FIELD(camera.rate), .value = 15, .min = 1,
	 .max = 120},
	{"camera.mirror", SWITCH, FIELD(camera.mirror), .value = 1},
	{"camera.loop", SWITCH, FIELD(camera.loop), .value = 0},
	{"model.folder", TEXT, FIELD(model.folder), .text = ""},
	{"model.max_faces", WHOLE, FIELD(model.max_faces), .value = 4, .min = 1,
	 .max = 8},
	{"model.smooth_s", REAL, FIELD(model.smooth_s), .value = 0.7, .min = 0,
	 .max = 10},
	{"mood.mode", CHOICE, FIELD(mood.mode), .text = "auto",
	 .choices = "auto|" EMOTIONS},
	{"mood.faces", CHOICE, FIELD(mood.faces), .text = "lead",
	 .choices = "lead|all"},
	{"mood.into_s", REAL, FIELD(mood.into_s), .value = 1, .min = 0,
	 .max = 60},
	{"mood.neutral_s", REAL, FIELD(mood.neutral_s), .value = 3, .min = 0,
	 .max = 60},
	{"mood.min_margin", REAL, FIELD(mood.min_margin), .value = 0.1,
	 .min = 0, .max = 1},
	{"music.catalog", TEXT, FIELD(music.catalog), .text = ""},
	{"music.policy", CHOICE, FIELD(music.policy), .text = "match",
	 .choices = "match|lift|surprise"},
	{"music.ao", TEXT, FIELD(music.ao), .text = ""},
	{"music.volume", WHOLE, FIELD(music.volume), .value = 70, .min = 0,
	 .max = 100},
	{"music.queue", WHOLE, FIELD(music.queue), .value = 4, .min = 1,
	 .max = 16},
	{"music.ytdl", SWITCH, FIELD(music.ytdl), .value = 0},
	{"screen.preview", CHOICE, FIELD(screen.preview), .text = "auto",
	 .choices = "auto|half|ascii|off"},
	{"screen.rate", WHOLE, FIELD(screen.rate), .value = 15, .min = 1,
	 .max = 60},
	{"screen.color", SWITCH, FIELD(screen.color), .value = 1},
	{"screen.show_cursor", SWITCH, FIELD(screen.show_cursor), .value = 0},
	{"log.file", TEXT, FIELD(log.file), .text = ""},
	{"log.level", CHOICE, FIELD(log.level), .text = "info",
	 .choices = "debug|info|warning|error"},
	{"security.sandbox", CHOICE, FIELD(security.sandbox), .text = "auto",
	 .choices = "auto|off"},
	{"etl.artists", WHOLE, FIELD(etl.artists), .value = 100, .min = 0,
	 .max = 100000},
	{"etl.tracks_per_artist", WHOLE, FIELD(etl.tracks_per_artist),
	 .value = 10, .min = 0, .max = 1000},
	{"etl.similar", WHOLE, FIELD(etl.similar), .value = 0, .min = 0,
	 .max = 100},
	{"etl.country", TEXT, FIELD(etl.country), .text = ""},
	{"etl.tags", LIST, FIELD(etl.tags), .text = ""},
	{"etl.contact", TEXT, FIELD(etl.contact), .text = ""},
	SERVICE("lastfm", 0, 1),
	SERVICE("genius", 1, 1),
	SERVICE("genius_pages", 2, 0),
	SERVICE("lrclib", 3, 1),
	SERVICE("youtube", 4, 1),
	SERVICE("musicbrainz", 5, 1),
	SERVICE("listenbrainz", 6, 0),
	SERVICE("deezer", 7, 0),
	SERVICE("archive", 8, 1),
	SERVICE("jamendo", 9, 1),
	SERVICE("radiobrowser", 10, 1),
};
#define SETTINGS (sizeof(settings) / sizeof(*settings))

static void *field(const struct config *config, const struct setting *s)
{
	return (char *)config + s->at;
}

void config_defaults(struct config *config)
{
	memset(config, 0, sizeof(*config));
	for (size_t i = 0; i < SETTINGS; i++) {
		const struct setting *s = &settings[i];

		switch (s->type) {
		case TEXT:
		case CHOICE:
		case ADDRESS:
		case LIST: text_copy(field(config, s), s->size, s->text); break;
		case WHOLE: *(int *)field(config, s) = (int)s->value; break;
		case REAL: *(double *)field(config, s) = s->value; break;
		case SWITCH: *(bool *)field(config, s) = s->value != 0; break;
		}
	}
}

bool config_setting(const struct config *config, int index, const char **name,
		    char *value, size_t size)
{
	const struct setting *s;

	if (index < 0 || (size_t)index >= SETTINGS)
		return false;
	s = &settings[index];
	*name = s->name;
	switch (s->type) {
	case TEXT:
	case CHOICE:
	case ADDRESS:
	case LIST: snprintf(value, size, "%s", (char *)field(config, s)); break;
	case WHOLE:
		snprintf(value, size, "%d", *(int *)field(config, s));
		break;
	case REAL:
		snprintf(value, size, "%g", *(double *)field(config, s));
		break;
	case SWITCH:
		snprintf(value, size, "%s",
			 *(bool *)field(config, s) ? "true" : "false");
		break;
	}
	return true;
}

/* ---- values ------------------------------------------------------------- */

/* What is being read, for every function below. */
struct walk {
	struct config *config;
	const char *path;
	struct fault *fault;
	yaml_document_t document;
	bool given[SETTINGS]; /* in this file */
};

static enum status fault_here(struct walk *w, const yaml_node_t *node,
			      const char *detail, const char *word)
{
	fault_set(w->fault, STATUS_BAD_DATA, w->path, detail, word);
	fault_at(w->fault, (unsigned)node->start_mark.line + 1,
		 (unsigned)node->start_mark.column + 1);
	return STATUS_BAD_DATA;
}

static const char *scalar(const yaml_node_t *node)
{
	return node->type == YAML_SCALAR_NODE
		       ? (const char *)node->data.scalar.value
		       : NULL;
}

static bool is_plain(const yaml_node_t *node)
{
	return node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static bool is_choice(const char *choices, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = choices; length;) {
		size_t n = strcspn(at, "|");

		if (n == length && !memcmp(at, word, n))
			return true;
		if (!at[n])
			return false;
		at += n + 1;
	}
	return false;
}

/* https, or http to this machine itself: keys are not for the wire. */
static bool is_one_address(const char *word)
{
	static const char *const here[] = {"localhost", "127.0.0.1", "[::1]"};

	if (!strncmp(word, "https://", 8))
		return word[8] && word[8] != '/' && !strchr(word, '@');
	if (strncmp(word, "http://", 7) != 0 || strchr(word, '@'))
		return false;
	for (size_t i = 0; i < sizeof(here) / sizeof(*here); i++) {
		size_t length = strlen(here[i]);

		if (!strncmp(word + 7, here[i], length) &&
		    strchr(":/", word[7 + length]))
			return true;
	}
	return false;
}

/* One, or several with a blank between them. */
static bool is_address(const char *text)
{
	char list[sizeof(((struct config_source *)0)->base_url)];
	char *rest, *word;
	bool good = strlen(text) < sizeof(list);

	text_copy(list, sizeof(list), text);
	word = strtok_r(list, " ", &rest);
	good &= word != NULL;
	for (; good && word; word = strtok_r(NULL, " ", &rest))
		good = is_one_address(word);
	return good;
}

/* STATUS_OK, or why word cannot be the text of s, as a clause. */
static enum status check_text(const struct setting *s, const char *word,
			      char *why, size_t size)
{
	char clean[sizeof(((struct config *)0)->camera.source)];

	if (s->type == CHOICE && !is_choice(s->choices, word)) {
		snprintf(why, size, "this must be one of %s", s->choices);
		return STATUS_BAD_DATA;
	}
	if (s->type == ADDRESS && *word && !is_address(word)) {
		snprintf(why, size,
			 "%s must be an https address, or http to this machine",
			 s->name);
		return STATUS_BAD_DATA;
	}
	if (strlen(word) >= s->size) {
		snprintf(why, size, "%s is longer than it may be", s->name);
		return STATUS_BAD_DATA;
	}
	text_clean(clean, sizeof(clean), word);
	if (strcmp(clean, word) != 0) {
		snprintf(why, size,
			 "%s holds bytes that are not plain UTF-8 text",
			 s->name);
		return STATUS_BAD_DATA;
	}
	return STATUS_OK;
}

enum status config_set(struct config *config, const char *name,
		       const char *text, struct fault *fault)
{
	const struct setting *s = settings;
	char why[160];

	while (strcmp(s->name, name) != 0)
		s++;
	if (check_text(s, text, why, sizeof(why)))
		return fault_set(fault, STATUS_BAD_ARGUMENT, text, "%s", why);
	text_copy(field(config, s), s->size, text);
	return STATUS_OK;
}

static enum status set_text(struct walk *w, const struct setting *s,
			    const yaml_node_t *node, const char *word)
{
	char why[160];

	if (check_text(s, word, why, sizeof(why)))
		return fault_here(w, node, "%s", why);
	text_copy(field(w->config, s), s->size, word);
	return STATUS_OK;
}

/* A list of words, kept with commas between them. */
static enum status set_list(struct walk *w, const struct setting *s,
			    const yaml_node_t *node)
{
	char *list = field(w->config, s);
	size_t used = 0;

	if (node->type != YAML_SEQUENCE_NODE)
		return fault_here(w, node, "%s must be a list, as [a, b]",
				  s->name);
	list[0] = '\0';
	for (yaml_node_item_t *i = node->data.sequence.items.start;
	     i < node->data.sequence.items.top; i++) {
		const yaml_node_t *item =
			yaml_document_get_node(&w->document, *i);
		const char *word = scalar(item);
		char why[160];

		if (!word || !*word || strchr(word, ','))
			return fault_here(w, item, "%s must hold plain words",
					  s->name);
		if (check_text(s, word, why, sizeof(why)))
			return fault_here(w, item, "%s", why);
		if (used + strlen(word) + 2 > s->size)
			return fault_here(w, item, "%s is too long", s->name);
		used += (size_t)snprintf(list + used, s->size - used, "%s%s",
					 used ? "," : "", word);
	}
	return STATUS_OK;
}

static enum status set_number(struct walk *w, const struct setting *s,
			      const yaml_node_t *node, const char *word)
{
	char *end, range[96];
	double value;

	errno = 0;
	value = s->type == WHOLE ? (double)strtol(word, &end, 10)
				 : strtod(word, &end);
	snprintf(range, sizeof(range), "%s must be a%s number from %g to %g",
		 s->name, s->type == WHOLE ? " whole" : "", s->min, s->max);
	if (!is_plain(node) || end == word || *end || errno ||
	    !(value >= s->min && value <= s->max))
		return fault_here(w, node, "%s", range);
	if (s->type == WHOLE)
		*(int *)field(w->config, s) = (int)value;
	else
		*(double *)field(w->config, s) = value;
	return STATUS_OK;
}

static enum status set_switch(struct walk *w, const struct setting *s,
			      const yaml_node_t *node, const char *word)
{
	bool yes = !strcmp(word, "true");

	if (!is_plain(node) || (!yes && strcmp(word, "false") != 0))
		return fault_here(w, node, "%s must be true or false", s->name);
	*(bool *)field(w->config, s) = yes;
	return STATUS_OK;
}

static enum status set(struct walk *w, size_t index, const yaml_node_t *node)
{
	const struct setting *s = &settings[index];
	const char *word = scalar(node);

	if (w->given[index])
		return fault_here(w, node, "%s is given twice", s->name);
	w->given[index] = true;
	if (s->type == LIST)
		return set_list(w, s, node);
	if (!word)
		return fault_here(w, node, "%s must be a single value",
				  s->name);
	switch (s->type) {
	case WHOLE:
	case REAL: return set_number(w, s, node, word);
	case SWITCH: return set_switch(w, s, node, word);
	case LIST:
	case TEXT:
	case ADDRESS:
	case CHOICE: break;
	}
	return set_text(w, s, node, word);
}

/* ---- the walk ----------------------------------------------------------- */

static bool is_section(const char *word)
{
	size_t length = strlen(word);

	for (size_t i = 0; i < SETTINGS; i++)
		if (!strncmp(settings[i].name, word, length) &&
		    settings[i].name[length] == '.')
			return true;
	return !strcmp(word, "keys");
}

static enum status read_setting(struct walk *w, const char *section,
				const yaml_node_t *key,
				const yaml_node_t *value);

/* The settings of a section inside another. */
static enum status read_settings(struct walk *w, const char *section,
				 const yaml_node_t *node)
{
	enum status st = STATUS_OK;

	if (node->type == YAML_SCALAR_NODE && !node->data.scalar.length)
		return STATUS_OK;
	if (node->type != YAML_MAPPING_NODE)
		return fault_here(w, node, "%s must hold settings", section);
	for (yaml_node_pair_t *p = node->data.mapping.pairs.start;
	     !st && p < node->data.mapping.pairs.top; p++)
		st = read_setting(
			w, section,
			yaml_document_get_node(&w->document, p->key),
			yaml_document_get_node(&w->document, p->value));
	return st;
}

static enum status read_setting(struct walk *w, const char *section,
				const yaml_node_t *key,
				const yaml_node_t *value)
{
	const char *word = scalar(key);
	char name[96];

	snprintf(name, sizeof(name), "%s.%s", section, word ? word : "");
	for (size_t i = 0; i < SETTINGS; i++)
		if (!strcmp(settings[i].name, name))
			return set(w, i, value);
	if (word && is_section(name))
		return read_settings(w, name, value);
	return fault_here(w, key, "there is no setting \"%s\"", name);
}

static enum status append_key(struct walk *w, struct config_binding *b,
			      const yaml_node_t *node)
{
	const char *word = scalar(node);
	size_t used = strlen(b->keys);

	if (!word || !*word)
		return fault_here(w, node,
				  "%s must be a key, or a list of keys",
				  b->action);
	if (used + strlen(word) + 2 > sizeof(b->keys))
		return fault_here(w, node, "%s has too many keys", b->action);
	snprintf(b->keys + used, sizeof(b->keys) - used, "%s%s",
		 used ? " " : "", word);
	return STATUS_OK;
}

static enum status read_binding(struct walk *w, const yaml_node_t *key,
				yaml_node_t *value)
{
	struct config_binding *b;
	const char *word = scalar(key);
	enum status st = STATUS_OK;

	if (!word || strlen(word) >= sizeof(b->action))
		return fault_here(w, key, "%s", "this is no action's name");
	if (w->config->binding_count == CONFIG_BINDINGS_MAX)
		return fault_here(w, key, "%s", "too many keys are bound");
	b = &w->config->bindings[w->config->binding_count++];
	memset(b, 0, sizeof(*b));
	text_clean(b->action, sizeof(b->action), word);
	text_clean(b->file, sizeof(b->file), w->path);
	b->line = (unsigned)key->start_mark.line + 1;
	b->column = (unsigned)key->start_mark.column + 1;
	if (value->type != YAML_SEQUENCE_NODE)
		return append_key(w, b, value);
	for (yaml_node_item_t *i = value->data.sequence.items.start;
	     !st && i < value->data.sequence.items.top; i++)
		st = append_key(w, b, yaml_document_get_node(&w->document, *i));
	return st;
}

static enum status read_section(struct walk *w, const yaml_node_t *key,
				const yaml_node_t *value)
{
	const char *word = scalar(key);
	enum status st = STATUS_OK;

	if (!word || !is_section(word))
		return fault_here(w, key, "there is no section \"%s\"",
				  word ? word : "");
	/* "keys:" with nothing below it is an empty section */
	if (value->type == YAML_SCALAR_NODE && !value->data.scalar.length)
		return STATUS_OK;
	if (value->type != YAML_MAPPING_NODE)
		return fault_here(w, value, "%s must hold settings", word);
	for (yaml_node_pair_t *p = value->data.mapping.pairs.start;
	     !st && p < value->data.mapping.pairs.top; p++) {
		yaml_node_t *k = yaml_document_get_node(&w->document, p->key);
		yaml_node_t *v = yaml_document_get_node(&w->document, p->value);

		st = strcmp(word, "keys") ? read_setting(w, word, k, v)
					  : read_binding(w, k, v);
	}
	return st;
}

static enum status read_document(struct walk *w)
{
	yaml_node_t *root = yaml_document_get_root_node(&w->document);
	enum status st = STATUS_OK;

	if (!root) /* an empty file, or comments alone */
		return STATUS_OK;
	if (root->type != YAML_MAPPING_NODE)
		return fault_here(w, root, "%s",
				  "this must be sections with settings");
	for (yaml_node_pair_t *p = root->data.mapping.pairs.start;
	     !st && p < root->data.mapping.pairs.top; p++)
		st = read_section(
			w, yaml_document_get_node(&w->document, p->key),
			yaml_document_get_node(&w->document, p->value));
	return st;
}

static enum status parse(struct walk *w, FILE *file)
{
	yaml_parser_t parser;
	enum status st;

	if (!yaml_parser_initialize(&parser))
		return fault_set(w->fault, STATUS_NO_MEMORY, w->path, "%s",
				 status_text(STATUS_NO_MEMORY));
	yaml_parser_set_input_file(&parser, file);
	if (yaml_parser_load(&parser, &w->document)) {
		st = read_document(w);
		yaml_document_delete(&w->document);
	} else {
		st = fault_set(w->fault, STATUS_BAD_DATA, w->path,
			       "not valid YAML: %s",
			       parser.problem ? parser.problem : "unreadable");
		fault_at(w->fault, (unsigned)parser.problem_mark.line + 1,
			 (unsigned)parser.problem_mark.column + 1);
	}
	yaml_parser_delete(&parser);
	return st;
}

enum status config_read(struct config *config, const char *path,
			struct fault *fault)
{
	struct walk w = {.config = config, .path = path, .fault = fault};
	FILE *file = fopen(path, "re");
	enum status st;

	if (!file)
		return fault_set_errno(fault, errno, path,
				       "opening the configuration");
	if (fseek(file, 0, SEEK_END) || ftell(file) > MAX_FILE_BYTES ||
	    fseek(file, 0, SEEK_SET))
		st = fault_set(fault, STATUS_BAD_DATA, path,
			       "no configuration file: it is no regular file, "
			       "or larger than %d bytes",
			       MAX_FILE_BYTES);
	else
		st = parse(&w, file);
	fclose(file);
	return st;
}

enum status config_load(struct config *config, const char *given,
			struct fault *fault)
{
	char path[4096];
	enum status st = STATUS_OK;

	config_defaults(config);
	if (!access(SYSTEM_FILE, F_OK))
		st = config_read(config, SYSTEM_FILE, fault);
	if (!st &&
	    !paths_user(PATHS_CONFIG, "config.yaml", path, sizeof(path)) &&
	    !access(path, F_OK))
		st = config_read(config, path, fault);
	if (!st && given)
		st = config_read(config, given, fault);
	return st;
}
