/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * options: the command line of mien, from one table that also prints the
 * help and that the manual page is tested against. Prints nothing. Main
 * thread: getopt_long has a state of its own.
 */
#ifndef MIEN_TUI_OPTIONS_H
#define MIEN_TUI_OPTIONS_H

#include "base/config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum command {
	COMMAND_DASHBOARD,
	COMMAND_LOOK,
	COMMAND_FEEL,
	COMMAND_DEVICES,
	COMMAND_DOCTOR,
	COMMAND_PERSONAL,
	COMMAND_COUNT
};

/* What was given; NULL or 0 where it was not. Texts point into argv. */
struct options {
	enum command command;
	bool help, version, json;
	const char *config; /* a configuration file, read last */
	/* Each overrides a setting: options_apply. */
	const char *source, *catalog, *mood, *policy, *ao, *preview, *log;
	uint64_t frames; /* the dashboard ends after so many, 0: never */
	uint64_t seed;
	bool has_seed;
	char **arguments; /* what is no option: sources, or the words */
	int argument_count;
};

/*
 * Fills out. STATUS_BAD_ARGUMENT with a sentence in fault for an unknown
 * command or option, a missing or wrong value, or arguments where a command
 * takes none. argv's order changes: arguments move to its end.
 */
enum status options_parse(int argc, char **argv, struct options *out,
			  struct fault *fault);

/* Lays what was given over config, by the configuration's own rules. */
enum status options_apply(const struct options *options, struct config *config,
			  struct fault *fault);

/* "mien --help", from the table. */
void options_help(FILE *to);

/* The i-th option's name without dashes and what it takes (NULL: nothing);
 * NULL past the last one. */
const char *options_name(int i, const char **value);

/* "look"; "" for the dashboard. Static. */
const char *options_command_name(enum command command);

#endif
