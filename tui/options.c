/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * options: a table, and getopt_long to read argv by it. Knows names and
 * values, and nothing of what the commands do with them.
 */
#include "tui/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define ON(command) (1u << (COMMAND_##command))
#define ANY         (~0u)
#define PICKS       (ON(DASHBOARD) | ON(LOOK) | ON(FEEL))

enum kind { FLAG, TEXT, NUMBER };

struct row {
	const char *name, *value;
	unsigned commands;
	enum kind kind;
	size_t offset;
	const char *help;
	const char *setting; /* that it overrides, or NULL */
};

#define AT(field) offsetof(struct options, field)

/* clang-format off */
static const struct row rows[] = {
	{"source", "SPEC", ON(DASHBOARD), TEXT, AT(source),
	 "auto, /dev/videoN, demo, - (standard input),\n"
	 "a picture, a video or a URL", "camera.source"},
	{"mood", "MOOD", ON(DASHBOARD), TEXT, AT(mood),
	 "auto, or hold one of angry, disgust, fear,\n"
	 "happy, sad, surprise, neutral", "mood.mode"},
	{"policy", "POLICY", PICKS, TEXT, AT(policy),
	 "match, lift or surprise", "music.policy"},
	{"catalog", "FILE", PICKS | ON(DOCTOR), TEXT, AT(catalog),
	 "the song catalog; made when it is missing", "music.catalog"},
	{"ao", "NAME", ON(DASHBOARD) | ON(DOCTOR), TEXT, AT(ao),
	 "mpv's audio output; pcm:FILE writes a WAV file", "music.ao"},
	{"preview", "MODE", ON(DASHBOARD), TEXT, AT(preview),
	 "the picture: auto, half, ascii or off", "screen.preview"},
	{"frames", "N", ON(DASHBOARD), NUMBER, AT(frames),
	 "leave after N frames", NULL},
	{"seed", "N", PICKS, NUMBER, AT(seed),
	 "the same seed picks the same songs", NULL},
	{"json", NULL, ANY & ~ON(DASHBOARD), FLAG, AT(json),
	 "one JSON object a line", NULL},
	{"config", "FILE", ANY, TEXT, AT(config),
	 "settings, read after the other files", NULL},
	{"log", "FILE", ANY, TEXT, AT(log),
	 "the log file", "log.file"},
	{"help", NULL, ANY, FLAG, AT(help),
	 "this text", NULL},
	{"version", NULL, ANY, FLAG, AT(version),
	 "the version", NULL},
};

static const struct {
	const char *name, *arguments, *help;
	int least, most;
} commands[COMMAND_COUNT] = {
	[COMMAND_DASHBOARD] = {"", "", "the dashboard", 0, 0},
	[COMMAND_LOOK] = {"look", "SOURCE...",
		"faces, emotions, mood and songs for\n"
		"pictures, videos or one camera shot", 1, INT32_MAX},
	[COMMAND_FEEL] = {"feel", "\"TEXT\"",
		"a mood from typed words, and songs for it", 1, INT32_MAX},
	[COMMAND_DEVICES] = {"devices", "",
		"cameras, formats, sizes, rates", 0, 0},
	[COMMAND_DOCTOR] = {"doctor", "",
		"checks camera, model, catalog, sound and more", 0, 0},
	[COMMAND_PERSONAL] = {"personal", "[WORD]",
		"your corrections; reset forgets them,\n"
		"export prints them", 0, 1},
};
/* clang-format on */

#define ROWS ((int)(sizeof(rows) / sizeof(*rows)))

const char *options_command_name(enum command command)
{
	return commands[command].name;
}

const char *options_name(int i, const char **value)
{
	if (i < 0 || i >= ROWS)
		return NULL;
	if (value)
		*value = rows[i].value;
	return rows[i].name;
}

static enum status usage(struct fault *fault, const char *subject,
			 const char *detail)
{
	fault_set(fault, STATUS_BAD_ARGUMENT, subject, "%s", detail);
	fault_hint(fault, "'mien --help' lists what there is");
	return STATUS_BAD_ARGUMENT;
}

static enum status read_number(const char *text, uint64_t *out)
{
	char *end;

	/* strtoull takes signs and blanks: a count has neither */
	if (*text < '0' || *text > '9')
		return STATUS_BAD_ARGUMENT;
	errno = 0;
	*out = strtoull(text, &end, 10);
	return *end || errno ? STATUS_BAD_ARGUMENT : STATUS_OK;
}

static enum status take_value(const struct row *row, const char *value,
			      struct options *out, struct fault *fault)
{
	char *field = (char *)out + row->offset;

	if (row->kind == FLAG)
		*(bool *)field = true;
	else if (row->kind == TEXT)
		*(const char **)field = value;
	else if (read_number(value, (uint64_t *)field))
		return usage(fault, value, "the option takes a whole number");
	if (row->offset == AT(seed))
		out->has_seed = true;
	return STATUS_OK;
}

/* What getopt_long said no to: it stands in the word that it read last. */
static enum status refuse(int answer, char **argv, struct fault *fault)
{
	const char *word = argv[optind - 1];

	if (answer == ':')
		return usage(fault, word, "the option needs a value after it");
	if (optopt && strchr(word, '='))
		return usage(fault, word, "the option takes no value");
	return usage(fault, word, "there is no such option");
}

