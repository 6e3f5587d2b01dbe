/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main: options and configuration, then the one part that was asked for. */
#include "tui/commands.h"
#include "tui/say.h"

#include <locale.h>
#include <signal.h>
#include <sysexits.h>

typedef int command_fn(const struct options *options,
		       const struct config *config);

static command_fn *const parts[COMMAND_COUNT] = {
	[COMMAND_DASHBOARD] = dashboard_main,
	[COMMAND_LOOK] = look_main,
	[COMMAND_FEEL] = feel_main,
	[COMMAND_DEVICES] = devices_main,
	[COMMAND_DOCTOR] = doctor_main,
	[COMMAND_PERSONAL] = personal_main,
};

/* A setting that is wrong, wherever it stands, is a fault of configuration,
 * but a wrong option is one of usage. */
static int run(const struct options *options)
{
	struct config config;
	struct fault fault;

	if (config_load(&config, options->config, &fault)) {
		say_fault(&fault);
		return EX_CONFIG;
	}
	if (options_apply(options, &config, &fault))
		return say_fault(&fault);
	return parts[options->command](options, &config);
}

int main(int argc, char **argv)
{
	struct options options;
	struct fault fault;
	int code = EX_OK;

	/* a file that may not grow is an error of writing, not the end */
	signal(SIGXFSZ, SIG_IGN);
	/* libmpv wants "C" numbers (mpv #7102), curses the rest. */
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	if (options_parse(argc, argv, &options, &fault))
		return say_fault(&fault);
	if (options.help)
		options_help(stdout);
	else if (options.version)
		puts("mien " MIEN_VERSION);
	else
		code = run(&options);
	return fault_finish(code, say_fault);
}
