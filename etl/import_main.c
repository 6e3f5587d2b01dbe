/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_main: the commands that bring songs in, and what they say at the end.
 */
#include "base/paths.h"
#include "catalog/starter.h"
#include "etl/commands.h"
#include "etl/import.h"
#include "etl/say.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* As a shell reports a program that SIGINT ended. */
#define EXIT_INTERRUPTED 130

static const char *plural(unsigned n)
{
	return n == 1 ? "" : "s";
}

static void summarise(const struct import_tally *tally)
{
	unsigned all = tally->fresh + tally->changed + tally->same;

	printf("%u song%s: %u new, %u changed, %u as before.\n", all,
	       plural(all), tally->fresh, tally->changed, tally->same);
	if (tally->bad)
		printf("%u entr%s could not be read.\n", tally->bad,
		       tally->bad == 1 ? "y" : "ies");
	if (tally->heard + tally->unheard)
		printf("%u file%s measured, %u without enough sound.\n",
		       tally->heard, plural(tally->heard), tally->unheard);
	if (tally->homeless)
		printf("%u song%s had no address and %s not known here: import "
		       "the music first, or\nlet yt-dlp find them (--ytdl).\n",
		       tally->homeless, plural(tally->homeless),
		       tally->homeless == 1 ? "is" : "are");
}

/* Useful work is a success; nothing but failures is not. */
static int outcome(const struct import_tally *tally, int code)
{
	if (code)
		return code;
	if (tally->fresh + tally->changed + tally->same == 0 &&
	    tally->bad + tally->homeless > 0)
		return EX_DATAERR;
	return EX_OK;
}

static int import_all(const struct cli *cli, struct catalog *catalog,
		      struct import_tally *tally)
{
	const struct import_opts opts = {.ytdl = cli->ytdl,
					 .measure = !cli->no_measure,
					 .on_terminal = isatty(STDERR_FILENO),
					 .stop = cli->stop};
	int code = EX_OK;

	for (int i = 0; i < cli->arg_count && !*cli->stop; i++) {
		struct fault fault = {0};
		enum status st = import_path(catalog, cli->args[i], &opts,
					     tally, &fault);

		if (st == STATUS_AGAIN)
			break;
		if (st)
			code = say_fault(&fault);
	}
	if (!*cli->stop)
		return code;
	fputs("mien-etl: stopped; what was read until now is in the catalog. "
	      "Run it again for the rest.\n",
	      stderr);
	return EXIT_INTERRUPTED;
}

int import_main(const struct cli *cli)
{
	struct import_tally tally = {0};
	struct catalog *catalog = NULL;
	struct fault fault;
	int code;

	if (cli->arg_count < 1) {
		fault_set(&fault, STATUS_BAD_ARGUMENT, "import",
			  "nothing is named to import");
		fault_hint(&fault, "name folders, music files or lists of "
				   "songs");
		return say_fault(&fault);
	}
	if (catalog_open(&catalog, cli->catalog, CATALOG_WRITE, &fault))
		return say_fault(&fault);
	code = import_all(cli, catalog, &tally);
	catalog_close(catalog);
	summarise(&tally);
	return outcome(&tally, code);
}

/* The folder of the starter music: as given, or beside the program. */
static enum status find_starter(const struct cli *cli, char *folder,
				size_t size, struct fault *fault)
{
	enum status st;
	char *slash;

	if (cli->dir) {
		snprintf(folder, size, "%s", cli->dir);
		return STATUS_OK;
	}
	st = paths_program("starter/starter.tsv", folder, size);
	if (st) {
		fault_set(fault, STATUS_NOT_FOUND, "starter/starter.tsv",
			  "the starter music is not where the program looks");
		fault_hint(fault, "name its folder with --dir");
		return STATUS_NOT_FOUND;
	}
	slash = strrchr(folder, '/');
	*slash = '\0';
	return STATUS_OK;
}

int starter_main(const struct cli *cli)
{
	struct catalog *catalog = NULL;
	char folder[PATH_MAX];
	struct fault fault;
	int added = 0;
	enum status st = find_starter(cli, folder, sizeof(folder), &fault);

	if (!st)
		st = catalog_open(&catalog, cli->catalog, CATALOG_WRITE,
				  &fault);
	if (!st)
		st = starter_add(catalog, folder, &added, &fault);
	catalog_close(catalog);
	if (st)
		return say_fault(&fault);
	printf("%d starter pieces are in %s.\n", added, cli->catalog);
	return EX_OK;
}