/*
 * getopt_long's own names: a row's index stands for it from ROW_ZERO on, which
 * no short option is.
 */
#define ROW_ZERO 256

/* given: a bit for each row. Leaves what is no option at the end of argv. */
static enum status take_options(int argc, char **argv, struct options *out,
				unsigned *given, struct fault *fault)
{
	struct option names[ROWS + 1] = {{0}};
	int answer;

	for (int i = 0; i < ROWS; i++)
		names[i] = (struct option){
			.name = rows[i].name,
			.has_arg = rows[i].value ? required_argument
						 : no_argument,
			.val = ROW_ZERO + i};
	opterr = 0;
	optind = 0; /* GNU: from the beginning, also the second time */
	while ((answer = getopt_long(argc, argv, ":h", names, NULL)) != -1) {
		enum status st = STATUS_OK;

		if (answer == 'h') {
			out->help = true;
		} else if (answer >= ROW_ZERO) {
			*given |= 1u << (answer - ROW_ZERO);
			st = take_value(&rows[answer - ROW_ZERO], optarg, out,
					fault);
		} else {
			st = refuse(answer, argv, fault);
		}
		if (st)
			return st;
	}
	return STATUS_OK;
}

static enum status take_command(const char *name, struct options *out,
				struct fault *fault)
{
	for (int i = 1; i < COMMAND_COUNT; i++)
		if (!strcmp(name, commands[i].name)) {
			out->command = (enum command)i;
			return STATUS_OK;
		}
	fault_set(fault, STATUS_BAD_ARGUMENT, name, "there is no such command");
	fault_hint(fault,
		   "commands are look, feel, devices, doctor and "
		   "personal; for the dashboard with a source: mien --source");
	return STATUS_BAD_ARGUMENT;
}

static enum status check_options(const struct options *out, unsigned given,
				 struct fault *fault)
{
	char option[32];

	for (int i = 0; i < ROWS; i++) {
		if (!(given & 1u << i) || rows[i].commands & 1u << out->command)
			continue;
		snprintf(option, sizeof(option), "--%s", rows[i].name);
		return usage(fault, option,
			     out->command == COMMAND_DASHBOARD
				     ? "the dashboard does not take this option"
				     : "the command does not take this option");
	}
	return STATUS_OK;
}

static enum status check_arguments(const struct options *out,
				   struct fault *fault)
{
	if (out->help || out->version)
		return STATUS_OK;
	if (out->argument_count < commands[out->command].least)
		return usage(fault, commands[out->command].name,
			     out->command == COMMAND_FEEL
				     ? "the command needs words"
				     : "the command needs a source");
	if (out->argument_count > commands[out->command].most)
		return usage(fault, out->arguments[0],
			     "nothing can stand here");
	return STATUS_OK;
}

enum status options_parse(int argc, char **argv, struct options *out,
			  struct fault *fault)
{
	unsigned given = 0;
	enum status st;

	*out = (struct options){0};
	st = take_options(argc, argv, out, &given, fault);
	if (!st && optind < argc)
		st = take_command(argv[optind++], out, fault);
	if (!st)
		st = check_options(out, given, fault);
	if (st)
		return st;
	out->arguments = argv + optind;
	out->argument_count = argc - optind;
	return check_arguments(out, fault);
}

enum status options_apply(const struct options *options, struct config *config,
			  struct fault *fault)
{
	enum status st = STATUS_OK;

	for (int i = 0; !st && i < ROWS; i++) {
		const char *given;

		if (!rows[i].setting)
			continue;
		memcpy(&given, (const char *)options + rows[i].offset,
		       sizeof(given));
		if (given)
			st = config_set(config, rows[i].setting, given, fault);
	}
	return st;
}

/* Prints left in a column, then help, its further lines indented below. */
static void print_row(FILE *to, const char *left, const char *help)
{
	const int column = 26;
	const char *end;

	fprintf(to, "  %-*s", column - 2, left);
	while ((end = strchr(help, '\n'))) {
		fprintf(to, "%.*s\n%*s", (int)(end - help), help, column, "");
		help = end + 1;
	}
	fprintf(to, "%s\n", help);
}

static void print_commands(FILE *to)
{
	char left[64];

	for (int i = 0; i < COMMAND_COUNT; i++) {
		snprintf(left, sizeof(left), "mien%s%s%s%s",
			 *commands[i].name ? " " : "", commands[i].name,
			 *commands[i].arguments ? " " : "",
			 commands[i].arguments);
		print_row(to, left, commands[i].help);
	}
}

void options_help(FILE *to)
{
	char left[64];

	fputs("mien plays music for the look on your face.\n\nUsage:\n", to);
	print_commands(to);
	fputs("\nOptions:\n", to);
	for (int i = 0; i < ROWS; i++) {
		snprintf(left, sizeof(left), "--%s%s%s", rows[i].name,
			 rows[i].value ? " " : "",
			 rows[i].value ? rows[i].value : "");
		print_row(to, left, rows[i].help);
	}
	fputs("\nEvery command takes --json; what an option does not say, the\n"
	      "configuration file does. No picture is "
	      "stored or sent.\n",
	      to);
}
