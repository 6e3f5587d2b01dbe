/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mien-eval: how right the models are, on data that a person brings. */
#include "bench/eval.h"

#include "base/paths.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct command {
	const char *name, *what;
	int (*run)(int argc, char **argv);
} commands[] = {
	{"emotion", "the emotion network on FER2013 and FER+", eval_emotion},
	{"detect", "the face detector on pictures with known faces",
	 eval_detect},
	{"personal", "what a person's corrections bring and cost",
	 eval_personal},
	{"scene", "detector, crop and emotion network on FER2013 in a frame",
	 eval_scene},
};

#define COUNT (sizeof(commands) / sizeof(*commands))

int eval_complain(const struct fault *fault)
{
	char text[768];

	fprintf(stderr, "mien-eval: %s\n",
		fault_sentence(fault, text, sizeof(text)));
	switch (fault->status) {
	case STATUS_NOT_FOUND:
	case STATUS_DENIED: return EX_NOINPUT;
	case STATUS_BAD_DATA:
	case STATUS_BAD_ARGUMENT: return EX_DATAERR;
	case STATUS_UNSUPPORTED: return EX_UNAVAILABLE;
	default: return EX_IOERR;
	}
}

int eval_model_folder(const char *given, char *out, size_t size)
{
	if (given) {
		snprintf(out, size, "%s", given);
		return EX_OK;
	}
	if (!paths_program("model", out, size))
		return EX_OK;
	fprintf(stderr, "mien-eval: the folder with the networks is nowhere "
			"beside the program; run make data, or say --model "
			"DIR.\n");
	return EX_UNAVAILABLE;
}

static int usage(FILE *to)
{
	fprintf(to, "usage: mien-eval COMMAND [OPTIONS]\n\n");
	for (size_t i = 0; i < COUNT; i++)
		fprintf(to, "  %-10s %s\n", commands[i].name, commands[i].what);
	fprintf(to, "\nmien-eval COMMAND --help says more.\n");
	return to == stdout ? EX_OK : EX_USAGE;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return usage(stderr);
	if (!strcmp(argv[1], "--help"))
		return fault_finish(usage(stdout), eval_complain);
	for (size_t i = 0; i < COUNT; i++)
		if (!strcmp(argv[1], commands[i].name))
			return fault_finish(commands[i].run(argc - 1, argv + 1),
					    eval_complain);
	fprintf(stderr, "mien-eval: there is no command \"%s\".\n", argv[1]);
	return usage(stderr);
}
