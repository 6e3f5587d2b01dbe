/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main: mien-etl's options and the table of its commands. */
#include "base/log.h"
#include "base/paths.h"
#include "etl/commands.h"
#include "etl/confine.h"
#include "etl/say.h"

#include <getopt.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct command {
	const char *name, *args, *help;
	int (*run)(const struct cli *cli);
	const char *options; /* letters of the option table */
	int max_args;
	enum { CATALOG_ONLY, ANY_FILE, NETWORK } needs;
} commands[] = {
	{"import", "PATH...",
	 "folders of music, music files, and lists of\n"
	 "songs: M3U, CSV, JSPF, NDJSON",
	 import_main, "yn", INT_MAX, ANY_FILE},
	{"starter", "", "the music that comes with the program", starter_main,
	 "d", 0, ANY_FILE},
	{"sources", "", "the services that are asked, and their keys",
	 sources_main, "", 0, CATALOG_ONLY},
	{"plan", "", "how many calls a refresh would make", plan_main, "", 0,
	 CATALOG_ONLY},
	{"refresh", "", "songs, moods and stations from the services",
	 refresh_main, "oNsr", 0, NETWORK},
	{"retry", "", "what failed or was blocked is asked again", retry_main,
	 "D", 0, NETWORK},
	{"export", "", "every track, a line each", export_main, "j", 0,
	 CATALOG_ONLY},
	{"status", "", "what is in the catalog, and what is missing",
	 status_main, "j", 0, CATALOG_ONLY},
};

#define COMMANDS ((int)(sizeof(commands) / sizeof(*commands)))

static const struct {
	const char *name, *value, *help;
	char letter;
} options[] = {
	{"catalog", "FILE", "the song catalog, else the user's own", 'c'},
	{"dir", "DIR", "starter: the folder of starter.tsv", 'd'},
	{"json", NULL, "export, status: as JSON, one object a line", 'j'},
	{"ytdl", NULL,
	 "import: songs without an address become a\n"
	 "search that yt-dlp makes when they are played",
	 'y'},
	{"no-measure", NULL, "import: the files are not listened to", 'n'},
	{"only", "STAGE", "refresh: this stage alone", 'o'},
	{"limit", "N", "refresh: at most so many calls", 'N'},
	{"since", "AGE",
	 "refresh: ask again what was answered longer\n"
	 "ago (12h, 7d, 2w)",
	 's'},
	{"dry-run", NULL, "refresh: as plan", 'r'},
	{"dead", NULL, "retry: also what failed again and again", 'D'},
	{"config", "FILE", "settings, besides the user's own", 'C'},
	{"log", "FILE", "the log file, else the user's own", 'l'},
	{"help", NULL, "this text", 'h'},
	{"version", NULL, "the version", 'v'},
};

#define OPTIONS ((int)(sizeof(options) / sizeof(*options)))

static volatile sig_atomic_t stop;

/* The first Ctrl-C lets the batch end; the second ends the program. */
static void on_signal(int number)
{
	(void)number;
	stop = 1;
}

static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal,
				   .sa_flags = SA_RESTART | (int)SA_RESETHAND};

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

/* Prints left in a column, then help, its further lines indented below. */
static void print_row(const char *left, const char *help)
{
	const char *end;

	printf("  %-22s", left);
	while ((end = strchr(help, '\n'))) {
		printf("%.*s\n%24s", (int)(end - help), help, "");
		help = end + 1;
	}
	puts(help);
}

static void print_help(void)
{
	char left[64];

	puts("mien-etl builds the song catalog that mien plays from.\n\n"
	     "Usage: mien-etl [OPTIONS] COMMAND\n\nCommands:");
	for (int i = 0; i < COMMANDS; i++) {
		snprintf(left, sizeof(left), "%s %s", commands[i].name,
			 commands[i].args);
		print_row(left, commands[i].help);
	}
	puts("\nOptions:");
	for (int i = 0; i < OPTIONS; i++) {
		snprintf(left, sizeof(left), "--%s%s%s", options[i].name,
			 options[i].value ? " " : "",
			 options[i].value ? options[i].value : "");
		print_row(left, options[i].help);
	}
}

static int usage(const char *subject, const char *what)
{
	struct fault fault;

	fault_set(&fault, STATUS_BAD_ARGUMENT, subject, "%s", what);
	fault_hint(&fault, "'mien-etl --help' lists what there is");
	return say_fault(&fault);
}

/* What was given, besides what cli holds. */
struct given {
	struct cli *cli;
	const char *log, *config;
	bool help, version;
	char letters[OPTIONS + 1]; /* options that not every command takes */
};

