/* SPDX-License-Identifier: GPL-3.0-or-later */
/* commands: what mien-etl can do; each returns the program's exit status. */
#ifndef MIEN_ETL_COMMANDS_H
#define MIEN_ETL_COMMANDS_H

#include "base/config.h"

#include <signal.h>
#include <stdbool.h>

struct cli {
	const char *catalog; /* the file */
	const char *dir;     /* of the starter music, NULL: the program's own */
	const struct config *config;
	const char *only, *limit, *since; /* refresh: as written, or NULL */
	bool json, ytdl, no_measure, dead, dry_run;
	char **args; /* behind the command */
	int arg_count;
	const volatile sig_atomic_t *stop; /* not 0 after Ctrl-C */
};

int import_main(const struct cli *cli);
int starter_main(const struct cli *cli);
int export_main(const struct cli *cli);
int status_main(const struct cli *cli);
int refresh_main(const struct cli *cli);
int plan_main(const struct cli *cli);
int retry_main(const struct cli *cli);
int sources_main(const struct cli *cli);

#endif
