/* SPDX-License-Identifier: GPL-3.0-or-later */
/* eval: the subcommands of mien-eval, and how they complain. */
#ifndef MIEN_BENCH_EVAL_H
#define MIEN_BENCH_EVAL_H

#include "base/status.h"

/* sysexits.h's code for a fault in data that was given (66, 65, 74 ...). */
int eval_complain(const struct fault *fault);

/* The folder of the networks: given, or the program's own. 0 or an exit code.
 */
int eval_model_folder(const char *given, char *out, size_t size);

/* Each takes its own argc, argv (argv[0] is its name); returns an exit code. */
int eval_emotion(int argc, char **argv);
int eval_scene(int argc, char **argv);
int eval_personal(int argc, char **argv);
int eval_detect(int argc, char **argv);

#endif