static void take_option(struct given *given, int letter)
{
	size_t used = strlen(given->letters);

	switch (letter) {
	case 'c': given->cli->catalog = optarg; break;
	case 'l': given->log = optarg; break;
	case 'h': given->help = true; break;
	case 'v': given->version = true; break;
	case 'd': given->cli->dir = optarg; break;
	case 'j': given->cli->json = true; break;
	case 'y': given->cli->ytdl = true; break;
	case 'n': given->cli->no_measure = true; break;
	case 'o': given->cli->only = optarg; break;
	case 'N': given->cli->limit = optarg; break;
	case 's': given->cli->since = optarg; break;
	case 'r': given->cli->dry_run = true; break;
	case 'D': given->cli->dead = true; break;
	case 'C': given->config = optarg; break;
	default: break;
	}
	if (strchr("djynoNsrD", letter) && !strchr(given->letters, letter))
		given->letters[used] = (char)letter;
}

/* EX_OK, or what usage() returned. argv comes out with the words last. */
static int parse(int argc, char **argv, struct given *given)
{
	struct option table[OPTIONS + 1] = {{0}};
	int letter;

	for (int i = 0; i < OPTIONS; i++)
		table[i] = (struct option){.name = options[i].name,
					   .has_arg = options[i].value != NULL,
					   .val = options[i].letter};
	opterr = 0;
	while ((letter = getopt_long(argc, argv, ":h", table, NULL)) != -1) {
		if (letter == ':')
			return usage(argv[optind - 1],
				     "the option needs a value after it");
		if (letter == '?')
			return usage(argv[optind - 1],
				     "there is no such option, or it takes no "
				     "value");
		take_option(given, letter);
	}
	return EX_OK;
}

static const struct command *find_command(const char *name)
{
	for (int i = 0; i < COMMANDS; i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

static int check(const struct command *command, const struct given *given)
{
	if (given->cli->arg_count > command->max_args)
		return usage(given->cli->args[0], "nothing can stand here");
	for (int i = 0; i < OPTIONS; i++)
		if (strchr(given->letters, options[i].letter) &&
		    !strchr(command->options, options[i].letter))
			return usage(options[i].name,
				     "the command does not take this option");
	return EX_OK;
}

static int run(const struct command *command, struct given *given)
{
	static struct config config;
	static char catalog[PATH_MAX], log[PATH_MAX];
	struct fault fault;
	int code = check(command, given);

	if (code)
		return code;
	if (config_load(&config, given->config, &fault)) {
		say_fault(&fault);
		return EX_CONFIG;
	}
	given->cli->config = &config;
	if (!given->cli->catalog && config.music.catalog[0])
		given->cli->catalog = config.music.catalog;
	if (!given->cli->catalog) {
		if (paths_user(PATHS_DATA, "catalog.db", catalog,
			       sizeof(catalog))) {
			fault_set(&fault, STATUS_NOT_FOUND, "catalog",
				  "there is no home to keep it in");
			fault_hint(&fault, "set HOME, or name a file with "
					   "--catalog");
			return say_fault(&fault);
		}
		given->cli->catalog = catalog;
	}
	if (!given->log &&
	    !paths_user(PATHS_STATE, "mien-etl.log", log, sizeof(log)))
		given->log = log;
	/* a log that cannot be kept hinders nothing */
	if (log_open(given->log, &fault))
		say_fault(&fault);
	if (confine(
		    &(struct confine_opts){
			    .catalog = given->cli->catalog,
			    .off = !strcmp(config.security.sandbox, "off"),
			    .network = command->needs == NETWORK,
			    .any_file = command->needs == ANY_FILE},
		    &fault))
		say_fault(&fault);
	catch_signals();
	code = command->run(given->cli);
	log_close();
	return code;
}

int main(int argc, char **argv)
{
	struct cli cli = {.stop = &stop};
	struct given given = {.cli = &cli};
	const struct command *command;
	int code;

	/* a file that may not grow is an error of writing, not the end */
	signal(SIGXFSZ, SIG_IGN);
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	code = parse(argc, argv, &given);
	if (code)
		return code;
	if (given.help) {
		print_help();
		return fault_finish(EX_OK, say_fault);
	}
	if (given.version) {
		puts("mien-etl " MIEN_VERSION);
		return fault_finish(EX_OK, say_fault);
	}
	if (optind == argc)
		return usage("mien-etl", "no command is given");
	command = find_command(argv[optind]);
	if (!command)
		return usage(argv[optind], "there is no such command");
	cli.args = argv + optind + 1;
	cli.arg_count = argc - optind - 1;
	return fault_finish(run(command, &given), say_fault);
}
