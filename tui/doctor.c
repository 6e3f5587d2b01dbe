/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doctor: "mien doctor": every check, and whether the main job can run. */
#include "tui/checks.h"
#include "tui/commands.h"
#include "tui/report.h"
#include "tui/say.h"

#include <stdio.h>
#include <sysexits.h>

static const char *const levels[] = {
	[CHECK_OK] = "ok", [CHECK_WARN] = "warn", [CHECK_FAIL] = "fail"};

static enum status print_json(const struct check *check, struct fault *fault)
{
	return report_print(json_pack("{s:s, s:s, s:s, s:s}", "check",
				      check->name, "level",
				      levels[check->level], "text", check->text,
				      "hint", check->hint),
			    fault);
}

static void print_text(const struct check *check)
{
	printf("%-4s  %-9s %s.\n", levels[check->level], check->name,
	       check->text);
	if (*check->hint)
		printf("                %s.\n", check->hint);
	fflush(stdout); /* the next one may take a while */
}

int doctor_main(const struct options *options, const struct config *config)
{
	struct check check;
	struct fault fault;
	int failed = 0;

	for (int i = 0; checks_run(i, config, &check); i++) {
		failed += check.level == CHECK_FAIL;
		if (!options->json)
			print_text(&check);
		else if (print_json(&check, &fault))
			return say_fault(&fault);
	}
	if (!options->json)
		puts(failed ? "mien cannot do its work here: see what failed "
			      "above."
			    : "mien can do its work here.");
	return failed ? EX_UNAVAILABLE : EX_OK;
}
